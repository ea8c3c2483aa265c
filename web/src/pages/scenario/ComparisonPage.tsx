// Saved questions side by side: what each costs, when each process stands, and the difference from the first.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ScenarioComparison } from "../../api/types";
import { money, number, t } from "../../state/i18n";
import { place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import "./scenario.css";

type Beside = ScenarioComparison["processes"][number]["beside"][number];

// A minus is as wide as a plus, a hyphen is not.
const signed = (amount: string): string => (amount.startsWith("-") ? `−${money(amount.slice(1))}` : /[1-9]/.test(amount) ? `+${money(amount)}` : money(amount));

const day = (d: number | null): string => (d === null ? "—" : number(d));

const stands = (p: Beside): string =>
	p.first_day === null ? t("stops.neverstops") : p.stop_day === null ? t("stops.lower", { day: day(p.first_day) }) : p.back_day === null ? t("stops.standsfrom", { day: day(p.stop_day) }) : t("stops.stands", { from: day(p.stop_day), to: day(p.back_day) });

function Cell({ lost, difference, text, first }: { lost: string; difference: string; text?: string; first: boolean }) {
	return (
		<span class="scenario-cell">
			{text && <span class="quiet small">{text}</span>}
			<b class="nowrap">{money(lost)}</b>
			{!first && <span class="nowrap">{signed(difference)}</span>}
		</span>
	);
}

function Sums({ of }: { of: ScenarioComparison }) {
	return (
		<ol class="scenario-sums">
			{of.scenarios.map((s, i) => (
				<li key={s.scenario.uid} class="card pad">
					<a href={`/stops${query(s.scenario.question)}`}>{s.scenario.title}</a>
					<b class="scenario-lost">{money(s.lost)}</b>
					<span class="quiet small">{i === 0 ? t("scenario.first", { days: number(s.days) }) : t("scenario.difference", { difference: signed(s.difference), days: number(s.days) })}</span>
				</li>
			))}
		</ol>
	);
}

function Processes({ of }: { of: ScenarioComparison }) {
	return (
		<section class="section">
			<h2>{t("scenario.processes")}</h2>
			<div class="card words">
				<Table
					caption={t("scenario.processes")}
					rows={of.processes}
					id={(p) => `${p.org ?? ""} ${p.process}`}
					columns={[
						{ id: "name", label: t("stops.process"), cell: (p) => <b>{p.name}</b> },
						...of.scenarios.map((s, i) => ({
							id: s.scenario.uid,
							label: s.scenario.title,
							num: true,
							cell: (p: ScenarioComparison["processes"][number]) => <Cell {...p.beside[i]!} text={stands(p.beside[i]!)} first={i === 0} />,
						})),
					]}
				/>
			</div>
		</section>
	);
}

function Enterprises({ of }: { of: ScenarioComparison }) {
	return (
		<section class="section">
			<h2>{t("scenario.enterprises")}</h2>
			<div class="card words">
				<Table
					caption={t("scenario.enterprises")}
					rows={of.enterprises}
					id={(o) => o.org ?? ""}
					columns={[
						{ id: "name", label: t("scenario.enterprise"), cell: (o) => o.org ?? t("scenario.nobody") },
						...of.scenarios.map((s, i) => ({
							id: s.scenario.uid,
							label: s.scenario.title,
							num: true,
							cell: (o: ScenarioComparison["enterprises"][number]) => <Cell {...o.beside[i]!} first={i === 0} />,
						})),
					]}
				/>
			</div>
		</section>
	);
}

export default function ComparisonPage() {
	const uids = place.value.query.get("uids") ?? "";
	const { value, error } = useData<ScenarioComparison>(`/scenario-comparison${query({ uids })}`);
	return (
		<>
			<PageHead
				title={t("scenario.compared")}
				lead={t("scenario.compared.lead")}
				crumbs={[["/scenarios", t("scenario.title")]]}
				side={
					value && (
						<a class="button" href={`/api/v1/scenario-comparison.csv${query({ uids })}`} download>
							{t("scenario.csv")}
						</a>
					)
				}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && (
				<div class="stack">
					<Sums of={value} />
					{value.processes.length === 0 ? <Empty title={t("scenario.nothing")} text={t("scenario.nothing.text")} /> : <Processes of={value} />}
					{value.enterprises.length > 0 && <Enterprises of={value} />}
				</div>
			)}
		</>
	);
}
