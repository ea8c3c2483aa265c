// What an account is: each role and where it holds.
import type { Grant } from "../api/types";
import { t } from "../state/i18n";

export function Grants({ grants }: { grants: Grant[] }) {
	return (
		<ul class="grants">
			{grants.map((g, i) => (
				<li key={i}>
					<span class="badge">{g.label}</span> {g.org && <a href={`/registers/org/${g.org.uid}`}>{g.org.name}</a>} {g.centre ? g.centre.name : !g.org && <span class="quiet">{t("account.everywhere")}</span>}
				</li>
			))}
		</ul>
	);
}
