// The verdict of one pack as it stands and as it would be.
import type { CheckCriterion, CheckedPack } from "../../api/types";
import { t } from "../../state/i18n";
import { Table, type TableColumn } from "../../ui/Table";
import { Comparison } from "../../views/Evidence";
import { Counted, TruthBadge } from "../../views/Truth";

type Pair = { was?: CheckCriterion; now: CheckCriterion };

function Side({ of }: { of: CheckCriterion }) {
	return (
		<div class="stack-xs">
			<TruthBadge truth={of.truth} />
			<span class="small">
				<Comparison of={of} />
			</span>
		</div>
	);
}

function Change({ was, now }: Pair) {
	if (!was) return null;
	if (was.truth !== now.truth) return <b>{t("whatif.changes")}</b>;
	return <span class="quiet">{was.left !== now.left ? t("whatif.moves") : t("whatif.same")}</span>;
}

export function BeforeAfter({ before, after }: { before?: CheckedPack; after: CheckedPack }) {
	const rows: Pair[] = after.criteria.map((now) => ({ now, was: before?.criteria.find((c) => c.id === now.id) }));
	const columns: TableColumn<Pair>[] = [
		{ id: "title", label: t("check.criterion"), cell: ({ now }) => now.title },
		{ id: "was", label: t("whatif.before"), cell: ({ was, now }) => <Side of={was ?? now} /> },
		...(before
			? [
					{ id: "now", label: t("whatif.after"), cell: ({ now }: Pair) => <Side of={now} /> },
					{ id: "change", label: t("whatif.change"), cell: (pair: Pair) => <Change {...pair} /> },
				]
			: []),
	];
	return (
		<section class="section">
			<h2>
				<a href={`/packs/${after.pack.uid}`}>{after.pack.title}</a> <span class="quiet small">{after.pack.name}</span>
			</h2>
			<div class="before-after">
				<div class="card pad">
					<h3>{t("whatif.before")}</h3>
					<Counted counts={(before ?? after).counts} />
				</div>
				{before && (
					<div class="card pad">
						<h3>{t("whatif.after")}</h3>
						<Counted counts={after.counts} />
					</div>
				)}
			</div>
			<div class="card words">
				<Table caption={after.pack.title} rows={rows} id={({ now }) => now.id} columns={columns} />
			</div>
		</section>
	);
}
