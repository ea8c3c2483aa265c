// Facts that no register holds: asked where they are missing, kept as statements of the organisation.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { Support, SupportQuestion } from "../../api/types";
import { t, tn } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { SelectField, TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";

const SHOWN = 3;

/* texts: question.hint.number question.hint.money question.hint.text */
function Field({ question: q, value, onValue, error }: { question: SupportQuestion; value: string; onValue: (v: string) => void; error?: string }) {
	if (q.type === "yesno")
		return (
			<SelectField
				id={`fact-${q.name}`}
				label={q.question}
				error={error}
				value={value}
				onValue={onValue}
				choices={[
					["", t("question.dontknow")],
					["yes", t("question.yes")],
					["no", t("question.no")],
				]}
			/>
		);
	return <TextField id={`fact-${q.name}`} type={q.type === "date" ? "date" : "text"} label={q.question} hint={q.type === "date" ? undefined : t(`question.hint.${q.type}`)} error={error} value={value} onValue={onValue} />;
}

function Question({ question: q, support }: { question: SupportQuestion; support: Support }) {
	const value = useSignal("");
	const proof = useSignal("");
	const keep = useAction((key) =>
		send(`/orgs/${support.subject.org.uid}/facts/${encodeURIComponent(q.name)}`, {
			method: "PUT",
			body: { value: value.value, ...(proof.value ? { document: proof.value } : {}), ...(q.name.startsWith("project.") && support.subject.project ? { project: support.subject.project.uid } : {}) },
			key,
		}),
	);
	return (
		<li class="card pad stack-s">
			<form
				class="row-form"
				onSubmit={(e) => {
					e.preventDefault();
					if (value.value !== "") void keep.run();
				}}
			>
				<Field question={q} value={value.value} onValue={(v) => (value.value = v)} error={keep.problem?.of("value") || undefined} />
				<TextField id={`proof-${q.name}`} label={t("question.document")} value={proof.value} onValue={(v) => (proof.value = v)} />
				<Button submit busy={keep.busy} disabled={value.value === ""} label={`${t("question.keep")}: ${q.question}`}>
					{t("question.keep")}
				</Button>
			</form>
			<p class="small quiet">{tn("question.measures", q.measures)}</p>
			<Fault problem={keep.problem} fields={["value"]} />
		</li>
	);
}

export function Questions({ support }: { support: Support }) {
	const all = useSignal(false);
	const stated = support.ask.filter((q) => q.stated);
	const kept = support.ask.filter((q) => !q.stated);
	if (support.ask.length === 0) return null;
	return (
		<section class="section stack-s">
			<h2>{t("support.questions")}</h2>
			<p class="quiet">{t("support.questions.lead")}</p>
			<ul class="stack-s">
				{(all.value ? stated : stated.slice(0, SHOWN)).map((q) => (
					<Question key={q.name} question={q} support={support} />
				))}
			</ul>
			{stated.length > SHOWN && !all.value && (
				<div class="buttons">
					<Button onPress={() => (all.value = true)}>{tn("support.questions.all", stated.length)}</Button>
				</div>
			)}
			{kept.length > 0 && (
				<div class="card pad">
					<p class="quiet small">{t("support.inregisters")}</p>
					<ul class="dots">
						{kept.map((q) => (
							<li key={q.name}>{q.register ? <a href={`/registers/${q.register}`}>{q.question}</a> : q.question}</li>
						))}
					</ul>
				</div>
			)}
		</section>
	);
}
