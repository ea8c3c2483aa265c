// What shorter outages cost: whoever asks a source how long it needs sees what the answer is worth.
import type { ChainRun } from "../../api/types";
import { money, t, tn } from "../../state/i18n";
import { Table } from "../../ui/Table";

export function Lengths({ run }: { run: ChainRun }) {
	if (run.if_it_lasts.length === 0) return null;
	return (
		<section class="section">
			<h2>{t("stops.lengths")}</h2>
			<div class="card words">
				<Table
					caption={t("stops.lengths")}
					rows={run.if_it_lasts}
					id={(l) => String(l.days)}
					columns={[
						{ id: "days", label: t("stops.lasts"), cell: (l) => tn("stops.lastsdays", l.days) },
						{ id: "lost", label: t("stops.lost"), num: true, cell: (l) => money(l.lost) },
					]}
				/>
			</div>
		</section>
	);
}
