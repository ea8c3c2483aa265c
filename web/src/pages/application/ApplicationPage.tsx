// One application: its checklist, what the pack says of it, what was asked and returned, and what can be done now.
import { useData } from "../../api/data";
import type { Application } from "../../api/types";
import { date, t } from "../../state/i18n";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { type Labelled, Values } from "../../ui/Values";
import { Comparison } from "../../views/Evidence";
import { TruthBadge } from "../../views/Truth";
import { ApplicationState } from "./ApplicationState";
import { Checklist } from "./Checklist";
import { Review } from "./Review";
import { Steps } from "./Steps";
import { Submit } from "./Submit";

function Facts({ application: a }: { application: Application }) {
	const facts: Labelled[] = [
		[t("application.org"), a.org?.name ?? null],
		[t("checks.pack"), a.pack.title],
		[t("application.submitted.on"), a.submitted_on && date(a.submitted_on)],
		[t("application.frozen"), a.frozen && `${date(a.frozen.on)} · ${a.frozen.digest.slice(0, 16)}…`],
		[t("application.order"), a.decision?.order_no ? `${a.decision.order_no}, ${date(a.decision.order_on)}` : null],
		[t("application.number"), a.decision?.number ?? null],
		[t("application.note"), a.decision?.note || null],
	];
	return <Values rows={facts} />;
}

function Criteria({ application: a }: { application: Application }) {
	return (
		<section class="section">
			<h2>{t("application.criteria")}</h2>
			<div class="card">
				<Table
					caption={t("application.criteria")}
					rows={a.criteria.filter((c) => c.number > 0)}
					id={(c) => c.id}
					columns={[
						{
							id: "title",
							label: t("application.criterion"),
							cell: (c) => (
								<>
									{c.number}. {c.title} {c.open && <span class="badge ask">{t("application.returned")}</span>} {c.asked && <span class="badge ask">{t("application.asked")}</span>}
								</>
							),
						},
						{ id: "truth", label: t("checks.verdict"), cell: (c) => (c.truth ? <TruthBadge truth={c.truth} /> : "—") },
						{ id: "figures", label: t("application.figures"), cell: (c) => <Comparison of={c} /> },
					]}
				/>
			</div>
		</section>
	);
}

export default function ApplicationPage({ params }: { params: string[] }) {
	const { value, error, etag } = useData<Application>(`/applications/${params[0]}`);
	return (
		<>
			<PageHead
				title={value ? t("application.title", { name: value.cluster.name }) : ""}
				crumbs={[["/applications", t("menu.applications")], ...(value ? ([[`/clusters/${value.cluster.uid}`, value.cluster.name]] as [string, string][]) : [])]}
				side={value && <ApplicationState application={{ state: value.state, decision: value.decision?.decision ?? null }} />}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={12} />}
			{value && (
				<div class="stack">
					<Submit application={value} etag={etag} />
					<Facts application={value} />
					<Criteria application={value} />
					<Checklist application={value} etag={etag} />
					<Steps application={value} etag={etag} />
					<Review application={value} etag={etag} />
				</div>
			)}
		</>
	);
}
