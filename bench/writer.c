/*
 * Acknowledged small writes a second through the writer's thread, each with its audit row, every commit synced; beside it the same
 * writes committed one by one: bench/bench_writer [SECONDS] [DB].
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/audit.h"
#include "app/database.h"
#include "app/writer.h"
#include "store/batch.h"
#include "store/setting.h"

enum { CLIENTS_MAX = 64, LATENCIES_MAX = 1 << 20 };

struct piece {
	struct zv_write write;
	bool batch; /* a row of a register by a batch of its own, instead of one setting */
	int64_t number;
};

static atomic_bool stop;
static atomic_int_least64_t numbers;

static void die(const char *what, const struct zv_err *err)
{
	fprintf(stderr, "%s: %s\n", what, err->text);
	exit(1);
}

static int64_t now_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static enum zv_code add_org(struct zv_db *db, int64_t number, struct zv_err *err)
{
	const struct zv_register *org = zv_register_find("org");
	struct zv_batch batch = {.kind = ZV_STR("org.add"), .actor = ZV_STR("bench"), .source = ZV_STR(""), .digest = ZV_STR(""), .n_new = 1};
	struct zv_record record = {.line = 1, .said_on = 20000, .status = ZV_DECLARED};
	struct zv_arena arena;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_batch_open(&batch, db, &arena, err);
	for (int i = 0; i < org->n_columns; i++)
		record.values[i].null = true;
	record.batch_id = batch.id;
	record.source_key = zv_arena_strf(&arena, "b%lld", (long long)number);
	record.values[zv_register_column(org, "name")] = (struct zv_value){.s = ZV_STR("АО «Ока-Полимер»")};
	record.values[zv_register_column(org, "name_key")] = (struct zv_value){.s = ZV_STR("ока полимер")};
	record.values[zv_register_column(org, "kind")] = (struct zv_value){.i = 0};
	if (code == ZV_OK)
		code = zv_record_insert(db, org, &record, &arena, err);
	if (code == ZV_OK)
		code = zv_batch_close(db, &batch, err);
	zv_arena_done(&arena);
	return code;
}

static enum zv_code set_one(struct zv_db *db, int64_t number, struct zv_err *err)
{
	const struct zv_audit_row row = {.actor = ZV_STR_INIT("bench"), .action = ZV_STR_INIT("bench.set"), .subject = ZV_STR_INIT("bench")};
	char name[32], value[32];
	enum zv_code code;

	(void)snprintf(name, sizeof(name), "bench.%d", (int)(number % 1000));
	(void)snprintf(value, sizeof(value), "%lld", (long long)number);
	code = zv_setting_put(db, name, zv_str_c(value), err);
	return code == ZV_OK ? zv_audit_add(db, &row, err) : code;
}

static enum zv_code run(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	const struct piece *piece = (const struct piece *)write;

	return piece->batch ? add_org(db, piece->number, err) : set_one(db, piece->number, err);
}

struct client {
	struct zv_writer *writer;
	bool batch;
	int64_t n;
	int64_t *us;
};

static void *be_client(void *context)
{
	struct client *client = context;
	struct zv_err err;

	while (!atomic_load(&stop)) {
		struct piece piece = {.write = {.run = run}, .batch = client->batch, .number = atomic_fetch_add(&numbers, 1)};
		int64_t start = now_us();

		if (zv_writer_wait(client->writer, &piece.write, &err) != ZV_OK)
			die("write", &err);
		if (client->n < LATENCIES_MAX)
			client->us[client->n] = now_us() - start;
		client->n++;
	}
	return NULL;
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void measure(struct zv_writer *writer, int n, bool batch, int seconds)
{
	static struct client clients[CLIENTS_MAX];
	struct zv_writer_state before, after;
	pthread_t threads[CLIENTS_MAX];
	int64_t *all;
	int64_t total = 0, have = 0, start = now_us();
	double took;

	atomic_store(&stop, false);
	zv_writer_state(&before, writer);
	for (int i = 0; i < n; i++) {
		clients[i] = (struct client){.writer = writer, .batch = batch, .us = malloc(LATENCIES_MAX * sizeof(int64_t))};
		(void)pthread_create(&threads[i], NULL, be_client, &clients[i]);
	}
	(void)sleep((unsigned)seconds);
	atomic_store(&stop, true);
	for (int i = 0; i < n; i++) {
		(void)pthread_join(threads[i], NULL);
		total += clients[i].n;
	}
	took = (double)(now_us() - start) / 1e6;
	zv_writer_state(&after, writer);
	all = malloc((size_t)total * sizeof(*all));
	for (int i = 0; i < n; i++) {
		int64_t keep = clients[i].n < LATENCIES_MAX ? clients[i].n : LATENCIES_MAX;

		memcpy(all + have, clients[i].us, (size_t)keep * sizeof(*all));
		have += keep;
		free(clients[i].us);
	}
	qsort(all, (size_t)have, sizeof(*all), compare);
	printf("%-28s %3d clients  %8.0f acknowledged/s  %6.1f a commit  median %6.2f ms  p99 %6.2f ms\n",
	       batch ? "a row, its batch, audit" : "a setting, audit", n, (double)total / took,
	       (double)(after.works - before.works) / (double)(after.commits - before.commits), (double)all[have / 2] / 1e3,
	       (double)all[have * 99 / 100] / 1e3);
	free(all);
}

static void one_by_one(const char *url, bool batch, int seconds)
{
	struct zv_db *db;
	struct zv_err err;
	int64_t n = 0, start, end;

	if (zv_database_open(&db, url, ZV_DATABASE_WRITE, &err) != ZV_OK)
		die("open", &err);
	start = now_us();
	for (end = start + seconds * 1000000LL; now_us() < end; n++) {
		struct piece piece = {.batch = batch, .number = atomic_fetch_add(&numbers, 1)};

		if (zv_db_begin(db, &err) != ZV_OK || run(&piece.write, db, &err) != ZV_OK || zv_db_commit(db, &err) != ZV_OK)
			die("write", &err);
	}
	printf("%-28s one by one   %8.0f acknowledged/s\n", batch ? "a row, its batch, audit" : "a setting, audit",
	       (double)n * 1e6 / (double)(now_us() - start));
	zv_database_close(db);
}

int main(int argc, char **argv)
{
	static const int clients[] = {1, 16, 64};
	int seconds = argc > 1 ? atoi(argv[1]) : 3;
	const char *url = argc > 2 ? argv[2] : "bench-writer.db";
	struct zv_audit_verdict verdict;
	struct zv_arena arena;
	struct zv_writer *writer;
	struct zv_db *db;
	struct zv_err err;

	if (zv_database_open(&db, url, ZV_DATABASE_CREATE, &err) != ZV_OK)
		die("open", &err);
	zv_database_close(db);
	atomic_store(&numbers, now_us());
	for (int batch = 0; batch < 2; batch++) {
		one_by_one(url, batch, seconds);
		if (zv_writer_start(&writer, url, &err) != ZV_OK)
			die("start", &err);
		for (size_t i = 0; i < ZV_LEN(clients); i++)
			measure(writer, clients[i], batch, seconds);
		zv_writer_stop(writer);
	}
	zv_arena_init(&arena);
	if (zv_database_open(&db, url, ZV_DATABASE_READ, &err) != ZV_OK || zv_audit_verify(&verdict, db, NULL, &arena, &err) != ZV_OK)
		die("verify", &err);
	printf("audit: %s, %lld records\n", verdict.ok ? "ok" : "BROKEN", (long long)verdict.rows);
	zv_database_close(db);
	zv_arena_done(&arena);
	return verdict.ok ? 0 : 1;
}
