// All lots computed anew, as a job with its progress.
import { useSignal } from "@preact/signals";
import { send } from "../api/client";
import { useAction } from "../api/data";
import { isOver, useJob } from "../api/job";
import { t } from "../state/i18n";
import { may } from "../state/session";
import { Button } from "../ui/Button";
import { Fault, Notice } from "../ui/Notice";
import { Progress } from "../ui/Progress";

export function RunLots() {
	const uid = useSignal("");
	const start = useAction(async (key) => {
		uid.value = (await send<{ job: string }>("/lots/run", { method: "POST", key })).value.job;
	});
	const { job, error } = useJob(uid.value);
	if (!may("lot.run")) return null;
	const running = uid.value !== "" && !isOver(job) && !error;
	return (
		<div class="stack-s">
			<Button busy={start.busy || running} onPress={() => void start.run()}>
				{t("lots.run")}
			</Button>
			{running && <Progress label={t("lots.running")} done={job?.done ?? 0} of={job?.of ?? 0} />}
			<Fault problem={start.problem ?? error} />
			{job?.state === "failed" && <Notice kind="bad">{job.error}</Notice>}
		</div>
	);
}
