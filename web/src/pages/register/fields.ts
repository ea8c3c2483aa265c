// Which keys of its template each register's form asks for, and the column that a stored value is in.
import type { RecordDetail } from "../../api/types";
import type { Values } from "../../state/form";
import { t } from "../../state/i18n";
import { CLUSTER_FIELDS } from "./cluster_fields";

export interface FieldRule {
	name: string; // key of the template
	column: string; // of the register
	label?: string;
	hint?: string;
	required?: boolean;
	once?: boolean; // only of a new row
}

export const FIELDS: Record<string, () => FieldRule[]> = {
	...CLUSTER_FIELDS,
	org: () => [
		{ name: "name", column: "name", required: true },
		{ name: "short_name", column: "short_name" },
		{ name: "inn", column: "inn", hint: t("row.inn.hint") },
		{ name: "kpp", column: "kpp" },
		{ name: "ogrn", column: "ogrn" },
		{ name: "kind", column: "kind" },
		{ name: "region", column: "region", hint: t("need.region.hint") },
		{ name: "address", column: "address" },
		{ name: "okved", column: "okved" },
		{ name: "phone", column: "phone" },
		{ name: "site", column: "site" },
		{ name: "note", column: "note" },
	],
	site: () => [
		{ name: "org", column: "org_id", required: true, once: true },
		{ name: "name", column: "name", required: true },
		{ name: "region", column: "region" },
		{ name: "address", column: "address" },
		{ name: "lat", column: "lat_micro", hint: t("row.degrees") },
		{ name: "lon", column: "lon_micro", hint: t("row.degrees") },
	],
	offer: () => [
		{ name: "org", column: "org_id", required: true, once: true },
		{ name: "item", column: "item_id", required: true, once: true },
		{ name: "region", column: "region" },
		{ name: "price", column: "price_kop", hint: t("need.price.hint") },
		{ name: "fixed", column: "fixed_kop" },
		{ name: "min", column: "min_base" },
		{ name: "step", column: "step_base" },
		{ name: "max", column: "max_base" },
		{ name: "lead_days", column: "lead_days" },
		{ name: "valid_until", column: "valid_until" },
		{ name: "basis", column: "basis" },
		{ name: "properties", column: "properties", hint: t("need.requirements.hint") },
		{ name: "note", column: "note" },
	],
	capacity: () => [
		{ name: "org", column: "org_id", required: true, once: true },
		{ name: "item", column: "item_id", required: true, once: true },
		{ name: "quarter", column: "quarter", required: true, hint: t("row.quarter.hint") },
		{ name: "nominal", column: "nominal_base" },
		{ name: "booked", column: "booked_base" },
		{ name: "free", column: "free_base", required: true },
	],
};

// A stored row as the fields of its form.
export function valuesOf(rules: FieldRule[], record?: RecordDetail): Values {
	return Object.fromEntries(
		rules.map(({ name, column }) => {
			const v = record?.values.find((value) => value.column === column);
			if (!v || v.value === null) return [name, ""];
			if (typeof v.value === "boolean") return [name, v.value ? "yes" : "no"];
			const plain = typeof v.value === "string" || (typeof v.value === "number" && v.text === String(v.value));
			return [name, v.ref?.name ?? (plain && !v.ref ? String(v.value) : v.text)];
		}),
	);
}
