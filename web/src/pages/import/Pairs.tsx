// Probable duplicates that an import met, to be decided before it is applied.
import { useData } from "../../api/data";
import type { Duplicate, Page } from "../../api/types";
import { number, t } from "../../state/i18n";

export function Pairs() {
	const { value } = useData<Page<Duplicate>>("/duplicates?verdict=open");
	if (!value || value.items.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("dup.title")}</h2>
			<ul class="card tasks">
				{value.items.map((d) => (
					<li key={d.uid} class="task">
						<p class="task-due">
							<span class="small quiet">{t("dup.score")}</span> <b>{number(d.score)}</b>
						</p>
						<div class="task-what">
							<a href={`/duplicates/${d.uid}`}>
								{d.row.name} ↔ {d.stored.name}
							</a>
							<p class="quiet small">{d.reasons}</p>
						</div>
						<a class="button" href={`/duplicates/${d.uid}`}>
							{t("dup.compare")}
						</a>
					</li>
				))}
			</ul>
		</section>
	);
}
