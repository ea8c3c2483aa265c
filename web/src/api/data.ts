// Reads and changes as pages use them.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { lang } from "../state/i18n";
import { changes, newKey, type Problem, send } from "./client";

export interface Data<T> {
	value: T | undefined;
	error: Problem | undefined;
	loading: boolean;
	etag: string;
}

// The answer to a path ("" asks nothing). While a new one comes, the old one stays with `loading` set. Read anew after every change.
export function useData<T>(path: string): Data<T> {
	const data = useSignal<Data<T> & { asked: string }>({ value: undefined, error: undefined, loading: true, etag: "", asked: "" });
	const language = lang.value;
	const version = changes.value;
	const asked = `${version} ${language} ${path}`;

	useEffect(() => {
		const abort = new AbortController();
		if (path === "") {
			data.value = { value: undefined, error: undefined, loading: false, etag: "", asked };
			return;
		}
		data.value = { ...data.peek(), loading: true, asked };
		send<T>(path, { signal: abort.signal }).then(
			({ value, etag }) => {
				if (!abort.signal.aborted) data.value = { value, error: undefined, loading: false, etag, asked };
			},
			(error: unknown) => {
				if (!abort.signal.aborted) data.value = { value: undefined, error: error as Problem, loading: false, etag: "", asked };
			},
		);
		return () => abort.abort();
	}, [asked]);
	const now = data.value;
	// What is asked changes a moment before it is asked for: what is there then answers what was asked before.
	return now.asked === asked ? now : { ...now, loading: path !== "" };
}

export interface Action<A extends unknown[], T> {
	run: (...args: A) => Promise<T | undefined>;
	busy: boolean;
	problem: Problem | undefined;
	clear: () => void;
}

// One thing that a person does. Its key is kept until the server has answered, so that pressing again after a lost line does it once.
export function useAction<A extends unknown[], T>(act: (key: string, ...args: A) => Promise<T>): Action<A, T> {
	const state = useSignal<{ busy: boolean; problem: Problem | undefined }>({ busy: false, problem: undefined });
	const key = useRef(newKey());
	const run = async (...args: A): Promise<T | undefined> => {
		if (state.peek().busy) return undefined;
		state.value = { busy: true, problem: undefined };
		try {
			const done = await act(key.current, ...args);
			key.current = newKey();
			state.value = { busy: false, problem: undefined };
			return done;
		} catch (error) {
			const problem = error as Problem;
			if (problem.status !== 0 && problem.status !== 503) key.current = newKey();
			state.value = { busy: false, problem };
			return undefined;
		}
	};
	return { run, busy: state.value.busy, problem: state.value.problem, clear: () => (state.value = { busy: false, problem: undefined }) };
}
