// A contract put into the register: between members it counts for the cluster.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { ClusterProfile, Register } from "../../api/types";
import { lang, t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { SelectField, TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";

const EMPTY = { seller_key: "", buyer_key: "", kind: "supply", number: "", title: "", signed_on: "", sum: "" };
type Values = typeof EMPTY;

export function ContractForm({ profile, open, onClose }: { profile: ClusterProfile; open: boolean; onClose: () => void }) {
	const values = useSignal<Values>(EMPTY);
	const kinds = useData<{ registers: Register[] }>(open ? "/registers" : "").value?.registers.find((r) => r.name === "contract")?.columns.find((c) => c.name === "kind")?.words ?? [];
	const save = useAction(async (key) => {
		const filled = Object.fromEntries(Object.entries(values.value).filter(([, v]) => v !== ""));
		await send("/contracts", { method: "POST", body: { ...filled, cluster: profile.cluster.uid }, key });
		return true;
	});

	useEffect(() => {
		if (open) values.value = { ...EMPTY, signed_on: profile.on };
		save.clear();
	}, [open]);
	const members: [string, string][] = [["", t("contract.choose")], ...profile.members.map((m): [string, string] => [m.org.uid, m.org.name])];
	const set = (name: keyof Values) => (value: string) => (values.value = { ...values.peek(), [name]: value });
	const wrong = (name: keyof Values) => save.problem?.of(name);
	const v = values.value;
	const store = async () => {
		if (await save.run()) onClose();
	};
	return (
		<Dialog
			title={t("contract.add")}
			open={open}
			onClose={onClose}
			buttons={
				<Button kind="main" busy={save.busy} disabled={!v.seller_key || !v.buyer_key} onPress={() => void store()}>
					{t("form.save")}
				</Button>
			}
		>
			<SelectField id="seller_key" label={t("contract.seller")} required value={v.seller_key} onValue={set("seller_key")} choices={members} error={wrong("seller_key") || save.problem?.of("seller_inn")} />
			<SelectField id="buyer_key" label={t("contract.buyer")} required value={v.buyer_key} onValue={set("buyer_key")} choices={members} error={wrong("buyer_key") || save.problem?.of("buyer_inn")} />
			<SelectField id="kind" label={t("contract.kind")} value={v.kind} onValue={set("kind")} choices={kinds.map((w) => [w.value, w.label[lang.value]])} error={wrong("kind")} />
			<TextField id="number" label={t("contract.number")} value={v.number} onValue={set("number")} error={wrong("number")} />
			<TextField id="title" label={t("contract.title")} value={v.title} onValue={set("title")} error={wrong("title")} />
			<div class="halves">
				<TextField id="signed_on" type="date" label={t("contract.signed")} value={v.signed_on} onValue={set("signed_on")} error={wrong("signed_on")} />
				<TextField id="sum" label={t("col.amount")} hint={t("contract.sum.hint")} value={v.sum} onValue={set("sum")} error={wrong("sum")} />
			</div>
			<Fault problem={save.problem} fields={[...Object.keys(EMPTY), "seller_inn", "buyer_inn"]} />
		</Dialog>
	);
}
