/* The index of words on SQLite: FTS5 over tokens that are already stems. */
#include "store/db/search_db.h"

#define PUT(table) "INSERT OR REPLACE INTO search_" table " (rowid, keys, stems) VALUES ($1, $2, $3)"
#define REMOVE(table) "DELETE FROM search_" table " WHERE rowid = $1"
#define FIND(table) "SELECT rowid, keys, stems FROM search_" table " WHERE search_" table " MATCH $1 ORDER BY rowid LIMIT $2"
#define GO_ON(table) "SELECT rowid, keys, stems FROM search_" table " WHERE search_" table " MATCH $1 AND rowid > $3 ORDER BY rowid LIMIT $2"
#define ORPHANS(table)                                                                                                         \
	"SELECT s.id FROM search_" table "_content s WHERE s.id > $1 AND NOT EXISTS (SELECT 1 FROM " table " r WHERE r.id = s.id) "  \
	"ORDER BY s.id LIMIT $2"

/* Tokens hold neither quotes nor blanks, so a quoted string is one token. */
static void match(struct zv_buf *out, const struct zv_search_term *terms, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct zv_str key = terms[i].key;

		zv_buf_add_c(out, i > 0 ? " AND (" : "(");
		zv_buf_addf(out, "\"%.*s\"%s", ZV_STR_FMT(key), terms[i].prefix ? " *" : "");
		if (terms[i].code && !terms[i].prefix)
			zv_buf_addf(out, " OR \"%.*s_\" *", ZV_STR_FMT(key));
		if (terms[i].also.n > 0)
			zv_buf_addf(out, " OR \"%.*s\"", ZV_STR_FMT(terms[i].also));
		zv_buf_add_char(out, ')');
	}
}

const struct zv_search_dialect zv_search_sqlite = {
	.put = {PUT("item"), PUT("need"), PUT("org")},
	.remove = {REMOVE("item"), REMOVE("need"), REMOVE("org")},
	.find = {FIND("item"), FIND("need"), FIND("org")},
	.go_on = {GO_ON("item"), GO_ON("need"), GO_ON("org")},
	.orphans = {ORPHANS("item"), ORPHANS("need"), ORPHANS("org")},
	.settle = "INSERT INTO search_item (search_item) VALUES ('optimize'); "
		  "INSERT INTO search_need (search_need) VALUES ('optimize'); "
		  "INSERT INTO search_org (search_org) VALUES ('optimize')",
	.match = match,
};
