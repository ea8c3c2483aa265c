/* Asks the index of words and ranks what it finds. */
#include "store/search.h"

#include <stdlib.h>

#include "base/vec.h"
#include "store/db/search_db.h"
#include "store/item.h"
#include "store/lookup.h"
#include "store/register_list.h"
#include "store/search_rank.h"
#include "store/search_table.h"

enum { CANDIDATES = 1000, TERMS_MAX = 16, NAMED_MAX = 20, NAMED_LOOKED_AT = 1000, EXACT_NAME = 50000, PREFIX_MIN = 2 };

struct hits {
	ZV_VEC(struct zv_hit) list;
};

enum zv_code zv_search_put(struct zv_db *db, int entity, int64_t id, struct zv_str text, struct zv_str codes, struct zv_err *err)
{
	enum zv_search_table table;
	struct zv_words words;
	enum zv_code code;

	if (!zv_search_table(&table, entity))
		return ZV_OK;
	zv_words_init(&words);
	zv_words_add(&words, text, false);
	zv_words_add(&words, codes, false);
	code = zv_search_db_put(db, table, id, zv_buf_str(&words.keys), zv_buf_str(&words.stems), err);
	zv_words_done(&words);
	return code;
}

enum zv_code zv_search_remove(struct zv_db *db, int entity, int64_t id, struct zv_err *err)
{
	enum zv_search_table table;

	return zv_search_table(&table, entity) ? zv_search_db_remove(db, table, id, err) : ZV_OK;
}

/* Distinct keys of the query; a short last word is not open, or half of the index would answer. */
static size_t make_terms(struct zv_search_term terms[TERMS_MAX], const struct zv_words *query, bool prefix)
{
	size_t n = 0;

	for (size_t i = 0; i < query->n && n < TERMS_MAX; i++) {
		struct zv_str key = zv_word_key(query, i);

		terms[n++] = (struct zv_search_term){
			.key = key,
			.also = i + 1 == query->n ? zv_buf_str(&query->open_key) : (struct zv_str){0},
			.prefix = prefix && i + 1 == query->n && key.n >= PREFIX_MIN,
			.code = query->list[i].code,
		};
	}
	return n;
}

/* Takes out of the list, from `from` on, what is not to be seen. */
static enum zv_code keep_only(struct hits *hits, size_t from, const struct zv_search_keep *keep, struct zv_err *err)
{
	size_t kept = from;
	enum zv_code code = ZV_OK;

	for (size_t i = from; i < hits->list.n && keep != NULL && code == ZV_OK; i++) {
		bool take = false;

		code = keep->keep(&take, keep->context, hits->list.p[i].id, err);
		if (take)
			hits->list.p[kept++] = hits->list.p[i];
	}
	if (keep != NULL)
		hits->list.n = kept;
	return code;
}

struct looking {
	struct zv_db *db;
	enum zv_search_table table;
	const struct zv_words *query;
	bool prefix;
	const struct zv_search_keep *keep;
};

/* The next rows that match, by id. *last: the id of the last, *n: how many there were before any was left out. */
static enum zv_code gather_page(struct hits *hits, int64_t *last, size_t *n, const struct looking *l, struct zv_err *err)
{
	struct zv_search_term terms[TERMS_MAX];
	size_t n_terms = make_terms(terms, l->query, l->prefix), before = hits->list.n;
	struct zv_stmt *stmt;
	struct zv_buf match;
	bool row;
	enum zv_code code;

	zv_buf_init(&match, 0);
	code = zv_search_db_find(&stmt, &match, l->db, l->table, terms, n_terms, *last, CANDIDATES, err);
	while (code == ZV_OK && (code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row) {
		struct zv_str keys = zv_col_text(stmt, 1);
		struct zv_hit hit = {.entity = zv_search_entity(l->table), .id = zv_col_int(stmt, 0)};

		hit.score = zv_search_rank(l->query, l->prefix, keys, zv_col_text(stmt, 2));
		zv_vec_push(&hits->list, hit);
	}
	zv_buf_done(&match);
	*n = hits->list.n - before;
	if (*n > 0)
		*last = hits->list.p[hits->list.n - 1].id;
	return code == ZV_OK ? keep_only(hits, before, l->keep, err) : code;
}

/* What is left out takes no place among the candidates. */
static enum zv_code gather(struct hits *hits, const struct looking *l, struct zv_err *err)
{
	size_t before = hits->list.n, n = CANDIDATES;
	int64_t last = ZV_SEARCH_DB_FIRST;
	enum zv_code code = ZV_OK;

