/* Databases for tests: temporary files, and schemas of their own on a server. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/hash.h"

struct fixture fx;
static char admin_url[500];
static int counter;

enum { STEPS_MAX = 32 };

const struct zv_migration *fixture_schema(size_t *n)
{
	static struct zv_migration steps[STEPS_MAX];
	const struct zv_embedded *file;
	size_t have = 0;

	for (size_t i = 0; (file = zv_embed_at(i)) != NULL; i++) {
		struct zv_str name = zv_str_c(file->name);

		if (!zv_str_starts(name, ZV_STR("sql/")))
			continue;
		name = zv_str_first(zv_str_from(name, 4), name.n - 8);
		assert_true(have < STEPS_MAX);
		steps[have++] = (struct zv_migration){
			.number = atoi(name.p),
			.name = name,
			.sql = {(const char *)file->bytes, file->n},
			.dialect = zv_str_ends(name, ZV_STR(".sqlite")) ? ZV_SQLITE : zv_str_ends(name, ZV_STR(".postgres")) ? ZV_POSTGRES : -1,
		};
	}
	*n = have;
	return steps;
}

void fixture_ok(enum zv_code code, const char *call, const char *file, int line)
{
	if (code == ZV_OK)
		return;
	print_error("%s:%d: %s: %s: %s\n", file, line, call, zv_code_name(code), fx.err.text);
	_fail(file, line);
}

static void make_schema(void)
{
	char sql[200];
	struct zv_db *admin;
	const char *server = getenv("ZVENO_TEST_PG");

	(void)snprintf(admin_url, sizeof(admin_url), "%s", server);
	OK(zv_db_open(&admin, admin_url, ZV_DB_WRITE, &fx.err));
	(void)snprintf(sql, sizeof(sql), "CREATE SCHEMA zv_test_%d_%d", (int)getpid(), ++counter);
	OK(zv_db_exec(admin, sql, &fx.err));
	zv_db_close(admin);
	(void)snprintf(fx.url, sizeof(fx.url), "%s%soptions=-csearch_path%%3Dzv_test_%d_%d", server, strchr(server, '?') != NULL ? "&" : "?",
		       (int)getpid(), counter);
}

static void drop_schema(void)
{
	char sql[200];
	struct zv_db *admin;

	OK(zv_db_open(&admin, admin_url, ZV_DB_WRITE, &fx.err));
	(void)snprintf(sql, sizeof(sql), "DROP SCHEMA zv_test_%d_%d CASCADE", (int)getpid(), counter);
	OK(zv_db_exec(admin, sql, &fx.err));
	zv_db_close(admin);
}

static void remove_files(void)
{
	static const char *const endings[] = {"", "-wal", "-shm", "-journal", ".lock"};
	char path[700];

	for (size_t i = 0; i < ZV_LEN(endings); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", fx.url, endings[i]);
		(void)unlink(path);
	}
}

int fixture_open(void **state)
{
	size_t n;
	const struct zv_migration *steps = fixture_schema(&n);
	const char *dir = getenv("TMPDIR");

	(void)state;
	zv_arena_init(&fx.arena);
	if (fx.dialect == ZV_POSTGRES) {
		make_schema();
	} else {
		(void)snprintf(fx.url, sizeof(fx.url), "%s/zveno-test-%d-%d.db", dir != NULL ? dir : "/tmp", (int)getpid(), ++counter);
		remove_files();
	}
	OK(zv_db_open(&fx.db, fx.url, ZV_DB_CREATE, &fx.err));
	OK(zv_migrate(fx.db, steps, n, false, NULL, NULL, &fx.err));
	return 0;
}

int fixture_close(void **state)
{
	(void)state;
	zv_db_close(fx.db);
	fx.db = NULL;
	zv_arena_done(&fx.arena);
	if (fx.dialect == ZV_POSTGRES)
		drop_schema();
	else
		remove_files();
	return 0;
}

struct zv_db *fixture_second(enum zv_db_mode mode)
{
	struct zv_db *db;

	OK(zv_db_open(&db, fx.url, mode, &fx.err));
	return db;
}

int fixture_run(const char *name, const struct CMUnitTest *tests, size_t n)
{
	char group[100];
	int failed;

	fx.dialect = ZV_SQLITE;
	(void)snprintf(group, sizeof(group), "%s on SQLite", name);
	failed = _cmocka_run_group_tests(group, tests, n, NULL, NULL);
	if (getenv("ZVENO_TEST_PG") == NULL) {
		printf("# ZVENO_TEST_PG is not set: %d tests skipped on PostgreSQL\n", (int)n);
		return failed;
	}
	fx.dialect = ZV_POSTGRES;
	(void)snprintf(group, sizeof(group), "%s on PostgreSQL", name);
	return failed + _cmocka_run_group_tests(group, tests, n, NULL, NULL);
}

struct zv_batch fixture_batch(const char *kind, zv_date said_on)
{
	struct zv_batch batch = {.kind = zv_str_c(kind), .actor = ZV_STR("test"), .source = ZV_STR("test.csv"), .digest = ZV_STR("")};

	(void)said_on;
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_open(&batch, fx.db, &fx.arena, &fx.err));
	return batch;
}

void fixture_commit(const struct zv_batch *batch)
{
	OK(zv_batch_close(fx.db, batch, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
}

void fixture_set_text(const struct zv_register *reg, struct zv_record *record, const char *column, const char *value)
{
	int at = zv_register_column(reg, column);

	assert_true(at >= 0);
	record->values[at] = (struct zv_value){.null = value == NULL, .s = zv_str_c(value)};
}

void fixture_set_int(const struct zv_register *reg, struct zv_record *record, const char *column, int64_t value)
{
	int at = zv_register_column(reg, column);

	assert_true(at >= 0);
	record->values[at] = (struct zv_value){.i = value};
}

/* The least that each register wants. */
static const struct {
	const char *reg, *column, *text;
	int64_t i;
} needed[] = {
	{"org", "name", "АО «Ока-Полимер»", 0},  {"org", "name_key", "ока полимер", 0},
	{"org", "kind", NULL, 0},                {"site", "name", "Цех 1", 0},
	{"item", "name", "ацетилацетон", 0},     {"item", "name_key", "ацетилацетон", 0},
	{"item", "control", NULL, 0},            {"substitute", "state", NULL, 1},
	{"controlled", "match_kind", "cas", 0},  {"controlled", "match_value", "67-64-1", 0},
	{"controlled", "regime", "precursor", 0}, {"controlled", "action", "info", 0},
	{"permit", "regime", "precursor", 0},    {"permit", "number", "1", 0},
	{"need", "title", "ацетилацетон", 0},    {"need", "state", NULL, 2},
	{"need", "qty_text", "40 кг", 0},        {"need", "visibility", NULL, 0},
	{"offer", "dim", NULL, 1},               {"capacity", "quarter", NULL, 8104},
	{"capacity", "dim", NULL, 1},            {"capacity", "free_base", NULL, 0},
	{"class_code", "scheme", "okpd2", 0},    {"class_code", "edition", "2026-01-01", 0},
	{"class_code", "code", "20.14.62", 0},   {"class_code", "name", "Соединения", 0},
	{"crosswalk", "scheme_a", "okpd2", 0},   {"crosswalk", "code_a", "20.14.62", 0},
	{"crosswalk", "scheme_b", "hs", 0},      {"crosswalk", "code_b", "2914", 0},
	{"crosswalk", "relation", NULL, 1},
	{"cluster", "name", "Химический кластер", 0}, {"cluster", "state", NULL, 3},
	{"cluster_event", "happened_on", NULL, 19000}, {"cluster_event", "title", "Включён в реестр", 0},
	{"delivery", "year", NULL, 2025},        {"delivery", "sum_kop", NULL, 100},
	{"org_year", "year", NULL, 2025},        {"project", "name", "Стартовая партия", 0},
	{"project", "kind", NULL, 1},            {"project", "state", NULL, 2},
	{"project_cost", "category", "start_batch", 0}, {"infra", "name", "Технопарк", 0},
	{"infra", "kind", NULL, 3},              {"infra", "state", NULL, 2},
	{"statement", "name", "org.atr_qualified", 0}, {"statement", "value", "yes", 0},
	{"received", "measure", "FRP_PROJECTS", 0}, {"received", "sum_kop", NULL, 100},
	{"cluster_count", "counted_on", NULL, 19000}, {"cluster_count", "number", NULL, 49},
	{"cluster_count", "expected", NULL, 0},
	{"product", "process", "смешение", 0},   {"recipe_line", "process", "смешение", 0},
	{"recipe_line", "kind", NULL, 1},        {"line_source", "process", "смешение", 0},
	{"line_source", "state", NULL, 3},
};

