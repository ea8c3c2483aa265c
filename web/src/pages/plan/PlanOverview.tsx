// One plan: what is covered, what it costs, how good it is for certain, where, and why the rest is left over.
import { useSignal } from "@preact/signals";
import { query, send } from "../../api/client";
import { useAction } from "../../api/data";
import type { Plan } from "../../api/types";
import { number, t, tn } from "../../state/i18n";
import { go } from "../../state/router";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { Failed, Loading } from "../../ui/States";
import { Certificate } from "./Certificate";
import { Coverage } from "./Coverage";
import { PlanHead, usePlan } from "./PlanHead";
import { Reasons } from "./Reasons";
import { Regions } from "./Regions";

function Facts({ plan }: { plan: Plan }) {
	const facts: [string, string | undefined][] = [
		[t("plan.covered"), t("plan.of", { n: number(plan.covered_needs), of: number(plan.needs) })],
		[t("plan.alone"), t("plan.of", { n: number(plan.alone_needs), of: number(plan.needs) })],
		[tn("plan.orders.makers", plan.makers), number(plan.orders)],
		[plan.launches && plan.launches.kop > 0 ? t("plan.cost.launches", { launches: plan.launches.text }) : t("plan.cost"), plan.cost?.text],
		[t("plan.penalties"), plan.penalties?.text],
	];
	return (
		<dl class="card facts">
			{facts.filter(([, value]) => value).map(([label, value]) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}

function Rename({ plan, onClose }: { plan: Plan; onClose: () => void }) {
	const title = useSignal(plan.title);
	const save = useAction((key) => send(`/plans/${plan.uid}`, { method: "PATCH", key, body: { title: title.value } }));
	return (
		<Dialog
			title={t("plan.rename")}
			open
			onClose={onClose}
			buttons={
				<Button kind="main" busy={save.busy} onPress={() => void save.run().then((done) => done && onClose())}>
					{t("form.save")}
				</Button>
			}
		>
			<TextField id="title" label={t("col.name")} value={title.value} maxLength={200} error={save.problem?.of("title")} onValue={(v) => (title.value = v)} />
			<Fault problem={save.problem} fields={["title"]} />
		</Dialog>
	);
}

function Drop({ plan, onClose }: { plan: Plan; onClose: () => void }) {
	const drop = useAction((key) => send(`/plans/${plan.uid}`, { method: "DELETE", key }));
	return (
		<Dialog
			title={t("plan.drop")}
			open
			onClose={onClose}
			buttons={
				<Button kind="danger" busy={drop.busy} onPress={() => void drop.run().then((done) => done && go("/plans"))}>
					{t("plan.drop")}
				</Button>
			}
		>
			<p>{t("plan.drop.text", { title: plan.title })}</p>
			<Fault problem={drop.problem} />
		</Dialog>
	);
}

function Actions({ plan }: { plan: Plan }) {
	const asks = useSignal<"" | "rename" | "drop">("");
	const close = () => (asks.value = "");
	return (
		<div class="buttons">
			{plan.older && (
				<a class="button" href={`/plan-compare${query({ a: plan.older.uid, b: plan.uid })}`}>
					{t("plan.compare.older")}
				</a>
			)}
			<a class="button" href={`/api/v1/plans/${plan.uid}/plan.xlsx`} download>
				{t("plan.xlsx")}
			</a>
			{plan.may.run && <Button onPress={() => (asks.value = "rename")}>{t("plan.rename")}</Button>}
			{plan.may.drop && <Button onPress={() => (asks.value = "drop")}>{t("plan.drop")}</Button>}
			{asks.value === "rename" && <Rename plan={plan} onClose={close} />}
			{asks.value === "drop" && <Drop plan={plan} onClose={close} />}
		</div>
	);
}

export default function PlanOverview({ params }: { params: string[] }) {
	const uid = params[0]!;
	const { value, error } = usePlan(uid);
	return (
		<>
			<PlanHead uid={uid} plan={value} side={value && <Actions plan={value} />} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={10} />}
			{value && (
				<div class="stack">
					<Facts plan={value} />
					<Certificate plan={value} />
					<Coverage plan={value} />
					<Reasons plan={value} />
					{value.regions.length > 0 && <Regions plan={value} />}
					{value.outside > 0 && <p class="quiet">{tn("plan.outside", value.outside)}</p>}
					<p class="quiet small">{t("plan.made.how", { iterations: number(value.iterations), seconds: number(Math.round(value.cpu_ms / 100) / 10) })}</p>
				</div>
			)}
		</>
	);
}
