// One candidate: why he is proposed, and what his joining would change in the check of the cluster.
import type { ComponentChildren } from "preact";
import type { Candidates } from "../../api/types";
import { t } from "../../state/i18n";
import { VerdictBadge } from "../../ui/Verdict";

export type Candidate = Candidates["items"][number];
type Effect = NonNullable<Candidate["effect"]>;

const mark = (truth: "pass" | "fail" | "unknown") => (truth === "unknown" ? "ask" : truth);

export function EffectLines({ effect }: { effect: Effect }) {
	return (
		<div>
			<p class="small">
				{t("campaign.effect", { before: effect.before.passed, after: effect.after.passed, total: effect.after.passed + effect.after.failed + effect.after.unknown })}
			</p>
			{effect.changed.length > 0 && (
				<ul class="checks">
					{effect.changed.map((c) => (
						<li key={c.criterion}>
							{c.title}: <VerdictBadge verdict={mark(c.was)} /> {c.was_text} → <VerdictBadge verdict={mark(c.now)} /> {c.now_text}
						</li>
					))}
				</ul>
			)}
		</div>
	);
}

export function Reasons({ reasons }: { reasons: Candidate["reasons"] }) {
	return (
		<ul class="dots">
			{reasons.map((r) => (
				<li key={r.text}>
					{r.href ? <a href={r.href}>{r.text}</a> : r.text}
				</li>
			))}
		</ul>
	);
}

export function CandidateCard({ candidate: c, sum, button }: { candidate: Candidate; sum: string; button: ComponentChildren }) {
	return (
		<li class="card pad stack-s">
			<div class="between">
				<h3>
					<a href={`/registers/orgs/${c.org.uid}`}>{c.org.name}</a> <span class="quiet small">{c.region?.name}</span>
				</h3>
				<b>{sum}</b>
			</div>
			<Reasons reasons={c.reasons} />
			{c.effect && <EffectLines effect={c.effect} />}
			<div class="buttons">{button}</div>
		</li>
	);
}
