-- What restricted people see is found without walking over what they may not see (app/sight_rows.c).
CREATE INDEX need_public ON need (id) WHERE visibility = 3;
CREATE INDEX need_association ON need (id) WHERE visibility = 2;
CREATE INDEX scouting_centre_centre ON scouting_centre (centre_id, scouting_id);

-- The demand for an item as it was last published (feature I3). state: 1 fewer buyers than the rule asks for, 2 one buyer has too
-- large a part: volume as a band, 3 in full. parts: what each buyer had when figures were last shown, so that the next publication can
-- be compared with it; never shown. NULL: not shown. docs/design/disclosure.md.
CREATE TABLE demand_public (
	item_id BIGINT PRIMARY KEY,
	state BIGINT NOT NULL CHECK (state IN (1, 2, 3)),
	dim BIGINT NOT NULL,
	as_of BIGINT NOT NULL,
	published_ms BIGINT NOT NULL,
	buyers BIGINT,
	regions BIGINT,
	declared_base BIGINT,
	confirmed_base BIGINT,
	possible_base BIGINT,
	low_base BIGINT,
	high_base BIGINT,
	threshold_base BIGINT,
	reached BIGINT NOT NULL,
	curve {text} NOT NULL,
	places {text} NOT NULL,
	parts {text} NOT NULL
);
