// What may be hidden from the reader is said to be so, where its figure would stand.
import type { Price, Qty } from "../api/types";
import { money, number, t } from "../state/i18n";

export function qtyShown(qty: Qty | null): string {
	return qty?.text ?? t("hidden");
}

export function priceShown(price: Price | null): string {
	return price?.text ?? t("hidden");
}

export function moneyShown(amount: string | null): string {
	return amount === null ? t("hidden") : money(amount);
}

export function countShown(n: number | null): string {
	return n === null ? t("hidden") : number(n);
}
