// One item that is looked for: how many buyers, how much, whether a production run is reached.
import { useData } from "../../api/data";
import type { DemandCard } from "../../api/types";
import { number, percent, t } from "../../state/i18n";
import { session } from "../../state/session";
import { DemandFacts } from "../../views/DemandCards";
import { Failed, Loading } from "../../ui/States";
import { PageHead } from "../../ui/Page";

function Figures({ demand }: { demand: DemandCard }) {
	const facts = [
		[t("col.buyers"), demand.buyers === null ? "" : number(demand.buyers)],
		[t("col.regions"), demand.regions === null ? "" : number(demand.regions)],
		[t("demand.confirmed"), demand.confirmed ?? ""],
		[t("demand.possible"), demand.possible ?? ""],
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
					{!session.value.signed_in && <p class="quiet">{t("demand.enter")}</p>}
				</div>
			)}
		</>
	);
}
