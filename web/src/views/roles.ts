// The roles that a member can have, by their words.
import type { ClusterMember } from "../api/types";
import { t } from "../state/i18n";
import type { Choice } from "../ui/Field";

const ROLES = ["final_producer", "supplier", "service", "education", "science", "infrastructure", "other"] as const;

/* texts: role.final_producer role.supplier role.service role.education role.science role.infrastructure role.other */
export function roleText(role: ClusterMember["role"]): string {
	return role === null ? t("truth.unknown") : t(`role.${role}`);
}

export function roleChoices(): Choice[] {
	return ROLES.map((role) => [role, roleText(role)]);
}
