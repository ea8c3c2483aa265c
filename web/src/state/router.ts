// Where the reader is: the address is the only page state. A page with unsaved changes is asked before it is left.
import { signal } from "@preact/signals";

export const place = signal({ path: location.pathname, query: new URLSearchParams(location.search) });

let guard: (() => boolean) | undefined;
let here = location.pathname + location.search;

// What asks the reader before the page is left; undefined takes it away.
export function guardLeaving(ask: (() => boolean) | undefined): void {
	guard = ask;
}

// Without a question: whether leaving loses nothing.
export const mayLeave = (): boolean => guard === undefined;

function look(): void {
	here = location.pathname + location.search;
	place.value = { path: location.pathname, query: new URLSearchParams(location.search) };
}

export function go(href: string, replace = false): void {
	if (guard && !guard()) return;
	guard = undefined;
	if (replace) history.replaceState(null, "", href);
	else if (href !== location.pathname + location.search) history.pushState(null, "", href);
	look();
	if (!replace) scrollTo(0, 0); // else it is the same page, looked at in another way
}

function back(): void {
	if (guard && !guard()) {
		history.pushState(null, "", here);
		return;
	}
	guard = undefined;
	look();
}

// Links stay ordinary links: a plain click inside the site is taken over, everything else is the browser's.
function takeClick(event: MouseEvent): void {
	if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
	const link = (event.target as Element).closest("a");
	if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
	if (link.pathname.startsWith("/api/") || (link.hash && link.pathname === location.pathname)) return;
	event.preventDefault();
	go(link.pathname + link.search);
}

export function startRouter(): void {
	addEventListener("popstate", back);
	document.addEventListener("click", takeClick);
}
