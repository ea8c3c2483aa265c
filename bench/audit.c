/* Proving an audit trail of many rows: bench/bench_audit [ROWS] [DB]. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/audit.h"
#include "app/database.h"

static void die(const char *what, const struct zv_err *err)
{
	fprintf(stderr, "%s: %s\n", what, err->text);
	exit(1);
}

static double seconds(clockid_t clock)
{
	struct timespec t;

	(void)clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void add_rows(struct zv_db *db, int rows, struct zv_arena *arena)
{
	struct zv_err err;

	if (zv_db_begin(db, &err) != ZV_OK)
		die("begin", &err);
	for (int i = 0; i < rows; i++) {
		struct zv_audit_row row = {
			.actor = ZV_STR_INIT("user:ivanova"), .account_id = 17, .centre_id = i % 12, .action = ZV_STR_INIT("need.set"),
			.detail = ZV_STR_INIT("{\"source\":\"by hand\",\"new\":0,\"changed\":1,\"same\":0,\"error\":0,\"held\":0}"),
			.address = ZV_STR_INIT("203.0.113.17")};

		zv_arena_reset(arena);
		row.subject = zv_arena_strf(arena, "batch_%026d", i);
		if (zv_audit_add(db, &row, &err) != ZV_OK)
			die("add", &err);
	}
	if (zv_db_commit(db, &err) != ZV_OK)
		die("commit", &err);
}

int main(int argc, char **argv)
{
	int rows = argc > 1 ? atoi(argv[1]) : 1000000;
	const char *url = argc > 2 ? argv[2] : "bench-audit.db";
	struct zv_audit_verdict verdict;
	struct zv_arena arena;
	struct zv_db *db;
	struct zv_err err;
	double start, cpu;

	zv_arena_init(&arena);
	if (zv_database_open(&db, url, ZV_DATABASE_CREATE, &err) != ZV_OK)
		die("open", &err);
	start = seconds(CLOCK_MONOTONIC);
	cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	add_rows(db, rows, &arena);
	printf("add     %d rows  %6.2f s  %6.2f s cpu  %.0f rows/s\n", rows, seconds(CLOCK_MONOTONIC) - start,
	       seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, rows / (seconds(CLOCK_MONOTONIC) - start));
	start = seconds(CLOCK_MONOTONIC);
	cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	if (zv_audit_verify(&verdict, db, NULL, &arena, &err) != ZV_OK)
		die("verify", &err);
	printf("verify  %lld rows  %6.2f s  %6.2f s cpu  %s\n", (long long)verdict.rows, seconds(CLOCK_MONOTONIC) - start,
	       seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, verdict.ok ? "ok" : "BROKEN");
	zv_database_close(db);
	zv_arena_done(&arena);
	return verdict.ok ? 0 : 1;
}
