// The documents of an application: what is asked for, what is there, its signature, and the digests under which they are kept.
import { useSignal } from "@preact/signals";
import { newKey, type Problem } from "../../api/client";
import type { Application } from "../../api/types";
import { upload } from "../../api/upload";
import { bytes, t } from "../../state/i18n";
import { Fault } from "../../ui/Notice";
import { Progress } from "../../ui/Progress";

type Document = Application["checklist"][number];

const SHOWN = 16; // characters of a digest

function Put({ application: a, document: d, part, label, etag }: { application: Application; document: Document; part: "" | "/signature"; label: string; etag: string }) {
	const share = useSignal<number | undefined>(undefined);
	const problem = useSignal<Problem | undefined>(undefined);
	const put = async (file: File) => {
		share.value = 0;
		problem.value = undefined;
		try {
			await upload(`/applications/${a.uid}/documents/${d.document}${part}?name=${encodeURIComponent(file.name)}`, file, newKey(), (s) => (share.value = s), { method: "PUT", etag });
		} catch (error) {
			problem.value = error as Problem;
		}
		share.value = undefined;
	};
	const id = `file-${d.document}${part.replace("/", "-")}`;
	return (
		<div class="stack-s">
			<label class="button" for={id}>
				{label}
				<span class="unseen">: {d.title}</span>
			</label>
			<input class="unseen" type="file" id={id} onChange={(e) => e.currentTarget.files?.[0] && void put(e.currentTarget.files[0])} />
			{share.value !== undefined && <Progress label={label} done={Math.round(share.value * 100)} of={100} />}
			<Fault problem={problem.value} />
		</div>
	);
}

function Kept({ application: a, document: d }: { application: Application; document: Document }) {
	const base = `/api/v1/applications/${a.uid}/documents/${d.document}`;
	if (!d.file) return <p class="quiet">{t("document.none")}</p>;
	return (
		<ul class="small">
			<li>
				<a href={`${base}/file`} download={d.file.name}>
					{d.file.name}
				</a>{" "}
				<span class="quiet">
					{bytes(d.file.size)} · <code>{d.file.digest.slice(0, SHOWN)}…</code>
				</span>
			</li>
			{d.file.signature && (
				<li>
					{t("document.signature")}:{" "}
					<a href={`${base}/signature`} download={d.file.signature.name}>
						{d.file.signature.name}
					</a>{" "}
					<span class="quiet">
						<code>{d.file.signature.digest.slice(0, SHOWN)}…</code> {t("document.notverified")}
					</span>
				</li>
			)}
		</ul>
	);
}

function Item({ application: a, document: d, etag }: { application: Application; document: Document; etag: string }) {
	const complete = d.file !== null && !d.missing;
	const criterion = a.criteria.find((c) => c.id === d.criterion)?.title;
	return (
		<li class="card pad stack-s" data-document={d.document}>
			<div class="between">
				<h3>{d.title}</h3>
				<span class={complete ? "badge pass" : d.required ? "badge fail" : "badge"}>{complete ? t("document.there") : d.required ? t("document.required") : t("document.optional")}</span>
			</div>
			{criterion && <p class="small quiet">{t("document.proves", { criterion })}</p>}
			<Kept application={a} document={d} />
			{d.editable && a.may.edit && (
				<div class="buttons">
					<Put application={a} document={d} part="" label={d.file ? t("document.replace") : t("document.add")} etag={etag} />
					{d.file && d.signature && <Put application={a} document={d} part="/signature" label={d.file.signature ? t("document.signature.replace") : t("document.signature.add")} etag={etag} />}
				</div>
			)}
		</li>
	);
}

export function Checklist({ application, etag }: { application: Application; etag: string }) {
	return (
		<section class="section">
			<h2>{t("application.checklist")}</h2>
			<ul class="stack-s">
				{application.checklist.map((d) => (
					<Item key={d.document} application={application} document={d} etag={etag} />
				))}
			</ul>
		</section>
	);
}
