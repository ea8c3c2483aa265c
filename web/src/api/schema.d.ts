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

/** A membership on the day that was asked for */
export interface ClusterMember {
	/** Of the row in the register of members */
	uid: string;
	org: Named;
	role: "final_producer" | "supplier" | "service" | "education" | "science" | "infrastructure" | "other" | null;
	region: Region | null;
	joined_on: string | null;
	left_on: string | null;
	producing: boolean | null;
	agreement: boolean | null;
}

/** A cluster as it was on a day */
export interface ClusterProfile {
	cluster: {
		uid: string;
		name: string;
		name_en: string | null;
		region: Region | null;
		state: "planned" | "filed" | "in_register" | "excluded" | "liquidation" | null;
		state_on: string | null;
		number: string | null;
		order_no: string | null;
		order_on: string | null;
		edition: string | null;
		valid_until: string | null;
		products: string | null;
		note: string | null;
		site: string | null;
		members_stated: number | null;
		projects_stated: number | null;
		specialised: {
			org: Named;
			state: "acting" | "liquidation";
		} | null;
	};
	on: string;
	/** Members work in two regions or more; null: nobody has said where enough of them work */
	interregional: boolean | null;
	regions: {
		code: string;
		name: string;
		members: number;
	}[];
	members: ClusterMember[];
	former: ClusterMember[];
	events: ({
		uid: string;
		happened_on: string;
		state: "planned" | "filed" | "in_register" | "excluded" | "liquidation" | null;
		act: string | null;
		number: string | null;
		title: string;
		note: string | null;
	})[];
	objects: ({
		uid: string;
		name: string;
		kind: string;
		technological: boolean | null;
	})[];
	projects: ({
		uid: string;
		name: string;
		kind: string;
		state: string;
		members: number;
		budget: string | null;
	})[];
	counts: {
		members: number;
		former: number;
		projects: number;
		/** null: not for this person */
		contracts: number | null;
		objects: number;
	};
	may: {
		write: boolean;
		check: boolean;
		invite: boolean;
		apply: boolean;
		map: boolean;
	};
}

/** How many clusters there were, or are expected to be, as sources say */
export interface ClusterGrowth {
	points: ({
		uid: string;
		on: string;
		number: number;
		/** true: a plan or forecast, false: counted */
		expected: boolean;
		scope: string | null;
		source: string | null;
	})[];
}

/** Who in the cluster supplies whom. Every sum is of the deliveries of the year under contracts shown to the cluster, both sides members on the day */
export interface ClusterMap {
	cluster: Named;
	year: number;
	on: string;
	years: number[];
	nodes: ({
		org: Named;
		role: "final_producer" | "supplier" | "service" | "education" | "science" | "infrastructure" | "other" | null;
		region: Region | null;
		x: number;
		y: number;
		/** Roubles as an exact decimal */
		inside_shipped: string;
		/** Roubles as an exact decimal */
		inside_bought: string;
		/** All that it shipped in the year; null: not stated */
		shipped: string | null;
		/** No contract with another member */
		isolated: boolean;
	})[];
	edges: {
		/** uid of the node */
		seller: string;
		buyer: string;
		contracts: number;
		/** Roubles as an exact decimal */
		delivered: string;
	}[];
	/** Roubles as an exact decimal */
	total: string;
	/** All that the members shipped; null: somebody's is not stated */
	shipped: string | null;
	share: {
		/** Roubles as an exact decimal */
		num: string;
		/** Roubles as an exact decimal */
		den: string;
		percent_text: string;
	} | null;
	/** Members whose shipments of the year are not stated */
	missing: Named[];
	isolated: Named[];
}

/** Why an organisation is proposed */
export interface CampaignReason {
	kind: "sells_to_member" | "makes_what_members_import" | "makes_what_members_need" | "buys_from_member";
	text: string;
	href: string | null;
	sum: string | null;
}

/** What the pack says of the cluster without and with the organisation */
export interface CampaignEffect {
	pack: {
		uid: string;
		name: string;
		title: string;
	};
	before: {
		passed: number;
		failed: number;
		unknown: number;
	};
	after: {
		passed: number;
		failed: number;
		unknown: number;
	};
	changed: ({
		criterion: string;
		title: string;
		was: "pass" | "fail" | "unknown";
		now: "pass" | "fail" | "unknown";
		was_text: string;
		now_text: string;
	})[];
}

/** Organisations worth inviting, by the money they stand for */
export interface Candidates {
	items: ({
		org: Named;
		region: Region | null;
		/** Roubles as an exact decimal */
		sum: string;
		reasons: CampaignReason[];
		effect: CampaignEffect | null;
		invitation: {
			uid: string;
			state: "proposed" | "sent" | "yes" | "no" | "joined" | "withdrawn";
		} | null;
	})[];
}

export interface Invitation {
	uid: string;
	cluster: Named;
	org: Named;
	state: "proposed" | "sent" | "yes" | "no" | "joined" | "withdrawn";
	reasons: CampaignReason[];
	/** The letter in both languages, to be printed */
	letter: {
		ru: string;
		en: string;
	};
	answer: string;
	due: string | null;
	made_by: string;
	made_at: string;
	sent_at: string | null;
	answered_at: string | null;
	/** What this person may do with it now */
	may: {
		send: boolean;
		answer: boolean;
		join: boolean;
		withdraw: boolean;
		edit: boolean;
	};
}

export interface Invitations {
	items: Invitation[];
	funnel: {
		proposed: number;
		sent: number;
		yes: number;
		no: number;
		joined: number;
		withdrawn: number;
	};
}

