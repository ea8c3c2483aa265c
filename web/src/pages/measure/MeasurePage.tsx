// One measure: what it gives, to whom, until when, by which act; the dated figures that it uses; the budget form of a grant.
import { useData } from "../../api/data";
import type { MeasureDetail } from "../../api/types";
import { date, money, t } from "../../state/i18n";
import { may } from "../../state/session";
import { Notice } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { type Labelled, Values } from "../../ui/Values";
import { BudgetForm } from "./BudgetForm";

function Facts({ measure: m }: { measure: MeasureDetail }) {
	const facts: Labelled[] = [
		[t("measure.form"), m.form_title],
		[t("measure.beneficiary"), m.beneficiary],
		[t("measure.amount"), m.amount_text],
		[t("measure.rate"), m.rate_text],
		[t("measure.act.old"), m.act_old],
		[t("measure.act.new"), m.act_new],
		[t("measure.administrator"), m.administrator],
	];
	return <Values rows={facts} />;
}

/* texts: window.past window.open window.coming */
function Times({ measure: m }: { measure: MeasureDetail }) {
	if (m.windows.length === 0 && m.budgets.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("measure.windows")}</h2>
			<ul class="card pad stack-s">
				{m.windows.map((w) => (
					<li key={w.title + w.from}>
						<span class={w.state === "open" ? "badge pass" : "badge"}>{t(`window.${w.state}`)}</span> {date(w.from)} – {date(w.to)} · {w.title}
					</li>
				))}
				{m.budgets.map((b) => (
					<li key={b.year}>
						{t("measure.budget", { year: b.year })}: <b>{money(b.amount)}</b>
					</li>
				))}
			</ul>
		</section>
	);
}

function Parameters({ measure: m }: { measure: MeasureDetail }) {
	if (m.parameters.length === 0) return null;
	const rows = m.parameters.flatMap((p) => p.values.map((v) => ({ ...v, name: p.name, title: p.title })));
	return (
		<section class="section">
			<h2>{t("measure.parameters")}</h2>
			<div class="card">
				<Table
					caption={t("measure.parameters")}
					rows={rows}
					id={(r) => r.name + r.from}
					columns={[
						{ id: "title", label: t("measure.parameter"), cell: (r) => r.title },
						{ id: "from", label: t("measure.since"), num: true, cell: (r) => date(r.from) },
						{ id: "to", label: t("measure.until"), num: true, cell: (r) => date(r.to) },
						{ id: "value", label: t("measure.value"), num: true, cell: (r) => (r.in_force ? <b>{r.text}</b> : r.text) },
						{ id: "source", label: t("measure.source"), cell: (r) => <span class="small quiet">{r.source ?? "—"}</span> },
					]}
				/>
			</div>
		</section>
	);
}

/* texts: measure.confidence.high measure.confidence.medium measure.confidence.low */
function Conditions({ measure: m }: { measure: MeasureDetail }) {
	return (
		<section class="section">
			<h2>{t("measure.conditions")}</h2>
			<div class="card pad stack-s">
				{m.facts.length > 0 && (
					<div>
						<p class="quiet small">{t("measure.asks")}</p>
						<ul class="dots">
							{m.facts.map((f) => (
								<li key={f.name}>{f.question}</li>
							))}
						</ul>
					</div>
				)}
				{m.excludes.length > 0 && (
					<p>
						{t("measure.excludes")}{" "}
						{m.excludes.map((e, i) => (
							<span key={e.id}>
								{i > 0 && ", "}
								<a href={`/measures/${e.id}`}>{e.title}</a>
							</span>
						))}
					</p>
				)}
				<details>
					<summary>{t("measure.text")}</summary>
					<pre class="rules">{m.text}</pre>
				</details>
				<p class="small quiet">
					{t(`measure.confidence.${m.confidence}`)}. {m.source}
				</p>
			</div>
		</section>
	);
}

export default function MeasurePage({ params }: { params: string[] }) {
	const { value, error } = useData<MeasureDetail>(`/measures/${params[0]}`);
	return (
		<>
			<PageHead
				title={value?.title ?? ""}
				crumbs={[["/measures", t("measure.list")]]}
				lead={value ? `${value.id} · ${value.pack.title}` : "\u00a0"}
				side={value && <span class={value.status === "active" ? "badge pass" : "badge"}>{value.status_title}</span>}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={10} />}
			{value && (
				<div class="stack">
					{!value.computes && <Notice kind="plain">{value.status === "active" ? t("measure.noamount") : t("measure.inactive", { status: value.status_title })}</Notice>}
					{value.note && <p>{value.note}</p>}
					<Facts measure={value} />
					<Times measure={value} />
					<Conditions measure={value} />
					{value.categories.length > 0 && may("support.read") && <BudgetForm measure={value} />}
					<Parameters measure={value} />
				</div>
			)}
		</>
	);
}
