// The shapes of answers by the names that pages use; they come out of the contract (schema.d.ts).
export type {
	Both,
	Cell,
	Column,
	CurvePoint,
	Fact,
	Lot as LotBrief,
	LotDetail,
	Lots,
	Maker,
	Matches,
	Member,
	Named,
	Near,
	Origin as Provenance,
	Price,
	Quantity as Qty,
	Record as RecordDetail,
	Region,
	Register,
	Row,
	Run,
	Summary,
	Unfilled,
	Value,
	Why,
} from "./schema";
import type { Hits, MatchLine } from "./schema";

export type Hit = Hits["items"][number];
export type Verdict = MatchLine["verdict"];

export interface Page<T> {
	items: T[];
	next: string | null;
	total: number | null;
}
