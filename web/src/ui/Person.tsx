// Who did something, as the audit trail writes it: "user:anna", "token:anna/1c", "cli:root", "demo".
import { t } from "../state/i18n";

/* texts: actor.token actor.cli actor.demo actor.other */
export function Actor({ actor }: { actor: string }) {
	const [kind, ...rest] = actor.split(":");
	const name = rest.join(":");
	return (
		<span class="nowrap" title={actor}>
			{kind === "user" ? name : t(`actor.${kind === "token" || kind === "cli" || kind === "demo" ? kind : "other"}`, { name })}
		</span>
	);
}
