// The sections: which there are depends on what the person may do.
import { t } from "../state/i18n";
import { place } from "../state/router";
import { may, signOut } from "../state/session";

type Entry = [href: string, text: () => string, scopes: string[]];

const GROUPS: [label: () => string, entries: Entry[]][] = [
	[
		() => t("menu.work"),
		[
			["/", () => t("menu.home"), []],
			["/needs", () => t("menu.needs"), ["need.read"]],
			["/lots", () => t("menu.lots"), ["lot.read"]],
			["/plans", () => t("menu.plans"), ["plan.read"]],
			["/stops", () => t("menu.stops"), ["contract.read"]],
			["/scouting", () => t("menu.scouting"), ["scouting.read", "scouting.answer"]],
			["/contacts", () => t("menu.contacts"), ["contact.ask", "contact.decide"]],
			["/map", () => t("menu.map"), []],
		],
	],
	[
		() => t("menu.development"),
		[
			["/clusters", () => t("menu.clusters"), ["cluster.read"]],
			["/support", () => t("menu.support"), ["support.read"]],
			["/measures", () => t("menu.measures"), ["rules.read"]],
			["/infra", () => t("menu.infra"), ["cluster.read"]],
			["/applications", () => t("menu.applications"), ["application.read"]],
			["/cluster-checks", () => t("menu.checks"), ["check"]],
			["/packs", () => t("menu.packs"), ["rules.read"]],
		],
	],
	[
		() => t("menu.data"),
		[
			["/registers", () => t("menu.registers"), ["org.read", "reference.read"]],
			["/imports", () => t("menu.imports"), ["import"]],
			["/batches", () => t("menu.batches"), ["import"]],
			["/duplicates", () => t("menu.duplicates"), ["duplicate"]],
		],
	],
	[
		() => t("menu.control"),
		[
			["/approvals", () => t("menu.approvals"), ["approve"]],
			["/disclosures", () => t("menu.disclosures"), ["disclosure.read"]],
			["/accounts", () => t("menu.accounts"), ["account.read"]],
			["/audit", () => t("menu.audit"), ["audit.read"]],
		],
	],
];

function current(href: string): "page" | "true" | undefined {
	const path = place.value.path;
	if (path === href) return "page";
	return href !== "/" && path.startsWith(href + "/") ? "true" : undefined;
}

function Entries({ entries }: { entries: Entry[] }) {
	return (
		<ul>
			{entries.map(([href, text]) => (
				<li key={href}>
					<a href={href} aria-current={current(href)}>
						{text()}
					</a>
				</li>
			))}
		</ul>
	);
}

export function Menu({ open }: { open: boolean }) {
	const shown = GROUPS.map(([label, entries]): [string, Entry[]] => [label(), entries.filter(([, , scopes]) => scopes.length === 0 || scopes.some(may))]).filter(([, entries]) => entries.length > 0);
	return (
		<nav class={open ? "menu open" : "menu"} id="menu" aria-label={t("menu.label")}>
			{shown.map(([label, entries]) => (
				<div key={label}>
					<p class="menu-label">{label}</p>
					<Entries entries={entries} />
				</div>
			))}
			<div>
				<p class="menu-label">{t("menu.me")}</p>
				<Entries
					entries={[
						["/account", () => t("menu.account"), []],
						["/demand", () => t("menu.demand"), []],
					]}
				/>
				<button class="link-button" type="button" onClick={() => void signOut()}>
					{t("session.leave")}
				</button>
			</div>
		</nav>
	);
}

export function PublicMenu() {
	return (
		<nav class="public-menu" aria-label={t("menu.label")}>
			<a href="/demand" aria-current={current("/demand")}>
				{t("menu.demand")}
			</a>
			<a href="/map" aria-current={current("/map")}>
				{t("menu.map")}
			</a>
		</nav>
	);
}
