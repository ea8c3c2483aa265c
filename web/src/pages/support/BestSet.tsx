// What may be had together: the set with the largest total, and which measure pays which line.
import type { Support, SupportSet } from "../../api/types";
import { money, t } from "../../state/i18n";
import { Table } from "../../ui/Table";
import { difference, range } from "./money";

function Lines({ best }: { best: SupportSet }) {
	if (best.lines.length === 0) return null;
	const titles = new Map([...best.measures, ...best.possible].map((m) => [m.id, m.title]));
	const cost = (l: SupportSet["lines"][number]) => (l.cost === null ? "—" : range({ lo: l.cost, hi: l.cost_max ?? l.cost }));
	return (
		<Table
			caption={t("support.lines")}
			rows={best.lines.map((line, at) => ({ line, at }))}
			id={({ at }) => String(at)}
			columns={[
				{ id: "title", label: t("support.line"), cell: ({ line }) => line.title || line.category },
				{ id: "cost", label: t("support.cost"), num: true, cell: ({ line }) => cost(line) },
				{ id: "payer", label: t("measure.title"), cell: ({ line }) => (line.payer ? (titles.get(line.payer) ?? line.payer) : "—") },
				{ id: "paid", label: t("support.paid"), num: true, cell: ({ line }) => (line.paid === null ? "—" : money(line.paid)) },
			]}
		/>
	);
}

function Before({ before }: { before: NonNullable<Support["before"]> }) {
	return (
		<div class="notice warm stack-s" role="status">
			<p>
				<b>{t("support.supposed")}</b> {t("support.before", { total: range(before.total) })}
				{before.difference && <b class="support-difference"> {difference(before.difference)}</b>}
			</p>
			{before.changed.length > 0 && (
				<ul class="dots">
					{before.changed.map((c) => (
						<li key={c.measure}>
							{c.title}: {t(`support.${c.was}`)} {c.was_amount && range(c.was_amount)} → <b>{t(`support.${c.now}`)}</b> {c.now_amount && range(c.now_amount)}
						</li>
					))}
				</ul>
			)}
		</div>
	);
}

export function BestSet({ support }: { support: Support }) {
	const { best, before } = support;
	return (
		<section class="section stack-s">
			<h2>{t("support.best")}</h2>
			{before && <Before before={before} />}
			<div class="card">
				<div class="pad stack-s">
					<p class="support-total">
						<b>{range(best.total)}</b> {best.proved ? <span class="quiet small">{t("support.proved")}</span> : <span class="quiet small">{t("support.unproved", { bound: money(best.bound) })}</span>}
					</p>
					{best.measures.length === 0 && <p>{t("support.nothing")}</p>}
					<ul class="dots">
						{best.measures.map((m) => (
							<li key={m.id}>
								<a href={`/measures/${m.id}`}>{m.title}</a>: <b>{range(m.paid)}</b>
							</li>
						))}
					</ul>
					{best.possible.length > 0 && (
						<div>
							<p class="quiet small">{t("support.possible")}</p>
							<ul class="dots">
								{best.possible.map((m) => (
									<li key={m.id}>
										<a href={`/measures/${m.id}`}>{m.title}</a>: {range(m.paid)}
									</li>
								))}
							</ul>
						</div>
					)}
				</div>
				<Lines best={best} />
			</div>
		</section>
	);
}
