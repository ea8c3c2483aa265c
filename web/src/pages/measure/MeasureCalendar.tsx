// Windows of measures by date: what is open, what is coming, what is past.
import { useData } from "../../api/data";
import type { MeasureCalendar as Calendar, MeasureEvent } from "../../api/types";
import { date, t } from "../../state/i18n";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";

const STATES = ["open", "coming", "past"] as const;

function Events({ state, events }: { state: (typeof STATES)[number]; events: MeasureEvent[] }) {
	const shown = events.filter((e) => e.state === state);
	if (shown.length === 0) return null;
	return (
		<section class="section">
			<h2>{t(`window.${state}`)}</h2>
			<div class="card">
				<Table
					caption={t(`window.${state}`)}
					rows={shown}
					id={(e) => e.measure.id + e.from + e.title}
					columns={[
						{ id: "from", label: t("measure.since"), num: true, cell: (e) => date(e.from) },
						{ id: "to", label: t("measure.until"), num: true, cell: (e) => date(e.to) },
						{ id: "title", label: t("measure.window"), cell: (e) => e.title },
						{ id: "measure", label: t("measure.title"), cell: (e) => <a href={`/measures/${e.measure.id}`}>{e.measure.title}</a> },
					]}
				/>
			</div>
		</section>
	);
}

export default function MeasureCalendar() {
	const { value, error } = useData<Calendar>("/measure-calendar");
	return (
		<>
			<PageHead title={t("measure.calendar")} crumbs={[["/measures", t("measure.list")]]} lead={t("measure.calendar.lead")} side={<a class="button" href="/account">{t("measure.calendar.own")}</a>} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && value.items.length === 0 && <Empty title={t("measure.calendar.none")} text={t("measure.calendar.none.text")} />}
			{value && value.items.length > 0 && (
				<div class="stack">
					{STATES.map((s) => (
						<Events key={s} state={s} events={value.items} />
					))}
				</div>
			)}
		</>
	);
}
