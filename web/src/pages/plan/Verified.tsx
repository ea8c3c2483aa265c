// Whether a change was tried: the plan was placed again with it.
import { t } from "../../state/i18n";
import { Sign } from "../../ui/Verdict";

export function Verified({ yes }: { yes: boolean }) {
	return yes ? (
		<span class="badge pass" title={t("plan.verified.text")}>
			<Sign verdict="pass" />
			{t("plan.verified")}
		</span>
	) : (
		<span class="badge" title={t("plan.unverified.text")}>
			{t("plan.unverified")}
		</span>
	);
}
