// One batch: where it came from, what it did, and taking it back.
import { useData } from "../../api/data";
import type { Batch } from "../../api/types";
import { moment, number, t } from "../../state/i18n";
import { PageHead } from "../../ui/Page";
import { Actor } from "../../ui/Person";
import { Failed, Loading } from "../../ui/States";
import { UndoBatch } from "../../views/UndoBatch";

export default function BatchPage({ params }: { params: string[] }) {
	const { value, error } = useData<Batch>(`/batches/${params[0]}`);
	return (
		<>
			<PageHead title={value ? value.file || value.source : ""} crumbs={[["/batches", t("menu.batches")]]} lead={value ? value.uid : "\u00a0"} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={5} />}
			{value && (
				<div class="stack">
					<dl class="card facts">
						<div>
							<dt>{t("import.kind")}</dt>
							<dd class="plain">{value.kind}</dd>
						</div>
						<div>
							<dt>{t("col.rows")}</dt>
							<dd>{number(value.rows)}</dd>
						</div>
						<div>
							<dt>{t("col.who")}</dt>
							<dd class="plain">
								<Actor actor={value.actor} />
							</dd>
						</div>
						<div>
							<dt>{t("col.when")}</dt>
							<dd class="plain">{moment(value.made_at)}</dd>
						</div>
						<div>
							<dt>{t("report.same")}</dt>
							<dd>{number(value.same)}</dd>
						</div>
						<div>
							<dt>{t("report.errors")}</dt>
							<dd>{number(value.errors)}</dd>
						</div>
						{value.undone_at && (
							<div>
								<dt>{t("batch.undone")}</dt>
								<dd class="plain">{moment(value.undone_at)}</dd>
							</div>
						)}
					</dl>
					{value.may_undo && <UndoBatch uid={value.uid} />}
				</div>
			)}
		</>
	);
}
