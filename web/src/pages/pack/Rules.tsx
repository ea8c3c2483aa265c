// The criteria or measures of a pack, each with its condition as the pack has it.
import type { PackDetail } from "../../api/types";
import { number, t } from "../../state/i18n";

type Rule = PackDetail["rules"][number];

/* texts: check.severity.block check.severity.warn check.severity.info check.confidence.high check.confidence.medium check.confidence.low */
function RuleLine({ rule, kind }: { rule: Rule; kind: PackDetail["kind"] }) {
	const words = [...(kind === "cluster" ? [t(`check.severity.${rule.severity}`)] : []), t(`check.confidence.${rule.confidence}`)];
	return (
		<li class="criterion" id={rule.id}>
			<div class="criterion-head">
				<h3>{rule.title}</h3>
				<span class="quiet small">{words.join(", ")}</span>
			</div>
			<p class="small quiet">
				<code>{rule.id}</code> {!rule.enabled && <span class="badge">{t("pack.disabled")}</span>} {rule.source}
			</p>
			{rule.condition && <code class="rule-text">{rule.condition}</code>}
			{rule.note && <p class="small">{rule.note}</p>}
		</li>
	);
}

export function Rules({ pack }: { pack: PackDetail }) {
	const title = t(pack.kind === "cluster" ? "pack.criteria" : "pack.measures");
	return (
		<section class="section">
			<h2>
				{title} <span class="quiet">{number(pack.rules.length)}</span>
			</h2>
			<ul class="card criteria">
				{pack.rules.map((rule) => (
					<RuleLine key={rule.id} rule={rule} kind={pack.kind} />
				))}
			</ul>
		</section>
	);
}
/* texts: pack.criteria pack.measures */
