// A table that aligns its numbers, and turns into cards where the screen is narrow.
import type { ComponentChildren } from "preact";

export interface TableColumn<T> {
	id: string;
	label: string;
	num?: boolean;
	cell: (row: T) => ComponentChildren;
	foot?: ComponentChildren;
}

interface Props<T> {
	caption: string;
	columns: TableColumn<T>[];
	rows: T[];
	id: (row: T) => string;
	stale?: boolean;
}

// The roles are said because `display: block` takes them away.
export function Table<T>({ caption, columns, rows, id, stale }: Props<T>) {
	const foot = columns.some((c) => c.foot !== undefined);
	const kind = (c: TableColumn<T>) => (c.num ? "num" : undefined);
	return (
		<table class={stale ? "table stale" : "table"} role="table" aria-busy={stale}>
			<caption class="unseen">{caption}</caption>
			<thead role="rowgroup">
				<tr role="row">
					{columns.map((c) => (
						<th key={c.id} class={kind(c)} role="columnheader" scope="col">
							{c.label}
						</th>
					))}
				</tr>
			</thead>
			<tbody role="rowgroup">
				{rows.map((row) => (
					<tr key={id(row)} role="row">
						{columns.map((c) => (
							<td key={c.id} class={kind(c)} role="cell" data-label={c.label}>
								{c.cell(row)}
							</td>
						))}
					</tr>
				))}
			</tbody>
			{foot && (
				<tfoot role="rowgroup">
					<tr role="row">
						{columns.map((c) => (
							<td key={c.id} class={kind(c)} role="cell" data-label={c.label}>
								{c.foot}
							</td>
						))}
					</tr>
				</tfoot>
			)}
		</table>
	);
}
