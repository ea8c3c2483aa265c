// One account, new or stored: name, state, roles; sessions and password of a stored one.
import { useSignal } from "@preact/signals";
import { send } from "../../api/client";
import { useAction, useData } from "../../api/data";
import type { Account } from "../../api/types";
import { t } from "../../state/i18n";
import { go } from "../../state/router";
import { may } from "../../state/session";
import { Button } from "../../ui/Button";
import { SelectField, TextField } from "../../ui/Field";
import { Fault } from "../../ui/Notice";
import { FailedPage, PageHead } from "../../ui/Page";
import { Loading } from "../../ui/States";
import { AccountTools } from "./AccountTools";
import { type RoleRow, RoleRows } from "./RoleRows";

const rowsOf = (account?: Account): RoleRow[] => account?.roles.map((g) => ({ role: g.role, centre: g.centre?.code ?? "", org: g.org?.uid ?? "" })) ?? [{ role: "buyer", centre: "", org: "" }];

function Form({ account, etag }: { account?: Account; etag: string }) {
	const values = useSignal({ login: account?.login ?? "", name: account?.name ?? "", email: account?.email ?? "", state: account?.state ?? "active", password: "" });
	const roles = useSignal(rowsOf(account));
	const set = (name: string) => (value: string) => (values.value = { ...values.value, [name]: value });
	const save = useAction(async (key) => {
		const { login, name, email, state, password } = values.value;
		const granted = roles.value.map((r) => ({ role: r.role, centre: r.centre || null, org: r.org || null }));
		if (account) return send<Account>(`/accounts/${account.uid}`, { method: "PATCH", body: { name, email: email || null, state, roles: granted }, key, etag });
		return send<Account>("/accounts", { method: "POST", body: { login, name, email: email || null, ...(password ? { password } : {}), roles: granted } });
	});
	const onSubmit = async (event: Event) => {
		event.preventDefault();
		if (await save.run()) go("/accounts");
	};
	const { login, name, email, state, password } = values.value;
	return (
		<form class="card pad form" onSubmit={(e) => void onSubmit(e)}>
			<div class="halves">
				{account ? null : <TextField id="login" label={t("login.login")} hint={t("accounts.login.hint")} value={login} onValue={set("login")} error={save.problem?.of("login")} autocapitalize="none" required />}
				<TextField id="name" label={t("account.name")} value={name} onValue={set("name")} error={save.problem?.of("name")} required />
				<TextField id="email" type="email" label={t("account.email")} value={email} onValue={set("email")} error={save.problem?.of("email")} />
				{account ? (
					<SelectField
						id="state"
						label={t("col.state")}
						value={state}
						onValue={set("state")}
						choices={[
							["active", t("accounts.active")],
							["disabled", t("accounts.disabled")],
						]}
					/>
				) : (
					<TextField id="password" type="password" label={t("login.password")} hint={t("accounts.password.hint")} value={password} onValue={set("password")} error={save.problem?.of("password")} autocomplete="new-password" />
				)}
			</div>
			<RoleRows rows={roles.value} onChange={(next) => (roles.value = next)} />
			<Fault problem={save.problem} fields={["login", "name", "email", "password"]} />
			<div class="buttons">
				<Button kind="main" submit busy={save.busy}>
					{t("form.save")}
				</Button>
				<a class="button" href="/accounts">
					{t("form.cancel")}
				</a>
			</div>
		</form>
	);
}

export default function AccountForm({ params }: { params: string[] }) {
	const uid = params[0];
	const { value, error, etag } = useData<Account>(uid ? `/accounts/${uid}` : "");
	if (error) return <FailedPage problem={error} />;
	return (
		<>
			<PageHead title={uid ? (value?.login ?? "") : t("accounts.new")} crumbs={[["/accounts", t("menu.accounts")]]} lead={value?.name} />
			{uid && !value ? (
				<Loading lines={8} />
			) : (
				<div class="stack">
					<Form key={etag} account={value} etag={etag} />
					{value && may("account.write") && <AccountTools account={value} />}
				</div>
			)}
		</>
	);
}
