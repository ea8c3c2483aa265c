/* Rows a second into the store, one transaction, and how long it takes to take them back: bench/store [ROWS] [URL]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/rng.h"
#include "store/batch.h"
#include "store/migrate.h"

static struct zv_err err;

#define OK(call)                                                                 \
	do {                                                                     \
		if ((call) != ZV_OK) {                                           \
			fprintf(stderr, "%s: %s\n", #call, err.text);            \
			exit(1);                                                 \
		}                                                                \
	} while (0)

static double cpu_s(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double wall_s(void)
{
	return (double)zv_tick_us() / 1e6;
}

static long rss_mb(void)
{
	struct rusage usage;

	(void)getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss / 1024;
}

static void migrate(struct zv_db *db)
{
	struct zv_migration steps[32];
	const struct zv_embedded *file;
	size_t n = 0;

	for (size_t i = 0; (file = zv_embed_at(i)) != NULL && n < ZV_LEN(steps); i++) {
		struct zv_str name = zv_str_c(file->name);

		if (!zv_str_starts(name, ZV_STR("sql/")))
			continue;
		name = zv_str_first(zv_str_from(name, 4), name.n - 8);
		steps[n++] = (struct zv_migration){.number = atoi(name.p),
						   .name = name,
						   .sql = {(const char *)file->bytes, file->n},
						   .dialect = zv_str_ends(name, ZV_STR(".sqlite"))     ? ZV_SQLITE
							      : zv_str_ends(name, ZV_STR(".postgres")) ? ZV_POSTGRES
												       : -1};
	}
	OK(zv_migrate(db, steps, n, false, NULL, NULL, &err));
}

static void set_text(const struct zv_register *reg, struct zv_record *record, const char *column, const char *value)
{
	record->values[zv_register_column(reg, column)] = (struct zv_value){.s = zv_str_c(value)};
}

static void set_int(const struct zv_register *reg, struct zv_record *record, const char *column, int64_t value)
{
	record->values[zv_register_column(reg, column)] = (struct zv_value){.i = value};
}

static struct zv_record blank(const struct zv_register *reg, const struct zv_batch *batch, const char *key)
{
	struct zv_record record = {.source_key = zv_str_c(key), .batch_id = batch->id, .line = 1, .said_on = 20000, .status = ZV_DECLARED};

	for (int i = 0; i < reg->n_columns; i++)
		record.values[i].null = true;
	return record;
}

enum { GROUND = 2000 };

static void make_ground(struct zv_db *db, const struct zv_batch *batch, struct zv_arena *arena)
{
	const struct zv_register *org = zv_register_find("org"), *item = zv_register_find("item");

	for (int i = 0; i < GROUND; i++) {
		char key[32];
		struct zv_record record;

		(void)snprintf(key, sizeof(key), "k%d", i);
		record = blank(org, batch, key);
		set_text(org, &record, "name", "АО «Завод»");
		set_text(org, &record, "name_key", "завод");
		set_int(org, &record, "kind", 0);
		OK(zv_record_insert(db, org, &record, arena, &err));
		record = blank(item, batch, key);
		set_text(item, &record, "name", "ацетилацетон");
		set_text(item, &record, "name_key", "ацетилацетон");
		set_int(item, &record, "control", 0);
		OK(zv_record_insert(db, item, &record, arena, &err));
	}
}

static void fill(struct zv_record *record, struct zv_rng *rng)
{
	const struct zv_register *need = zv_register_find("need");

	set_int(need, record, "org_id", (int64_t)zv_rng_below(rng, GROUND) + 1);
	set_int(need, record, "item_id", (int64_t)zv_rng_below(rng, GROUND) + 1);
	set_text(need, record, "title", "Ацетилацетон чистый для анализа");
	set_text(need, record, "okpd2", "20.14.62.190");
	set_int(need, record, "state", 2);
	set_int(need, record, "dim", 1);
	set_text(need, record, "qty_text", "40 кг");
	set_int(need, record, "qty_base", zv_rng_range(rng, 1, 1000000000));
	set_text(need, record, "region", "RU-RYA");
	set_int(need, record, "due", 20700);
	set_int(need, record, "ceiling_kop", 550000);
	set_int(need, record, "ceiling_per", 1000000);
	set_int(need, record, "visibility", 0);
}

struct clock {
	double cpu, wall;
};

static struct clock now(void)
{
	return (struct clock){cpu_s(), wall_s()};
}

static void tell(const char *what, struct clock from, int64_t rows)
{
	struct clock to = now();

	printf("%-34s %9" PRId64 " rows  %7.2f s CPU  %7.2f s wall  %9.0f rows/s CPU  peak %4ld MB\n", what, rows, to.cpu - from.cpu,
	       to.wall - from.wall, (double)rows / (to.cpu - from.cpu), rss_mb());
	(void)fflush(stdout);
}

static struct zv_batch open_batch(struct zv_db *db, struct zv_arena *arena)
{
	struct zv_batch batch = {.kind = ZV_STR("bench"), .actor = ZV_STR("bench"), .source = ZV_STR(""), .digest = ZV_STR("")};

	OK(zv_db_begin(db, &err));
	OK(zv_batch_open(&batch, db, arena, &err));
	return batch;
}

static void insert_needs(struct zv_db *db, const struct zv_batch *batch, int64_t rows)
{
	const struct zv_register *need = zv_register_find("need");
	struct zv_arena row;
	struct zv_rng rng;

	zv_arena_init(&row);
	zv_rng_init(&rng, 1);
	for (int64_t i = 0; i < rows; i++) {
		char key[32];
		struct zv_record record;

		zv_arena_reset(&row);
		(void)snprintf(key, sizeof(key), "N-%08" PRId64, i);
		record = blank(need, batch, key);
		fill(&record, &rng);
		OK(zv_record_insert(db, need, &record, &row, &err));
	}
	zv_arena_done(&row);
}

static bool change_one(void *context, const struct zv_record *record)
{
	struct zv_db *db = context;
	const struct zv_register *need = zv_register_find("need");
	struct zv_record new = *record;
	int changed;

	new.batch_id = 3;
	new.said_on++;
	set_int(need, &new, "due", 20800);
	OK(zv_record_change(&changed, db, need, record, &new, &err));
	return true;
}

static void undo(struct zv_db *db, struct zv_batch *batch, const char *what)
{
	struct clock from = now();
	int64_t removed = 0, restored = 0;

	OK(zv_db_begin(db, &err));
	OK(zv_batch_undo(&removed, &restored, db, batch, &err));
	OK(zv_db_commit(db, &err));
	tell(what, from, removed + restored);
}

int main(int argc, char **argv)
{
	int64_t rows = argc > 1 ? atoll(argv[1]) : 1000000;
	const char *url = argc > 2 ? argv[2] : "bench-store.db";
	struct zv_arena arena;
	struct zv_batch ground, batch, change;
	struct zv_db *db;
	struct clock from;

	zv_arena_init(&arena);
	OK(zv_db_open(&db, url, ZV_DB_CREATE, &err));
	migrate(db);
	ground = open_batch(db, &arena);
	make_ground(db, &ground, &arena);
	OK(zv_db_commit(db, &err));

	from = now();
	batch = open_batch(db, &arena);
	insert_needs(db, &batch, rows);
	tell("insert needs, before the commit", from, rows);
	OK(zv_db_commit(db, &err));
	tell("insert needs, one transaction", from, rows);

	from = now();
	change = open_batch(db, &arena);
	OK(zv_record_each(db, zv_register_find("need"), 0, rows / 10, change_one, db, &err));
	OK(zv_db_commit(db, &err));
	tell("change one value of each", from, rows / 10);
	undo(db, &change, "undo the changes");
	undo(db, &batch, "undo the rows");
	zv_db_close(db);
	zv_arena_done(&arena);
	return 0;
}
