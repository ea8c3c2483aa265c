// What the register says of a cluster: order, edition, specialised organisation, products.
import type { ClusterProfile } from "../../api/types";
import { date, t } from "../../state/i18n";
import { type Labelled, Values } from "../../ui/Values";

function Specialised({ of }: { of: NonNullable<ClusterProfile["cluster"]["specialised"]> }) {
	return (
		<>
			<a href={`/registers/org/${of.org.uid}`}>{of.org.name}</a>{" "}
			{of.state === "liquidation" && <span class="badge fail">{t("cluster.state.liquidation")}</span>}
		</>
	);
}

export function Passport({ profile }: { profile: ClusterProfile }) {
	const c = profile.cluster;
	const order = c.order_no && (c.order_on ? t("cluster.order.of", { number: c.order_no, date: date(c.order_on) }) : c.order_no);
	const lines: Labelled[] = [
		[t("cluster.number"), c.number],
		[t("cluster.order"), order],
		[t("cluster.edition"), c.edition],
		[t("cluster.since"), c.state_on && date(c.state_on)],
		[t("cluster.valid"), c.valid_until && date(c.valid_until)],
		[t("cluster.specialised"), c.specialised && <Specialised of={c.specialised} />],
		[t("cluster.products"), c.products],
		[t("cluster.site"), c.site],
		[t("scouting.note"), c.note],
	];
	return (
		<section class="section">
			<div class="between">
				<h2>{t("cluster.passport")}</h2>
				<div class="buttons">
					{profile.may.write && (
						<a class="button" href={`/registers/cluster/${c.uid}/edit`}>
							{t("form.edit")}
						</a>
					)}
					<a class="button" href={`/registers/cluster/${c.uid}`}>
						{t("cluster.sources")}
					</a>
				</div>
			</div>
			<Values rows={lines} />
		</section>
	);
}
