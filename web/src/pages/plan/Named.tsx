// Needs, offers and makers as cells of the tables of a plan. Of a need that the reader may not see there is its region alone.
import type { PlanUncovered } from "../../api/types";
import { t } from "../../state/i18n";

type NeedPart = Pick<PlanUncovered, "need" | "hidden" | "enterprise">;

export function NeedCell({ of }: { of: NeedPart }) {
	if (!of.need) return <span class="quiet">{t("plan.hidden")}</span>;
	return (
		<>
			<a href={`/needs/${of.need.uid}`}>{of.need.item}</a>
			<br />
			<span class="quiet small">{[of.need.key, of.enterprise?.name].filter(Boolean).join(" · ")}</span>
		</>
	);
}

export function MakerCell({ maker, period }: { maker: { uid: string; name: string; region: { name: string } }; period?: { text: string } }) {
	return (
		<>
			<a href={`/registers/org/${maker.uid}`}>{maker.name}</a>
			<br />
			<span class="quiet small">{[maker.region.name, period?.text].filter(Boolean).join(" · ")}</span>
		</>
	);
}
