// An infrastructure object that the cluster uses: one of the register, or a new one.
import { useEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Changed, ClusterProfile, Page, Register, Row } from "../../api/types";
import { lang, t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { SelectField, TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";

const LIMIT = 200;
const EMPTY = { infra: "", name: "", kind: "technopark", technological: "yes", region: "" };
type Values = typeof EMPTY;

function NewObject({ values, set, wrong }: { values: Values; set: (name: keyof Values) => (v: string) => void; wrong: (name: string) => string | undefined }) {
	const kinds = useData<{ registers: Register[] }>("/registers").value?.registers.find((r) => r.name === "infra")?.columns.find((c) => c.name === "kind")?.words ?? [];
	return (
		<>
			<TextField id="object-name" label={t("col.name")} required value={values.name} onValue={set("name")} error={wrong("name")} />
			<SelectField id="object-kind" label={t("cluster.object.kind")} value={values.kind} onValue={set("kind")} choices={kinds.map((w) => [w.value, w.label[lang.value]])} error={wrong("kind")} />
			<TextField id="object-region" label={t("col.region")} hint={t("need.region.hint")} value={values.region} onValue={set("region")} error={wrong("region")} />
			<SelectField
				id="object-technological"
				label={t("cluster.technological")}
				value={values.technological}
				onValue={set("technological")}
				error={wrong("technological")}
				choices={[
					["", t("need.unsaid")],
					["yes", t("word.yes")],
					["no", t("word.no")],
				]}
			/>
		</>
	);
}

export function ObjectForm({ profile, open, onClose }: { profile: ClusterProfile; open: boolean; onClose: () => void }) {
	const values = useSignal<Values>(EMPTY);
	const made = useRef(""); // a new object is made once, even if the second request has to be sent again
	const all = useData<Page<Row>>(open ? `/infra${query({ limit: LIMIT })}` : "").value?.items ?? [];
	const v = values.value;
	const isNew = v.infra === "";
	const save = useAction(async (key) => {
		const { infra, ...object } = values.value;
		const filled = Object.fromEntries(Object.entries(object).filter(([, value]) => value !== ""));
		if (isNew && !made.current) made.current = (await send<Changed>("/infra", { method: "POST", body: { ...filled, state: "acting" }, key: `${key}-1` })).value.uid;
		await send("/residents", { method: "POST", body: { infra: infra || made.current, cluster: profile.cluster.uid }, key });
		return true;
	});

	useEffect(() => {
		values.value = EMPTY;
		made.current = "";
		save.clear();
	}, [open]);
	const used = new Set(profile.objects.map((o) => o.uid));
	const choices: [string, string][] = all.filter((r) => !used.has(r.uid)).map((r) => [r.uid, [r.name, r.cells.kind?.text].filter(Boolean).join(", ")]);
	const store = async () => {
		if (await save.run()) onClose();
	};
	const set = (name: keyof Values) => (value: string) => (values.value = { ...values.peek(), [name]: value });
	return (
		<Dialog
			title={t("cluster.object.add")}
			open={open}
			onClose={onClose}
			buttons={
				<Button kind="main" busy={save.busy} disabled={isNew && !v.name} onPress={() => void store()}>
					{t("form.save")}
				</Button>
			}
		>
			<SelectField id="object" label={t("cluster.object")} value={v.infra} onValue={set("infra")} choices={[["", t("cluster.object.new")], ...choices]} error={save.problem?.of("infra")} />
			{isNew && <NewObject values={v} set={set} wrong={(name) => save.problem?.of(name)} />}
			<Fault problem={save.problem} fields={Object.keys(EMPTY)} />
		</Dialog>
	);
}
