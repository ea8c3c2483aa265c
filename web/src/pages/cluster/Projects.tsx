// The joint projects of a cluster.
import { useData } from "../../api/data";
import type { ClusterProfile, Register } from "../../api/types";
import { lang, money, number, t } from "../../state/i18n";
import { may } from "../../state/session";
import { FailedPage } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { ClusterHead } from "../../views/ClusterHead";

function Body({ profile }: { profile: ClusterProfile }) {
	const registers = useData<{ registers: Register[] }>("/registers");
	const register = registers.value?.registers.find((r) => r.name === "project");
	const word = (column: string, value: string) => register?.columns.find((c) => c.name === column)?.words?.find((w) => w.value === value)?.label[lang.value] ?? value;
	if (profile.projects.length === 0)
		return (
			<Empty title={t("cluster.projects.none")} text={t("cluster.projects.none.text")}>
				{may("contract.write") && (
					<a class="button main" href="/imports?kind=projects">
						{t("import.title")}
					</a>
				)}
			</Empty>
		);
	if (registers.error) return <Failed problem={registers.error} />;
	if (!register) return <Loading lines={8} />;
	return (
		<div class="card">
			<Table
				caption={t("cluster.projects")}
				rows={profile.projects}
				id={(p) => p.uid}
				columns={[
					{ id: "name", label: t("col.name"), cell: (p) => <a href={`/registers/project/${p.uid}`}>{p.name}</a> },
					{ id: "kind", label: t("contract.kind"), cell: (p) => word("kind", p.kind) },
					{ id: "state", label: t("col.state"), cell: (p) => word("state", p.state) },
					{ id: "members", label: t("cluster.members"), num: true, cell: (p) => number(p.members) },
					{ id: "budget", label: t("cluster.budget"), num: true, cell: (p) => (p.budget === null ? t("truth.unknown") : money(p.budget)) },
					...(may("support.read") ? [{ id: "support", label: t("cluster.support"), cell: (p: { uid: string }) => <a href={`/projects/${p.uid}/support`}>{t("cluster.support.show")}</a> }] : []),
				]}
			/>
		</div>
	);
}

export default function Projects({ params }: { params: string[] }) {
	const { value, error } = useData<ClusterProfile>(`/clusters/${params[0]}/profile`);
	if (error) return <FailedPage problem={error} />;
	return (
		<>
			<ClusterHead profile={value} part={t("cluster.projects")} />
			{value ? <Body profile={value} /> : <Loading lines={8} />}
		</>
	);
}
