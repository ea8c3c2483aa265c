// What a pack has besides its rules: values by date, documents of an application, questions that no register answers.
import type { PackDetail } from "../../api/types";
import { date, t } from "../../state/i18n";
import { Table } from "../../ui/Table";

type Value = { key: string; title: string; name: string; from: string | null; to: string | null; text: string; source: string | null };

function Parameters({ pack }: { pack: PackDetail }) {
	const rows: Value[] = pack.parameters.flatMap((p) => p.values.map((v, i) => ({ ...v, key: `${p.name} ${i}`, title: p.title, name: p.name })));
	if (rows.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("pack.parameters")}</h2>
			<div class="card">
				<Table
					caption={t("pack.parameters")}
					rows={rows}
					id={(v) => v.key}
					columns={[
						{ id: "title", label: t("col.name"), cell: (v) => v.title || v.name },
						{ id: "name", label: t("pack.inrules"), cell: (v) => <code>{v.name}</code> },
						{ id: "from", label: t("pack.from"), num: true, cell: (v) => date(v.from) },
						{ id: "to", label: t("pack.to"), num: true, cell: (v) => date(v.to) },
						{ id: "text", label: t("evidence.value"), num: true, cell: (v) => <b>{v.text}</b> },
						{ id: "source", label: t("col.source"), cell: (v) => v.source ?? "" },
					]}
				/>
			</div>
		</section>
	);
}

function Documents({ pack }: { pack: PackDetail }) {
	if (pack.documents.length === 0) return null;
	const rule = (id: string | null) => pack.rules.find((r) => r.id === id)?.title ?? "";
	return (
		<section class="section">
			<h2>{t("pack.documents")}</h2>
			<div class="card">
				<Table
					caption={t("pack.documents")}
					rows={pack.documents}
					id={(d) => d.id}
					columns={[
						{ id: "title", label: t("col.name"), cell: (d) => d.title },
						{ id: "required", label: t("pack.required"), cell: (d) => t(d.required ? "word.yes" : "word.no") },
						{ id: "signature", label: t("pack.signature"), cell: (d) => t(d.signature ? "word.yes" : "word.no") },
						{ id: "criterion", label: t("check.criterion"), cell: (d) => rule(d.criterion) },
					]}
				/>
			</div>
		</section>
	);
}

/* texts: pack.type.yesno pack.type.number pack.type.money pack.type.date pack.type.text */
function Questions({ pack }: { pack: PackDetail }) {
	if (pack.declared.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("pack.questions")}</h2>
			<div class="card">
				<Table
					caption={t("pack.questions")}
					rows={pack.declared}
					id={(d) => d.name}
					columns={[
						{ id: "title", label: t("pack.question"), cell: (d) => d.title },
						{ id: "name", label: t("pack.inrules"), cell: (d) => <code>{d.name}</code> },
						{ id: "type", label: t("pack.type"), cell: (d) => t(`pack.type.${d.type}`) },
					]}
				/>
			</div>
		</section>
	);
}

export function PackParts({ pack }: { pack: PackDetail }) {
	return (
		<>
			<Parameters pack={pack} />
			<Documents pack={pack} />
			<Questions pack={pack} />
		</>
	);
}
