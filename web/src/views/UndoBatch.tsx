// A whole batch taken back, after a question.
import { useSignal } from "@preact/signals";
import { send } from "../api/client";
import { useAction } from "../api/data";
import { t } from "../state/i18n";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Fault } from "../ui/Notice";

export function UndoBatch({ uid, label }: { uid: string; label?: string }) {
	const sure = useSignal(false);
	const undo = useAction(async (key) => {
		await send(`/batches/${uid}/undo`, { method: "POST", key });
		sure.value = false;
	});
	return (
		<>
			<div>
				<Button label={label} onPress={() => (sure.value = true)}>
					{t("batch.undo")}
				</Button>
			</div>
			<Dialog
				title={t("batch.undo.sure")}
				open={sure.value}
				onClose={() => (sure.value = false)}
				buttons={
					<Button kind="danger" busy={undo.busy} onPress={() => void undo.run()}>
						{t("batch.undo")}
					</Button>
				}
			>
				<p>{t("batch.undo.text")}</p>
				<Fault problem={undo.problem} />
			</Dialog>
		</>
	);
}
