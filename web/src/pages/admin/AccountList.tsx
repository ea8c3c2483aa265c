// Accounts and what each may do.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Account, Page } from "../../api/types";
import { t } from "../../state/i18n";
import { place } from "../../state/router";
import { may } from "../../state/session";
import { PageHead } from "../../ui/Page";
import { Pager } from "../../ui/Pager";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { Grants } from "../../views/Grants";

export default function AccountList() {
	const asked = Object.fromEntries(place.value.query);
	const { value, error, loading } = useData<Page<Account>>(`/accounts${query(asked)}`);
	return (
		<>
			<PageHead
				title={t("accounts.title")}
				lead={t("accounts.lead")}
				side={
					may("account.write") && (
						<a class="button main" href="/accounts/new">
							{t("accounts.new")}
						</a>
					)
				}
			/>
			{error && <Failed problem={error} />}
			{!error && !value && <Loading lines={8} />}
			{value && value.items.length === 0 && <Empty title={t("list.nohit")} text={t("list.nohit.text")} />}
			{value && value.items.length > 0 && (
				<>
					<div class="card">
						<Table
							caption={t("accounts.title")}
							rows={value.items}
							id={(a) => a.uid}
							stale={loading}
							columns={[
								{ id: "login", label: t("login.login"), cell: (a) => <a class="nowrap" href={`/accounts/${a.uid}`}>{a.login}</a> },
								{ id: "name", label: t("account.name"), cell: (a) => a.name },
								{ id: "roles", label: t("account.roles"), cell: (a) => <Grants grants={a.roles} /> },
								{ id: "totp", label: t("account.totp"), cell: (a) => (a.totp ? t("yes") : t("no")) },
								{ id: "state", label: t("col.state"), cell: (a) => <span class={`badge ${a.state === "active" ? "pass" : "fail"}`}>{t(`accounts.${a.state}`)}</span> },
							]}
						/>
					</div>
					<Pager base="/accounts" asked={asked} page={value} />
				</>
			)}
		</>
	);
}
/* texts: accounts.active accounts.disabled */
