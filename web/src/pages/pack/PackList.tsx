// Packs of rules: whose they are, for what time, and which wait for a second person.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { PackBrief, Page } from "../../api/types";
import { date, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { may } from "../../state/session";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { PackState } from "./PackState";

const KINDS = ["cluster", "support"] as const;

/* texts: pack.kind.cluster pack.kind.support pack.level.federal pack.level.regional pack.level.own */
export default function PackList() {
	const kind = place.value.query.get("kind") ?? "";
	const { value, error, loading } = useData<Page<PackBrief>>(`/packs${query({ kind })}`);
	return (
		<>
			<PageHead
				title={t("pack.title")}
				lead={t("pack.lead")}
				side={
					may("rules.write") && (
						<a class="button main" href="/packs/new">
							{t("pack.load")}
						</a>
					)
				}
			/>
			<div class="stack">
				<form class="filters">
					<label>
						{t("pack.kind")}
						<select class="field" value={kind} onChange={(e) => go(`/packs${query({ kind: e.currentTarget.value })}`)}>
							<option value="">{t("list.any")}</option>
							{KINDS.map((k) => (
								<option key={k} value={k}>
									{t(`pack.kind.${k}`)}
								</option>
							))}
						</select>
					</label>
				</form>
				{error && <Failed problem={error} />}
				{!error && !value && <Loading lines={6} />}
				{value && value.items.length === 0 && <Empty title={t("pack.none")} text={t("pack.none.text")} command="zveno rules load FILE.rules" />}
				{value && value.items.length > 0 && (
					<div class="card words">
						<Table
							caption={t("pack.title")}
							rows={value.items}
							id={(p) => p.uid}
							stale={loading}
							columns={[
								{ id: "title", label: t("col.name"), cell: (p) => <a href={`/packs/${p.uid}`}>{p.title}</a> },
								{ id: "name", label: t("pack.edition"), cell: (p) => <code class="nowrap">{p.name}</code> },
								{ id: "kind", label: t("pack.kind"), cell: (p) => t(`pack.kind.${p.kind}`) },
								{ id: "level", label: t("pack.level"), cell: (p) => t(`pack.level.${p.level}`) },
								{ id: "from", label: t("pack.from"), num: true, cell: (p) => date(p.valid_from) },
								{ id: "to", label: t("pack.to"), num: true, cell: (p) => date(p.valid_to) },
								{ id: "state", label: t("col.state"), cell: (p) => <PackState state={p.state} /> },
							]}
						/>
					</div>
				)}
			</div>
		</>
	);
}
