// The shapes of answers by the names that pages use; they come out of the contract (schema.d.ts).
export type {
	Account,
	AuditHead,
	AuditRow,
	Both,
	Cell,
	Column,
	CurvePoint,
	Fact,
	Job,
	Lot as LotBrief,
	LotDetail,
	Lots,
	Maker,
	Matches,
	Member,
	Named,
	Near,
	Origin as Provenance,
	OwnAccount,
	OwnSession,
	Price,
	Quantity as Qty,
	Record as RecordDetail,
	Region,
	Register,
	Role as Grant,
	Row,
	Run,
	Session,
	Summary,
	Token,
	Unfilled,
	Value,
	Why,
} from "./schema";
import type { Hits, Job, MatchLine, Named, Price, Quantity, Record as RecordDetail, Region } from "./schema";

export type Hit = Hits["items"][number];
export type Verdict = MatchLine["verdict"];

export interface Page<T> {
	items: T[];
	next: string | null;
	total: number | null;
}

// --- shapes that the contract does not have yet ----------------------------------------------------------------------------

export interface Task {
	uid: string;
	kind: string;
	title: string;
	due: string | null;
	overdue: boolean;
	href: string | null;
	state: "open" | "done" | "declined" | "withdrawn";
	action: { label: string } | null;
}

export interface HomeData {
	role: string;
	tasks: Task[];
	more: boolean;
	figures: { code: string; label: string; value: string | number; href: string | null }[];
}

export interface Scouting {
	uid: string;
	need: Named;
	centre: { code: string; name: string };
	note: string;
	started_on: string;
	deadline: string;
	state: "open" | "closed";
	n_centres: number;
	n_answered: number;
	n_silent: number;
	median_hours: number | null;
	centres?: ScoutingCentre[];
}

export interface ScoutingCentre {
	centre: { code: string; name: string };
	answer: "exact" | "near" | "none" | null;
	note: string;
	makers: { uid: string; name: string }[];
	answered_at: string | null;
}

export interface Contact {
	uid: string;
	need: Named;
	asker: Named;
	owner: Named | null;
	note: string;
	state: "asked" | "accepted" | "declined";
	own: boolean;
	asked_at: string;
	decided_at: string | null;
}

// What a change of a row answers: the row, and what is to be said about it.
export type Changed = RecordDetail & { warnings?: string[] };

export interface Disclosure {
	at: string;
	owner: Named;
	to_org: Named | null;
	to_centre: { code: string; name: string } | null;
	subject: string;
	what: string;
	reason: string;
	actor: string;
}

export interface Approval {
	uid: string;
	action: string;
	title: string;
	subject: string;
	href: string | null;
	centre: string;
	state: "asked" | "approved" | "refused" | "withdrawn";
	asked_by: string;
	asked_at: string;
	decided_by: string | null;
	decided_at: string | null;
	note: string;
	own: boolean;
	decidable: boolean;
}

export interface Batch {
	uid: string;
	kind: string;
	source: string;
	file: string;
	actor: string;
	made_at: string;
	state: string;
	rows: number;
	undone_at: string | null;
	may_undo: boolean;
}

export interface ImportKind {
	kind: string;
	label: string;
	register: string;
	template: boolean;
}

export interface ImportFault {
	line: number;
	level: "error" | "warning";
	column: string;
	text: string;
}

export interface ImportReport {
	rows: number;
	new: number;
	changed: number;
	same: number;
	duplicates: number;
	held: number;
	skipped: number;
	errors: number;
	warnings: number;
	faults: ImportFault[];
	faults_total: number;
}

export interface Import {
	uid: string;
	kind: string;
	name: string;
	size: number;
	made_at: string;
	job: Job | null;
	batch: string | null;
	has_errors_file: boolean;
	report?: ImportReport | null;
}

export interface Duplicate {
	uid: string;
	score: number;
	reasons: string;
	verdict: "open" | "same" | "different";
	decided_by: string | null;
	stored: { uid: string; name: string };
	row: { name: string; line: number };
	fields?: { name: string; label: string; stored: string; row: string; differs: boolean }[];
}

export interface NeedCheck {
	echo: { qty: { text: string; base_text: string } | null };
	hints: { field: string; text: string; effect: string }[];
	faults: { pointer: string; detail: string }[];
	density_needed: boolean;
	same: { uid: string | null; org: string | null; own: boolean; text: string }[];
}

export interface RegionFigures {
	region: Region;
	needs: number | null;
	makers: number | null;
	uncovered: number | null;
	uncovered_text: string | null;
}

export interface DemandCard {
	uid: string;
	name: string;
	cas: string | null;
	okpd2: string | null;
	state: "few" | "band" | "shown";
	text: string; // the whole card as one sentence
	hidden: string | null;
	as_of: string | null;
	buyers: number | null;
	regions: number | null;
	declared: string | null;
	confirmed: string | null;
	possible: string | null;
	band: { low: Quantity; high: Quantity } | null;
	threshold: string | null;
	threshold_reached: boolean;
	reached: number | null; // percent of the threshold
	curve: { qty: Quantity; price: Price }[];
	places: { code: string; name: string; district: boolean; buyers: number }[];
}
