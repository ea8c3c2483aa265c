// What the needs get alone and together: the two figures that pooling is about.
import type { Run } from "../api/types";
import { money, number, percent, t, tn } from "../state/i18n";

function Side({ kind, needs, of, amount, text }: { kind: "alone" | "pooled"; needs: number; of: number; amount: string; text: string }) {
	const share = of > 0 ? needs / of : 0;
	return (
		<div class={`side ${kind}`}>
			<h2>{t(kind === "alone" ? "home.alone" : "home.pooled")}</h2>
			<p class="big">
				{number(needs)} <span class="of">{t("home.of", { n: number(of) })}</span>
			</p>
			<div class="meter" aria-hidden="true">
				<div style={{ width: `${share * 100}%` }} />
			</div>
			<p class="under">
				<span>{percent(share)}</span>
				<span>{text}</span>
				<b>{money(amount)}</b>
			</p>
		</div>
	);
}

/* texts: home.alone home.pooled */
export function Pooling({ run }: { run: Run }) {
	const { alone, pooled, needs } = run;
	// Who sees only lots of his own gets no sums over all.
	if (!alone || !pooled || needs === null) return null;
	const gained = pooled.needs - alone.needs;
	return (
		<section class="card headline" aria-label={t("home.headline")}>
			<Side kind="alone" needs={alone.needs} of={needs} amount={alone.amount} text={alone.text} />
			<Side kind="pooled" needs={pooled.needs} of={needs} amount={pooled.amount} text={pooled.text} />
			<p class="so">{gained > 0 ? tn("home.gained", gained) : t("home.nogain")}</p>
		</section>
	);
}
