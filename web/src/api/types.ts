// What the server answers (docs/api/openapi.json).

export interface Named {
	uid: string;
	name: string;
	register?: string;
}

export interface Region {
	code: string;
	name: string;
}

export interface Qty {
	base: number;
	dim: string;
	text: string;
}

export interface Price {
	kop: number;
	per: number;
	text: string;
}

export interface Served {
	needs: number;
	amount: string;
	text: string; // quantities by dimension
}

export interface Run {
	uid: string;
	as_of: string;
	needs: number;
	lots: number;
	alone: Served;
	pooled: Served;
}

export interface Summary {
	as_of: string;
	demo: boolean;
	version: string;
	registers: { name: string; plural: string; label: Both; count: number }[];
	run: Run | null;
}

export interface Both {
	ru: string;
	en: string;
}

export type ColumnType = "text" | "int" | "bool" | "date" | "quarter" | "qty" | "kop" | "micro" | "enum" | "ref";

export interface Column {
	name: string;
	type: ColumnType;
	label: Both;
	ref?: string;
	words?: { value: string; label: Both }[];
}

export interface Register {
	name: string;
	plural: string;
	label: Both;
	count: number;
	searched: boolean;
	main: string[];
	columns: Column[];
}

export interface Cell {
	value: string | number | boolean | null;
	text: string;
	ref?: Named;
}

export interface Row {
	uid: string;
	name: string;
	key: string;
	cells: Record<string, Cell>;
}

export interface Page<T> {
	items: T[];
	next: string | null;
	total: number | null;
}

export interface Provenance {
	status: "declared" | "document" | "centre" | "disputed";
	said_on: string | null;
	source: string;
	batch: string;
	line: number;
}

export interface Fact extends Provenance, Cell {
	state: "wins" | "rival" | "past" | "undone";
	recorded: string;
}

export interface Value extends Provenance, Cell {
	column: string;
	facts: Fact[];
}

export interface RecordDetail {
	uid: string;
	register: string;
	name: string;
	key: string;
	centre: string;
	provenance: Provenance;
	values: Value[];
}

export interface LotBrief {
	uid: string;
	item: Named;
	maker: Named;
	region: Region;
	qty: Qty;
	firm: Qty;
	extra: Qty;
	price: Price;
	amount: string;
	buyers: number;
	regions: number;
	ready_on: string;
	proved: boolean;
}

export interface Member {
	need: Named;
	org: Named;
	region: Region;
	firm: Qty;
	extra: Qty;
	total: Qty;
	amount: string;
	freight: string;
	ceiling: Price | null;
}

export interface CurvePoint {
	qty: Qty;
	price: Price;
	willing: number;
	willing_qty: Qty;
}

export interface Near {
	qty: Qty;
	price: Price;
	reachable: Qty;
	lacks: Qty | null;
	lacks_amount: string | null;
	who: string;
}

export interface LotDetail extends LotBrief {
	offer: Named;
	freight: string;
	cas: string;
	changed: boolean; // the registers have changed since the run
	near: Unfilled[];
	members: Member[];
	curve: CurvePoint[];
}

export interface Unfilled {
	item: string;
	maker: string;
	offer: string;
	below: Near | null;
	above: Near | null;
}

export interface Lots extends Page<LotBrief> {
	run: string | null;
}

export type Verdict = "pass" | "ask" | "fail";

export interface MatchLine {
	condition: string;
	state: string;
	verdict: Verdict;
	text: string;
}

export interface Maker {
	org: Named;
	region: Region;
	offer: Named;
	item: string;
	verdict: Verdict;
	distance: number;
	landed: Price | null;
	feasible: Qty | null;
	lot: Qty | null;
	ready_on: string | null;
	stale: boolean;
	proven: boolean;
	lines: MatchLine[];
	gaps: string[];
}

export interface Matches {
	need: Named;
	org: string;
	item: string;
	firm: Qty;
	extra: Qty;
	due: string | null;
	as_of: string;
	makers: Maker[];
}

export interface Why {
	computed: boolean;
	lot: { uid: string; item: string; qty: Qty; firm: Qty; extra: Qty; price: Price; amount: string } | null;
	miss: { code: string; text: string } | null;
	near: Unfilled[];
}

export interface Hit extends Named {
	register: string;
	detail: string;
}
