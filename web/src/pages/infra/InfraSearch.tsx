// Where a project can stand: by a project, or by figures; what fits, what must be asked, what does not fit and why.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { InfraSearch as Search, Page, Row } from "../../api/types";
import { number, t, tn } from "../../state/i18n";
import { go, place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { VerdictBadge } from "../../ui/Verdict";

type Place = Search["items"][number];

/* texts: infra.land_m2 infra.floor_m2 infra.power_kw infra.gas_m3h infra.water_m3d */
const FIGURES = ["land_m2", "floor_m2", "power_kw", "gas_m3h", "water_m3d"] as const;
const NAMES = ["project", "region", "near", ...FIGURES, "rail", "hazard_class", "services", "technological"];

function Figure({ name, asked }: { name: (typeof FIGURES)[number]; asked: Record<string, string> }) {
	return (
		<label>
			{t(`infra.${name}`)}
			<input class="field" name={name} inputMode="numeric" value={asked[name] ?? ""} />
		</label>
	);
}

function Form({ asked }: { asked: Record<string, string> }) {
	const projects = useData<Page<Row>>("/projects?limit=200");
	const regions = useData<{ items: { code: string; name: string }[] }>("/regions");
	const fault = regions.error ?? projects.error;
	if (fault) return <Failed problem={fault} />;
	return (
		<form
			class="card pad filters wide"
			onSubmit={(e) => {
				e.preventDefault();
				const form = new FormData(e.currentTarget);
				go(`/infra${query(Object.fromEntries(NAMES.map((n) => [n, (form.get(n) ?? "").toString().trim()])))}`);
			}}
		>
			{(projects.value?.items.length ?? 0) > 0 && (
				<label class="grow">
					{t("infra.project")}
					<select class="field" name="project" value={asked.project ?? ""}>
						<option value="">{t("infra.byfigures")}</option>
						{projects.value?.items.map((p) => (
							<option key={p.uid} value={p.uid}>
								{p.name}
							</option>
						))}
					</select>
				</label>
			)}
			<label>
				{t("infra.region")}
				<select class="field" name="region" value={asked.region ?? ""}>
					<option value="">{t("list.any")}</option>
					{regions.value?.items.map((r) => (
						<option key={r.code} value={r.code}>
							{r.name}
						</option>
					))}
				</select>
			</label>
			{FIGURES.map((name) => (
				<Figure key={name} name={name} asked={asked} />
			))}
			<label>
				{t("infra.hazard")}
				<select class="field" name="hazard_class" value={asked.hazard_class ?? ""}>
					<option value="">{t("list.any")}</option>
					{["1", "2", "3", "4", "5"].map((c) => (
						<option key={c} value={c}>
							{c}
						</option>
					))}
				</select>
			</label>
			<label class="check-line">
				<input type="checkbox" name="rail" value="true" checked={asked.rail === "true"} /> {t("infra.rail")}
			</label>
			<label class="check-line">
				<input type="checkbox" name="technological" value="true" checked={asked.technological === "true"} /> {t("infra.technological")}
			</label>
			<button class="button main" type="submit">
				{t("infra.find")}
			</button>
		</form>
	);
}

function Lines({ checks }: { checks: Place["checks"] }) {
	return (
		<ul class="checks">
			{checks.map((c) => (
				<li key={c.name}>
					<VerdictBadge verdict={c.truth === "unknown" ? "ask" : c.truth} /> {c.label}: {t("infra.needhave", { need: c.need, have: c.have ?? t("infra.notstated") })}
				</li>
			))}
		</ul>
	);
}

// What does not fit is said; what must be asked and what fits is counted and folded.
function Checks({ place: p }: { place: Place }) {
	const failed = p.checks.filter((c) => c.truth === "fail");
	const others = p.checks.filter((c) => c.truth !== "fail");
	const unknown = others.filter((c) => c.truth === "unknown").length;
	return (
		<>
			{failed.length > 0 && <Lines checks={failed} />}
			{others.length > 0 && (
				<details>
					<summary class="small">{t("infra.others", { fits: number(others.length - unknown), unknown: number(unknown) })}</summary>
					<Lines checks={others} />
				</details>
			)}
		</>
	);
}

/* texts: infra.fits infra.ask infra.unfit */
function Item({ place: p }: { place: Place }) {
	const verdict = p.fits === null ? "ask" : p.fits ? "pass" : "fail";
	return (
		<li class="card pad">
			<div class="between">
				<h2 class="h3">
					<a href={`/registers/infra/${p.infra.uid}`}>{p.infra.name}</a>
				</h2>
				<span class={`badge ${verdict}`}>{t(`infra.${p.fits === null ? "ask" : p.fits ? "fits" : "unfit"}`)}</span>
			</div>
			<p class="quiet small">{[t(`infra.kind.${p.kind}`), p.region?.name, p.distance_km === null ? "" : t("infra.km", { n: number(p.distance_km) })].filter(Boolean).join(" · ")}</p>
			{p.checks.length > 0 && <Checks place={p} />}
		</li>
	);
}

export default function InfraSearch() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error } = useData<Search>(`/infra-search${query(asked)}`);
	return (
		<>
			<PageHead
				title={t("infra.title")}
				lead={value?.project ? t("infra.lead.project", { name: value.project.name }) : t("infra.lead")}
				side={
					<a class="button" href="/registers/infra">
						{t("infra.register")}
					</a>
				}
			/>
			<div class="stack">
				<Form key={place.value.query.toString()} asked={asked} />
				{error && <Failed problem={error} />}
				{!error && !value && <Loading lines={8} />}
				{value && (
					<p class="quiet" role="status">
						{tn("infra.counts", value.counts.fits + value.counts.unknown + value.counts.unfit, { fits: number(value.counts.fits), unknown: number(value.counts.unknown), unfit: number(value.counts.unfit) })}
					</p>
				)}
				{value && value.items.length < value.counts.fits + value.counts.unknown + value.counts.unfit && <p class="quiet small">{t("infra.first", { n: number(value.items.length) })}</p>}
				{value && value.items.length === 0 && <Empty title={t("infra.none")} text={t("infra.none.text")} />}
				{value && value.items.length > 0 && (
					<ul class="stack-s">
						{value.items.map((p) => (
							<Item key={p.infra.uid} place={p} />
						))}
					</ul>
				)}
			</div>
		</>
	);
}
