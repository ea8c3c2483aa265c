// The two nearest lots when nothing fits, and what each lacks.
import type { Near, Unfilled } from "../api/types";
import { money, t } from "../state/i18n";

function NearCard({ near, title }: { near: Near; title: string }) {
	return (
		<div class="near">
			<h3>{title}</h3>
			<p class="near-qty">
				{near.qty.text} {near.price && <span class="quiet">· {near.price.text}</span>}
			</p>
			{near.reachable && <p>{t("near.reachable", { reachable: near.reachable.text, qty: near.qty.text })}</p>}
			{near.lacks && (
				<p class="lacks">
					{t("near.lacks")} <b>{near.lacks.text}</b>
				</p>
			)}
			{near.lacks_amount && (
				<p class="lacks">
					{t("near.lacks")} <b>{money(near.lacks_amount)}</b>
				</p>
			)}
			{near.who && <p class="quiet small">{t("near.who", { who: near.who })}</p>}
		</div>
	);
}

// `alone`: no heading stands above it.
export function NearLots({ unfilled, alone }: { unfilled: Unfilled; alone?: boolean }) {
	const Heading = alone ? "h2" : "h3";
	return (
		<div class="card pad">
			<Heading>
				{unfilled.item} <span class="quiet">· {unfilled.maker}</span>
			</Heading>
			<div class="nears">
				{unfilled.below && <NearCard near={unfilled.below} title={t("near.below")} />}
				{unfilled.above && <NearCard near={unfilled.above} title={t("near.above")} />}
			</div>
		</div>
	);
}
