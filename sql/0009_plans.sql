-- National plans as they are kept: orders, who gets what from them, why others get nothing, what is near a launch, and the prices that prove the
-- bound. docs/design/plans.md. A plan is stored whole or not at all. An urub is a micro-rouble; prices are for a unit: 1 kg, L, m, m2, MJ or
-- piece, by dim (app/plan_problem.h). qty_base as in 0001. period: a quarter of delivery, year * 4 + (0..3).

-- mode: 1 priced, 2 strict. Sums of money are roubles * 100, the bound rounded down, all else up. problem: digest of what was computed from,
-- digest: of the plan. n_needs counts needs in the plan, covered ones in full. n_alone: of them those that could be served in full without pooling, worth
-- alone_kop at their ceilings. options: what it was asked for, as JSON.
CREATE TABLE plan (
	id {id},
	uid {text} NOT NULL UNIQUE,
	title {text} NOT NULL,
	made_by {text} NOT NULL,
	made_ms BIGINT NOT NULL,
	as_of BIGINT NOT NULL,
	mode BIGINT NOT NULL CHECK (mode IN (1, 2)),
	nightly BIGINT NOT NULL CHECK (nightly IN (0, 1)),
	from_uid {text} NOT NULL DEFAULT '',
	first_period BIGINT NOT NULL,
	n_periods BIGINT NOT NULL,
	objective_kop BIGINT NOT NULL,
	bound_kop BIGINT NOT NULL,
	constant_kop BIGINT NOT NULL,
	launches_kop BIGINT NOT NULL,
	prices_kop BIGINT NOT NULL,
	penalties_kop BIGINT NOT NULL,
	iterations BIGINT NOT NULL,
	proved BIGINT NOT NULL CHECK (proved IN (0, 1)),
	stopped BIGINT NOT NULL CHECK (stopped IN (0, 1)),
	n_needs BIGINT NOT NULL,
	n_covered BIGINT NOT NULL,
	n_orders BIGINT NOT NULL,
	n_outside BIGINT NOT NULL,
	n_alone BIGINT NOT NULL,
	alone_kop BIGINT NOT NULL,
	cpu_ms BIGINT NOT NULL,
	program {text} NOT NULL,
	problem {text} NOT NULL,
	digest {text} NOT NULL,
	options {text} NOT NULL
);

-- By priority 1 (most urgent) .. 4. Amounts in thousandths of a unit; dim is that of all needs of the priority, 0 when they differ. covered_milli and
-- constant_milli (no offer can serve them) rounded down, bound_milli (no plan covers more) up. breaks: served less so that a lower priority is served.
CREATE TABLE plan_level (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	priority BIGINT NOT NULL CHECK (priority BETWEEN 1 AND 4),
	needs BIGINT NOT NULL,
	covered_needs BIGINT NOT NULL,
	dim BIGINT NOT NULL,
	qty_milli BIGINT NOT NULL,
	covered_milli BIGINT NOT NULL,
	bound_milli BIGINT NOT NULL,
	constant_milli BIGINT NOT NULL,
	breaks BIGINT NOT NULL CHECK (breaks IN (0, 1)),
	PRIMARY KEY (plan_id, priority)
){by_key};

-- By region of the buyers ('' for none). wanted_kop and covered_kop: quantities at the highest price that each need accepts; bought_kop: what its needs
-- pay, freight included; made_kop: what its makers get.
CREATE TABLE plan_region (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	region {text} NOT NULL,
	needs BIGINT NOT NULL,
	covered_needs BIGINT NOT NULL,
	wanted_kop BIGINT NOT NULL,
	covered_kop BIGINT NOT NULL,
	bought_kop BIGINT NOT NULL,
	made_kop BIGINT NOT NULL,
	PRIMARY KEY (plan_id, region)
){by_key};

