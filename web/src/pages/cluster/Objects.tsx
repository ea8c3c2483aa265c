// The infrastructure objects that the cluster counts as its own.
import { useSignal } from "@preact/signals";
import type { ClusterProfile } from "../../api/types";
import { t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Table } from "../../ui/Table";
import { ObjectForm } from "./ObjectForm";

/* texts: infra.kind.sez infra.kind.industrial_park infra.kind.technopark infra.kind.engineering_centre infra.kind.shared_lab infra.kind.advanced_territory infra.kind.logistics infra.kind.other */
function List({ profile }: { profile: ClusterProfile }) {
	if (profile.objects.length === 0) return <p class="quiet">{t("cluster.object.none")}</p>;
	return (
		<div class="card">
			<Table
				caption={t("cluster.objects")}
				rows={profile.objects}
				id={(o) => o.uid}
				columns={[
					{ id: "name", label: t("col.name"), cell: (o) => <a href={`/registers/infra/${o.uid}`}>{o.name}</a> },
					{ id: "kind", label: t("cluster.object.kind"), cell: (o) => t(`infra.kind.${o.kind}`) },
					{ id: "technological", label: t("cluster.technological"), cell: (o) => (o.technological === null ? t("truth.unknown") : t(o.technological ? "word.yes" : "word.no")) },
				]}
			/>
		</div>
	);
}

export function Objects({ profile }: { profile: ClusterProfile }) {
	const adding = useSignal(false);
	const write = profile.may.write;
	if (profile.objects.length === 0 && !write) return null;
	return (
		<section class="section">
			<div class="between">
				<h2>{t("cluster.objects")}</h2>
				{write && <Button onPress={() => (adding.value = true)}>{t("cluster.object.add")}</Button>}
			</div>
			<List profile={profile} />
			{write && <ObjectForm profile={profile} open={adding.value} onClose={() => (adding.value = false)} />}
		</section>
	);
}
