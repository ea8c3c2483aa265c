// How a lot is split: each buyer's firm part and share of the surplus, as one bar; the table beside it has the figures.
import type { Member } from "../api/types";
import { t, tn } from "../state/i18n";

export function Split({ members, total }: { members: Member[]; total: number }) {
	const rest = Math.max(0, total - members.reduce((sum, m) => sum + m.firm.base + m.extra.base, 0));
	return (
		<figure class="split">
			<div class="bar" role="img" aria-label={tn("split.alt", members.length)}>
				{members.map((m, i) => (
					<div key={m.need?.uid ?? i} class={i % 2 ? "part even" : "part"} style={{ flexGrow: (m.firm.base + m.extra.base) / total }} title={[m.org?.name, m.total.text].filter(Boolean).join(": ")}>
						<div class="firm" style={{ flexGrow: m.firm.base }} />
						{m.extra.base > 0 && <div class="extra" style={{ flexGrow: m.extra.base }} />}
					</div>
				))}
				{rest > 0 && <div class="part others" style={{ flexGrow: rest / total }} />}
			</div>
			<figcaption class="small quiet">
				<span class="key firm" /> {t("split.firm")} <span class="key extra" /> {t("split.extra")}
				{rest > 0 && (
					<>
						{" "}
						<span class="key others" /> {t("split.others")}
					</>
				)}
			</figcaption>
		</figure>
	);
}
