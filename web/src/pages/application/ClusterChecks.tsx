// All clusters against one pack in one run: verdicts, and what each fails first.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ClusterCheckRow, ClusterChecks as Checks, Packs } from "../../api/types";
import { number, t, tn } from "../../state/i18n";
import { go, place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { Comparison } from "../../views/Evidence";
import { TruthBadge } from "../../views/Truth";

/* texts: cluster.state.planned cluster.state.filed cluster.state.in_register cluster.state.excluded cluster.state.liquidation */
const STATES = ["planned", "filed", "in_register", "excluded", "liquidation"];

function Filters({ asked, packs }: { asked: Record<string, string>; packs: Packs | undefined }) {
	const move = (changed: Record<string, string>) => go(`/cluster-checks${query({ ...asked, ...changed })}`);
	return (
		<form class="filters" onSubmit={(e) => e.preventDefault()}>
			<label class="grow">
				{t("checks.pack")}
				<select class="field" value={asked.pack ?? ""} onChange={(e) => move({ pack: e.currentTarget.value })}>
					<option value="">{t("checks.choose")}</option>
					{packs?.items.map((p) => (
						<option key={p.uid} value={p.name}>
							{p.title}
						</option>
					))}
				</select>
			</label>
			<label>
				{t("col.state")}
				<select class="field" value={asked.state ?? ""} onChange={(e) => move({ state: e.currentTarget.value })}>
					<option value="">{t("list.any")}</option>
					{STATES.map((s) => (
						<option key={s} value={s}>
							{t(`cluster.state.${s}`)}
						</option>
					))}
				</select>
			</label>
		</form>
	);
}

function FirstFailed({ row }: { row: ClusterCheckRow }) {
	if (!row.first_failed) return <>—</>;
	return (
		<>
			{row.first_failed.title}: <Comparison of={row.first_failed} />
		</>
	);
}

function Result({ checks, asked, stale }: { checks: Checks; asked: Record<string, string>; stale: boolean }) {
	const failed = checks.rows.filter((r) => r.verdict === "fail").length;
	return (
		<div class="stack-s">
			<div class="between">
				<p role="status">
					<b>{tn("checks.n", checks.n)}</b>, {tn("checks.failed", failed)} <span class="quiet small">{t("checks.ms", { ms: number(checks.ms) })}</span>
				</p>
				<div class="buttons">
					<a class="button" href={`/api/v1/cluster-checks.csv${query(asked)}`} download>
						CSV
					</a>
					<a class="button" href={`/api/v1/cluster-checks.xlsx${query(asked)}`} download>
						XLSX
					</a>
				</div>
			</div>
			<div class="card">
				<Table
					caption={t("checks.title")}
					rows={checks.rows}
					id={(r) => r.cluster.uid}
					stale={stale}
					columns={[
						{ id: "cluster", label: t("checks.cluster"), cell: (r) => <a href={`/clusters/${r.cluster.uid}/check${query({ pack: asked.pack })}`}>{r.cluster.name}</a> },
						{ id: "region", label: t("col.region"), cell: (r) => r.region?.name ?? "—" },
						{ id: "verdict", label: t("checks.verdict"), cell: (r) => <TruthBadge truth={r.verdict} /> },
						{ id: "counts", label: t("checks.counts"), num: true, cell: (r) => `${r.passed} / ${r.failed} / ${r.unknown}` },
						{ id: "first", label: t("checks.first"), cell: (r) => <FirstFailed row={r} /> },
						{ id: "projects", label: t("checks.projects"), num: true, cell: (r) => number(r.projects) },
					]}
				/>
			</div>
		</div>
	);
}

export default function ClusterChecks() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Checks>(asked.pack ? `/cluster-checks${query(asked)}` : "");
	const packs = useData<Packs>("/packs?kind=cluster");
	const fault = packs.error ?? error;
	return (
		<>
			<PageHead title={t("checks.title")} lead={t("checks.lead")} />
			<div class="stack">
				<Filters asked={asked} packs={packs.value} />
				{!asked.pack && <Empty title={t("checks.choose")} text={t("checks.choose.text")} />}
				{fault && <Failed problem={fault} />}
				{asked.pack && !error && !value && <Loading lines={10} />}
				{value && value.rows.length === 0 && <Empty title={t("checks.none")} text={t("checks.none.text")} />}
				{value && value.rows.length > 0 && <Result checks={value} asked={asked} stale={loading} />}
			</div>
		</>
	);
}
