// The reviewer's side: a question, a return with its criterion, the decision.
import { useSignal } from "@preact/signals";
import type { Application } from "../../api/types";
import { t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { AreaField, SelectField, TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { useStep } from "./act";

function Ask({ application: a, etag }: { application: Application; etag: string }) {
	const step = useStep(a.uid, etag);
	const criterion = useSignal(a.criteria[0]?.id ?? "");
	const text = useSignal("");
	const send = (path: string) => void step.run(path, { criterion: criterion.value, text: text.value }).then((done) => done && (text.value = ""));
	return (
		<div class="card pad form">
			<SelectField id="criterion" label={t("application.criterion")} value={criterion.value} onValue={(v) => (criterion.value = v)} choices={a.criteria.map((c) => [c.id, c.number > 0 ? `${c.number}. ${c.title}` : c.title])} />
			<AreaField id="review-text" label={t("review.text")} hint={t("review.text.hint")} value={text.value} onValue={(v) => (text.value = v)} error={step.problem?.of("text") || undefined} />
			<Fault problem={step.problem} fields={["text"]} />
			<div class="buttons">
				<Button busy={step.busy} onPress={() => send("questions")}>
					{t("review.ask")}
				</Button>
				<Button kind="danger" busy={step.busy} onPress={() => send("returns")}>
					{t("review.return")}
				</Button>
			</div>
		</div>
	);
}

function Decide({ application: a, etag }: { application: Application; etag: string }) {
	const step = useStep(a.uid, etag);
	const values = useSignal({ decision: "accepted", order_no: "", order_on: "", number: "", note: "" });
	const set = (name: string) => (value: string) => (values.value = { ...values.peek(), [name]: value });
	const wrong = (name: string) => step.problem?.of(name) || undefined;
	const v = values.value;
	const filled = () => Object.fromEntries(Object.entries(v).filter(([, value]) => value !== ""));
	return (
		<form
			class="card pad form"
			onSubmit={(e) => {
				e.preventDefault();
				void step.run("decision", filled());
			}}
		>
			<SelectField
				id="decision"
				label={t("review.decision")}
				value={v.decision}
				onValue={set("decision")}
				choices={[
					["accepted", t("application.accepted")],
					["refused", t("application.refused")],
				]}
			/>
			{v.decision === "accepted" && (
				<div class="halves">
					<TextField id="order_no" label={t("review.order")} value={v.order_no} onValue={set("order_no")} error={wrong("order_no")} />
					<TextField id="order_on" type="date" label={t("review.orderon")} value={v.order_on} onValue={set("order_on")} error={wrong("order_on")} />
					<TextField id="number" label={t("application.number")} value={v.number} onValue={set("number")} error={wrong("number")} />
				</div>
			)}
			<AreaField id="note" label={t("application.note")} value={v.note} onValue={set("note")} error={wrong("note")} />
			<Fault problem={step.problem} fields={["order_no", "order_on", "number", "note"]} />
			<Button kind="main" submit busy={step.busy}>
				{t("review.decide")}
			</Button>
		</form>
	);
}

export function Review({ application: a, etag }: { application: Application; etag: string }) {
	if (!a.may.review && !a.may.decide) return null;
	return (
		<section class="section stack-s">
			<h2>{t("review.title")}</h2>
			{a.may.review && <Ask application={a} etag={etag} />}
			{a.may.decide && <Decide application={a} etag={etag} />}
		</section>
	);
}
