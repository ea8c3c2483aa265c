// What a dry run or an import says: counts, and each row at fault with its reason.
import { useSignal } from "@preact/signals";
import type { Import, ImportFault } from "../../api/types";
import { number, t, tn } from "../../state/i18n";
import { Table } from "../../ui/Table";

const SHOWN = 50;

/* texts: report.new report.changed report.same report.duplicates report.errors */
function Counts({ it }: { it: Import }) {
	const report = it.report!;
	return (
		<dl class="card facts report">
			{(["new", "changed", "same", "duplicates", "errors"] as const).map((what) => (
				<div key={what} class={what === "errors" && report.errors > 0 ? "wrong" : undefined}>
					<dt>{t(`report.${what}`)}</dt>
					<dd>{number(report[what])}</dd>
				</div>
			))}
		</dl>
	);
}

/* texts: level.error level.warning level.duplicate level.held level.skipped */
function Faults({ faults }: { faults: ImportFault[] }) {
	const all = useSignal(false);
	const rows = all.value ? faults : faults.slice(0, SHOWN);
	return (
		<div class="card">
			<Table
				caption={t("report.faults")}
				rows={rows.map((fault, at) => ({ ...fault, at }))}
				id={(f) => String(f.at)}
				columns={[
					{ id: "line", label: t("col.line"), num: true, cell: (f) => (f.line > 0 ? number(f.line) : "—") },
					{ id: "level", label: t("col.level"), cell: (f) => <span class={f.level === "error" ? "badge fail" : "badge ask"}>{t(`level.${f.level}`)}</span> },
					{ id: "column", label: t("col.column"), cell: (f) => f.column },
					{ id: "text", label: t("col.reason"), cell: (f) => f.text },
				]}
			/>
			{rows.length < faults.length && (
				<p class="pad">
					<button class="button" type="button" onClick={() => (all.value = true)}>
						{tn("report.more", faults.length - rows.length)}
					</button>
				</p>
			)}
		</div>
	);
}

export function Report({ it }: { it: Import }) {
	const report = it.report!;
	return (
		<section class="section">
			<div class="between">
				<h2>{it.batch ? t("report.title.applied") : t("report.title")}</h2>
				{it.has_errors_file && (
					<a class="button" href={`/api/v1/imports/${it.uid}/errors.xlsx`} download>
						{t("report.workbook")}
					</a>
				)}
			</div>
			<div class="stack">
				<Counts it={it} />
				{report.faults.length > 0 && <Faults faults={report.faults} />}
			</div>
		</section>
	);
}
