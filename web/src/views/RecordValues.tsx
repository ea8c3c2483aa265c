// The values of a record: what holds, who said it and when, what was said besides or before.
import { useData } from "../api/data";
import type { Cell, Column, Fact, Provenance, RecordDetail, Register, Value } from "../api/types";
import { hrefOf } from "../ui/links";
import { date, lang, t, tn } from "../state/i18n";
import { Failed, Loading } from "../ui/States";

/* texts: status.declared status.document status.centre status.disputed */
function Origin({ of }: { of: Provenance }) {
	return (
		<span class="quiet small">
			{t(`status.${of.status}`)}
			{of.said_on && `, ${date(of.said_on)}`}
			{of.source && ` · ${of.source}`}
			{of.line > 0 && ` · ${t("record.line", { line: of.line })}`}
		</span>
	);
}

function sameOrigin(a: Provenance, b: Provenance): boolean {
	return a.batch === b.batch && a.line === b.line && a.status === b.status && a.said_on === b.said_on;
}

const ISO_DATE = /^\d{4}-\d\d-\d\d$/;

export function CellText({ cell }: { cell: Cell }) {
	if (typeof cell.value === "string" && cell.value === cell.text && ISO_DATE.test(cell.text)) return <>{date(cell.text)}</>;
	if (cell.ref?.register) return <a href={hrefOf(cell.ref.register, cell.ref.uid)}>{cell.ref.name}</a>;
	return <>{cell.text}</>;
}

/* texts: fact.rival fact.past fact.undone fact.wins */
function History({ facts }: { facts: Fact[] }) {
	const others = facts.filter((f) => f.state !== "wins");
	if (others.length === 0) return null;
	return (
		<details class="history" open={others.some((f) => f.state === "rival")}>
			<summary>{tn("record.history", others.length)}</summary>
			<ul>
				{others.map((f, i) => (
					<li key={i}>
						<span class={`badge ${f.state === "rival" ? "ask" : ""}`}>{t(`fact.${f.state}`)}</span> <CellText cell={f} /> <Origin of={f} />
					</li>
				))}
			</ul>
		</details>
	);
}

export function RecordValues({ record }: { record: RecordDetail }) {
	const registers = useData<{ registers: Register[] }>("/registers");
	if (registers.error) return <Failed problem={registers.error} />;
	if (!registers.value) return <Loading lines={10} />;
	const columns: Column[] = registers.value.registers.find((r) => r.name === record.register)?.columns ?? [];
	const label = (v: Value) => columns.find((c) => c.name === v.column)?.label[lang.value] ?? v.column;
	// What a price is for stands with the price.
	const values = record.values.filter((v) => !v.column.endsWith("_per"));
	const disputed = (v: Value) => v.facts.some((f) => f.state !== "wins");
	const stated = values.filter((v) => v.value !== null || disputed(v));
	const missing = values.filter((v) => v.value === null && !disputed(v));
	const usual = record.provenance;
	return (
		<div class="card">
			<p class="usual">
				{t("record.usual")} <Origin of={usual} />
			</p>
			<dl class="values">
				{stated.map((v) => (
					<div key={v.column}>
						<dt>{label(v)}</dt>
						<dd>
							<span class="value">{v.value === null ? "—" : <CellText cell={v} />}</span>
							{!sameOrigin(v, usual) && <Origin of={v} />}
							<History facts={v.facts} />
						</dd>
					</div>
				))}
			</dl>
			{missing.length > 0 && (
				<p class="missing small quiet">
					{t("record.missing")} {missing.map(label).join(", ")}
				</p>
			)}
		</div>
	);
}
