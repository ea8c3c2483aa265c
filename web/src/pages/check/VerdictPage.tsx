// A verdict of the past with the pack and the facts that it used, and whether the same comes out of them today.
import { useData } from "../../api/data";
import type { KeptVerdict } from "../../api/types";
import { date, moment, t } from "../../state/i18n";
import { Actor } from "../../ui/Person";
import { Notice } from "../../ui/Notice";
import { FailedPage, PageHead } from "../../ui/Page";
import { Loading } from "../../ui/States";
import { hrefOfUid } from "../../ui/links";
import { Criterion } from "../../views/Criterion";
import { Counted } from "../../views/Truth";

export default function VerdictPage({ params }: { params: string[] }) {
	const { value, error } = useData<KeptVerdict>(`/verdicts/${params[0]}`);
	if (error) return <FailedPage problem={error} />;
	return (
		<>
			<PageHead
				title={value ? t("verdict.title", { subject: value.subject.name, date: date(value.on) }) : ""}
				crumbs={value && [[`${hrefOfUid(value.subject.uid) ?? "/clusters"}/check`, t("cluster.check")]]}
				lead={
					value ? (
						<>
							<a href={`/packs/${value.pack.uid}`}>{value.pack.name}</a> · {t("verdict.made", { at: moment(value.made_at) })} <Actor actor={value.made_by} />
						</>
					) : (
						"\u00a0"
					)
				}
			/>
			{!value && <Loading lines={12} />}
			{value && (
				<div class="stack">
					<Notice kind={value.same ? "good" : "warm"}>
						<p>{t(value.same ? "verdict.same" : "verdict.differs")}</p>
					</Notice>
					<section class="section">
						<h2>{value.pack.title}</h2>
						<Counted counts={value.counts} />
						<ul class="card criteria">
							{value.criteria.map((c) => (
								<Criterion key={c.id} of={c} />
							))}
						</ul>
					</section>
				</div>
			)}
		</>
	);
}
/* texts: verdict.same verdict.differs */
