// A pack: its criteria or measures, its parameters by date, its documents and questions, its text.
import { useData } from "../../api/data";
import type { PackDetail } from "../../api/types";
import { date, moment, t } from "../../state/i18n";
import { Notice } from "../../ui/Notice";
import { FailedPage, PageHead } from "../../ui/Page";
import { Actor } from "../../ui/Person";
import { Loading } from "../../ui/States";
import { PackParts } from "./PackParts";
import { PackState } from "./PackState";
import { Rules } from "./Rules";

function Facts({ pack }: { pack: PackDetail }) {
	const facts: [string, string][] = [
		[t("pack.kind"), t(`pack.kind.${pack.kind}`)],
		[t("pack.level"), t(`pack.level.${pack.level}`)],
		[t("pack.from"), date(pack.valid_from)],
		[t("pack.to"), date(pack.valid_to)],
		[t("pack.confidence"), t(`check.confidence.${pack.confidence}`)],
	];
	return (
		<dl class="card facts">
			{facts.map(([label, value]) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}

function Text({ pack }: { pack: PackDetail }) {
	return (
		<section class="section">
			<div class="between">
				<h2>{t("pack.text")}</h2>
				<a class="button" href={`/api/v1/packs/${pack.uid}/text`} download={`${pack.name}.rules`}>
					{t("pack.download")}
				</a>
			</div>
			<p class="quiet small">
				{t("pack.digest")} <code class="digest">{pack.digest}</code>
			</p>
		</section>
	);
}

export default function PackPage({ params }: { params: string[] }) {
	const { value, error } = useData<PackDetail>(`/packs/${params[0]}`);
	if (error) return <FailedPage problem={error} />;
	return (
		<>
			<PageHead
				title={value?.title ?? ""}
				crumbs={[["/packs", t("pack.title")]]}
				lead={
					value ? (
						<>
							<code>{value.name}</code> <PackState state={value.state} /> {t("pack.loaded", { at: moment(value.loaded_at) })} <Actor actor={value.loaded_by} />
						</>
					) : (
						"\u00a0"
					)
				}
			/>
			{!value && <Loading lines={12} />}
			{value && (
				<div class="stack">
					{value.state === "asked" && (
						<Notice kind="warm">
							<p>
								{t("pack.waits")} <a href="/approvals">{t("menu.approvals")}</a>
							</p>
						</Notice>
					)}
					<Facts pack={value} />
					{value.source && (
						<p>
							<b>{t("col.source")}:</b> {value.source}
						</p>
					)}
					<Rules pack={value} />
					<PackParts pack={value} />
					<Text pack={value} />
				</div>
			)}
		</>
	);
}
/* texts: pack.kind.cluster pack.kind.support pack.level.federal pack.level.regional pack.level.own check.confidence.high check.confidence.medium check.confidence.low */
