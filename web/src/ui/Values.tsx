// Labels with their values, line by line; what has no value is left out.
import type { ComponentChildren } from "preact";

export type Labelled = [label: string, value: ComponentChildren];

export function Values({ rows }: { rows: Labelled[] }) {
	return (
		<dl class="card values">
			{rows
				.filter(([, value]) => value)
				.map(([label, value]) => (
					<div key={label}>
						<dt>{label}</dt>
						<dd>{value}</dd>
					</div>
				))}
		</dl>
	);
}
