// Made by web/schema.mjs out of docs/api/openapi.json.

/** RFC 9457 */
export interface Problem {
	type: string;
	title: string;
	status: number;
	/** In the language asked for */
	detail: string;
	errors?: {
		pointer: string;
		code: string;
		detail: string;
	}[];
}

/** A text in both languages */
export interface Both {
	ru: string;
	en: string;
}

/** An object and the name by which people know it */
export interface Named {
	register: string;
	uid: string;
	name: string;
}

export interface Region {
	/** ISO 3166-2, or empty */
	code: string;
	name: string;
}

/** An amount in the base unit of its dimension (mg, uL, piece ...), and as people read it */
export interface Quantity {
	base: number;
	dim: string | null;
	text: string;
}

/** Exactly `kop` kopecks for `per` base units */
export interface Price {
	kop: number;
	per: number;
	text: string;
}

/** Needs served, for how much, and what quantity */
export interface Served {
	needs: number;
	/** Roubles as an exact decimal */
	amount: string;
	text: string;
}

/** A computation of all lots */
export interface Run {
	uid: string;
	as_of: string | null;
	/** This and the sums are null for whoever sees own lots alone */
	needs: number | null;
	lots: number;
	alone: Served | null;
	pooled: Served | null;
}

export interface RegisterCount {
	name: string;
	plural: string;
	label: Both;
	count: number;
	searched: boolean;
}

export interface Summary {
	as_of: string;
	demo: boolean;
	version: string;
	registers: RegisterCount[];
	run: Run | null;
}

export interface Column {
	name: string;
	type: "text" | "int" | "bool" | "date" | "quarter" | "qty" | "kop" | "micro" | "enum" | "ref";
	label: Both;
	ref?: string;
	words?: {
		value: string;
		label: Both;
	}[];
}

export interface Register {
	name: string;
	plural: string;
	label: Both;
	count: number;
	/** q= is understood */
	searched: boolean;
	/** The columns of a row in a list */
	main: string[];
	columns: Column[];
}

export interface Registers {
	registers: Register[];
}

export interface Cell {
	/** null when not stated */
	value: string | number | boolean | null;
	text: string;
	ref?: Named;
}

export interface Row {
	uid: string;
	name: string;
	/** The key in the source */
	key: string;
	cells: Record<string, Cell>;
}

export interface Rows {
	items: Row[];
	/** The cursor of the next page. With conditions a page may be short and not yet the last. */
	next: string | null;
	/** null when conditions were given */
	total: number | null;
}

/** Who said it, when, how sure it is */
export interface Origin {
	status: "declared" | "document" | "centre" | "disputed";
	said_on: string | null;
	source: string;
	batch: string;
	line: number;
}

/** What holds, what is said against it, what was said before */
export interface Fact {
	state: "wins" | "rival" | "past" | "undone";
	recorded: string;
	/** null when not stated */
	value: string | number | boolean | null;
	text: string;
	ref?: Named;
	status: "declared" | "document" | "centre" | "disputed";
	said_on: string | null;
	source: string;
	batch: string;
	line: number;
}

export interface Value {
	column: string;
	/** null when not stated */
	value: string | number | boolean | null;
	text: string;
	ref?: Named;
	status: "declared" | "document" | "centre" | "disputed";
	said_on: string | null;
	source: string;
	batch: string;
	line: number;
	facts: Fact[];
}

export interface Record {
	uid: string;
	register: string;
	name: string;
	key: string;
	centre: string;
	/** How much of the row this person sees; below full, `values` has only the columns that are shown and the origin is empty */
	sight: "shape" | "named" | "full";
	provenance: Origin;
	values: Value[];
}

export interface Lot {
	uid: string;
	item: Named;
	maker: Named;
	region: Region;
	/** Fewer buyers than the rule of disclosure asks for, or one with too large a part: qty, firm, extra, amount, buyers and regions are null */
	volume_hidden: boolean;
	qty: Quantity | null;
	firm: Quantity | null;
	extra: Quantity | null;
	price: Price | null;
	amount: string | null;
	buyers: number | null;
	regions: number | null;
	ready_on: string | null;
	/** false: the search reached its limit, a better lot is not excluded */
	proved: boolean;
}

