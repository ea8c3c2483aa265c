-- People, what they may do, and what they do together: accounts, sessions, tokens, tasks, scouting rounds, contacts,
-- disclosures, approvals, jobs, and the audit trail. Times are milliseconds since 1970 in UTC, dates days since 1970-01-01.

-- state: 1 active, 2 disabled. An empty password_hash: the account signs in by a provider only.
CREATE TABLE account (
	id {id},
	uid {text} NOT NULL UNIQUE,
	login {text} NOT NULL UNIQUE,
	name {text} NOT NULL,
	email {text},
	password_hash {text} NOT NULL DEFAULT '',
	password_ms BIGINT NOT NULL DEFAULT 0,
	totp_secret {text},
	totp_step BIGINT NOT NULL DEFAULT 0,
	state BIGINT NOT NULL CHECK (state IN (1, 2)),
	lang {text},
	created_ms BIGINT NOT NULL
);

-- What an account is: a role (auth/rights.h), and where: centre NULL is every centre, org NULL is no organisation.
CREATE TABLE account_role (
	account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	place BIGINT NOT NULL,
	role {text} NOT NULL,
	centre_id BIGINT REFERENCES centre (id),
	org_id BIGINT REFERENCES org (id),
	PRIMARY KEY (account_id, place)
){by_key};
CREATE INDEX account_role_org ON account_role (org_id);
CREATE INDEX account_role_centre ON account_role (centre_id);

-- Who an account is at an identity provider (OIDC).
CREATE TABLE account_link (
	issuer {text} NOT NULL,
	subject {text} NOT NULL,
	account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	created_ms BIGINT NOT NULL,
	PRIMARY KEY (issuer, subject)
){by_key};
CREATE INDEX account_link_account ON account_link (account_id);

-- Only the hash of a session's 256 bits is kept.
CREATE TABLE session (
	hash {text} PRIMARY KEY,
	uid {text} NOT NULL UNIQUE,
	account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	created_ms BIGINT NOT NULL,
	seen_ms BIGINT NOT NULL,
	ends_ms BIGINT NOT NULL,
	address {text} NOT NULL,
	agent {text} NOT NULL
);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_ends ON session (ends_ms);

-- Tokens of programs. scopes: names of auth/rights.h divided by spaces; centre_id narrows the account's own.
CREATE TABLE api_token (
	id {id},
	uid {text} NOT NULL UNIQUE,
	account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	name {text} NOT NULL,
	hash {text} NOT NULL UNIQUE,
	scopes {text} NOT NULL,
	centre_id BIGINT REFERENCES centre (id),
	created_ms BIGINT NOT NULL,
	ends_ms BIGINT NOT NULL,
	revoked_ms BIGINT
);
CREATE INDEX api_token_account ON api_token (account_id);

-- A sign-in at a provider that is under way (state and PKCE verifier), for ten minutes.
CREATE TABLE oidc_flow (
	state_hash {text} PRIMARY KEY,
	nonce {text} NOT NULL,
	verifier {text} NOT NULL,
	return_to {text} NOT NULL,
	ends_ms BIGINT NOT NULL
);

-- The answer to a request that carried an Idempotency-Key: the same key and body get it again for a day.
CREATE TABLE idempotency (
	key_hash {text} PRIMARY KEY,
	body_digest {text} NOT NULL,
	status BIGINT NOT NULL,
	etag {text} NOT NULL,
	location {text} NOT NULL,
	body {text} NOT NULL,
	made_ms BIGINT NOT NULL
);
CREATE INDEX idempotency_made ON idempotency (made_ms);

