// One criterion of a pack: what it says, both sides, whether it blocks; what it rests on opens on demand.
import type { ComponentChildren } from "preact";
import type { CheckCriterion } from "../api/types";
import { t } from "../state/i18n";
import { Comparison, FactList, Tree } from "./Evidence";
import { TruthBadge } from "./Truth";

/* texts: check.severity.block check.severity.warn check.severity.info check.confidence.high check.confidence.medium check.confidence.low */
function Weight({ of }: { of: CheckCriterion }) {
	// What is not sure enough never blocks.
	const kind = of.severity === "block" && (of.confidence === "low" || !of.enabled) ? "warn" : of.severity;
	return (
		<span class="quiet small">
			{t(`check.severity.${kind}`)}
			{of.confidence !== "high" && `, ${t(`check.confidence.${of.confidence}`)}`}
		</span>
	);
}

function Evidence({ of }: { of: CheckCriterion }) {
	return (
		<details class="evidence">
			<summary>{t("check.evidence")}</summary>
			<div class="stack-s">
				{of.evidence && (
					<p>
						<b>{t("check.proof")}</b> {of.evidence}
					</p>
				)}
				{of.tree ? <Tree node={of.tree} /> : <FactList facts={of.facts} />}
				{of.source && (
					<p class="quiet small">
						{t("col.source")}: {of.source}
					</p>
				)}
			</div>
		</details>
	);
}

// `children`: what can be done about it.
export function Criterion({ of, children }: { of: CheckCriterion; children?: ComponentChildren }) {
	return (
		<li class="criterion">
			<div class="criterion-head">
				<h3>{of.title}</h3>
				<TruthBadge truth={of.truth} />
			</div>
			<p class="criterion-sides">
				<Comparison of={of} /> <Weight of={of} />
			</p>
			{children}
			<Evidence of={of} />
		</li>
	);
}
