// What is one step from launch: an order that lacks little, who could join it, and orders that are near their next tier.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { PlanNextTiers, PlanUnlock, PlanUnlocks as Unlocks } from "../../api/types";
import { number, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { MakerCell, Said } from "./Named";
import { Files, PlanHead, usePlan } from "./PlanHead";
import { Verified } from "./Verified";

const SHOWN = 12;

// A long list begins with its nearest; the address says when all of it is shown.
function More({ uid, name, of }: { uid: string; name: string; of: number }) {
	const asked = place.value.query;
	if (of <= SHOWN || asked.get(name)) return null;
	return (
		<button class="link-button" type="button" onClick={() => go(`/plans/${uid}/unlocks${query({ ...Object.fromEntries(asked), [name]: "1" })}`, true)}>
			{t("list.all", { n: number(of) })}
		</button>
	);
}

function first<T>(items: T[], name: string): T[] {
	return place.value.query.get(name) ? items : items.slice(0, SHOWN);
}

interface Step {
	first: PlanUnlock; // the nearest
	same: PlanUnlock[]; // other quarters that lack as much
	others: PlanUnlock[];
}

const lackOf = (u: PlanUnlock): string => [u.lack_qty?.text, u.lack_money?.text].filter(Boolean).join(", ");

// An offer that is near in several quarters is one card: the nearest, and the quarters beside it.
function stepsOf(items: PlanUnlock[]): Step[] {
	const steps = new Map<string, Step>();
	for (const u of items) {
		const step = steps.get(u.offer.uid);
		if (!step) steps.set(u.offer.uid, { first: u, same: [], others: [] });
		else (lackOf(u) === lackOf(step.first) ? step.same : step.others).push(u);
	}
	return [...steps.values()];
}

function Quarters({ step: { same, others } }: { step: Step }) {
	if (same.length + others.length === 0) return null;
	return (
		<p class="quiet small">
			{same.length > 0 && t("plan.unlock.same", { periods: same.map((u) => u.period.text).join(", ") })} {others.length > 0 && <Said text={t("plan.unlock.others", { periods: others.map((u) => `${u.period.text} (${lackOf(u) || t("hidden")})`).join(", ") })} />}
		</p>
	);
}

// How full the smallest order is: the pool against what is needed.
function Fill({ unlock }: { unlock: PlanUnlock }) {
	if (!unlock.pool || !unlock.lack_qty) return null;
	const need = unlock.pool.base + unlock.lack_qty.base;
	return (
		<div class="fill" aria-hidden="true">
			<i style={{ flexGrow: unlock.pool.base / need }} />
			<i class="lack" style={{ flexGrow: unlock.lack_qty.base / need }} />
		</div>
	);
}

// Any one of these alone would launch it.
function Today({ unlock }: { unlock: PlanUnlock }) {
	const { moq_text, launch_text, price_text } = unlock.today;
	const rows: [string, string | null][] = [
		[t("plan.today.moq"), moq_text],
		[t("plan.today.launch"), launch_text],
		[t("plan.today.price"), price_text],
	];
	const known = rows.filter(([, text]) => text !== null);
	if (known.length === 0) return null;
	return (
		<>
			<h3>{t("plan.today")}</h3>
			<dl class="plan-pairs">
				{known.map(([label, text]) => (
					<div key={label}>
						<dt>{label}</dt>
						<dd>{text}</dd>
					</div>
				))}
			</dl>
		</>
	);
}

function Joiners({ unlock }: { unlock: PlanUnlock }) {
	if (unlock.joiners.length === 0) return null;
	return (
		<>
			<h3>{t("plan.joiners")}</h3>
			<ul class="plan-joiners small">
				{unlock.joiners.map((j, at) => (
					<li key={j.need?.uid ?? at}>
						{j.need ? <a href={`/needs/${j.need.uid}`}>{j.need.key || j.need.item}</a> : <span class="quiet">{t("plan.hidden")}</span>}: <Said text={j.text} />
					</li>
				))}
			</ul>
		</>
	);
}

function Card({ step }: { step: Step }) {
	const unlock = step.first;
	return (
		<li class="card pad unlock">
			<div class="between">
				<h2>
					<a href={unlock.offer.item_href}>{unlock.offer.item}</a>
				</h2>
				<Verified yes={unlock.verified} />
			</div>
			<p class="quiet small">
				{unlock.maker.name}, {unlock.maker.region.name} · {unlock.period.text}
			</p>
			<Fill unlock={unlock} />
			<p class="unlock-lack">
				{unlock.pool ? t("plan.pool", { qty: unlock.pool.text }) : t("plan.pool.hidden")} {unlock.lack_qty && <b>{t("plan.lack.qty", { qty: unlock.lack_qty.text })}</b>} {unlock.lack_money && <b>{t("plan.lack.money", { money: unlock.lack_money.text })}</b>}
			</p>
			{unlock.extra && <p class="small"><Said text={t("plan.extra", { qty: unlock.extra.qty.text, price: unlock.extra.price_text, region: unlock.extra.region.name })} /></p>}
			<Today unlock={unlock} />
			<Joiners unlock={unlock} />
			<Quarters step={step} />
		</li>
	);
}

function NextTiers({ uid }: { uid: string }) {
	const { value, error } = useData<PlanNextTiers>(`/plans/${uid}/next-tiers`);
	if (error) return <Failed problem={error} />;
	if (!value || value.items.length === 0) return null;
	return (
		<section class="section stack-s">
			<h2>{t("plan.nexts")}</h2>
			<div class="card words">
				<Table
					caption={t("plan.nexts")}
					rows={first(value.items, "tiers")}
					id={(x) => String(x.order)}
					columns={[
						{ id: "item", label: t("col.item"), cell: (x) => <a href={`/plans/${uid}/orders/${x.order}`}>{x.offer.item}</a> },
						{ id: "maker", label: t("col.maker"), cell: (x) => <MakerCell maker={x.maker} period={x.period} /> },
						{ id: "lack", label: t("plan.lack"), num: true, cell: (x) => x.lack.text },
						{ id: "saves", label: t("plan.saves"), num: true, cell: (x) => x.saves_text },
					]}
				/>
			</div>
			<More uid={uid} name="tiers" of={value.items.length} />
		</section>
	);
}

function Steps({ uid, items }: { uid: string; items: PlanUnlock[] }) {
	const steps = stepsOf(items);
	return (
		<div class="stack-s">
			<ul class="unlocks">
				{first(steps, "steps").map((step) => (
					<Card key={step.first.offer.uid} step={step} />
				))}
			</ul>
			<More uid={uid} name="steps" of={steps.length} />
		</div>
	);
}

export default function PlanUnlocks({ params }: { params: string[] }) {
	const uid = params[0]!;
	const plan = usePlan(uid);
	const { value, error } = useData<Unlocks>(`/plans/${uid}/unlocks?limit=200`);
	const fault = plan.error ?? error;
	return (
		<>
			<PlanHead uid={uid} plan={plan.value} part={t("plan.unlocks")} side={value && <Files base={`/plans/${uid}/unlocks`} xlsx={false} />} />
			{fault && <Failed problem={fault} />}
			{!fault && !value && <Loading lines={8} />}
			{value && (
				<div class="stack">
					<p class="quiet plan-lead">{t("plan.unlocks.lead")}</p>
					{value.items.length === 0 && <Empty title={t("plan.unlocks.none")} text={t("plan.unlocks.none.text")} />}
					{value.items.length > 0 && <Steps uid={uid} items={value.items} />}
					<NextTiers uid={uid} />
				</div>
			)}
		</>
	);
}
