// Holds, does not hold, nobody knows: by sign and word, never by colour alone.
import { number, t } from "../state/i18n";
import { Sign } from "../ui/Verdict";

export type Truth = "pass" | "fail" | "unknown";

const KIND = { pass: "pass", fail: "fail", unknown: "ask" } as const;

/* texts: truth.pass truth.fail truth.unknown */
export function TruthBadge({ truth }: { truth: Truth }) {
	const kind = KIND[truth];
	return (
		<span class={`badge ${kind}`}>
			<Sign verdict={kind} />
			{t(`truth.${truth}`)}
		</span>
	);
}

export interface TruthCounts {
	passed: number;
	failed: number;
	unknown: number;
}

// "4 of 6 hold", and how many do not and are unknown.
export function Counted({ counts }: { counts: TruthCounts }) {
	const total = counts.passed + counts.failed + counts.unknown;
	return (
		<p class="counted">
			<b>{t("check.counted", { n: number(counts.passed), of: number(total) })}</b>
			{counts.failed > 0 && <span class="badge fail">{t("check.failed", { n: number(counts.failed) })}</span>}
			{counts.unknown > 0 && <span class="badge ask">{t("check.unknown", { n: number(counts.unknown) })}</span>}
		</p>
	);
}
