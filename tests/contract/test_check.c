/* zveno check: a whole database passes, and each kind of damage is named. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "app/audit.h"
#include "app/check.h"
#include "store/search.h"

static struct zv_check_result check(const char *acks)
{
	struct zv_check_result result;
	FILE *file = NULL;

	if (acks != NULL) {
		file = tmpfile();
		assert_non_null(file);
		assert_true(fputs(acks, file) >= 0);
		rewind(file);
	}
	OK(zv_check(&result, fx.db, file, &fx.err));
	if (file != NULL)
		(void)fclose(file);
	return result;
}

static void exec(const char *sql)
{
	OK(zv_db_exec(fx.db, sql, &fx.err));
}

/* Batches, changes, an undo and a lot of 40 for one need, all by hand so that single figures can be bent. */
static void make_world(void)
{
	const struct zv_register *org = zv_register_find("org"), *need = zv_register_find("need");
	const struct zv_register *item = zv_register_find("item"), *offer = zv_register_find("offer");
	struct zv_batch a = fixture_batch("needs", 20000), b;
	struct zv_record o = fixture_record(org, &a, "E1"), n = fixture_record(need, &a, "N1"), i = fixture_record(item, &a, "I1");
	struct zv_record f = fixture_record(offer, &a, "O1"), changed, gone;
	int64_t removed, restored;
	int count;

	fixture_insert(org, &o);
	fixture_insert(item, &i);
	fixture_set_int(need, &n, "org_id", o.id);
	fixture_insert(need, &n);
	fixture_set_int(offer, &f, "org_id", o.id);
	fixture_set_int(offer, &f, "item_id", i.id);
	fixture_insert(offer, &f);
	fixture_commit(&a);
	for (int round = 0; round < 2; round++) {
		b = fixture_batch("needs", 20001);
		n = fixture_load(need, n.id);
		changed = n;
		changed.batch_id = b.id;
		changed.said_on++;
		fixture_set_int(need, &changed, "due", 20500 + round);
		OK(zv_record_change(&count, fx.db, need, &n, &changed, &fx.err));
		gone = fixture_record(org, &b, NULL);
		fixture_insert(org, &gone);
		fixture_commit(&b);
	}
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &b, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	exec("INSERT INTO lot_run (id, uid, batch_id, as_of, digest, n_needs, alone_needs, alone_kop, pooled_needs, pooled_kop) "
	     "VALUES (1, 'run_1', 1, 20000, 'x', 1, 0, 0, 1, 7)");
	exec("INSERT INTO lot (id, centre_id, uid, run_id, item_id, offer_id, dim, qty_base, firm_base, total_kop, ready_on, proved) "
	     "VALUES (1, 0, 'lot_1', 1, 1, 1, 1, 40, 35, 7, 20100, 1)");
	exec("INSERT INTO lot_need (lot_id, need_id, firm_base, extra_base, cost_kop, freight_kop) VALUES (1, 1, 35, 5, 7, 0)");
}

static void a_whole_database_passes(void **state)
{
	struct zv_check_result result;

	(void)state;
	OK(zv_audit_begin(fx.db, &fx.err));
	assert_true(check(NULL).ok);
	make_world();
	result = check("ACK E1\nN1\n\nACK I1\n");
	if (!result.ok)
		fail_msg("%s: %s", result.what, result.fault);
	assert_int_equal(result.acks, 3);
}

static void a_handle_for_reading_can_check(void **state)
{
	struct zv_check_result result;
	struct zv_db *reader;

	(void)state;
	make_world();
	OK(zv_search_refresh(fx.db, NULL, NULL, &fx.err));
	reader = fixture_second(ZV_DB_READ);
	OK(zv_check(&result, reader, NULL, &fx.err));
	if (!result.ok)
		fail_msg("%s: %s", result.what, result.fault);
	zv_db_close(reader);
}

static void each_damage_is_named(void **state)
{
	static const struct {
		const char *damage, *repair, *word;
	} cases[] = {
		{"UPDATE lot SET qty_base = 41", "UPDATE lot SET qty_base = 40", "lot-quantity"},
		{"UPDATE lot_need SET firm_base = 34, extra_base = 6", "UPDATE lot_need SET firm_base = 35, extra_base = 5", "lot-quantity"},
		{"UPDATE lot_need SET cost_kop = 8", "UPDATE lot_need SET cost_kop = 7", "lot-money"},
		{"INSERT INTO lot_miss (run_id, need_id, code, have, want, lack, size_base, price_kop, price_per) VALUES (1, 1, 'short', 0, 0, 0, 0, 0, 0)", "DELETE FROM lot_miss", "need-twice"},
		{"UPDATE fact SET state = 1 WHERE state = 3 AND field = 'due'",
		 "UPDATE fact SET state = 3 WHERE state = 1 AND field = 'due' AND batch_id = 1", "fact-winner"},
		{"UPDATE fact SET row_id = 99 WHERE state = 1 AND field = 'due'", "UPDATE fact SET row_id = 1 WHERE row_id = 99", "fact-row-need"},
		{"UPDATE batch SET state = 2 WHERE id = 2", "UPDATE batch SET state = 1 WHERE id = 2", "fact-batch"},
		{"UPDATE org SET batch_id = 3 WHERE id = 1", "UPDATE org SET batch_id = 1 WHERE id = 1", "undone-org"},
	};

	(void)state;
	make_world();
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		struct zv_check_result result;

		exec(cases[i].damage);
		result = check(NULL);
		if (result.ok || strcmp(result.what, cases[i].word) != 0)
			fail_msg("%s: %s instead of %s", cases[i].damage, result.ok ? "no fault" : result.what, cases[i].word);
		assert_true(strlen(result.fault) > 10);
		exec(cases[i].repair);
		result = check(NULL);
		if (!result.ok)
			fail_msg("after %s: %s", cases[i].repair, result.fault);
	}
}

static void an_acknowledged_key_that_is_not_there_is_named(void **state)
{
	struct zv_check_result result;

	(void)state;
	make_world();
	result = check("ACK E1\nACK E404\nACK N1\n");
	assert_false(result.ok);
	assert_string_equal(result.what, "ack");
	assert_non_null(strstr(result.fault, "E404"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_whole_database_passes),
		FIXTURE_TEST(a_handle_for_reading_can_check),
		FIXTURE_TEST(each_damage_is_named),
		FIXTURE_TEST(an_acknowledged_key_that_is_not_there_is_named),
	};

	return fixture_run("check", tests, ZV_LEN(tests));
}
