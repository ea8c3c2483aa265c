-- Production chains: what processes make and what a day of it is worth, what they take, where that comes from. Frame, units and NULL as in 0001.
-- A process is known by its organisation and its name; org_id NULL: a process as books and tables have it, nobody's in particular.
-- The tables are registers (store/register.h); their columns stand in the order of the files of src/store. docs/design/chains.md.

-- What a process makes, a row a product. out_base: how much of it a run of the process gives, to which the amounts of recipe_line belong.
-- day_base: usual output of a day, day_kop: what a day without it costs.
CREATE TABLE product (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT REFERENCES org (id),
	process {text} NOT NULL,
	item_id BIGINT NOT NULL REFERENCES item (id),
	dim BIGINT,
	out_base BIGINT CHECK (out_base > 0),
	day_base BIGINT CHECK (day_base > 0),
	day_kop BIGINT CHECK (day_kop >= 0),
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX product_batch ON product (batch_id);
CREATE INDEX product_org ON product (org_id);
CREATE INDEX product_item ON product (item_id);

-- What a process takes, a row an input. qty_base: for a run. kind: 1 essential (without it the process stops), 2 important (without it it runs at half),
-- 3 non-essential (without it the process runs on). stock_days: for how many days of usual work the stock lasts.
CREATE TABLE recipe_line (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT REFERENCES org (id),
	process {text} NOT NULL,
	item_id BIGINT NOT NULL REFERENCES item (id),
	kind BIGINT NOT NULL CHECK (kind BETWEEN 1 AND 3),
	dim BIGINT,
	qty_base BIGINT CHECK (qty_base >= 0),
	stock_days BIGINT CHECK (stock_days >= 0),
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX recipe_line_batch ON recipe_line (batch_id);
CREATE INDEX recipe_line_org ON recipe_line (org_id);
CREATE INDEX recipe_line_item ON recipe_line (item_id);

-- Where an input of a process comes from, a row a source. maker_id: who makes it, or brings it in; country: from where it is imported;
-- with_item_id: this item stands in for the input. state: 1 proposed, 2 qualified, 3 used. share: percent of the input today.
-- day_base: the most a day. days: from the decision to the first delivery. via: transport nodes on the way, parted by ";".
CREATE TABLE line_source (
	id {id},
	centre_id BIGINT NOT NULL CHECK (id / 1099511627776 = centre_id),
	uid {text} NOT NULL UNIQUE,
	source_key {text} NOT NULL,
	batch_id BIGINT NOT NULL REFERENCES batch (id),
	line BIGINT NOT NULL,
	said_on BIGINT NOT NULL,
	status BIGINT NOT NULL CHECK (status BETWEEN 1 AND 4),
	org_id BIGINT REFERENCES org (id),
	process {text} NOT NULL,
	item_id BIGINT NOT NULL REFERENCES item (id),
	state BIGINT NOT NULL CHECK (state BETWEEN 1 AND 3),
	maker_id BIGINT REFERENCES org (id),
	country {text},
	with_item_id BIGINT REFERENCES item (id),
	share BIGINT CHECK (share BETWEEN 0 AND 100),
	dim BIGINT,
	day_base BIGINT CHECK (day_base > 0),
	days BIGINT CHECK (days >= 0),
	transit_days BIGINT CHECK (transit_days >= 0),
	via {text},
	note {text},
	UNIQUE (centre_id, source_key)
);
CREATE INDEX line_source_batch ON line_source (batch_id);
CREATE INDEX line_source_org ON line_source (org_id);
CREATE INDEX line_source_item ON line_source (item_id);
CREATE INDEX line_source_maker ON line_source (maker_id);
CREATE INDEX line_source_with ON line_source (with_item_id);
