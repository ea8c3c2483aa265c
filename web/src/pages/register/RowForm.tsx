// An organisation, site, offer or capacity, new or changed, by the keys of its template.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Changed, RecordDetail, Register } from "../../api/types";
import { bodyOf, useForm } from "../../state/form";
import { lang, t } from "../../state/i18n";
import { go } from "../../state/router";
import { say } from "../../state/said";
import { hrefOf } from "../../ui/links";
import { Button } from "../../ui/Button";
import { SelectField, TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { FailedPage, PageHead } from "../../ui/Page";
import { Loading } from "../../ui/States";
import { ConflictDialog } from "../../views/ConflictDialog";
import { FIELDS, type FieldRule, valuesOf } from "./fields";

function Field({ rule, reg, value, onValue, error }: { rule: FieldRule; reg: Register; value: string; onValue: (v: string) => void; error?: string }) {
	const column = reg.columns.find((c) => c.name === rule.column);
	const label = rule.label ?? column?.label[lang.value] ?? rule.name;
	if (column?.words)
		return <SelectField id={rule.name} label={label} value={value} onValue={onValue} error={error} choices={[["", t("need.unsaid")], ...column.words.map((w): [string, string] => [w.value, w.label[lang.value]])]} />;
	if (column?.type === "bool") return <SelectField id={rule.name} label={label} hint={rule.hint} value={value} onValue={onValue} error={error} choices={[["", t("need.unsaid")], ["yes", t("word.yes")], ["no", t("word.no")]]} />;
	return <TextField id={rule.name} label={label} hint={rule.hint} value={value} onValue={onValue} error={error} type={column?.type === "date" ? "date" : "text"} required={rule.required} />;
}

function Body({ reg, record, etag }: { reg: Register; record?: RecordDetail; etag: string }) {
	const rules = FIELDS[reg.name]!();
	const form = useForm(valuesOf(rules, record), t("form.leave"));
	const newest = useSignal(etag);
	const save = useAction((key) => {
		const body = bodyOf(form, record !== undefined);
		return record ? send<Changed>(`/${reg.plural}/${record.uid}`, { method: "PATCH", body, key, etag: newest.value }) : send<Changed>(`/${reg.plural}`, { method: "POST", body, key });
	});
	const store = async () => {
		const saved = await save.run();
		if (!saved) return;
		form.stored(form.values);
		say(saved.value.warnings ?? []);
		go(hrefOf(reg.name, saved.value.uid));
	};
	const problem = save.problem?.status === 412 ? undefined : save.problem;
	return (
		<form
			class="card pad form"
			onSubmit={(e) => {
				e.preventDefault();
				void store();
			}}
		>
			<div class="halves">
				{rules.map((rule) => (
					<Field key={rule.name} rule={rule} reg={reg} value={form.values[rule.name] ?? ""} onValue={form.set(rule.name)} error={problem?.of(rule.name)} />
				))}
			</div>
			<Fault problem={problem} fields={rules.map((r) => r.name)} />
			<div class="buttons">
				<Button kind="main" submit busy={save.busy}>
					{t("form.save")}
				</Button>
				<a class="button" href={record ? hrefOf(reg.name, record.uid) : `/registers/${reg.name}`}>
					{t("form.cancel")}
				</a>
			</div>
			{record && (
				<ConflictDialog
					open={save.problem?.status === 412}
					path={`/${reg.plural}/${record.uid}`}
					mine={form.changed}
					fieldsOf={(r) => valuesOf(rules, r)}
					onTheirs={() => location.reload()}
					onMine={(next) => ((newest.value = next), save.clear(), void store())}
					onClose={save.clear}
				/>
			)}
		</form>
	);
}

export default function RowForm({ params }: { params: string[] }) {
	const [register, uid] = params as [string, string | undefined];
	const registers = useData<{ registers: Register[] }>("/registers");
	const reg = registers.value?.registers.find((r) => r.name === register);
	const { value, error, etag } = useData<RecordDetail>(uid && reg ? `/${reg.plural}/${uid}` : "");
	const kept = useSignal<{ record: RecordDetail; etag: string } | undefined>(undefined);
	if (value && !kept.value) kept.value = { record: value, etag };
	const fault = error ?? registers.error;
	if (fault) return <FailedPage problem={fault} />;
	return (
		<>
			<PageHead title={uid ? (kept.value?.record.name ?? "") : t("row.new")} crumbs={[[`/registers/${register}`, reg?.label[lang.value] ?? register]]} lead={uid ? t("row.edit") : undefined} />
			{!reg || (uid && !kept.value) ? <Loading lines={8} /> : <Body reg={reg} record={kept.value?.record} etag={kept.value?.etag ?? ""} />}
		</>
	);
}