struct zv_record fixture_record(const struct zv_register *reg, const struct zv_batch *batch, const char *key)
{
	static int fresh;
	struct zv_record record = {
		.centre_id = batch->centre_id,
		.source_key = key != NULL ? zv_str_c(key) : zv_arena_strf(&fx.arena, "k%d", ++fresh),
		.batch_id = batch->id,
		.line = 2,
		.said_on = 20000,
		.status = ZV_DECLARED,
	};

	for (int i = 0; i < reg->n_columns; i++)
		record.values[i].null = true;
	for (size_t i = 0; i < ZV_LEN(needed); i++) {
		if (strcmp(needed[i].reg, reg->name) != 0)
			continue;
		if (needed[i].text != NULL)
			fixture_set_text(reg, &record, needed[i].column, needed[i].text);
		else
			fixture_set_int(reg, &record, needed[i].column, needed[i].i);
	}
	return record;
}

int64_t fixture_insert(const struct zv_register *reg, struct zv_record *record)
{
	OK(zv_record_insert(fx.db, reg, record, &fx.arena, &fx.err));
	return record->id;
}

struct zv_record fixture_load(const struct zv_register *reg, int64_t id)
{
	struct zv_record record;

	OK(zv_record_by_id(&record, fx.db, reg, id, &fx.arena, &fx.err));
	return record;
}

