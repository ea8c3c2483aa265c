/*
 * Laws of the rules on random conditions and small worlds: what is decided holds in every completion of what is unknown, and stays decided when facts come
 * in; the laws of Kleene; the fewest missing facts against every way to tell facts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rules_ref.h"

enum { ROUNDS = 6000, LAW_ROUNDS = 4000, MISSING_ROUNDS = 1500, DEPTH = 4, OPEN_MAX = 5 };

static uint64_t seed_of(void)
{
	const char *text = getenv("ZVENO_SEED");

	return text != NULL ? strtoull(text, NULL, 10) : 20261123;
}

static struct zv_arena arena;
static const char *shown; /* the condition at work, for a failure */

static struct zv_rules_pack *compile(const char *condition)
{
	struct zv_str text = zv_arena_strf(&arena, "pack t { kind cluster title ru \"т\" criterion c { title ru \"к\" check %s } }", condition);
	struct zv_rules_pack *pack;
	struct zv_err err;

	shown = condition;
	if (zv_rules_parse(&pack, NULL, NULL, text, &ref_vocabulary, &arena, &err) != ZV_OK)
		fail_msg("seed %llu: %s: %s", (unsigned long long)seed_of(), condition, err.text);
	return pack;
}

static const char *print(const struct ref_expr *e)
{
	struct zv_buf out;
	const char *text;

	zv_buf_init(&out, 0);
	ref_print(&out, e);
	text = zv_str_dup(&arena, zv_buf_str(&out)).p;
	zv_buf_done(&out);
	return text;
}

static struct zv_rules_verdict verdict_of(const struct zv_rules_pack *pack, const struct ref_world *w, bool explain)
{
	struct zv_rules_options options = {.explain = explain};
	struct zv_rules_verdict verdict;
	struct ref_facts facts;

	ref_facts_init(&facts, w);
	assert_int_equal(zv_rules_eval(&verdict, pack, 0, &facts.facts, &options, &arena, NULL), ZV_OK);
	ref_facts_done(&facts);
	assert_false(verdict.limit);
	return verdict;
}

static enum zv_truth engine(const struct zv_rules_pack *pack, const struct ref_world *w)
{
	return verdict_of(pack, w, false).truth;
}

#define FAIL(round, what) fail_msg("seed %llu, round %d: %s: %s", (unsigned long long)seed_of(), (round), (what), shown)

/* Calls every completion: of the open cells by counting through their values; of rows that may be missing by one row more. */
static bool each_completion(struct ref_world *w, struct ref_cell **open, int n, int at, const struct zv_rules_pack *pack, const struct ref_expr *e,
			    enum zv_truth decided)
{
	if (at < n) {
		struct ref_cell kept = *open[at];
		bool good = true;

		for (int v = kept.lo; v <= kept.hi && good; v++) {
			*open[at] = (struct ref_cell){true, v, v};
			good = each_completion(w, open, n, at + 1, pack, e, decided);
		}
		*open[at] = kept;
		return good;
	}
	struct ref_world whole = *w;

	whole.complete = true;
	enum zv_truth naive = ref_truth(e, &whole);

	/* what has no value (a quotient by 0, the largest of nothing) is any value to the engine, nothing to the naive reading */
	if (naive != ZV_UNKNOWN && (engine(pack, &whole) != naive || (decided != ZV_UNKNOWN && naive != decided)))
		return false;
	if (!w->complete && w->n_rows < REF_ROWS) { /* the row behind the last is drawn too */
		for (int f = 0; f < REF_FIELDS; f++)
			whole.rows[whole.n_rows][f] = w->rows[REF_ROWS][f];
		whole.n_rows++;
		naive = ref_truth(e, &whole);
		return decided == ZV_UNKNOWN || naive == ZV_UNKNOWN || naive == decided;
	}
	return true;
}

static void what_is_decided_holds_in_every_completion(void **state)
{
	struct zv_rng rng;
	int decided = 0, open_ones = 0;

	(void)state;
	zv_rng_init(&rng, seed_of());
	for (int round = 0; round < ROUNDS; round++) {
		struct ref_expr *e = ref_draw(&rng, 1 + round % DEPTH, true, true, &arena);
		struct zv_rules_pack *pack = compile(print(e));
		struct ref_cell *open[OPEN_MAX + 1];
		struct ref_world w;
		enum zv_truth truth;
		int n;

		do {
			ref_world_draw(&w, &rng, round % 4, true);
			n = ref_open(open, OPEN_MAX + 1, &w);
		} while (n > OPEN_MAX);
		truth = engine(pack, &w);
		decided += n > 0 && truth != ZV_UNKNOWN;
		open_ones += n > 0;
		if (!each_completion(&w, open, n, 0, pack, e, truth))
			FAIL(round, "a completion says otherwise");
		zv_arena_reset(&arena);
	}
	assert_true(open_ones > ROUNDS / 3 && decided > open_ones / 3); /* and it does decide */
}

