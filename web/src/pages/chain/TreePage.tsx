// The tree of an item in both directions: what it needs, and what depends on it. Branches open and close.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { query } from "../../api/client";
import { useData } from "../../api/data";
import type { ChainTree } from "../../api/types";
import { number, t, tn } from "../../state/i18n";
import { go, place } from "../../state/router";
import { PageHead } from "../../ui/Page";
import { Empty, Failed, Loading } from "../../ui/States";
import { ItemField } from "./ItemField";
import "./tree.css";

type TreeRow = ChainTree["needs"][number];

interface Branch {
	row: TreeRow;
	children: Branch[];
}

// Rows as they are read become branches: children are the rows after one that are deeper.
function branches(rows: TreeRow[]): Branch[] {
	const roots: Branch[] = [];
	const path: Branch[] = [];
	for (const row of rows) {
		const branch = { row, children: [] };
		path.length = row.depth;
		(path.at(-1)?.children ?? roots).push(branch);
		path.push(branch);
	}
	return roots;
}

// Of each row that takes an item: how needed it is, how much, for how long, from how many.
function Facts({ line }: { line: TreeRow["line"] }) {
	if (!line) return null;
	return (
		<span class="quiet small">
			{[line.need_title, line.a_day && t("tree.aday", { text: line.a_day }), tn("stops.stock", line.stock_days)].filter(Boolean).join(" · ")}
			{line.sources < 2 && <b class="tree-only"> · {t("stops.onlysource")}</b>}
			{line.sources > 1 && ` · ${tn("tree.sources", line.sources)}`}
		</span>
	);
}

/* texts: tree.kind.process tree.kind.input tree.kind.source tree.kind.product */
function Name({ row }: { row: TreeRow }) {
	const item = row.kind === "input" || row.kind === "product";
	return (
		<>
			<span class={`tree-kind ${row.kind}`}>{t(`tree.kind.${row.kind}`)}</span> {item ? <a href={`/chain-tree${query({ item: row.name })}`}>{row.name}</a> : <b>{row.name}</b>} {row.repeated && <span class="quiet small">{t("tree.repeated")} </span>}
			<Facts line={row.line} />
		</>
	);
}

// A branch: the button before its name opens and closes it, so that the name itself can be a link.
function Row({ of }: { of: Branch }) {
	const open = useSignal(true);
	return (
		<li>
			<div class="tree-row">
				{of.children.length > 0 && (
					<button class="tree-turn" type="button" aria-expanded={open.value} aria-label={t("tree.turn", { name: of.row.name })} onClick={() => (open.value = !open.value)}>
						<span aria-hidden="true">{open.value ? "▾" : "▸"}</span>
					</button>
				)}
				<div>
					<Name row={of.row} />
				</div>
			</div>
			{of.children.length > 0 && open.value && <List of={of.children} />}
		</li>
	);
}

function List({ of }: { of: Branch[] }) {
	return (
		<ul class="tree">
			{of.map((b, i) => (
				<Row key={i} of={b} />
			))}
		</ul>
	);
}

function Side({ title, rows, cut, empty }: { title: string; rows: TreeRow[]; cut: boolean; empty: string }) {
	let body: ComponentChildren = <p class="quiet">{empty}</p>;
	if (rows.length > 0) body = <List of={branches(rows)} />;
	return (
		<section class="section">
			<h2>{title}</h2>
			<div class="card pad tree-card">
				{body}
				{cut && <p class="quiet small">{t("tree.cut", { n: number(rows.length) })}</p>}
			</div>
		</section>
	);
}

function Ask({ item }: { item: string }) {
	return (
		<form
			class="card pad filters wide"
			onSubmit={(e) => {
				e.preventDefault();
				const name = (new FormData(e.currentTarget).get("item") ?? "").toString().trim();
				if (name) go(`/chain-tree${query({ item: name })}`);
			}}
		>
			<ItemField item={item} required />
			<button class="button main" type="submit">
				{t("tree.show")}
			</button>
		</form>
	);
}

export default function TreePage() {
	const item = place.value.query.get("item") ?? "";
	const { value, error } = useData<ChainTree>(item ? `/chain-tree${query({ item })}` : "");
	return (
		<>
			<PageHead
				title={value ? t("tree.title.of", { item: value.item }) : t("tree.title")}
				lead={t("tree.lead")}
				crumbs={[["/stops", t("stops.title")]]}
				side={
					value && (
						<a class="button" href={`/chain-graph${query({ item: value.item })}`}>
							{t("graph.title")}
						</a>
					)
				}
			/>
			<div class="stack">
				<Ask key={item} item={item} />
				{!item && <Empty title={t("tree.none")} text={t("tree.none.text")} />}
				{error && <Failed problem={error} />}
				{item && !error && !value && <Loading lines={8} />}
				{value && (
					<>
						<Side title={t("tree.needs")} rows={value.needs} cut={value.needs_cut} empty={t("tree.needs.none")} />
						<Side title={t("tree.feeds")} rows={value.feeds} cut={value.feeds_cut} empty={t("tree.feeds.none")} />
					</>
				)}
			</div>
		</>
	);
}