-- The audit trail. hash = BLAKE2b-256 over prev and all other columns; data is the digest of all registers after the action, so
-- that the chain binds the rows that it speaks of (docs/design/audit.md). Rows are never changed or removed.
CREATE TABLE audit (
	n {id},
	at_ms BIGINT NOT NULL,
	actor {text} NOT NULL,
	account_id BIGINT,
	centre_id BIGINT NOT NULL,
	org_id BIGINT,
	action {text} NOT NULL,
	subject {text} NOT NULL,
	detail {text} NOT NULL,
	address {text} NOT NULL,
	data {text} NOT NULL,
	prev {text} NOT NULL,
	hash {text} NOT NULL
);
CREATE INDEX audit_subject ON audit (subject);
CREATE INDEX audit_org ON audit (org_id, n) WHERE org_id IS NOT NULL;
CREATE INDEX audit_centre ON audit (centre_id, n);

-- The running digest of all registers (a multiset hash): one row.
CREATE TABLE data_digest (
	id BIGINT PRIMARY KEY CHECK (id = 1),
	state {text} NOT NULL
);

-- What waits for somebody: an account, an organisation's people or a centre's operators (one of the three is set).
-- state: 1 open, 2 done, 3 declined, 4 withdrawn. params: JSON for the sentence of this kind.
CREATE TABLE task (
	id {id},
	uid {text} NOT NULL UNIQUE,
	kind {text} NOT NULL,
	account_id BIGINT REFERENCES account (id) ON DELETE CASCADE,
	org_id BIGINT REFERENCES org (id) ON DELETE CASCADE,
	centre_id BIGINT REFERENCES centre (id),
	subject {text} NOT NULL,
	params {text} NOT NULL,
	due BIGINT,
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 4),
	made_by {text} NOT NULL,
	made_ms BIGINT NOT NULL,
	ended_by {text},
	ended_ms BIGINT
);
-- One open task of a kind about a subject for the same person, organisation or centre; closed ones stay beside it. NULLs are distinct
-- in a UNIQUE, so the place that is not set counts as 0 (centre 0 is the national one: -1).
CREATE UNIQUE INDEX task_once ON task (kind, subject, COALESCE(account_id, 0), COALESCE(org_id, 0), COALESCE(centre_id, -1)) WHERE state = 1;
CREATE INDEX task_about ON task (kind, subject, state);
CREATE INDEX task_account ON task (account_id, state, due);
CREATE INDEX task_org ON task (org_id, state, due);
CREATE INDEX task_centre ON task (centre_id, state, due);

-- A scouting round (N5): one need put to all centres until a date, and what each answered.
CREATE TABLE scouting (
	id {id},
	uid {text} NOT NULL UNIQUE,
	need_id BIGINT NOT NULL REFERENCES need (id),
	centre_id BIGINT NOT NULL REFERENCES centre (id),
	started_ms BIGINT NOT NULL,
	started_on BIGINT NOT NULL,
	deadline BIGINT NOT NULL,
	note {text} NOT NULL,
	started_by {text} NOT NULL,
	state BIGINT NOT NULL CHECK (state IN (1, 2))
);
CREATE INDEX scouting_need ON scouting (need_id);
-- answer: NULL silent, 1 exact, 2 near, 3 none.
CREATE TABLE scouting_centre (
	scouting_id BIGINT NOT NULL REFERENCES scouting (id) ON DELETE CASCADE,
	centre_id BIGINT NOT NULL REFERENCES centre (id),
	answer BIGINT CHECK (answer BETWEEN 1 AND 3),
	note {text} NOT NULL DEFAULT '',
	answered_by {text},
	answered_ms BIGINT,
	PRIMARY KEY (scouting_id, centre_id)
){by_key};
-- The makers that a centre names.
CREATE TABLE scouting_maker (
	scouting_id BIGINT NOT NULL REFERENCES scouting (id) ON DELETE CASCADE,
	centre_id BIGINT NOT NULL,
	org_id BIGINT NOT NULL REFERENCES org (id),
	PRIMARY KEY (scouting_id, centre_id, org_id)
){by_key};
CREATE INDEX scouting_maker_org ON scouting_maker (org_id);

