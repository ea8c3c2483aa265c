// What if: members are ticked out and organisations put in; before and after stand side by side, and nothing is saved.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Check, ClusterProfile, PackBrief, Page } from "../../api/types";
import { t } from "../../state/i18n";
import { place } from "../../state/router";
import { Notice } from "../../ui/Notice";
import { FailedPage } from "../../ui/Page";
import { Failed, Loading } from "../../ui/States";
import { AsOf } from "../../views/AsOf";
import { ClusterHead } from "../../views/ClusterHead";
import { checkPath, packsAsked } from "./asked";
import { BeforeAfter } from "./BeforeAfter";
import { PackChooser } from "./PackChooser";
import { Suppose } from "./Suppose";

function Body({ profile, packs }: { profile: ClusterProfile; packs: PackBrief[] }) {
	const asked = packsAsked(packs);
	const { value, error, loading } = useData<Check>(checkPath(profile.cluster.uid, asked));
	return (
		<div class="stack">
			<Notice kind="plain">
				<p>{t("whatif.nothing")}</p>
			</Notice>
			<div class="what-if">
				<Suppose profile={profile} />
				<div class={loading && value ? "stack stale" : "stack"}>
					{error && <Failed problem={error} />}
					{!error && !value && <Loading lines={12} />}
					{value && value.packs.map((after) => <BeforeAfter key={after.pack.uid} before={value.before?.find((b) => b.pack.uid === after.pack.uid)} after={after} />)}
				</div>
			</div>
			<div class="card pad check-asked">
				<PackChooser packs={packs} />
				<AsOf label={t("check.on")} on={value?.on ?? profile.on} />
			</div>
		</div>
	);
}

export default function WhatIfPage({ params }: { params: string[] }) {
	const profile = useData<ClusterProfile>(`/clusters/${params[0]}/profile${query({ on: place.value.query.get("on") ?? "" })}`);
	const packs = useData<Page<PackBrief>>("/packs?kind=cluster");
	const error = profile.error ?? packs.error;
	if (error) return <FailedPage problem={error} />;
	return (
		<>
			<ClusterHead profile={profile.value} part={t("cluster.whatif")} />
			{profile.value && packs.value ? <Body profile={profile.value} packs={packs.value.items} /> : <Loading lines={12} />}
		</>
	);
}