export interface InvitationNew {
	/** uid */
	org: string;
	due?: string;
	letter?: {
		ru?: string;
		en?: string;
	};
}

export interface InvitationChange {
	state?: "sent" | "yes" | "no" | "joined" | "withdrawn";
	answer?: string;
	due?: string;
	letter?: {
		ru?: string;
		en?: string;
	};
	/** With `joined`: the role of the new member */
	role?: "final_producer" | "supplier" | "service" | "education" | "science" | "infrastructure" | "other";
	/** With `joined`: today when absent */
	joined_on?: string;
}

/** Where a project can stand: what fits, then what must be asked, then what does not fit */
export interface InfraSearch {
	project: Named | null;
	counts: {
		fits: number;
		unknown: number;
		unfit: number;
	};
	items: ({
		infra: Named;
		kind: string;
		state: "planned" | "acting" | "closed";
		region: Region | null;
		technological: boolean | null;
		/** null: a capacity that matters is not stated: ask */
		fits: boolean | null;
		distance_km: number | null;
		checks: ({
			name: "state" | "region" | "technological" | "land_m2" | "floor_m2" | "power_kw" | "gas_m3h" | "water_m3d" | "rail" | "hazard_class" | "services";
			label: string;
			need: string;
			have: string | null;
			truth: "pass" | "fail" | "unknown";
		})[];
	})[];
}

/** Roubles, at least and at most; hi null: nobody can say how much */
export interface MoneyRange {
	/** Roubles as an exact decimal */
	lo: string;
	hi: string | null;
	/** Both for people: "75,000.00 ₽" */
	text: string;
}

/** A fact that a condition looked at */
export interface SupportFact {
	name: string;
	/** For people: Shipped inside */
	label: string;
	of: string;
	href: string | null;
	value: string | null;
	known: boolean;
	type: "yesno" | "number" | "money" | "date" | "text";
	source: string | null;
	document: string | null;
	on: string | null;
	/** 1 declared ... 4 disputed; 0: not known */
	status: number;
	question: string | null;
}

/** A part of a condition with its truth */
export interface SupportNode {
	kind: "and" | "or" | "not" | "leaf";
	truth: "pass" | "fail" | "unknown";
	text: string;
	left: string | null;
	op: string | null;
	right: string | null;
	working: string | null;
	facts: SupportFact[];
	children: SupportNode[];
}

/** A measure as a row of support */
export interface SupportMeasure {
	id: string;
	title: string;
	form: string;
	status: string;
	confidence: string;
	act_old: string | null;
	act_new: string | null;
	link: string | null;
	note: string | null;
	pack: string;
}

/** What one measure means for the organisation */
export interface SupportRow {
	measure: SupportMeasure;
	verdict: "eligible" | "not_eligible" | "unknown";
	condition: "pass" | "fail" | "unknown";
	/** One sentence: why not, what is missing, what it rests on */
	reason: string;
	/** Of an unknown one: if it turned out eligible. null: no amount (loans and guarantees have one, but see `gift`) */
	amount: MoneyRange | null;
	/** Counts in the best set: subsidies, grants, taxes. What must be paid back does not */
	gift: boolean;
	in_best: boolean;
	working: {
		label: string;
		text: string;
	}[];
	rate_text: string | null;
	amount_text: string | null;
	missing: SupportFact[];
	tree: SupportNode | null;
	windows: MeasureWindow[];
	budget: MeasureBudget[];
}

/** The set of measures with the largest total that may stand together */
export interface SupportSet {
	total: MoneyRange;
	/** No set gives more; false: the search ended at its limit */
	proved: boolean;
	/** Roubles as an exact decimal */
	bound: string;
	measures: {
		id: string;
		title: string;
		paid: MoneyRange;
	}[];
	/** What the best case has besides, if what is unknown turned out well */
	possible: {
		id: string;
		title: string;
		paid: MoneyRange;
	}[];
	lines: ({
		uid: string | null;
		title: string;
		category: string;
		cost: string | null;
		/** When the line is a range */
		cost_max: string | null;
		/** id of the measure; null: nobody pays it */
		payer: string | null;
		paid: string | null;
	})[];
}

/** What should be stated, most useful first */
export interface SupportQuestion {
	name: string;
	type: "yesno" | "number" | "money" | "date" | "text";
	question: string;
	/** How many measures wait for it */
	measures: number;
	/** true: PUT /orgs/{uid}/facts/{name}; false: it belongs into a register */
	stated: boolean;
	register: string | null;
}

export interface SupportChange {
	measure: string;
	title: string;
	was: "eligible" | "not_eligible" | "unknown";
	now: "eligible" | "not_eligible" | "unknown";
	was_amount: MoneyRange | null;
	now_amount: MoneyRange | null;
	/** null: not to be told */
	difference: string | null;
}

/** Support of an organisation on a day */
export interface Support {
	subject: {
		org: Named;
		project: Named | null;
	};
	on: string;
	rows: SupportRow[];
	best: SupportSet;
	ask: SupportQuestion[];
	/** As it stands without join and add; null: nothing was supposed */
	before: {
		total: MoneyRange;
		/** Of the least totals, now less before */
		difference: string | null;
		changed: SupportChange[];
	} | null;
}

/** Support of all who bear costs of a project */
export interface ProjectSupport {
	project: Named;
	on: string;
	total: MoneyRange;
	/** Applicants that are not for this person */
	hidden: number;
	applicants: Support[];
}

