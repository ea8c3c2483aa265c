// What takes a second person: asked for by one, decided by another.
import { useSignal } from "@preact/signals";
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Approval, Page } from "../../api/types";
import { moment, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";

/* texts: approval.asked approval.approved approval.refused approval.withdrawn */
function Decide({ approval }: { approval: Approval }) {
	const note = useSignal("");
	const decide = useAction((key, decision: "approve" | "refuse") => send(`/approvals/${approval.uid}/decision`, { method: "POST", body: { decision, note: note.value }, key }));
	return (
		<div class="form">
			{approval.decidable && <TextField id={`note-${approval.uid}`} label={t("approval.note")} value={note.value} onValue={(v) => (note.value = v)} maxLength={500} />}
			<Fault problem={decide.problem} />
			<div class="buttons">
				{approval.decidable && (
					<Button kind="main" busy={decide.busy} label={`${t("approval.approve")}: ${approval.title}`} onPress={() => void decide.run("approve")}>
						{t("approval.approve")}
					</Button>
				)}
				<Button busy={decide.busy} label={`${t(approval.own ? "approval.takeback" : "approval.refuse")}: ${approval.title}`} onPress={() => void decide.run("refuse")}>
					{t(approval.own ? "approval.takeback" : "approval.refuse")}
				</Button>
			</div>
		</div>
	);
}

/* texts: approval.takeback approval.refuse */
function Card({ approval }: { approval: Approval }) {
	return (
		<li class="card pad approval">
			<div class="between">
				<h2>{approval.href ? <a href={approval.href}>{approval.title}</a> : approval.title}</h2>
				<span class={`badge ${approval.state === "asked" ? "ask" : approval.state === "approved" ? "pass" : "fail"}`}>{t(`approval.${approval.state}`)}</span>
			</div>
			<p class="quiet small">
				{t("approval.askedby", { who: approval.asked_by, when: moment(approval.asked_at) })}
				{approval.decided_by && ` · ${t("approval.decidedby", { who: approval.decided_by, when: moment(approval.decided_at) })}`}
			</p>
			{approval.note && <p>{approval.note}</p>}
			{approval.state === "asked" && !approval.decidable && approval.own && <p class="quiet">{t("approval.own")}</p>}
			{approval.state === "asked" && (approval.decidable || approval.own) && <Decide approval={approval} />}
		</li>
	);
}

/* texts: approval.show.asked approval.show.any */
export default function ApprovalList({ params }: { params: string[] }) {
	const uid = params[0];
	const state = place.value.query.get("state") === "any" ? "any" : "asked";
	const cursor = place.value.query.get("cursor") ?? "";
	const list = useData<Page<Approval>>(uid ? "" : `/approvals${query({ state, cursor })}`);
	const one = useData<Approval>(uid ? `/approvals/${uid}` : "");
	const value: Page<Approval> | undefined = one.value ? { items: [one.value], next: null, total: null } : list.value;
	const error = one.error ?? list.error;
	return (
		<>
			<PageHead
				title={t("approval.title")}
				lead={t("approval.lead")}
				crumbs={uid ? [["/approvals", t("menu.approvals")]] : undefined}
				side={
					uid ? undefined : (
					<div class="segments" role="group" aria-label={t("col.state")}>
						{["asked", "any"].map((s) => (
							<button key={s} type="button" aria-pressed={s === state} onClick={() => go(`/approvals${query({ state: s === "any" ? s : "" })}`)}>
								{t(`approval.show.${s}`)}
							</button>
						))}
					</div>
					)
				}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={5} />}
			{value && value.items.length === 0 && <Empty title={t("approval.none")} text={t("approval.none.text")} />}
			{value && value.items.length > 0 && (
				<ul class="stack">
					{value.items.map((a) => (
						<Card key={a.uid} approval={a} />
					))}
				</ul>
			)}
			{value && <Pager base="/approvals" asked={{ state, cursor }} page={value} />}
		</>
	);
}
