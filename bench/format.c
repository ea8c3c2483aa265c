/* How fast files are read and written: rows, megabytes, processor time of both processes, peak memory of the one that parses. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/date.h"
#include "base/rng.h"
#include "format/csv_write.h"
#include "format/json_write.h"
#include "format/rows.h"
#include "format/xlsx_write.h"

enum { ROWS = 1000000, SHEET_ROWS = 25000, COLUMNS = 10 };

struct result {
	int64_t rows;
	int64_t cells;
	int64_t bytes;
};

typedef void work(struct result *result, const char *path);

static void die(const char *what)
{
	(void)fprintf(stderr, "%s\n", what);
	exit(1);
}

static const struct zv_str names[] = {
	ZV_STR_INIT("Ацетон технический, ГОСТ 2768-84"), ZV_STR_INIT("Толуол нефтяной"),        ZV_STR_INIT("Натр едкий; марка РД"),
	ZV_STR_INIT("Этиленгликоль"),                     ZV_STR_INIT("Кислота серная \"олеум\""), ZV_STR_INIT("Acetonitrile, HPLC grade"),
};

struct cells {
	struct zv_str cell[COLUMNS];
	char text[COLUMNS][32];
};

/* A row as regional tables have them: key, name, quantity, unit, price, INN, date, code, status, remark. */
static void make_row(struct cells *c, struct zv_rng *rng, int i)
{
	(void)snprintf(c->text[0], 32, "N-%07d", i);
	(void)snprintf(c->text[2], 32, "%d.%d", (int)zv_rng_below(rng, 10000), (int)zv_rng_below(rng, 10));
	(void)snprintf(c->text[4], 32, "%d.%02d", (int)zv_rng_below(rng, 100000), (int)zv_rng_below(rng, 100));
	(void)snprintf(c->text[5], 32, "77%08d", (int)zv_rng_below(rng, 100000000));
	(void)snprintf(c->text[6], 32, "2026-%02d-%02d", 1 + (int)zv_rng_below(rng, 12), 1 + (int)zv_rng_below(rng, 28));
	(void)snprintf(c->text[7], 32, "20.1%d.%02d.%03d", (int)zv_rng_below(rng, 7), (int)zv_rng_below(rng, 90) + 10, (int)zv_rng_below(rng, 900));
	for (int k = 0; k < COLUMNS; k++)
		c->cell[k] = zv_str_c(c->text[k]);
	c->cell[1] = names[zv_rng_below(rng, ZV_LEN(names))];
	c->cell[3] = ZV_STR("кг");
	c->cell[8] = ZV_STR("действует");
	c->cell[9] = ZV_STR("");
}

static bool is_number(int column)
{
	return column == 2 || column == 4;
}

static void write_csv(struct result *r, const char *path)
{
	FILE *file = fopen(path, "wb");
	struct zv_out out;
	struct zv_csv_writer csv;
	struct zv_rng rng;
	struct cells c = {0};
	struct zv_err err;

	if (file == NULL)
		die("cannot write");
	zv_rng_init(&rng, 1);
	zv_out_init(&out, file, 0);
	zv_csv_init(&csv, &out, ';', true);
	for (int i = 0; i < ROWS; i++) {
		make_row(&c, &rng, i);
		for (int k = 0; k < COLUMNS; k++) {
			if (is_number(k))
				zv_csv_number(&csv, c.cell[k]);
			else
				zv_csv_text(&csv, c.cell[k]);
		}
		zv_csv_end_row(&csv);
	}
	if (zv_out_flush(&out, &err) != ZV_OK)
		die(err.text);
	zv_out_done(&out);
	r->bytes = ftell(file);
	(void)fclose(file);
	r->rows = ROWS;
	r->cells = (int64_t)ROWS * COLUMNS;
}

static void write_jsonl(struct result *r, const char *path)
{
	static const char *const keys[COLUMNS] = {"id", "title", "qty", "unit", "price", "inn", "due", "okpd2", "status", "note"};
	FILE *file = fopen(path, "wb");
	struct zv_out out;
	struct zv_json json;
	struct zv_rng rng;
	struct cells c = {0};
	struct zv_err err;

	if (file == NULL)
		die("cannot write");
	zv_rng_init(&rng, 1);
	zv_out_init(&out, file, 0);
	zv_json_init(&json, &out);
	for (int i = 0; i < ROWS; i++) {
		make_row(&c, &rng, i);
		zv_json_object(&json);
		for (int k = 0; k < COLUMNS; k++)
			zv_json_key_str(&json, keys[k], c.cell[k]);
		zv_json_end_object(&json);
		zv_json_newline(&json);
	}
	if (zv_out_flush(&out, &err) != ZV_OK)
		die(err.text);
	zv_out_done(&out);
	r->bytes = ftell(file);
	(void)fclose(file);
	r->rows = ROWS;
	r->cells = (int64_t)ROWS * COLUMNS;
}

