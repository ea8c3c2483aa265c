/* A fresh database for each test, first on SQLite, then, when ZVENO_TEST_PG names a server, on PostgreSQL. */
#ifndef ZV_TESTS_CONTRACT_FIXTURE_H
#define ZV_TESTS_CONTRACT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "store/batch.h"
#include "store/migrate.h"

struct fixture {
	enum zv_dialect dialect;
	struct zv_db *db;
	char url[600];
	struct zv_arena arena;
	struct zv_err err;
};

/* The one fixture of the running test, open with the whole schema. */
extern struct fixture fx;

/* Setup and teardown of each test. */
int fixture_open(void **state);
int fixture_close(void **state);

/* Another handle on the same database. */
struct zv_db *fixture_second(enum zv_db_mode mode);

/* The migrations that the program carries. */
const struct zv_migration *fixture_schema(size_t *n);

/* Runs the tests on each database; the number of failed ones. Prints how many were skipped for want of a server. */
int fixture_run(const char *name, const struct CMUnitTest *tests, size_t n);

#define FIXTURE_TEST(function) cmocka_unit_test_setup_teardown(function, fixture_open, fixture_close)

/* Fails the test with the message of fx.err unless the code is ZV_OK. */
#define OK(call) fixture_ok((call), #call, __FILE__, __LINE__)
void fixture_ok(enum zv_code code, const char *call, const char *file, int line);

/* --- a small world ------------------------------------------------------------------------------------------------- */

/* A batch, open in a transaction that begins here. */
struct zv_batch fixture_batch(const char *kind, zv_date said_on);
void fixture_commit(const struct zv_batch *batch);

/* A record with all columns that must not be null filled; fresh key when `key` is NULL. */
struct zv_record fixture_record(const struct zv_register *reg, const struct zv_batch *batch, const char *key);

void fixture_set_text(const struct zv_register *reg, struct zv_record *record, const char *column, const char *value);
void fixture_set_int(const struct zv_register *reg, struct zv_record *record, const char *column, int64_t value);

/* Inserts and gives the id. */
int64_t fixture_insert(const struct zv_register *reg, struct zv_record *record);
struct zv_record fixture_load(const struct zv_register *reg, int64_t id);

/* The first column of the first row as a number, -1 when there is none. `sql` must be a literal. */
int64_t fixture_number(const char *sql);

/* Digest of everything in the registers and what is derived from them; not of batches, history and counters. */
void fixture_digest(char out[65]);

#endif
