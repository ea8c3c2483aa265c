/*
 * The search for a place over many objects: `places [OBJECTS [SEARCHES]]`, by default 10,000 and 200, in a database file made for it. Also the
 * layout of maps.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "app/database.h"
#include "app/infra_search.h"
#include "base/rng.h"
#include "graph/layout.h"
#include "store/batch.h"
#include "store/register.h"

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void die(const struct zv_err *err)
{
	fprintf(stderr, "places: %s\n", err->text);
	exit(1);
}

#define OK(call)                          \
	do {                              \
		if ((call) != ZV_OK)      \
			die(&err);        \
	} while (0)

static void set(struct zv_record *record, const struct zv_register *reg, const char *column, bool known, int64_t value)
{
	record->values[zv_register_column(reg, column)] = (struct zv_value){.null = !known, .i = value};
}

static void text(struct zv_record *record, const struct zv_register *reg, const char *column, struct zv_str value)
{
	record->values[zv_register_column(reg, column)] = (struct zv_value){.s = value};
}

/* A third of the figures is not stated. */
static void fill(struct zv_db *db, int objects)
{
	static const char *const regions[] = {"RU-OMS", "RU-IRK", "RU-BA", "RU-CU", "RU-ME", "RU-RYA", "RU-TA", "RU-PER"};
	static const char *const figures[] = {"land_m2", "floor_m2", "power_kw", "gas_m3h", "water_m3d"};
	const struct zv_register *reg = zv_register_find("infra");
	struct zv_batch batch = {.kind = ZV_STR("infra"), .actor = ZV_STR("bench"), .source = ZV_STR("bench"), .digest = ZV_STR("")};
	struct zv_arena arena;
	struct zv_rng rng;
	struct zv_err err;

	zv_arena_init(&arena);
	zv_rng_init(&rng, 1);
	OK(zv_db_begin(db, &err));
	OK(zv_batch_open(&batch, db, &arena, &err));
	for (int i = 0; i < objects; i++) {
		struct zv_record record = {.source_key = zv_arena_strf(&arena, "I%d", i), .batch_id = batch.id, .line = i + 2, .said_on = 20000, .status = ZV_DECLARED};

		for (int k = 0; k < reg->n_columns; k++)
			record.values[k].null = true;
		text(&record, reg, "name", zv_arena_strf(&arena, "Парк %d", i));
		text(&record, reg, "region", zv_str_c(regions[zv_rng_below(&rng, 8)]));
		text(&record, reg, "services", ZV_STR("Аналитика; склад реактивов; очистные"));
		set(&record, reg, "kind", true, (int64_t)(1 + zv_rng_below(&rng, 8)));
		set(&record, reg, "state", true, 2);
		for (size_t k = 0; k < ZV_LEN(figures); k++)
			set(&record, reg, figures[k], zv_rng_below(&rng, 3) > 0, (int64_t)zv_rng_below(&rng, 10000));
		set(&record, reg, "rail", zv_rng_below(&rng, 3) > 0, (int64_t)zv_rng_below(&rng, 2));
		set(&record, reg, "hazard_class", zv_rng_below(&rng, 3) > 0, (int64_t)(1 + zv_rng_below(&rng, 5)));
		OK(zv_record_insert(db, reg, &record, &arena, &err));
	}
	OK(zv_batch_close(db, &batch, &err));
	OK(zv_db_commit(db, &err));
	zv_arena_done(&arena);
}

static void search(struct zv_db *db, int searches)
{
	struct zv_infra_ask ask = ZV_INFRA_ASK_NONE;
	double *times = calloc((size_t)searches, sizeof(*times));
	struct zv_infra_found found = {0};
	struct zv_arena arena;
	struct zv_who who;
	struct zv_err err;

	zv_who_local(&who, ZV_STR("bench"));
	zv_arena_init(&arena);
	ask.floor_m2 = 3000;
	ask.power_kw = 2000;
	ask.rail = 1;
	ask.hazard_class = 3;
	ask.services = ZV_STR("аналитика");
	ask.near = ZV_STR("RU-OMS");
	for (int i = 0; i < searches; i++) {
		double begun = now_ms();

		zv_arena_reset(&arena);
		OK(zv_infra_search(&found, db, &who, &ask, &arena, &err));
		times[i] = now_ms() - begun;
	}
	qsort(times, (size_t)searches, sizeof(*times), by_time);
	printf("search: median %.1f ms, 99th %.1f ms; fit %lld, ask %lld, not %lld\n", times[searches / 2], times[searches * 99 / 100],
	       (long long)found.n_fits, (long long)found.n_unknown, (long long)found.n_unfit);
	zv_arena_done(&arena);
	free(times);
}

static void lay(int n, int edges)
{
	struct zv_layout_point *points = calloc((size_t)n, sizeof(*points));
	struct zv_layout_edge *list = calloc((size_t)edges, sizeof(*list));
	struct zv_arena arena;
	struct zv_rng rng;
	double begun;

	zv_rng_init(&rng, 1);
	for (int i = 0; i < edges; i++)
		list[i] = (struct zv_layout_edge){(int)zv_rng_below(&rng, (uint64_t)n), (int)zv_rng_below(&rng, (uint64_t)n)};
	zv_arena_init(&arena);
	begun = now_ms();
	zv_layout_circle(points, n, list, (size_t)edges, &arena);
	printf("layout of %d nodes, %d edges: %.1f ms, %lld crossings\n", n, edges, now_ms() - begun,
	       (long long)zv_layout_crossings(points, list, (size_t)edges));
	zv_arena_done(&arena);
	free(points);
	free(list);
}

int main(int argc, char **argv)
{
	int objects = argc > 1 ? atoi(argv[1]) : 10000;
	int searches = argc > 2 ? atoi(argv[2]) : 200;
	char path[] = "/tmp/zveno-places-XXXXXX";
	struct zv_db *db;
	struct zv_err err;
	int fd = mkstemp(path);

	if (fd < 0)
		return 1;
	close(fd);
	unlink(path);
	OK(zv_database_open(&db, path, ZV_DATABASE_CREATE, &err));
	fill(db, objects);
	search(db, searches);
	zv_database_close(db);
	unlink(path);
	lay(11, 20);
	lay(60, 300);
	lay(300, 2000);
	return 0;
}
