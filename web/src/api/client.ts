// Reads of the API: one retry, errors as sentences, the last answer kept while a new one comes.
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { lang, t } from "../state/i18n";

export class Problem extends Error {
	constructor(
		readonly status: number,
		detail: string,
	) {
		super(detail);
	}
}

async function once(path: string, signal: AbortSignal): Promise<Response> {
	return fetch(`/api/v1${path}`, { headers: { Accept: "application/json", "Accept-Language": lang.value }, signal });
}

async function read<T>(path: string, signal: AbortSignal): Promise<T> {
	let answer: Response;
	try {
		answer = await once(path, signal).catch((error: unknown) => {
			if (signal.aborted) throw error;
			return once(path, signal);
		});
	} catch (error) {
		if (signal.aborted) throw error;
		throw new Problem(0, t("error.network"));
	}
	if (answer.ok) return (await answer.json()) as T;
	const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
	throw new Problem(answer.status, problem.detail ?? t("error.status", { status: answer.status }));
}

export interface Data<T> {
	value: T | undefined;
	error: Problem | undefined;
	loading: boolean;
}

// The answer to a path ("" asks nothing). While a new one comes, the old one stays with `loading` set.
export function useData<T>(path: string): Data<T> {
	const data = useSignal<Data<T>>({ value: undefined, error: undefined, loading: true });
	const language = lang.value;

	useEffect(() => {
		const abort = new AbortController();
		if (path === "") {
			data.value = { value: undefined, error: undefined, loading: false };
			return;
		}
		data.value = { ...data.peek(), loading: true };
		read<T>(path, abort.signal).then(
			(value) => (data.value = { value, error: undefined, loading: false }),
			(error: unknown) => {
				if (!abort.signal.aborted) data.value = { value: undefined, error: error as Problem, loading: false };
			},
		);
		return () => abort.abort();
	}, [path, language]);
	return data.value;
}

export function query(values: Record<string, string>): string {
	const filled = Object.entries(values).filter(([, value]) => value !== "");
	return filled.length === 0 ? "" : "?" + new URLSearchParams(filled).toString();
}
