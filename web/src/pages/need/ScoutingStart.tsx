// A need put to all centres until a date.
import { useSignal } from "@preact/signals";
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Page, Scouting, Summary } from "../../api/types";
import { date, number, t } from "../../state/i18n";
import { go } from "../../state/router";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { AreaField, TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";

const DAYS = 5;

function later(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);
}

function Form({ uid, today, onClose }: { uid: string; today: string; onClose: () => void }) {
	const deadline = useSignal(later(today, DAYS));
	const note = useSignal("");
	const start = useAction(async (key) => {
		const { value } = await send<{ uid: string }>(`/needs/${uid}/scouting`, { method: "POST", body: { deadline: deadline.value, note: note.value }, key });
		go(`/scouting/${value.uid}`);
	});
	return (
		<Dialog
			title={t("scouting.start")}
			open
			onClose={onClose}
			buttons={
				<Button kind="main" busy={start.busy} onPress={() => void start.run()}>
					{t("scouting.ask")}
				</Button>
			}
		>
			<div class="form">
				<p>{t("scouting.start.text")}</p>
				<TextField id="deadline" type="date" label={t("scouting.deadline")} value={deadline.value} onValue={(v) => (deadline.value = v)} error={start.problem?.of("deadline")} required />
				<AreaField id="scouting-note" label={t("scouting.note")} value={note.value} onValue={(v) => (note.value = v)} error={start.problem?.of("note")} />
				<Fault problem={start.problem} fields={["deadline", "note"]} />
			</div>
		</Dialog>
	);
}

export function ScoutingStart({ uid }: { uid: string }) {
	const open = useSignal(false);
	const today = useData<Summary>("/summary").value?.as_of;
	const rounds = useData<Page<Scouting>>(`/scouting${query({ need: uid })}`).value?.items ?? [];
	const running = rounds.find((r) => r.state === "open");
	return (
		<>
			{running ? (
				<a class="button" href={`/scouting/${running.uid}`}>
					{t("scouting.running", { n: number(running.n_answered), of: number(running.n_centres), date: date(running.deadline) })}
				</a>
			) : (
				<Button onPress={() => (open.value = true)}>{t("scouting.start")}</Button>
			)}
			{open.value && today && <Form uid={uid} today={today} onClose={() => (open.value = false)} />}
		</>
	);
}