export interface Lots {
	run: string | null;
	items: Lot[];
	next: string | null;
	total: number;
}

/** A lot that is near and what it lacks */
export interface Near {
	qty: Quantity;
	price: Price | null;
	reachable: Quantity | null;
	lacks: Quantity | null;
	lacks_amount: string | null;
	/** Needs whose ceiling is below the price */
	who: string;
}

/** An offer that got no lot */
export interface Unfilled {
	item: string;
	maker: string;
	offer: string;
	below: Near | null;
	above: Near | null;
}

export interface NearLots {
	items: Unfilled[];
	total: number;
}

/** A buyer's part of a lot. Of needs of others the name (unless the contact was accepted), the key and all money are left out */
export interface Member {
	need: Named;
	org: Named | null;
	region: Region;
	due: string | null;
	firm: Quantity;
	extra: Quantity;
	total: Quantity;
	amount: string | null;
	freight: string | null;
	ceiling: Price | null;
}

export interface CurvePoint {
	qty: Quantity;
	price: Price;
	/** Needs that would pay it; null for whoever may not see all of them */
	willing: number | null;
	willing_qty: Quantity | null;
}

export interface LotDetail {
	uid: string;
	item: Named;
	maker: Named;
	region: Region;
	/** Fewer buyers than the rule of disclosure asks for, or one with too large a part: qty, firm, extra, amount, buyers and regions are null */
	volume_hidden: boolean;
	qty: Quantity | null;
	firm: Quantity | null;
	extra: Quantity | null;
	price: Price | null;
	amount: string | null;
	buyers: number | null;
	regions: number | null;
	ready_on: string | null;
	/** false: the search reached its limit, a better lot is not excluded */
	proved: boolean;
	cas: string;
	offer: Named;
	freight: string | null;
	/** The registers have changed since the run: this is no longer what would come out */
	changed: boolean;
	near: Unfilled[];
	/** Days that the members ask for, each once */
	dues: string[];
	/** Requirements of the members, each once */
	required: string[];
	members: Member[];
	curve: CurvePoint[];
}

/** One condition with both values */
export interface MatchLine {
	condition: string;
	state: "pass" | "note" | "soft" | "unknown" | "fail";
	verdict: "pass" | "ask" | "fail";
	text: string;
}

export interface Maker {
	org: Named;
	region: Region;
	offer: Named;
	item: string;
	verdict: "pass" | "ask" | "fail";
	distance: number;
	landed: Price | null;
	feasible: Quantity | null;
	lot: Quantity | null;
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
	firm: Quantity;
	extra: Quantity;
	due: string | null;
	as_of: string | null;
	pass: number;
	ask: number;
	fail: number;
	makers: Maker[];
}

/** Which lot a need is in, or why in none */
export interface Why {
	/** A run of lots exists */
	computed: boolean;
	lot: {
		uid: string;
		item: string;
		qty: Quantity | null;
		firm: Quantity;
		extra: Quantity;
		price: Price;
		/** Roubles as an exact decimal */
		amount: string;
	} | null;
	miss: {
		code: string;
		text: string;
	} | null;
	near: Unfilled[];
}

export interface Hits {
	items: {
		register: string;
		uid: string;
		name: string;
		detail: string;
	}[];
	next: string | null;
	total: number | null;
}

/** What is looked for, as the public may know it */
export interface Demand {
	uid: string;
	name: string;
	cas: string | null;
	okpd2: string | null;
	/** few: fewer buyers than the rule asks for, or none; band: one has too large a part */
	state: "few" | "band" | "shown";
	/** The figures as a sentence */
	text: string;
	/** Why there are no figures */
	hidden: string | null;
	as_of: string | null;
	buyers: number | null;
	regions: number | null;
	/** Firm quantity of all needs that count */
	declared: string | null;
	/** Firm quantity of the confirmed ones; null when it would show a buyer's part */
	confirmed: string | null;
	/** What would be taken beyond it */
	possible: string | null;
	band: {
		low: Quantity;
		high: Quantity;
	} | null;
	/** The smallest lot of a maker that fits */
	threshold: string | null;
	/** By what is confirmed, with what would be taken beyond it */
	threshold_reached: boolean;
	/** Confirmed, in percent of the threshold */
	reached: number | null;
	curve: {
		qty: Quantity;
		price: Price;
	}[];
	places: {
		code: string;
		name: string;
		district: boolean;
		buyers: number;
	}[];
}

