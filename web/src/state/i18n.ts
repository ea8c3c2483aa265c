// The language of the page: texts by key, numbers, dates and money by Intl.
import { signal } from "@preact/signals";

export type Lang = "ru" | "en";
type Texts = Record<string, string | string[]>;

type Part = () => Promise<{ default: Texts }>;
// The first page needs few texts; all others come with the first page that is not the first.
const first: Record<Lang, Part> = { ru: () => import("locale:ru.first"), en: () => import("locale:en.first") };
const rest: Record<Lang, Part> = { ru: () => import("locale:ru.rest"), en: () => import("locale:en.rest") };

export const lang = signal<Lang>("ru");
let texts: Texts = {};
let wholeWanted = false;

export function firstLang(): Lang {
	const kept = localStorage.getItem("lang");
	if (kept === "ru" || kept === "en") return kept;
	return navigator.language.toLowerCase().startsWith("ru") ? "ru" : "en";
}

export async function setLang(next: Lang): Promise<void> {
	const parts = await Promise.all([first[next](), ...(wholeWanted ? [rest[next]()] : [])]);
	texts = Object.assign({}, ...parts.map((part) => part.default)) as Texts;
	document.documentElement.lang = next;
	lang.value = next;
}

// Called before a page other than the first is shown.
export async function loadAllTexts(): Promise<void> {
	if (wholeWanted) return;
	texts = { ...texts, ...(await rest[lang.value]()).default };
	wholeWanted = true;
}

export function keepLang(next: Lang): Promise<void> {
	localStorage.setItem("lang", next);
	return setLang(next);
}

function fill(text: string, values?: Record<string, string | number>): string {
	return values ? text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? "")) : text;
}

// The text of a key. Reading `lang` makes whoever shows it follow the language.
export function t(key: string, values?: Record<string, string | number>): string {
	void lang.value;
	const text = texts[key];
	return fill(Array.isArray(text) ? (text[0] ?? key) : (text ?? key), values);
}

// The form of a key for `n` things: one, few, many in Russian; one, many in English.
export function tn(key: string, n: number, values?: Record<string, string | number>): string {
	const forms = texts[key];
	const rule = new Intl.PluralRules(lang.value).select(n);
	const at = lang.value === "ru" ? { one: 0, few: 1 }[rule as "one" | "few"] ?? 2 : rule === "one" ? 0 : 1;
	return fill(Array.isArray(forms) ? (forms[at] ?? key) : (forms ?? key), { n: number(n), ...values });
}

const locale = (): string => (lang.value === "ru" ? "ru-RU" : "en-GB");

export function number(n: number): string {
	return new Intl.NumberFormat(locale()).format(n);
}

export function percent(share: number, digits = 0, least = 0): string {
	return new Intl.NumberFormat(locale(), { style: "percent", minimumFractionDigits: least, maximumFractionDigits: digits }).format(share);
}

// "1000000.00" roubles, exact: the text is never made a float.
export function money(amount: string): string {
	const [whole = "0", fraction = "00"] = amount.split(".");
	const mark = lang.value === "ru" ? "," : ".";
	const grouped = new Intl.NumberFormat(locale()).format(BigInt(whole));
	return `${grouped}${/^0*$/.test(fraction) ? "" : mark + fraction.padEnd(2, "0")}\u00a0₽`;
}

// 2026-09-30: "30.09.2026", "30 Sept 2026"; a dash for none.
export function date(iso: string | null): string {
	if (iso === null) return "—";
	const day = new Date(`${iso}T00:00:00Z`);
	const form: Intl.DateTimeFormatOptions =
		lang.value === "ru" ? { day: "2-digit", month: "2-digit", year: "numeric" } : { day: "numeric", month: "short", year: "numeric" };
	return isNaN(day.getTime()) ? iso : new Intl.DateTimeFormat(locale(), { ...form, timeZone: "UTC" }).format(day);
}

const hasTime = (instant: string): boolean => instant.includes("T");

// 2026-03-02T10:00:00.000Z: day and minute where the reader is.
export function moment(instant: string | null): string {
	if (instant === null) return "—";
	if (!hasTime(instant)) return date(instant);
	const at = new Date(instant);
	return isNaN(at.getTime()) ? instant : new Intl.DateTimeFormat(locale(), { dateStyle: lang.value === "ru" ? "short" : "medium", timeStyle: "short" }).format(at);
}

export function bytes(n: number): string {
	const unit = n >= 1 << 20 ? "megabyte" : n >= 1 << 10 ? "kilobyte" : "byte";
	const size = unit === "megabyte" ? n / (1 << 20) : unit === "kilobyte" ? n / (1 << 10) : n;
	return new Intl.NumberFormat(locale(), { style: "unit", unit, maximumFractionDigits: 1 }).format(size);
}
