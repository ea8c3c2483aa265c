// The answer of one's own centre: exact, near or none, and which makers.
import { useSignal } from "@preact/signals";
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Hit, Page, ScoutingCentre } from "../../api/types";
import { t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { AreaField, RadioField, TextField } from "../../ui/Field";
import { Fault, Notice } from "../../ui/Notice";

type Maker = { uid: string; name: string };

function Makers({ chosen, onChange }: { chosen: Maker[]; onChange: (makers: Maker[]) => void }) {
	const text = useSignal("");
	const words = text.value.trim();
	const found = useData<Page<Hit>>(words.length > 1 ? `/search${query({ q: words })}` : "").value?.items ?? [];
	const hits = found.filter((h) => h.register === "org" && !chosen.some((m) => m.uid === h.uid)).slice(0, 6);
	return (
		<div>
			<TextField id="maker" type="search" label={t("scouting.makers")} hint={t("scouting.makers.hint")} value={text.value} onValue={(v) => (text.value = v)} autocomplete="off" />
			{hits.length > 0 && (
				<ul class="choices">
					{hits.map((h) => (
						<li key={h.uid}>
							<button
								class="link-button"
								type="button"
								onClick={() => {
									onChange([...chosen, { uid: h.uid, name: h.name }]);
									text.value = "";
								}}
							>
								{h.name} <span class="quiet small">{h.detail}</span>
							</button>
						</li>
					))}
				</ul>
			)}
			<ul class="chips">
				{chosen.map((m) => (
					<li key={m.uid}>
						{m.name}{" "}
						<button type="button" aria-label={`${t("role.remove")}: ${m.name}`} onClick={() => onChange(chosen.filter((c) => c.uid !== m.uid))}>
							×
						</button>
					</li>
				))}
			</ul>
		</div>
	);
}

export function AnswerForm({ round, mine }: { round: string; mine: ScoutingCentre }) {
	const answer = useSignal<string>(mine.answer ?? "");
	const makers = useSignal<Maker[]>(mine.makers);
	const note = useSignal(mine.note);
	const saved = useSignal(false);
	const save = useAction((key) =>
		send(`/scouting/${round}/centres/${mine.centre.code}`, { method: "PUT", body: { answer: answer.value, makers: answer.value === "none" ? [] : makers.value.map((m) => m.uid), note: note.value }, key }),
	);
	const onSubmit = async (event: Event) => {
		event.preventDefault();
		saved.value = false;
		if (await save.run()) saved.value = true;
	};
	return (
		<form class="card pad form answer" onSubmit={(e) => void onSubmit(e)}>
			<h2>{t("scouting.yours", { centre: mine.centre.name })}</h2>
			<RadioField
				id="answer"
				label={t("scouting.answer")}
				value={answer.value}
				onValue={(v) => (answer.value = v)}
				choices={[
					["exact", t("answer.exact"), t("answer.exact.text")],
					["near", t("answer.near"), t("answer.near.text")],
					["none", t("answer.none"), t("answer.none.text")],
				]}
			/>
			{answer.value !== "none" && <Makers chosen={makers.value} onChange={(next) => (makers.value = next)} />}
			<AreaField id="note" label={t("scouting.note")} value={note.value} onValue={(v) => (note.value = v)} error={save.problem?.of("note")} />
			<Fault problem={save.problem} fields={["note"]} />
			{saved.value && <Notice kind="good">{t("form.saved")}</Notice>}
			<div>
				<Button kind="main" submit disabled={answer.value === ""} busy={save.busy}>
					{t("scouting.send")}
				</Button>
			</div>
		</form>
	);
}
