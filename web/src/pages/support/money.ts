// Sums that may be ranges, in the reader's language.
import type { MoneyRange } from "../../api/types";
import { money, t } from "../../state/i18n";

const isNone = (amount: string): boolean => /^0*(\.0*)?$/.test(amount);

export function range(r: Pick<MoneyRange, "lo" | "hi"> | null): string {
	if (r === null) return "—";
	if (r.hi === null) return isNone(r.lo) ? t("support.notknown") : t("support.from", { sum: money(r.lo) });
	if (isNone(r.lo) && !isNone(r.hi)) return t("support.upto", { sum: money(r.hi) });
	return r.lo === r.hi ? money(r.lo) : `${money(r.lo)} – ${money(r.hi)}`;
}

// "+100 000 ₽", "−5 ₽": the sign of a difference is always there.
export function difference(amount: string): string {
	return amount.startsWith("-") ? `−${money(amount.slice(1))}` : `+${money(amount)}`;
}
