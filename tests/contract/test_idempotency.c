/* Answers under the client's own keys: found for a day, then not, and taken away in small portions. */
#include "fixture.h"

#include <stdio.h>

#include "store/idempotency.h"

static const int64_t DAY = 24 * 60 * 60 * 1000;
static const int64_t NOW = INT64_C(1772445600000);

static struct zv_kept_answer answer(const char *key, const char *body)
{
	return (struct zv_kept_answer){.key = zv_str_c(key),
				       .digest = ZV_STR("d1"),
				       .status = 201,
				       .etag = ZV_STR("\"v1\""),
				       .location = ZV_STR("/api/v1/needs/need_1"),
				       .body = zv_str_c(body)};
}

static void add(const struct zv_kept_answer *kept, int64_t now_ms)
{
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_kept_answer_add(fx.db, kept, now_ms, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
}

static int64_t count(void)
{
	struct zv_stmt *stmt;
	int64_t n;
	bool row;

	OK(zv_db_stmt(&stmt, fx.db, "SELECT COUNT(*) FROM idempotency", &fx.err));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	n = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return n;
}

static void an_answer_is_found_whole_for_a_day(void **state)
{
	struct zv_kept_answer kept = answer("k1", "{\"имя\":\"<б>\"}\n"), found;

	(void)state;
	add(&kept, NOW);
	OK(zv_kept_answer_find(&found, fx.db, ZV_STR("k1"), NOW + DAY - 1, &fx.arena, &fx.err));
	assert_true(zv_str_eq(found.body, kept.body) && zv_str_eq(found.digest, kept.digest) && found.status == 201);
	assert_true(zv_str_eq(found.etag, kept.etag) && zv_str_eq(found.location, kept.location));
	assert_int_equal(zv_kept_answer_find(&found, fx.db, ZV_STR("k1"), NOW + DAY, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_int_equal(zv_kept_answer_find(&found, fx.db, ZV_STR("k2"), NOW, &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

static void what_was_taken_back_leaves_no_answer(void **state)
{
	struct zv_kept_answer kept = answer("k1", "{}"), found;

	(void)state;
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_kept_answer_add(fx.db, &kept, NOW, &fx.err));
	zv_db_rollback(fx.db);
	assert_int_equal(zv_kept_answer_find(&found, fx.db, ZV_STR("k1"), NOW, &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

static void a_key_of_yesterday_can_be_used_again(void **state)
{
	struct zv_kept_answer old = answer("k1", "{\"old\":1}"), new = answer("k1", "{\"new\":1}"), found;

	(void)state;
	add(&old, NOW);
	add(&new, NOW + DAY + 1);
	OK(zv_kept_answer_find(&found, fx.db, ZV_STR("k1"), NOW + DAY + 1, &fx.arena, &fx.err));
	assert_true(zv_str_eq(found.body, new.body));
	assert_int_equal(count(), 1);
}

static void old_answers_go_a_hundred_at_a_time(void **state)
{
	struct zv_kept_answer late = answer("late", "{}");
	char key[16];

	(void)state;
	OK(zv_db_begin(fx.db, &fx.err));
	for (int i = 0; i < 150; i++) {
		(void)snprintf(key, sizeof(key), "k%d", i);
		struct zv_kept_answer kept = answer(key, "{}");
		OK(zv_kept_answer_add(fx.db, &kept, NOW, &fx.err));
	}
	OK(zv_db_commit(fx.db, &fx.err));
	add(&late, NOW + DAY);
	assert_int_equal(count(), 51);
	add(&late, NOW + DAY + 1);
	assert_int_equal(count(), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(an_answer_is_found_whole_for_a_day),
		FIXTURE_TEST(what_was_taken_back_leaves_no_answer),
		FIXTURE_TEST(a_key_of_yesterday_can_be_used_again),
		FIXTURE_TEST(old_answers_go_a_hundred_at_a_time),
	};

	return fixture_run("idempotency", tests, ZV_LEN(tests));
}