export interface StatedFact {
	/** By the type of the question: yes, 12.5, 1.5 mln rub, 2026-03-01, text */
	value: string;
	document?: string;
	/** uid: of this project, for a fact of a project */
	project?: string;
}

export interface StatedFactKept {
	/** Of the row in the register of statements */
	uid: string;
	name: string;
	/** That stands now */
	value: string;
	/** A stronger statement stands; what was said is kept beside it */
	rival: boolean;
}

/** A grant's budget by category */
export interface BudgetForm {
	/** id */
	measure: string;
	on?: string;
	lines: {
		category: string;
		/** Roubles: "150000.00" */
		sum: string;
	}[];
}

/** The form against the measure's ceilings */
export interface BudgetCheck {
	measure: {
		id: string;
		title: string;
	};
	/** Roubles as an exact decimal */
	total: string;
	lines: ({
		category: string;
		title: string;
		/** Roubles as an exact decimal */
		sum: string;
		/** Of the whole: "70.0 %" */
		share: string;
		ceiling: string | null;
		floor: string | null;
		fault: string | null;
	})[];
	faults: number;
}

/** Cost lines as the lot shares the quantity today */
export interface CostsFromLots {
	/** uid of the item */
	lot: string;
	supplier: Named | null;
	lines: ({
		uid: string;
		org: Named;
		qty: string;
		/** Roubles as an exact decimal */
		sum: string;
		state: "added" | "changed" | "same";
	})[];
}

export interface ApplicationBrief {
	uid: string;
	cluster: Named;
	org: Named | null;
	pack: {
		uid: string;
		name: string;
		title: string;
	};
	state: "draft" | "precheck" | "submitted" | "questions" | "corrections" | "corrected" | "decided";
	decision: "accepted" | "refused" | "withdrawn" | null;
	/** Questions without an answer and returns without a correction */
	open: number;
	submitted_on: string | null;
	made_at: string;
	changed_at: string;
}

export interface Applications {
	items: ApplicationBrief[];
	next: string | null;
	total: number | null;
}

/** A line of the checklist. Of a signature its bytes are kept and its digest shown: whether it is valid is not checked here */
export interface ApplicationDocument {
	/** Its name in the pack */
	document: string;
	title: string;
	required: boolean;
	/** A detached signature is required as well */
	signature: boolean;
	criterion: string | null;
	file: {
		uid: string;
		name: string;
		size: number;
		digest: string;
		/** Who sent the file, or its signature after it */
		made_by: string;
		made_at: string;
		signature: {
			name: string;
			size: number;
			digest: string;
		} | null;
	} | null;
	/** How many files it had before */
	earlier: number;
	/** It is required, and it or its signature is not there */
	missing: boolean;
	editable: boolean;
}

export interface ApplicationCriterion {
	id: string;
	/** Its place in the pack, from 1; 0: the documents that prove no single criterion */
	number: number;
	title: string;
	truth: "pass" | "fail" | "unknown" | null;
	severity: "block" | "warn" | "info";
	/** It keeps the application back while it does not pass */
	blocking: boolean;
	left: string | null;
	op: string | null;
	right: string | null;
	working: string | null;
	on: string | null;
	/** How often its part of the frozen copy was renewed */
	corrections: number;
	/** A question about it has no answer yet */
	asked: boolean;
	/** It was returned and is not corrected yet */
	open: boolean;
	editable: boolean;
}

export interface ApplicationMissing {
	kind: "criterion" | "document" | "signature" | "file";
	id: string;
	title: string;
	/** A whole sentence */
	text: string;
}

export interface ApplicationStep {
	uid: string;
	kind: "state" | "question" | "answer" | "return" | "correction" | "note" | "decision";
	criterion: string | null;
	criterion_title: string | null;
	/** What was said; of a state: its word */
	body: string;
	open: boolean;
	actor: string;
	at: string;
}

export interface Application {
	uid: string;
	cluster: Named;
	org: Named | null;
	pack: {
		uid: string;
		name: string;
		title: string;
	};
	state: "draft" | "precheck" | "submitted" | "questions" | "corrections" | "corrected" | "decided";
	version: number;
	made_by: string;
	made_at: string;
	changed_at: string;
	submitted_on: string | null;
	/** The last check: what the rules and the checklist say of it, and what is missing */
	checked: {
		on: string;
		passed: number;
		failed: number;
		unknown: number;
		total: number;
		/** Nothing is missing: it can be submitted */
		ready: boolean;
		missing: ApplicationMissing[];
	};
	checklist: ApplicationDocument[];
	criteria: ApplicationCriterion[];
	steps: ApplicationStep[];
	frozen: {
		digest: string;
		on: string;
	} | null;
	decision: {
		decision: "accepted" | "refused" | "withdrawn";
		on: string;
		order_no: string | null;
		order_on: string | null;
		number: string | null;
		note: string;
	} | null;
	/** What this person may do with it now. edit: documents; review: ask and return */
	may: {
		edit: boolean;
		precheck: boolean;
		submit: boolean;
		answer: boolean;
		correct: boolean;
		withdraw: boolean;
		review: boolean;
		decide: boolean;
	};
}

export interface ApplicationNew {
	/** Name or series of a pack of rules for clusters */
	pack: string;
}

export interface ApplicationRemark {
	/** Its id or its number in the pack; "documents": those that prove no single criterion */
	criterion: string;
	text: string;
}

export interface ApplicationCorrection {
	text?: string;
}

export interface ApplicationDecision {
	decision: "accepted" | "refused";
	order_no?: string;
	order_on?: string;
	/** In the register */
	number?: string;
	/** The reason; a refusal needs one */
	note?: string;
}

