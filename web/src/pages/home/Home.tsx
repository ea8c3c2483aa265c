// What Zveno shows now: what the needs get alone and together, the latest lots, the registers.
import { useData } from "../../api/client";
import type { Lots, Run, Summary } from "../../api/types";
import { LotCards } from "../../views/LotCards";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { date, lang, money, number, percent, t, tn } from "../../state/i18n";

function Side({ kind, needs, of, amount, text }: { kind: "alone" | "pooled"; needs: number; of: number; amount: string; text: string }) {
	const share = of > 0 ? needs / of : 0;
	return (
		<div class={`side ${kind}`}>
			<h2>{t(kind === "alone" ? "home.alone" : "home.pooled")}</h2>
			<p class="big">
				{number(needs)} <span class="of">{t("home.of", { n: number(of) })}</span>
			</p>
			<div class="meter" aria-hidden="true">
				<div style={{ width: `${share * 100}%` }} />
			</div>
			<p class="under">
				<span>{percent(share)}</span>
				<span>{text}</span>
				<b>{money(amount)}</b>
			</p>
		</div>
	);
}

/* texts: home.alone home.pooled */
function Headline({ run }: { run: Run }) {
	const gained = run.pooled.needs - run.alone.needs;
	return (
		<section class="card headline" aria-label={t("home.headline")}>
			<Side kind="alone" needs={run.alone.needs} of={run.needs} amount={run.alone.amount} text={run.alone.text} />
			<Side kind="pooled" needs={run.pooled.needs} of={run.needs} amount={run.pooled.amount} text={run.pooled.text} />
			<p class="so">{gained > 0 ? tn("home.gained", gained) : t("home.nogain")}</p>
		</section>
	);
}

function Counts({ summary }: { summary: Summary }) {
	return (
		<section class="section">
			<h2>{t("home.registers")}</h2>
			<ul class="card counts">
				{summary.registers
					.filter((r) => r.count > 0)
					.map((r) => (
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

function Latest() {
	const { value, error } = useData<Lots>("/lots?limit=6");
	if (error) return <Failed problem={error} />;
	if (!value) return <Loading lines={4} />;
	if (value.items.length === 0) return <Empty title={t("lots.none")} text={t("lots.none.text")} />;
	return <LotCards lots={value.items} />;
}

export default function Home() {
	const { value, error } = useData<Summary>("/summary");
	if (error) return <Failed problem={error} />;
	if (!value)
		return (
			<>
				<PageHead title={t("home.title")} lead={"\u00a0"} />
				<Loading lines={7} />
			</>
		);
	const empty = value.registers.every((r) => r.count === 0);
	return (
		<>
			<PageHead title={t("home.title")} lead={t("home.lead", { date: date(value.run?.as_of ?? value.as_of) })} />
			<div class="stack">
				{value.run ? (
					<Headline run={value.run} />
				) : (
					<Empty
						title={t(empty ? "home.empty" : "home.norun")}
						text={t(empty ? "home.empty.text" : "home.norun.text")}
						command={empty ? "zveno demo --out demo.db && zveno --db demo.db lots && zveno --db demo.db serve" : "zveno lots"}
					/>
				)}
				<div class={value.run ? "home-grid" : undefined}>
					{value.run && (
						<section class="section">
							<h2>{t("home.latest")}</h2>
							<Latest />
						</section>
					)}
					{!empty && <Counts summary={value} />}
				</div>
			</div>
		</>
	);
}
/* texts: home.empty home.norun home.empty.text home.norun.text */
