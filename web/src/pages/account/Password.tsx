// A new password; the other sessions end with it.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction } from "../../api/data";
import { t } from "../../state/i18n";
import { loadSession } from "../../state/session";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/Field";
import { Fault, Notice } from "../../ui/Notice";

export function Password() {
	const old = useSignal("");
	const next = useSignal("");
	const done = useSignal(false);
	const change = useAction(async () => {
		await send("/account/password", { method: "POST", body: { old: old.value, new: next.value } });
		await loadSession(); // the session has another token now
		return true;
	});
	const onSubmit = async (event: Event) => {
		event.preventDefault();
		done.value = false;
		if (!(await change.run())) return;
		old.value = next.value = "";
		done.value = true;
	};
	return (
		<section class="section">
			<h2>{t("account.password")}</h2>
			<form class="card pad form" onSubmit={(e) => void onSubmit(e)}>
				<TextField id="old" type="password" label={t("account.password.old")} value={old.value} onValue={(v) => (old.value = v)} error={change.problem?.of("old")} autocomplete="current-password" required />
				<TextField id="new" type="password" label={t("account.password.new")} hint={t("account.password.hint")} value={next.value} onValue={(v) => (next.value = v)} error={change.problem?.of("new")} autocomplete="new-password" required />
				<Fault problem={change.problem} fields={["old", "new"]} />
				{done.value && <Notice kind="good">{t("account.password.done")}</Notice>}
				<Button submit busy={change.busy}>
					{t("account.password.change")}
				</Button>
			</form>
		</section>
	);
}
