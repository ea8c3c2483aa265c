// Who is signed in, what he may do, and how it ends.
import { signal } from "@preact/signals";
import { auth, changes, Problem, send } from "../api/client";
import type { Session } from "../api/types";
import { keepLang, lang } from "./i18n";
import { go, place } from "./router";

const NOBODY: Session = { signed_in: false, account: null, csrf: null, ends_at: null, may: [], demo_logins: [], providers: [] };

export const session = signal<Session>(NOBODY);
// The session ended while pages were open: said above the page until the reader signs in again.
export const sessionEnded = signal(false);

function take(next: Session): void {
	auth.csrf = next.csrf ?? "";
	session.value = next;
}

auth.ended = () => {
	if (!session.peek().signed_in) return;
	sessionEnded.value = true;
	take({ ...NOBODY, demo_logins: session.peek().demo_logins, providers: session.peek().providers });
};

export async function loadSession(): Promise<void> {
	try {
		take((await send<Session>("/session")).value);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		take(NOBODY);
	}
}

export function may(scope: string): boolean {
	return session.value.may.includes(scope);
}

// Where to go after signing in: a path of this site only.
export function returnPath(): string {
	const asked = place.value.query.get("return") ?? "/";
	return /^\/(?![\/\\])/.test(asked) ? asked : "/";
}

export function loginHref(): string {
	const here = location.pathname + location.search;
	return here === "/" || location.pathname === "/signin" ? "/signin" : `/signin?return=${encodeURIComponent(here)}`;
}

export async function signIn(login: string, password: string, code?: string): Promise<void> {
	const { value } = await send<Session>("/session", { method: "POST", body: code ? { login, password, code } : { login, password } });
	take(value);
	sessionEnded.value = false;
	changes.value++;
	const wanted = value.account?.lang;
	if ((wanted === "ru" || wanted === "en") && wanted !== lang.peek()) await keepLang(wanted);
	go(returnPath());
}

export async function signOut(): Promise<void> {
	await send("/session", { method: "DELETE" });
	await loadSession();
	changes.value++;
	go("/");
}
