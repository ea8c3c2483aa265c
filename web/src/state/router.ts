// Where the reader is: the address is the only page state.
import { signal } from "@preact/signals";

export const place = signal({ path: location.pathname, query: new URLSearchParams(location.search) });

function look(): void {
	place.value = { path: location.pathname, query: new URLSearchParams(location.search) };
}

export function go(href: string): void {
	if (href !== location.pathname + location.search) history.pushState(null, "", href);
	look();
	scrollTo(0, 0);
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
	addEventListener("popstate", look);
	document.addEventListener("click", takeClick);
}
