// A register as a table: words and filters in the address, pages by cursor.
import { query } from "../api/client";
import { useData } from "../api/data";
import type { Column, Page, Register, Row } from "../api/types";
import { hrefOf } from "../ui/links";
import { PageHead } from "../ui/Page";
import { Empty, Failed, Loading } from "../ui/States";
import { Pager } from "../ui/Pager";
import { Table, type TableColumn } from "../ui/Table";
import { lang, number, t } from "../state/i18n";
import { go, place } from "../state/router";
import { may } from "../state/session";
import { CellText } from "./RecordValues";

const LIMIT = "50";
const KEYED = new Set(["need", "offer"]); // their names repeat
const NUMBERS = new Set(["int", "date", "quarter", "qty", "kop", "micro"]);

function tableColumns(reg: Register): TableColumn<Row>[] {
	const shown = reg.main.flatMap((name) => reg.columns.filter((c) => c.name === name));
	const first: TableColumn<Row> = { id: "name", label: t("col.name"), cell: (r) => <a href={hrefOf(reg.name, r.uid)}>{r.name || r.key}</a> };
	return [
		first,
		...(KEYED.has(reg.name) ? [{ id: "key", label: t("col.key"), cell: (r: Row) => r.key }] : []),
		...shown
			.filter((c) => c.name !== "name" && c.name !== "title")
			.map((c) => ({ id: c.name, label: c.label[lang.value], num: NUMBERS.has(c.type), cell: (r: Row) => (r.cells[c.name] ? <CellText cell={r.cells[c.name]!} /> : "") })),
	];
}

function Filters({ reg, base }: { reg: Register; base: string }) {
	const asked = place.value.query;
	const enums = reg.columns.filter((c): c is Column & { words: NonNullable<Column["words"]> } => c.type === "enum" && !!c.words);
	const move = (name: string, value: string) => {
		const next = Object.fromEntries(asked);
		delete next.cursor;
		go(base + query({ ...next, [name]: value }));
	};
	return (
		<form
			class="filters"
			onSubmit={(e) => {
				e.preventDefault();
				move("q", new FormData(e.currentTarget).get("q")!.toString().trim());
			}}
		>
			{reg.searched && (
				<label class="grow">
					{t("list.words")}
					<input class="field" name="q" type="search" autocomplete="off" value={asked.get("q") ?? ""} />
				</label>
			)}
			{enums.map((c) => (
				<label key={c.name}>
					{c.label[lang.value]}
					<select class="field" value={asked.get(c.name) ?? ""} onChange={(e) => move(c.name, e.currentTarget.value)}>
						<option value="">{t("list.any")}</option>
						{c.words.map((w) => (
							<option key={w.value} value={w.value}>
								{w.label[lang.value]}
							</option>
						))}
					</select>
				</label>
			))}
			{reg.searched && (
				<button class="button" type="submit">
					{t("list.find")}
				</button>
			)}
		</form>
	);
}

const NEW: Record<string, [href: string, scope: string]> = {
	need: ["/needs/new", "need.write"],
	org: ["/registers/org/new", "org.write"],
	site: ["/registers/site/new", "org.write"],
	offer: ["/registers/offer/new", "offer.write"],
	capacity: ["/registers/capacity/new", "offer.write"],
	cluster: ["/registers/cluster/new", "cluster.write"],
	cluster_event: ["/registers/cluster_event/new", "cluster.write"],
	infra: ["/registers/infra/new", "cluster.write"],
	resident: ["/registers/resident/new", "cluster.write"],
	contract: ["/registers/contract/new", "contract.write"],
	delivery: ["/registers/delivery/new", "contract.write"],
	org_year: ["/registers/org_year/new", "contract.write"],
	project: ["/registers/project/new", "contract.write"],
};

function ListActions({ reg }: { reg: Register }) {
	const [href, scope] = NEW[reg.name] ?? ["", ""];
	return (
		<div class="buttons">
			{may("export") && (
				<a class="button" href={`/api/v1/exports/${reg.plural}.xlsx`} download>
					{t("list.export")}
				</a>
			)}
			{href && may(scope) && (
				<a class="button main" href={href}>
					{t(reg.name === "need" ? "need.new" : "form.add")}
				</a>
			)}
		</div>
	);
}

function Rows({ reg, base }: { reg: Register; base: string }) {
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Page<Row>>(`/${reg.plural}${query({ ...asked, limit: LIMIT })}`);
	if (error) return <Failed problem={error} />;
	if (!value) return <Loading lines={10} />;
	if (value.items.length === 0)
		return Object.keys(asked).length > 0 ? (
			<Empty title={t("list.nohit")} text={t("list.nohit.text")} />
		) : (
			<Empty title={t("list.empty")} text={t("list.empty.text")}>
				{may("import") && (
					<a class="button main" href={`/imports?kind=${reg.plural}`}>
						{t("import.title")}
					</a>
				)}
			</Empty>
		);
	return (
		<>
			<div class="card">
				<Table caption={reg.label[lang.value]} columns={tableColumns(reg)} rows={value.items} id={(r) => r.uid} stale={loading} />
			</div>
			<Pager base={base} asked={asked} page={value} />
		</>
	);
}

export function RegisterTable({ register }: { register: string }) {
	const registers = useData<{ registers: Register[] }>("/registers");
	const reg = registers.value?.registers.find((r) => r.name === register || r.plural === register);
	const base = place.value.path;
	const unknown = registers.value && !reg;
	return (
		<>
			<PageHead
				title={unknown ? t("error.notfound") : (reg?.label[lang.value] ?? "")}
				crumbs={register === "need" ? undefined : [["/registers", t("menu.registers")]]}
				lead={reg ? t("list.lead", { n: number(reg.count) }) : "\u00a0"}
				side={reg && <ListActions reg={reg} />}
			/>
			{registers.error && <Failed problem={registers.error} />}
			{unknown && <Empty title={t("error.notfound")} text={t("error.nopage.text")} />}
			{!registers.error && !registers.value && <Loading lines={10} />}
			{reg && (
				<div class="stack">
					<Filters key={register} reg={reg} base={base} />
					<div>
						<Rows reg={reg} base={base} />
					</div>
				</div>
			)}
		</>
	);
}
/* texts: need.new form.add */
