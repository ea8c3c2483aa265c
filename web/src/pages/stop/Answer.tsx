// One answer: what is lost, how the stop spreads, which processes it reaches and why, and what stock would bridge it.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ChainRun, Summary } from "../../api/types";
import { date, money, number, t, tn } from "../../state/i18n";
import { may } from "../../state/session";
import { First } from "../../ui/First";
import { Notice } from "../../ui/Notice";
import { Empty, Failed } from "../../ui/States";
import { Table } from "../../ui/Table";
import { dayText } from "./day";
import { Front } from "./Front";
import { Lengths } from "./Lengths";
import { Spread } from "./Spread";

type Process = ChainRun["processes"][number];

const DAY_MS = 86400000;

const kopecks = (amount: string): bigint => BigInt(amount.replace(".", ""));
const roubles = (kop: bigint): string => `${kop / 100n}.${String(kop % 100n).padStart(2, "0")}`;

// The input that holds the process, and where from: the last step that led here.
function Reason({ process }: { process: Process }) {
	if (process.steps.length === 0) return <p class="quiet">{t("stops.itself")}</p>;
	return (
		<ol class="stop-path">
			<li>{process.steps[0]!.from}</li>
			{process.steps.map((s) => (
				<li key={s.at}>
					<a href={`/chain-tree${query({ item: s.input })}`}>{s.input}</a> → {s.name}
					<br />
					<span class="quiet small">
						{[s.sources < 2 ? t("stops.onlysource") : t("stops.othersources"), tn("stops.stock", s.stock_days), s.day === null ? "" : t("stops.onday", { day: dayText(s.day) })].filter(Boolean).join(" · ")}
					</span>
				</li>
			))}
		</ol>
	);
}

// The need that would have prevented it: what the lost output would have taken, before the day of the stop less the days on the way.
function NeedLink({ process, today }: { process: Process; today: string | undefined }) {
	const step = process.steps.at(-1);
	if (!step || process.first_day === null || !today) return null;
	const due = new Date(Date.parse(`${today}T00:00:00Z`) + (Math.floor(process.first_day) - process.lead_days) * DAY_MS).toISOString().slice(0, 10);
	return (
		<div>
			<a class="button small-button nowrap" href={`/needs/new${query({ item: step.input, qty: process.lacks?.qty, unit: process.lacks?.unit, due, stock_days: step.stock_days })}`}>
				{t("stops.need")}
			</a>
			<span class="quiet small stop-need">{[process.lacks?.text, t("stops.need.by", { day: date(due) }), process.lead_days > 0 ? tn("stops.need.way", process.lead_days) : ""].filter(Boolean).join(" · ")}</span>
		</div>
	);
}

function Saved({ run, base }: { run: ChainRun; base: ChainRun }) {
	const less = kopecks(base.lost) - kopecks(run.lost);
	return (
		<dl class="stop-sums card pad">
			<div>
				<dt>{t("stops.without")}</dt>
				<dd>{money(base.lost)}</dd>
			</div>
			<div>
				<dt>{t("stops.together")}</dt>
				<dd>{money(run.lost)}</dd>
			</div>
			<div>
				<dt>{t("stops.difference")}</dt>
				<dd>{less < 0n ? `−${money(roubles(-less))}` : money(roubles(less))}</dd>
			</div>
		</dl>
	);
}

// Both answers process by process: what the sources save.
interface Beside {
	name: string;
	run?: Process;
	base?: Process;
}

function beside(run: ChainRun, base: ChainRun): Beside[] {
	const here = new Map(run.processes.map((p) => [p.name, p]));
	return base.processes.map((p) => ({ name: p.name, base: p, run: here.get(p.name) }));
}

const stands = (p: Process | undefined): string =>
	!p ? t("stops.neverstops") : p.stop_day === null ? t("stops.lower", { day: dayText(p.first_day) }) : p.back_day === null ? t("stops.standsfrom", { day: dayText(p.stop_day) }) : t("stops.stands", { from: dayText(p.stop_day), to: dayText(p.back_day) });