int64_t fixture_number(const char *sql)
{
	struct zv_stmt *stmt;
	int64_t number = -1;
	bool row;

	OK(zv_db_stmt(&stmt, fx.db, sql, &fx.err));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	if (row)
		number = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return number;
}

struct digest {
	struct zv_buf text;
	const struct zv_register *reg;
};

static bool add_record(void *context, const struct zv_record *record)
{
	struct digest *digest = context;

	zv_buf_addf(&digest->text, "%s %" PRId64 " %" PRId64 " %.*s %.*s %" PRId64 " %" PRId64 " %d %d", digest->reg->name, record->id,
		    record->centre_id, ZV_STR_FMT(record->uid), ZV_STR_FMT(record->source_key), record->batch_id, record->line, record->said_on,
		    (int)record->status);
	for (int i = 0; i < digest->reg->n_columns; i++) {
		const struct zv_value *value = &record->values[i];

		if (value->null)
			zv_buf_addf(&digest->text, "|-");
		else if (digest->reg->columns[i].type == ZV_COL_TEXT)
			zv_buf_addf(&digest->text, "|%.*s", ZV_STR_FMT(value->s));
		else
			zv_buf_addf(&digest->text, "|%" PRId64, value->i);
	}
	zv_buf_add_char(&digest->text, '\n');
	return true;
}

static void add_aliases(struct zv_buf *out)
{
	struct zv_stmt *stmt;
	bool row;

	OK(zv_db_stmt(&stmt, fx.db, "SELECT item_id, name_key, name FROM item_alias ORDER BY item_id, name_key", &fx.err));
	for (;;) {
		OK(zv_stmt_step(&row, stmt, &fx.err));
		if (!row)
			break;
		zv_buf_addf(out, "alias %" PRId64 " %.*s", zv_col_int(stmt, 0), ZV_STR_FMT(zv_col_text(stmt, 1)));
		zv_buf_addf(out, " %.*s\n", ZV_STR_FMT(zv_col_text(stmt, 2)));
	}
}

void fixture_digest(char out[65])
{
	struct digest digest;
	int n;
	const struct zv_register *const *all = zv_registers(&n);

	zv_buf_init(&digest.text, 0);
	for (int i = 0; i < n; i++) {
		digest.reg = all[i];
		OK(zv_record_each(fx.db, all[i], -1, INT64_MAX, add_record, &digest, &fx.err));
	}
	add_aliases(&digest.text);
	zv_digest_hex(out, zv_buf_str(&digest.text));
	zv_buf_done(&digest.text);
}
