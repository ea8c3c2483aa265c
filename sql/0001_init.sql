-- The first schema. One text for SQLite and PostgreSQL but for a few words in braces (store/migrate.c): {id} is the key of a
-- row, {text} is text that compares by its bytes, {by_key} says that a table is kept in the order of its key.
--
-- The key of a row is id = centre * 2^40 + n: the centre that owns the row is the upper part of every key, so that tables
-- can be spread over machines (or partitioned by range) by centre. References carry it with them.
-- Quantities are in base units (mg, uL, piece ...), money in kopecks, dates in days since 1970-01-01, coordinates in
-- millionths of a degree. Nothing is stored as a float. NULL is "not stated", never zero and never false.

CREATE TABLE setting (
	name {text} PRIMARY KEY,
	value {text} NOT NULL
);

-- The next n of every key, by centre and entity.
CREATE TABLE id_counter (
	centre_id BIGINT NOT NULL,
	entity BIGINT NOT NULL,
	next BIGINT NOT NULL,
	PRIMARY KEY (centre_id, entity)
);

-- Regional offices. Centre 0 is national: reference data that no office owns.
CREATE TABLE centre (
	id {id},
	code {text} NOT NULL UNIQUE,
	name_ru {text} NOT NULL,
	name_en {text} NOT NULL,
	region {text} NOT NULL
);
INSERT INTO centre (id, code, name_ru, name_en, region) VALUES (0, 'RU', 'Общие справочники', 'Shared reference data', 'RU');

-- One import or one action of a user. Every row and every change names its batch.
CREATE TABLE batch (
	id {id},
	centre_id BIGINT NOT NULL REFERENCES centre (id),
	uid {text} NOT NULL UNIQUE,
	kind {text} NOT NULL,
	actor {text} NOT NULL,
	source {text} NOT NULL,
	digest {text} NOT NULL,
	started_ms BIGINT NOT NULL,
	state BIGINT NOT NULL CHECK (state IN (1, 2)),
	n_new BIGINT NOT NULL DEFAULT 0,
	n_changed BIGINT NOT NULL DEFAULT 0,
	n_same BIGINT NOT NULL DEFAULT 0,
	n_error BIGINT NOT NULL DEFAULT 0,
	n_held BIGINT NOT NULL DEFAULT 0
);

-- Values that changed, were disputed or were replaced (feature R4). A value without a row here has the provenance of its
-- row: batch, line, said_on, status. state: 1 wins, 2 rival, 3 past, 4 undone.
CREATE TABLE fact (
	id {id},
	centre_id BIGINT NOT NULL,
	entity BIGINT NOT NULL,
	row_id BIGINT NOT NULL,
	field {text} NOT NULL,
	value_int BIGINT,
	value_text {text},
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 4),
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	said_on BIGINT NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	recorded_ms BIGINT NOT NULL,
	replaced_by BIGINT REFERENCES batch (id)
);
CREATE INDEX fact_row ON fact (entity, row_id);
CREATE INDEX fact_batch ON fact (batch_id, entity, row_id);
CREATE INDEX fact_replaced ON fact (replaced_by, entity, row_id);