-- An order at a maker: n counts from 1 by offer and period. region: the place that it leaves from. tier counts from 1. total_kop: launch and goods, no freight.
CREATE TABLE plan_order (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	n BIGINT NOT NULL,
	offer_id BIGINT NOT NULL REFERENCES offer (id),
	item_id BIGINT NOT NULL,
	region {text} NOT NULL,
	period BIGINT NOT NULL,
	tier BIGINT NOT NULL,
	n_tiers BIGINT NOT NULL,
	dim BIGINT NOT NULL,
	qty_base BIGINT NOT NULL CHECK (qty_base > 0),
	extra_base BIGINT NOT NULL CHECK (extra_base >= 0),
	price_urub BIGINT NOT NULL,
	launch_kop BIGINT NOT NULL,
	total_kop BIGINT NOT NULL,
	needs BIGINT NOT NULL,
	regions BIGINT NOT NULL,
	PRIMARY KEY (plan_id, n)
){by_key};
CREATE INDEX plan_order_offer ON plan_order (offer_id);

-- What a need gets of an order, in the order's dim; extra_base: of it within the tolerance of the need. price_urub: delivered.
CREATE TABLE plan_flow (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	order_n BIGINT NOT NULL,
	need_id BIGINT NOT NULL REFERENCES need (id),
	qty_base BIGINT NOT NULL CHECK (qty_base > 0),
	extra_base BIGINT NOT NULL CHECK (extra_base >= 0),
	price_urub BIGINT NOT NULL,
	ceiling_urub BIGINT NOT NULL,
	priority BIGINT NOT NULL,
	PRIMARY KEY (plan_id, order_n, need_id)
){by_key};
CREATE INDEX plan_flow_need ON plan_flow (need_id);

-- A need that is not covered in full: qty_base is what it lacks. code: a word of engine/plan/problem.h (zv_plan_why_name) or app/plan_text.h. kind and figure: what
-- would flip it (enum zv_plan_figure: quantity in base units, urub a unit, kopecks, periods, thousandths of a unit of capacity). value_kop: at its ceiling.
-- also, also_kind, also_figure: what lacks at the same order besides, '' where nothing does. input_id: the item that is short (INPUT) or the nearest one that is
-- offered (NOMAKER). detail: words for the sentence (app/plan_text.h).
CREATE TABLE plan_why (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	need_id BIGINT NOT NULL REFERENCES need (id),
	code {text} NOT NULL,
	priority BIGINT NOT NULL,
	dim BIGINT NOT NULL,
	qty_base BIGINT NOT NULL,
	value_kop BIGINT NOT NULL,
	ceiling_urub BIGINT NOT NULL,
	kind BIGINT NOT NULL,
	figure BIGINT NOT NULL,
	also {text} NOT NULL DEFAULT '',
	also_kind BIGINT NOT NULL DEFAULT 0,
	also_figure BIGINT NOT NULL DEFAULT 0,
	offer_id BIGINT REFERENCES offer (id),
	period BIGINT,
	tier BIGINT,
	input_id BIGINT REFERENCES item (id),
	displaced BIGINT NOT NULL DEFAULT 0,
	verified BIGINT NOT NULL CHECK (verified IN (0, 1)),
	detail {text} NOT NULL DEFAULT '',
	PRIMARY KEY (plan_id, need_id)
){by_key};
CREATE INDEX plan_why_need ON plan_why (need_id);
CREATE INDEX plan_why_offer ON plan_why (offer_id) WHERE offer_id IS NOT NULL;
CREATE INDEX plan_why_input ON plan_why (input_id) WHERE input_id IS NOT NULL;
CREATE INDEX plan_why_code ON plan_why (plan_id, code, need_id);

-- Open needs that a plan cannot see. code: NOITEM, NOQUANTITY, HELD, TOOLARGE (app/plan_problem.h).
CREATE TABLE plan_outside (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	need_id BIGINT NOT NULL REFERENCES need (id),
	code {text} NOT NULL,
	PRIMARY KEY (plan_id, need_id)
){by_key};
CREATE INDEX plan_outside_need ON plan_outside (need_id);

