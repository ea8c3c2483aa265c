// What waits for the person who is signed in, with dates, and the figures of the role, each with the list behind it.
import { useData } from "../../api/data";
import type { HomeData, Summary } from "../../api/types";
import { lang, number, t } from "../../state/i18n";
import { may, session } from "../../state/session";
import { Empty, Failed, Loading } from "../../ui/States";
import { FailedPage, PageHead } from "../../ui/Page";
import { Pooling } from "../../views/Pooling";
import { AddTask } from "./AddTask";
import { TaskList } from "./TaskList";

function Figures({ figures }: { figures: HomeData["figures"] }) {
	return (
		<ul class="figures">
			{figures.map((f) => (
				<li key={f.code}>
					<a class="card figure" href={f.href || undefined}>
						<b>{typeof f.value === "number" ? number(f.value) : f.value}</b>
						<span>{f.label}</span>
					</a>
				</li>
			))}
		</ul>
	);
}

function Counts({ summary }: { summary: Summary }) {
	const filled = summary.registers.filter((r) => r.count > 0);
	if (filled.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("home.registers")}</h2>
			<ul class="card counts">
				{filled.map((r) => (
					<li key={r.name}>
						<a href={r.name === "need" ? "/needs" : `/registers/${r.name}`}>
							<span>{r.label[lang.value]}</span>
							<b>{number(r.count)}</b>
						</a>
					</li>
				))}
			</ul>
		</section>
	);
}

function Tasks({ home }: { home: HomeData }) {
	if (home.tasks.length > 0) return <TaskList tasks={home.tasks} />;
	return (
		<Empty title={t("home.notasks")} text={t("home.notasks.text")}>
			{may("need.write") && (
				<a class="button main" href="/needs/new">
					{t("need.new")}
				</a>
			)}
		</Empty>
	);
}

export default function Home() {
	const home = useData<HomeData>("/home");
	const summary = useData<Summary>("/summary");
	const account = session.value.account;
	if (home.error) return <FailedPage problem={home.error} />;
	return (
		<>
			<PageHead title={t("home.title")} lead={account ? t("home.lead", { name: account.name }) : "\u00a0"} />
			{!home.value || (summary.loading && !summary.value) ? (
				<Loading lines={8} />
			) : (
				<div class="stack">
					{home.value.figures.length > 0 && <Figures figures={home.value.figures} />}
					<div class="home-grid">
						<section class="section">
							<h2>{t("home.tasks")}</h2>
							<Tasks home={home.value} />
							{home.value.more && (
								<p>
									<a href="/tasks">{t("task.all")}</a>
								</p>
							)}
							<AddTask />
						</section>
						{summary.value && <Counts summary={summary.value} />}
					</div>
					{summary.error && <Failed problem={summary.error} />}
					{summary.value?.run && may("lot.read") && <Pooling run={summary.value.run} />}
				</div>
			)}
		</>
	);
}
