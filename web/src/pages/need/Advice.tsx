// Which missing answers would raise the chance most, each with what it does.
import type { NeedCheck } from "../../api/types";
import type { Values } from "../../state/form";
import { t, tn } from "../../state/i18n";

export function Advice({ hints, values }: { hints: NeedCheck["hints"]; values: Values }) {
	const open = hints.filter((h) => !values[h.field]).slice(0, 3);
	return (
		<aside class="card pad advice" aria-label={t("need.advice")}>
			<h2>{t("need.advice")}</h2>
			<p role="status">{open.length > 0 ? tn("need.advice.n", open.length) : t("need.advice.none")}</p>
			<ol>
				{open.map((h) => (
					<li key={h.field}>
						<a href={`#${h.field}`} onClick={(e) => (e.preventDefault(), document.getElementById(h.field)?.focus())}>
							{h.text}
						</a>
						<span class="quiet small">{h.effect}</span>
					</li>
				))}
			</ol>
		</aside>
	);
}
