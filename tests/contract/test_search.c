/* Search over the registers, and that both databases answer alike. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "store/search.h"

static const struct zv_register *items(void)
{
	return zv_register_find("item");
}

static int64_t add_item(const struct zv_batch *batch, const char *name, const char *synonyms, const char *cas, const char *okpd2)
{
	struct zv_record record = fixture_record(items(), batch, NULL);

	fixture_set_text(items(), &record, "name", name);
	fixture_set_text(items(), &record, "name_key", name);
	fixture_set_text(items(), &record, "synonyms", synonyms);
	fixture_set_text(items(), &record, "cas", cas);
	fixture_set_text(items(), &record, "okpd2", okpd2);
	return fixture_insert(items(), &record);
}

static void refresh(void)
{
	bool stale;

	OK(zv_search_refresh(fx.db, NULL, NULL, &fx.err));
	OK(zv_search_stale(&stale, fx.db, &fx.err));
	assert_false(stale);
}

/* The ids found, parted by blanks. */
static const char *found(const char *query, bool prefix)
{
	struct zv_hit *hits;
	struct zv_buf text;
	struct zv_str out;
	size_t n;

	OK(zv_search(&hits, &n, fx.db, items()->entity, zv_str_c(query), prefix, 10, &fx.arena, &fx.err));
	zv_buf_init(&text, 0);
	for (size_t i = 0; i < n; i++)
		zv_buf_addf(&text, "%s%d", i > 0 ? " " : "", (int)hits[i].id);
	out = zv_str_dup(&fx.arena, zv_buf_str(&text));
	zv_buf_done(&text);
	return out.p;
}

static struct zv_batch five_items(void)
{
	struct zv_batch batch = fixture_batch("items", 20000);

	add_item(&batch, "ацетилацетон", "2,4-пентандион; acetylacetone", "123-54-6", "20.14.62.110"); /* 1 */
	add_item(&batch, "ацетон технический", NULL, "67-64-1", "20.14.62.111");                       /* 2 */
	add_item(&batch, "кислота уксусная ледяная", "Acetic acid", "64-19-7", "20.14.32");            /* 3 */
	add_item(&batch, "2,4-Д", "2,4-дихлорфеноксиуксусная кислота", "94-75-7", "20.20.12");         /* 4 */
	add_item(&batch, "Серная кислота, 98 %", "H2SO4", "7664-93-9", "20.13.24");                    /* 5 */
	fixture_commit(&batch);
	return batch;
}

static void words_forms_scripts_and_codes_find_the_item(void **state)
{
	(void)state;
	five_items();
	assert_string_equal(found("ацетон", false), "");
	refresh();
	assert_string_equal(found("ацетон", false), "2");
	assert_string_equal(found("ацетона технического", false), "2");
	assert_string_equal(found("кислоты", false), "3 5 4");
	assert_string_equal(found("уксусной кислоты для лаборатории", false), "");
	assert_string_equal(found("уксусной кислоты", false), "3");
	assert_string_equal(found("кислота серная", false), "5");
	assert_string_equal(found("h2so4", false), "5");
	assert_string_equal(found("123-54-6", false), "1");
	assert_string_equal(found("20.14.62.", false), "2 1");
	assert_string_equal(found("20.14", false), "2 1 3");
	assert_string_equal(found("2,4-D", false), "4");
	assert_string_equal(found("2,4-д", false), "4");
	assert_string_equal(found("", false), "");
	assert_string_equal(found("'\" OR * :& | ! ()", true), "");
}

static void the_beginning_of_a_word_in_either_script_finds_it(void **state)
{
	(void)state;
	five_items();
	refresh();
	assert_string_equal(found("ацетил", true), "1");
	assert_string_equal(found("acetylac", true), "1");
	assert_string_equal(found("123-54-6", true), "1");
	assert_string_equal(found("ацет", true), "3 2 1");
	assert_string_equal(found("ледяная уксусная кислота", true), "3");
	assert_string_equal(found("ледяной уксусной кислоты", true), "3");
}

static void changed_and_undone_rows_are_found_as_they_are(void **state)
{
	struct zv_batch a = five_items(), b, c;
	struct zv_record old, new;
	int64_t removed, restored;
	int64_t added;
	int changed;

	(void)state;
	refresh();
	b = fixture_batch("items", 20001);
	old = fixture_load(items(), 2);
	new = old;
	new.batch_id = b.id;
	new.said_on++;
	fixture_set_text(items(), &new, "name", "пропанон");
	OK(zv_record_change(&changed, fx.db, items(), &old, &new, &fx.err));
	added = add_item(&b, "ацетон особой чистоты", NULL, NULL, NULL);
	fixture_commit(&b);
	refresh();
	assert_string_equal(found("пропанон", false), "2");
	assert_int_equal(atoi(found("ацетон", false)), added);

	c = b;
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &c, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_string_equal(found("ацетон", false), ""); /* the row is gone at once, the old name comes with the refresh */
	refresh();
	assert_string_equal(found("ацетон", false), "2");
	assert_string_equal(found("пропанон", false), "");
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &a, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	refresh();
	assert_string_equal(found("кислота", false), "");
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM search_item"), 0);
}

