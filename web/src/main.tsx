// Start: language and theme as kept, then the page of the address; each page comes as its own file when it is first asked for.
// All styles are here: they are small, and a style that comes after its page would make it jump.
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./views/views.css";
import "./views/lotcards.css";
import "./views/record.css";
import "./pages/home/home.css";
import "./pages/need/need.css";
import "./styles/print.css";
import { type ComponentType, render } from "preact";
import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { firstLang, setLang, t } from "./state/i18n";
import { place, startRouter } from "./state/router";
import { restoreTheme } from "./state/settings";
import { Frame } from "./ui/Frame";
import { PageHead } from "./ui/Page";
import { Empty, Loading } from "./ui/States";

type PageProps = { params: string[] };
type PageModule = { default: ComponentType<PageProps> };

const ROUTES: [RegExp, () => Promise<PageModule>][] = [
	[/^\/$/, () => import("./pages/home/Home")],
	[/^\/registers$/, () => import("./pages/register/Registers")],
	[/^\/registers\/([a-z_]+)$/, () => import("./pages/register/RegisterList")],
	[/^\/registers\/([a-z_]+)\/(\w+)$/, () => import("./pages/register/RecordPage")],
	[/^\/needs$/, () => import("./pages/need/NeedList")],
	[/^\/needs\/(\w+)$/, () => import("./pages/need/NeedPage")],
	[/^\/lots$/, () => import("./pages/lot/LotList")],
	[/^\/lots\/(\w+)$/, () => import("./pages/lot/LotPage")],
	[/^\/search$/, () => import("./pages/search/SearchPage")],
];

function NotFound() {
	return (
		<>
			<PageHead title={t("error.notfound")} />
			<Empty title={t("error.nopage")} text={t("error.nopage.text")} />
		</>
	);
}

function find(path: string): { load: () => Promise<PageModule>; params: string[] } | undefined {
	for (const [pattern, load] of ROUTES) {
		const match = pattern.exec(path);
		if (match) return { load, params: match.slice(1) };
	}
	return undefined;
}

function App() {
	const path = place.value.path.replace(/(.)\/$/, "$1");
	const shown = useSignal<{ path: string; params: string[]; Page: ComponentType<PageProps> } | undefined>(undefined);

	useEffect(() => {
		const found = find(path);
		let left = false;
		if (!found) {
			shown.value = { path, params: [], Page: NotFound };
			return;
		}
		void found.load().then((module) => {
			if (!left) shown.value = { path, params: found.params, Page: module.default };
		});
		return () => {
			left = true;
		};
	}, [path]);
	const now = shown.value;
	return <Frame>{now ? <now.Page key={now.path} params={now.params} /> : <Loading lines={8} />}</Frame>;
}

restoreTheme();
startRouter();
void setLang(firstLang()).then(() => render(<App />, document.getElementById("app")!));
