// Who works here for the organisation.
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { Account, Page } from "../../api/types";
import { t } from "../../state/i18n";
import { may } from "../../state/session";
import { Grants } from "../../views/Grants";

export function Colleagues({ org }: { org: string }) {
	const { value } = useData<Page<Account>>(may("account.read") ? `/accounts${query({ org })}` : "");
	if (!value || value.items.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("org.colleagues")}</h2>
			<ul class="card tasks">
				{value.items.map((a) => (
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
