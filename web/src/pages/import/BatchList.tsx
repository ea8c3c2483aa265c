// What was brought in and changed, newest first; the own can be taken back whole.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Batch, Page } from "../../api/types";
import { moment, number, t } from "../../state/i18n";
import { place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Actor } from "../../ui/Person";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";

export default function BatchList() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Page<Batch>>(`/batches${query(asked)}`);
	return (
		<>
			<PageHead title={t("batch.title")} lead={t("batch.lead")} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && value.items.length === 0 && (
				<Empty title={t("batch.none")} text={t("batch.none.text")}>
					<a class="button main" href="/imports">
						{t("menu.imports")}
					</a>
				</Empty>
			)}
			{value && value.items.length > 0 && (
				<>
					<div class="card">
						<Table
							caption={t("batch.title")}
							rows={value.items}
							id={(b) => b.uid}
							stale={loading}
							columns={[
								{ id: "source", label: t("col.source"), cell: (b) => <a href={`/batches/${b.uid}`}>{b.file || b.source}</a> },
								{ id: "kind", label: t("import.kind"), cell: (b) => b.kind },
								{ id: "rows", label: t("col.rows"), num: true, cell: (b) => number(b.rows) },
								{ id: "actor", label: t("col.who"), cell: (b) => <Actor actor={b.actor} /> },
								{ id: "at", label: t("col.when"), num: true, cell: (b) => moment(b.made_at) },
								{ id: "state", label: t("col.state"), cell: (b) => <span class={b.undone_at ? "badge fail" : "badge pass"}>{t(b.undone_at ? "batch.undone" : "batch.stands")}</span> },
							]}
						/>
					</div>
					<Pager base="/batches" asked={asked} page={value} />
				</>
			)}
		</>
	);
}
/* texts: batch.undone batch.stands */