	while (code == ZV_OK && n == CANDIDATES && hits->list.n - before < CANDIDATES) /* once, when nothing is left out */
		code = gather_page(hits, &last, &n, l, err);
	if (hits->list.n - before > CANDIDATES)
		hits->list.n = before + CANDIDATES;
	return code;
}

/* Items that are called exactly so come first wherever they stand in the order of ids. */
static enum zv_code gather_named(struct hits *hits, struct zv_db *db, struct zv_str query, const struct zv_search_keep *keep, struct zv_err *err)
{
	int64_t ids[NAMED_LOOKED_AT];
	size_t n = 0, before = hits->list.n;
	enum zv_code code = zv_items_by_name(ids, &n, keep == NULL ? NAMED_MAX : NAMED_LOOKED_AT, db, query, err);

	for (size_t i = 0; code == ZV_OK && i < n; i++)
		zv_vec_push(&hits->list, ((struct zv_hit){zv_register_item.entity, ids[i], EXACT_NAME}));
	if (code == ZV_OK)
		code = keep_only(hits, before, keep, err);
	if (hits->list.n - before > NAMED_MAX)
		hits->list.n = before + NAMED_MAX;
	return code;
}

static int by_row(const void *a, const void *b)
{
	const struct zv_hit *x = a, *y = b;

	if (x->entity != y->entity)
		return x->entity < y->entity ? -1 : 1;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->score > y->score ? -1 : x->score < y->score;
}

static int by_score(const void *a, const void *b)
{
	const struct zv_hit *x = a, *y = b;

	return x->score != y->score ? (x->score > y->score ? -1 : 1) : by_row(a, b);
}

/* Sorts by score, one hit a row, the better one. */
static void sort(struct hits *hits)
{
	size_t kept = 0;

	if (hits->list.n == 0)
		return;
	qsort(hits->list.p, hits->list.n, sizeof(*hits->list.p), by_row);
	for (size_t i = 0; i < hits->list.n; i++) {
		const struct zv_hit *hit = &hits->list.p[i];

		if (kept == 0 || hits->list.p[kept - 1].id != hit->id || hits->list.p[kept - 1].entity != hit->entity)
			hits->list.p[kept++] = *hit;
	}
	hits->list.n = kept;
	qsort(hits->list.p, kept, sizeof(*hits->list.p), by_score);
}

/* What an undo took away is no hit, though the index may still hold it until the next refresh. */
static enum zv_code is_there(bool *out, struct zv_db *db, const struct zv_hit *hit, struct zv_err *err)
{
	static const char *const sql[ZV_SEARCH_TABLES] = {"SELECT id FROM item WHERE id = $1 LIMIT $2", "SELECT id FROM need WHERE id = $1 LIMIT $2",
							  "SELECT id FROM org WHERE id = $1 LIMIT $2"};
	enum zv_search_table table = ZV_SEARCH_ITEM;
	int64_t id;
	size_t n = 0;
	enum zv_code code;

	(void)zv_search_table(&table, hit->entity);
	code = zv_lookup_int(&id, &n, 1, db, sql[table], hit->id, err);
	*out = n == 1;
	return code;
}

static enum zv_code take_best(struct zv_hit **out, size_t *n, const struct hits *hits, struct zv_db *db, int limit, struct zv_arena *arena,
			      struct zv_err *err)
{
	struct zv_hit *best = ZV_ARENA_ARRAY(arena, struct zv_hit, (size_t)limit + 1);
	size_t have = 0;
	enum zv_code code = ZV_OK;

	for (size_t i = 0; code == ZV_OK && i < hits->list.n && have < (size_t)limit; i++) {
		bool there = false;

		code = is_there(&there, db, &hits->list.p[i], err);
		if (there)
			best[have++] = hits->list.p[i];
	}
	if (code != ZV_OK)
		return code;
	*out = best;
	*n = have;
	return ZV_OK;
}

enum zv_code zv_search_kept(struct zv_hit **out, size_t *n, struct zv_db *db, int entity, struct zv_str query, bool prefix, int limit,
			    const struct zv_search_keep *keep, struct zv_arena *arena, struct zv_err *err)
{
	struct hits hits = {0};
	struct zv_words words;
	enum zv_code code = ZV_OK;

	zv_words_init(&words);
	zv_words_add(&words, query, prefix);
	for (int table = 0; code == ZV_OK && words.n > 0 && table < ZV_SEARCH_TABLES; table++) {
		struct looking looking = {db, (enum zv_search_table)table, &words, prefix, keep};

		if (entity == 0 || entity == zv_search_entity((enum zv_search_table)table))
			code = gather(&hits, &looking, err);
	}
	if (code == ZV_OK && (entity == 0 || entity == zv_register_item.entity))
		code = gather_named(&hits, db, query, keep, err);
	sort(&hits);
	if (code == ZV_OK)
		code = take_best(out, n, &hits, db, limit > 0 ? limit : 0, arena, err);
	zv_vec_done(&hits.list);
	zv_words_done(&words);
	return code;
}

enum zv_code zv_search(struct zv_hit **out, size_t *n, struct zv_db *db, int entity, struct zv_str query, bool prefix, int limit,
		       struct zv_arena *arena, struct zv_err *err)
{
	return zv_search_kept(out, n, db, entity, query, prefix, limit, NULL, arena, err);
}
