// An organisation: what is known of it, its sites, needs and offers, who of it works here; a merge with another can be asked for.
import { useData } from "../../api/data";
import type { RecordDetail } from "../../api/types";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { PageHead } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { RecordValues } from "../../views/RecordValues";
import { Colleagues } from "./Colleagues";
import { MergeAsk } from "./MergeAsk";
import { OrgRows } from "./OrgRows";

export default function OrgPage({ params }: { params: string[] }) {
	const uid = params[1]!;
	const { value, error } = useData<RecordDetail>(`/org/${uid}`);
	const cell = (name: string) => value?.values.find((v) => v.column === name)?.text ?? "";
	return (
		<>
			<PageHead
				title={value?.name ?? ""}
				crumbs={[
					["/registers", t("menu.registers")],
					["/registers/org", t("org.all")],
				]}
				lead={value ? [cell("kind"), cell("inn") && t("org.inn", { inn: cell("inn") }), cell("region")].filter(Boolean).join(" · ") : "\u00a0"}
				side={
					value && (
						<div class="buttons">
							{may("support.read") && (
								<a class="button" href={`/support/${uid}`}>
									{t("cluster.support")}
								</a>
							)}
							{may("org.write") && (
								<a class="button" href={`/registers/org/${uid}/edit`}>
									{t("form.edit")}
								</a>
							)}
						</div>
					)
				}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={10} />}
			{value && (
				<div class="stack">
					<OrgRows org={uid} />
					<Colleagues org={uid} />
					<section class="section">
						<h2>{t("record.values")}</h2>
						<RecordValues record={value} />
					</section>
					{may("org.merge") && <MergeAsk org={uid} name={value.name} />}
				</div>
			)}
		</>
	);
}
