// A need, new or changed: asks little, says at once what it understood, and which answers would help most.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Changed, RecordDetail } from "../../api/types";
import { t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { say } from "../../state/said";
import { session } from "../../state/session";
import { bodyOf, useForm } from "../../state/form";
import { Button } from "../../ui/Button";
import { Fault } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { ConflictDialog } from "../../views/ConflictDialog";
import { Advice } from "./Advice";
import { MainFields, MoreFields } from "./NeedFields";
import { SameNeeds } from "./SameNeeds";
import { useCheck } from "./check";
import { asSent, fieldsOf, NEW_NEED, NEW_NEED_OF, prefilled } from "./values";

const FIELDS = ["item", "qty", "unit", "tolerance", "due", "earliest", "region", "requirements", "price", "visibility", "note", "density", "stock_days", "stop_loss", "org", "org_name", "org_inn", "org_key", "partial"];

function Body({ record, etag }: { record?: RecordDetail; etag: string }) {
	const ownOrg = session.value.account?.roles.some((g) => g.org);
	const form = useForm(record ? fieldsOf(record) : prefilled(ownOrg ? NEW_NEED : NEW_NEED_OF, place.value.query), t("form.leave"));
	const newest = useSignal(etag);
	const check = useCheck(form.values);
	const save = useAction(async (key, state: string) => {
		const body = { ...asSent(bodyOf(form, record !== undefined)), ...(state ? { state } : {}) };
		return record ? send<Changed>(`/needs/${record.uid}`, { method: "PATCH", body, key, etag: newest.value }) : send<Changed>("/needs", { method: "POST", body, key });
	});
	const store = async (state: string) => {
		const saved = await save.run(state);
		if (!saved) return;
		form.stored(form.values);
		say(saved.value.warnings ?? []);
		go(`/needs/${saved.value.uid}`);
	};
	const problem = save.problem?.status === 412 ? undefined : save.problem;
	// What the check says of a field counts once the field is filled in; what saving says, at once.
	const wrong = (name: string) => problem?.of(name) || (form.values[name] ? check.faults.find((f) => f.pointer === `/${name}`)?.detail : "") || "";
	return (
		<form
			class="need-form"
			onSubmit={(e) => {
				e.preventDefault();
				void store(record ? "" : "declared");
			}}
		>
			<div class="stack">
				<MainFields form={form} wrong={wrong} check={check} />
				<SameNeeds same={check.same} qty={form.values.qty ?? ""} unit={form.values.unit ?? ""} own={record?.uid} onJoined={(uid) => (form.stored(form.values), go(`/needs/${uid}`))} />
				<MoreFields form={form} wrong={wrong} />
				<Fault problem={problem} fields={FIELDS} />
				<div class="buttons sticky">
					<Button kind="main" submit busy={save.busy}>
						{t(record ? "form.save" : "need.declare")}
					</Button>
					{!record && (
						<Button busy={save.busy} onPress={() => void store("draft")}>
							{t("need.savedraft")}
						</Button>
					)}
					<a class="button" href={record ? `/needs/${record.uid}` : "/needs"}>
						{t("form.cancel")}
					</a>
				</div>
			</div>
			<Advice hints={check.hints} values={form.values} />
			{record && <ConflictDialog open={save.problem?.status === 412} path={`/needs/${record.uid}`} mine={form.changed} fieldsOf={fieldsOf} onTheirs={() => location.reload()} onMine={(next) => ((newest.value = next), save.clear(), void store(""))} onClose={save.clear} />}
		</form>
	);
}

/* texts: form.save need.declare */
export default function NeedForm({ params }: { params: string[] }) {
	const uid = params[0];
	const { value, error, etag } = useData<RecordDetail>(uid ? `/needs/${uid}` : "");
	const kept = useSignal<{ record: RecordDetail; etag: string } | undefined>(undefined);
	// The form keeps what it began with: a change of somebody else is met when it is saved.
	if (value && !kept.value) kept.value = { record: value, etag };
	return (
		<>
			<PageHead title={t(uid ? "need.edit" : "need.new")} crumbs={[["/needs", t("menu.needs")]]} lead={uid ? kept.value?.record.name : t("need.new.lead")} />
			{error && <Failed problem={error} />}
			{uid && !error && !kept.value && <Loading lines={10} />}
			{(!uid || kept.value) && <Body record={kept.value?.record} etag={kept.value?.etag ?? ""} />}
		</>
	);
}
/* texts: need.edit need.new */
