// Verdicts of the past: each with its day, its pack and what it said then.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Page, VerdictBrief } from "../../api/types";
import { date, moment, number, t } from "../../state/i18n";
import { Failed } from "../../ui/States";
import { Table } from "../../ui/Table";
import { Actor } from "../../ui/Person";

export function VerdictList({ subject }: { subject: string }) {
	const { value, error } = useData<Page<VerdictBrief>>(`/verdicts${query({ subject })}`);
	if (error) return <Failed problem={error} />;
	if (!value || value.items.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("verdict.past")}</h2>
			<div class="card words">
				<Table
					caption={t("verdict.past")}
					rows={value.items}
					id={(v) => v.uid}
					columns={[
						{ id: "pack", label: t("pack.one"), cell: (v) => <a href={`/verdicts/${v.uid}`}>{v.pack.title}</a> },
						{ id: "name", label: t("pack.edition"), cell: (v) => v.pack.name },
						{ id: "on", label: t("verdict.on"), num: true, cell: (v) => date(v.on) },
						{ id: "counts", label: t("verdict.said"), cell: (v) => t("check.counted", { n: number(v.counts.passed), of: number(v.counts.total) }) },
						{ id: "at", label: t("verdict.at"), num: true, cell: (v) => moment(v.made_at) },
						{ id: "by", label: t("col.who"), cell: (v) => <Actor actor={v.made_by} /> },
					]}
				/>
			</div>
		</section>
	);
}