-- An order that is not launched, n counts from 1, nearest first. lack_*: 0 means that is not what is lacking. *_today: at which it would be launched now; NULL: none would do.
CREATE TABLE plan_unlock (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	n BIGINT NOT NULL,
	offer_id BIGINT NOT NULL REFERENCES offer (id),
	period BIGINT NOT NULL,
	tier BIGINT NOT NULL,
	dim BIGINT NOT NULL,
	pool_base BIGINT NOT NULL,
	lack_base BIGINT NOT NULL,
	lack_kop BIGINT NOT NULL,
	region {text} NOT NULL,
	extra_base BIGINT NOT NULL,
	extra_urub BIGINT NOT NULL,
	moq_base BIGINT,
	launch_kop BIGINT,
	price_urub BIGINT,
	verified BIGINT NOT NULL CHECK (verified IN (0, 1)),
	PRIMARY KEY (plan_id, n)
){by_key};
CREATE INDEX plan_unlock_offer ON plan_unlock (offer_id);

-- Needs that would join, cheapest first. raise_urub: by how much the ceiling would have to rise; 0: its window by one quarter.
CREATE TABLE plan_joiner (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	unlock_n BIGINT NOT NULL,
	place BIGINT NOT NULL,
	need_id BIGINT NOT NULL REFERENCES need (id),
	qty_base BIGINT NOT NULL,
	raise_urub BIGINT NOT NULL,
	PRIMARY KEY (plan_id, unlock_n, place)
){by_key};
CREATE INDEX plan_joiner_need ON plan_joiner (need_id);

-- So much more moves order_n to `tier`, and every member saves saves_urub a unit.
CREATE TABLE plan_next_tier (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	order_n BIGINT NOT NULL,
	tier BIGINT NOT NULL,
	lack_base BIGINT NOT NULL,
	saves_urub BIGINT NOT NULL,
	PRIMARY KEY (plan_id, order_n)
){by_key};

-- Value of one more unit of stated capacity of a maker for an item in a quarter, dearest first. offer_id: an offer of that maker and item. of_base: stated; used_base: taken.
CREATE TABLE plan_hour (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	n BIGINT NOT NULL,
	offer_id BIGINT NOT NULL REFERENCES offer (id),
	period BIGINT NOT NULL,
	dim BIGINT NOT NULL,
	price_urub BIGINT NOT NULL,
	used_base BIGINT NOT NULL,
	of_base BIGINT NOT NULL,
	PRIMARY KEY (plan_id, n)
){by_key};
CREATE INDEX plan_hour_offer ON plan_hour (offer_id);

-- Items whose needs wait for a maker, by value, largest first. need_id: one of them, for its requirements. A maker with a minimum below moq_base and a delivered price below
-- price_urub serves all of them, below half_urub half of them.
CREATE TABLE plan_missing (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	n BIGINT NOT NULL,
	item_id BIGINT NOT NULL REFERENCES item (id),
	need_id BIGINT NOT NULL REFERENCES need (id),
	dim BIGINT NOT NULL,
	needs BIGINT NOT NULL,
	regions BIGINT NOT NULL,
	orgs BIGINT NOT NULL,
	qty_base BIGINT NOT NULL,
	value_kop BIGINT NOT NULL,
	moq_base BIGINT NOT NULL,
	price_urub BIGINT NOT NULL,
	half_urub BIGINT NOT NULL,
	PRIMARY KEY (plan_id, n)
){by_key};
CREATE INDEX plan_missing_item ON plan_missing (item_id);
CREATE INDEX plan_missing_need ON plan_missing (need_id);

-- Prices to begin the next plan with; only the newest plan has them. offer_id: the first offer of a maker for an item.
CREATE TABLE plan_price (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	need_id BIGINT NOT NULL,
	price_urub BIGINT NOT NULL,
	PRIMARY KEY (plan_id, need_id)
){by_key};
CREATE TABLE plan_capacity_price (
	plan_id BIGINT NOT NULL REFERENCES plan (id),
	offer_id BIGINT NOT NULL,
	period BIGINT NOT NULL,
	price_urub BIGINT NOT NULL,
	PRIMARY KEY (plan_id, offer_id, period)
){by_key};
