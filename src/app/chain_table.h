/* One CSV file of a network folder while it is read. Inside app/chain*. */
#ifndef ZV_APP_CHAIN_TABLE_H
#define ZV_APP_CHAIN_TABLE_H

#include "app/chain_file.h"
#include "base/map.h"
#include "base/vec.h"
#include "format/csv_plain.h"

enum { CHAIN_COLUMNS = 8 };

struct chain_reading {
	struct zv_chain_file *out;
	zv_chain_open *open;
	void *context;
	struct zv_err *err;
	struct zv_map firms, sectors;
	ZV_VEC(struct zv_str) firm_ids;
	ZV_VEC(struct zv_str) sector_ids;
	ZV_VEC(struct zv_str) warnings;
};

struct chain_table {
	struct chain_reading *reading;
	const char *name;
	const char *const *columns; /* NULL-ended; a name that starts with '?' is optional */
	int at[CHAIN_COLUMNS];      /* cell of each column, -1: not there */
	struct zv_csv_plain csv;
};

/* Reads a whole file, `row` for each row. */
enum zv_code chain_each(struct chain_reading *r, const char *name, const char *const *columns, enum zv_code (*row)(struct chain_table *t, void *context), void *context);

struct zv_str chain_cell(const struct chain_table *t, int column); /* "" when the column is not there */
bool chain_has(const struct chain_table *t, int column);
enum zv_code chain_id(struct zv_str *out, struct chain_table *t, int column);
enum zv_code chain_amount(double *out, struct chain_table *t, int column, double min); /* `min` or more, up to ZV_CHAIN_AMOUNT_MAX, or 0 when min is 0 */
enum zv_code chain_firm(uint32_t *out, struct chain_table *t, int column);
enum zv_code chain_bad(struct chain_table *t, int column, const char *what); /* `what`: a half sentence, "is not a number" */
void chain_warn(struct chain_reading *r, const char *msgid, ...) ZV_PRINTF(2, 3);

/* The number of a sector, made when it is new. */
uint32_t chain_sector(struct chain_reading *r, struct zv_str name);

#define CHAIN_TRY(call)                      \
	do {                                 \
		enum zv_code code_ = (call); \
					     \
		if (code_ != ZV_OK)          \
			return code_;        \
	} while (0)

#endif
