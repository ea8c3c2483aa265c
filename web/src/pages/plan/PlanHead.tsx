// The head of every page of a plan: its title, when it was made and how, and its parts.
import type { ComponentChildren } from "preact";
import { useData } from "../../api/data";
import type { Plan, PlanHead as Head } from "../../api/types";
import { moment, t } from "../../state/i18n";
import { place } from "../../state/router";
import { PageHead } from "../../ui/Page";

/* texts: plan.mode.priced plan.mode.strict */
export function modeText(mode: Head["mode"]): string {
	return t(`plan.mode.${mode}`);
}

function partsOf(): [path: string, text: string][] {
	return [
		["", t("plan.overview")],
		["/orders", t("plan.orders")],
		["/uncovered", t("plan.uncovered")],
		["/unlocks", t("plan.unlocks")],
		["/missing", t("plan.missing")],
		["/flows", t("plan.flows")],
	];
}

export function Marks({ plan }: { plan: Head }) {
	return (
		<span class="marks">
			<span class="badge">{modeText(plan.mode)}</span>
			{plan.nightly && <span class="badge">{t("plan.nightly")}</span>}
			{plan.proved && <span class="badge pass">{t("plan.proved")}</span>}
			{plan.stopped && <span class="badge ask">{t("plan.stopped")}</span>}
		</span>
	);
}

// Until the plan has come: an empty head of the same height.
export function PlanHead({ uid, plan, part, side }: { uid: string; plan?: Plan; part?: string; side?: ComponentChildren }) {
	const base = `/plans/${uid}`;
	const here = place.value.path;
	return (
		<>
			<PageHead
				title={plan ? (part ?? plan.title) : ""}
				crumbs={[["/plans", t("menu.plans")], ...(part ? [[base, plan?.title ?? "…"] as [string, string]] : [])]}
				lead={plan ? part ? t("plan.lead.part", { at: moment(plan.made_at) }) : <>{t("plan.lead", { at: moment(plan.made_at), day: moment(plan.as_of) })} <Marks plan={plan} /></> : "\u00a0"}
				side={side}
			/>
			<nav class="tabs" aria-label={t("plan.parts")}>
				<ul>
					{partsOf().map(([path, text]) => (
						<li key={path}>
							<a href={base + path} aria-current={here === base + path ? "page" : path !== "" && here.startsWith(base + path + "/") ? "true" : undefined}>
								{text}
							</a>
						</li>
					))}
				</ul>
			</nav>
		</>
	);
}

export function usePlan(uid: string) {
	return useData<Plan>(`/plans/${uid}`);
}

// Files of one table of the plan, with the filters of the page.
export function Files({ base, asked = "", xlsx = true }: { base: string; asked?: string; xlsx?: boolean }) {
	return (
		<div class="buttons">
			<a class="button" href={`/api/v1${base}.csv${asked}`} download>
				CSV
			</a>
			{xlsx && (
				<a class="button" href={`/api/v1${base}.xlsx${asked}`} download>
					XLSX
				</a>
			)}
		</div>
	);
}
