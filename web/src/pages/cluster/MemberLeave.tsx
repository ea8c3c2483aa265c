// A member leaves on a day: the row stays, with its end.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { ClusterMember, RecordDetail } from "../../api/types";
import { t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";

export function MemberLeave({ member, on, onClose }: { member: ClusterMember | undefined; on: string; onClose: () => void }) {
	const day = useSignal(on);
	const stored = useData<RecordDetail>(member ? `/cluster_members/${member.uid}` : "");
	const leave = useAction(async (key) => {
		await send(`/cluster_members/${member!.uid}`, { method: "PATCH", body: { left_on: day.value }, key, etag: stored.etag });
		return true;
	});

	useEffect(() => {
		day.value = on;
		leave.clear();
	}, [member, on]);
	const store = async () => {
		if (await leave.run()) onClose();
	};
	return (
		<Dialog
			title={t("cluster.leave.title", { org: member?.org.name ?? "" })}
			open={member !== undefined}
			onClose={onClose}
			buttons={
				<Button kind="danger" busy={leave.busy} disabled={!stored.value} onPress={() => void store()}>
					{t("cluster.leave")}
				</Button>
			}
		>
			<p>{t("cluster.leave.text")}</p>
			<TextField id="left_on" type="date" label={t("cluster.left")} value={day.value} onValue={(v) => (day.value = v)} error={leave.problem?.of("left_on")} />
			<Fault problem={leave.problem} fields={["left_on"]} />
		</Dialog>
	);
}
