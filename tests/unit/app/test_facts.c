/* Facts as JSON and back, of this program and of an older one; and what stands in the way of a cluster. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "app/cluster_check.h"
#include "app/facts.h"
#include "app/facts_fields.h"
#include "base/buf.h"
#include "base/rng.h"

enum { ROWS = 5, ROUNDS = 60 };

static struct zv_arena arena;

static int begin(void **state)
{
	(void)state;
	zv_arena_init(&arena);
	return 0;
}

static int end(void **state)
{
	(void)state;
	zv_arena_done(&arena);
	return 0;
}

static struct zv_str word(struct zv_rng *rng)
{
	static const struct zv_str words[] = {ZV_STR_INIT("education"), ZV_STR_INIT("«Ока-Полимер» \"ООО\""), ZV_STR_INIT("a\\b\n<c>"), ZV_STR_INIT(" ")};

	return words[zv_rng_below(rng, ZV_LEN(words))];
}

/* Random facts over the whole vocabulary: unknown cells, ranges, own origins, incomplete tables. */
static struct zv_rules_facts draw(struct zv_rng *rng)
{
	const struct zv_rules_vocabulary *v = zv_facts_vocabulary();
	struct zv_rules_rows *rows = ZV_ARENA_ARRAY(&arena, struct zv_rules_rows, (size_t)v->n_tables);
	struct zv_rules_origin *origins = ZV_ARENA_ARRAY(&arena, struct zv_rules_origin, 2);
	struct zv_rules_stated *stated = ZV_ARENA_ARRAY(&arena, struct zv_rules_stated, 1);

	origins[0] = (struct zv_rules_origin){.source = ZV_STR("years.csv, 7"), .href = ZV_STR("year_1"), .on = 20000, .status = 1};
	origins[1] = (struct zv_rules_origin){.document = word(rng), .on = ZV_DATE_NONE};
	stated[0] = (struct zv_rules_stated){ZV_STR("org.atr_qualified"), word(rng), 1};
	for (int t = 0; t < v->n_tables; t++) {
		size_t n = zv_rng_below(rng, v->tables[t].single ? 2 : ROWS), fields = (size_t)v->tables[t].n_fields;
		struct zv_rules_cell *cells = ZV_ARENA_ARRAY(&arena, struct zv_rules_cell, n * fields + 1);
		struct zv_str *keys = ZV_ARENA_ARRAY(&arena, struct zv_str, n + 1);
		int32_t *from = ZV_ARENA_ARRAY(&arena, int32_t, n + 1);

		for (size_t i = 0; i < n * fields; i++) {
			struct zv_rules_cell *cell = &cells[i];

			cell->origin = (int32_t)zv_rng_below(rng, 3) - 1;
			cell->known = zv_rng_below(rng, 3) > 0;
			if (cell->known && v->tables[t].fields[i % fields].type == ZV_RULES_TEXT) {
				cell->text = word(rng);
			} else if (cell->known) {
				cell->lo = (int64_t)zv_rng_below(rng, UINT64_C(1) << 50);
				cell->hi = cell->lo + (int64_t)zv_rng_below(rng, 2) * 77;
			}
		}
		for (size_t i = 0; i < n; i++) {
			keys[i] = word(rng);
			from[i] = (int32_t)zv_rng_below(rng, 3) - 1;
		}
		rows[t] = (struct zv_rules_rows){.n = n, .complete = zv_rng_below(rng, 2), .cells = cells, .keys = keys, .names = keys, .origins = from};
	}
	return (struct zv_rules_facts){.today = 20514, .rows = rows, .stated = stated, .n_stated = 1, .origins = origins, .n_origins = 2};
}

static struct zv_str as_json(const struct zv_rules_facts *facts)
{
	struct zv_buf buf;
	struct zv_str text;

