// What the address of a check asks for: packs, day, who is supposed to join and to leave.
import type { PackBrief } from "../../api/types";
import { place } from "../../state/router";

// Without a word in the address: the packs of an own programme, which are the strictest to keep, else the first.
export function packsAsked(packs: PackBrief[]): string[] {
	const asked = place.value.query.getAll("pack");
	if (asked.length > 0) return asked;
	const own = packs.filter((p) => p.level === "own");
	const first = (own.length > 0 ? own : packs).slice(0, 1);
	return first.map((p) => p.series);
}

export function checkPath(uid: string, packs: string[]): string {
	const asked = place.value.query;
	const next = new URLSearchParams();
	// The server takes a parameter once: lists are parted by commas.
	const lists: [string, string[]][] = [["pack", packs], ...["on", "with", "without"].map((name): [string, string[]] => [name, asked.getAll(name)])];
	for (const [name, values] of lists) if (values.length > 0) next.set(name, values.join(","));
	return packs.length === 0 ? "" : `/clusters/${uid}/check?${next.toString()}`;
}
