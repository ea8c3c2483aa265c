/* Batches for the fault tests, every call checked, nothing asserted: failures are what is looked for. */
#include "work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 40 };

static enum zv_code add_rows(const struct zv_batch *batch, int number, struct zv_arena *arena)
{
	const struct zv_register *org = zv_register_find("org"), *need = zv_register_find("need");
	enum zv_code code = ZV_OK;

	for (int i = 0; code == ZV_OK && i < ROWS; i++) {
		struct zv_record o = fixture_record(org, batch, "");
		struct zv_record n = fixture_record(need, batch, "");

		o.source_key = zv_arena_strf(arena, "o%d-%d", number, i);
		n.source_key = zv_arena_strf(arena, "n%d-%d", number, i);
		code = zv_record_insert(fx.db, org, &o, arena, &fx.err);
		fixture_set_int(need, &n, "org_id", o.id);
		fixture_set_text(need, &n, "note", "здесь довольно длинный текст, чтобы строки заняли несколько страниц базы данных");
		if (code == ZV_OK)
			code = zv_record_insert(fx.db, need, &n, arena, &fx.err);
	}
	return code;
}

static enum zv_code change_rows(const struct zv_batch *batch, int number, struct zv_arena *arena)
{
	const struct zv_register *need = zv_register_find("need");
	enum zv_code code = ZV_OK;

	for (int i = 0; code == ZV_OK && i < ROWS; i += 4) {
		struct zv_record old, new;
		int changed;

		code = zv_record_by_key(&old, fx.db, need, 0, zv_arena_strf(arena, "n0-%d", i), arena, &fx.err);
		if (code != ZV_OK)
			break;
		new = old;
		new.batch_id = batch->id;
		new.said_on = 20001 + number;
		fixture_set_int(need, &new, "due", 20100 + number);
		code = zv_record_change(&changed, fx.db, need, &old, &new, &fx.err);
	}
	return code;
}

enum zv_code work_batch(int number)
{
	struct zv_batch batch = {.kind = ZV_STR("needs"), .actor = ZV_STR("test"), .source = ZV_STR(""), .digest = ZV_STR("")};
	struct zv_arena arena;
	enum zv_code code;

	code = zv_db_begin(fx.db, &fx.err);
	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = zv_batch_open(&batch, fx.db, &arena, &fx.err);
	if (code == ZV_OK)
		code = add_rows(&batch, number, &arena);
	if (code == ZV_OK && number > 0)
		code = change_rows(&batch, number, &arena);
	if (code == ZV_OK)
		code = zv_batch_close(fx.db, &batch, &fx.err);
	if (code == ZV_OK)
		code = zv_db_commit(fx.db, &fx.err);
	else
		zv_db_rollback(fx.db);
	zv_arena_done(&arena);
	return code;
}

enum zv_code work_once(int number, enum zv_code *again)
{
	enum zv_code code = zv_db_open(&fx.db, fx.url, ZV_DB_WRITE, &fx.err);

	*again = ZV_OK;
	if (code != ZV_OK)
		return code;
	code = work_batch(number);
	if (code != ZV_OK)
		*again = work_batch(number + 1);
	zv_db_close(fx.db);
	fx.db = NULL;
	return code;
}

void work_remove(const char *path)
{
	static const char *const endings[] = {"", "-wal", "-shm", "-journal", ".lock"};
	char name[800];

	for (size_t i = 0; i < ZV_LEN(endings); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, endings[i]);
		(void)unlink(name);
	}
}

void work_ground(const char *path)
{
	size_t n;
	const struct zv_migration *steps = fixture_schema(&n);

	fx.dialect = ZV_SQLITE;
	(void)snprintf(fx.url, sizeof(fx.url), "%s", path);
	work_remove(path);
	zv_arena_init(&fx.arena);
	OK(zv_db_open(&fx.db, fx.url, ZV_DB_CREATE, &fx.err));
	OK(zv_migrate(fx.db, steps, n, false, NULL, NULL, &fx.err));
	OK(work_batch(0));
	zv_db_close(fx.db);
	fx.db = NULL;
}

static void copy_file(const char *from, const char *to)
{
	static char buffer[1 << 16];
	FILE *in = fopen(from, "rb");
	FILE *out;
	size_t n;

	if (in == NULL)
		return;
	out = fopen(to, "wb");
	assert_non_null(out);
	while ((n = fread(buffer, 1, sizeof(buffer), in)) > 0)
		assert_int_equal(fwrite(buffer, 1, n, out), n);
	assert_int_equal(fclose(out), 0);
	(void)fclose(in);
}

void work_copy(const char *from, const char *to)
{
	char a[800], b[800];

	work_remove(to);
	copy_file(from, to);
	(void)snprintf(a, sizeof(a), "%s-wal", from);
	(void)snprintf(b, sizeof(b), "%s-wal", to);
	copy_file(a, b);
}

void work_digest(char out[65])
{
	zv_arena_reset(&fx.arena);
	OK(zv_db_open(&fx.db, fx.url, ZV_DB_WRITE, &fx.err));
	OK(zv_db_verify(fx.db, &fx.err));
	fixture_digest(out);
	zv_db_close(fx.db);
	fx.db = NULL;
}
