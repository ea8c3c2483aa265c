// A plan is run: its options in a dialog, then its job in the address, so that the page may be left and come back to.
import { useSignal } from "@preact/signals";
import { query, send } from "../../api/client";
import { useAction } from "../../api/data";
import { isOver, useJob } from "../../api/job";
import type { JobRef, PlanHead } from "../../api/types";
import { moment, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { CheckField, RadioField, SelectField, TextField } from "../../ui/Field";
import { Fault, Notice } from "../../ui/Notice";
import { Progress } from "../../ui/Progress";

// Percent of the usual search.
const EFFORTS = ["25", "100", "400"] as const;

/* texts: plan.effort.25 plan.effort.100 plan.effort.400 */
export function RunPlan({ plans }: { plans: PlanHead[] }) {
	const open = useSignal(false);
	const title = useSignal("");
	const mode = useSignal("priced");
	const effort = useSignal("100");
	const from = useSignal("");
	const keep = useSignal(true);
	const start = useAction((key) => send<JobRef>("/plans", { method: "POST", key, body: { ...(title.value.trim() ? { title: title.value.trim() } : {}), mode: mode.value, effort: Number(effort.value), keep: keep.value, ...(from.value ? { from: from.value } : {}) } }));
	const run = async () => {
		const answer = await start.run();
		if (!answer) return;
		open.value = false;
		go(`/plans${query({ job: answer.value.job })}`);
	};
	return (
		<>
			<Button
				kind="main"
				onPress={() => {
					from.value = plans[0]?.uid ?? "";
					open.value = true;
				}}
			>
				{t("plan.run")}
			</Button>
			<Dialog
				title={t("plan.run")}
				open={open.value}
				onClose={() => (open.value = false)}
				buttons={
					<Button kind="main" busy={start.busy} onPress={() => void run()}>
						{t("plan.run.go")}
					</Button>
				}
			>
				<p>{t("plan.run.text")}</p>
				<TextField id="title" label={t("plan.run.title")} hint={t("plan.run.title.hint")} value={title.value} maxLength={200} error={start.problem?.of("title")} onValue={(v) => (title.value = v)} />
				<RadioField
					id="mode"
					label={t("plan.run.mode")}
					value={mode.value}
					onValue={(v) => (mode.value = v)}
					choices={[
						["priced", t("plan.mode.priced"), t("plan.mode.priced.text")],
						["strict", t("plan.mode.strict"), t("plan.mode.strict.text")],
					]}
				/>
				<SelectField id="effort" label={t("plan.run.effort")} hint={t("plan.run.effort.hint")} value={effort.value} onValue={(v) => (effort.value = v)} choices={EFFORTS.map((e) => [e, t(`plan.effort.${e}`)])} />
				{plans.length > 0 && (
					<SelectField
						id="from"
						label={t("plan.run.from")}
						hint={t("plan.run.from.hint")}
						value={from.value}
						onValue={(v) => (from.value = v)}
						choices={[["", t("plan.run.cold")], ...plans.map((p): [string, string] => [p.uid, `${p.title} · ${moment(p.made_at)}`])]}
					/>
				)}
				<CheckField id="keep" label={t("plan.run.keep")} hint={t("plan.run.keep.hint")} checked={keep.value} onValue={(v) => (keep.value = v)} />
				<Fault problem={start.problem} fields={["title"]} />
			</Dialog>
		</>
	);
}

// The job that the address names: how far it is, and where its plan stands.
export function RunningPlan() {
	const uid = place.value.query.get("job") ?? "";
	const { job, error } = useJob(uid);
	const cancel = useAction((key) => send(`/jobs/${uid}`, { method: "DELETE", key }));
	if (uid === "") return null;
	const { uid: plan, stopped } = (job?.result as { plan?: { uid?: string; stopped?: boolean } } | null | undefined)?.plan ?? {};
	const whole = job?.state === "done" && !stopped;
	return (
		<section class="stack-s" aria-label={t("plan.running")}>
			{!isOver(job) && !error && (
				<div class="card pad form">
					<Progress label={t(job?.state === "waiting" ? "plan.waiting" : "plan.running")} done={job?.done ?? 0} of={job?.of ?? 0} />
					<p class="quiet small">{t("plan.running.text")}</p>
					<Fault problem={cancel.problem} />
					<Button busy={cancel.busy} onPress={() => void cancel.run()}>
						{t("plan.cancel")}
					</Button>
				</div>
			)}
			{error && <Fault problem={error} />}
			{job?.state === "failed" && <Notice kind="bad">{job.error}</Notice>}
			{job?.state === "cancelled" && !plan && <Notice kind="warm">{t("plan.cancelled")}</Notice>}
			{plan && (
				<Notice kind={whole ? "good" : "warm"}>
					<p>
						{t(whole ? "plan.done" : "plan.cancelled.kept")} <a href={`/plans/${plan}`}>{t("plan.done.open")}</a>
					</p>
				</Notice>
			)}
		</section>
	);
}
/* texts: plan.waiting plan.running plan.done plan.cancelled.kept */
