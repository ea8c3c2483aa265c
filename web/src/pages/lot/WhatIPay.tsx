// What the own organisation would pay at each size of the lot, and where its own ceiling lies.
import type { CurvePoint, LotDetail, Member } from "../../api/types";
import { money, t } from "../../state/i18n";
import { session } from "../../state/session";
import { Table } from "../../ui/Table";

// Kopecks as an exact decimal; the division rounds half up, as the server does.
function cost(point: CurvePoint, base: number): string {
	const kop = (BigInt(point.price.kop) * BigInt(base) * 2n + BigInt(point.price.per)) / (BigInt(point.price.per) * 2n);
	return `${kop / 100n}.${String(kop % 100n).padStart(2, "0")}`;
}

// Whether a price is within a ceiling: fractions are compared, not rounded.
function within(point: CurvePoint, mine: Member): boolean {
	if (!mine.ceiling) return true;
	return BigInt(point.price.kop) * BigInt(mine.ceiling.per) <= BigInt(mine.ceiling.kop) * BigInt(point.price.per);
}

export function WhatIPay({ lot }: { lot: LotDetail }) {
	const orgs = new Set((session.value.account?.roles ?? []).flatMap((g) => (g.org ? [g.org.uid] : [])));
	const mine = lot.members.find((m) => m.org && orgs.has(m.org.uid));
	if (!mine || lot.curve.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("pay.title")}</h2>
			<p class="quiet">{t("pay.text", { qty: mine.firm.text, ceiling: mine.ceiling?.text ?? "—" })}</p>
			<div class="card">
				<Table
					caption={t("pay.title")}
					rows={lot.curve}
					id={(p) => String(p.qty.base)}
					columns={[
						{ id: "qty", label: t("col.lotsize"), cell: (p) => p.qty.text },
						{ id: "price", label: t("col.price"), num: true, cell: (p) => p.price.text },
						{ id: "mine", label: t("pay.mine"), num: true, cell: (p) => money(cost(p, mine.firm.base)) },
						{ id: "ceiling", label: t("pay.ceiling"), cell: (p) => <span class={`badge ${within(p, mine) ? "pass" : "fail"}`}>{t(within(p, mine) ? "pay.within" : "pay.above")}</span> },
					]}
				/>
			</div>
		</section>
	);
}
/* texts: pay.within pay.above */
