// What can be done with a row: change it, say that a statement of capacity still holds.
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { RecordDetail } from "../../api/types";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { Button } from "../../ui/Button";
import { Fault, Notice } from "../../ui/Notice";

const SCOPES: Record<string, string> = {
	org: "org.write",
	site: "org.write",
	offer: "offer.write",
	capacity: "offer.write",
	cluster: "cluster.write",
	cluster_event: "cluster.write",
	infra: "cluster.write",
	resident: "cluster.write",
	contract: "contract.write",
	delivery: "contract.write",
	org_year: "contract.write",
	project: "contract.write",
};

export function RowActions({ record }: { record: RecordDetail }) {
	const hold = useAction((key) => send(`/capacity/${record.uid}/confirm`, { method: "POST", key }));
	const scope = SCOPES[record.register];
	if (!scope || !may(scope)) return null;
	return (
		<div class="buttons">
			<Fault problem={hold.problem} />
			{hold.problem && <Notice kind="plain">{t("row.hold.text")}</Notice>}
			{record.register === "capacity" && (
				<Button kind="main" busy={hold.busy} onPress={() => void hold.run()}>
					{t("row.hold")}
				</Button>
			)}
			<a class="button" href={`/registers/${record.register}/${record.uid}/edit`}>
				{t("form.edit")}
			</a>
		</div>
	);
}
