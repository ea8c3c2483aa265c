/*
 * Own kinds that are told by a table: for each column of the template what it is and where it goes. One function reads such a row, one writes it.
 * What a table cannot say (a sum out of a quantity and a price) is a function of the kind.
 */
#ifndef ZV_APP_KIND_ROWS_H
#define ZV_APP_KIND_ROWS_H

#include "app/import_kind.h"

enum zv_kind_what {
	ZV_CELL_KEY,
	ZV_CELL_INN, /* an organisation in three columns, one after another: INN, name, key; `column` is that of the register */
	ZV_CELL_NAME,
	ZV_CELL_ORG_KEY,
	ZV_CELL_ITEM, /* an item in two columns: name, CAS number */
	ZV_CELL_CAS,
	ZV_CELL_ROW,  /* a row of the register `to` by public id, key or name */
	ZV_CELL_TEXT, /* at most b bytes */
	ZV_CELL_INT,  /* a to b */
	ZV_CELL_DATE,
	ZV_CELL_MONEY,
	ZV_CELL_WORD, /* of the list a */
	ZV_CELL_REGION,
	ZV_CELL_CLASS, /* of the scheme a */
	ZV_CELL_MICRO, /* at most b degrees, in millionths */
	ZV_CELL_OTHER  /* read and written by the functions of the kind */
};

/* ZV_OWN: nobody named is the organisation of whoever may write for one only, anybody else must say it; ZV_OWN_MAY: he need not. */
enum zv_kind_must { ZV_MAY, ZV_MUST, ZV_OWN, ZV_OWN_MAY };

struct zv_kind_cell {
	enum zv_kind_what what;
	const char *column;
	enum zv_kind_must must;
	int64_t a, b;
	const char *to;
};

struct zv_kind_rows {
	const char *reg;
	const struct zv_import_column *columns;
	const struct zv_kind_cell *cells;
	size_t n;
	bool adds_items; /* names that are not in the catalogue yet add items; otherwise they are an error */
	const char *identity[6]; /* keys of the columns that tell a row without a key from others, NULL-ended */
	struct {
		const char *column;
		int64_t value;
	} defaults[3]; /* of new rows; NULL-ended */
	/* After the columns of the table: faults by zv_import_fault. `cells` as in a row. NULL: nothing more. */
	enum zv_code (*more)(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err);
	void (*more_out)(struct zv_str *cells, const struct zv_record *record, struct zv_arena *arena);
};

/* X(key, en, ru, aliases, list, help, examples, examples_en, what, column, must, a, b, to): one list gives both tables. */
#define ZV_KIND_COLUMN(key, en, ru, aliases, list, help, ex, ex_en, what, column, must, a, b, to) \
	{key, en, ru, aliases, (must) == ZV_MUST && (what) != ZV_CELL_INN, ZV_LIST_##list, help, ex, ex_en},
#define ZV_KIND_CELL(key, en, ru, aliases, list, help, ex, ex_en, what, column, must, a, b, to) {what, column, must, a, b, to},

/* The profile of a kind by its table, and the two functions over it. */
#define ZV_KIND_ROWS(kind, table)                                                                                              \
	static enum zv_code map_##kind(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)              \
	{                                                                                                                      \
		return zv_kind_rows_map(&(table), im, row, err);                                                               \
	}                                                                                                                      \
	const struct zv_import_profile zv_kind_##kind##_native = {                                                             \
		.name = "native",                                                                                              \
		.label = N_("own template"),                                                                                   \
		.type = ZV_FILE_CSV,                                                                                           \
		.columns = kind##_columns,                                                                                     \
		.n_columns = ZV_LEN(kind##_columns),                                                                           \
		.exact = true,                                                                                                 \
		.map = map_##kind,                                                                                             \
	};                                                                                                                     \
	ZV_UNMAP(zv_kind_##kind##_unmap)                                                                                       \
	{                                                                                                                      \
		return zv_kind_rows_unmap(&(table), cells, db, record, arena, err);                                            \
	}

ZV_MUST_CHECK enum zv_code zv_kind_rows_map(const struct zv_kind_rows *kind, struct zv_import *im, const struct zv_import_row *row, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_kind_rows_unmap(const struct zv_kind_rows *kind, struct zv_str *cells, struct zv_db *db, const struct zv_record *record,
					      struct zv_arena *arena, struct zv_err *err);

/* The cell of the column with this key. */
struct zv_str zv_kind_cell_of(const struct zv_kind_rows *kind, const struct zv_str *cells, const char *key);
void zv_kind_cell_put(const struct zv_kind_rows *kind, struct zv_str *cells, const char *key, struct zv_str value);

/* A fault of the row when `last` is a day before `first`. */
void zv_kind_check_days(struct zv_import *im, const struct zv_record *record, const char *first, const char *last, const char *field);

#endif
