// The forms of clusters, contracts, projects and infrastructure.
import { t } from "../../state/i18n";
import type { FieldRule } from "./fields";

const same = (...names: string[]): FieldRule[] => names.map((name) => ({ name, column: name }));
const ref = (name: string, required = true): FieldRule => ({ name, column: `${name}_id`, required, once: true });
const money = (name: string): FieldRule => ({ name, column: `${name}_kop`, hint: t("contract.sum.hint") });
const PLACE = ["land_m2", "floor_m2", "power_kw", "gas_m3h", "water_m3d", "rail", "hazard_class", "services"];

export const CLUSTER_FIELDS: Record<string, () => FieldRule[]> = {
	cluster: () => [
		{ name: "name", column: "name", required: true },
		...same("name_en"),
		{ name: "region", column: "region", hint: t("need.region.hint") },
		{ name: "org", column: "org_id" },
		...same("state", "state_on", "number", "order_no", "order_on", "edition", "valid_until", "products", "okpd2", "site", "note"),
	],
	cluster_event: () => [ref("cluster"), { name: "title", column: "title", required: true }, { name: "happened_on", column: "happened_on", required: true }, ...same("state", "act", "number", "note")],
	contract: () => [
		{ name: "seller", column: "seller_id", required: true },
		{ name: "buyer", column: "buyer_id", required: true },
		{ name: "cluster", column: "cluster_id" },
		...same("kind", "number", "title"),
		{ name: "item", column: "item_id" },
		...same("signed_on", "valid_until"),
		money("sum"),
		...same("note"),
	],
	delivery: () => [ref("contract"), { name: "year", column: "year", required: true }, money("sum"), ...same("note")],
	org_year: () => [ref("org"), { name: "year", column: "year", required: true }, money("shipped"), money("bought"), ...same("staff", "productive_jobs", "note")],
	project: () => [
		{ name: "name", column: "name", required: true },
		...same("name_en"),
		{ name: "org", column: "org_id" },
		{ name: "cluster", column: "cluster_id" },
		...same("kind", "state"),
		{ name: "item", column: "item_id" },
		{ name: "region", column: "region", hint: t("need.region.hint") },
		...same("import_substitution", "starts_on", "ends_on"),
		money("budget"),
		money("capex"),
		...same(...PLACE, "note"),
	],
	infra: () => [
		{ name: "name", column: "name", required: true },
		...same("name_en", "kind", "state"),
		{ name: "org", column: "org_id" },
		{ name: "region", column: "region", hint: t("need.region.hint") },
		...same("address"),
		{ name: "lat", column: "lat_micro", hint: t("row.degrees") },
		{ name: "lon", column: "lon_micro", hint: t("row.degrees") },
		...same("technological", ...PLACE, "site", "note"),
	],
	resident: () => [ref("infra"), ref("org", false), ref("cluster", false), ...same("since_on", "until_on", "note")],
};
