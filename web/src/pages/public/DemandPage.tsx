// One item that is looked for: how many buyers, how much, whether a production run is reached.
import { useData } from "../../api/data";
import type { DemandCard } from "../../api/types";
import { number, percent, t } from "../../state/i18n";
import { session } from "../../state/session";
import { DemandFacts } from "../../views/DemandCards";
import { Failed, Loading } from "../../ui/States";
import { PageHead } from "../../ui/Page";
import { Table } from "../../ui/Table";

function Figures({ demand }: { demand: DemandCard }) {
	const facts = [
		[t("col.buyers"), demand.buyers === null ? "" : number(demand.buyers)],
		[t("col.regions"), demand.regions === null ? "" : number(demand.regions)],
		[t("demand.declared"), demand.declared ?? ""],
		[t("demand.confirmed"), demand.confirmed ?? (demand.band ? `${demand.band.low.text} – ${demand.band.high.text}` : "")],
		[t("demand.possible"), demand.possible ? `+${demand.possible}` : ""],
		[t("demand.threshold"), demand.threshold ?? ""],
		[t("demand.reached"), demand.reached === null ? "" : percent(demand.reached / 100)],
	].filter(([, value]) => value !== "");
	if (facts.length === 0) return null;
	return (
		<dl class="card facts">
			{facts.map(([label, value]) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}

function Curve({ demand }: { demand: DemandCard }) {
	if (demand.curve.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("lot.curve")}</h2>
			<div class="card">
				<Table
					caption={t("lot.curve")}
					rows={demand.curve}
					id={(p) => String(p.qty.base)}
					columns={[
						{ id: "qty", label: t("col.lotsize"), cell: (p) => p.qty.text },
						{ id: "price", label: t("col.price"), num: true, cell: (p) => p.price.text },
					]}
				/>
			</div>
		</section>
	);
}

function Places({ demand }: { demand: DemandCard }) {
	if (demand.places.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("public.where")}</h2>
			<div class="card">
				<Table
					caption={t("public.where")}
					rows={demand.places}
					id={(p) => p.code}
					columns={[
						{ id: "name", label: t("col.region"), cell: (p) => (p.district ? t("map.district", { name: p.name }) : p.name) },
						{ id: "buyers", label: t("col.buyers"), num: true, cell: (p) => number(p.buyers) },
					]}
				/>
			</div>
		</section>
	);
}

export default function DemandPage({ params }: { params: string[] }) {
	const { value, error } = useData<DemandCard>(`/public/demand/${params[0]}`);
	return (
		<>
			<PageHead title={value?.name ?? ""} crumbs={[["/demand", t("menu.demand")]]} lead={value ? [value.cas && `CAS ${value.cas}`, value.okpd2].filter(Boolean).join(" · ") || "\u00a0" : "\u00a0"} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={5} />}
			{value && (
				<div class="stack">
					<div class="card pad">
						<DemandFacts demand={value} />
					</div>
					<Figures demand={value} />
					<div class="halves">
						<Curve demand={value} />
						<Places demand={value} />
					</div>
					{!session.value.signed_in && <p class="quiet">{t("demand.enter")}</p>}
				</div>
			)}
		</>
	);
}
