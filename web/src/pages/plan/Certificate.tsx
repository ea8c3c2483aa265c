// What a plan costs and what no plan can cost less than, as one bar to scale: the part that no plan can change, the bound, and what lies between.
import type { Plan } from "../../api/types";
import { t } from "../../state/i18n";
import { Notice } from "../../ui/Notice";
import { Said } from "./Named";

const HUNDREDTH_PPM = 100; // of a per cent

type Part = "constant" | "proven" | "open";

// Widths as shares of the objective. The bound was rounded down and the objective up, so no part is below nothing.
function sharesOf(objective: number, boundKop: number, constantKop: number): Record<Part, number> {
	const whole = Math.max(objective, 1);
	const constant = Math.min(constantKop, boundKop) / whole;
	const bound = boundKop / whole;
	return { constant: Math.max(0, constant), proven: Math.max(0, bound - constant), open: Math.max(0, 1 - bound) };
}

function Line({ kind, label, value, text }: { kind: string; label: string; value: string; text: string }) {
	return (
		<div class="certificate-line">
			<dt>
				<i class={`key ${kind}`} /> {label}
			</dt>
			<dd>
				<b class="nowrap">{value}</b> <span class="quiet small">{text}</span>
			</dd>
		</div>
	);
}

export function Certificate({ plan }: { plan: Plan }) {
	const { objective, bound, constant, gap_text: gap } = plan;
	if (!objective || !bound || !constant || gap === null) return <Notice kind="plain">{t("plan.bar.hidden")}</Notice>;
	const shares = sharesOf(objective.kop, bound.kop, constant.kop);
	const alt = t("plan.bar.alt", { objective: objective.text, bound: bound.text, gap, constant: constant.text });
	return (
		<section class="section">
			<h2>{t("plan.certificate")}</h2>
			<div class="card pad certificate">
				<p class="certificate-say">{plan.proved ? t("plan.bar.proved") : (plan.gap_ppm ?? 0) < HUNDREDTH_PPM ? t("plan.bar.tiny") : <Said text={t("plan.bar.say", { gap })} />}</p>
				<div class="certificate-bar" role="img" aria-label={alt}>
					{(["constant", "proven", "open"] as Part[]).map((part) => shares[part] > 0 && <div key={part} class={part} style={{ flexGrow: shares[part] }} />)}
				</div>
				<div class="certificate-scale small quiet" aria-hidden="true">
					<span>0 ₽</span>
					<span>{objective.text}</span>
				</div>
				<dl>
					<Line kind="plan" label={t("plan.bar.plan")} value={objective.text} text={t("plan.bar.plan.text")} />
					<Line kind="proven" label={t("plan.bar.bound")} value={bound.text} text={t("plan.bar.bound.text")} />
					<Line kind="open" label={t("plan.bar.gap")} value={gap} text={t("plan.bar.gap.text")} />
					<Line kind="constant" label={t("plan.bar.constant")} value={constant.text} text={t("plan.bar.constant.text")} />
				</dl>
			</div>
		</section>
	);
}
