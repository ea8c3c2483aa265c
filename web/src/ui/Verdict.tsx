// Yes, no, ask: by sign and word, never by colour alone.
import type { Verdict } from "../api/types";
import { t } from "../state/i18n";

const SIGNS: Record<Verdict, string> = { pass: "M3 8.5 6.5 12 13 4.5", ask: "M5.5 6a2.5 2.5 0 1 1 3.4 2.4c-.6.3-.9.7-.9 1.6M8 13v.1", fail: "M4 4l8 8M12 4l-8 8" };

export function Sign({ verdict }: { verdict: Verdict }) {
	return (
		<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
			<path d={SIGNS[verdict]} />
		</svg>
	);
}

/* texts: verdict.pass verdict.ask verdict.fail */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
	return (
		<span class={`badge ${verdict}`}>
			<Sign verdict={verdict} />
			{t(`verdict.${verdict}`)}
		</span>
	);
}
