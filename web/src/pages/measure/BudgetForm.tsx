// The budget form of a grant: sums by category against their ceilings, faults at the lines.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { BudgetCheck, MeasureDetail } from "../../api/types";
import { money, t, tn } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Fault, Notice } from "../../ui/Notice";
import { Table } from "../../ui/Table";

type Category = MeasureDetail["categories"][number];

function bounds(c: Category, all: Category[]): string {
	const of = c.of ? t("budget.of", { of: all.find((o) => o.name === c.of)?.title ?? c.of }) : "";
	return [c.at_most && `${t("budget.atmost", { part: c.at_most })} ${of}`, c.at_least && t("budget.atleast", { part: c.at_least })].filter(Boolean).join(", ") || "—";
}

export function BudgetForm({ measure }: { measure: MeasureDetail }) {
	const sums = useSignal<Record<string, string>>({});
	const check = useAction(async (key) => {
		const lines = measure.categories.flatMap((c) => (sums.value[c.name]?.trim() ? [{ category: c.name, sum: sums.value[c.name]!.trim().replace(/\s/g, "").replace(",", ".") }] : []));
		result.value = (await send<BudgetCheck>("/budget-check", { method: "POST", body: { measure: measure.id, lines }, key, quiet: true })).value;
	});
	const result = useSignal<BudgetCheck | undefined>(undefined);
	const told = new Map(result.value?.lines.map((l) => [l.category, l]));
	return (
		<section class="section">
			<h2>{t("budget.title")}</h2>
			<form
				class="card"
				onSubmit={(e) => {
					e.preventDefault();
					void check.run();
				}}
			>
				<Table
					caption={t("budget.title")}
					rows={measure.categories}
					id={(c) => c.name}
					columns={[
						{ id: "title", label: t("budget.category"), cell: (c) => <label for={`sum-${c.name}`}>{c.title}</label> },
						{ id: "bounds", label: t("budget.ceiling"), cell: (c) => bounds(c, measure.categories) },
						{
							id: "sum",
							label: t("budget.sum"),
							num: true,
							cell: (c) => (
								<input
									class="field"
									id={`sum-${c.name}`}
									inputMode="decimal"
									value={sums.value[c.name] ?? ""}
									aria-invalid={told.get(c.name)?.fault ? true : undefined}
									aria-describedby={told.get(c.name)?.fault ? `fault-${c.name}` : undefined}
									onInput={(e) => (sums.value = { ...sums.value, [c.name]: e.currentTarget.value })}
								/>
							),
						},
						{ id: "share", label: t("budget.share"), num: true, cell: (c) => told.get(c.name)?.share ?? "" },
						{ id: "fault", label: t("budget.fault"), cell: (c) => <span class="field-error" id={`fault-${c.name}`}>{told.get(c.name)?.fault}</span> },
					]}
				/>
				<div class="pad stack-s">
					<Fault problem={check.problem} />
					{result.value && (
						<Notice kind={result.value.faults > 0 ? "warm" : "good"}>
							{t("budget.total", { sum: money(result.value.total) })} {result.value.faults > 0 ? tn("budget.faults", result.value.faults) : t("budget.fits")}
						</Notice>
					)}
					<div class="buttons">
						<Button kind="main" submit busy={check.busy}>
							{t("budget.check")}
						</Button>
					</div>
				</div>
			</form>
		</section>
	);
}
