// The roles of an account: each with a centre or an organisation, or for all.
import { useData } from "../../api/data";
import { t } from "../../state/i18n";
import type { Page, Row } from "../../api/types";
import { Button } from "../../ui/Button";

export interface RoleRow {
	role: string;
	centre: string;
	org: string;
}

const ROLES = ["operator", "buyer", "maker", "institute", "cluster", "analyst", "investor", "admin"];

/* texts: role.operator role.buyer role.maker role.institute role.cluster role.analyst role.investor role.admin */
export function RoleRows({ rows, onChange }: { rows: RoleRow[]; onChange: (rows: RoleRow[]) => void }) {
	const orgs = useData<Page<Row>>("/orgs?limit=200").value?.items ?? [];
	const set = (at: number, changed: Partial<RoleRow>) => onChange(rows.map((r, i) => (i === at ? { ...r, ...changed } : r)));
	return (
		<fieldset class="roles">
			<legend>{t("account.roles")}</legend>
			{rows.map((row, i) => (
				<div key={i} class="role-row">
					<label>
						<span class="small quiet">{t("role.role")}</span>
						<select class="field" value={row.role} onChange={(e) => set(i, { role: e.currentTarget.value })}>
							{ROLES.map((r) => (
								<option key={r} value={r}>
									{t(`role.${r}`)}
								</option>
							))}
						</select>
					</label>
					<label>
						<span class="small quiet">{t("role.centre")}</span>
						<input class="field" value={row.centre} placeholder={t("role.any")} autocapitalize="characters" spellcheck={false} onInput={(e) => set(i, { centre: e.currentTarget.value.trim() })} />
					</label>
					<label>
						<span class="small quiet">{t("role.org")}</span>
						<select class="field" value={row.org} onChange={(e) => set(i, { org: e.currentTarget.value })}>
							<option value="">{t("role.none")}</option>
							{row.org && !orgs.some((o) => o.uid === row.org) && <option value={row.org}>{row.org}</option>}
							{orgs.map((o) => (
								<option key={o.uid} value={o.uid}>
									{o.name}
								</option>
							))}
						</select>
					</label>
					<Button label={`${t("role.remove")} ${i + 1}`} onPress={() => onChange(rows.filter((_, at) => at !== i))}>
						{t("role.remove")}
					</Button>
				</div>
			))}
			<Button onPress={() => onChange([...rows, { role: "buyer", centre: "", org: "" }])}>{t("role.add")}</Button>
		</fieldset>
	);
}