-- Classifiers (OKPD2, OKVED2, OKEI, Rec. 20, HS, TN VED, CPV ...), by dated edition.
CREATE TABLE class_code (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	scheme {text} NOT NULL,
	edition {text} NOT NULL,
	code {text} NOT NULL,
	name {text} NOT NULL,
	name_en {text},
	parent {text},
	note {text},
	unit_symbol {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX class_code_batch ON class_code (batch_id);
CREATE INDEX class_code_code ON class_code (scheme, code);

-- Which code of one classifier corresponds to which of another: relation 1 exact, 2 broader, 3 narrower, 4 partial.
CREATE TABLE crosswalk (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	scheme_a {text} NOT NULL,
	code_a {text} NOT NULL,
	scheme_b {text} NOT NULL,
	code_b {text} NOT NULL,
	relation BIGINT NOT NULL CHECK (relation BETWEEN 1 AND 4),
	UNIQUE (centre_id, source_key)
);
CREATE INDEX crosswalk_batch ON crosswalk (batch_id);
CREATE INDEX crosswalk_a ON crosswalk (scheme_a, code_a);
CREATE INDEX crosswalk_b ON crosswalk (scheme_b, code_b);

-- Organisations: enterprises, institutes, universities, centres, authorities, funds.
CREATE TABLE org (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	name {text} NOT NULL,
	short_name {text},
	name_key {text} NOT NULL,
	kind BIGINT NOT NULL,
	inn {text},
	kpp {text},
	ogrn {text},
	region {text},
	address {text},
	okved {text},
	phone {text},
	site {text},
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX org_batch ON org (batch_id);
CREATE INDEX org_inn ON org (inn);
CREATE INDEX org_ogrn ON org (ogrn);
CREATE INDEX org_name_key ON org (name_key);

-- Places of organisations.
CREATE TABLE site (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT NOT NULL REFERENCES org (id),
	name {text} NOT NULL,
	region {text},
	address {text},
	lat_micro BIGINT,
	lon_micro BIGINT,
	UNIQUE (centre_id, source_key)
);
CREATE INDEX site_batch ON site (batch_id);
CREATE INDEX site_org ON site (org_id);

-- What is needed or made.
CREATE TABLE item (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	name {text} NOT NULL,
	name_key {text} NOT NULL,
	name_en {text},
	synonyms {text},
	cas {text},
	okpd2 {text},
	hs {text},
	gost {text},
	inchikey {text},
	dim BIGINT,
	density_mg_l BIGINT,
	hazard {text},
	control BIGINT NOT NULL DEFAULT 0,
	regime {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX item_batch ON item (batch_id);
CREATE INDEX item_cas ON item (cas);
CREATE INDEX item_okpd2 ON item (okpd2);
CREATE INDEX item_name_key ON item (name_key);

-- Other names under which an item is found: English name and synonyms. Derived from the item's row, kept by the store.
CREATE TABLE item_alias (
	item_id BIGINT NOT NULL REFERENCES item (id) ON DELETE CASCADE,
	name_key {text} NOT NULL,
	name {text} NOT NULL,
	PRIMARY KEY (item_id, name_key)
){by_key};
CREATE INDEX item_alias_key ON item_alias (name_key);

-- An item that may stand in for another: state 1 proposed, 2 tested, 3 qualified.
CREATE TABLE substitute (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	item_id BIGINT NOT NULL REFERENCES item (id),
	with_item_id BIGINT NOT NULL REFERENCES item (id),
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 3),
	scope {text},
	days BIGINT,
	UNIQUE (centre_id, source_key)
);
CREATE INDEX substitute_batch ON substitute (batch_id);
CREATE INDEX substitute_item ON substitute (item_id);
CREATE INDEX substitute_with ON substitute (with_item_id);

-- Substances that may not, or not without a permit, be traded here.
CREATE TABLE controlled (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	match_kind {text} NOT NULL,
	match_value {text} NOT NULL,
	name_ru {text},
	name_en {text},
	synonyms {text},
	regime {text} NOT NULL,
	entry {text},
	threshold_micro BIGINT,
	action {text} NOT NULL,
	source {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX controlled_batch ON controlled (batch_id);

-- Permits of organisations under a regime of control.
CREATE TABLE permit (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT NOT NULL REFERENCES org (id),
	regime {text} NOT NULL,
	number {text} NOT NULL,
	valid_until BIGINT,
	UNIQUE (centre_id, source_key)
);
CREATE INDEX permit_batch ON permit (batch_id);
CREATE INDEX permit_org ON permit (org_id);

-- What one organisation needs. state: 0 draft, 1 interest, 2 declared, 3 confirmed, 4 contracted, 5 closed, 6 held for a permit.
CREATE TABLE need (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT NOT NULL REFERENCES org (id),
	item_id BIGINT REFERENCES item (id),
	title {text} NOT NULL,
	okpd2 {text},
	state BIGINT NOT NULL CHECK (state BETWEEN 0 AND 6),
	dim BIGINT,
	qty_text {text} NOT NULL,
	qty_base BIGINT CHECK (qty_base > 0),
	tolerance_base BIGINT CHECK (tolerance_base >= 0),
	basis {text},
	requirements {text},
	region {text},
	earliest BIGINT,
	due BIGINT,
	ceiling_kop BIGINT CHECK (ceiling_kop >= 0),
	ceiling_per BIGINT CHECK (ceiling_per > 0),
	partial BIGINT,
	urgency BIGINT,
	import_country {text},
	stock_days BIGINT,
	stop_kop_day BIGINT,
	visibility BIGINT NOT NULL,
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX need_batch ON need (batch_id);
CREATE INDEX need_item ON need (item_id);
CREATE INDEX need_org ON need (org_id);

-- What one organisation offers to make, and its price by volume.
CREATE TABLE offer (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT NOT NULL REFERENCES org (id),
	item_id BIGINT NOT NULL REFERENCES item (id),
	site_id BIGINT REFERENCES site (id),
	region {text},
	dim BIGINT NOT NULL,
	fixed_kop BIGINT CHECK (fixed_kop >= 0),
	price_kop BIGINT CHECK (price_kop >= 0),
	price_per BIGINT CHECK (price_per > 0),
	ladder {text},
	min_base BIGINT CHECK (min_base > 0),
	step_base BIGINT CHECK (step_base > 0),
	max_base BIGINT CHECK (max_base > 0),
	lead_days BIGINT CHECK (lead_days >= 0),
	valid_until BIGINT,
	basis {text},
	properties {text},
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX offer_batch ON offer (batch_id);
CREATE INDEX offer_item ON offer (item_id);
CREATE INDEX offer_org ON offer (org_id);
CREATE INDEX offer_site ON offer (site_id);

-- What a maker says about his capacity in a quarter (feature R7).
CREATE TABLE capacity (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT NOT NULL REFERENCES org (id),
	site_id BIGINT REFERENCES site (id),
	item_id BIGINT NOT NULL REFERENCES item (id),
	quarter BIGINT NOT NULL,
	dim BIGINT NOT NULL,
	nominal_base BIGINT CHECK (nominal_base >= 0),
	booked_base BIGINT CHECK (booked_base >= 0),
	free_base BIGINT NOT NULL CHECK (free_base >= 0),
	UNIQUE (centre_id, source_key)
);
CREATE INDEX capacity_batch ON capacity (batch_id);
CREATE INDEX capacity_item ON capacity (item_id, org_id);
CREATE INDEX capacity_org ON capacity (org_id);
CREATE INDEX capacity_site ON capacity (site_id);

-- Proven supply: who sold what to whom, how much, at what unit price, by a contract.
CREATE TABLE supply (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	supplier_id BIGINT NOT NULL REFERENCES org (id),
	customer_id BIGINT REFERENCES org (id),
	item_id BIGINT REFERENCES item (id),
	title {text},
	okpd2 {text},
	signed_on BIGINT,
	region {text},
	qty_text {text},
	dim BIGINT,
	qty_base BIGINT,
	unit_kop BIGINT,
	unit_per BIGINT,
	sum_kop BIGINT,
	UNIQUE (centre_id, source_key)
);
CREATE INDEX supply_batch ON supply (batch_id);
CREATE INDEX supply_okpd2 ON supply (okpd2);
CREATE INDEX supply_supplier ON supply (supplier_id);
CREATE INDEX supply_customer ON supply (customer_id);
CREATE INDEX supply_item ON supply (item_id);

-- A pair that looks like one organisation: a row of a file (by fingerprint of name, address and ids) and a stored one.
-- verdict: 0 open, 1 different, 2 the same. A decision holds until the fingerprint changes.
CREATE TABLE dup_pair (
	id {id},
	uid {text} NOT NULL UNIQUE,
	org_id BIGINT NOT NULL REFERENCES org (id) ON DELETE CASCADE,
	fingerprint {text} NOT NULL,
	row_text {text} NOT NULL,
	score BIGINT NOT NULL,
	reasons {text} NOT NULL,
	verdict BIGINT NOT NULL DEFAULT 0 CHECK (verdict BETWEEN 0 AND 2),
	decided_by {text},
	decided_ms BIGINT,
	UNIQUE (org_id, fingerprint)
);

-- A computation of all lots: from which state of the registers, with what result.
CREATE TABLE lot_run (
	id {id},
	uid {text} NOT NULL UNIQUE,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	as_of BIGINT NOT NULL,
	digest {text} NOT NULL,
	n_needs BIGINT NOT NULL,
	alone_needs BIGINT NOT NULL,
	alone_kop BIGINT NOT NULL,
	pooled_needs BIGINT NOT NULL,
	pooled_kop BIGINT NOT NULL
);
CREATE INDEX lot_run_batch ON lot_run (batch_id);

CREATE TABLE lot (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	run_id BIGINT NOT NULL REFERENCES lot_run (id) ON DELETE CASCADE,
	item_id BIGINT NOT NULL REFERENCES item (id),
	offer_id BIGINT NOT NULL REFERENCES offer (id),
	dim BIGINT NOT NULL,
	qty_base BIGINT NOT NULL CHECK (qty_base > 0),
	firm_base BIGINT NOT NULL CHECK (firm_base > 0),
	total_kop BIGINT NOT NULL CHECK (total_kop >= 0),
	ready_on BIGINT NOT NULL,
	proved BIGINT NOT NULL CHECK (proved IN (0, 1)),
	CHECK (firm_base <= qty_base)
);
CREATE INDEX lot_run_id ON lot (run_id);
CREATE INDEX lot_item ON lot (item_id);
CREATE INDEX lot_offer ON lot (offer_id);

-- need <-> lot with quantities (feature A6): the sum over a lot is the lot. `zveno check` proves it.
CREATE TABLE lot_need (
	lot_id BIGINT NOT NULL REFERENCES lot (id) ON DELETE CASCADE,
	need_id BIGINT NOT NULL REFERENCES need (id),
	firm_base BIGINT NOT NULL CHECK (firm_base > 0),
	extra_base BIGINT NOT NULL CHECK (extra_base >= 0),
	cost_kop BIGINT NOT NULL CHECK (cost_kop >= 0),
	freight_kop BIGINT NOT NULL CHECK (freight_kop >= 0),
	PRIMARY KEY (lot_id, need_id)
){by_key};
CREATE INDEX lot_need_need ON lot_need (need_id);

-- Why a need is in no lot: the code of engine/lot and its figures (days, base units or kopecks by code).
CREATE TABLE lot_miss (
	run_id BIGINT NOT NULL REFERENCES lot_run (id) ON DELETE CASCADE,
	need_id BIGINT NOT NULL REFERENCES need (id),
	code {text} NOT NULL,
	offer_id BIGINT REFERENCES offer (id),
	have BIGINT NOT NULL,
	want BIGINT NOT NULL,
	lack BIGINT NOT NULL,
	size_base BIGINT NOT NULL,
	price_kop BIGINT NOT NULL,
	price_per BIGINT NOT NULL,
	PRIMARY KEY (run_id, need_id)
){by_key};
CREATE INDEX lot_miss_need ON lot_miss (need_id);
