// The registers there are, and how many rows each has.
import { useData } from "../../api/data";
import type { Register } from "../../api/types";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { lang, number, t } from "../../state/i18n";

export default function Registers() {
	const { value, error } = useData<{ registers: Register[] }>("/registers");
	return (
		<>
			<PageHead title={t("registers.title")} lead={t("registers.lead")} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={10} />}
			{value && (
				<div class="card">
					<Table
						caption={t("registers.title")}
						rows={value.registers}
						id={(r) => r.name}
						columns={[
							{ id: "name", label: t("col.register"), cell: (r) => <a href={r.name === "need" ? "/needs" : `/registers/${r.name}`}>{r.label[lang.value]}</a> },
							{ id: "count", label: t("col.rows"), num: true, cell: (r) => number(r.count) },
							{ id: "columns", label: t("col.columns"), cell: (r) => <span class="quiet small">{r.columns.map((c) => c.label[lang.value]).join(", ")}</span> },
						]}
					/>
				</div>
			)}
		</>
	);
}