/** What was submitted. The same content has the same bytes; the digest of the bytes is frozen.digest */
export interface ApplicationCopy {
	application: string;
	applicant: {
		inn: string;
		name: string;
		uid: string;
	} | null;
	cluster: {
		name: string;
		uid: string;
	};
	/** The facts as JSON text; facts_digest is the BLAKE2b-256 of these bytes */
	facts: string;
	facts_digest: string;
	format: 1;
	members: ({
		inn: string;
		joined: string | null;
		key: string;
		name: string;
		role: string;
	})[];
	on: string;
	pack: {
		digest: string;
		name: string;
		uid: string;
	};
	/** One a criterion, and one for the documents that prove no single one. A corrected part has facts of its own and what it was before in `earlier` */
	parts: ({
		criterion: string;
		documents: ({
			digest: string;
			document: string;
			/** Its bytes were there when the copy was made */
			kept: boolean;
			name: string;
			signature: {
				digest: string;
				name: string;
				size: number;
			} | null;
			size: number;
		})[];
		earlier: Record<string, unknown>[];
		facts: string | null;
		facts_digest: string;
		on: string;
		remarks: ({
			kind: "question" | "answer" | "return" | "correction";
			text: string;
		})[];
		result: {
			blocking: boolean;
			left: {
				ru: string;
				en: string;
			};
			op: string;
			right: {
				ru: string;
				en: string;
			};
			truth: "pass" | "fail" | "unknown";
			working: {
				ru: string;
				en: string;
			};
		} | null;
		title: {
			ru: string;
			en: string;
		};
	})[];
}

/** What one criterion says. `left`, `op`, `right`: its comparison as a person reads it; empty when it is none */
export interface CheckCriterion {
	id: string;
	title: string;
	truth: "pass" | "fail" | "unknown";
	severity: "block" | "warn" | "info";
	confidence: "high" | "medium" | "low";
	/** It fails or is unknown, and stands in the way: enabled, active, severity block, confidence not low */
	blocking: boolean;
	enabled: boolean;
	left: string;
	op: string;
	right: string;
	working: string;
	/** The condition as it is written */
	text: string;
	/** What proves it */
	evidence: string;
	source: string;
	tree: SupportNode | null;
	/** Of an unknown one: the fewest facts that would decide it */
	missing: SupportFact[];
	facts: SupportFact[];
}

/** A cluster against one pack */
export interface CheckedPack {
	pack: {
		uid: string;
		name: string;
		series: string;
		title: string;
		level: "federal" | "regional" | "own";
		valid_from: string | null;
		valid_to: string | null;
		confidence: "high" | "medium" | "low";
		/** Of the text */
		digest: string;
	};
	counts: {
		passed: number;
		failed: number;
		unknown: number;
		total: number;
	};
	criteria: CheckCriterion[];
}

/** Packs side by side. `before`: the same without what was supposed; only when something was */
export interface Check {
	on: string;
	cluster: {
		uid: string;
		name: string;
	};
	packs: CheckedPack[];
	before?: CheckedPack[];
}

export interface PackBrief {
	uid: string;
	name: string;
	series: string;
	kind: "cluster" | "support";
	title: string;
	level: "federal" | "regional" | "own";
	region: string | null;
	state: "asked" | "in_force" | "withdrawn";
	valid_from: string | null;
	valid_to: string | null;
	confidence: "high" | "medium" | "low";
	status: string;
}

/** Federal ones first, then by series and date */
export interface Packs {
	items: PackBrief[];
	next: string | null;
	total: number | null;
}

export interface PackDetail {
	uid: string;
	name: string;
	series: string;
	kind: "cluster" | "support";
	title: string;
	level: "federal" | "regional" | "own";
	region: string | null;
	state: "asked" | "in_force" | "withdrawn";
	valid_from: string | null;
	valid_to: string | null;
	confidence: "high" | "medium" | "low";
	status: string;
	source: string;
	digest: string;
	loaded_by: string;
	loaded_at: string;
	ended_at: string | null;
	rules: ({
		id: string;
		title: string;
		note: string;
		severity: "block" | "warn" | "info";
		confidence: "high" | "medium" | "low";
		status: string;
		enabled: boolean;
		source: string;
		evidence: string;
		condition: string;
		line: number;
	})[];
	documents: ({
		id: string;
		title: string;
		required: boolean;
		signature: boolean;
		criterion: string | null;
	})[];
	parameters: ({
		name: string;
		type: "yesno" | "number" | "money" | "date" | "text";
		title: string;
		values: ({
			from: string | null;
			to: string | null;
			text: string;
			source: string | null;
		})[];
	})[];
	declared: ({
		name: string;
		type: "yesno" | "number" | "money" | "date" | "text";
		title: string;
	})[];
}

export interface PackNew {
	/** The pack in the language of rules (docs/guide/rules.md), at most 1 MiB */
	text: string;
}

export interface PackFault {
	line: number;
	column: number;
	text: string;
}

/** None: the text could be loaded */
export interface PackFaults {
	faults: PackFault[];
}

/** `approval`: what waits for a second person; `same`: this text is in force already and nothing was changed */
export interface PackLoaded {
	uid: string;
	approval: string | null;
	same: boolean;
}

export interface VerdictBrief {
	uid: string;
	subject: {
		uid: string;
		name: string;
	};
	pack: {
		uid: string;
		name: string;
		title: string;
	};
	on: string;
	counts: {
		passed: number;
		failed: number;
		unknown: number;
		total: number;
	};
	made_at: string;
	made_by: string;
}

