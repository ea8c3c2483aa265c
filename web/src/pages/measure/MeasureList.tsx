// The register of support measures: found by words and by either number of an act.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Measure, Page } from "../../api/types";
import { t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";

/* texts: measure.status.active measure.status.closed measure.status.announced measure.status.proposed measure.status.conditional measure.status.regional_only measure.status.to_check measure.status.suspended */
const STATUSES = ["active", "closed", "announced", "proposed", "conditional", "regional_only", "to_check", "suspended"];
/* texts: measure.form.subsidy measure.form.grant measure.form.loan measure.form.guarantee measure.form.tax measure.form.contract measure.form.service measure.form.land measure.form.procurement measure.form.transfer */
const FORMS = ["subsidy", "grant", "loan", "guarantee", "tax", "contract", "service", "land", "procurement", "transfer"];

function Choose({ name, label, values, text }: { name: string; label: string; values: string[]; text: (value: string) => string }) {
	const asked = Object.fromEntries(place.value.query);
	return (
		<label>
			{label}
			<select class="field" value={asked[name] ?? ""} onChange={(e) => go(`/measures${query({ ...asked, cursor: "", [name]: e.currentTarget.value })}`)}>
				<option value="">{t("list.any")}</option>
				{values.map((v) => (
					<option key={v} value={v}>
						{text(v)}
					</option>
				))}
			</select>
		</label>
	);
}

function Filters() {
	const asked = Object.fromEntries(place.value.query);
	return (
		<form
			class="filters"
			onSubmit={(e) => {
				e.preventDefault();
				go(`/measures${query({ ...asked, cursor: "", q: new FormData(e.currentTarget).get("q")!.toString().trim() })}`);
			}}
		>
			<label class="grow">
				{t("measure.words")}
				<input class="field" name="q" type="search" autocomplete="off" value={asked.q ?? ""} />
			</label>
			<Choose name="status" label={t("measure.status")} values={STATUSES} text={(v) => t(`measure.status.${v}`)} />
			<Choose name="form" label={t("measure.form")} values={FORMS} text={(v) => t(`measure.form.${v}`)} />
			<button class="button" type="submit">
				{t("list.find")}
			</button>
		</form>
	);
}

function Links() {
	return (
		<nav class="buttons" aria-label={t("measure.more")}>
			<a class="button" href="/measures/calendar">
				{t("measure.calendar")}
			</a>
			<a class="button" href="/measures/changes">
				{t("measure.changes")}
			</a>
		</nav>
	);
}

const columns = () => [
	{
		id: "title",
		label: t("measure.title"),
		cell: (m: Measure) => (
			<>
				<a href={`/measures/${m.id}`}>{m.title}</a> <span class="quiet small">{m.form_title}</span>
			</>
		),
	},
	{ id: "status", label: t("measure.status"), cell: (m: Measure) => <span class={m.status === "active" ? "badge pass" : "badge"}>{t(`measure.status.${m.status}`)}</span> },
	{ id: "amount", label: t("measure.amount"), cell: (m: Measure) => m.amount_text ?? "—" },
	{ id: "acts", label: t("measure.acts"), cell: (m: Measure) => <span class="small">{[m.act_old, m.act_new].filter(Boolean).join(" → ") || "—"}</span> },
];

export default function MeasureList() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Page<Measure>>(`/measures${query(asked)}`);
	return (
		<>
			<PageHead title={t("measure.list")} lead={t("measure.list.lead")} side={<Links />} />
			<div class="stack">
				<Filters key={place.value.query.toString()} />
				{error && <Failed problem={error} />}
				{!error && !value && <Loading lines={8} />}
				{value && value.items.length === 0 && <Empty title={t("list.nohit")} text={t("measure.nohit.text")} />}
				{value && value.items.length > 0 && (
					<div>
						<div class="card">
							<Table caption={t("measure.list")} rows={value.items} id={(m) => m.id} stale={loading} columns={columns()} />
						</div>
						<Pager base="/measures" asked={asked} page={value} />
					</div>
				)}
			</div>
		</>
	);
}