-- A maker asks who needs something; the owner of the need accepts or declines. state: 1 asked, 2 accepted, 3 declined.
CREATE TABLE contact (
	id {id},
	uid {text} NOT NULL UNIQUE,
	need_id BIGINT NOT NULL REFERENCES need (id),
	org_id BIGINT NOT NULL REFERENCES org (id),
	note {text} NOT NULL,
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 3),
	asked_by {text} NOT NULL,
	asked_ms BIGINT NOT NULL,
	decided_by {text},
	decided_ms BIGINT,
	UNIQUE (need_id, org_id)
);
CREATE INDEX contact_org ON contact (org_id);

-- Whom something of an organisation's was shown to, and why.
CREATE TABLE disclosure (
	id {id},
	owner_id BIGINT NOT NULL REFERENCES org (id),
	to_org_id BIGINT REFERENCES org (id),
	to_centre_id BIGINT REFERENCES centre (id),
	subject {text} NOT NULL,
	what {text} NOT NULL,
	reason {text} NOT NULL,
	actor {text} NOT NULL,
	at_ms BIGINT NOT NULL
);
CREATE INDEX disclosure_owner ON disclosure (owner_id, id);
CREATE INDEX disclosure_to_org ON disclosure (to_org_id) WHERE to_org_id IS NOT NULL;

-- What needs a second person. state: 1 asked, 2 approved and done, 3 refused, 4 withdrawn.
CREATE TABLE approval (
	id {id},
	uid {text} NOT NULL UNIQUE,
	action {text} NOT NULL,
	subject {text} NOT NULL,
	params {text} NOT NULL,
	centre_id BIGINT NOT NULL REFERENCES centre (id),
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 4),
	asked_by BIGINT NOT NULL REFERENCES account (id),
	asked_ms BIGINT NOT NULL,
	decided_by BIGINT REFERENCES account (id),
	decided_ms BIGINT,
	note {text} NOT NULL DEFAULT '',
	CHECK (decided_by IS NULL OR decided_by <> asked_by OR state = 4)
);
CREATE INDEX approval_state ON approval (state, centre_id);

-- Two organisations that are one: everything of `from_uid` was moved to `to_uid` by the batch. Undone within 30 days.
CREATE TABLE org_merge (
	from_uid {text} PRIMARY KEY,
	to_uid {text} NOT NULL,
	from_id BIGINT NOT NULL REFERENCES org (id),
	to_id BIGINT NOT NULL REFERENCES org (id),
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	merged_ms BIGINT NOT NULL,
	moved {text} NOT NULL
);
CREATE INDEX org_merge_to ON org_merge (to_id);
CREATE INDEX org_merge_batch ON org_merge (batch_id);

-- Slow work. state: 1 waiting, 2 running, 3 done, 4 failed, 5 cancelled. result: JSON.
CREATE TABLE job (
	id {id},
	uid {text} NOT NULL UNIQUE,
	kind {text} NOT NULL,
	account_id BIGINT NOT NULL REFERENCES account (id),
	centre_id BIGINT NOT NULL,
	params {text} NOT NULL,
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 5),
	made_ms BIGINT NOT NULL,
	started_ms BIGINT,
	ended_ms BIGINT,
	result {text},
	error {text}
);
CREATE INDEX job_state ON job (state, id);
CREATE INDEX job_account ON job (account_id, id);

-- A file that came in, kept beside the database under its digest; and what is being done with it as an import.
CREATE TABLE upload (
	id {id},
	uid {text} NOT NULL UNIQUE,
	account_id BIGINT NOT NULL REFERENCES account (id),
	centre_id BIGINT NOT NULL,
	org_id BIGINT REFERENCES org (id),
	kind {text} NOT NULL,
	name {text} NOT NULL,
	digest {text} NOT NULL,
	size BIGINT NOT NULL,
	made_ms BIGINT NOT NULL,
	job_uid {text},
	batch_uid {text}
);
CREATE INDEX upload_account ON upload (account_id, id);
CREATE INDEX upload_org ON upload (org_id) WHERE org_id IS NOT NULL;
