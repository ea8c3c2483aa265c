// Two plans beside each other: what each costs and covers, and which orders and needs differ.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { PlanCompare as Comparison, PlanHead, PlanOrderBrief, Plans } from "../../api/types";
import { moment, number, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { percentOf } from "./Coverage";
import { MakerCell, NeedCell } from "./Named";
import { modeText } from "./PlanHead";

// A minus is as wide as a plus, a hyphen is not.
const withSign = (n: number, text: string): string => (n > 0 ? `+${text}` : text.replace(/^-/, "−"));
const signed = (n: number): string => withSign(n, number(n));
const plus = (money: { kop: number; text: string } | null): string => (money === null ? t("hidden") : withSign(money.kop, money.text));
const shown = (money: { text: string } | null): string => money?.text ?? t("hidden");

function Choice({ a, b }: { a: string; b: string }) {
	const { value, error } = useData<Plans>("/plans?limit=100");
	const plans = value?.items ?? [];
	const move = (changed: Record<string, string>) => go(`/plan-compare${query({ a, b, ...changed })}`, true);
	const list = (now: string): [string, string][] => [...(plans.some((p) => p.uid === now) ? [] : [[now, "—"] as [string, string]]), ...plans.map((p): [string, string] => [p.uid, `${p.title} · ${moment(p.made_at)}`])];
	const select = (name: "a" | "b", now: string, label: string) => (
		<label class="grow">
			{label}
			<select class="field" value={now} onChange={(e) => move({ [name]: e.currentTarget.value })}>
				{list(now).map(([uid, title]) => (
					<option key={uid} value={uid}>
						{title}
					</option>
				))}
			</select>
		</label>
	);
	if (error) return <Failed problem={error} />;
	return (
		<form class="filters plan-choice" onSubmit={(e) => e.preventDefault()}>
			{select("a", a, t("plan.compare.a"))}
			{select("b", b, t("plan.compare.b"))}
			<button class="button" type="button" onClick={() => move({ a: b, b: a })}>
				{t("plan.compare.swap")}
			</button>
		</form>
	);
}

type Line = [label: string, was: string, now: string, difference: string];

function linesOf({ a, b, difference: d }: Comparison): Line[] {
	const of = (p: PlanHead) => t("plan.of", { n: number(p.covered_needs), of: number(p.needs) });
	return [
		[t("plan.covered"), of(a), of(b), signed(d.covered_needs)],
		[t("plan.orders"), number(a.orders), number(b.orders), signed(d.orders)],
		[t("plan.cost"), shown(a.cost), shown(b.cost), plus(d.cost)],
		[t("plan.objective"), shown(a.objective), shown(b.objective), plus(d.objective)],
		[t("plan.bar.bound"), shown(a.bound), shown(b.bound), plus(d.bound)],
		[t("plan.gap"), a.gap_text ?? t("hidden"), b.gap_text ?? t("hidden"), ""],
		[t("plan.run.mode"), modeText(a.mode), modeText(b.mode), ""],
	];
}

function Figures({ of }: { of: Comparison }) {
	const levels = of.levels.map((l): Line => [t("plan.priority.covered", { n: l.priority }), percentOf(l.was_ppm), percentOf(l.now_ppm), t("plan.points", { n: signed(Math.round((l.now_ppm - l.was_ppm) / 1000) / 10) })]);
	return (
		<div class="card words">
			<Table
				caption={t("plan.compare")}
				rows={[...linesOf(of), ...levels]}
				id={([label]) => label}
				columns={[
					{ id: "what", label: t("col.what"), cell: ([label]) => label },
					{ id: "a", label: t("plan.compare.a"), num: true, cell: ([, was]) => was },
					{ id: "b", label: t("plan.compare.b"), num: true, cell: ([, , now]) => now },
					{ id: "d", label: t("plan.difference"), num: true, cell: ([, , , d]) => d && <b>{d}</b> },
				]}
			/>
		</div>
	);
}

function Orders({ title, rows }: { title: string; rows: PlanOrderBrief[] }) {
	if (rows.length === 0) return null;
	const cell = (o: PlanOrderBrief, which: "was" | "now" | "total_was" | "total_now") => o[which]?.text ?? (o.volume_hidden ? t("hidden") : "—");
	return (
		<section class="section">
			<h2>{title}</h2>
			<div class="card words">
				<Table
					caption={title}
					rows={rows}
					id={(o) => `${o.offer.uid} ${o.period.n}`}
					columns={[
						{ id: "item", label: t("col.item"), cell: (o) => <a href={o.offer.item_href}>{o.offer.item}</a> },
						{ id: "maker", label: t("col.maker"), cell: (o) => <MakerCell maker={o.maker} period={o.period} /> },
						{ id: "was", label: t("plan.was"), num: true, cell: (o) => cell(o, "was") },
						{ id: "now", label: t("plan.now"), num: true, cell: (o) => cell(o, "now") },
						{ id: "totalwas", label: t("plan.was.total"), num: true, cell: (o) => cell(o, "total_was") },
						{ id: "totalnow", label: t("plan.now.total"), num: true, cell: (o) => cell(o, "total_now") },
					]}
				/>
			</div>
		</section>
	);
}

function Needs({ of: { needs } }: { of: Comparison }) {
	if (needs.items.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("plan.compare.needs", { gained: number(needs.gained), lost: number(needs.lost) })}</h2>
			<div class="card words">
				<Table
					caption={t("plan.compare.needs", { gained: number(needs.gained), lost: number(needs.lost) })}
					rows={needs.items.map((n, at) => ({ ...n, enterprise: null, at }))}
					id={(n) => n.need?.uid ?? String(n.at)}
					columns={[
						{ id: "need", label: t("col.need"), cell: (n) => <NeedCell of={n} /> },
						{ id: "was", label: t("plan.was"), cell: (n) => n.was_text },
						{ id: "now", label: t("plan.now"), cell: (n) => n.now_text },
					]}
				/>
			</div>
		</section>
	);
}

function Result({ of }: { of: Comparison }) {
	const { added, gone, changed, more } = of.orders;
	return (
		<div class="stack">
			<Figures of={of} />
			{added.length + gone.length + changed.length + of.needs.items.length === 0 && <Empty title={t("plan.compare.same")} text={t("plan.compare.same.text")} />}
			<Orders title={t("plan.compare.added", { n: number(added.length) })} rows={added} />
			<Orders title={t("plan.compare.gone", { n: number(gone.length) })} rows={gone} />
			<Orders title={t("plan.compare.changed", { n: number(changed.length) })} rows={changed} />
			{more > 0 && <p class="quiet">{t("plan.compare.more", { n: number(more) })}</p>}
			<Needs of={of} />
		</div>
	);
}

export default function PlanCompare() {
	const a = place.value.query.get("a") ?? "";
	const b = place.value.query.get("b") ?? "";
	const { value, error } = useData<Comparison>(a && b ? `/plan-compare${query({ a, b })}` : "");
	return (
		<>
			<PageHead title={t("plan.compare")} crumbs={[["/plans", t("menu.plans")]]} lead={t("plan.compare.lead")} />
			<div class="stack">
				<Choice a={a} b={b} />
				{(!a || !b) && <Empty title={t("plan.compare.choose")} text={t("plan.compare.choose.text")} />}
				{error && <Failed problem={error} />}
				{a && b && !error && !value && <Loading lines={8} />}
				{value && <Result of={value} />}
			</div>
		</>
	);
}
