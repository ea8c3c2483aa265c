// Needs that the plan does not cover: why, and the least that would change it.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Plan, PlanUncovered as Row, PlanUncovereds } from "../../api/types";
import { number, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { NeedCell, Said } from "./Named";
import { Files, PlanHead, usePlan } from "./PlanHead";
import { Verified } from "./Verified";

function Groups({ page, asked, base }: { page: PlanUncovereds; asked: Record<string, string>; base: string }) {
	return (
		<ul class="plan-groups">
			{page.groups.map((g) => (
				<li key={g.code}>
					<a class="card plan-group" href={base + query({ ...asked, cursor: "", code: asked.code === g.code ? "" : g.code })} aria-current={asked.code === g.code ? "true" : undefined}>
						<b>{g.title}</b>
						<span class="quiet small">
							{t("plan.group.needs", { n: number(g.needs), qty: g.qty_text ?? t("hidden") })}
						</span>
						{g.cheapest && <span class="small"><Said text={t("plan.group.cheapest", { text: g.cheapest.text })} /></span>}
					</a>
				</li>
			))}
		</ul>
	);
}

// `title`: what a code says in general, where the page knows it.
function Why({ row, title }: { row: Row; title: (code: string) => string | undefined }) {
	const also = row.also && [title(row.also.code), row.also.figure_text].filter(Boolean).join(": ");
	return (
		<>
			<p class="clause"><Said text={row.text} /></p>
			{also && <p class="small quiet"><Said text={t("plan.also", { reason: also })} /></p>}
			{row.chain.length > 0 && (
				<ol class="plan-chain small">
					{row.chain.map((step) => (
						<li key={step} class="clause"><Said text={step} /></li>
					))}
				</ol>
			)}
		</>
	);
}

// Where there is no maker, no small change helps: the answer is a project.
function Flip({ row, plan }: { row: Row; plan: Plan }) {
	if (!row.flip && row.code === "NOMAKER")
		return (
			<>
				{t("plan.noflip.maker")} <a href={`/plans/${plan.uid}/missing`}>{t("plan.missing")}</a>
			</>
		);
	if (!row.flip) return <span class="quiet">{t("plan.noflip")}</span>;
	return (
		<>
			<p class="clause"><Said text={row.flip.text} /></p>
			<Verified yes={row.verified} />
		</>
	);
}

function Filters({ plan, asked, base }: { plan: Plan; asked: Record<string, string>; base: string }) {
	const move = (changed: Record<string, string>) => go(base + query({ ...asked, cursor: "", ...changed }));
	return (
		<form
			class="filters plan-filters"
			onSubmit={(e) => {
				e.preventDefault();
				move({ q: new FormData(e.currentTarget).get("q")!.toString().trim() });
			}}
		>
			<label class="grow">
				{t("plan.words")}
				<input class="field" name="q" type="search" autocomplete="off" value={asked.q ?? ""} />
			</label>
			<label>
				{t("col.reason")}
				<select class="field" value={asked.code ?? ""} onChange={(e) => move({ code: e.currentTarget.value })}>
					<option value="">{t("list.any")}</option>
					{plan.reasons.map((r) => (
						<option key={r.code} value={r.code}>
							{r.text}
						</option>
					))}
				</select>
			</label>
			<label>
				{t("col.priority")}
				<select class="field" value={asked.priority ?? ""} onChange={(e) => move({ priority: e.currentTarget.value })}>
					<option value="">{t("list.any")}</option>
					{plan.levels.map((l) => (
						<option key={l.priority} value={l.priority}>
							{t("plan.priority", { n: l.priority })}
						</option>
					))}
				</select>
			</label>
			<label>
				{t("col.region")}
				<select class="field" value={asked.region ?? ""} onChange={(e) => move({ region: e.currentTarget.value })}>
					<option value="">{t("list.any")}</option>
					{plan.regions
						.filter((r) => r.needs === null || r.covered_needs! < r.needs)
						.map((r) => (
							<option key={r.code} value={r.code}>
								{r.name}
							</option>
						))}
				</select>
			</label>
			<button class="button" type="submit">
				{t("list.find")}
			</button>
		</form>
	);
}

function Rows({ plan, page, stale }: { plan: Plan; page: PlanUncovereds; stale: boolean }) {
	const title = (code: string) => page.groups.find((g) => g.code === code)?.title;
	return (
		<div class="card words plan-why">
			<Table
				caption={t("plan.uncovered")}
				rows={page.items.map((r, at) => ({ ...r, at }))}
				id={(r) => r.need?.uid ?? String(r.at)}
				stale={stale}
				columns={[
					{ id: "need", label: t("col.need"), cell: (r) => <NeedCell of={r} more={r.priority !== null && <span class="nowrap">{t("plan.priority", { n: r.priority })}</span>} /> },
					{ id: "region", label: t("col.region"), cell: (r) => r.region.name },
					{ id: "qty", label: t("plan.left"), num: true, cell: (r) => (r.qty.base < r.of.base ? t("plan.of", { n: r.qty.text, of: r.of.text }) : r.qty.text) },
					{ id: "why", label: t("plan.why"), cell: (r) => <Why row={r} title={title} /> },
					{ id: "flip", label: t("plan.flip"), cell: (r) => <Flip row={r} plan={plan} /> },
				]}
			/>
		</div>
	);
}

// `left`: needs are left over, of which the reader sees none.
function Nothing({ filtered, left }: { filtered: boolean; left: boolean }) {
	if (filtered) return <Empty title={t("list.nohit")} text={t("list.nohit.text")} />;
	if (left) return <Empty title={t("plan.uncovered.unseen")} text={t("plan.uncovered.unseen.text")} />;
	return <Empty title={t("plan.uncovered.none")} text={t("plan.uncovered.none.text")} />;
}

function Body({ plan }: { plan: Plan }) {
	const base = `/plans/${plan.uid}/uncovered`;
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<PlanUncovereds>(base + query(asked));
	return (
		<div class="stack">
			{value && value.groups.length > 0 && <Groups page={value} asked={asked} base={base} />}
			<Filters plan={plan} asked={asked} base={base} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && value.items.length === 0 && <Nothing filtered={Object.keys(asked).length > 0} left={value.groups.length > 0} />}
			{value && value.items.length > 0 && (
				<div>
					<Rows plan={plan} page={value} stale={loading} />
					<Pager base={base} asked={asked} page={value} />
				</div>
			)}
		</div>
	);
}

export default function PlanUncovered({ params }: { params: string[] }) {
	const uid = params[0]!;
	const { value, error } = usePlan(uid);
	return (
		<>
			<PlanHead uid={uid} plan={value} part={t("plan.uncovered")} side={value && <Files base={`/plans/${uid}/uncovered`} />} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && <Body plan={value} />}
		</>
	);
}
