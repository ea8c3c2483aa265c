// Who gained and who lost when the rules changed.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { MeasureChange, Page } from "../../api/types";
import { moment, money, t } from "../../state/i18n";
import { place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";

/* texts: support.eligible support.unknown support.not_eligible */
function side(verdict: MeasureChange["was"], amount: string | null): string {
	return amount === null ? t(`support.${verdict}`) : `${t(`support.${verdict}`)}, ${money(amount)}`;
}

/* texts: change.gained change.lost change.more change.less change.other */
const SHADES = { gained: "badge pass", more: "badge pass", lost: "badge fail", less: "badge fail", other: "badge" };

export default function MeasureChanges() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Page<MeasureChange>>(`/measure-changes${query(asked)}`);
	return (
		<>
			<PageHead title={t("measure.changes")} crumbs={[["/measures", t("measure.list")]]} lead={t("measure.changes.lead")} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && value.items.length === 0 && <Empty title={t("measure.changes.none")} text={t("measure.changes.none.text")} />}
			{value && value.items.length > 0 && (
				<>
					<div class="card">
						<Table
							caption={t("measure.changes")}
							rows={value.items}
							id={(c) => c.at + c.org.uid + c.measure.id}
							stale={loading}
							columns={[
								{ id: "org", label: t("col.who"), cell: (c) => <a href={`/support/${c.org.uid}`}>{c.org.name}</a> },
								{ id: "measure", label: t("measure.title"), cell: (c) => <a href={`/measures/${c.measure.id}`}>{c.measure.title}</a> },
								{ id: "change", label: t("measure.change"), cell: (c) => <span class={SHADES[c.change]}>{t(`change.${c.change}`)}</span> },
								{ id: "was", label: t("measure.was"), cell: (c) => side(c.was, c.was_amount) },
								{ id: "now", label: t("measure.now"), cell: (c) => side(c.now, c.now_amount) },
								{ id: "at", label: t("measure.at"), num: true, cell: (c) => moment(c.at) },
							]}
						/>
					</div>
					<Pager base="/measures/changes" asked={asked} page={value} />
				</>
			)}
		</>
	);
}
