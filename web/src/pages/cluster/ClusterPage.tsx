// A cluster on any day: what it is, where its members work, what happened to it, what it has.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ClusterProfile } from "../../api/types";
import { date, number, t } from "../../state/i18n";
import { place } from "../../state/router";
import { FailedPage } from "../../ui/Page";
import { Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { AsOf } from "../../views/AsOf";
import { ClusterHead } from "../../views/ClusterHead";
import { StateBadge } from "../../views/StateBadge";
import { Objects } from "./Objects";
import { Passport } from "./Passport";

function Counts({ profile }: { profile: ClusterProfile }) {
	const { counts, regions, interregional } = profile;
	const facts: [string, string][] = [
		[t("cluster.members"), number(counts.members)],
		[t("col.regions"), number(regions.length)],
		[t("cluster.kind"), interregional === null ? t("truth.unknown") : t(interregional ? "cluster.interregional" : "cluster.oneregion")],
		[t("cluster.projects"), number(counts.projects)],
		...(counts.contracts === null ? [] : [[t("cluster.contracts"), number(counts.contracts)] as [string, string]]),
		[t("cluster.objects"), number(counts.objects)],
	];
	return (
		<dl class="card facts">
			{facts.map(([label, value]) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}

function Regions({ profile }: { profile: ClusterProfile }) {
	if (profile.regions.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("cluster.regions")}</h2>
			<div class="card">
				<Table
					caption={t("cluster.regions")}
					rows={profile.regions}
					id={(r) => r.code}
					columns={[
						{ id: "name", label: t("col.region"), cell: (r) => r.name },
						{ id: "members", label: t("cluster.members"), num: true, cell: (r) => number(r.members) },
					]}
				/>
			</div>
		</section>
	);
}

function History({ profile }: { profile: ClusterProfile }) {
	if (profile.events.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("cluster.history")}</h2>
			<div class="card">
				<Table
					caption={t("cluster.history")}
					rows={profile.events}
					id={(e) => e.uid}
					columns={[
						{ id: "title", label: t("cluster.event"), cell: (e) => <a href={`/registers/cluster_event/${e.uid}`}>{e.title}</a> },
						{ id: "on", label: t("col.when"), num: true, cell: (e) => date(e.happened_on) },
						{ id: "state", label: t("cluster.state.new"), cell: (e) => (e.state ? <StateBadge state={e.state} /> : "") },
						{ id: "act", label: t("cluster.act"), cell: (e) => [e.act, e.number].filter(Boolean).join(" ") },
						{ id: "note", label: t("scouting.note"), cell: (e) => e.note ?? "" },
					]}
				/>
			</div>
		</section>
	);
}

/* texts: cluster.interregional cluster.oneregion */

export default function ClusterPage({ params }: { params: string[] }) {
	const on = place.value.query.get("on") ?? "";
	const { value, error, loading } = useData<ClusterProfile>(`/clusters/${params[0]}/profile${query({ on })}`);
	if (error) return <FailedPage problem={error} />;
	return (
		<>
			<ClusterHead profile={value} />
			{!value && <Loading lines={10} />}
			{value && (
				<div class={loading ? "stack stale" : "stack"}>
					<AsOf label={t("cluster.on")} on={value.on} />
					<Counts profile={value} />
					<Passport profile={value} />
					<Regions profile={value} />
					<Objects profile={value} />
					<History profile={value} />
				</div>
			)}
		</>
	);
}