	zv_buf_init(&buf, 0);
	zv_facts_write_json(&buf, facts);
	text = zv_str_dup(&arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return text;
}

static void the_same_facts_give_the_same_bytes_and_come_back(void **state)
{
	const char *given = getenv("ZVENO_SEED");
	uint64_t seed = given != NULL ? strtoull(given, NULL, 10) : 20260302;
	struct zv_rng rng;

	(void)state;
	print_message("# seed %llu\n", (unsigned long long)seed);
	zv_rng_init(&rng, seed);
	for (int round = 0; round < ROUNDS; round++) {
		struct zv_rules_facts facts = draw(&rng), again;
		struct zv_str text = as_json(&facts);
		struct zv_err err;

		assert_true(zv_str_eq(text, as_json(&facts)));
		assert_int_equal(zv_facts_read_json(&again, text, &arena, &err), ZV_OK);
		assert_true(zv_str_eq(text, as_json(&again)));
		assert_int_equal(again.today, facts.today);
		zv_arena_reset(&arena);
	}
}

static void cut_or_bent_facts_are_refused(void **state)
{
	struct zv_rng rng;
	struct zv_rules_facts facts, again;
	struct zv_err err;
	struct zv_str text;
	struct zv_arena scratch;

	(void)state;
	zv_rng_init(&rng, 7);
	facts = draw(&rng);
	text = as_json(&facts);
	zv_arena_init(&scratch);
	for (size_t n = 0; n < text.n; n += 1 + n / 50) {
		assert_int_equal(zv_facts_read_json(&again, zv_str_first(text, n), &scratch, &err), ZV_E_INVALID);
		zv_arena_reset(&scratch);
	}
	zv_arena_done(&scratch);
	assert_int_equal(zv_facts_read_json(&again, ZV_STR("{\"today\":1,\"tables\":[],\"stated\":[[\"a\",\"b\",3]],\"origins\":[]}"), &arena, &err), ZV_E_INVALID);
	assert_int_equal(zv_facts_read_json(&again, ZV_STR("{\"today\":1,\"tables\":[{\"name\":\"members\",\"complete\":true,\"fields\":[\"role\"],\"rows\":[[\"k\",\"n\",-1,[],[]]]}],"
							   "\"stated\":[],\"origins\":[]}"),
					    &arena, &err),
			 ZV_E_INVALID);
}

static void what_an_older_program_did_not_know_is_unknown(void **state)
{
	struct zv_rules_facts facts;
	const struct zv_rules_rows *members;
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_facts_read_json(&facts, ZV_STR("{\"today\":20514,\"tables\":[{\"name\":\"members\",\"complete\":true,\"fields\":[\"gone\",\"role\"],"
							   "\"rows\":[[\"org_1\",\"E1\",-1,[[5],[\"supplier\"]],[]]]},{\"name\":\"moons\",\"complete\":true,"
							   "\"fields\":[],\"rows\":[]}],\"stated\":[],\"origins\":[]}"),
					    &arena, &err),
			 ZV_OK);
	members = &facts.rows[ZV_FACTS_T_MEMBERS];
	assert_int_equal(members->n, 1);
	assert_true(members->cells[ZV_F_MEMBERS_role].known);
	assert_false(members->cells[ZV_F_MEMBERS_shipped].known);
	assert_true(members->complete);
	assert_false(facts.rows[ZV_FACTS_T_CONTRACTS].complete);
}

/* --- what stands in the way ----------------------------------------------------------------------------------------------------------- */

static struct zv_checked checked(const char *statements)
{
	static struct zv_rules_fault faults[ZV_RULES_FAULTS_MAX];
	struct zv_pack pack = {0};
	struct zv_rules_facts facts;
	struct zv_checked out;
	struct zv_str text = zv_arena_strf(&arena, "pack p { kind cluster level own title ru \"p\" criterion c { title ru \"c\" %s } }", statements);
	struct zv_err err = {0};
	size_t n;

	assert_int_equal(zv_facts_read_json(&facts, ZV_STR("{\"today\":20514,\"tables\":[{\"name\":\"members\",\"complete\":true,\"fields\":[],\"rows\":[]}],"
							   "\"stated\":[],\"origins\":[]}"),
					    &arena, &err),
			 ZV_OK);
	if (zv_rules_parse(&pack.rules, faults, &n, text, zv_facts_vocabulary(), &arena, &err) != ZV_OK)
		fail_msg("%s", err.text);
	assert_int_equal(zv_check_pack(&out, &pack, &facts, true, &arena, &err), ZV_OK);
	return out;
}

static void only_what_is_sure_enough_and_said_to_block_blocks(void **state)
{
	static const struct {
		const char *statements;
		bool blocking;
		enum zv_truth truth;
		int total;
	} cases[] = {
		{"check count(members) >= 1", true, ZV_NO, 1},
		{"check count(members) >= 1 severity block confidence medium", true, ZV_NO, 1},
		{"check count(members) >= 1 confidence low", false, ZV_YES, 1},
		{"check count(members) >= 1 severity warn", false, ZV_YES, 1},
		{"check count(members) >= 1 severity info", false, ZV_YES, 1},
		{"check count(members) >= 1 enabled no", false, ZV_YES, 0},
		{"check count(members) >= 1 status to_check", false, ZV_YES, 0},
		{"check count(members) = 0", false, ZV_YES, 1},
		{"check count(contracts) >= 1", true, ZV_UNKNOWN, 1},
		{"check count(contracts) >= 1 confidence low", false, ZV_YES, 1},
		{"severity info", false, ZV_YES, 0},
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		struct zv_checked c = checked(cases[i].statements);

		if (c.rules[0].blocking != cases[i].blocking || c.truth != cases[i].truth || c.counts.total != cases[i].total)
			fail_msg("%s: blocking %d, truth %d, total %d", cases[i].statements, c.rules[0].blocking, (int)c.truth, c.counts.total);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_same_facts_give_the_same_bytes_and_come_back, begin, end),
		cmocka_unit_test_setup_teardown(cut_or_bent_facts_are_refused, begin, end),
		cmocka_unit_test_setup_teardown(what_an_older_program_did_not_know_is_unknown, begin, end),
		cmocka_unit_test_setup_teardown(only_what_is_sure_enough_and_said_to_block_blocks, begin, end),
	};

	return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
