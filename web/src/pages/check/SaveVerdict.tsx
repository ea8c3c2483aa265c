// The verdict of today is kept with the facts that it used, to be shown again years later.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import { t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Fault } from "../../ui/Notice";

export function SaveVerdict({ cluster, pack, on }: { cluster: string; pack: string; on: string }) {
	const kept = useSignal("");
	const save = useAction(async (key) => {
		kept.value = (await send<{ uid: string }>(`/clusters/${cluster}/verdicts`, { method: "POST", body: { pack, on }, key })).value.uid;
	});
	return (
		<div class="buttons">
			<Fault problem={save.problem} />
			{kept.value && (
				<span class="small" role="status">
					{t("verdict.kept")} <a href={`/verdicts/${kept.value}`}>{t("verdict.show")}</a>
				</span>
			)}
			<Button busy={save.busy} label={`${t("verdict.keep")}: ${pack}`} onPress={() => void save.run()}>
				{t("verdict.keep")}
			</Button>
		</div>
	);
}
