// The shapes of answers by the names that pages use; they come out of the contract (schema.d.ts).
export type {
	Account,
	Approval,
	AuditHead,
	AuditRow,
	Batch,
	Both,
	Cell,
	Column,
	Contact,
	CurvePoint,
	Demand as DemandCard,
	Disclosure,
	Fact,
	Home as HomeData,
	Import,
	ImportBrief,
	ImportFault,
	ImportKind,
	Job,
	Lot as LotBrief,
	LotDetail,
	Lots,
	Maker,
	Matches,
	Member,
	Named,
	Near,
	NeedCheck,
	Origin as Provenance,
	OwnAccount,
	OwnSession,
	Price,
	Quantity as Qty,
	Record as RecordDetail,
	Region,
	RegionFigure,
	RegionFigures,
	Register,
	Role as Grant,
	Row,
	RowWritten as Changed,
	Run,
	Scouting,
	ScoutingBoard as Board,
	Session,
	Summary,
	Task,
	Token,
	Unfilled,
	Value,
	Why,
} from "./schema";
import type { Duplicate as Pair, DuplicateDetail, Hits, MatchLine, ScoutingBoard } from "./schema";

export type Duplicate = Pair;
export type DuplicatePair = DuplicateDetail;
export type Hit = Hits["items"][number];
export type ScoutingCentre = ScoutingBoard["centres"][number];
export type Verdict = MatchLine["verdict"];

export interface Page<T> {
	items: T[];
	next: string | null;
	total: number | null;
}