/** Newest first */
export interface Verdicts {
	items: VerdictBrief[];
	next: string | null;
	total: number | null;
}

/** As it was said, from the facts and the text of that time. `same`: computed again from them today it is the same */
export interface Verdict {
	uid: string;
	subject: {
		uid: string;
		name: string;
	};
	pack: {
		uid: string;
		name: string;
		title: string;
	};
	on: string;
	counts: {
		passed: number;
		failed: number;
		unknown: number;
		total: number;
	};
	made_at: string;
	made_by: string;
	same: boolean;
	facts_digest: string;
	criteria: CheckCriterion[];
}

export interface VerdictNew {
	/** Name or series */
	pack: string;
	/** The day; today when absent */
	on?: string;
}

export interface ClusterCheckRow {
	cluster: {
		uid: string;
		name: string;
	};
	region: Region | null;
	state: string | null;
	passed: number;
	failed: number;
	unknown: number;
	/** fail: something that blocks fails; unknown: something that blocks is unknown */
	verdict: "pass" | "fail" | "unknown";
	first_failed: {
		id: string;
		title: string;
		left: string;
		op: string;
		right: string;
	} | null;
	projects: number;
}

/** By name; `ms`: time that the run took */
export interface ClusterChecks {
	pack: {
		uid: string;
		name: string;
		title: string;
	};
	on: string;
	n: number;
	ms: number;
	rows: ClusterCheckRow[];
}

export interface CheckAll {
	/** Name or series */
	pack: string;
	state?: "planned" | "filed" | "in_register" | "excluded" | "liquidation";
	on?: string;
}

/** An amount of roubles */
export interface Money {
	/** Kopecks */
	kop: number;
	/** As people read it */
	text: string;
}

/** A plan in a list */
export interface PlanHead {
	uid: string;
	title: string;
	made_at: string;
	as_of: string;
	mode: "priced" | "strict";
	/** Made by the server at night, from the prices of the plan before */
	nightly: boolean;
	/** The plan costs what no plan can cost less than */
	proved: boolean;
	/** Ended before its budget was spent: the best plan so far */
	stopped: boolean;
	needs: number;
	/** Covered in full */
	covered_needs: number;
	orders: number;
	/** Launches, what flows at its price, and the penalty of what is not covered. Null for who does not see all needs */
	objective: Money | null;
	/** No plan costs less */
	bound: Money | null;
	/** (objective - bound) / (objective - constant), in millionths, rounded up */
	gap_ppm: number | null;
	/** 0.42 % */
	gap_text: string | null;
	/** Launches and goods with freight. Null for who does not see all needs: less what is shown of single orders it would tell the rest */
	cost: Money | null;
	/** The page */
	href: string;
}

export interface Plans {
	items: PlanHead[];
	next: string | null;
}

export interface PlanNew {
	title?: string;
	/** strict: priorities one after another, instead of by price */
	mode?: "priced" | "strict";
	/** uid of a plan whose prices to begin with */
	from?: string;
	/** Of the search; 100 is the usual one */
	effort?: number;
	/** When the job is cancelled, the best checked plan so far is kept */
	keep?: boolean;
}

export interface PlanChange {
	title: string;
}

/** Sums over the needs of one priority; parts in millionths of the whole */
export interface PlanLevel {
	priority: number;
	needs: number;
	covered_needs: number;
	/** Of all needs of this priority, by kinds of unit. Quantities are null for who does not see all needs */
	qty_text: string | null;
	covered_text: string | null;
	/** No plan covers more */
	bound_text: string | null;
	gap_text: string | null;
	covered_ppm: number;
	bound_ppm: number | null;
	/** Of needs that no offer can serve: outside of the gap */
	constant_ppm: number | null;
}

export interface PlanReason {
	code: "NOMAKER" | "CONTROLLED" | "VALIDITY" | "LEAD" | "PRICE" | "MOQ" | "LAUNCH" | "CAPACITY" | "PARCEL" | "PRIORITY" | "INPUT" | "SHARE" | "SEARCH" | "PROPERTY" | "UNIT" | "NOPRICE";
	/** What the code says of them */
	text: string;
	needs: number;
	/** Null: the rule of disclosure does not let it be shown */
	qty_text: string | null;
	/** What they would pay at most */
	value: Money | null;
}

export interface PlanRegion {
	code: string;
	name: string;
	/** Too few buyers for the rule of disclosure: the figures are null */
	hidden: boolean;
	needs: number | null;
	covered_needs: number | null;
	bought: Money | null;
	made: Money | null;
	covered_ppm: number | null;
}

export interface PlanMay {
	run: boolean;
	drop: boolean;
}

export interface PlanOlder {
	uid: string;
	title: string;
}

export interface Plan {
	uid: string;
	title: string;
	made_at: string;
	as_of: string;
	mode: "priced" | "strict";
	/** Made by the server at night, from the prices of the plan before */
	nightly: boolean;
	/** The plan costs what no plan can cost less than */
	proved: boolean;
	/** Ended before its budget was spent: the best plan so far */
	stopped: boolean;
	needs: number;
	/** Covered in full */
	covered_needs: number;
	orders: number;
	/** Launches, what flows at its price, and the penalty of what is not covered. Null for who does not see all needs */
	objective: Money | null;
	/** No plan costs less */
	bound: Money | null;
	/** (objective - bound) / (objective - constant), in millionths, rounded up */
	gap_ppm: number | null;
	/** 0.42 % */
	gap_text: string | null;
	/** Launches and goods with freight. Null for who does not see all needs: less what is shown of single orders it would tell the rest */
	cost: Money | null;
	/** The page */
	href: string;
	/** Needs that could be covered in full without pooling, each by an order of its own */
	alone_needs: number;
	/** What they would pay at most. Null for who does not see all needs */
	alone: Money | null;
	/** Penalty of needs that no offer can serve; part of objective and bound */
	constant: Money | null;
	launches: Money | null;
	prices: Money | null;
	penalties: Money | null;
	levels: PlanLevel[];
	reasons: PlanReason[];
	regions: PlanRegion[];
	/** With an order */
	makers: number;
	/** Open needs that a plan cannot see: without an item or a quantity, held, too large */
	outside: number;
	cpu_ms: number;
	iterations: number;
	may: PlanMay;
	/** The plan before this one */
	older: PlanOlder | null;
}

