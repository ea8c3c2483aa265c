// What stops if something stops: a question, its answer, and before it all causes by what they cost.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ChainRun } from "../../api/types";
import { t } from "../../state/i18n";
import { place } from "../../state/router";
import { may } from "../../state/session";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { Answer } from "./Answer";
import { Ask } from "./Ask";
import { Bottlenecks } from "./Bottlenecks";
import { SaveScenario } from "./SaveScenario";
import "./stop.css";

// With sources that are only proposed, the answer without them stands beside it.
function Run({ asked }: { asked: Record<string, string> }) {
	const { value, error, loading } = useData<ChainRun>(`/chain-run${query(asked)}`);
	const base = useData<ChainRun>(asked.with ? `/chain-run${query({ ...asked, with: "" })}` : "");
	if (error) return <Failed problem={error} />;
	if (base.error) return <Failed problem={base.error} />;
	if (!value || (asked.with && !base.value)) return <Loading lines={8} />;
	return (
		<>
			<SaveScenario asked={asked} title={value.causes.map((c) => c.title).join(" + ")} />
			<Answer run={value} base={asked.with ? base.value : undefined} stale={loading} />
		</>
	);
}

export default function StopsPage() {
	const asked = Object.fromEntries(place.value.query);
	const one = Boolean(asked.cause);
	return (
		<>
			<PageHead
				title={t("stops.title")}
				lead={t("stops.lead")}
				crumbs={one ? [["/stops", t("stops.bottlenecks")]] : undefined}
				side={
					<div class="buttons">
						<a class="button" href="/chain-graph">
							{t("graph.title")}
						</a>
						<a class="button" href="/chain-tree">
							{t("tree.title")}
						</a>
						{may("scenario") && (
							<a class="button" href="/scenarios">
								{t("scenario.title")}
							</a>
						)}
					</div>
				}
			/>
			<div class="stack">
				<Ask key={place.value.query.toString()} asked={asked} />
				{one ? <Run asked={asked} /> : <Bottlenecks asked={asked} />}
			</div>
		</>
	);
}
