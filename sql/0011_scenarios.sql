-- Questions about production chains that somebody saved: what stops, when, and which proposed sources count. Only the question is kept; an answer is
-- reckoned anew out of the rows that whoever looks may see. docs/design/chains.md.

-- account_id NULL: saved at the command line. org_id: the organisation whose people see it, too, as long as it is there; NULL: of none. causes, sources: names parted by "|", as they were
-- asked for. days: for how many losses are counted. to_day NULL: it never ends. rate: what is left meanwhile, as it was written.
CREATE TABLE scenario (
	id {id},
	uid {text} NOT NULL UNIQUE,
	account_id BIGINT REFERENCES account (id),
	org_id BIGINT,
	made_by {text} NOT NULL,
	made_ms BIGINT NOT NULL,
	title {text} NOT NULL,
	causes {text} NOT NULL,
	sources {text} NOT NULL,
	days BIGINT NOT NULL CHECK (days > 0),
	from_day BIGINT NOT NULL CHECK (from_day >= 0),
	to_day BIGINT CHECK (to_day > from_day),
	rate {text} NOT NULL
);
CREATE INDEX scenario_account ON scenario (account_id);
CREATE INDEX scenario_org ON scenario (org_id);
