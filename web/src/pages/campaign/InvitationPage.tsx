// One invitation: the letter to print, what came back, and joining.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Invitation } from "../../api/types";
import { date, lang, moment, t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { AreaField, SelectField, TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { type Labelled, Values } from "../../ui/Values";
import { Reasons } from "./CandidateCard";

/* texts: role.final_producer role.supplier role.service role.education role.science role.infrastructure role.other */
const ROLES = ["final_producer", "supplier", "service", "education", "science", "infrastructure", "other"];

function useChange(uid: string) {
	return useAction((key, body: Record<string, unknown>) => send(`/invitations/${uid}`, { method: "PATCH", body, key }));
}

function Letter({ invitation: i }: { invitation: Invitation }) {
	const change = useChange(i.uid);
	const text = useSignal<string | undefined>(undefined);
	const now = i.letter[lang.value];
	return (
		<section class="section">
			<div class="between">
				<h2>{t("invitation.letter")}</h2>
				<Button onPress={() => print()}>{t("invitation.print")}</Button>
			</div>
			<div class="card pad letter">
				{text.value === undefined ? now.split("\n").map((line, at) => <p key={at}>{line || "\u00a0"}</p>) : <AreaField id="letter" label={t("invitation.letter")} rows={18} value={text.value} onValue={(v) => (text.value = v)} />}
			</div>
			<Fault problem={change.problem} />
			{i.may.edit && (
				<div class="buttons">
					{text.value === undefined ? (
						<Button onPress={() => (text.value = now)}>{t("invitation.edit")}</Button>
					) : (
						<>
							<Button kind="main" busy={change.busy} onPress={() => void change.run({ letter: { [lang.value]: text.value } }).then((done) => done && (text.value = undefined))}>
								{t("invitation.keep")}
							</Button>
							<Button onPress={() => (text.value = undefined)}>{t("invitation.drop")}</Button>
						</>
					)}
				</div>
			)}
		</section>
	);
}

function Answer({ invitation: i }: { invitation: Invitation }) {
	const change = useChange(i.uid);
	const words = useSignal(i.answer);
	if (!i.may.answer) return null;
	return (
		<section class="section">
			<h2>{t("invitation.answering")}</h2>
			<div class="card pad form">
				<AreaField id="answer" label={t("campaign.answer")} hint={t("invitation.answer.hint")} value={words.value} onValue={(v) => (words.value = v)} />
				<Fault problem={change.problem} />
				<div class="buttons">
					<Button kind="main" busy={change.busy} onPress={() => void change.run({ state: "yes", answer: words.value })}>
						{t("invitation.sayyes")}
					</Button>
					<Button busy={change.busy} onPress={() => void change.run({ state: "no", answer: words.value })}>
						{t("invitation.sayno")}
					</Button>
				</div>
			</div>
		</section>
	);
}

function Join({ invitation: i }: { invitation: Invitation }) {
	const change = useChange(i.uid);
	const role = useSignal("supplier");
	const on = useSignal("");
	if (!i.may.join) return null;
	return (
		<section class="section">
			<h2>{t("invitation.joining")}</h2>
			<div class="card pad form narrow">
				<SelectField id="role" label={t("invitation.role")} value={role.value} onValue={(v) => (role.value = v)} choices={ROLES.map((r) => [r, t(`role.${r}`)])} />
				<TextField id="joined_on" type="date" label={t("invitation.joinedon")} hint={t("invitation.joinedon.hint")} value={on.value} onValue={(v) => (on.value = v)} />
				<Fault problem={change.problem} />
				<Button kind="main" busy={change.busy} onPress={() => void change.run({ state: "joined", role: role.value, ...(on.value ? { joined_on: on.value } : {}) })}>
					{t("invitation.join")}
				</Button>
			</div>
		</section>
	);
}

function Sending({ invitation: i }: { invitation: Invitation }) {
	const change = useChange(i.uid);
	if (!i.may.send && !i.may.withdraw) return null;
	return (
		<div class="stack-s">
			<Fault problem={change.problem} />
			<div class="buttons">
				{i.may.send && (
					<Button kind="main" busy={change.busy} onPress={() => void change.run({ state: "sent" })}>
						{t("invitation.send")}
					</Button>
				)}
				{i.may.withdraw && (
					<Button kind="danger" busy={change.busy} onPress={() => void change.run({ state: "withdrawn" })}>
						{t("invitation.withdraw")}
					</Button>
				)}
			</div>
		</div>
	);
}

export default function InvitationPage({ params }: { params: string[] }) {
	const { value, error } = useData<Invitation>(`/invitations/${params[0]}`);
	const facts: Labelled[] = value
		? [
				[t("col.state"), t(`invitation.${value.state}`)],
				[t("campaign.due"), date(value.due)],
				[t("invitation.made"), moment(value.made_at)],
				[t("invitation.sentat"), moment(value.sent_at)],
				[t("campaign.answer"), value.answer],
			]
		: [];
	return (
		<>
			<PageHead
				title={value ? t("invitation.title", { name: value.org.name }) : ""}
				crumbs={
					value
						? [
								["/clusters", t("menu.clusters")],
								[`/clusters/${value.cluster.uid}`, value.cluster.name],
							]
						: undefined
				}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={10} />}
			{value && (
				<div class="stack">
					<Values rows={facts} />
					<Sending invitation={value} />
					{value.reasons.length > 0 && (
						<section class="section">
							<h2>{t("invitation.reasons")}</h2>
							<div class="card pad">
								<Reasons reasons={value.reasons} />
							</div>
						</section>
					)}
					<Letter key={value.letter[lang.value]} invitation={value} />
					<Answer invitation={value} />
					<Join invitation={value} />
				</div>
			)}
		</>
	);
}
