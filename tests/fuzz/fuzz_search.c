/* Text into words and queries: a row is found by its own words, and no query breaks out of the quotes of the database. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/utf8.h"
#include "store/db/db.h"
#include "store/search.h"
#include "store/words.h"

enum { ITEM = 3, WORDS_ASKED = 16 };

static struct zv_db *db;

static void must(enum zv_code code, const struct zv_err *err)
{
	if (code == ZV_OK)
		return;
	fprintf(stderr, "%s: %s\n", zv_code_name(code), err->text);
	abort();
}

/* An index and the one row that it is about. */
static void open_index(void)
{
	struct zv_str sql;
	struct zv_err err;

	must(zv_db_open(&db, ":memory:", ZV_DB_CREATE, &err), &err);
	must(zv_db_exec(db, "CREATE TABLE item (id INTEGER PRIMARY KEY, name_key TEXT); CREATE TABLE item_alias (item_id, name_key TEXT);"
			    "CREATE TABLE need (id INTEGER PRIMARY KEY); CREATE TABLE org (id INTEGER PRIMARY KEY);"
			    "INSERT INTO item (id) VALUES (7)", &err), &err);
	ZV_FUZZ_CHECK(zv_embed_find(&sql, "sql/0002_search.sqlite.sql"));
	must(zv_db_exec(db, sql.p, &err), &err);
}

static bool is_token_byte(char c)
{
	return (unsigned char)c >= 0x80 || c == '_' || zv_is_digit(c) || (c >= 'a' && c <= 'z');
}

static size_t count_tokens(struct zv_str s)
{
	struct zv_str token;
	size_t n = 0;

	while (s.n > 0 && zv_str_split(&token, &s, ' ')) {
		ZV_FUZZ_CHECK(token.n > 0 && zv_utf8_check(token) < 0);
		for (size_t i = 0; i < token.n; i++)
			ZV_FUZZ_CHECK(is_token_byte(token.p[i]));
		n++;
	}
	return n;
}

static bool finds_the_row(struct zv_str query, bool prefix)
{
	struct zv_arena arena;
	struct zv_hit *hits;
	struct zv_err err;
	size_t n;
	bool found;

	zv_arena_init(&arena);
	must(zv_search(&hits, &n, db, ITEM, query, prefix, 5, &arena, &err), &err);
	found = n == 1 && hits[0].id == 7;
	zv_arena_done(&arena);
	return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str text = {(const char *)p, n};
	struct zv_words words;
	struct zv_err err;

	if (db == NULL)
		open_index();
	zv_words_init(&words);
	zv_words_add(&words, text, false);
	ZV_FUZZ_CHECK(count_tokens(zv_buf_str(&words.keys)) == words.n);
	if (zv_utf8_check(text) < 0) {
		ZV_FUZZ_CHECK(count_tokens(zv_buf_str(&words.stems)) == words.n);
		must(zv_search_put(db, ITEM, 7, text, ZV_STR(""), &err), &err);
		(void)finds_the_row(text, true);
		if (words.n > 0)
			ZV_FUZZ_CHECK(finds_the_row(text, false));
	}
	zv_words_done(&words);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("кислота уксусная ледяная"), ZV_STR_INIT("2,4-Д 20.14.62. CAS 123-54-6"), ZV_STR_INIT("Acetylacetone, 99.8 %"),
		ZV_STR_INIT("'x' OR \"y\" * AND (z) : & | !"), ZV_STR_INIT("鋼 α-пинен ьъ ё ЁЖ Ⅷ ½ ﬁ"), {NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"'", "\"", "*", "\\", " OR ", "-", ",", "_", ".", "ь", "ила", "ацетилен", "0", "\xcc\x81", "і", NULL};
