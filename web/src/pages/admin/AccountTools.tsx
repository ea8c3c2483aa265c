// What is done to a stored account beside its fields: its sessions ended, a new password.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import type { Account } from "../../api/types";
import { t } from "../../state/i18n";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/Field";
import { Fault, Notice } from "../../ui/Notice";

export function AccountTools({ account }: { account: Account }) {
	const password = useSignal("");
	const done = useSignal("");
	const end = useAction(async (key) => {
		await send(`/accounts/${account.uid}/sessions`, { method: "DELETE", key });
		done.value = t("accounts.sessions.ended");
	});
	const reset = useAction(async () => {
		await send(`/accounts/${account.uid}/password`, { method: "POST", body: { password: password.value } });
		password.value = "";
		done.value = t("accounts.password.set");
	});
	return (
		<section class="card pad form">
			<form
				class="row-form"
				onSubmit={(e) => {
					e.preventDefault();
					void reset.run();
				}}
			>
				<TextField id="reset" type="password" label={t("account.password.new")} value={password.value} onValue={(v) => (password.value = v)} error={reset.problem?.of("password")} autocomplete="new-password" />
				<Button submit busy={reset.busy}>
					{t("accounts.password.reset")}
				</Button>
				<Button busy={end.busy} onPress={() => void end.run()}>
					{t("accounts.sessions.end")}
				</Button>
			</form>
			<Fault problem={reset.problem} fields={["password"]} />
			<Fault problem={end.problem} />
			{done.value && <Notice kind="good">{done.value}</Notice>}
		</section>
	);
}
