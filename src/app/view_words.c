/* Needs by words for people who do not see all of them: by the item, which is no secret, and by their own needs' texts. */
#include <string.h>

#include "app/view_record.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "store/search.h"

enum { ITEMS_MAX = 200, BLOCK = 200 };

struct words {
	struct zv_db *db;
	const struct zv_who *who;
	const struct zv_register *reg;
	struct zv_map items; /* ids of items that the words mean */
	struct zv_str folded;
	struct zv_buf text;
	struct zv_arena *arena;
	ZV_VEC(struct zv_record) found;
};

static enum zv_code load_items(struct words *words, struct zv_str text, struct zv_err *err)
{
	struct zv_hit *hits;
	size_t n;
	enum zv_code code = zv_sight_search(&hits, &n, words->db, words->who, text, true, ITEMS_MAX, words->arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++)
		zv_map_put_int(&words->items, hits[i].id, 1);
	return code;
}

static bool text_has(struct words *words, struct zv_str text)
{
	zv_buf_reset(&words->text);
	zv_utf8_fold(&words->text, text);
	return zv_str_find(zv_buf_str(&words->text), words->folded) >= 0;
}

static bool own_text_has(struct words *words, const struct zv_record *need)
{
	static const char *const columns[] = {"title", "note", "okpd2"};

	for (size_t i = 0; i < ZV_LEN(columns); i++) {
		const struct zv_value *value = &need->values[zv_register_column(words->reg, columns[i])];

		if (!value->null && text_has(words, value->s))
			return true;
	}
	return text_has(words, need->source_key);
}

static enum zv_code look_at(struct words *words, int64_t id, struct zv_err *err)
{
	struct zv_record need;
	enum zv_sight sight = ZV_SIGHT_NONE;
	int64_t unused;
	bool fits;
	enum zv_code code = zv_record_by_id(&need, words->db, words->reg, id, words->arena, err);

	if (code == ZV_OK)
		code = zv_sight_of(&sight, words->db, words->who, words->reg, &need, err);
	if (code != ZV_OK || sight == ZV_SIGHT_NONE)
		return code;
	const struct zv_value *item = &need.values[zv_register_column(words->reg, "item_id")];

	fits = !item->null && zv_map_get_int(&unused, &words->items, item->i);
	if (fits || (sight == ZV_SIGHT_FULL && own_text_has(words, &need)))
		zv_vec_push(&words->found, need);
	return ZV_OK;
}

static enum zv_code look(struct words *words, size_t limit, int64_t scan, struct zv_err *err)
{
	int64_t ids[BLOCK];
	int64_t after = 0;
	size_t n = BLOCK;
	enum zv_code code = ZV_OK;

	for (; code == ZV_OK && n == BLOCK && scan > 0 && words->found.n < limit; scan -= BLOCK) {
		code = zv_sight_next(ids, &n, BLOCK, words->db, words->who, words->reg, after, err);
		for (size_t i = 0; i < n && code == ZV_OK && words->found.n < limit; i++)
			code = look_at(words, ids[i], err);
		if (n > 0)
			after = ids[n - 1];
	}
	return code;
}

enum zv_code zv_view_needs_by_words(struct zv_record **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str text, size_t limit,
				    int64_t scan, struct zv_arena *arena, struct zv_err *err)
{
	struct words words = {.db = db, .who = who, .reg = zv_register_find("need"), .arena = arena};
	struct zv_buf folded;
	enum zv_code code;

	zv_map_init(&words.items);
	zv_buf_init(&words.text, 0);
	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, zv_str_trim(text));
	words.folded = zv_buf_str(&folded);
	code = load_items(&words, text, err);
	if (code == ZV_OK && words.folded.n > 0)
		code = look(&words, limit, scan, err);
	if (code == ZV_OK) {
		*n = words.found.n;
		*out = ZV_ARENA_ARRAY(arena, struct zv_record, words.found.n + 1);
		if (words.found.n > 0)
			memcpy(*out, words.found.p, words.found.n * sizeof(**out));
	}
	zv_vec_done(&words.found);
	zv_buf_done(&folded);
	zv_buf_done(&words.text);
	zv_map_done(&words.items);
	return code;
}
