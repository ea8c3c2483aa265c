// Start: language, theme and session as kept, then the page of the address.
// All styles are here: they are small, and a style that comes after its page would make it jump.
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/parts.css";
import "./styles/forms.css";
import "./styles/work.css";
import "./views/views.css";
import "./views/lotcards.css";
import "./views/record.css";
import "./views/map.css";
import "./views/cluster.css";
import "./views/support.css";
import "./pages/plan/plan.css";
import "./pages/home/home.css";
import "./pages/need/need.css";
import "./styles/print.css";
import { type ComponentType, render } from "preact";
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { firstLang, loadAllTexts, setLang, t } from "./state/i18n";
import { go, mayLeave, place, startRouter } from "./state/router";
import { loadSession, loginHref, session } from "./state/session";
import { restoreTheme } from "./state/settings";
import { HOME, type PageProps, PUBLIC_HOME, type Route, ROUTES } from "./routes";
import { Frame } from "./ui/Frame";
import { PageHead } from "./ui/Page";
import { Empty, Loading } from "./ui/States";

function NotFound() {
	return (
		<>
			<PageHead title={t("error.notfound")} />
			<Empty title={t("error.nopage")} text={t("error.nopage.text")}>
				<a class="button" href="/">
					{t("menu.home")}
				</a>
			</Empty>
		</>
	);
}

function find(path: string, signedIn: boolean): { route: Route; params: string[] } | undefined {
	for (const route of [signedIn ? HOME : PUBLIC_HOME, ...ROUTES]) {
		const match = route.pattern.exec(path);
		if (match) return { route, params: match.slice(1) };
	}
	return undefined;
}

function App() {
	const path = place.value.path.replace(/(.)\/$/, "$1");
	const signedIn = session.value.signed_in;
	const shown = useSignal<{ path: string; params: string[]; Page: ComponentType<PageProps> } | undefined>(undefined);

	useEffect(() => {
		const found = find(path, signedIn);
		let left = false;
		if (found && !found.route.open && !signedIn) {
			// A page that is open stays when its session ends: what was typed is not lost.
			if (shown.peek()?.path !== path) go(loginHref());
			return;
		}
		if (!found) {
			shown.value = { path, params: [], Page: NotFound };
			return;
		}
		const first = found.route === HOME || found.route === PUBLIC_HOME;
		void Promise.all([found.route.load(), first ? undefined : loadAllTexts()]).then(([module]) => {
			if (!left) shown.value = { path, params: found.params, Page: module.default };
		});
		return () => {
			left = true;
		};
	}, [path, signedIn]);
	const now = shown.value;
	return <Frame>{now ? <now.Page key={now.path} params={now.params} /> : <Loading lines={8} />}</Frame>;
}

const PATIENCE_MS = 3000;

// What the server has written for readers without scripts stays until the page that takes its place is complete: nothing jumps.
function start(): void {
	const written = document.getElementById("app")!;
	if (!written.firstChild) {
		render(<App />, written);
		document.body.dataset.ready = "1";
		return;
	}
	const root = document.createElement("div");
	const until = performance.now() + PATIENCE_MS;
	const look = () => {
		const complete = root.querySelector("h1") && !root.querySelector(".bone, [data-loading]");
		if (!complete && performance.now() < until) {
			setTimeout(look, 30);
			return;
		}
		root.id = "app";
		written.replaceWith(root);
		document.body.dataset.ready = "1";
	};
	render(<App />, root);
	look();
}

restoreTheme();
startRouter();
addEventListener("beforeunload", (event) => {
	if (!mayLeave()) event.preventDefault();
});
void setLang(firstLang())
	.then(loadSession)
	.then(start);
