// Requests to the API: reads with one retry, changes with a key that makes a retry safe, failures as sentences with the fields at fault.
import { signal } from "@preact/signals";
import { lang, t } from "../state/i18n";

export interface Fault {
	pointer: string;
	code: string;
	detail: string;
}

export class Problem extends Error {
	constructor(
		readonly status: number,
		detail: string,
		readonly faults: Fault[] = [],
		readonly retryAfter = 0,
	) {
		super(detail);
	}

	get code(): string {
		return this.faults[0]?.code ?? "";
	}

	// What is wrong with a field of the form ("" when nothing is).
	of(field: string): string {
		return this.faults.find((f) => f.pointer === `/${field}` || f.pointer.startsWith(`/${field}/`))?.detail ?? "";
	}
}

export interface Answer<T> {
	value: T;
	etag: string;
	location: string;
	status: number;
}

export interface Ask {
	method?: string;
	body?: unknown;
	key?: string; // Idempotency-Key
	etag?: string; // If-Match
	signal?: AbortSignal;
	quiet?: boolean; // asks only, though by POST: nothing has changed
}

// What the session says to the client: its token against forged requests, and who is to be told that it has ended.
export const auth = { csrf: "", ended: (): void => undefined };

// Grows with every change that went through: what is shown is read anew.
export const changes = signal(0);

export function newKey(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

function headersOf(ask: Ask): Record<string, string> {
	const method = ask.method ?? "GET";
	const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": lang.value };
	if (ask.body !== undefined) headers["Content-Type"] = method === "PATCH" ? "application/merge-patch+json" : "application/json";
	if (ask.etag) headers["If-Match"] = ask.etag;
	if (method !== "GET") {
		headers["X-CSRF-Token"] = auth.csrf;
		if (ask.key) headers["Idempotency-Key"] = ask.key;
	}
	return headers;
}

export async function problemOf(status: number, text: string, retryAfter: string | null): Promise<Problem> {
	let told: { detail?: string; errors?: Fault[] } = {};
	try {
		told = JSON.parse(text) as typeof told;
	} catch {
		// A proxy in front may answer with a page of its own.
	}
	return new Problem(status, told.detail ?? t("error.status", { status }), told.errors ?? [], Number(retryAfter ?? 0) || 0);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const TRIES = 3;
const PATIENCE_S = 5;

// A change is sent again only with its key; a read always may be.
export async function send<T>(path: string, ask: Ask = {}): Promise<Answer<T>> {
	const method = ask.method ?? "GET";
	const again = method === "GET" || ask.key !== undefined;
	for (let tried = 1; ; tried++) {
		let answer: Response;
		try {
			answer = await fetch(`/api/v1${path}`, { method, headers: headersOf(ask), body: ask.body === undefined ? undefined : JSON.stringify(ask.body), signal: ask.signal });
		} catch (error) {
			if (ask.signal?.aborted) throw error;
			if (again && tried < 2) continue;
			throw new Problem(0, t("error.network"));
		}
		const text = await answer.text();
		if (answer.ok) {
			if (method !== "GET" && !ask.quiet) changes.value++;
			return { value: (text ? JSON.parse(text) : undefined) as T, etag: answer.headers.get("ETag") ?? "", location: answer.headers.get("Location") ?? "", status: answer.status };
		}
		const problem = await problemOf(answer.status, text, answer.headers.get("Retry-After"));
		if (problem.status === 503 && again && tried < TRIES && problem.retryAfter <= PATIENCE_S) {
			await pause(1000 * Math.max(problem.retryAfter, 1));
			continue;
		}
		if (problem.status === 401) auth.ended();
		throw problem;
	}
}

export function query(values: Record<string, string | number | undefined>): string {
	const filled = Object.entries(values).flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, String(value)]]));
	return filled.length === 0 ? "" : "?" + new URLSearchParams(filled).toString();
}