static void what_is_decided_stays_decided(void **state)
{
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, seed_of() + 1);
	for (int round = 0; round < ROUNDS; round++) {
		struct zv_rules_pack *pack = compile(print(ref_draw(&rng, 1 + round % DEPTH, true, true, &arena)));
		struct ref_cell *open[40];
		struct ref_world w;
		enum zv_truth truth, next;
		int n;

		ref_world_draw(&w, &rng, 7, true);
		truth = engine(pack, &w);
		while ((n = ref_open(open, 40, &w)) > 0) {
			struct ref_cell *cell = open[zv_rng_below(&rng, (uint64_t)n)];

			cell->lo = cell->hi = (int)zv_rng_range(&rng, cell->lo, cell->hi);
			cell->told = true;
			next = engine(pack, &w);
			if (truth != ZV_UNKNOWN && next != truth)
				FAIL(round, "a fact turned a decided verdict over");
			truth = next;
		}
		w.complete = true;
		if (truth != ZV_UNKNOWN && engine(pack, &w) != truth)
			FAIL(round, "the last row turned a decided verdict over");
		zv_arena_reset(&arena);
	}
}

/* Two conditions that must say the same in a world with unknown facts. */
static void same(int round, struct ref_world *w, const char *law, const char *left, const char *right)
{
	enum zv_truth a = engine(compile(left), w), b = engine(compile(right), w);

	if (a != b)
		FAIL(round, law);
}

/* A, B and C of a law become conditions. */
static const char *fill(const char *law, const char *const conditions[3])
{
	struct zv_buf out;
	const char *text;

	zv_buf_init(&out, 0);
	for (; *law != '\0'; law++) {
		if (*law >= 'A' && *law <= 'C')
			zv_buf_add_c(&out, conditions[*law - 'A']);
		else
			zv_buf_add_char(&out, *law);
	}
	text = zv_str_dup(&arena, zv_buf_str(&out)).p;
	zv_buf_done(&out);
	return text;
}

static void the_laws_of_kleene_hold(void **state)
{
	static const struct {
		const char *name, *left, *right;
	} laws[] = {
		{"De Morgan", "not (A and B)", "not A or not B"},
		{"De Morgan", "not (A or B)", "not A and not B"},
		{"commutative", "A and B", "B and A"},
		{"commutative", "A or B", "B or A"},
		{"associative", "(A and B) and C", "A and (B and C)"},
		{"associative", "(A or B) or C", "A or B or C"},
		{"absorption", "A and (A or B)", "A"},
		{"absorption", "A or (A and B)", "if(yes, A, B)"},
		{"distributive", "A and (B or C)", "(A and B) or (A and C)"},
		{"double negation", "not not A", "A or no"},
		{"all is not any not", "all(rows where C and b)", "not any(rows where not C or not b)"},
		{"any is a count", "any(rows where C)", "count(rows where C) >= 1"},
	};
	struct zv_rng rng;

	(void)state;
	zv_rng_init(&rng, seed_of() + 2);
	for (int round = 0; round < LAW_ROUNDS; round++) {
		struct ref_world w;
		const char *const conditions[3] = {print(ref_draw(&rng, 2, true, true, &arena)), print(ref_draw(&rng, 2, true, true, &arena)),
						   print(ref_draw(&rng, 2, false, true, &arena))};

		ref_world_draw(&w, &rng, 5, true);
		for (size_t i = 0; i < ZV_LEN(laws); i++)
			same(round, &w, laws[i].name, fill(laws[i].left, conditions), fill(laws[i].right, conditions));
		zv_arena_reset(&arena);
	}
}

