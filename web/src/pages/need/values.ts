// A stored need as the fields of the form (keys of the template of needs).
import type { RecordDetail } from "../../api/types";
import type { Values } from "../../state/form";

export const NEW_NEED: Values = { item: "", qty: "", unit: "кг", due: "", region: "", tolerance: "", requirements: "", price: "", earliest: "", partial: "", stock_days: "", stop_loss: "", visibility: "matched", note: "", density: "" };

// Whoever works for a centre says whose need it is.
export const NEW_NEED_OF: Values = { org: "", org_key: "", ...NEW_NEED };

// What the address says of a need to be made; other names are left alone.
export function prefilled(empty: Values, query: URLSearchParams): Values {
	return { ...empty, ...Object.fromEntries([...query].filter(([name]) => name in empty)) };
}

// The form as it is sent: a bare density is one in the unit that its label names.
export function asSent<T extends Record<string, string | null>>(values: T): Record<string, string | null> {
	const { density, ...others } = values;
	if (!density) return others;
	return { ...others, density: /^[\d\s.,]+$/.test(density) ? `${density.trim()} kg/L` : density };
}

export function fieldsOf(record: RecordDetail): Values {
	const value = (name: string) => record.values.find((v) => v.column === name);
	const text = (name: string) => (value(name)?.value == null ? "" : (value(name)!.text ?? ""));
	const raw = (name: string) => (value(name)?.value == null ? "" : String(value(name)!.value));
	return {
		item: value("item_id")?.ref?.name ?? text("title"),
		qty: text("qty_text") || text("qty_base"),
		due: raw("due"),
		region: text("region"),
		tolerance: text("tolerance_base"),
		requirements: text("requirements"),
		price: text("ceiling_kop"),
		earliest: raw("earliest"),
		partial: value("partial")?.value === true ? "yes" : value("partial")?.value === false ? "no" : "",
		stock_days: raw("stock_days"),
		stop_loss: text("stop_kop_day"),
		visibility: raw("visibility"),
		note: text("note"),
	};
}
