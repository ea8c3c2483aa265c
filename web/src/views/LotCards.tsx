// Lots as cards: what, how much, for how many, at what price, where.
import type { LotBrief } from "../api/types";
import { moneyShown, priceShown, qtyShown } from "./shown";
import { date, t, tn } from "../state/i18n";
import { Sign } from "../ui/Verdict";

export function LotState({ lot }: { lot: LotBrief }) {
	return (
		<span class="badge pass">
			<Sign verdict="pass" />
			{lot.extra && lot.extra.base > 0 ? t("lot.tolerance", { extra: lot.extra.text }) : t("lot.viable")}
		</span>
	);
}

export function LotCards({ lots }: { lots: LotBrief[] }) {
	return (
		<ul class="lots">
			{lots.map((lot) => (
				<li key={lot.uid}>
					<a class="card lot" href={`/lots/${lot.uid}`}>
						<h3>{lot.item.name}</h3>
						<p class="lot-qty">{qtyShown(lot.qty)}</p>
						<p class="lot-price">{priceShown(lot.price)}</p>
						<p class="quiet small">
							{lot.buyers === null || lot.regions === null ? t("hidden") : `${tn("lot.buyers", lot.buyers)} · ${tn("lot.regions", lot.regions)} · ${moneyShown(lot.amount)}`}
						</p>
						<p class="quiet small">
							{lot.maker.name}, {lot.region.name} · {t("lot.ready", { date: date(lot.ready_on) })}
						</p>
						<LotState lot={lot} />
					</a>
				</li>
			))}
		</ul>
	);
}