export interface PlanOffer {
	uid: string;
	/** Its key in the list it came in; empty where it is not to be seen */
	key: string;
	item: string;
	item_href: string;
}

export interface PlanMaker {
	uid: string;
	name: string;
	region: Region;
}

export interface PlanPeriod {
	n: number;
	text: string;
}

/** A figure as people read it */
export interface PlanText {
	text: string;
}

/** So much more moves the order to its next tier */
export interface PlanOrderNextTier {
	lack: Quantity;
	saves_text: string;
}

/** Of the maker's shared resource in that period */
export interface PlanOrderHours {
	used_text: string;
	of_text: string;
	/** Value of one more hour; null for who does not see all needs */
	price_text: string | null;
}

export interface PlanOrder {
	/** The number of the order inside of the plan */
	n: number;
	offer: PlanOffer;
	maker: PlanMaker;
	period: PlanPeriod;
	/** From 1 */
	tier: number | null;
	tier_of: number;
	/** Fewer buyers than the rule of disclosure asks for, or one with too large a part: tier, qty, launch, total, unit_price, needs, regions, next_tier and hours are null */
	volume_hidden: boolean;
	qty: Quantity | null;
	/** Without freight */
	unit_price: PlanText | null;
	launch: Money | null;
	/** Launch and goods, without freight */
	total: Money | null;
	needs: number | null;
	regions: number | null;
	next_tier: PlanOrderNextTier | null;
	hours: PlanOrderHours | null;
}

export interface PlanOrders {
	items: PlanOrder[];
	next: string | null;
}

export interface PlanNeed {
	uid: string;
	/** Empty where it is not to be seen */
	key: string;
	item: string;
}

export interface PlanFlow {
	need: PlanNeed | null;
	/** Not seen in full: without key, ceiling and price; without the enterprise unless its contact was accepted */
	hidden: boolean;
	enterprise: PlanOrg | null;
	region: Region;
	qty: Quantity;
	/** Delivered, per unit */
	price: PlanText | null;
	ceiling: PlanText | null;
	priority: number | null;
}

export interface PlanOrg {
	uid: string;
	name: string;
}

/** Needs of which the caller sees nothing, together */
export interface PlanOthers {
	needs: number;
	/** Null: the rule of disclosure does not let it be shown */
	qty: Quantity | null;
}

export interface PlanOrderDetail {
	/** The number of the order inside of the plan */
	n: number;
	offer: PlanOffer;
	maker: PlanMaker;
	period: PlanPeriod;
	/** From 1 */
	tier: number | null;
	tier_of: number;
	/** Fewer buyers than the rule of disclosure asks for, or one with too large a part: tier, qty, launch, total, unit_price, needs, regions, next_tier and hours are null */
	volume_hidden: boolean;
	qty: Quantity | null;
	/** Without freight */
	unit_price: PlanText | null;
	launch: Money | null;
	/** Launch and goods, without freight */
	total: Money | null;
	needs: number | null;
	regions: number | null;
	next_tier: PlanOrderNextTier | null;
	hours: PlanOrderHours | null;
	flows: PlanFlow[];
	/** Null: there are none, or the volume is hidden */
	others: PlanOthers | null;
}

export interface PlanUncovered {
	need: PlanNeed | null;
	hidden: boolean;
	enterprise: PlanOrg | null;
	region: Region;
	priority: number | null;
	/** Not covered */
	qty: Quantity;
	/** The whole need */
	of: Quantity;
	code: "NOMAKER" | "CONTROLLED" | "VALIDITY" | "LEAD" | "PRICE" | "MOQ" | "LAUNCH" | "CAPACITY" | "PARCEL" | "PRIORITY" | "INPUT" | "SHARE" | "SEARCH" | "PROPERTY" | "UNIT" | "NOPRICE";
	/** Why, as a sentence */
	text: string;
	/** The number of the flip alone */
	figure_text: string | null;
	/** A second change that has to come with the first one; flip names both */
	also: PlanAlso | null;
	/** What would change it */
	flip: PlanText | null;
	offer: PlanOffer | null;
	maker: PlanMaker | null;
	period: PlanPeriod | null;
	/** Placing anew with the change, or with both, did cover it */
	verified: boolean;
	/** Through the levels: which input is short, and why */
	chain: string[];
}

export interface PlanGroup {
	code: "NOMAKER" | "CONTROLLED" | "VALIDITY" | "LEAD" | "PRICE" | "MOQ" | "LAUNCH" | "CAPACITY" | "PARCEL" | "PRIORITY" | "INPUT" | "SHARE" | "SEARCH" | "PROPERTY" | "UNIT" | "NOPRICE";
	title: string;
	needs: number;
	qty_text: string | null;
	/** The cheapest flip among those seen in full */
	cheapest: PlanText | null;
}

