// Who works here for the organisation.
import { useData } from "../../api/data";
import type { Account, Page } from "../../api/types";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { Grants } from "../../views/Grants";

export function Colleagues({ org }: { org: string }) {
	const { value } = useData<Page<Account>>(may("account.read") ? "/accounts?limit=200" : "");
	const own = (value?.items ?? []).filter((a) => a.roles.some((g) => g.org?.uid === org));
	if (own.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("org.colleagues")}</h2>
			<ul class="card tasks">
				{own.map((a) => (
					<li key={a.uid} class="task">
						<div class="task-what">
							<a href={`/accounts/${a.uid}`}>{a.name}</a> <span class="quiet small">{a.login}</span>
						</div>
						<Grants grants={a.roles} />
					</li>
				))}
			</ul>
		</section>
	);
}
