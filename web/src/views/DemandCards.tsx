// What is looked for, as anybody may know it: figures of several buyers together, never of one.
import type { DemandCard } from "../api/types";

export function DemandFacts({ demand }: { demand: DemandCard }) {
	if (demand.hidden) return <p class="quiet">{demand.hidden}</p>;
	return <p>{demand.text}</p>;
}

export function DemandCards({ items, level }: { items: DemandCard[]; level: 2 | 3 }) {
	const Heading = level === 2 ? "h2" : "h3";
	return (
		<ul class="lots">
			{items.map((d) => (
				<li key={d.uid}>
					<a class="card lot" href={`/demand/${d.uid}`}>
						<Heading>{d.name}</Heading>
						<p class="quiet small">{[d.cas && `CAS ${d.cas}`, d.okpd2].filter(Boolean).join(" · ")}</p>
						{d.declared && <p class="lot-qty">{d.declared}</p>}
						<DemandFacts demand={d} />
					</a>
				</li>
			))}
		</ul>
	);
}
