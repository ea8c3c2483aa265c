// What was typed into a field, once its writer pauses.
import { useRef } from "preact/hooks";
import { type Signal, useSignal } from "@preact/signals";

const PAUSE_MS = 200;

export function useTyped(): [Signal<string>, (event: { currentTarget: HTMLInputElement }) => void] {
	const typed = useSignal("");
	const timer = useRef(0);
	return [
		typed,
		(event) => {
			const text = event.currentTarget.value.trim();
			clearTimeout(timer.current);
			timer.current = setTimeout(() => (typed.value = text), PAUSE_MS);
		},
	];
}