export interface Demands {
	items: Demand[];
	next: string | null;
	total: number | null;
}

export interface RegionFigure {
	region: {
		code: string;
		name: string;
	};
	/** Code of the federal district; not of a district itself */
	district?: string;
	needs: number | null;
	makers: number | null;
	/** Milligrams of open needs that are in no lot */
	uncovered: number | null;
	uncovered_text: string | null;
}

export interface RegionFigures {
	items: RegionFigure[];
	/** What the regions of a district show together that do not show it alone */
	districts: RegionFigure[];
}

export interface Health {
	status: "ok";
	version: string;
}

export interface Role {
	role: string;
	label: string;
	centre: {
		code: string;
		name: string;
	} | null;
	org: {
		uid: string;
		name: string;
	} | null;
}

export interface SessionAccount {
	uid: string;
	login: string;
	name: string;
	lang: "ru" | "en" | null;
	roles: Role[];
	totp: boolean;
}

export interface DemoLogin {
	login: string;
	name: string;
	password: string;
	role: string;
	label: string;
}

export interface Provider {
	name: string;
	href: string;
}

export interface Session {
	signed_in: boolean;
	account: SessionAccount | null;
	csrf: string | null;
	ends_at: string | null;
	/** Actions that this person may use somewhere */
	may: string[];
	/** Only in the demo world, to this machine itself */
	demo_logins: DemoLogin[];
	providers: Provider[];
}

export interface SignIn {
	login: string;
	password: string;
	/** Of the second factor */
	code?: string;
}

export interface OwnAccount {
	uid: string;
	login: string;
	name: string;
	email: string | null;
	lang: "ru" | "en" | null;
	/** It has a password of its own */
	password: boolean;
	totp: boolean;
	created_at: string;
	roles: Role[];
}

export interface OwnAccountChange {
	name?: string;
	email?: string | null;
	lang?: "ru" | "en" | null;
}

export interface PasswordChange {
	old: string;
	new: string;
}

export interface TotpSecret {
	secret: string;
	uri: string;
}

export interface TotpCode {
	code: string;
}

export interface PasswordProof {
	password: string;
}

export interface OwnSession {
	uid: string;
	created_at: string;
	seen_at: string;
	ends_at: string;
	address: string;
	agent: string;
	current: boolean;
}

export interface OwnSessions {
	items: OwnSession[];
	next: string | null;
	total: number | null;
}

export interface Token {
	uid: string;
	name: string;
	scopes: string[];
	centre: string | null;
	created_at: string;
	ends_at: string;
	revoked_at: string | null;
}

export interface Tokens {
	items: Token[];
	next: string | null;
	total: number | null;
}

export interface NewToken {
	uid: string;
	name: string;
	scopes: string[];
	centre: string | null;
	created_at: string;
	ends_at: string;
	revoked_at: string | null;
	/** Shown this once */
	token: string;
}

export interface TokenRequest {
	name: string;
	scopes: string[];
	centre?: string | null;
	ends_on: string;
}

export interface Account {
	uid: string;
	login: string;
	name: string;
	email: string | null;
	lang: "ru" | "en" | null;
	/** It has a password of its own */
	password: boolean;
	totp: boolean;
	created_at: string;
	roles: Role[];
	state: "active" | "disabled";
}

export interface Accounts {
	items: Account[];
	next: string | null;
	total: number | null;
}

export interface RolePlace {
	role: string;
	/** Its code; null: every centre */
	centre?: string | null;
	/** uid or INN */
	org?: string | null;
}

export interface AccountNew {
	login: string;
	name: string;
	email?: string | null;
	lang?: string | null;
	password?: string | null;
	roles: RolePlace[];
}

export interface AccountChange {
	name?: string;
	email?: string | null;
	lang?: string | null;
	state?: "active" | "disabled";
	roles?: RolePlace[];
}

export interface AuditRow {
	n: number;
	at: string;
	actor: string;
	action: string;
	subject: string;
	/** A JSON object, or null */
	detail: unknown;
	address: string;
	hash: string;
}

