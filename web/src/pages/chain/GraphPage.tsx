// Who gives what to whom: all production chains that one may see, or the part about an item.
import { useMemo } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ChainGraph } from "../../api/types";
import { money, number, t, tn } from "../../state/i18n";
import { go, place } from "../../state/router";
import { Digraph, type DigraphArc, type DigraphData } from "../../views/Digraph";
import { First } from "../../ui/First";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { Table } from "../../ui/Table";
import { ItemField } from "./ItemField";
import "./graph.css";

const LISTED = 30;

type Node = ChainGraph["nodes"][number];
type Arrow = ChainGraph["arrows"][number];

const stopOf = (node: Node): string => `/stops${query({ cause: node.cause })}`;

// All inputs that one gives to another are one arc of the picture.
function pictureOf({ nodes, arrows }: ChainGraph): DigraphData {
	const arcs = new Map<string, DigraphArc>();
	for (const a of arrows) {
		const key = `${a.from} ${a.to}`;
		const arc = arcs.get(key);
		if (arc) arcs.set(key, { ...arc, label: `${arc.label}, ${a.input}`, quiet: arc.quiet && a.steps_in });
		else arcs.set(key, { from: String(a.from), to: String(a.to), label: a.input, quiet: a.steps_in });
	}
	return {
		nodes: nodes.map((n, i) => ({ id: String(i), name: n.name, tone: n.alone_for > 0 ? "alone" : n.kind, note: n.alone_for > 0 ? tn("graph.alone", n.alone_for) : "", x: n.x, y: n.y, weight: n.alone_for })),
		arcs: [...arcs.values()],
	};
}

function Ask({ item, steps }: { item: string; steps: string }) {
	return (
		<form
			class="card pad filters wide"
			onSubmit={(e) => {
				e.preventDefault();
				const form = new FormData(e.currentTarget);
				const said = (name: string) => (form.get(name) ?? "").toString().trim();
				go(`/chain-graph${query({ item: said("item"), steps: said("item") ? said("steps") : "" })}`);
			}}
		>
			<ItemField item={item} hint={t("graph.item.hint")} />
			<label>
				{t("graph.steps")}
				<input class="field" name="steps" type="number" min={1} max={1000} value={steps} placeholder={t("graph.steps.all")} />
			</label>
			<button class="button main" type="submit">
				{t("tree.show")}
			</button>
		</form>
	);
}

/* texts: graph.need.essential graph.need.important graph.need.non-essential */
function Arrows({ title, list, other, nodes }: { title: string; list: Arrow[]; other: "from" | "to"; nodes: Node[] }) {
	if (list.length === 0) return null;
	return (
		<>
			<h3>{title}</h3>
			<First of={list} n={LISTED}>
				{(rows) => (
					<ul class="graph-arrows">
						{rows.map((a, i) => (
							<li key={i}>
								<a href={`/chain-tree${query({ item: a.input })}`}>{a.input}</a> {other === "from" ? "←" : "→"} {nodes[a[other]]!.name}
								<span class="quiet small"> {[t(`graph.need.${a.need}`), a.a_day && t("tree.aday", { text: a.a_day }), tn("stops.stock", a.stock_days), a.sources < 2 ? t("stops.onlysource") : tn("tree.sources", a.sources), a.steps_in && t("graph.stepsin")].filter(Boolean).join(" · ")}</span>
							</li>
						))}
					</ul>
				)}
			</First>
		</>
	);
}

function Picked({ graph, at }: { graph: ChainGraph; at: number }) {
	const node = graph.nodes[at]!;
	return (
		<section class="card pad section" aria-live="polite">
			<h2>{node.name}</h2>
			<p>
				{[t(`graph.kind.${node.kind}`), node.region || node.country, node.day_value !== null && t("graph.day", { sum: money(node.day_value) }), node.alone_for > 0 && tn("graph.alone", node.alone_for)].filter(Boolean).join(" · ")}
			</p>
			<Arrows title={t("graph.takes")} list={graph.arrows.filter((a) => a.to === at)} other="from" nodes={graph.nodes} />
			<Arrows title={t("graph.gives")} list={graph.arrows.filter((a) => a.from === at)} other="to" nodes={graph.nodes} />
			<a class="button" href={stopOf(node)}>
				{t("graph.ifstops")}
			</a>
		</section>
	);
}