static void write_xlsx(struct result *r, const char *path)
{
	struct zv_xlsx_column columns[COLUMNS] = {{.title = "Ключ"}, {.title = "Наименование"}, {.title = "Количество"}, {.title = "Единица"}, {.title = "Цена"},
						  {.title = "ИНН"},  {.title = "Срок"},         {.title = "ОКПД2"},      {.title = "Статус"},  {.title = "Примечание"}};
	struct zv_xlsx *xlsx;
	struct zv_rng rng;
	struct cells c = {0};
	struct zv_err err;
	struct stat st;
	zv_date date;

	zv_rng_init(&rng, 1);
	if (zv_xlsx_new(&xlsx, path, &err) != ZV_OK || zv_xlsx_sheet(xlsx, "Data", NULL, columns, COLUMNS, &err) != ZV_OK)
		die(err.text);
	for (int i = 0; i < SHEET_ROWS; i++) {
		make_row(&c, &rng, i);
		for (int k = 0; k < COLUMNS; k++) {
			if (is_number(k))
				zv_xlsx_number(xlsx, c.cell[k]);
			else if (k == 6 && zv_date_parse(&date, c.cell[k]))
				zv_xlsx_date(xlsx, date);
			else
				zv_xlsx_text(xlsx, c.cell[k].n > 0 ? c.cell[k] : ZV_STR("-."));
		}
		zv_xlsx_end_row(xlsx);
	}
	if (zv_xlsx_close(xlsx, &err) != ZV_OK)
		die(err.text);
	r->bytes = stat(path, &st) == 0 ? st.st_size : 0;
	r->rows = SHEET_ROWS;
	r->cells = (int64_t)SHEET_ROWS * COLUMNS;
}

static void read_rows(struct result *r, const char *path)
{
	static const char *const columns[] = {"id", "title", "qty", "unit", "price", "inn", "due", "okpd2", "status", "note"};
	static const struct zv_record_spec spec = {NULL, NULL, columns, COLUMNS};
	struct zv_rows_options options = {.json = &spec};
	struct zv_rows *rows;
	struct zv_row row;
	struct zv_err err;
	struct stat st;
	bool more;

	if (zv_rows_open(&rows, path, &options, &err) != ZV_OK)
		die(err.text);
	for (;;) {
		if (zv_rows_next(&more, &row, rows, &err) != ZV_OK)
			die(err.text);
		if (!more)
			break;
		r->rows++;
		r->cells += (int64_t)row.n;
	}
	zv_rows_close(rows);
	r->bytes = stat(path, &st) == 0 ? st.st_size : 0;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* In a process of its own, so that its memory is its own. */
static void measure(const char *name, work *act, const char *path)
{
	pid_t child;

	(void)fflush(stdout);
	child = fork();
	if (child == 0) {
		struct result r = {0};
		struct rusage own;
		struct rusage parser;
		int64_t start = zv_tick_us();
		double wall;

		act(&r, path);
		wall = (double)(zv_tick_us() - start) / 1e6;
		(void)getrusage(RUSAGE_SELF, &own);
		(void)getrusage(RUSAGE_CHILDREN, &parser);
		(void)printf("%-22s %9lld %9lld %7.1f %7.2f %7.2f %7.2f %11.0f %8.1f %8.1f %8.1f\n", name, (long long)r.rows, (long long)r.cells,
			     (double)r.bytes / 1e6, wall, seconds(own.ru_utime) + seconds(own.ru_stime),
			     seconds(parser.ru_utime) + seconds(parser.ru_stime), (double)r.rows / wall, (double)r.bytes / 1e6 / wall,
			     (double)own.ru_maxrss / 1024, (double)parser.ru_maxrss / 1024);
		exit(0);
	}
	(void)waitpid(child, NULL, 0);
}

int main(void)
{
	char folder[] = "/tmp/zveno-bench-XXXXXX";
	char csv[64];
	char jsonl[64];
	char xlsx[64];

	if (mkdtemp(folder) == NULL)
		die("no temporary folder");
	(void)snprintf(csv, sizeof(csv), "%s/b.csv", folder);
	(void)snprintf(jsonl, sizeof(jsonl), "%s/b.jsonl", folder);
	(void)snprintf(xlsx, sizeof(xlsx), "%s/b.xlsx", folder);
	(void)printf("%-22s %9s %9s %7s %7s %7s %7s %11s %8s %8s %8s\n", "", "rows", "cells", "MB", "wall s", "own s", "child s", "rows/s", "MB/s",
		     "own MB", "child MB");
	measure("CSV write", write_csv, csv);
	measure("CSV read", read_rows, csv);
	measure("CSV read again", read_rows, csv);
	measure("JSON lines write", write_jsonl, jsonl);
	measure("JSON lines read", read_rows, jsonl);
	measure("XLSX write", write_xlsx, xlsx);
	measure("XLSX read", read_rows, xlsx);
	measure("XLSX read again", read_rows, xlsx);
	(void)unlink(csv);
	(void)unlink(jsonl);
	(void)unlink(xlsx);
	(void)rmdir(folder);
	return 0;
}
