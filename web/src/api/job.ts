// A job as it goes: server-sent events, and asking again every second where those do not come through.
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { changes, type Problem, send } from "./client";
import type { Job } from "./types";

const POLL_MS = 1000;

export function isOver(job: Job | undefined): boolean {
	return job !== undefined && job.state !== "waiting" && job.state !== "running";
}

// The job with this uid ("" asks nothing), following it until it is over; what is shown is then read anew.
export function useJob(uid: string): { job: Job | undefined; error: Problem | undefined } {
	const state = useSignal<{ job: Job | undefined; error: Problem | undefined }>({ job: undefined, error: undefined });

	useEffect(() => {
		state.value = { job: undefined, error: undefined };
		if (uid === "") return;
		let left = false;
		let timer = 0;
		let source: EventSource | undefined;
		const take = (job: Job) => {
			if (left) return;
			const wasOver = isOver(state.peek().job);
			state.value = { job, error: undefined };
			if (isOver(job) && !wasOver) {
				source?.close();
				changes.value++;
			}
		};
		const poll = async () => {
			try {
				const { value } = await send<Job>(`/jobs/${uid}`);
				take(value);
				if (!left && !isOver(value)) timer = window.setTimeout(() => void poll(), POLL_MS);
			} catch (error) {
				if (!left) state.value = { ...state.peek(), error: error as Problem };
			}
		};
		source = new EventSource(`/api/v1/jobs/${uid}/events`);
		source.addEventListener("progress", (event) => take(JSON.parse((event as MessageEvent<string>).data) as Job));
		source.addEventListener("end", (event) => {
			source?.close();
			const data = (event as MessageEvent<string>).data;
			if (data.startsWith("{")) take(JSON.parse(data) as Job);
			else void poll();
		});
		source.onerror = () => {
			source?.close();
			if (!left && !isOver(state.peek().job)) void poll();
		};
		return () => {
			left = true;
			source?.close();
			clearTimeout(timer);
		};
	}, [uid]);
	return state.value;
}