export interface AuditRows {
	items: AuditRow[];
	next: string | null;
	total: number | null;
}

export interface AuditHead {
	n: number;
	at: string | null;
	hash: string;
	/** N:HASH, to be written down outside */
	anchor: string;
}

export interface Task {
	uid: string;
	kind: string;
	title: string;
	due: string | null;
	overdue: boolean;
	href: string | null;
	subject: string | null;
	state: "open" | "done" | "declined" | "withdrawn";
	made_at: string;
	ended_at: string | null;
	action: {
		label: string;
	} | null;
}

export interface Tasks {
	items: Task[];
	next: string | null;
	total: number | null;
}

export interface TaskNew {
	title: string;
	due?: string | null;
}

export interface TaskEnd {
	state: "done" | "declined";
}

export interface Home {
	role: string;
	tasks: Task[];
	more: boolean;
	figures: {
		code: string;
		label: string;
		value: number;
		href: string;
	}[];
}

export interface Scouting {
	uid: string;
	need: Named;
	centre: {
		code: string;
		name: string;
	};
	note: string;
	started_on: string;
	started_at: string;
	deadline: string;
	state: "open" | "closed";
	n_centres: number;
	n_answered: number;
	n_silent: number;
	n_exact: number;
	n_near: number;
	n_none: number;
	n_makers: number;
	median_hours: number | null;
}

export interface Scoutings {
	items: Scouting[];
	next: string | null;
	total: number | null;
}

export interface ScoutingBoard {
	uid: string;
	need: Named;
	centre: {
		code: string;
		name: string;
	};
	note: string;
	started_on: string;
	started_at: string;
	deadline: string;
	state: "open" | "closed";
	n_centres: number;
	n_answered: number;
	n_silent: number;
	n_exact: number;
	n_near: number;
	n_none: number;
	n_makers: number;
	median_hours: number | null;
	centres: ({
		centre: {
			code: string;
			name: string;
		};
		answer: "exact" | "near" | "none" | null;
		note: string;
		makers: {
			uid: string;
			name: string;
		}[];
		answered_at: string | null;
	})[];
}

export interface ScoutingNew {
	deadline: string;
	note?: string;
}

export interface ScoutingAnswer {
	answer: "exact" | "near" | "none";
	makers?: string[];
	note?: string;
}

export interface Contact {
	uid: string;
	need: Named;
	asker: Named | null;
	owner: Named | null;
	note: string;
	state: "asked" | "accepted" | "declined";
	own: boolean;
	asked_at: string;
	decided_at: string | null;
}

export interface Contacts {
	items: Contact[];
	next: string | null;
	total: number | null;
}

export interface ContactNew {
	note?: string;
}

export interface ContactDecision {
	state: "accepted" | "declined";
}

export interface Disclosure {
	owner: Named | null;
	to_org: Named | null;
	to_centre: {
		code: string;
		name: string;
	} | null;
	subject: string;
	what: string;
	reason: string;
	actor: string;
	at: string;
}

export interface Disclosures {
	items: Disclosure[];
	next: string | null;
	total: number | null;
}

