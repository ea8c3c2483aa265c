/*
 * Results as rows: an aligned table for people (UTF-8 widths, numbers to the right) or, with --json, an array of objects
 * that is written as it goes.
 */
#ifndef ZV_CLI_TABLE_H
#define ZV_CLI_TABLE_H

#include "base/arena.h"
#include "base/vec.h"
#include "cli/cli.h"
#include "format/json_write.h"

enum zv_table_kind { ZV_TABLE_TEXT, ZV_TABLE_NUMBER /* right-aligned */ };

struct zv_table_column {
	const char *name;  /* key in JSON */
	const char *label; /* msgid of the head; NULL: not shown to people */
	enum zv_table_kind kind;
};

/* What one cell is to a machine. */
enum zv_cell_type { ZV_CELL_TEXT, ZV_CELL_NULL, ZV_CELL_INT, ZV_CELL_BOOL, ZV_CELL_RAW /* JSON or a decimal number as text */ };

struct zv_cell {
	enum zv_cell_type type;
	struct zv_str human; /* for the table; for ZV_CELL_TEXT also for JSON unless `machine` is set */
	struct zv_str machine;
	int64_t i;
};

struct zv_table {
	const struct zv_table_column *columns;
	int n;
	struct zv_cli *cli;
	struct zv_arena arena;
	ZV_VEC(struct zv_str) cells; /* n a row */
	struct zv_out out;
	struct zv_json json;
};

enum { ZV_TABLE_COLUMNS_MAX = 48 };

/* The columns stay the caller's until zv_table_done. */
void zv_table_init(struct zv_table *table, struct zv_cli *cli, const struct zv_table_column *columns, int n);

/* Copies the row. False when nobody reads the output any more. */
bool zv_table_row(struct zv_table *table, const struct zv_cell *cells);

/* Prints what is not printed yet; without rows, `none` (a translated sentence, or NULL) instead of the table. Frees. ZV_E_IO. */
ZV_MUST_CHECK enum zv_code zv_table_done(struct zv_table *table, const char *none, struct zv_err *err);

/* Frees without printing what is not printed yet. */
void zv_table_cancel(struct zv_table *table);

struct zv_cell zv_table_text(struct zv_str s);
struct zv_cell zv_table_c(const char *s);
struct zv_cell zv_table_int(int64_t i, struct zv_arena *arena);
struct zv_cell zv_table_null(void);

/* Cells that a terminal needs for the text: East Asian wide ones count 2, marks without width 0. Invalid bytes count 1. */
int zv_text_width(struct zv_str s);

/* 1234567 as "1,234,567" or «1 234 567» in the thread's language, in the arena. */
struct zv_str zv_text_int(int64_t value, struct zv_arena *arena);

#endif
