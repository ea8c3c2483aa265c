// A cluster against packs of rules on a day, several side by side: every criterion with both sides and what it rests on.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Check, CheckedPack, ClusterProfile, PackBrief, Page } from "../../api/types";
import { date, t } from "../../state/i18n";
import { place } from "../../state/router";
import { FailedPage } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { AsOf } from "../../views/AsOf";
import { ClusterHead } from "../../views/ClusterHead";
import { Criterion } from "../../views/Criterion";
import { Counted } from "../../views/Truth";
import { checkPath, packsAsked } from "./asked";
import { BeginApplication } from "./BeginApplication";
import { Missing } from "./Missing";
import { PackChooser } from "./PackChooser";
import { SaveVerdict } from "./SaveVerdict";
import { VerdictList } from "./VerdictList";

function Pack({ checked, uid, on, apply }: { checked: CheckedPack; uid: string; on: string; apply: boolean }) {
	const { pack } = checked;
	return (
		<section class="section checked">
			<div class="between">
				<h2>
					<a href={`/packs/${pack.uid}`}>{pack.title}</a> <span class="quiet small">{t("check.edition", { name: pack.name, date: date(on) })}</span>
				</h2>
				<SaveVerdict cluster={uid} pack={pack.name} on={on} />
			</div>
			<Counted counts={checked.counts} />
			{apply && <BeginApplication cluster={uid} checked={checked} />}
			<ul class="card criteria">
				{checked.criteria.map((c) => (
					<Criterion key={c.id} of={c}>
						<Missing cluster={uid} pack={pack.uid} of={c} />
					</Criterion>
				))}
			</ul>
		</section>
	);
}

function Body({ profile, packs }: { profile: ClusterProfile; packs: PackBrief[] }) {
	const uid = profile.cluster.uid;
	const asked = packsAsked(packs);
	const { value, error, loading } = useData<Check>(checkPath(uid, asked));
	return (
		<div class="stack">
			<div class="card pad check-asked">
				<PackChooser packs={packs} />
				<AsOf label={t("check.on")} on={value?.on ?? profile.on} />
			</div>
			{error && <Failed problem={error} />}
			{asked.length === 0 && <Empty title={t("check.nopack")} text={t("check.nopack.text")} />}
			{asked.length > 0 && !error && !value && <Loading lines={12} />}
			{value && (
				<div class={loading ? "side-by-side stale" : "side-by-side"}>
					{value.packs.map((p) => (
						<Pack key={p.pack.uid} checked={p} uid={uid} on={value.on} apply={profile.may.apply} />
					))}
				</div>
			)}
			<VerdictList subject={uid} />
		</div>
	);
}

export default function CheckPage({ params }: { params: string[] }) {
	const profile = useData<ClusterProfile>(`/clusters/${params[0]}/profile${query({ on: place.value.query.get("on") ?? "" })}`);
	const packs = useData<Page<PackBrief>>("/packs?kind=cluster");
	const error = profile.error ?? packs.error;
	if (error) return <FailedPage problem={error} />;
	return (
		<>
			<ClusterHead profile={profile.value} part={t("cluster.check")} />
			{profile.value && packs.value ? <Body profile={profile.value} packs={packs.value.items} /> : <Loading lines={12} />}
		</>
	);
}