function Difference({ run, base }: { run: ChainRun; base: ChainRun }) {
	return (
		<section class="section">
			<h2>{t("stops.compare")}</h2>
			<First of={beside(run, base)} n={LISTED}>
				{(rows) => (
					<div class="card words">
						<Table
							caption={t("stops.compare")}
							rows={rows}
							id={(p) => p.name}
							columns={[
								{ id: "name", label: t("stops.process"), cell: (p) => p.name },
								{ id: "base", label: t("stops.without"), cell: (p) => stands(p.base) },
								{ id: "run", label: t("stops.together"), cell: (p) => stands(p.run) },
								{ id: "saved", label: t("stops.difference"), num: true, cell: (p) => money(roubles(kopecks(p.base?.lost ?? "0.00") - kopecks(p.run?.lost ?? "0.00"))) },
							]}
						/>
					</div>
				)}
			</First>
		</section>
	);
}

const LISTED = 100;

const titleOf = (run: ChainRun): string => run.causes.map((c) => c.title).join(" + ");

export function Answer({ run, base, stale }: { run: ChainRun; base?: ChainRun; stale: boolean }) {
	const summary = useData<Summary>(may("need.write") ? "/summary" : "");
	const today = summary.value?.as_of;
	if (run.processes.length === 0) return <Empty title={t("stops.nothing", { name: titleOf(run) })} text={t("stops.nothing.text", { days: number(run.days) })} />;
	if (summary.error) return <Failed problem={summary.error} />;
	return (
		<>
			<p class="stop-say" role="status">
				{t("stops.say", { name: titleOf(run), days: number(run.days), lost: money(run.lost) })}
			</p>
			{run.ask_recovery && (
				<Notice kind="warm">{t("stops.recovery", { days: dayText(run.survives_days), bridge: number(run.bridge_for_days) })}</Notice>
			)}
			{base && <Saved run={run} base={base} />}
			<Front run={run} />
			<Spread run={run} />
			{base && <Difference run={run} base={base} />}
			<section class="section">
				<h2>{t("stops.why")}</h2>
				<First of={run.processes} n={LISTED}>
					{(rows) => (
						<div class="card words">
							<Table
								caption={t("stops.why")}
								rows={rows}
								id={(p) => String(p.at)}
								stale={stale}
								columns={[
									{ id: "name", label: t("stops.process"), cell: (p) => <b>{p.name}</b> },
									{ id: "stop", label: t("stops.stops"), num: true, cell: (p) => (p.stop_day === null ? t("stops.lower", { day: dayText(p.first_day) }) : dayText(p.stop_day)) },
									{ id: "back", label: t("stops.back"), num: true, cell: (p) => dayText(p.back_day) },
									{ id: "lost", label: t("stops.lost"), num: true, cell: (p) => <b>{money(p.lost)}</b> },
									{ id: "why", label: t("stops.reason"), cell: (p) => <Reason process={p} /> },
									{ id: "need", label: t("stops.needs"), cell: (p) => <NeedLink process={p} today={today} /> },
								]}
							/>
						</div>
					)}
				</First>
			</section>
			<Lengths run={run} />
			{run.bridges.length > 0 && (
				<section class="section">
					<h2>{t("stops.bridge", { days: number(run.bridge_for_days) })}</h2>
					<First of={run.bridges} n={LISTED}>
						{(rows) => (
							<ul class="stack-s">
								{rows.map((b) => (
									<li key={`${b.name} ${b.input}`} class="card pad">
										{t("stops.bridge.line", { name: b.name, input: b.input, need: dayText(b.needed_days), have: number(b.stock_days) })}
									</li>
								))}
							</ul>
						)}
					</First>
				</section>
			)}
		</>
	);
}
