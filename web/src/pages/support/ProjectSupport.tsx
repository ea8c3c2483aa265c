// Support of a project: everybody who bears its costs, each with the best set, and the whole.
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { CostsFromLots, ProjectSupport as Data } from "../../api/types";
import { date, t, tn } from "../../state/i18n";
import { place } from "../../state/router";
import { may } from "../../state/session";
import { Button } from "../../ui/Button";
import { Fault, Notice } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { BestSet } from "./BestSet";
import { range } from "./money";
import { SureRows } from "./SupportRows";
import { WhatIf } from "./WhatIf";

const REASONS = 3;

function FromLots({ uid }: { uid: string }) {
	const fill = useAction(async (key) => (await send<CostsFromLots>(`/projects/${uid}/costs-from-lots`, { method: "POST", body: {}, key })).value);
	return (
		<div class="stack-s">
			<Button busy={fill.busy} onPress={() => void fill.run()}>
				{t("costs.fromlots")}
			</Button>
			<Fault problem={fill.problem} />
		</div>
	);
}

// Nothing for sure: the measures that pay cost lines, and why they do not pay here.
function WhyNot({ support }: { support: Data["applicants"][number] }) {
	const rows = support.rows.filter((r) => r.verdict === "not_eligible" && r.gift && r.measure.status === "active" && support.best.lines.length > 0).slice(0, REASONS);
	return (
		<ul class="card pad stack-s">
			{rows.map((r) => (
				<li key={r.measure.id} data-measure={r.measure.id}>
					<span class="badge fail">{t("support.not_eligible")}</span> <a href={`/measures/${r.measure.id}`}>{r.measure.title}</a>: {r.reason}
				</li>
			))}
		</ul>
	);
}

function Applicant({ support, project }: { support: Data["applicants"][number]; project: string }) {
	const org = support.subject.org;
	return (
		<section class="section stack-s">
			<h2>
				<a href={`/support/${org.uid}${query({ project })}`}>{org.name}</a>
			</h2>
			<BestSet support={support} />
			<SureRows rows={support.rows} />
			{support.best.measures.length === 0 && <WhyNot support={support} />}
		</section>
	);
}

export default function ProjectSupport({ params }: { params: string[] }) {
	const uid = params[0]!;
	const { value, error } = useData<Data>(`/projects/${uid}/support${query(Object.fromEntries(place.value.query))}`);
	return (
		<>
			<PageHead
				title={value ? t("support.of", { name: value.project.name }) : ""}
				crumbs={[["/registers/projects", t("register.projects")]]}
				lead={value ? t("support.day", { date: date(value.on) }) : "\u00a0"}
				side={value && may("contract.write") && <FromLots uid={uid} />}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={12} />}
			{value && (
				<div class="stack">
					<p class="support-total">
						{t("support.whole")} <b>{range(value.total)}</b>
					</p>
					{value.hidden > 0 && <Notice kind="plain">{tn("support.hidden", value.hidden)}</Notice>}
					{value.applicants.length === 0 && <Empty title={t("support.noapplicants")} text={t("support.noapplicants.text")} />}
					{value.applicants.length > 0 && <WhatIf key={place.value.query.toString()} lines={value.applicants.flatMap((a) => a.best.lines)} base={`/projects/${uid}/support`} />}
					{value.applicants.map((a) => (
						<Applicant key={a.subject.org.uid} support={a} project={uid} />
					))}
				</div>
			)}
		</>
	);
}
