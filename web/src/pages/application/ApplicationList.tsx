// Applications for the register: a cluster's own, or all for who reviews them.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ApplicationBrief, Page } from "../../api/types";
import { date, moment, t, tn } from "../../state/i18n";
import { go, place } from "../../state/router";
import { may } from "../../state/session";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { ApplicationState } from "./ApplicationState";

const STATES = ["draft", "precheck", "submitted", "questions", "corrections", "corrected", "decided"];

export default function ApplicationList() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Page<ApplicationBrief>>(`/applications${query(asked)}`);
	return (
		<>
			<PageHead
				title={t("application.list")}
				lead={t("application.list.lead")}
				side={
					may("check") && (
						<a class="button" href="/cluster-checks">
							{t("checks.title")}
						</a>
					)
				}
			/>
			<div class="stack">
				<form class="filters" onSubmit={(e) => e.preventDefault()}>
					<label>
						{t("col.state")}
						<select class="field" value={asked.state ?? ""} onChange={(e) => go(`/applications${query({ state: e.currentTarget.value })}`)}>
							<option value="">{t("list.any")}</option>
							{STATES.map((s) => (
								<option key={s} value={s}>
									{t(`application.${s}`)}
								</option>
							))}
						</select>
					</label>
				</form>
				{error && <Failed problem={error} />}
				{!error && !value && <Loading lines={6} />}
				{value && value.items.length === 0 && (
					<Empty title={t("application.none")} text={t("application.none.text")}>
						<a class="button main" href="/clusters">
							{t("menu.clusters")}
						</a>
					</Empty>
				)}
				{value && value.items.length > 0 && (
					<div>
						<div class="card">
							<Table
								caption={t("application.list")}
								rows={value.items}
								id={(a) => a.uid}
								stale={loading}
								columns={[
									{ id: "cluster", label: t("checks.cluster"), cell: (a) => <a href={`/applications/${a.uid}`}>{a.cluster.name}</a> },
									{ id: "org", label: t("application.org"), cell: (a) => a.org?.name ?? "—" },
									{ id: "pack", label: t("checks.pack"), cell: (a) => a.pack.title },
									{ id: "state", label: t("col.state"), cell: (a) => (
											<>
												<ApplicationState application={a} /> {a.open > 0 && <span class="badge ask">{tn("application.open", a.open)}</span>}
											</>
										) },
									{ id: "submitted", label: t("application.submitted.on"), num: true, cell: (a) => date(a.submitted_on) },
									{ id: "changed", label: t("application.changed"), num: true, cell: (a) => moment(a.changed_at) },
								]}
							/>
						</div>
						<Pager base="/applications" asked={asked} page={value} />
					</div>
				)}
			</div>
		</>
	);
}
