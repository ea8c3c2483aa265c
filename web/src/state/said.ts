// What a change answered besides: shown on the page that comes after it, once.
import { signal } from "@preact/signals";

export const said = signal<string[]>([]);

let keep = false;

// Told just before the page is left for another.
export function say(sentences: string[]): void {
	said.value = sentences;
	keep = true;
}

// A page has come: what was said to the one before is over.
export function pageCame(): void {
	if (!keep) said.value = [];
	keep = false;
}