/* One fact a leaf: then Kleene misses nothing, an unknown verdict has completions both ways. */
static void an_unknown_verdict_can_turn_both_ways(void **state)
{
	static const char *const leaves[] = {"one.b0", "one.b1", "one.n0 >= 2", "one.n1 < 3", "one.t0 = \"a\"", "one.t1 in (\"a\", \"b\")"};
	struct zv_rng rng;
	char text[400];

	(void)state;
	zv_rng_init(&rng, seed_of() + 3);
	for (int round = 0; round < LAW_ROUNDS; round++) {
		struct ref_world w;
		struct ref_cell *open[REF_SINGLE];
		int order[] = {0, 1, 2, 3, 4, 5}, n, yes = 0, no = 0;
		bool neg = zv_rng_below(&rng, 2) == 0;

		for (int i = 5; i > 0; i--) {
			int j = (int)zv_rng_below(&rng, (uint64_t)i + 1), kept = order[i];

			order[i] = order[j];
			order[j] = kept;
		}
		(void)snprintf(text, sizeof(text), "(%s or %s%s) and (%s or %s and %s)", leaves[order[0]], neg ? "not " : "", leaves[order[1]], leaves[order[2]],
			       leaves[order[3]], leaves[order[4]]);
		struct zv_rules_pack *pack = compile(text);

		ref_world_draw(&w, &rng, 5, false);
		w.n_rows = 0;
		n = ref_open(open, REF_SINGLE, &w);
		if (engine(pack, &w) == ZV_UNKNOWN) {
			for (int try = 0; try < 3000 && (yes == 0 || no == 0); try++) {
				struct ref_world whole = w;
				struct ref_cell *cells[REF_SINGLE];

				(void)ref_open(cells, REF_SINGLE, &whole);
				for (int i = 0; i < n; i++) {
					int v = (int)zv_rng_range(&rng, open[i]->lo, open[i]->hi);

					*cells[i] = (struct ref_cell){true, v, v};
				}
				yes += engine(pack, &whole) == ZV_YES;
				no += engine(pack, &whole) == ZV_NO;
			}
			if (yes == 0 || no == 0)
				FAIL(round, "nothing can turn it");
		}
		zv_arena_reset(&arena);
	}
}

/* Fewest cells whose telling makes it `target`, trying everything; -1: none. Values go a little beyond what conditions speak of. */
static bool tell(struct ref_world *w, struct ref_cell **open, int n, int from, int left, const struct zv_rules_pack *pack, enum zv_truth target)
{
	if (engine(pack, w) == target)
		return true;
	for (int i = from; i < n && left > 0; i++) {
		struct ref_cell kept = *open[i];
		bool number = !kept.told && kept.hi == REF_TOP, text = !kept.told && kept.hi == REF_TEXTS - 1, found = false;

		for (int v = kept.lo; v <= (number ? 1000 : kept.hi + text) && !found; v += v <= REF_TOP * REF_ROWS ? 1 : 500) {
			*open[i] = (struct ref_cell){true, v, v};
			found = tell(w, open, n, i + 1, left - 1, pack, target);
		}
		*open[i] = kept;
		if (found)
			return true;
	}
	return false;
}

static int fewest(struct ref_world *w, struct ref_cell **open, int n, const struct zv_rules_pack *pack, enum zv_truth target)
{
	for (int k = 1; k <= n; k++) {
		if (tell(w, open, n, 0, k, pack, target))
			return k;
	}
	return 0;
}

static void the_missing_facts_are_the_fewest(void **state)
{
	struct zv_rng rng;
	int compared = 0;

	(void)state;
	zv_rng_init(&rng, seed_of() + 4);
	for (int round = 0; round < MISSING_ROUNDS; round++) {
		struct zv_rules_pack *pack = compile(print(ref_draw(&rng, 2 + round % 3, true, false, &arena)));
		struct ref_cell *open[OPEN_MAX + 1];
		struct zv_rules_verdict verdict;
		struct ref_world w;
		int n;

		do {
			ref_world_draw(&w, &rng, 3, true);
			n = ref_open(open, OPEN_MAX + 1, &w);
		} while (n > OPEN_MAX || n == 0);
		verdict = verdict_of(pack, &w, true);
		if (verdict.truth == ZV_UNKNOWN) {
			int yes = fewest(&w, open, n, pack, ZV_YES), no = fewest(&w, open, n, pack, ZV_NO);

			compared++;
			if (!verdict.to_yes.proved || !verdict.to_no.proved)
				FAIL(round, "not proved");
			if (verdict.to_yes.n != yes || verdict.to_no.n != no) {
				for (int i = 0; i < n; i++)
					print_error("open: %d..%d%s\n", open[i]->lo, open[i]->hi, open[i]->told ? "" : " not told");
				print_error("%d to yes, should be %d; %d to no, should be %d\n", verdict.to_yes.n, yes, verdict.to_no.n, no);
				FAIL(round, "not the fewest");
			}
		}
		zv_arena_reset(&arena);
	}
	assert_true(compared > MISSING_ROUNDS / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_decided_holds_in_every_completion),
		cmocka_unit_test(what_is_decided_stays_decided),
		cmocka_unit_test(the_laws_of_kleene_hold),
		cmocka_unit_test(an_unknown_verdict_can_turn_both_ways),
		cmocka_unit_test(the_missing_facts_are_the_fewest),
	};
	int failed;

	printf("seed %llu\n", (unsigned long long)seed_of());
	zv_arena_init(&arena);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	zv_arena_done(&arena);
	return failed;
}
