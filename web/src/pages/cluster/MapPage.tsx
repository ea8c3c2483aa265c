// The functional map of a cluster in a year: drawing, edges and members as tables, the same sums to download.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ClusterMap, ClusterProfile } from "../../api/types";
import { money, number, t, tn } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Notice } from "../../ui/Notice";
import { FailedPage } from "../../ui/Page";
import { Empty, Loading } from "../../ui/States";
import { ClusterHead } from "../../views/ClusterHead";
import { Network } from "../../views/Network";
import { EdgeTable, NodeTable } from "./MapTables";

function Facts({ map }: { map: ClusterMap }) {
	const facts: [string, string][] = [
		[t("network.nodes"), number(map.nodes.length)],
		[t("network.total", { year: map.year }), money(map.total)],
		[t("network.shipped"), map.shipped === null ? t("truth.unknown") : money(map.shipped)],
		[t("network.share"), map.share ? map.share.percent_text : t("truth.unknown")],
		[t("network.isolated"), number(map.isolated.length)],
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

function Controls({ uid, map }: { uid: string; map: ClusterMap }) {
	const path = `/api/v1/clusters/${uid}/map`;
	const asked = query({ year: map.year });
	return (
		<div class="between">
			<form class="filters">
				<label>
					{t("network.year")}
					<select class="field" value={String(map.year)} onChange={(e) => go(`/clusters/${uid}/map${query({ year: e.currentTarget.value })}`)}>
						{[...new Set([map.year, ...map.years])]
							.sort((a, b) => b - a)
							.map((y) => (
								<option key={y} value={y}>
									{y}
								</option>
							))}
					</select>
				</label>
			</form>
			<div class="buttons">
				{["svg", "csv", "graphml"].map((kind) => (
					<a key={kind} class="button" href={`${path}.${kind}${asked}`} download>
						{t("network.download", { kind: kind === "graphml" ? "GraphML" : kind.toUpperCase() })}
					</a>
				))}
			</div>
		</div>
	);
}

function Lacks({ map }: { map: ClusterMap }) {
	return (
		<>
			{map.isolated.length > 0 && (
				<Notice kind="warm">
					<p>
						{tn("network.isolated.n", map.isolated.length)} {map.isolated.map((o) => o.name).join(", ")}
					</p>
				</Notice>
			)}
			{map.missing.length > 0 && (
				<Notice kind="warm">
					<p>
						{t("network.missing", { year: map.year })} {map.missing.map((o) => o.name).join(", ")}
					</p>
				</Notice>
			)}
		</>
	);
}

export default function MapPage({ params }: { params: string[] }) {
	const uid = params[0]!;
	const year = place.value.query.get("year") ?? "";
	const profile = useData<ClusterProfile>(`/clusters/${uid}/profile`);
	const { value: map, error, loading } = useData<ClusterMap>(`/clusters/${uid}/map${query({ year })}`);
	const problem = profile.error ?? error;
	if (problem) return <FailedPage problem={problem} />;
	return (
		<>
			<ClusterHead profile={profile.value} part={t("cluster.map")} />
			{!map && <Loading lines={12} />}
			{map && (
				<div class={loading ? "stack stale" : "stack"}>
					<Controls uid={uid} map={map} />
					<Facts map={map} />
					<Lacks map={map} />
					{map.nodes.length === 0 ? (
						<Empty title={t("cluster.members.none")} text={t("cluster.members.none.text")} />
					) : (
						<>
							<div class="card pad">
								<Network map={map} />
							</div>
							<EdgeTable map={map} />
							<NodeTable map={map} />
						</>
					)}
				</div>
			)}
		</>
	);
}
