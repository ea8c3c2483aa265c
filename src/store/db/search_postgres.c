/* The index of words on PostgreSQL: GIN over tokens that are already stems; its own parser and dictionaries are not asked. */
#include "store/db/search_db.h"

#define PUT(table)                                                                                                             \
	"INSERT INTO search_" table " (id, keys, stems, tokens) "                                                              \
	"VALUES ($1, $2, $3, array_to_tsvector(array_remove(string_to_array($2, ' '), ''))) "                                  \
	"ON CONFLICT (id) DO UPDATE SET keys = EXCLUDED.keys, stems = EXCLUDED.stems, tokens = EXCLUDED.tokens"
#define REMOVE(table) "DELETE FROM search_" table " WHERE id = $1"
#define FIND(table) "SELECT id, keys, stems FROM search_" table " WHERE tokens @@ CAST($1 AS TSQUERY) ORDER BY id LIMIT $2"
#define GO_ON(table)                                                                                                           \
	"SELECT id, keys, stems FROM search_" table " WHERE tokens @@ CAST($1 AS TSQUERY) AND id > $3 ORDER BY id LIMIT $2"
#define ORPHANS(table)                                                                                                         \
	"SELECT s.id FROM search_" table " s WHERE s.id > $1 AND NOT EXISTS (SELECT 1 FROM " table " r WHERE r.id = s.id) "        \
	"ORDER BY s.id LIMIT $2"

/* Tokens hold neither quotes nor backslashes, so a quoted lexeme is taken as it stands. */
static void match(struct zv_buf *out, const struct zv_search_term *terms, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct zv_str key = terms[i].key;

		zv_buf_add_c(out, i > 0 ? " & (" : "(");
		zv_buf_addf(out, "'%.*s'%s", ZV_STR_FMT(key), terms[i].prefix ? ":*" : "");
		if (terms[i].code && !terms[i].prefix)
			zv_buf_addf(out, " | '%.*s_':*", ZV_STR_FMT(key));
		if (terms[i].also.n > 0)
			zv_buf_addf(out, " | '%.*s'", ZV_STR_FMT(terms[i].also));
		zv_buf_add_char(out, ')');
	}
}

const struct zv_search_dialect zv_search_postgres = {
	.put = {PUT("item"), PUT("need"), PUT("org")},
	.remove = {REMOVE("item"), REMOVE("need"), REMOVE("org")},
	.find = {FIND("item"), FIND("need"), FIND("org")},
	.go_on = {GO_ON("item"), GO_ON("need"), GO_ON("org")},
	.orphans = {ORPHANS("item"), ORPHANS("need"), ORPHANS("org")},
	.settle = "ANALYZE search_item; ANALYZE search_need; ANALYZE search_org",
	.match = match,
};
