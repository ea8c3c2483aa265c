// Who saw my data: every time something of the own organisation was shown to another, and why.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Disclosure, Page } from "../../api/types";
import { moment, t } from "../../state/i18n";
import { place } from "../../state/router";
import { hrefOfUid } from "../../ui/links";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Actor } from "../../ui/Person";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";

export default function DisclosureList() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Page<Disclosure>>(`/disclosures${query(asked)}`);
	const what = (d: Disclosure) => {
		const href = hrefOfUid(d.subject);
		return href ? <a href={href}>{d.what}</a> : <>{d.what}</>;
	};
	return (
		<>
			<PageHead title={t("disclosure.title")} lead={t("disclosure.lead")} />
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={6} />}
			{value && value.items.length === 0 && <Empty title={t("disclosure.none")} text={t("disclosure.none.text")} />}
			{value && value.items.length > 0 && (
				<>
					<div class="card">
						<Table
							caption={t("disclosure.title")}
							rows={value.items.map((d, at) => ({ ...d, place: at }))}
							id={(d) => String(d.place)}
							stale={loading}
							columns={[
								{ id: "what", label: t("col.what"), cell: what },
								{ id: "to", label: t("disclosure.to"), cell: (d) => d.to_org?.name ?? d.to_centre?.name ?? "—" },
								{ id: "reason", label: t("col.reason"), cell: (d) => d.reason },
								{ id: "actor", label: t("col.who"), cell: (d) => <Actor actor={d.actor} /> },
								{ id: "at", label: t("col.when"), num: true, cell: (d) => moment(d.at) },
							]}
						/>
					</div>
					<Pager base="/disclosures" asked={asked} page={value} />
				</>
			)}
		</>
	);
}
