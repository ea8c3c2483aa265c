// Where an application stands, as a word with its colour.
import type { ApplicationBrief } from "../../api/types";
import { t } from "../../state/i18n";

/* texts: application.draft application.precheck application.submitted application.questions application.corrections application.corrected application.decided application.accepted application.refused application.withdrawn */
export function ApplicationState({ application: a }: { application: { state: ApplicationBrief["state"]; decision: ApplicationBrief["decision"] } }) {
	if (a.state === "decided") return <span class={a.decision === "accepted" ? "badge pass" : "badge fail"}>{t(`application.${a.decision ?? "refused"}`)}</span>;
	return <span class={a.state === "questions" || a.state === "corrections" ? "badge ask" : "badge"}>{t(`application.${a.state}`)}</span>;
}
