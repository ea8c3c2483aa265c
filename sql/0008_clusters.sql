-- Clusters and support: the cluster register with its history, contracts and deliveries, yearly figures, projects with their costs,
-- infrastructure, what people state for the rules; packs of rules, verdicts, applications, invitations. Frame, units and NULL as in 0001.
-- The first tables are registers (store/register.h); their columns stand in the order of the files of src/store.

-- Clusters. state: 1 planned, 2 filed, 3 in the register, 4 excluded, 5 its specialised organisation is in liquidation.
-- members_stated and projects_stated are figures of a source that names no members.
CREATE TABLE cluster (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	name {text} NOT NULL,
	name_en {text},
	region {text},
	org_id BIGINT REFERENCES org (id),
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 5),
	state_on BIGINT,
	number {text},
	order_no {text},
	order_on BIGINT,
	edition {text},
	valid_until BIGINT,
	products {text},
	okpd2 {text},
	members_stated BIGINT CHECK (members_stated >= 0),
	projects_stated BIGINT CHECK (projects_stated >= 0),
	site {text},
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX cluster_batch ON cluster (batch_id);
CREATE INDEX cluster_org ON cluster (org_id);

-- What happened to a cluster: acts and changes of its state, dated. state as in cluster, or NULL: the state stayed.
CREATE TABLE cluster_event (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	cluster_id BIGINT NOT NULL REFERENCES cluster (id),
	happened_on BIGINT NOT NULL,
	state BIGINT CHECK (state BETWEEN 1 AND 5),
	act {text},
	number {text},
	title {text} NOT NULL,
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX cluster_event_batch ON cluster_event (batch_id);
CREATE INDEX cluster_event_cluster ON cluster_event (cluster_id);

-- Who is or was in a cluster. role: 1 final producer, 2 supplier, 3 service, 4 education, 5 science, 6 infrastructure, 7 other.
CREATE TABLE cluster_member (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	cluster_id BIGINT NOT NULL REFERENCES cluster (id),
	org_id BIGINT NOT NULL REFERENCES org (id),
	role BIGINT CHECK (role BETWEEN 1 AND 7),
	joined_on BIGINT,
	left_on BIGINT,
	producing BIGINT CHECK (producing IN (0, 1)),
	agreement BIGINT CHECK (agreement IN (0, 1)),
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX cluster_member_batch ON cluster_member (batch_id);
CREATE INDEX cluster_member_cluster ON cluster_member (cluster_id);
CREATE INDEX cluster_member_org ON cluster_member (org_id);

-- Contracts between organisations. kind: 1 supply, 2 work or service, 3 joint project, 4 special investment contract, 5 other.
-- cluster_id: whose specialised organisation both sides let see it.
CREATE TABLE contract (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	seller_id BIGINT NOT NULL REFERENCES org (id),
	buyer_id BIGINT NOT NULL REFERENCES org (id),
	cluster_id BIGINT REFERENCES cluster (id),
	kind BIGINT CHECK (kind BETWEEN 1 AND 5),
	number {text},
	title {text},
	item_id BIGINT REFERENCES item (id),
	signed_on BIGINT,
	valid_until BIGINT,
	sum_kop BIGINT CHECK (sum_kop >= 0),
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX contract_batch ON contract (batch_id);
CREATE INDEX contract_seller ON contract (seller_id);
CREATE INDEX contract_buyer ON contract (buyer_id);
CREATE INDEX contract_cluster ON contract (cluster_id);
CREATE INDEX contract_item ON contract (item_id);

-- What was delivered under a contract in a year.
CREATE TABLE delivery (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	contract_id BIGINT NOT NULL REFERENCES contract (id),
	year BIGINT NOT NULL CHECK (year BETWEEN 1990 AND 2199),
	sum_kop BIGINT NOT NULL CHECK (sum_kop >= 0),
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX delivery_batch ON delivery (batch_id);
CREATE INDEX delivery_contract ON delivery (contract_id);

-- Yearly figures of an organisation: all it shipped and bought, staff, jobs.
CREATE TABLE org_year (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT NOT NULL REFERENCES org (id),
	year BIGINT NOT NULL CHECK (year BETWEEN 1990 AND 2199),
	shipped_kop BIGINT CHECK (shipped_kop >= 0),
	bought_kop BIGINT CHECK (bought_kop >= 0),
	staff BIGINT CHECK (staff >= 0),
	productive_jobs BIGINT CHECK (productive_jobs >= 0),
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX org_year_batch ON org_year (batch_id);
CREATE INDEX org_year_org ON org_year (org_id);

-- Projects. org_id: the initiator. kind: 1 joint, 2 design documentation, 3 technological regulation, 4 research and development, 5 investment,
-- 6 engineering centre, 7 export, 8 other. state: 1 idea, 2 active, 3 done, 4 stopped. The last columns say what a place must have.
CREATE TABLE project (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	name {text} NOT NULL,
	name_en {text},
	org_id BIGINT REFERENCES org (id),
	cluster_id BIGINT REFERENCES cluster (id),
	kind BIGINT NOT NULL CHECK (kind BETWEEN 1 AND 8),
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 4),
	item_id BIGINT REFERENCES item (id),
	okpd2 {text},
	region {text},
	import_substitution BIGINT CHECK (import_substitution IN (0, 1)),
	passport BIGINT CHECK (passport IN (0, 1)),
	starts_on BIGINT,
	ends_on BIGINT,
	budget_kop BIGINT CHECK (budget_kop >= 0),
	capex_kop BIGINT CHECK (capex_kop >= 0),
	loan_kop BIGINT CHECK (loan_kop >= 0),
	loan_months BIGINT CHECK (loan_months >= 0),
	own_percent BIGINT CHECK (own_percent BETWEEN 0 AND 100),
	land_m2 BIGINT CHECK (land_m2 >= 0),
	floor_m2 BIGINT CHECK (floor_m2 >= 0),
	power_kw BIGINT CHECK (power_kw >= 0),
	gas_m3h BIGINT CHECK (gas_m3h >= 0),
	water_m3d BIGINT CHECK (water_m3d >= 0),
	rail BIGINT CHECK (rail IN (0, 1)),
	hazard_class BIGINT CHECK (hazard_class BETWEEN 1 AND 5),
	services {text},
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX project_batch ON project (batch_id);
CREATE INDEX project_org ON project (org_id);
CREATE INDEX project_cluster ON project (cluster_id);
CREATE INDEX project_item ON project (item_id);

-- Who takes part in a project. role: 1 buyer, 2 supplier, 3 developer, 4 service, 5 investor.
CREATE TABLE project_member (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	project_id BIGINT NOT NULL REFERENCES project (id),
	org_id BIGINT NOT NULL REFERENCES org (id),
	role BIGINT CHECK (role BETWEEN 1 AND 5),
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX project_member_batch ON project_member (batch_id);
CREATE INDEX project_member_project ON project_member (project_id);
CREATE INDEX project_member_org ON project_member (org_id);

-- Cost lines of a project: org_id bears it, supplier_id is paid. sum_max_kop: the sum is a range from sum_kop up to it.
-- A line with a quantity and a price has their product for its sum.
CREATE TABLE project_cost (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	project_id BIGINT NOT NULL REFERENCES project (id),
	org_id BIGINT NOT NULL REFERENCES org (id),
	supplier_id BIGINT REFERENCES org (id),
	category {text} NOT NULL,
	title {text},
	qty_text {text},
	dim BIGINT,
	qty_base BIGINT CHECK (qty_base > 0),
	price_kop BIGINT CHECK (price_kop >= 0),
	price_per BIGINT CHECK (price_per > 0),
	sum_kop BIGINT CHECK (sum_kop >= 0),
	sum_max_kop BIGINT CHECK (sum_max_kop >= sum_kop),
	paid_on BIGINT,
	document {text},
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX project_cost_batch ON project_cost (batch_id);
CREATE INDEX project_cost_project ON project_cost (project_id);
CREATE INDEX project_cost_org ON project_cost (org_id);
CREATE INDEX project_cost_supplier ON project_cost (supplier_id);

-- Infrastructure: zones, parks, technoparks, centres. kind: 1 special economic zone, 2 industrial park, 3 technopark, 4 engineering centre,
-- 5 shared laboratory, 6 territory of advanced development, 7 logistics, 8 other. state: 1 planned, 2 acting, 3 closed. Capacities are what is free.
-- hazard_class: the most dangerous sanitary class that may stand there (1 is the most dangerous).
CREATE TABLE infra (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	name {text} NOT NULL,
	name_en {text},
	kind BIGINT NOT NULL CHECK (kind BETWEEN 1 AND 8),
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 3),
	org_id BIGINT REFERENCES org (id),
	region {text},
	address {text},
	lat_micro BIGINT,
	lon_micro BIGINT,
	technological BIGINT CHECK (technological IN (0, 1)),
	land_m2 BIGINT CHECK (land_m2 >= 0),
	floor_m2 BIGINT CHECK (floor_m2 >= 0),
	power_kw BIGINT CHECK (power_kw >= 0),
	gas_m3h BIGINT CHECK (gas_m3h >= 0),
	water_m3d BIGINT CHECK (water_m3d >= 0),
	rail BIGINT CHECK (rail IN (0, 1)),
	hazard_class BIGINT CHECK (hazard_class BETWEEN 1 AND 5),
	services {text},
	site {text},
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX infra_batch ON infra (batch_id);
CREATE INDEX infra_org ON infra (org_id);

-- Who uses an infrastructure object: a resident organisation, or a cluster that counts it as its own. One of the two is set.
CREATE TABLE resident (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	infra_id BIGINT NOT NULL REFERENCES infra (id),
	org_id BIGINT REFERENCES org (id),
	cluster_id BIGINT REFERENCES cluster (id),
	since_on BIGINT,
	until_on BIGINT,
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX resident_batch ON resident (batch_id);
CREATE INDEX resident_infra ON resident (infra_id);
CREATE INDEX resident_org ON resident (org_id);
CREATE INDEX resident_cluster ON resident (cluster_id);

-- A fact that a pack of rules asks for and no register holds. About an organisation, a project or a cluster: one of the three is set.
CREATE TABLE statement (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT REFERENCES org (id),
	project_id BIGINT REFERENCES project (id),
	cluster_id BIGINT REFERENCES cluster (id),
	name {text} NOT NULL,
	value {text} NOT NULL,
	document {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX statement_batch ON statement (batch_id);
CREATE INDEX statement_org ON statement (org_id);
CREATE INDEX statement_project ON statement (project_id);
CREATE INDEX statement_cluster ON statement (cluster_id);

-- Support that an organisation has received: what is left of a limit depends on it.
CREATE TABLE received (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT NOT NULL REFERENCES org (id),
	measure {text} NOT NULL,
	project_id BIGINT REFERENCES project (id),
	sum_kop BIGINT NOT NULL CHECK (sum_kop >= 0),
	received_on BIGINT,
	document {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX received_batch ON received (batch_id);
CREATE INDEX received_org ON received (org_id);
CREATE INDEX received_project ON received (project_id);

-- How many clusters there were, or are expected to be, on a day, by a source.
CREATE TABLE cluster_count (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	counted_on BIGINT NOT NULL,
	number BIGINT NOT NULL CHECK (number >= 0),
	expected BIGINT NOT NULL CHECK (expected IN (0, 1)),
	scope {text},
	source {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX cluster_count_batch ON cluster_count (batch_id);

-- Packs of rules as they were loaded; the text is never changed. state: 1 asked (waits for the second person), 2 in force, 3 withdrawn.
-- centre NULL: for all. The digest is that of the text.
CREATE TABLE rule_pack (
	id {id},
	uid {text} NOT NULL UNIQUE,
	name {text} NOT NULL,
	series {text} NOT NULL,
	kind BIGINT NOT NULL,
	centre_id BIGINT REFERENCES centre (id),
	org_id BIGINT REFERENCES org (id),
	valid_from BIGINT,
	valid_to BIGINT,
	digest {text} NOT NULL,
	body {text} NOT NULL,
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 3),
	loaded_by {text} NOT NULL,
	loaded_ms BIGINT NOT NULL,
	ended_ms BIGINT
);
CREATE INDEX rule_pack_series ON rule_pack (series, state);
CREATE UNIQUE INDEX rule_pack_name ON rule_pack (name) WHERE state = 2;

-- What a pack said of a subject on a day, with the facts that it used: shown again years later. facts and result are JSON. Never changed.
CREATE TABLE verdict (
	id {id},
	uid {text} NOT NULL UNIQUE,
	pack_id BIGINT NOT NULL REFERENCES rule_pack (id),
	subject {text} NOT NULL,
	as_of BIGINT NOT NULL,
	facts {text} NOT NULL,
	facts_digest {text} NOT NULL,
	result {text} NOT NULL,
	passed BIGINT NOT NULL,
	failed BIGINT NOT NULL,
	unknown BIGINT NOT NULL,
	made_by {text} NOT NULL,
	made_ms BIGINT NOT NULL
);
CREATE INDEX verdict_subject ON verdict (subject, id);
CREATE INDEX verdict_pack ON verdict (pack_id);

-- An application for the register. state: 1 draft, 2 pre-check, 3 submitted, 4 questions, 5 corrections, 6 corrected, 7 decided.
-- decision: 1 accepted, 2 refused. frozen: the copy that was submitted, JSON, with its digest; parts are renewed only by corrections.
CREATE TABLE application (
	id {id},
	uid {text} NOT NULL UNIQUE,
	cluster_id BIGINT NOT NULL REFERENCES cluster (id),
	org_id BIGINT NOT NULL REFERENCES org (id),
	centre_id BIGINT NOT NULL REFERENCES centre (id),
	pack_id BIGINT NOT NULL REFERENCES rule_pack (id),
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 7),
	frozen {text},
	frozen_digest {text},
	submitted_on BIGINT,
	decision BIGINT CHECK (decision IN (1, 2)),
	decided_on BIGINT,
	order_no {text},
	order_on BIGINT,
	number {text},
	note {text} NOT NULL DEFAULT '',
	version BIGINT NOT NULL DEFAULT 1,
	made_by {text} NOT NULL,
	made_ms BIGINT NOT NULL,
	changed_ms BIGINT NOT NULL
);
CREATE INDEX application_cluster ON application (cluster_id);
CREATE INDEX application_org ON application (org_id);
CREATE INDEX application_state ON application (state, id);
CREATE INDEX application_centre ON application (centre_id);
CREATE INDEX application_pack ON application (pack_id);

-- A document of its checklist: the file and its detached signature, by the digests under which they are kept. Replaced ones stay.
CREATE TABLE application_file (
	id {id},
	uid {text} NOT NULL UNIQUE,
	application_id BIGINT NOT NULL REFERENCES application (id),
	document {text} NOT NULL,
	name {text} NOT NULL,
	digest {text} NOT NULL,
	size BIGINT NOT NULL,
	signature_name {text},
	signature_digest {text},
	signature_size BIGINT,
	made_by {text} NOT NULL,
	made_ms BIGINT NOT NULL,
	replaced_ms BIGINT
);
CREATE INDEX application_file_application ON application_file (application_id, document);

-- What was asked and answered, returned and corrected, in order. kind: 1 state, 2 question, 3 answer, 4 return, 5 correction, 6 note, 7 decision.
CREATE TABLE application_step (
	id {id},
	uid {text} NOT NULL UNIQUE,
	application_id BIGINT NOT NULL REFERENCES application (id),
	kind BIGINT NOT NULL CHECK (kind BETWEEN 1 AND 7),
	criterion {text} NOT NULL DEFAULT '',
	body {text} NOT NULL DEFAULT '',
	open BIGINT NOT NULL DEFAULT 0 CHECK (open IN (0, 1)),
	actor {text} NOT NULL,
	at_ms BIGINT NOT NULL
);
CREATE INDEX application_step_application ON application_step (application_id, id);

-- An invitation to join a cluster. state: 1 proposed, 2 sent, 3 answered yes, 4 answered no, 5 joined, 6 withdrawn. reason: JSON, why it was proposed.
CREATE TABLE invitation (
	id {id},
	uid {text} NOT NULL UNIQUE,
	cluster_id BIGINT NOT NULL REFERENCES cluster (id),
	org_id BIGINT NOT NULL REFERENCES org (id),
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 6),
	reason {text} NOT NULL,
	letter {text} NOT NULL,
	answer {text} NOT NULL DEFAULT '',
	due BIGINT,
	made_by {text} NOT NULL,
	made_ms BIGINT NOT NULL,
	sent_ms BIGINT,
	answered_ms BIGINT,
	UNIQUE (cluster_id, org_id)
);
CREATE INDEX invitation_org ON invitation (org_id);

-- The address of somebody's calendar: only the hash of its 256 bits is kept.
CREATE TABLE calendar_link (
	hash {text} PRIMARY KEY,
	account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	made_ms BIGINT NOT NULL
);
CREATE INDEX calendar_link_account ON calendar_link (account_id);

-- Who gained or lost a measure when a pack changed. was, now: 0 no, 1 unknown, 2 yes.
CREATE TABLE measure_change (
	id {id},
	pack_id BIGINT NOT NULL REFERENCES rule_pack (id),
	measure {text} NOT NULL,
	org_id BIGINT NOT NULL REFERENCES org (id),
	was BIGINT NOT NULL,
	now BIGINT NOT NULL,
	was_kop BIGINT,
	now_kop BIGINT,
	at_ms BIGINT NOT NULL
);
CREATE INDEX measure_change_org ON measure_change (org_id, id);
CREATE INDEX measure_change_pack ON measure_change (pack_id);
