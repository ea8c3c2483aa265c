// What the functional map draws, as figures: deliveries between members, and what each ships and buys inside.
import type { ClusterMap } from "../../api/types";
import { money, number, t } from "../../state/i18n";
import { Empty } from "../../ui/States";
import { Table } from "../../ui/Table";
import { roleText } from "../../views/roles";

export function EdgeTable({ map }: { map: ClusterMap }) {
	const place = new Map(map.nodes.map((n, i) => [n.org.uid, { name: n.org.name, at: i + 1 }]));
	const name = (uid: string) => {
		const found = place.get(uid);
		return found ? `${found.at}. ${found.name}` : "";
	};
	if (map.edges.length === 0) return <Empty title={t("network.noedges")} text={t("network.noedges.text")} />;
	return (
		<section class="section">
			<h2>{t("network.edges")}</h2>
			<div class="card">
				<Table
					caption={t("network.edges")}
					rows={map.edges}
					id={(e) => `${e.seller} ${e.buyer}`}
					columns={[
						{ id: "seller", label: t("contract.seller"), cell: (e) => name(e.seller), foot: t("network.sum") },
						{ id: "buyer", label: t("contract.buyer"), cell: (e) => name(e.buyer), foot: "" },
						{ id: "contracts", label: t("cluster.contracts"), num: true, cell: (e) => number(e.contracts), foot: "" },
						{ id: "delivered", label: t("network.delivered"), num: true, cell: (e) => money(e.delivered), foot: money(map.total) },
					]}
				/>
			</div>
		</section>
	);
}

export function NodeTable({ map }: { map: ClusterMap }) {
	return (
		<section class="section">
			<h2>{t("cluster.members")}</h2>
			<div class="card words">
				<Table
					caption={t("cluster.members")}
					rows={map.nodes.map((node, i) => ({ node, at: i + 1 }))}
					id={({ node }) => node.org.uid}
					columns={[
						{
							id: "org",
							label: t("cluster.member"),
							cell: ({ node, at }) => (
								<>
									{at}. <a href={`/registers/org/${node.org.uid}`}>{node.org.name}</a> {node.isolated && <span class="badge ask">{t("network.alone")}</span>}
								</>
							),
							foot: t("network.sum"),
						},
						{ id: "role", label: t("cluster.role"), cell: ({ node }) => roleText(node.role), foot: "" },
						{ id: "region", label: t("col.region"), cell: ({ node }) => node.region?.name ?? "", foot: "" },
						{ id: "inside", label: t("network.inside.shipped"), num: true, cell: ({ node }) => money(node.inside_shipped), foot: money(map.total) },
						{ id: "bought", label: t("network.inside.bought"), num: true, cell: ({ node }) => money(node.inside_bought), foot: money(map.total) },
						{ id: "shipped", label: t("network.shipped"), num: true, cell: ({ node }) => (node.shipped === null ? t("truth.unknown") : money(node.shipped)), foot: map.shipped === null ? "" : money(map.shipped) },
					]}
				/>
			</div>
		</section>
	);
}
