// The page for everybody: which demand looks for production, and where.
import { useData } from "../../api/data";
import type { DemandCard, Page, RegionFigures } from "../../api/types";
import { t } from "../../state/i18n";
import { go } from "../../state/router";
import { DemandCards } from "../../views/DemandCards";
import { valuesOf } from "../../views/regions";
import { RegionMap } from "../../views/RegionMap";
import { Empty, Failed, Loading } from "../../ui/States";
import { PageHead } from "../../ui/Page";

function Where() {
	const { value, error } = useData<RegionFigures>("/public/regions");
	if (error) return <Failed problem={error} />;
	return (
		<div class="card pad">
			<RegionMap label={t("map.needs")} regions={valuesOf(value, "needs")} onPick={(code) => go(`/map?region=${code}`)} />
		</div>
	);
}

function What() {
	const { value, error } = useData<Page<DemandCard>>("/public/demand?limit=6");
	if (error) return <Failed problem={error} />;
	if (!value) return <Loading lines={6} />;
	if (value.items.length === 0) return <Empty title={t("demand.empty")} text={t("demand.empty.text")} />;
	return (
		<>
			<DemandCards items={value.items} level={3} />
			{value.next && (
				<p>
					<a class="button" href="/demand">
						{t("demand.all")}
					</a>
				</p>
			)}
		</>
	);
}

export default function PublicHome() {
	return (
		<>
			<PageHead title={t("public.title")} lead={t("public.lead")} />
			<div class="public-grid">
				<section class="section">
					<h2>{t("demand.title")}</h2>
					<What />
				</section>
				<section class="section">
					<h2>{t("public.where")}</h2>
					<Where />
				</section>
			</div>
		</>
	);
}
