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
		<li class="card pad stack-s" data-measure={m.id}>
			<div class="between">
				<h3>
					<a href={`/measures/${m.id}`}>{m.title}</a>
				</h3>
				<b class="support-sum">{row.amount ? range(row.amount) : (row.amount_text ?? "")}</b>
			</div>
			<p>
				<span class={SHADE[row.verdict]}>{t(`support.${row.verdict}`)}</span> {row.in_best && <span class="badge pass">{t("support.inbest")}</span>} {!row.gift && row.amount && <span class="badge">{t("support.repaid")}</span>} {row.reason}
			</p>
			{row.rate_text && (
				<p class="small quiet">
					{t("measure.rate")}: {row.rate_text}
				</p>
			)}
			<Times row={row} />
			<details>
				<summary>{t("support.why")}</summary>
				<div class="stack-s">
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

const PARTS = ["eligible", "unknown", "not_eligible"] as const;

/* texts: support.part.eligible support.part.unknown support.part.not_eligible */
export function SupportRows({ rows }: { rows: SupportRow[] }) {
	return (
		<>
			{PARTS.map((part) => {
				const of = rows.filter((r) => r.verdict === part);
				return of.length === 0 ? null : (
					<section key={part} class="section">
						<h2>
							{t(`support.part.${part}`)} <span class="quiet">{of.length}</span>
						</h2>
						<ul class="stack-s">
							{of.map((r) => (
								<Item key={r.measure.id + r.measure.pack} row={r} />
							))}
						</ul>
					</section>
				);
			})}
		</>
	);
}
