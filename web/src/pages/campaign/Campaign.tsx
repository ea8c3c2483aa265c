// Whom a cluster might invite, what each would change, and how the invitations go.
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Candidates, ClusterProfile, Invitation, Invitations } from "../../api/types";
import { date, money, number, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Button } from "../../ui/Button";
import { Fault } from "../../ui/Notice";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { ClusterHead } from "../../views/ClusterHead";
import { CandidateCard } from "./CandidateCard";

const STEPS = ["proposed", "sent", "yes", "joined", "no", "withdrawn"] as const;

/* texts: invitation.proposed invitation.sent invitation.yes invitation.no invitation.joined invitation.withdrawn */
function Funnel({ funnel }: { funnel: Invitations["funnel"] }) {
	return (
		<dl class="figures">
			{STEPS.map((s) => (
				<div key={s} class="card figure">
					<dd>
						<b>{number(funnel[s])}</b>
					</dd>
					<dt>{t(`invitation.${s}`)}</dt>
				</div>
			))}
		</dl>
	);
}

function Sent({ items }: { items: Invitation[] }) {
	return (
		<div class="card">
			<Table
				caption={t("campaign.invitations")}
				rows={items}
				id={(i) => i.uid}
				columns={[
					{ id: "org", label: t("campaign.org"), cell: (i) => <a href={`/invitations/${i.uid}`}>{i.org.name}</a> },
					{ id: "state", label: t("col.state"), cell: (i) => <span class={i.state === "joined" || i.state === "yes" ? "badge pass" : i.state === "no" ? "badge fail" : "badge"}>{t(`invitation.${i.state}`)}</span> },
					{ id: "due", label: t("campaign.due"), num: true, cell: (i) => date(i.due) },
					{ id: "answer", label: t("campaign.answer"), cell: (i) => i.answer || "—" },
				]}
			/>
		</div>
	);
}

export default function Campaign({ params }: { params: string[] }) {
	const uid = params[0]!;
	const asked = Object.fromEntries(place.value.query);
	const profile = useData<ClusterProfile>(`/clusters/${uid}/profile`);
	const sent = useData<Invitations>(`/clusters/${uid}/invitations`);
	const candidates = useData<Candidates>(`/clusters/${uid}/candidates${query(asked)}`);
	const invite = useAction((key, org: string) => send<Invitation>(`/clusters/${uid}/invitations`, { method: "POST", body: { org }, key }));
	return (
		<>
			<ClusterHead profile={profile.value} part={t("cluster.campaign")} />
			<div class="stack">
				<p class="quiet">{t("campaign.lead")}</p>
				{profile.error && <Failed problem={profile.error} />}
				{sent.error && <Failed problem={sent.error} />}
				{sent.value && sent.value.items.length > 0 && (
					<section class="section stack-s">
						<h2>{t("campaign.invitations")}</h2>
						<Funnel funnel={sent.value.funnel} />
						<Sent items={sent.value.items} />
					</section>
				)}
				<section class="section stack-s">
					<h2>{t("campaign.candidates")}</h2>
					{candidates.error && <Failed problem={candidates.error} />}
					{!candidates.error && !candidates.value && <Loading lines={8} />}
					<Fault problem={invite.problem} />
					{candidates.value && candidates.value.items.length === 0 && <Empty title={t("campaign.none")} text={t("campaign.none.text")} />}
					<ul class="stack-s">
						{candidates.value?.items.map((c) => (
							<CandidateCard
								key={c.org.uid}
								candidate={c}
								button={
									c.invitation ? (
										<a class="button" href={`/invitations/${c.invitation.uid}`}>
											{t("campaign.open")}
										</a>
									) : (
										<Button
											kind="main"
											busy={invite.busy}
											label={`${t("campaign.invite")}: ${c.org.name}`}
											onPress={() => void invite.run(c.org.uid).then((made) => made && go(`/invitations/${made.value.uid}`))}
										>
											{t("campaign.invite")}
										</Button>
									)
								}
								sum={money(c.sum)}
							/>
						))}
					</ul>
				</section>
			</div>
		</>
	);
}
