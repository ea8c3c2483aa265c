// What every page stands in: the bar at the top, the sections beside it, the note at the bottom.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { useData } from "../api/data";
import type { Summary } from "../api/types";
import { date, keepLang, lang, t } from "../state/i18n";
import { place } from "../state/router";
import { pageCame, said } from "../state/said";
import { loginHref, session, sessionEnded } from "../state/session";
import { setTheme, theme } from "../state/settings";
import { Menu, PublicMenu } from "./Menu";
import { Notice } from "./Notice";
import { SearchBox } from "./Search";

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
	const { value } = useData<Summary>(session.value.signed_in ? "/summary" : "");
	return (
		<footer class="foot">
			<div class="wrap">
				<p>{value ? t(value.demo ? "foot.demo" : "foot.date", { date: date(value.as_of) }) : "\u00a0"}</p>
				<p>
					<a href="/api/v1/openapi.json">{t("foot.api")}</a>
				</p>
				<p>{value ? `${t("name")} ${value.version}` : t("name")}</p>
			</div>
		</footer>
	);
}

function Ended() {
	if (!sessionEnded.value) return null;
	return (
		<div class="ended" role="alert">
			<div class="wrap">
				{t("session.ended")} <a href={loginHref()}>{t("session.again")}</a>
			</div>
		</div>
	);
}

function Said() {
	if (said.value.length === 0) return null;
	return (
		<Notice kind="warm">
			{said.value.map((s) => (
				<p key={s}>{s}</p>
			))}
		</Notice>
	);
}

function Who() {
	const { account } = session.value;
	if (!account)
		return (
			<a class="button main small-button" href={loginHref()}>
				{t("session.enter")}
			</a>
		);
	const grant = account.roles[0];
	return (
		<a class="who" href="/account" title={t("session.who", { name: account.name })}>
			<span class="who-name">{account.name}</span>
			<span class="quiet small">{[grant?.label, grant?.org?.name ?? grant?.centre?.name].filter(Boolean).join(" · ")}</span>
		</a>
	);
}

/* texts: foot.demo foot.date */
export function Frame({ children }: { children: ComponentChildren }) {
	const open = useSignal(false);
	const signedIn = session.value.signed_in;
	const path = place.value.path;

	useEffect(() => {
		open.value = false;
		pageCame();
	}, [path]);
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
					{signedIn ? <SearchBox /> : <PublicMenu />}
					<Tools />
					<Who />
					{signedIn && (
						<button class="button menu-button" type="button" aria-expanded={open.value} aria-controls="menu" onClick={() => (open.value = !open.value)}>
							{t("menu.open")}
						</button>
					)}
				</div>
			</header>
			<Ended />
			<div class={signedIn ? "wrap frame" : "wrap frame alone"}>
				{signedIn && <Menu open={open.value} />}
				<main id="main" tabIndex={-1}>
					<Said />
					{children}
				</main>
			</div>
			<Foot />
		</>
	);
}
