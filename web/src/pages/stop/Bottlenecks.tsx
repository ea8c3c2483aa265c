// All causes by what they cost, and pairs of sources that are worse together than apart.
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import { isOver, useJob } from "../../api/job";
import type { ChainRanking, JobRef } from "../../api/types";
import { money, number, t, tn } from "../../state/i18n";
import { go } from "../../state/router";
import { Button } from "../../ui/Button";
import { Fault, Notice } from "../../ui/Notice";
import { Progress } from "../../ui/Progress";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { dayText } from "./day";

/* texts: stops.kind.enterprise stops.kind.process stops.kind.item stops.kind.import stops.kind.country stops.kind.region stops.kind.owner stops.kind.node */
const KINDS = ["import", "item", "enterprise", "process", "country", "region", "owner", "node"] as const;

function Kinds({ now }: { now: string }) {
	return (
		<ul class="stop-kinds" aria-label={t("stops.kinds")}>
			<li>
				<a href="/stops" aria-current={now === "" ? "true" : undefined}>
					{t("stops.kind.all")}
				</a>
			</li>
			{KINDS.map((kind) => (
				<li key={kind}>
					<a href={`/stops?kind=${kind}`} aria-current={now === kind ? "true" : undefined}>
						{t(`stops.kind.${kind}`)}
					</a>
				</li>
			))}
		</ul>
	);
}

function Pairs({ ranking }: { ranking: ChainRanking }) {
	if (ranking.pairs.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("stops.pairs")}</h2>
			<p class="quiet">{t("stops.pairs.lead")}</p>
			<div class="card words">
				<Table
					caption={t("stops.pairs")}
					rows={ranking.pairs}
					id={(p) => `${p.a} ${p.b}`}
					columns={[
						{ id: "a", label: t("stops.pair.a"), cell: (p) => p.a },
						{ id: "b", label: t("stops.pair.b"), cell: (p) => p.b },
						{ id: "together", label: t("stops.pair.together"), num: true, cell: (p) => <b>{money(p.together)}</b> },
						{ id: "alone", label: t("stops.pair.alone"), num: true, cell: (p) => `${money(p.a_lost)} + ${money(p.b_lost)}` },
					]}
				/>
			</div>
			{ranking.pairs_not_looked_at > 0 && <p class="quiet small">{t("stops.pairs.missed", { n: number(ranking.pairs_not_looked_at) })}</p>}
		</section>
	);
}

function Ranking({ value, asked, loading }: { value: ChainRanking; asked: Record<string, string>; loading: boolean }) {
	if (value.total === 0 && !asked.kind) return <Empty title={t("stops.none")} text={t("stops.none.text")} command="zveno import recipes FILE" />;
	return (
		<>
			<section class="section">
				<h2>{t("stops.bottlenecks")}</h2>
				<p class="quiet">{tn("stops.ranking.lead", value.total, { days: number(value.days) })}</p>
				<Kinds now={asked.kind ?? ""} />
				{value.items.length === 0 ? (
					<Empty title={t("stops.nokind")} text={t("stops.nokind.text")} />
				) : (
					<div class="card words">
						<Table
							caption={t("stops.bottlenecks")}
							rows={value.items}
							id={(c) => c.cause}
							stale={loading}
							columns={[
								{ id: "name", label: t("stops.cause"), cell: (c) => <a href={`/stops${query({ cause: c.cause })}`}>{c.title}</a> },
								{ id: "kind", label: t("stops.kind"), cell: (c) => c.kind_title },
								{ id: "lost", label: t("stops.lost"), num: true, cell: (c) => <b>{money(c.lost)}</b> },
								{ id: "first", label: t("stops.firstday"), num: true, cell: (c) => dayText(c.first_day) },
								{ id: "sources", label: t("stops.sources"), num: true, cell: (c) => (c.sources === 0 ? "—" : c.sources === 1 ? <b class="stop-only">{number(1)}</b> : number(c.sources)) },
								{ id: "processes", label: t("stops.processes"), num: true, cell: (c) => number(c.processes) },
							]}
						/>
					</div>
				)}
				{value.items.length < value.total && <p class="quiet small">{t("stops.first", { n: number(value.items.length), total: number(value.total) })}</p>}
			</section>
			<Pairs ranking={value} />
		</>
	);
}

// More causes than can be reckoned while one waits are done as a job, which stands in the address: the page may be left and come back to.
function RankJob({ asked, why }: { asked: Record<string, string>; why: string }) {
	const { job, error } = useJob(asked.job ?? "");
	const start = useAction((key) => send<JobRef>("/chain-ranking", { method: "POST", key, body: { kind: asked.kind ?? "" } }));
	const cancel = useAction((key) => send(`/jobs/${asked.job}`, { method: "DELETE", key }));
	const run = async () => {
		const answer = await start.run();
		if (answer) go(`/stops${query({ kind: asked.kind, job: answer.value.job })}`);
	};
	if (job?.state === "done") return <Ranking value={job.result as ChainRanking} asked={asked} loading={false} />;
	return (
		<section class="section stack-s">
			<h2>{t("stops.bottlenecks")}</h2>
			<Kinds now={asked.kind ?? ""} />
			<Fault problem={start.problem ?? cancel.problem ?? error} />
			{job?.state === "failed" && <Notice kind="bad">{job.error}</Notice>}
			{job?.state === "cancelled" && <Notice kind="warm">{t("stops.job.cancelled")}</Notice>}
			{asked.job && !isOver(job) && !error ? (
				<div class="card pad form">
					<Progress label={t(job?.state === "running" ? "stops.job.running" : "stops.job.waiting")} done={job?.done ?? 0} of={job?.of ?? 0} />
					<Button busy={cancel.busy} onPress={() => void cancel.run()}>
						{t("stops.job.cancel")}
					</Button>
				</div>
			) : (
				<div class="card empty">
					<p>{why}</p>
					<p>
						<Button kind="main" busy={start.busy} onPress={() => void run()}>
							{t("stops.job.run")}
						</Button>
					</p>
				</div>
			)}
		</section>
	);
}

export function Bottlenecks({ asked }: { asked: Record<string, string> }) {
	const { value, error, loading } = useData<ChainRanking>(asked.job ? "" : `/chain-ranking${query({ kind: asked.kind, limit: 100 })}`);
	if (asked.job) return <RankJob asked={asked} why={t("stops.job.text")} />;
	if (error?.of("kind")) return <RankJob asked={asked} why={error.message} />;
	if (error) return <Failed problem={error} />;
	if (!value) return <Loading lines={8} />;
	return <Ranking value={value} asked={asked} loading={loading} />;
}
/* texts: stops.job.running stops.job.waiting */
