// Scouting rounds: needs put to all centres, and how many have answered.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Page, Scouting } from "../../api/types";
import { date, number, t } from "../../state/i18n";
import { place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";

/* texts: scouting.open scouting.closed */
export default function ScoutingList() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Page<Scouting>>(`/scouting${query(asked)}`);
	return (
		<>
			<PageHead title={t("scouting.title")} lead={t("scouting.lead")} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={6} />}
			{value && value.items.length === 0 && (
				<Empty title={t("scouting.nothing")} text={t("scouting.nothing.text")}>
					<a class="button main" href="/needs">
						{t("menu.needs")}
					</a>
				</Empty>
			)}
			{value && value.items.length > 0 && (
				<>
					<div class="card">
						<Table
							caption={t("scouting.title")}
							rows={value.items}
							id={(s) => s.uid}
							stale={loading}
							columns={[
								{ id: "need", label: t("col.need"), cell: (s) => <a href={`/scouting/${s.uid}`}>{s.need.name}</a> },
								{ id: "centre", label: t("scouting.asks"), cell: (s) => s.centre.name },
								{ id: "deadline", label: t("task.due"), num: true, cell: (s) => date(s.deadline) },
								{ id: "answered", label: t("scouting.answered"), num: true, cell: (s) => t("scouting.of", { n: number(s.n_answered), of: number(s.n_centres) }) },
								{ id: "state", label: t("col.state"), cell: (s) => <span class={s.state === "open" ? "badge ask" : "badge"}>{t(`scouting.${s.state}`)}</span> },
							]}
						/>
					</div>
					<Pager base="/scouting" asked={asked} page={value} />
				</>
			)}
		</>
	);
}
