// Pairs of organisations that look like one, waiting for an answer.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Duplicate, Page } from "../../api/types";
import { number, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";

const VERDICTS = ["open", "same", "different"];

/* texts: dup.open dup.same dup.different */
export default function DuplicateList() {
	const verdict = place.value.query.get("verdict") ?? "open";
	const cursor = place.value.query.get("cursor") ?? "";
	const { value, error, loading } = useData<Page<Duplicate>>(`/duplicates${query({ verdict, cursor })}`);
	return (
		<>
			<PageHead
				title={t("dup.title")}
				lead={t("dup.lead")}
				side={
					<div class="segments" role="group" aria-label={t("col.state")}>
						{VERDICTS.map((v) => (
							<button key={v} type="button" aria-pressed={v === verdict} onClick={() => go(`/duplicates${query({ verdict: v === "open" ? "" : v })}`)}>
								{t(`dup.${v}`)}
							</button>
						))}
					</div>
				}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={6} />}
			{value && value.items.length === 0 && <Empty title={t("dup.none")} text={t("dup.none.text")} />}
			{value && value.items.length > 0 && (
				<>
					<div class="card">
						<Table
							caption={t("dup.title")}
							rows={value.items}
							id={(d) => d.uid}
							stale={loading}
							columns={[
								{ id: "row", label: t("dup.row"), cell: (d) => <a href={`/duplicates/${d.uid}`}>{d.row.name}</a> },
								{ id: "stored", label: t("dup.stored"), cell: (d) => d.stored.name },
								{ id: "score", label: t("dup.score"), num: true, cell: (d) => number(d.score) },
								{ id: "reasons", label: t("col.reason"), cell: (d) => d.reasons },
								{ id: "state", label: t("col.state"), cell: (d) => <span class={d.verdict === "open" ? "badge ask" : "badge"}>{t(`dup.${d.verdict}`)}</span> },
							]}
						/>
					</div>
					<Pager base="/duplicates" asked={{ verdict, cursor }} page={value} />
				</>
			)}
		</>
	);
}
