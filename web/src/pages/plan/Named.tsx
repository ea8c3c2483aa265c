// Needs, offers and makers as cells of the tables of a plan. Of a need that the reader may not see there is its region alone.
import type { ComponentChildren } from "preact";
import type { PlanUncovered } from "../../api/types";
import { t } from "../../state/i18n";

// What a cell says, and in small what belongs to it.
export function Two({ children, small }: { children: ComponentChildren; small: (string | undefined)[] }) {
	return (
		<div>
			{children}
			<br />
			<span class="quiet small">{small.filter(Boolean).join(" · ")}</span>
		</div>
	);
}

type NeedPart = Pick<PlanUncovered, "need" | "hidden" | "enterprise">;

export function NeedCell({ of }: { of: NeedPart }) {
	if (!of.need) return <span class="quiet">{t("plan.hidden")}</span>;
	return (
		<Two small={[of.need.key, of.enterprise?.name]}>
			<a href={`/needs/${of.need.uid}`}>{of.need.item}</a>
		</Two>
	);
}

export function MakerCell({ maker, period }: { maker: { uid: string; name: string; region: { name: string } }; period?: { text: string } }) {
	return (
		<Two small={[maker.region.name, period?.text]}>
			<a href={`/registers/org/${maker.uid}`}>{maker.name}</a>
		</Two>
	);
}
