// The state of a cluster, as a word with its colour.
import type { ClusterProfile } from "../api/types";
import { t } from "../state/i18n";

type State = NonNullable<ClusterProfile["cluster"]["state"]>;

const KIND: Record<State, string> = { planned: "", filed: "ask", in_register: "pass", excluded: "fail", liquidation: "fail" };

/* texts: cluster.state.planned cluster.state.filed cluster.state.in_register cluster.state.excluded cluster.state.liquidation */
export function StateBadge({ state }: { state: State }) {
	return <span class={`badge ${KIND[state]}`}>{t(`cluster.state.${state}`)}</span>;
}
