// Tokens of programs: narrower than the account, with an end, shown once.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Token } from "../../api/types";
import { moment, t } from "../../state/i18n";
import { session } from "../../state/session";
import { Button } from "../../ui/Button";
import { CheckField, TextField } from "../../ui/Field";
import { Fault, Notice } from "../../ui/Notice";
import { Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";

function inAYear(): string {
	return new Date(Date.now() + 365 * 86400000).toISOString().slice(0, 10);
}

function NewToken({ onMade }: { onMade: (token: string) => void }) {
	const name = useSignal("");
	const ends = useSignal(inAYear());
	const scopes = useSignal<string[]>([]);
	const add = useAction(() => send<{ token: string }>("/account/tokens", { method: "POST", body: { name: name.value, scopes: scopes.value, ends_on: ends.value } }));
	const onSubmit = async (event: Event) => {
		event.preventDefault();
		const made = await add.run();
		if (!made) return;
		name.value = "";
		scopes.value = [];
		onMade(made.value.token);
	};
	const toggle = (scope: string, on: boolean) => (scopes.value = on ? [...scopes.value, scope] : scopes.value.filter((s) => s !== scope));
	return (
		<details class="card pad">
			<summary>{t("token.new")}</summary>
			<form class="form" onSubmit={(e) => void onSubmit(e)}>
				<div class="halves">
					<TextField id="token-name" label={t("token.name")} hint={t("token.name.hint")} value={name.value} onValue={(v) => (name.value = v)} error={add.problem?.of("name")} required />
					<TextField id="token-ends" type="date" label={t("token.ends")} value={ends.value} onValue={(v) => (ends.value = v)} error={add.problem?.of("ends_on")} required />
				</div>
				<fieldset class="scopes">
					<legend>{t("token.scopes")}</legend>
					{session.value.may.map((scope) => (
						<CheckField key={scope} id={`scope-${scope}`} label={scope} checked={scopes.value.includes(scope)} onValue={(on) => toggle(scope, on)} />
					))}
				</fieldset>
				<Fault problem={add.problem} fields={["name", "ends_on"]} />
				<Button kind="main" submit busy={add.busy}>
					{t("token.make")}
				</Button>
			</form>
		</details>
	);
}

export function Tokens() {
	const { value, error } = useData<{ items: Token[] }>("/account/tokens");
	const shown = useSignal("");
	const revoke = useAction((key, uid: string) => send(`/account/tokens/${uid}`, { method: "DELETE", key }));
	return (
		<section class="section">
			<h2>{t("token.title")}</h2>
			<div class="stack">
				{shown.value && (
					<Notice kind="warm">
						<p>{t("token.once")}</p>
						<p>
							<code class="secret">{shown.value}</code>
						</p>
					</Notice>
				)}
				{error && <Failed problem={error} />}
				{!error && !value && <Loading lines={2} />}
				<Fault problem={revoke.problem} />
				{value && value.items.length > 0 && (
					<div class="card">
						<Table
							caption={t("token.title")}
							rows={value.items}
							id={(k) => k.uid}
							columns={[
								{ id: "name", label: t("col.name"), cell: (k) => k.name },
								{ id: "scopes", label: t("token.scopes"), cell: (k) => <span class="small">{k.scopes.join(", ")}</span> },
								{ id: "ends", label: t("token.ends"), num: true, cell: (k) => moment(k.ends_at) },
								{
									id: "end",
									label: t("col.action"),
									cell: (k) =>
										k.revoked_at ? <span class="badge fail">{t("token.revoked")}</span> : <Button busy={revoke.busy} label={`${t("token.revoke")}: ${k.name}`} onPress={() => void revoke.run(k.uid)}>
											{t("token.revoke")}
										</Button>,
								},
							]}
						/>
					</div>
				)}
				<NewToken onMade={(token) => (shown.value = token)} />
			</div>
		</section>
	);
}
