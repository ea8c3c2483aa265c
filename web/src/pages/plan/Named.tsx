// Needs, offers and makers as cells of the tables of a plan. Of a need that the reader may not see there is its region alone.
import type { ComponentChildren } from "preact";
import type { PlanUncovered } from "../../api/types";
import { t } from "../../state/i18n";

// Numbers with their units, as they stand in sentences: "1 053 kg", "8,51 ₽/kg", "2.53 %".
const AMOUNT = /(\d[\d\s.,]*\s(?:[₽%]|\p{L}{1,5}(?!\p{L}))(?:\/\p{L}+)?)/u;

// A sentence in which no amount is broken between two lines.
export function Said({ text }: { text: string }) {
	return <>{text.split(AMOUNT).map((part, at) => (at % 2 === 1 ? <span class="nowrap">{part}</span> : part))}</>;
}

// What a cell says, and in small what belongs to it.
export function Two({ children, small }: { children: ComponentChildren; small: ComponentChildren[] }) {
	return (
		<div>
			{children}
			<br />
			<span class="quiet small">{small.filter(Boolean).map((part, at) => (at > 0 ? [" · ", part] : part))}</span>
		</div>
	);
}

type NeedPart = Pick<PlanUncovered, "need" | "hidden" | "enterprise">;

export function NeedCell({ of, more }: { of: NeedPart; more?: ComponentChildren }) {
	if (!of.need) return <span class="quiet">{t("plan.hidden")}</span>;
	return (
		<Two small={[of.need.key, of.enterprise?.name, more]}>
			<a href={`/needs/${of.need.uid}`}>{of.need.item}</a>
		</Two>
	);
}

export function MakerCell({ maker, period }: { maker: { uid: string; name: string; region: { name: string } }; period?: { text: string } }) {
	return (
		<Two small={[maker.region.name, period && <span class="nowrap">{period.text}</span>]}>
			<a href={`/registers/org/${maker.uid}`}>{maker.name}</a>
		</Two>
	);
}
