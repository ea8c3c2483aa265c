// The first step of an import: which kind, its template, the file. Nothing is written to the registers yet.
import { useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { newKey, Problem, query } from "../../api/client";
import { useData } from "../../api/data";
import type { ImportBrief, ImportKind, Page } from "../../api/types";
import { upload } from "../../api/upload";
import { bytes, moment, t } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Button } from "../../ui/Button";
import { SelectField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { PageHead } from "../../ui/Page";
import { Progress } from "../../ui/Progress";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { DropFile } from "./DropFile";

function Upload({ kinds }: { kinds: ImportKind[] }) {
	const kind = place.value.query.get("kind") ?? kinds[0]?.kind ?? "";
	const file = useSignal<File | undefined>(undefined);
	const share = useSignal<number | undefined>(undefined);
	const problem = useSignal<Problem | undefined>(undefined);
	const key = useRef(newKey());
	const start = async () => {
		if (!file.value || share.value !== undefined) return;
		share.value = 0;
		problem.value = undefined;
		try {
			const { value } = await upload<{ uid: string }>(`/imports${query({ kind, name: file.value.name })}`, file.value, key.current, (s) => (share.value = s));
			go(`/imports/${value.uid}`);
		} catch (error) {
			problem.value = error as Problem;
			share.value = undefined;
		}
	};
	return (
		<div class="card pad form">
			<ol class="steps">
				<li>
					<SelectField id="kind" label={t("import.kind")} value={kind} onValue={(v) => go(`/imports${query({ kind: v })}`, true)} choices={kinds.map((k) => [k.kind, k.label])} />
					{kinds.find((k) => k.kind === kind)?.template && (
						<a class="button" href={`/api/v1/templates/${kind}.xlsx`} download>
							{t("import.template")}
						</a>
					)}
				</li>
				<li>
					<DropFile
						file={file.value}
						onFile={(f) => {
							file.value = f;
							key.current = newKey();
							problem.value = undefined;
						}}
					/>
				</li>
				<li>
					<p class="quiet">{t("import.dry")}</p>
					{share.value !== undefined && <Progress label={t("import.sending")} done={Math.round(share.value * 100)} of={100} />}
					<Fault problem={problem.value} />
					<Button kind="main" disabled={!file.value} busy={share.value !== undefined} onPress={() => void start()}>
						{t("import.check")}
					</Button>
				</li>
			</ol>
		</div>
	);
}

function Earlier({ kinds }: { kinds: ImportKind[] }) {
	const { value, error } = useData<Page<ImportBrief>>("/imports");
	if (error) return <Failed problem={error} />;
	if (!value || value.items.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("import.earlier")}</h2>
			<div class="card">
				<Table
					caption={t("import.earlier")}
					rows={value.items}
					id={(i) => i.uid}
					columns={[
						{ id: "name", label: t("col.file"), cell: (i) => <a href={`/imports/${i.uid}`}>{i.name}</a> },
						{ id: "kind", label: t("import.kind"), cell: (i) => kinds.find((k) => k.kind === i.kind)?.label ?? i.kind },
						{ id: "size", label: t("col.size"), num: true, cell: (i) => bytes(i.size) },
						{ id: "at", label: t("col.when"), num: true, cell: (i) => moment(i.made_at) },
						{ id: "state", label: t("col.state"), cell: (i) => <span class={i.batch ? "badge pass" : "badge"}>{i.batch ? t("import.applied") : t("import.checked")}</span> },
					]}
				/>
			</div>
		</section>
	);
}

export default function ImportStart() {
	const kinds = useData<{ items: ImportKind[] }>("/import-kinds");
	return (
		<>
			<PageHead title={t("import.title")} lead={t("import.lead")} />
			<div class="stack">
				{kinds.error && <Failed problem={kinds.error} />}
				{!kinds.error && !kinds.value && <Loading lines={8} />}
				{kinds.value && <Upload kinds={kinds.value.items} />}
				{kinds.value && <Earlier kinds={kinds.value.items} />}
			</div>
		</>
	);
}
