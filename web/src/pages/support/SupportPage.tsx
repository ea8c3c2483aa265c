// «My support»: what an organisation may have, in roubles, why, and what may be had together.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Page, Row, Support } from "../../api/types";
import { date, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { session } from "../../state/session";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { FindOrg } from "../../views/FindOrg";
import { BestSet } from "./BestSet";
import { Questions } from "./Questions";
import { OtherRows, SureRows } from "./SupportRows";
import { WhatIf } from "./WhatIf";

function Projects({ org, base }: { org: string; base: string }) {
	const asked = Object.fromEntries(place.value.query);
	const { value } = useData<Page<Row>>(`/projects?limit=200`);
	if (!value || value.items.length === 0) return null;
	return (
		<form class="filters" data-org={org}>
			<label class="grow">
				{t("support.project")}
				<select class="field" value={asked.project ?? ""} onChange={(e) => go(base + query({ ...asked, add: "", project: e.currentTarget.value }))}>
					<option value="">{t("support.project.none")}</option>
					{value.items.map((p) => (
						<option key={p.uid} value={p.uid}>
							{p.name}
						</option>
					))}
				</select>
			</label>
			<label>
				{t("support.on")}
				<input class="field" type="date" value={asked.on ?? ""} onChange={(e) => go(base + query({ ...asked, on: e.currentTarget.value }))} />
			</label>
		</form>
	);
}

function Body({ support, base }: { support: Support; base: string }) {
	if (support.rows.length === 0) return <Empty title={t("support.none")} text={t("support.none.text")} />;
	return (
		<>
			<BestSet support={support} />
			<SureRows rows={support.rows} />
			<WhatIf key={place.value.query.toString()} lines={support.best.lines} base={base} />
			<Questions support={support} />
			<OtherRows rows={support.rows} />
		</>
	);
}

export default function SupportPage({ params }: { params: string[] }) {
	const own = session.value.account?.roles.find((r) => r.org)?.org?.uid ?? "";
	const org = params[0] ?? own;
	const base = params[0] ? `/support/${params[0]}` : "/support";
	const asked = Object.fromEntries(place.value.query);
	const { value, error } = useData<Support>(org ? `/orgs/${org}/support${query(asked)}` : "");
	const subject = value?.subject;
	return (
		<>
			<PageHead
				title={t("support.title")}
				lead={subject ? [subject.org.name, subject.project?.name, t("support.day", { date: date(value.on) })].filter(Boolean).join(" · ") : t("support.lead")}
				side={
					<a class="button" href="/measures">
						{t("measure.list")}
					</a>
				}
			/>
			<div class="stack">
				{!own && <FindOrg id="org" label={t("support.whose")} chosen={subject?.org} onChoose={(o) => go(o ? `/support/${o.uid}` : "/support")} />}
				{org && <Projects org={org} base={base} />}
				{error && <Failed problem={error} />}
				{org && !error && !value && <Loading lines={12} />}
				{!org && <Empty title={t("support.choose")} text={t("support.choose.text")} />}
				{value && <Body support={value} base={base} />}
			</div>
		</>
	);
}
