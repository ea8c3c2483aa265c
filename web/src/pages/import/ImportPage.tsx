// One import: the dry run with its progress, the report, applying it, taking it back.
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import { isOver, useJob } from "../../api/job";
import type { Import, ImportKind, Job } from "../../api/types";
import { bytes, moment, t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Fault, Notice } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Progress } from "../../ui/Progress";
import { Failed, Loading } from "../../ui/States";
import { UndoBatch } from "../../views/UndoBatch";
import { Pairs } from "./Pairs";
import { Report } from "./Report";

/* texts: import.running.check import.running.apply */
function Running({ job, apply }: { job: Job; apply: boolean }) {
	const cancel = useAction((key) => send(`/jobs/${job.uid}`, { method: "DELETE", key }));
	return (
		<section class="card pad form">
			<Progress label={t(apply ? "import.running.apply" : "import.running.check")} done={job.done} of={job.of} />
			<Fault problem={cancel.problem} />
			<Button busy={cancel.busy} onPress={() => void cancel.run()}>
				{t("import.cancel")}
			</Button>
		</section>
	);
}

function Apply({ it }: { it: Import }) {
	const apply = useAction((key) => send(`/imports/${it.uid}/apply`, { method: "POST", key }));
	const report = it.report!;
	const any = report.new + report.changed > 0;
	return (
		<section class="card pad form">
			<p>{any ? t("import.apply.text") : t("import.apply.nothing")}</p>
			<Fault problem={apply.problem} />
			<div class="buttons">
				{any && (
					<Button kind="main" busy={apply.busy} onPress={() => void apply.run()}>
						{t("import.apply")}
					</Button>
				)}
				<a class="button" href={`/imports?kind=${it.kind}`}>
					{t("import.another")}
				</a>
			</div>
		</section>
	);
}

function Applied({ batch }: { batch: string }) {
	return (
		<section class="card pad form">
			<Notice kind="good">
				<p>
					{t("import.done")} <a href={`/batches/${batch}`}>{t("import.batch")}</a>
				</p>
			</Notice>
			<UndoBatch uid={batch} />
		</section>
	);
}

export default function ImportPage({ params }: { params: string[] }) {
	const { value, error } = useData<Import>(`/imports/${params[0]}`);
	const kind = useData<{ items: ImportKind[] }>("/import-kinds").value?.items.find((k) => k.kind === value?.kind)?.label ?? "";
	const followed = value?.job && !isOver(value.job) ? value.job.uid : "";
	const { job } = useJob(followed);
	const now = job ?? value?.job ?? undefined;
	return (
		<>
			<PageHead title={value?.name ?? ""} crumbs={[["/imports", t("menu.imports")]]} lead={value ? `${kind} · ${bytes(value.size)} · ${moment(value.made_at)}` : "\u00a0"} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && (
				<div class="stack">
					{now && !isOver(now) && <Running job={now} apply={Boolean(value.report)} />}
					{now?.state === "failed" && <Notice kind="bad">{now.error}</Notice>}
					{now?.state === "cancelled" && <Notice kind="warm">{t("import.cancelled")}</Notice>}
					{value.batch && <Applied batch={value.batch} />}
					{value.report && <Report it={value} />}
					{value.report && value.report.duplicates > 0 && !value.batch && <Pairs />}
					{value.report && !value.batch && (!now || isOver(now)) && <Apply it={value} />}
				</div>
			)}
		</>
	);
}
