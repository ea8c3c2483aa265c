// What was asked and answered, returned and corrected, in order; and the answer that is due.
import { useSignal } from "@preact/signals";
import type { Application } from "../../api/types";
import { moment, t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { AreaField, SelectField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { useStep } from "./act";

function Answer({ application: a, etag }: { application: Application; etag: string }) {
	const step = useStep(a.uid, etag);
	const open = a.criteria.filter((c) => c.open || c.asked);
	const criterion = useSignal(open[0]?.id ?? "");
	const text = useSignal("");
	if (!a.may.answer || open.length === 0) return null;
	return (
		<form
			class="card pad form"
			onSubmit={(e) => {
				e.preventDefault();
				void step.run("answers", { criterion: criterion.value, text: text.value }).then((done) => done && (text.value = ""));
			}}
		>
			<SelectField id="answer-criterion" label={t("application.criterion")} value={criterion.value} onValue={(v) => (criterion.value = v)} choices={open.map((c) => [c.id, c.title])} />
			<AreaField id="answer-text" label={t("application.answer")} value={text.value} onValue={(v) => (text.value = v)} error={step.problem?.of("text") || undefined} />
			<Fault problem={step.problem} fields={["text"]} />
			<Button submit busy={step.busy}>
				{t("application.answer.send")}
			</Button>
		</form>
	);
}

/* texts: step.state step.question step.answer step.return step.correction step.note step.decision */
export function Steps({ application: a, etag }: { application: Application; etag: string }) {
	return (
		<section class="section stack-s">
			<h2>{t("application.steps")}</h2>
			<Answer application={a} etag={etag} />
			<ol class="card pad stack-s">
				{a.steps.map((s) => (
					<li key={s.uid}>
						<span class={s.kind === "question" || s.kind === "return" ? "badge ask" : "badge"}>{t(`step.${s.kind}`)}</span>{" "}
						<span class="quiet small">
							{moment(s.at)} · {s.actor}
						</span>
						<p>
							{s.criterion && <b>{s.criterion_title ?? s.criterion}: </b>}
							{s.kind === "state" ? t(`application.${s.body}`) : s.body}
						</p>
					</li>
				))}
			</ol>
		</section>
	);
}
