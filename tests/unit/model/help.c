/* A small reader of CSV of its own, so that these tests do not stand on src/format. */
#include "help.h"

#include <iconv.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/vec.h"

const char *text_of(struct zv_str s)
{
	static char ring[8][2048];
	static int at;

	at = (at + 1) % 8;
	(void)snprintf(ring[at], sizeof(ring[at]), "%.*s", ZV_STR_FMT(s));
	return ring[at];
}

static bool read_file(struct zv_buf *out, const char *path)
{
	gzFile file = gzopen(path, "rb"); /* reads plain files too */
	char block[65536];
	int n;

	if (file == NULL)
		return false;
	while ((n = gzread(file, block, sizeof(block))) > 0)
		zv_buf_add(out, block, (size_t)n);
	(void)gzclose(file);
	return true;
}

static struct zv_str converted(struct zv_arena *arena, struct zv_str s, const char *charset)
{
	size_t room = s.n * 3;
	char *p = zv_arena_alloc(arena, room + 1);
	char *out = p;
	char *in = (char *)(uintptr_t)s.p;
	size_t left = s.n;
	iconv_t cd = iconv_open("UTF-8", charset);

	assert_true(cd != (iconv_t)-1);
	(void)iconv(cd, &in, &left, &out, &room);
	(void)iconv_close(cd);
	return (struct zv_str){p, (size_t)(out - p)};
}

static void parse(struct table *table, struct zv_str s, char separator)
{
	ZV_VEC(struct zv_str) cells = {0};
	struct zv_buf text;
	bool quoted = false;
	size_t columns = 0;

	zv_buf_init(&text, 0);
	if (zv_str_starts(s, S("\xef\xbb\xbf")))
		s = zv_str_from(s, 3);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (quoted && c == '"' && i + 1 < s.n && s.p[i + 1] == '"') {
			zv_buf_add_char(&text, c);
			i++;
		} else if (c == '"') {
			quoted = !quoted;
		} else if (!quoted && (c == separator || c == '\n')) {
			zv_vec_push(&cells, zv_str_dup(&table->arena, zv_buf_str(&text)));
			zv_buf_reset(&text);
			columns++;
			if (c != '\n')
				continue;
			if (table->columns == 0)
				table->columns = columns;
			for (; columns < table->columns; columns++)
				zv_vec_push(&cells, ((struct zv_str){NULL, 0}));
			assert_int_equal(columns, table->columns);
			columns = 0;
			table->rows++;
		} else if (c != '\r') {
			zv_buf_add_char(&text, c);
		}
	}
	zv_buf_done(&text);
	table->cells = ZV_ARENA_ARRAY(&table->arena, struct zv_str, cells.n);
	memcpy(table->cells, cells.p, cells.n * sizeof(*cells.p));
	zv_vec_done(&cells);
}

static bool load(struct table *table, const char *path, char separator, const char *charset)
{
	struct zv_buf bytes;
	bool there;

	*table = (struct table){0};
	zv_arena_init(&table->arena);
	zv_buf_init(&bytes, 0);
	there = read_file(&bytes, path);
	if (there) {
		struct zv_str s = zv_buf_str(&bytes);

		parse(table, charset != NULL ? converted(&table->arena, s, charset) : s, separator);
	}
	zv_buf_done(&bytes);
	return there;
}

void table_of_data(struct table *table, const char *name)
{
	char path[1024];

	(void)snprintf(path, sizeof(path), "%s/data/%s", ZV_SOURCE_ROOT, name);
	if (!load(table, path, ',', NULL))
		fail_msg("%s is missing", path);
}

bool table_of_real(struct table *table, const char *name, char separator, const char *charset)
{
	const char *root = getenv("ZVENO_REAL");
	char path[1024];

	(void)snprintf(path, sizeof(path), "%s/%s", root != NULL ? root : ZV_SOURCE_ROOT "/../shared/data/real", name);
	if (load(table, path, separator, charset))
		return true;
	table_done(table);
	print_message("1 file of real data is absent: %s\n", name);
	return false;
}

void table_done(struct table *table)
{
	zv_arena_done(&table->arena);
}

struct zv_str cell(const struct table *table, size_t row, const char *column)
{
	for (size_t c = 0; c < table->columns; c++) {
		if (zv_str_eq_c(table->cells[c], column))
			return table->cells[row * table->columns + c];
	}
	fail_msg("no column %s", column);
	return (struct zv_str){NULL, 0};
}
