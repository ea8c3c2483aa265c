-- Words of items, needs and organisations, folded, stemmed and brought to one script by the program (store/words.c), so that
-- both databases find alike: they only compare tokens. `stems` holds the same words more exactly, for ranking.
CREATE VIRTUAL TABLE search_item USING fts5 (keys, stems UNINDEXED, tokenize = "ascii tokenchars '_'", detail = none, prefix = '2 3 4');
CREATE VIRTUAL TABLE search_need USING fts5 (keys, stems UNINDEXED, tokenize = "ascii tokenchars '_'", detail = none, prefix = '2 3 4');
CREATE VIRTUAL TABLE search_org USING fts5 (keys, stems UNINDEXED, tokenize = "ascii tokenchars '_'", detail = none, prefix = '2 3 4');

-- How far the index is: a batch whose state is not the one here, or that is not done, waits. step counts tables and phases.
CREATE TABLE search_mark (
	batch_id BIGINT PRIMARY KEY,
	state BIGINT NOT NULL,
	step BIGINT NOT NULL,
	row_id BIGINT NOT NULL,
	done BIGINT NOT NULL
);
