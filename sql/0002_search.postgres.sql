-- Words of items, needs and organisations, folded, stemmed and brought to one script by the program (store/words.c), so that
-- both databases find alike: they only compare tokens. `stems` holds the same words more exactly, for ranking.
CREATE TABLE search_item (id BIGINT PRIMARY KEY, keys {text} NOT NULL, stems {text} NOT NULL, tokens TSVECTOR NOT NULL);
CREATE TABLE search_need (id BIGINT PRIMARY KEY, keys {text} NOT NULL, stems {text} NOT NULL, tokens TSVECTOR NOT NULL);
CREATE TABLE search_org (id BIGINT PRIMARY KEY, keys {text} NOT NULL, stems {text} NOT NULL, tokens TSVECTOR NOT NULL);
CREATE INDEX search_item_tokens ON search_item USING GIN (tokens);
CREATE INDEX search_need_tokens ON search_need USING GIN (tokens);
CREATE INDEX search_org_tokens ON search_org USING GIN (tokens);

-- How far the index is: a batch whose state is not the one here, or that is not done, waits. step counts tables and phases.
CREATE TABLE search_mark (
	batch_id BIGINT PRIMARY KEY,
	state BIGINT NOT NULL,
	step BIGINT NOT NULL,
	row_id BIGINT NOT NULL,
	done BIGINT NOT NULL
);
