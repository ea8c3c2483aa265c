// A maker asks who stands behind a need.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import { t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { AreaField } from "../../ui/Field";
import { Fault, Notice } from "../../ui/Notice";

export function ContactAsk({ uid }: { uid: string }) {
	const open = useSignal(false);
	const asked = useSignal(false);
	const note = useSignal("");
	const ask = useAction(async (key) => {
		await send(`/needs/${uid}/contact`, { method: "POST", body: { note: note.value }, key });
		open.value = false;
		asked.value = true;
	});
	if (asked.value)
		return (
			<Notice kind="good">
				{t("contact.sent")} <a href="/contacts">{t("menu.contacts")}</a>
			</Notice>
		);
	return (
		<>
			<Button kind="main" onPress={() => (open.value = true)}>
				{t("contact.ask")}
			</Button>
			<Dialog
				title={t("contact.ask")}
				open={open.value}
				onClose={() => (open.value = false)}
				buttons={
					<Button kind="main" busy={ask.busy} onPress={() => void ask.run()}>
						{t("contact.send")}
					</Button>
				}
			>
				<div class="form">
					<p>{t("contact.ask.text")}</p>
					<AreaField id="contact-note" label={t("contact.note")} value={note.value} onValue={(v) => (note.value = v)} error={ask.problem?.of("note")} />
					<Fault problem={ask.problem} fields={["note"]} />
				</div>
			</Dialog>
		</>
	);
}
