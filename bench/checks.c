/* All clusters of a database against a pack in one run: `checks DATABASE PACK [STATE] [RUNS]`, processor time of each run. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/check_all.h"
#include "app/database.h"

enum { RUNS = 20 };

static double cpu(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
	int runs = argc > 4 ? atoi(argv[4]) : RUNS;
	struct zv_check_all_ask ask = {.on = ZV_DATE_NONE};
	struct zv_db *db = NULL;
	struct zv_err err = {0};
	struct zv_who who;

	if (argc < 3) {
		(void)fprintf(stderr, "usage: checks DATABASE PACK [STATE] [RUNS]\n");
		return 2;
	}
	ask.pack = zv_str_c(argv[2]);
	ask.state = zv_str_c(argc > 3 ? argv[3] : "");
	zv_who_local(&who, ZV_STR("cli:bench"));
	if (zv_database_open(&db, argv[1], ZV_DATABASE_READ, &err) != ZV_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 2;
	}
	for (int i = 0; i < runs; i++) {
		struct zv_check_table table;
		struct zv_arena arena;
		double from = cpu(), to;
		int64_t projects = 0;

		zv_arena_init(&arena);
		if (zv_check_all(&table, db, &who, &ask, &arena, &err) != ZV_OK) {
			(void)fprintf(stderr, "%s\n", err.text);
			return 1;
		}
		to = cpu();
		for (size_t k = 0; k < table.n; k++)
			projects += table.rows[k].projects;
		(void)printf("%zu clusters, %lld projects: CPU %.1f ms\n", table.n, (long long)projects, (to - from) * 1e3);
		zv_arena_done(&arena);
	}
	zv_database_close(db);
	return 0;
}