static void put_and_remove_act_at_once(void **state)
{
	(void)state;
	five_items();
	refresh();
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_search_put(fx.db, items()->entity, 3, ZV_STR("этановая кислота"), ZV_STR("64-19-7"), &fx.err));
	OK(zv_search_remove(fx.db, items()->entity, 5, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_string_equal(found("этановая", false), "3");
	assert_string_equal(found("уксусная", false), "");
	assert_string_equal(found("серная", false), "");
}

static void a_handle_for_reading_searches(void **state)
{
	struct zv_db *reader;
	struct zv_hit *hits;
	bool stale;
	size_t n;

	(void)state;
	five_items();
	reader = fixture_second(ZV_DB_READ);
	OK(zv_search_stale(&stale, reader, &fx.err));
	assert_true(stale);
	refresh();
	OK(zv_search(&hits, &n, reader, 0, ZV_STR("ацетон"), true, 5, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	assert_int_equal(zv_search_put(reader, items()->entity, 2, ZV_STR("x"), ZV_STR(""), &fx.err), ZV_E_DENIED);
	zv_db_close(reader);
}

static void all_three_registers_are_searched_together(void **state)
{
	struct zv_batch batch = fixture_batch("orgs", 20000);
	const struct zv_register *org = zv_register_find("org"), *need = zv_register_find("need");
	struct zv_record o = fixture_record(org, &batch, "E1"), n = fixture_record(need, &batch, "N1");
	struct zv_hit *hits;
	size_t count;

	(void)state;
	fixture_set_text(org, &o, "inn", "6299000012");
	fixture_insert(org, &o);
	fixture_set_int(need, &n, "org_id", o.id);
	fixture_set_text(need, &n, "title", "полимер для Оки");
	fixture_insert(need, &n);
	fixture_commit(&batch);
	refresh();
	OK(zv_search(&hits, &count, fx.db, 0, ZV_STR("полимер"), false, 10, &fx.arena, &fx.err));
	assert_int_equal(count, 2);
	OK(zv_search(&hits, &count, fx.db, org->entity, ZV_STR("6299000012"), false, 10, &fx.arena, &fx.err));
	assert_true(count == 1 && hits[0].entity == org->entity && hits[0].id == o.id);
}

/* --- both alike ----------------------------------------------------------------------------------------------------- */

static const char *const parts[] = {
	"кислота",  "уксусная", "Ацетон",   "acetone", "технический", "чистый", "ГОСТ",   "2768-84", "2,4-Д",   "толуол", "метил",
	"methyl",   "этил",     "ethyl",    "спирт",   "solvent",     "для",    "лаков",  "красок",  "20.14.62", "98",    "%",
	"ёлка",     "елка",     "H2SO4",    "натрий",  "натрия",      "sodium", "хлорид", "хлорида", "chloride", "Ст3",   "АИ-92",
	"пропилен", "полиэтилен", "poly",   "отверждённый", "смола", "эпоксидная", "эпоксидной", "ЭД-20", "resin", "鋼", "α-пинен",
};

static void random_text(struct zv_buf *out, struct zv_rng *rng, int words)
{
	zv_buf_reset(out);
	for (int i = 0; i < words; i++)
		zv_buf_addf(out, "%s%s", i > 0 ? " " : "", parts[zv_rng_below(rng, ZV_LEN(parts))]);
}

static void both_databases_answer_alike(void **state)
{
	static char first[ZV_DIGEST_HEX];
	char digest[ZV_DIGEST_HEX];
	uint64_t seed = 4711;
	struct zv_rng rng;
	struct zv_buf text, all;
	struct zv_batch batch;
	int64_t n_hits = 0;

	(void)state;
	print_message("seed %llu\n", (unsigned long long)seed);
	zv_rng_init(&rng, seed);
	zv_buf_init(&text, 0);
	zv_buf_init(&all, 0);
	batch = fixture_batch("items", 20000);
	for (int i = 0; i < 3000; i++) {
		random_text(&text, &rng, (int)zv_rng_range(&rng, 1, 9));
		add_item(&batch, zv_buf_c(&text), NULL, NULL, NULL);
		OK(zv_db_in_transaction(fx.db) ? ZV_OK : ZV_E_BUG);
	}
	fixture_commit(&batch);
	refresh();
	for (int i = 0; i < 3000; i++) {
		struct zv_hit *hits;
		struct zv_str query;
		bool prefix = zv_rng_below(&rng, 2) == 0;
		size_t n;

		random_text(&text, &rng, (int)zv_rng_range(&rng, 1, 3));
		query = zv_buf_str(&text);
		if (prefix && query.n > 4) { /* cut after a whole character */
			query.n -= zv_rng_below(&rng, 5);
			while (query.n > 0 && zv_utf8_check(query) >= 0)
				query.n--;
		}
		OK(zv_search(&hits, &n, fx.db, items()->entity, query, prefix, 20, &fx.arena, &fx.err));
		zv_buf_addf(&all, "%.*s:", ZV_STR_FMT(query));
		for (size_t k = 0; k < n; k++)
			zv_buf_addf(&all, " %d=%d", (int)hits[k].id, (int)hits[k].score);
		zv_buf_add_char(&all, '\n');
		n_hits += (int64_t)n;
	}
	assert_true(n_hits > 10000);
	zv_digest_hex(digest, zv_buf_str(&all));
	if (first[0] != '\0')
		assert_string_equal(first, digest);
	memcpy(first, digest, sizeof(first));
	zv_buf_done(&text);
	zv_buf_done(&all);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		FIXTURE_TEST(words_forms_scripts_and_codes_find_the_item),
		FIXTURE_TEST(the_beginning_of_a_word_in_either_script_finds_it),
		FIXTURE_TEST(changed_and_undone_rows_are_found_as_they_are),
		FIXTURE_TEST(put_and_remove_act_at_once),
		FIXTURE_TEST(a_handle_for_reading_searches),
		FIXTURE_TEST(all_three_registers_are_searched_together),
		FIXTURE_TEST(both_databases_answer_alike),
	};

	return fixture_run("search", tests, ZV_LEN(tests));
}
