// What the applicant does next: pre-check, submit, hand corrections in; and what is still missing for it.
import type { Application } from "../../api/types";
import { t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Fault, Notice } from "../../ui/Notice";
import { Counted } from "../../views/Truth";
import { useStep } from "./act";

/* texts: application.next.draft application.next.precheck application.next.submitted application.next.questions application.next.corrections application.next.corrected application.next.decided */
export function Submit({ application: a, etag }: { application: Application; etag: string }) {
	const step = useStep(a.uid, etag);
	const drafting = a.state === "draft" || a.state === "precheck";
	return (
		<section class="stack-s">
			<Notice kind={a.state === "corrections" || a.state === "questions" ? "warm" : "plain"}>{t(`application.next.${a.state}`)}</Notice>
			{drafting && <Counted counts={a.checked} />}
			{a.checked.missing.length > 0 && (
				<Notice kind="warm">
					<p>{t("application.missing")}</p>
					<ul class="dots">
						{a.checked.missing.map((m) => (
							<li key={m.kind + m.id}>{m.text}</li>
						))}
					</ul>
				</Notice>
			)}
			<Fault problem={step.problem} />
			<div class="buttons">
				{a.may.precheck && (
					<Button busy={step.busy} onPress={() => void step.run("precheck")}>
						{t("application.precheck.do")}
					</Button>
				)}
				{drafting && a.may.edit && (
					<Button kind="main" busy={step.busy} disabled={!a.may.submit || !a.checked.ready} onPress={() => void step.run("submit")}>
						{t("application.submit")}
					</Button>
				)}
				{a.may.correct && (
					<Button kind="main" busy={step.busy} onPress={() => void step.run("corrections")}>
						{t("application.correct")}
					</Button>
				)}
				{a.may.withdraw && (
					<Button kind="danger" busy={step.busy} onPress={() => confirm(t("application.withdraw.sure")) && void step.run("withdrawal")}>
						{t("application.withdraw")}
					</Button>
				)}
				{a.frozen && (
					<a class="button" href={`/api/v1/applications/${a.uid}/frozen`} download>
						{t("application.frozen.get")}
					</a>
				)}
				<a class="button" href={`/api/v1/applications/${a.uid}/checklist.csv`} download>
					{t("application.checklist.get")}
				</a>
			</div>
		</section>
	);
}