export interface Approval {
	uid: string;
	action: string;
	title: string;
	subject: string;
	href: string;
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

export interface Approvals {
	items: Approval[];
	next: string | null;
	total: number | null;
}

export interface ApprovalDecision {
	decision: "approve" | "refuse";
	note?: string;
}

export interface MergeInto {
	into: string;
}

export interface Publication {
	visibility: "centre" | "matched" | "association" | "public";
}

/** `approval`: what now waits for a second person; null when it was done at once */
export interface Asked {
	approval: string | null;
}

/** Keys of the register's template (GET /templates/{kind}.xlsx) and values as in a file: texts, numbers, true, false. A key that there is not is refused. Of needs also `density`, with which litres become kilograms. */
export type RowFields = Record<string, string | number | boolean | null>;

/** An answer that would raise the chance of the need, and what it would do */
export interface Hint {
	field: string;
	text: string;
	effect: string;
}

export interface NeedJoin {
	/** With its unit: 10 kg */
	qty: string;
}

export interface NeedCheck {
	echo: {
		qty: {
			text: string;
			base_text: string;
		} | null;
	};
	density_needed: boolean;
	hints: Hint[];
	faults: {
		pointer: string;
		detail: string;
	}[];
	/** Open needs for the same item: the own ones, and those of others together when that tells nothing of any one of them */
	same: ({
		uid: string | null;
		org: string | null;
		qty: Quantity;
		own: boolean;
		text: string;
	})[];
}

export interface ImportFault {
	line: number;
	level: "error" | "held" | "duplicate" | "skipped" | "warning";
	column: string;
	text: string;
}

export interface ImportReport {
	rows: number;
	new: number;
	changed: number;
	same: number;
	errors: number;
	held: number;
	duplicates: number;
	skipped: number;
	warnings: number;
	profile: string;
	encoding: string;
	sheet: string;
	dry_run: boolean;
	batch: string | null;
	groups: {
		level: string;
		n: number;
		first_line: number;
		text: string;
	}[];
	/** The first thousand */
	faults: ImportFault[];
	faults_total: number;
	/** Digest of the kept rows at fault, or empty */
	workbook: string;
}

export interface ImportBrief {
	uid: string;
	kind: string;
	name: string;
	size: number;
	digest: string;
	centre: string;
	made_at: string;
	job: Job | null;
	/** What it wrote, while that stands */
	batch: string | null;
	has_errors_file: boolean;
}

export interface Import {
	uid: string;
	kind: string;
	name: string;
	size: number;
	digest: string;
	centre: string;
	made_at: string;
	job: Job | null;
	/** What it wrote, while that stands */
	batch: string | null;
	has_errors_file: boolean;
	/** Of the last job that ended well */
	report: ImportReport | null;
}

export interface Imports {
	items: ImportBrief[];
	next: string | null;
	total: number | null;
}

export interface ImportStarted {
	uid: string;
	job: string;
}

export interface JobStarted {
	job: string;
}

export interface ImportKind {
	kind: string;
	label: string;
	register: string;
	template: boolean;
}

export interface ImportKinds {
	items: ImportKind[];
	next: string | null;
	total: number | null;
}

export interface Batch {
	uid: string;
	kind: string;
	source: string;
	/** Name of the file, or empty for what was done by hand */
	file: string;
	digest: string;
	centre: string;
	actor: string;
	made_at: string;
	state: "applied" | "undone";
	/** New and changed ones */
	rows: number;
	new: number;
	changed: number;
	same: number;
	errors: number;
	held: number;
	undone_at: string | null;
	may_undo: boolean;
}

export interface Batches {
	items: Batch[];
	next: string | null;
	total: number | null;
}

export interface Duplicate {
	uid: string;
	score: number;
	reasons: string;
	verdict: "open" | "different" | "same";
	decided_by: string | null;
	stored: {
		uid: string;
		name: string;
	};
	row: {
		name: string;
		line: number;
	};
}

export interface Duplicates {
	items: Duplicate[];
	next: string | null;
	total: number | null;
}

export interface DuplicateDetail {
	uid: string;
	score: number;
	reasons: string;
	verdict: "open" | "different" | "same";
	decided_by: string | null;
	stored: {
		uid: string;
		name: string;
	};
	row: {
		name: string;
		line: number;
	};
	fields: {
		name: string;
		label: string;
		stored: string;
		row: string;
		differs: boolean;
	}[];
}

export interface DuplicateVerdict {
	verdict: "different" | "same";
}

/** The row as GET gives it, with what is to be said about it */
export interface RowWritten {
	uid: string;
	register: string;
	name: string;
	key: string;
	centre: string;
	/** How much of the row this person sees; below full, `values` has only the columns that are shown and the origin is empty */
	sight: "shape" | "named" | "full";
	provenance: Origin;
	values: Value[];
	hints: Hint[];
	warnings: string[];
}

export interface JobRef {
	job: string;
}

export interface Job {
	uid: string;
	kind: string;
	state: "waiting" | "running" | "done" | "failed" | "cancelled";
	done: number;
	of: number;
	made_at: string;
	started_at: string | null;
	ended_at: string | null;
	/** What the kind of work says; null before its end */
	result: unknown;
	error: string | null;
}

export interface Jobs {
	items: Job[];
	next: string | null;
	total: number | null;
}

/** The pack of rules that a measure comes from */
export interface MeasurePack {
	uid: string;
	name: string;
	series: string;
	title: string;
	level: "federal" | "regional" | "own";
	region: string | null;
	valid_from: string | null;
	valid_to: string | null;
	confidence: "high" | "medium" | "low";
	source: string | null;
}

/** A stretch of time that people must know of: a selection, a deadline */
export interface MeasureWindow {
	from: string | null;
	to: string | null;
	title: string;
	/** On the day that is asked for */
	state: "past" | "open" | "coming";
}

export interface MeasureBudget {
	year: number;
	/** Roubles and kopecks, "1000000.00" */
	amount: string;
}

/** A category of cost of the budget form, with its part of the grant */
export interface MeasureCategory {
	name: string;
	title: string;
	at_most: string | null;
	at_least: string | null;
	of: string | null;
}

/** A value by time that the measure uses: key rate, threshold */
export interface MeasureParameter {
	name: string;
	title: string;
	values: ({
		from: string | null;
		to: string | null;
		text: string;
		source: string | null;
		/** On the day that is asked for */
		in_force: boolean;
	})[];
}

/** A fact that no register holds and the measure asks for */
export interface MeasureQuestion {
	name: string;
	type: "yesno" | "number" | "money" | "date" | "text";
	question: string;
}

export interface Measure {
	id: string;
	title: string;
	/** subsidy, grant, loan, guarantee, tax, contract, service, land, procurement, transfer */
	form: string;
	form_title: string;
	status: "active" | "closed" | "announced" | "proposed" | "conditional" | "regional_only" | "to_check" | "suspended";
	status_title: string;
	confidence: "high" | "medium" | "low";
	/** The program gives an amount: the measure is active and its formula is in the pack */
	computes: boolean;
	act_old: string | null;
	act_new: string | null;
	beneficiary: string | null;
	amount_text: string | null;
	rate_text: string | null;
	administrator: string | null;
	windows: MeasureWindow[];
	budgets: MeasureBudget[];
	pack: MeasurePack;
}

export interface Measures {
	items: Measure[];
	next: string | null;
	total: number | null;
}

export interface MeasureDetail {
	id: string;
	title: string;
	/** subsidy, grant, loan, guarantee, tax, contract, service, land, procurement, transfer */
	form: string;
	form_title: string;
	status: "active" | "closed" | "announced" | "proposed" | "conditional" | "regional_only" | "to_check" | "suspended";
	status_title: string;
	confidence: "high" | "medium" | "low";
	/** The program gives an amount: the measure is active and its formula is in the pack */
	computes: boolean;
	act_old: string | null;
	act_new: string | null;
	beneficiary: string | null;
	amount_text: string | null;
	rate_text: string | null;
	administrator: string | null;
	windows: MeasureWindow[];
	budgets: MeasureBudget[];
	pack: MeasurePack;
	on: string;
	note: string | null;
	source: string | null;
	link: string | null;
	condition: string | null;
	/** The whole measure as the pack has it, in the language of rules */
	text: string;
	costs: string[];
	groups: string[];
	excludes: {
		id: string;
		title: string;
	}[];
	categories: MeasureCategory[];
	parameters: MeasureParameter[];
	facts: MeasureQuestion[];
}

export interface MeasureEvent {
	measure: {
		id: string;
		title: string;
	};
	title: string;
	from: string | null;
	to: string | null;
	state: "past" | "open" | "coming";
	pack: Named;
}

export interface MeasureCalendar {
	items: MeasureEvent[];
	on: string;
}

/** What a new edition of a pack changed for an organisation */
export interface MeasureChange {
	measure: {
		id: string;
		title: string;
	};
	org: Named;
	was: "eligible" | "unknown" | "not_eligible";
	now: "eligible" | "unknown" | "not_eligible";
	was_amount: string | null;
	now_amount: string | null;
	/** other: decided facts became unknown or the reverse */
	change: "gained" | "lost" | "more" | "less" | "other";
	pack: Named;
	at: string;
}

export interface MeasureChanges {
	items: MeasureChange[];
	next: string | null;
	total: number | null;
}

export interface CalendarState {
	made_at: string | null;
}

export interface CalendarLink {
	/** The private address of the calendar, shown this once: who knows it can read the calendar */
	href: string;
	made_at: string;
}
