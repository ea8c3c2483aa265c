// The measures of one organisation, by money: yes, no or not known, why, and every step of the sum.
import type { SupportRow } from "../../api/types";
import { date, money, t } from "../../state/i18n";
import { Tree } from "../../views/Evidence";
import { range } from "./money";

const SHADE = { eligible: "badge pass", not_eligible: "badge fail", unknown: "badge ask" };

/* texts: window.past window.open window.coming */
function Times({ row }: { row: SupportRow }) {
	if (row.windows.length === 0 && row.budget.length === 0) return null;
	return (
		<ul class="dots small">
			{row.windows.map((w) => (
				<li key={w.title + w.from}>
					{t(`window.${w.state}`)}: {date(w.from)} – {date(w.to)} · {w.title}
				</li>
			))}
			{row.budget.map((b) => (
				<li key={b.year}>
					{t("measure.budget", { year: b.year })}: {money(b.amount)}
				</li>
			))}
		</ul>
	);
}

function Working({ row }: { row: SupportRow }) {
	if (row.working.length === 0) return null;
	return (
		<table class="pair working">
			<caption class="unseen">{t("support.working")}</caption>
			<tbody>
				{row.working.map((w) => (
					<tr key={w.label + w.text}>
						<th scope="row">{w.label}</th>
						<td>{w.text}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

/* texts: support.eligible support.unknown support.not_eligible */
function Item({ row }: { row: SupportRow }) {
	const m = row.measure;
	const acts = [m.act_old, m.act_new].filter(Boolean).join(" → ");
	return (
		<li class="card pad support-row" data-measure={m.id}>
			<div class="between">
				<h3>
					<a href={`/measures/${m.id}`}>{m.title}</a>
				</h3>
				{row.amount && <b class="support-sum">{range(row.amount)}</b>}
			</div>
			<p class="small">
				<span class={SHADE[row.verdict]}>{t(`support.${row.verdict}`)}</span> {row.in_best && <span class="badge pass">{t("support.inbest")}</span>} {!row.gift && row.amount && <span class="badge">{t("support.repaid")}</span>} {row.reason}
			</p>
			<details>
				<summary class="small">{t("support.why")}</summary>
				<div class="stack-s">
					{row.amount_text && <p>{row.amount_text}</p>}
					{row.rate_text && (
						<p>
							{t("measure.rate")}: {row.rate_text}
						</p>
					)}
					<Times row={row} />
					<Working row={row} />
					{row.tree && <Tree node={row.tree} />}
					{acts && (
						<p class="small quiet">
							{t("measure.acts")}: {acts}
						</p>
					)}
				</div>
			</details>
		</li>
	);
}

// Those of one part. What is not eligible and what is not in force is folded: it is looked up, not read.
/* texts: support.part.eligible support.part.unknown support.part.not_eligible support.part.notinforce support.show.not_eligible support.show.notinforce */
function Part({ part, rows }: { part: "eligible" | "unknown" | "not_eligible" | "notinforce"; rows: SupportRow[] }) {
	const list = (
		<ul class="stack-s">
			{rows.map((r) => (
				<Item key={r.measure.id + r.measure.pack} row={r} />
			))}
		</ul>
	);
	if (rows.length === 0) return null;
	return (
		<section class="section">
			<h2>
				{t(`support.part.${part}`)}: {rows.length}
			</h2>
			{part === "not_eligible" || part === "notinforce" ? (
				<details>
					<summary>{t(`support.show.${part}`)}</summary>
					{list}
				</details>
			) : (
				list
			)}
		</section>
	);
}

export function SureRows({ rows }: { rows: SupportRow[] }) {
	return <Part part="eligible" rows={rows.filter((r) => r.verdict === "eligible")} />;
}

export function OtherRows({ rows }: { rows: SupportRow[] }) {
	const inForce = (r: SupportRow) => r.measure.status === "active";
	return (
		<>
			<Part part="unknown" rows={rows.filter((r) => r.verdict === "unknown" && inForce(r))} />
			<Part part="not_eligible" rows={rows.filter((r) => r.verdict === "not_eligible" && inForce(r))} />
			<Part part="notinforce" rows={rows.filter((r) => r.verdict !== "eligible" && !inForce(r))} />
		</>
	);
}
