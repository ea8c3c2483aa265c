// The audit trail: who did what to what; its head to be written down; the proof that nothing was changed.
import { useSignal } from "@preact/signals";
import { query, send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import { isOver, useJob } from "../../api/job";
import type { AuditHead, AuditRow, Job, Page } from "../../api/types";
import { moment, number, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Button } from "../../ui/Button";
import { Fault, Notice } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Actor } from "../../ui/Person";
import { Progress } from "../../ui/Progress";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { hrefOfUid } from "../../ui/links";

function Verify() {
	const uid = useSignal("");
	const start = useAction(async (key) => {
		uid.value = (await send<{ job: string }>("/audit/verify", { method: "POST", key })).value.job;
	});
	const { job, error } = useJob(uid.value);
	const running = uid.value !== "" && !isOver(job);
	return (
		<div class="form">
			<Button busy={start.busy || running} onPress={() => void start.run()}>
				{t("audit.verify")}
			</Button>
			<Fault problem={start.problem ?? error} />
			{running && <Progress label={t("audit.verifying")} done={job?.done ?? 0} of={job?.of ?? 0} />}
			{job && <Verdict job={job} />}
		</div>
	);
}

// What the proof says (docs/api/openapi.json, job "audit.verify").
interface Verified {
	ok: boolean;
	rows: number;
	broken_n: number;
	reason: string;
}

function Verdict({ job }: { job: Job }) {
	const told = job.result as Verified | null;
	if (job.state === "failed") return <Notice kind="bad">{job.error}</Notice>;
	if (job.state !== "done" || !told) return null;
	return told.ok ? <Notice kind="good">{t("audit.ok", { n: number(told.rows) })}</Notice> : <Notice kind="bad">{t("audit.broken", { n: number(told.broken_n), reason: told.reason })}</Notice>;
}

function Head() {
	const { value, error } = useData<AuditHead>("/audit/head");
	if (error) return null; // whoever sees a part of the trail cannot verify the whole
	if (!value) return <Loading lines={3} />;
	return (
		<section class="card pad audit-head">
			<div>
				<p class="quiet small">{t("audit.head")}</p>
				<p>
					<b>{number(value.n)}</b> <code class="secret">{value.anchor}</code>
				</p>
				<p class="quiet small">{t("audit.head.text")}</p>
			</div>
			<Verify />
		</section>
	);
}

// {"rows":3} as "rows: 3".
function detailText(detail: unknown): string {
	if (typeof detail !== "object" || detail === null) return "";
	return Object.entries(detail)
		.map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
		.join(", ");
}

function Filter() {
	const subject = place.value.query.get("subject") ?? "";
	return (
		<form
			class="filters"
			onSubmit={(e) => {
				e.preventDefault();
				go(`/audit${query({ subject: new FormData(e.currentTarget).get("subject")!.toString().trim() })}`);
			}}
		>
			<label class="grow">
				{t("audit.subject")}
				<input class="field" name="subject" type="search" autocomplete="off" value={subject} />
			</label>
			<button class="button" type="submit">
				{t("list.find")}
			</button>
		</form>
	);
}

export default function AuditPage() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Page<AuditRow>>(`/audit${query(asked)}`);
	const subject = (uid: string) => {
		const href = hrefOfUid(uid);
		return href ? <a href={href}>{uid}</a> : uid;
	};
	return (
		<>
			<PageHead title={t("audit.title")} lead={t("audit.lead")} />
			<div class="stack">
				<Head />
				<Filter key={asked.subject} />
				{error && <Failed problem={error} />}
				{!error && !value && <Loading lines={10} />}
				{value && value.items.length === 0 && <Empty title={t("list.nohit")} text={t("audit.none")} />}
				{value && value.items.length > 0 && (
					<div>
						<div class="card">
							<Table
								caption={t("audit.title")}
								rows={value.items}
								id={(a) => String(a.n)}
								stale={loading}
								columns={[
									{ id: "n", label: "№", num: true, cell: (a) => number(a.n) },
									{ id: "at", label: t("col.when"), num: true, cell: (a) => moment(a.at) },
									{ id: "actor", label: t("col.who"), cell: (a) => <Actor actor={a.actor} /> },
									{ id: "action", label: t("col.what"), cell: (a) => <span class="nowrap">{a.action}</span> },
									{ id: "subject", label: t("col.subject"), cell: (a) => <span class="small">{subject(a.subject)}</span> },
									{ id: "detail", label: t("col.detail"), cell: (a) => <span class="small quiet">{detailText(a.detail)}</span> },
								]}
							/>
						</div>
						<Pager base="/audit" asked={asked} page={value} />
					</div>
				)}
			</div>
		</>
	);
}