export interface PlanUncovereds {
	items: PlanUncovered[];
	groups: PlanGroup[];
	next: string | null;
}

/** So much more from this region at this delivered price */
export interface PlanExtra {
	qty: Quantity;
	price_text: string;
	region: Region;
}

/** What of the offer would have to be for it to be launched now */
export interface PlanToday {
	moq_text: string | null;
	launch_text: string | null;
	price_text: string | null;
}

export interface PlanJoiner {
	need: PlanNeed | null;
	hidden: boolean;
	enterprise: PlanOrg | null;
	region: Region | null;
	qty: Quantity;
	/** By how much its ceiling would have to rise; null: its window by one period, or not to be seen */
	raise_text: string | null;
	/** Empty for a need that is not seen in full */
	text: string;
}

export interface PlanUnlock {
	offer: PlanOffer;
	maker: PlanMaker;
	period: PlanPeriod;
	tier: number;
	volume_hidden: boolean;
	/** What would join today */
	pool: Quantity | null;
	lack_qty: Quantity | null;
	/** Margin that is lacking to the launch cost; for who sees all needs, like extra and today */
	lack_money: Money | null;
	extra: PlanExtra | null;
	today: PlanToday;
	joiners: PlanJoiner[];
	text: string;
	verified: boolean;
}

export interface PlanUnlocks {
	items: PlanUnlock[];
	next: string | null;
}

export interface PlanNextTier {
	order: number;
	offer: PlanOffer;
	maker: PlanMaker;
	period: PlanPeriod;
	lack: Quantity;
	saves_text: string;
	text: string;
}

export interface PlanNextTiers {
	items: PlanNextTier[];
}

export interface PlanHour {
	resource: string;
	offer: PlanOffer;
	maker: PlanMaker;
	period: PlanPeriod;
	/** Value of one more hour; null for who does not see all needs */
	price_text: string | null;
	used_ppm: number;
	used_text: string;
	of_text: string;
}

export interface PlanHours {
	items: PlanHour[];
}

export interface PlanItem {
	uid: string;
	name: string;
	href: string;
}

export interface PlanMissing {
	item: PlanItem;
	/** The rule of disclosure does not let the figures be shown */
	hidden: boolean;
	needs: number | null;
	regions: number | null;
	enterprises: number | null;
	qty: Quantity | null;
	/** What the needs would pay together */
	value: Money | null;
	/** A maker with a smallest order below this ... */
	moq: Quantity | null;
	/** ... and a delivered price below this serves them all */
	price_text: string | null;
	/** Half of them */
	half_price_text: string | null;
	text: string;
}

export interface PlanMissings {
	items: PlanMissing[];
}

export interface PlanSankeyNode {
	code: string;
	name: string;
	value: Money;
}

export interface PlanSankeyLink {
	from: string;
	to: string;
	value: Money;
	qty_text: string;
	orders: number;
}

export interface PlanSankey {
	makers: PlanSankeyNode[];
	buyers: PlanSankeyNode[];
	/** The largest 40; what is smaller is summed under the code other at one end or both; those of too few buyers at both */
	links: PlanSankeyLink[];
}

export interface PlanDifference {
	/** b less a */
	objective: Money | null;
	bound: Money | null;
	cost: Money | null;
	needs: number;
	covered_needs: number;
	orders: number;
}

/** null: in that plan there is no such order, or its volume is hidden */
export interface PlanOrderBrief {
	offer: PlanOffer;
	maker: PlanMaker;
	period: PlanPeriod;
	volume_hidden: boolean;
	was: Quantity | null;
	now: Quantity | null;
	total_was: Money | null;
	total_now: Money | null;
}

export interface PlanOrderChanges {
	added: PlanOrderBrief[];
	gone: PlanOrderBrief[];
	changed: PlanOrderBrief[];
	/** How many more there are than are shown */
	more: number;
}

export interface PlanNeedChange {
	need: PlanNeed | null;
	hidden: boolean;
	enterprise: PlanOrg | null;
	region: Region;
	/** Not covered in a */
	was: Quantity | null;
	/** Not covered in b */
	now: Quantity | null;
	was_text: string;
	now_text: string;
}

export interface PlanNeedChanges {
	/** Needs that b covers in full and a does not */
	gained: number;
	/** The other way round */
	lost: number;
	items: PlanNeedChange[];
}

export interface PlanLevelChange {
	priority: number;
	was_ppm: number;
	now_ppm: number;
}

export interface PlanCompare {
	a: PlanHead;
	b: PlanHead;
	difference: PlanDifference;
	orders: PlanOrderChanges;
	needs: PlanNeedChanges;
	levels: PlanLevelChange[];
}

/** What lacks besides, at the same order */
export interface PlanAlso {
	code: "NOMAKER" | "CONTROLLED" | "VALIDITY" | "LEAD" | "PRICE" | "MOQ" | "LAUNCH" | "CAPACITY" | "PARCEL" | "PRIORITY" | "INPUT" | "SHARE" | "SEARCH" | "PROPERTY" | "UNIT" | "NOPRICE";
	figure_text: string | null;
}

/** The parameters of chain-ranking as texts; empty or absent: as if not said */
export interface ChainRankingAsk {
	kind?: string;
	days?: string;
	from?: string;
	to?: string;
	rate?: string;
	with?: string;
}

