// The head of every page of a cluster: its name and state, and the parts that it has for this person.
import { query } from "../api/client";
import type { ClusterProfile } from "../api/types";
import { date, lang, t } from "../state/i18n";
import { place } from "../state/router";
import { PageHead } from "../ui/Page";
import { StateBadge } from "./StateBadge";

type Part = [path: string, text: string, shown: boolean];

function partsOf({ may }: ClusterProfile): Part[] {
	return [
		["", t("cluster.overview"), true],
		["/members", t("cluster.members"), true],
		["/check", t("cluster.check"), may.check],
		["/what-if", t("cluster.whatif"), may.check],
		["/map", t("cluster.map"), may.map],
		["/contracts", t("cluster.contracts"), may.map],
		["/projects", t("cluster.projects"), true],
		["/campaign", t("cluster.campaign"), may.invite],
		["/application", t("cluster.application"), may.apply],
	];
}

// The day is kept from part to part.
function Parts({ profile }: { profile: ClusterProfile }) {
	const base = `/clusters/${profile.cluster.uid}`;
	const on = place.value.query.get("on") ?? "";
	const here = place.value.path;
	return (
		<nav class="tabs" aria-label={t("cluster.parts")}>
			<ul>
				{partsOf(profile)
					.filter(([, , shown]) => shown)
					.map(([path, text]) => (
						<li key={path}>
							<a href={base + path + query({ on })} aria-current={here === base + path ? "page" : undefined}>
								{text}
							</a>
						</li>
					))}
			</ul>
		</nav>
	);
}

// Until the profile has come: an empty head of the same height.
export function ClusterHead({ profile, part }: { profile?: ClusterProfile; part?: string }) {
	const c = profile?.cluster;
	const name = c ? (lang.value === "en" && c.name_en) || c.name : "";
	const past = place.value.query.get("on");
	const lead = c && [c.region?.name, c.number && t("cluster.number.is", { number: c.number }), past && t("cluster.asof", { date: date(profile.on) })].filter(Boolean).join(" · ");
	return (
		<>
			<PageHead
				title={c ? (part ?? name) : ""}
				crumbs={[["/clusters", t("menu.clusters")], ...(c && part ? [[`/clusters/${c.uid}`, name] as [string, string]] : [])]}
				lead={
					<>
						{c?.state && <StateBadge state={c.state} />} {lead || "\u00a0"}
					</>
				}
			/>
			{profile && <Parts profile={profile} />}
		</>
	);
}
