// All clusters with their state and region, and how their number grew.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Page, Register, Row } from "../../api/types";
import { lang, number, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { may } from "../../state/session";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table, type TableColumn } from "../../ui/Table";
import { CellText } from "../../views/RecordValues";
import { StateBadge } from "../../views/StateBadge";
import { Growth } from "./Growth";

const LIMIT = "100";

function columns(): TableColumn<Row>[] {
	const cell = (name: string) => (r: Row) => (r.cells[name] ? <CellText cell={r.cells[name]!} /> : "");
	const state = (r: Row) => {
		const value = r.cells.state?.value;
		return typeof value === "string" ? <StateBadge state={value as "planned"} /> : "";
	};
	return [
		{ id: "name", label: t("col.name"), cell: (r) => <a href={`/clusters/${r.uid}`}>{r.name || r.key}</a> },
		{ id: "state", label: t("col.state"), cell: state },
		{ id: "region", label: t("col.region"), cell: cell("region") },
		{ id: "number", label: t("cluster.number.short"), cell: cell("number") },
		{ id: "org_id", label: t("cluster.specialised"), cell: cell("org_id") },
		{ id: "members_stated", label: t("cluster.members.stated"), num: true, cell: cell("members_stated") },
		{ id: "projects_stated", label: t("cluster.projects.stated"), num: true, cell: cell("projects_stated") },
	];
}

function Filters({ reg, rows }: { reg: Register | undefined; rows: Row[] }) {
	const asked = place.value.query;
	const words = reg?.columns.find((c) => c.name === "state")?.words ?? [];
	const region = asked.get("region") ?? "";
	const found = rows.flatMap((r) => (typeof r.cells.region?.value === "string" ? [[r.cells.region.value, r.cells.region.text] as const] : []));
	const regions = [...new Map([...(region ? [[region, region] as const] : []), ...found])].sort((a, b) => a[1].localeCompare(b[1]));
	const move = (name: string, value: string) => {
		const next = Object.fromEntries(asked);
		delete next.cursor;
		go(`/clusters${query({ ...next, [name]: value })}`);
	};
	return (
		<form class="filters" onSubmit={(e) => e.preventDefault()}>
			<label>
				{t("col.state")}
				<select class="field" value={asked.get("state") ?? ""} onChange={(e) => move("state", e.currentTarget.value)}>
					<option value="">{t("list.any")}</option>
					{words.map((w) => (
						<option key={w.value} value={w.value}>
							{w.label[lang.value]}
						</option>
					))}
				</select>
			</label>
			<label>
				{t("col.region")}
				<select class="field" value={region} onChange={(e) => move("region", e.currentTarget.value)}>
					<option value="">{t("list.any")}</option>
					{regions.map(([code, name]) => (
						<option key={code} value={code}>
							{name}
						</option>
					))}
				</select>
			</label>
		</form>
	);
}

function Actions() {
	return (
		<div class="buttons">
			{may("export") && (
				<a class="button" href="/api/v1/exports/clusters.xlsx" download>
					{t("list.export")}
				</a>
			)}
			{may("import") && (
				<a class="button" href="/imports?kind=clusters">
					{t("import.title")}
				</a>
			)}
			{may("cluster.write") && (
				<a class="button main" href="/registers/cluster/new">
					{t("form.add")}
				</a>
			)}
		</div>
	);
}

function Nothing({ filtered }: { filtered: boolean }) {
	if (filtered) return <Empty title={t("list.nohit")} text={t("list.nohit.text")} />;
	return <Empty title={t("cluster.none")} text={t("cluster.none.text")} />;
}

export default function ClusterList() {
	const asked = Object.fromEntries(place.value.query);
	const registers = useData<{ registers: Register[] }>("/registers");
	const reg = registers.value?.registers.find((r) => r.name === "cluster");
	const all = useData<Page<Row>>(`/clusters${query({ limit: "200" })}`);
	const { value, error, loading } = useData<Page<Row>>(`/clusters${query({ ...asked, limit: LIMIT })}`);
	const fault = error ?? all.error ?? registers.error;
	return (
		<>
			<PageHead title={t("cluster.title")} lead={reg ? t("cluster.lead", { n: number(reg.count) }) : "\u00a0"} side={<Actions />} />
			<div class="stack">
				<Growth />
				<Filters reg={reg} rows={all.value?.items ?? []} />
				{fault && <Failed problem={fault} />}
				{!error && !value && <Loading lines={8} />}
				{value && value.items.length === 0 && <Nothing filtered={Boolean(asked.state || asked.region)} />}
				{value && value.items.length > 0 && (
					<div>
						<div class="card words">
							<Table caption={t("cluster.title")} columns={columns()} rows={value.items} id={(r) => r.uid} stale={loading} />
						</div>
						<Pager base="/clusters" asked={asked} page={value} />
					</div>
				)}
			</div>
		</>
	);
}
