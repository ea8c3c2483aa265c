// What can be done with a need: change, confirm, put to all centres, ask who stands behind it, delete a draft.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { RecordDetail } from "../../api/types";
import { t } from "../../state/i18n";
import { go } from "../../state/router";
import { may, session } from "../../state/session";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Fault, Notice } from "../../ui/Notice";
import { ContactAsk } from "./ContactAsk";
import { ScoutingStart } from "./ScoutingStart";

function Delete({ uid }: { uid: string }) {
	const sure = useSignal(false);
	const remove = useAction(async (key) => {
		await send(`/needs/${uid}`, { method: "DELETE", key, quiet: true }); // what is shown is gone: nothing of it is read anew
		go("/needs");
	});
	return (
		<>
			<Button onPress={() => (sure.value = true)}>{t("need.delete")}</Button>
			<Dialog
				title={t("need.delete.sure")}
				open={sure.value}
				onClose={() => (sure.value = false)}
				buttons={
					<Button kind="danger" busy={remove.busy} onPress={() => void remove.run()}>
						{t("need.delete")}
					</Button>
				}
			>
				<p>{t("need.delete.text")}</p>
				<Fault problem={remove.problem} />
			</Dialog>
		</>
	);
}

function Confirm({ uid }: { uid: string }) {
	const confirm = useAction((key) => send(`/needs/${uid}/confirm`, { method: "POST", key }));
	return (
		<>
			<Button kind="main" busy={confirm.busy} onPress={() => void confirm.run()}>
				{t("need.confirm")}
			</Button>
			<Fault problem={confirm.problem} />
		</>
	);
}

// Whether the row is of the person's own organisation, or of a centre that he works for.
export function isOwn(record: RecordDetail): boolean {
	const org = record.values.find((v) => v.column === "org_id")?.ref?.uid;
	return (session.value.account?.roles ?? []).some((g) => (g.org && g.org.uid === org) || (g.role === "operator" && (g.centre === null || g.centre.code === record.centre)));
}

export function NeedActions({ record }: { record: RecordDetail }) {
	const uid = record.uid;
	const state = String(record.values.find((v) => v.column === "state")?.value ?? "");
	const own = isOwn(record);
	const hidden = record.sight === "shape";
	return (
		<div class="stack-s">
			{hidden && <Notice kind="plain">{t("need.shape")}</Notice>}
			<div class="buttons">
				{own && may("need.confirm") && (state === "declared" || state === "interest") && <Confirm uid={uid} />}
				{own && may("need.write") && (
					<a class="button" href={`/needs/${uid}/edit`}>
						{t("form.edit")}
					</a>
				)}
				{may("scouting.start") && <ScoutingStart uid={uid} />}
				{!own && may("contact.ask") && hidden && <ContactAsk uid={uid} />}
				{own && may("need.write") && state === "draft" && <Delete uid={uid} />}
			</div>
		</div>
	);
}
