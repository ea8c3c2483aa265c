// What is covered of each priority, and what no plan can cover more than.
import type { Plan } from "../../api/types";
import { number, percent, t } from "../../state/i18n";
import { Table, type TableColumn } from "../../ui/Table";

type Level = Plan["levels"][number];
const WHOLE = 1000000;

// Shares of the quantity: covered, what a better plan might cover, what no plan can, of it what no maker can serve.
function Bar({ level }: { level: Level }) {
	const { covered_ppm: covered, bound_ppm: bound, constant_ppm: constant } = level;
	const known = bound !== null && constant !== null;
	const parts: [string, number][] = known
		? [
				["covered", covered],
				["open", bound - covered],
				["closed", WHOLE - bound - constant],
				["constant", constant],
			]
		: [
				["covered", covered],
				["left", WHOLE - covered],
			];
	const alt = known ? t("plan.level.alt", { covered: percentOf(covered), bound: percentOf(bound), constant: percentOf(constant) }) : t("plan.level.alt.bare", { covered: percentOf(covered) });
	return (
		<span class="level-bar" role="img" aria-label={alt} title={alt}>
			{parts.map(([kind, ppm]) => ppm > 0 && <i key={kind} class={kind} style={{ flexGrow: ppm / WHOLE }} />)}
		</span>
	);
}

// Always one digit after the point: whole percents would hide what the bound says.
export function percentOf(ppm: number): string {
	return percent(Math.floor(ppm / 1000) / 1000, 1, 1);
}

/* texts: plan.level.covered plan.level.open plan.level.closed plan.level.constant plan.level.left */
// The bound is not for everybody: without it the bar says covered or not, no more.
export function Coverage({ plan }: { plan: Plan }) {
	const known = plan.levels.every((l) => l.bound_ppm !== null);
	const kinds = known ? ["covered", "open", "closed", "constant"] : ["covered", "left"];
	const certified: TableColumn<Level>[] = [
		{ id: "bound", label: t("plan.level.bound"), num: true, cell: (l) => l.bound_text ?? (l.bound_ppm === null ? t("hidden") : percentOf(l.bound_ppm)) },
		{ id: "gap", label: t("plan.level.gap"), num: true, cell: (l) => l.gap_text },
	];
	return (
		<section class="section">
			<h2>{t("plan.levels")}</h2>
			<div class="card words levels">
				<Table
					caption={t("plan.levels")}
					rows={plan.levels}
					id={(l) => String(l.priority)}
					columns={[
						{ id: "priority", label: t("col.priority"), cell: (l) => <span class="nowrap">{t("plan.priority", { n: l.priority })}</span> },
						{ id: "bar", label: t("plan.level.share"), cell: (l) => <Bar level={l} /> },
						{ id: "needs", label: t("plan.level.needs"), num: true, cell: (l) => t("plan.of", { n: number(l.covered_needs), of: number(l.needs) }) },
						{ id: "covered", label: t("plan.level.qty"), num: true, cell: (l) => (l.qty_text === null ? t("hidden") : t("plan.of", { n: l.covered_text ?? "", of: l.qty_text })) },
						...(known ? certified : []),
					]}
				/>
				<p class="pad small quiet level-keys">
					{kinds.map((kind) => (
						<span key={kind}>
							<i class={`key ${kind}`} /> {t(`plan.level.${kind}`)}
						</span>
					))}
				</p>
			</div>
		</section>
	);
}
