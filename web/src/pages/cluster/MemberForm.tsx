// A member taken in, or what is stated of one changed.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { ClusterMember, ClusterProfile, RecordDetail } from "../../api/types";
import { t } from "../../state/i18n";
import { session } from "../../state/session";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { SelectField, TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { FindOrg } from "../../views/FindOrg";
import { roleChoices } from "../../views/roles";

interface Values {
	role: string;
	joined_on: string;
	producing: string;
	agreement: string;
}

const word = (value: boolean | null): string => (value === null ? "" : value ? "yes" : "no");

function valuesOf(member: ClusterMember | "new" | undefined, on: string): Values {
	if (!member || member === "new") return { role: "supplier", joined_on: on, producing: "", agreement: "" };
	return { role: member.role ?? "", joined_on: member.joined_on ?? "", producing: word(member.producing), agreement: word(member.agreement) };
}

const FIELDS = ["org_key", "org_inn", "role", "joined_on", "producing", "agreement"];

export function MemberForm({ profile, member, onClose }: { profile: ClusterProfile; member: ClusterMember | "new" | undefined; onClose: () => void }) {
	const isNew = member === "new";
	const org = useSignal<{ uid: string; name: string } | undefined>(undefined);
	const values = useSignal(valuesOf(member, profile.on));
	const stored = useData<RecordDetail>(member && !isNew ? `/cluster_members/${member.uid}` : "");
	const save = useAction(async (key) => {
		const before: Record<string, string> = { ...valuesOf(isNew ? undefined : member, "") };
		const body = Object.fromEntries(Object.entries(values.value).flatMap(([name, v]) => (isNew ? v !== "" : v !== before[name]) ? [[name, v === "" ? null : v]] : []));
		if (isNew) await send("/cluster_members", { method: "POST", body: { cluster: profile.cluster.uid, org_key: org.value?.uid, ...body }, key });
		else await send(`/cluster_members/${(member as ClusterMember).uid}`, { method: "PATCH", body, key, etag: stored.etag });
		return true;
	});

	useEffect(() => {
		org.value = undefined;
		values.value = valuesOf(member, profile.on);
		save.clear();
	}, [member]);
	const set = (name: keyof Values) => (value: string) => (values.value = { ...values.peek(), [name]: value });
	// Whoever runs the cluster does not say for a member that it has signed.
	const byCentre = session.value.account?.roles.some((r) => r.role === "operator") ?? false;
	const yesNo: [string, string][] = [["", t("need.unsaid")], ["yes", t("word.yes")], ["no", t("word.no")]];
	const store = async () => {
		if (await save.run()) onClose();
	};
	return (
		<Dialog
			title={isNew || !member ? t("cluster.member.add") : member.org.name}
			open={member !== undefined}
			onClose={onClose}
			buttons={
				<Button kind="main" busy={save.busy} disabled={isNew ? !org.value : !stored.value} onPress={() => void store()}>
					{t("form.save")}
				</Button>
			}
		>
			{isNew && (
				<FindOrg id="org" label={t("cluster.member")} hint={t("cluster.member.hint")} error={save.problem?.of("org_key") || save.problem?.of("org_inn")} without={profile.members.map((m) => m.org.uid)} chosen={org.value} onChoose={(o) => (org.value = o)} />
			)}
			<SelectField id="role" label={t("cluster.role")} value={values.value.role} onValue={set("role")} choices={roleChoices()} error={save.problem?.of("role")} />
			<TextField id="joined_on" type="date" label={t("cluster.joined")} value={values.value.joined_on} onValue={set("joined_on")} error={save.problem?.of("joined_on")} />
			<SelectField id="producing" label={t("cluster.producing")} value={values.value.producing} onValue={set("producing")} choices={yesNo} error={save.problem?.of("producing")} />
			{byCentre ? (
				<SelectField id="agreement" label={t("cluster.agreement")} hint={t("cluster.agreement.hint")} value={values.value.agreement} onValue={set("agreement")} choices={yesNo} error={save.problem?.of("agreement")} />
			) : (
				<p class="quiet small">{t("cluster.agreement.theirs")}</p>
			)}
			<Fault problem={save.problem} fields={FIELDS} />
		</Dialog>
	);
}
