// What every page stands in: the bar at the top, the note at the bottom.
import type { ComponentChildren } from "preact";
import { useData } from "../api/client";
import type { Summary } from "../api/types";
import { date, keepLang, lang, t } from "../state/i18n";
import { place } from "../state/router";
import { setTheme, theme } from "../state/settings";
import { SearchBox } from "./Search";

const MENU: [string, () => string][] = [
	["/", () => t("menu.home")],
	["/needs", () => t("menu.needs")],
	["/lots", () => t("menu.lots")],
	["/registers", () => t("menu.registers")],
];

function current(href: string): "page" | "true" | undefined {
	const path = place.value.path;
	if (path === href) return "page";
	return href !== "/" && path.startsWith(href + "/") ? "true" : undefined;
}

function isDark(): boolean {
	return theme.value === "dark" || (theme.value === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

function Tools() {
	const other = lang.value === "ru" ? "en" : "ru";
	return (
		<div class="tools">
			<button class="tool" type="button" lang={other} onClick={() => void keepLang(other)}>
				{other === "ru" ? "Русский" : "English"}
			</button>
			<button class="tool" type="button" aria-label={t("theme.switch")} aria-pressed={isDark()} onClick={() => setTheme(isDark() ? "light" : "dark")}>
				<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
					<circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" stroke-width="1.8" />
					<path d="M9 2a7 7 0 0 1 0 14z" fill="currentColor" />
				</svg>
			</button>
		</div>
	);
}

function Foot() {
	const { value } = useData<Summary>("/summary");
	return (
		<footer class="foot">
			<div class="wrap">
				<p>{t("foot.access")}</p>
				<p>{value ? t(value.demo ? "foot.demo" : "foot.date", { date: date(value.as_of) }) : "\u00a0"}</p>
				<p>
					<a href="/api/v1/openapi.json">{t("foot.api")}</a>
				</p>
				<p>{value ? `${t("name")} ${value.version}` : t("name")}</p>
			</div>
		</footer>
	);
}

/* texts: foot.demo foot.date */
export function Frame({ children }: { children: ComponentChildren }) {
	return (
		<>
			<a class="skip" href="#main">
				{t("skip")}
			</a>
			<header class="top">
				<div class="wrap">
					<a class="mark" href="/">
						<img src="/icon.svg" alt="" width="30" height="30" />
						{t("name")}
					</a>
					<nav class="menu" aria-label={t("menu.label")}>
						{MENU.map(([href, text]) => (
							<a key={href} href={href} aria-current={current(href)}>
								{text()}
							</a>
						))}
					</nav>
					<SearchBox />
					<Tools />
				</div>
			</header>
			<main id="main" class="wrap" tabIndex={-1}>
				{children}
			</main>
			<Foot />
		</>
	);
}