// Sources without which an essential input of others is lost: what the picture shows in red, in words.
function Alone({ nodes }: { nodes: Node[] }) {
	const alone = nodes.filter((n) => n.alone_for > 0).sort((a, b) => b.alone_for - a.alone_for);
	if (alone.length === 0) return <p class="quiet">{t("graph.alone.none")}</p>;
	return (
		<section class="section">
			<h2>{t("graph.alone.title")}</h2>
			<First of={alone} n={LISTED}>
				{(rows) => (
					<div class="card words">
						<Table
							caption={t("graph.alone.title")}
							rows={rows}
							id={(n) => n.name}
							columns={[
								{ id: "name", label: t("graph.node"), cell: (n) => <a href={stopOf(n)}>{n.name}</a> },
								{ id: "where", label: t("graph.where"), cell: (n) => n.region || n.country || "—" },
								{ id: "alone", label: t("graph.alone.inputs"), num: true, cell: (n) => number(n.alone_for) },
								{ id: "day", label: t("graph.day.head"), num: true, cell: (n) => (n.day_value === null ? "—" : money(n.day_value)) },
							]}
						/>
					</div>
				)}
			</First>
		</section>
	);
}

function Shown({ graph, asked }: { graph: ChainGraph; asked: Record<string, string | undefined> }) {
	const picked = useSignal("");
	const data = useMemo(() => pictureOf(graph), [graph]);
	const at = graph.nodes[Number(picked.value)] && picked.value !== "" ? Number(picked.value) : undefined;
	const made = graph.nodes.filter((n) => n.kind === "process").length;
	return (
		<>
			<div class="graph-head">
				<p>{[tn("graph.processes", made), tn("graph.outside", graph.nodes.length - made), tn("graph.arrows", graph.arrows.length)].join(" · ")}</p>
				<label>
					{t("graph.find")}
					<input
						class="field"
						list="graph-nodes"
						value={at === undefined ? "" : graph.nodes[at]!.name}
						onChange={(e) => {
							const found = graph.nodes.findIndex((n) => n.name === e.currentTarget.value.trim());
							picked.value = found < 0 ? "" : String(found);
						}}
					/>
				</label>
				<datalist id="graph-nodes">
					{graph.nodes.map((n, i) => (
						<option key={i} value={n.name} />
					))}
				</datalist>
				<a class="button" href={`/api/v1/chain-graph.graphml${query(asked)}`} download>
					GraphML
				</a>
			</div>
			<Digraph data={data} label={t("graph.title")} alt={t("graph.alt", { n: number(graph.nodes.length), arrows: number(graph.arrows.length) })} picked={picked.value} onPick={(id) => (picked.value = id)} />
			<p class="quiet small">{t("graph.legend")}</p>
			{at !== undefined && <Picked graph={graph} at={at} />}
			<Alone nodes={graph.nodes} />
		</>
	);
}

/* texts: graph.kind.process graph.kind.source */
export default function GraphPage() {
	const item = place.value.query.get("item") ?? "";
	const steps = place.value.query.get("steps") ?? "";
	const asked = { item, steps };
	const { value, error, loading } = useData<ChainGraph>(`/chain-graph${query(asked)}`);
	return (
		<>
			<PageHead
				title={value?.item ? t("graph.title.of", { item: value.item }) : t("graph.title")}
				lead={t("graph.lead")}
				crumbs={[["/stops", t("stops.title")]]}
				side={
					item ? (
						<a class="button" href={`/chain-tree${query({ item })}`}>
							{t("tree.title")}
						</a>
					) : undefined
				}
			/>
			<div class="stack">
				<Ask key={`${item} ${steps}`} item={item} steps={steps} />
				{error && <Failed problem={error} />}
				{!error && (!value || loading) && <Loading lines={8} />}
				{!error && !loading && value && (value.nodes.length === 0 ? <Empty title={t("stops.none")} text={t("stops.none.text")} command="zveno import recipes FILE" /> : <Shown graph={value} asked={asked} />)}
			</div>
		</>
	);
}
