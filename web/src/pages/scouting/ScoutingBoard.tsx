// The board of a round: who answered what, who is silent (which is not "none"), and the answer of the own centre.
import { useData } from "../../api/data";
import type { Board, Scouting, ScoutingCentre } from "../../api/types";
import { date, moment, number, t } from "../../state/i18n";
import { may, session } from "../../state/session";
import { PageHead } from "../../ui/Page";
import { Progress } from "../../ui/Progress";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { AnswerForm } from "./AnswerForm";

/* texts: answer.exact answer.near answer.none */
export function AnswerBadge({ answer }: { answer: ScoutingCentre["answer"] }) {
	if (answer === null) return <span class="badge">{t("answer.silent")}</span>;
	return <span class={`badge ${answer === "exact" ? "pass" : answer === "near" ? "ask" : "fail"}`}>{t(`answer.${answer}`)}</span>;
}

function Facts({ round }: { round: Scouting }) {
	const hours = round.median_hours;
	const facts: [string, string][] = [
		[t("scouting.answered"), t("scouting.of", { n: number(round.n_answered), of: number(round.n_centres) })],
		[t("scouting.silent"), number(round.n_silent)],
		[t("scouting.median"), hours === null ? "—" : t("scouting.hours", { n: number(hours) })],
		[t("task.due"), date(round.deadline)],
	];
	return (
		<>
			<dl class="card facts">
				{facts.map(([label, value]) => (
					<div key={label}>
						<dt>{label}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
			<Progress label={t("scouting.answered")} done={round.n_answered} of={round.n_centres} />
		</>
	);
}

function Centres({ centres }: { centres: ScoutingCentre[] }) {
	return (
		<div class="card">
			<Table
				caption={t("scouting.board")}
				rows={centres}
				id={(c) => c.centre.code}
				columns={[
					{ id: "centre", label: t("col.centre"), cell: (c) => c.centre.name },
					{ id: "answer", label: t("scouting.answer"), cell: (c) => <AnswerBadge answer={c.answer} /> },
					{
						id: "makers",
						label: t("scouting.makers"),
						cell: (c) =>
							c.makers.map((m, i) => (
								<span key={m.uid}>
									{i > 0 && ", "}
									<a href={`/registers/org/${m.uid}`}>{m.name}</a>
								</span>
							)),
					},
					{ id: "note", label: t("scouting.note"), cell: (c) => c.note },
					{ id: "at", label: t("col.when"), num: true, cell: (c) => (c.answered_at ? moment(c.answered_at) : "") },
				]}
			/>
		</div>
	);
}

export default function ScoutingBoard({ params }: { params: string[] }) {
	const { value, error } = useData<Board>(`/scouting/${params[0]}`);
	const own = (value?.centres ?? []).filter((c) => may("scouting.answer") && session.value.account?.roles.some((g) => g.centre?.code === c.centre.code));
	return (
		<>
			<PageHead
				title={value ? t("scouting.of.need", { need: value.need.name }) : ""}
				crumbs={[["/scouting", t("menu.scouting")]]}
				lead={value ? t("scouting.since", { centre: value.centre.name, date: date(value.started_on) }) : "\u00a0"}
				side={
					value && (
						<a class="button" href={`/needs/${value.need.uid}`}>
							{t("scouting.need")}
						</a>
					)
				}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={10} />}
			{value && (
				<div class="stack">
					{value.note && <p class="card pad">{value.note}</p>}
					{value.state === "open" && own.map((c) => <AnswerForm key={c.centre.code} round={value.uid} mine={c} />)}
					<Facts round={value} />
					<Centres centres={value.centres ?? []} />
				</div>
			)}
		</>
	);
}
