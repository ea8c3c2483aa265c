// Who is in the cluster on the day, in what role and since when; who left. Members are taken in, changed and let go here.
import { useSignal } from "@preact/signals";
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ClusterMember, ClusterProfile } from "../../api/types";
import { date, t, tn } from "../../state/i18n";
import { place } from "../../state/router";
import { Button } from "../../ui/Button";
import { FailedPage } from "../../ui/Page";
import { Empty, Loading } from "../../ui/States";
import { Table, type TableColumn } from "../../ui/Table";
import { AsOf } from "../../views/AsOf";
import { ClusterHead } from "../../views/ClusterHead";
import { MemberForm } from "./MemberForm";
import { MemberLeave } from "./MemberLeave";
import { roleText } from "../../views/roles";

const yesNo = (value: boolean | null) => (value === null ? t("truth.unknown") : t(value ? "word.yes" : "word.no"));

function columns(write: boolean, onEdit: (m: ClusterMember) => void, onLeave: (m: ClusterMember) => void): TableColumn<ClusterMember>[] {
	return [
		{ id: "org", label: t("cluster.member"), cell: (m) => <a href={`/registers/org/${m.org.uid}`}>{m.org.name}</a> },
		{ id: "role", label: t("cluster.role"), cell: (m) => roleText(m.role) },
		{ id: "region", label: t("col.region"), cell: (m) => m.region?.name ?? "" },
		{ id: "joined", label: t("cluster.joined"), num: true, cell: (m) => (m.joined_on ? date(m.joined_on) : "") },
		{ id: "producing", label: t("cluster.producing"), cell: (m) => yesNo(m.producing) },
		{ id: "agreement", label: t("cluster.agreement"), cell: (m) => yesNo(m.agreement) },
		...(write
			? [
					{
						id: "act",
						label: t("col.action"),
						cell: (m: ClusterMember) => (
							<span class="row-acts">
								<button class="link-button" type="button" aria-label={`${t("form.edit")}: ${m.org.name}`} onClick={() => onEdit(m)}>
									{t("form.edit")}
								</button>
								<button class="link-button" type="button" aria-label={`${t("cluster.leave")}: ${m.org.name}`} onClick={() => onLeave(m)}>
									{t("cluster.leave")}
								</button>
							</span>
						),
					},
				]
			: []),
	];
}

function Former({ members }: { members: ClusterMember[] }) {
	if (members.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("cluster.former")}</h2>
			<div class="card words">
				<Table
					caption={t("cluster.former")}
					rows={members}
					id={(m) => m.uid}
					columns={[
						{ id: "org", label: t("cluster.member"), cell: (m) => <a href={`/registers/org/${m.org.uid}`}>{m.org.name}</a> },
						{ id: "role", label: t("cluster.role"), cell: (m) => roleText(m.role) },
						{ id: "joined", label: t("cluster.joined"), num: true, cell: (m) => (m.joined_on ? date(m.joined_on) : "") },
						{ id: "left", label: t("cluster.left"), num: true, cell: (m) => (m.left_on ? date(m.left_on) : "") },
					]}
				/>
			</div>
		</section>
	);
}

function Body({ profile }: { profile: ClusterProfile }) {
	const edited = useSignal<ClusterMember | "new" | undefined>(undefined);
	const leaving = useSignal<ClusterMember | undefined>(undefined);
	const { members, regions, interregional, may } = profile;
	const text = [tn("cluster.members.n", members.length), tn("cluster.regions.n", regions.length)].join(", ");
	return (
		<div class="stack">
			<AsOf label={t("cluster.on")} on={profile.on} />
			<div class="between">
				<p class="summary-line">
					<b>{text}</b> {interregional && <span class="badge pass">{t("cluster.interregional")}</span>}
				</p>
				{may.write && (
					<Button kind="main" onPress={() => (edited.value = "new")}>
						{t("cluster.member.add")}
					</Button>
				)}
			</div>
			{members.length === 0 ? (
				<Empty title={t("cluster.members.none")} text={t("cluster.members.none.text")} />
			) : (
				<div class="card words">
					<Table
						caption={t("cluster.members")}
						rows={members}
						id={(m) => m.uid}
						columns={columns(may.write, (m) => (edited.value = m), (m) => (leaving.value = m))}
					/>
				</div>
			)}
			<Former members={profile.former} />
			<MemberForm profile={profile} member={edited.value} onClose={() => (edited.value = undefined)} />
			<MemberLeave member={leaving.value} on={profile.on} onClose={() => (leaving.value = undefined)} />
		</div>
	);
}

export default function Members({ params }: { params: string[] }) {
	const on = place.value.query.get("on") ?? "";
	const { value, error } = useData<ClusterProfile>(`/clusters/${params[0]}/profile${query({ on })}`);
	if (error) return <FailedPage problem={error} />;
	return (
		<>
			<ClusterHead profile={value} part={t("cluster.members")} />
			{value ? <Body profile={value} /> : <Loading lines={12} />}
		</>
	);
}
