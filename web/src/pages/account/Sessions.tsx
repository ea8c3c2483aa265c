// Where the account is signed in now; a session that is not known is ended.
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { OwnSession } from "../../api/types";
import { moment, t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { Fault } from "../../ui/Notice";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";

export function Sessions() {
	const { value, error } = useData<{ items: OwnSession[] }>("/account/sessions");
	const end = useAction((key, uid: string) => send(`/account/sessions/${uid}`, { method: "DELETE", key }));
	return (
		<section class="section">
			<h2>{t("account.sessions")}</h2>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={3} />}
			<Fault problem={end.problem} />
			{value && (
				<div class="card">
					<Table
						caption={t("account.sessions")}
						rows={value.items}
						id={(s) => s.uid}
						columns={[
							{ id: "agent", label: t("col.browser"), cell: (s) => s.agent || "—" },
							{ id: "address", label: t("col.address"), cell: (s) => <span class="nowrap">{s.address}</span> },
							{ id: "created", label: t("col.since"), num: true, cell: (s) => moment(s.created_at) },
							{ id: "seen", label: t("col.seen"), num: true, cell: (s) => moment(s.seen_at) },
							{
								id: "end",
								label: t("col.action"),
								cell: (s) =>
									s.current ? (
										<span class="badge pass">{t("account.session.this")}</span>
									) : (
										<Button busy={end.busy} label={`${t("account.session.end")}: ${s.agent}`} onPress={() => void end.run(s.uid)}>
											{t("account.session.end")}
										</Button>
									),
							},
						]}
					/>
				</div>
			)}
		</section>
	);
}
