// Asked for and waiting for a second person, in force, or taken back.
import type { PackBrief } from "../../api/types";
import { t } from "../../state/i18n";

const KIND = { asked: "ask", in_force: "pass", withdrawn: "" } as const;

/* texts: pack.state.asked pack.state.in_force pack.state.withdrawn */
export function PackState({ state }: { state: PackBrief["state"] }) {
	return <span class={`badge ${KIND[state]}`}>{t(`pack.state.${state}`)}</span>;
}
