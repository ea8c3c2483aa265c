// What the words of the search box find, in all registers.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Hit, Page, Register } from "../../api/types";
import { hrefOf } from "../../ui/links";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { lang, t } from "../../state/i18n";
import { place } from "../../state/router";

export default function SearchPage() {
	const q = place.value.query.get("q") ?? "";
	const registers = useData<{ registers: Register[] }>("/registers");
	const { value, error, loading } = useData<Page<Hit>>(q ? `/search${query({ q })}` : "");
	const label = (name: string) => registers.value?.registers.find((r) => r.name === name)?.label[lang.value] ?? name;
	return (
		<>
			<PageHead title={t("search.title", { q })} />
			{error && <Failed problem={error} />}
			{!error && !value && loading && <Loading lines={8} />}
			{value && value.items.length === 0 && <Empty title={t("list.nohit")} text={t("search.hint")} />}
			{value && value.items.length > 0 && (
				<div class="card">
					<Table
						caption={t("search.title", { q })}
						rows={value.items}
						id={(h) => h.uid}
						stale={loading}
						columns={[
							{ id: "name", label: t("col.name"), cell: (h) => <a href={hrefOf(h.register, h.uid)}>{h.name}</a> },
							{ id: "detail", label: t("col.detail"), cell: (h) => h.detail },
							{ id: "register", label: t("col.register"), cell: (h) => label(h.register) },
						]}
					/>
				</div>
			)}
		</>
	);
}
