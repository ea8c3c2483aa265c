/* Numbered steps of the schema: applied once, in order, whole or not at all; nothing unknown is touched. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

static int reported;

static void count_step(void *context, const struct zv_migration *step)
{
	(void)context;
	(void)step;
	reported++;
}

/* The program's steps and one more. */
static const struct zv_migration *with(const char *sql, int dialect, size_t *n)
{
	static struct zv_migration all[40];
	const struct zv_migration *steps = fixture_schema(n);

	memcpy(all, steps, *n * sizeof(*all));
	all[(*n)++] = (struct zv_migration){.number = 9000, .name = ZV_STR("9000_more"), .sql = zv_str_c(sql), .dialect = dialect};
	return all;
}

static int64_t steps_applied(void)
{
	return fixture_number("SELECT COUNT(*) FROM schema_step");
}

static void a_second_run_has_nothing_to_do(void **state)
{
	size_t n;
	const struct zv_migration *steps = fixture_schema(&n);

	(void)state;
	reported = 0;
	OK(zv_migrate(fx.db, steps, n, false, count_step, NULL, &fx.err));
	assert_int_equal(reported, 0);
	OK(zv_migrate_check(fx.db, steps, n, &fx.err));
}

static void a_new_step_is_reported_and_applied_once(void **state)
{
	size_t n;
	const struct zv_migration *steps = with("CREATE TABLE more (id {id}, t {text}, b {blob}); INSERT INTO more (id, t) VALUES (1, '{id');", -1, &n);
	int64_t before = steps_applied();

	(void)state;
	reported = 0;
	assert_int_equal(zv_migrate_check(fx.db, steps, n, &fx.err), ZV_E_CONFLICT);
	OK(zv_migrate(fx.db, steps, n, true, count_step, NULL, &fx.err));
	assert_int_equal(reported, 1);
	assert_int_equal(steps_applied(), before);
	OK(zv_migrate(fx.db, steps, n, false, count_step, NULL, &fx.err));
	assert_int_equal(reported, 2);
	assert_int_equal(steps_applied(), before + 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM more WHERE t = '{id'"), 1);
	OK(zv_migrate_check(fx.db, steps, n, &fx.err));
}

static void a_step_that_fails_in_the_middle_leaves_nothing(void **state)
{
	size_t n;
	const struct zv_migration *steps = with("CREATE TABLE more (id {id}); INSERT INTO nowhere VALUES (1);", -1, &n);
	int64_t before = steps_applied();

	(void)state;
	assert_int_not_equal(zv_migrate(fx.db, steps, n, false, NULL, NULL, &fx.err), ZV_OK);
	assert_false(zv_db_in_transaction(fx.db));
	assert_int_equal(steps_applied(), before);
	steps = with("CREATE TABLE more (id {id});", -1, &n);
	OK(zv_migrate(fx.db, steps, n, false, NULL, NULL, &fx.err));
}

static void a_step_of_the_other_dialect_is_passed_over(void **state)
{
	size_t n;
	const struct zv_migration *steps = with("NOT EVEN SQL", fx.dialect == ZV_SQLITE ? ZV_POSTGRES : ZV_SQLITE, &n);

	(void)state;
	OK(zv_migrate(fx.db, steps, n, false, NULL, NULL, &fx.err));
	OK(zv_migrate_check(fx.db, steps, n, &fx.err));
}

static void a_changed_old_step_is_refused_and_nothing_after_it_applied(void **state)
{
	struct zv_migration all[40];
	size_t n;
	const struct zv_migration *steps = with("CREATE TABLE more (id {id});", -1, &n);
	int64_t before = steps_applied();

	(void)state;
	memcpy(all, steps, n * sizeof(*all));
	all[0].sql.n--;
	assert_int_equal(zv_migrate(fx.db, all, n, false, NULL, NULL, &fx.err), ZV_E_CONFLICT);
	assert_non_null(strstr(fx.err.text, "0001_init"));
	assert_int_equal(zv_migrate(fx.db, all, n, true, NULL, NULL, &fx.err), ZV_E_CONFLICT);
	assert_int_equal(zv_migrate_check(fx.db, all, n, &fx.err), ZV_E_CONFLICT);
	assert_int_equal(steps_applied(), before);
}

static void a_database_of_a_newer_program_is_refused(void **state)
{
	size_t n;
	const struct zv_migration *steps = with("CREATE TABLE more (id {id});", -1, &n);

	(void)state;
	OK(zv_migrate(fx.db, steps, n, false, NULL, NULL, &fx.err));
	steps = fixture_schema(&n);
	assert_int_equal(zv_migrate(fx.db, steps, n, false, NULL, NULL, &fx.err), ZV_E_CONFLICT);
	assert_int_equal(zv_migrate_check(fx.db, steps, n, &fx.err), ZV_E_CONFLICT);
}

static void an_empty_database_lacks_the_first_step(void **state)
{
	size_t n;
	const struct zv_migration *steps = fixture_schema(&n);

	(void)state;
	OK(zv_db_exec(fx.db, "DROP TABLE schema_step", &fx.err));
	assert_int_equal(zv_migrate_check(fx.db, steps, n, &fx.err), ZV_E_CONFLICT);
	assert_non_null(strstr(fx.err.text, "0001_init"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_second_run_has_nothing_to_do),
		FIXTURE_TEST(a_new_step_is_reported_and_applied_once),
		FIXTURE_TEST(a_step_that_fails_in_the_middle_leaves_nothing),
		FIXTURE_TEST(a_step_of_the_other_dialect_is_passed_over),
		FIXTURE_TEST(a_changed_old_step_is_refused_and_nothing_after_it_applied),
		FIXTURE_TEST(a_database_of_a_newer_program_is_refused),
		FIXTURE_TEST(an_empty_database_lacks_the_first_step),
	};

	return fixture_run("migrate", tests, ZV_LEN(tests));
}