/** Causes, the dearest first; money in roubles */
export interface ChainRanking {
	days: number;
	from: number | null;
	/** null: never */
	to: number | null;
	rate: number | null;
	items: ({
		/** What it is asked for by */
		cause: string;
		kind: "enterprise" | "process" | "item" | "import" | "country" | "region" | "owner" | "node";
		kind_title: string;
		name: string;
		/** As people call it */
		title: string;
		lost: string;
		/** Day on which the first process other than its own runs lower */
		first_day: number | null;
		processes: number;
		/** The fewest that an input has which one of the cause's is a source of; 0: of none */
		sources: number;
	})[];
	total: number;
	pairs: {
		a: string;
		b: string;
		together: string;
		a_lost: string;
		b_lost: string;
	}[];
	pairs_not_looked_at: number;
}

export interface ChainCauses {
	items: ({
		/** What it is asked for by */
		cause: string;
		kind: "enterprise" | "process" | "item" | "import" | "country" | "region" | "owner" | "node";
		kind_title: string;
		name: string;
		/** As people call it */
		title: string;
	})[];
	/** That fit, more than items where a kind has more than the limit */
	total: number;
}

export interface ChainGraph {
	/** Empty: all that the person may see */
	item: string;
	nodes: ChainGraphNode[];
	arrows: ChainGraphArrow[];
}

export interface ChainGraphNode {
	name: string;
	kind: "process" | "source";
	/** As chain-run asks for it when this stops */
	cause: string;
	/** Its name; empty: not known, or outside */
	region: string;
	/** Of an import */
	country: string;
	/** What a day without it costs */
	day_value: string | null;
	/** Along the arrows, from 0 */
	layer: number;
	/** A place for it in a picture, y downwards */
	x: number;
	y: number;
	/** Essential inputs of others that have no other source */
	alone_for: number;
}

export interface ChainGraphArrow {
	/** Place in nodes, from 0 */
	from: number;
	to: number;
	input: string;
	need: "essential" | "important" | "non-essential";
	stock_days: number;
	/** What usual work takes a day; empty: the rows do not say */
	a_day: string;
	/** Of the input, with this one */
	sources: number;
	/** It gives nothing in usual work */
	steps_in: boolean;
}

export interface ChainTree {
	item: string;
	needs: ChainTreeRow[];
	/** There is more than is shown */
	needs_cut: boolean;
	feeds: ChainTreeRow[];
	feeds_cut: boolean;
}

export interface ChainTreeRow {
	depth: number;
	kind: "process" | "input" | "source" | "product";
	name: string;
	/** It stands above on the same branch and is not followed again */
	repeated: boolean;
	line: {
		need: "essential" | "important" | "non-essential";
		need_title: string;
		stock_days: number;
		sources: number;
		/** What usual work takes a day */
		a_day: string | null;
	} | null;
}

export interface Scenario {
	uid: string;
	title: string;
	made_by: string;
	made_at: string | null;
	/** May be renamed and taken away by who looks */
	own: boolean;
	/** The parameters of chain-run; empty: not said */
	question: {
		cause: string;
		with: string;
		days: string;
		from: string;
		to: string;
		rate: string;
	};
}

export interface ScenarioList {
	items: Scenario[];
	next: string | null;
	total: number | null;
}

export interface ScenarioNew {
	/** The causes unless it is said */
	title?: string | null;
	/** As in chain-run */
	cause: string;
	with?: string;
	days?: number | string | null;
	from?: number | string | null;
	to?: number | string | null;
	rate?: number | string | null;
}

export interface ScenarioChange {
	title: string;
}

export interface ScenarioComparison {
	scenarios: {
		scenario: Scenario;
		days: number;
		lost: string;
		difference: string;
	}[];
	/** That run lower in any of them */
	processes: ({
		name: string;
		org: string | null;
		process: string;
		/** One a scenario */
		beside: ({
			first_day: number | null;
			stop_day: number | null;
			back_day: number | null;
			lost: string;
			/** From the first scenario */
			difference: string;
		})[];
	})[];
	enterprises: ({
		/** null: processes of nobody */
		org: string | null;
		beside: {
			lost: string;
			difference: string;
		}[];
	})[];
}

/** Processes in the order in which they run lower; money in roubles */
export interface ChainRun {
	name: string;
	days: number;
	from: number | null;
	/** null: never */
	to: number | null;
	rate: number | null;
	causes: ({
		/** What it is asked for by */
		cause: string;
		kind: "enterprise" | "process" | "item" | "import" | "country" | "region" | "owner" | "node";
		kind_title: string;
		name: string;
		/** As people call it */
		title: string;
	})[];
	with: string[];
	/** Days to the first process other than the cause itself that runs lower; null: none does */
	survives_days: number | null;
	/** That is soon and no end was given: ask how long it takes to recover */
	ask_recovery: boolean;
	lost: string;
	/** What shorter outages from the same day cost, those that end before the horizon */
	if_it_lasts: {
		days: number;
		lost: string;
	}[];
	processes: ({
		/** The same number is the same firm within one answer */
		at: number;
		name: string;
		org: string | null;
		process: string | null;
		first_day: number | null;
		stop_day: number | null;
		/** null: not within the days counted */
		back_day: number | null;
		lacks: {
			qty: string;
			unit: string;
			text: string;
		} | null;
		/** Days on the way from today's sources of that input */
		lead_days: number;
		lost_days: number | null;
		lost: string;
		why: string;
		steps: ({
			at: number;
			name: string;
			from_at: number;
			from: string;
			input: string;
			/** How many sources the input has */
			sources: number;
			stock_days: number;
			day: number | null;
		})[];
	})[];
	bridge_for_days: number;
	bridges: ({
		name: string;
		input: string;
		stock_days: number;
		needed_days: number | null;
	})[];
}
