/* Inside app/facts*.c: facts being put together row by row, each value with where it comes from. */
#ifndef ZV_APP_FACTS_INNER_H
#define ZV_APP_FACTS_INNER_H

#include "app/facts.h"
#include "app/facts_fields.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/db/db.h"
#include "store/register.h"

typedef ZV_VEC(struct zv_rules_cell) zv_facts_cells;
typedef ZV_VEC(struct zv_str) zv_facts_texts;
typedef ZV_VEC(int32_t) zv_facts_numbers;

struct zv_facts_part {
	zv_facts_cells cells;
	zv_facts_texts keys, names;
	zv_facts_numbers origins;
	size_t n;
	bool incomplete;
};

struct zv_facts_making {
	struct zv_db *db;
	struct zv_arena *arena;
	const struct zv_facts_ask *ask;
	struct zv_facts_part parts[ZV_FACTS_TABLES];
	ZV_VEC(struct zv_rules_stated) stated;
	ZV_VEC(struct zv_rules_origin) origins;
	struct zv_map sources; /* batch id -> index of its source in `source_texts` */
	zv_facts_texts source_texts;
	struct zv_map said;    /* "16/<row>/<column>" -> index of the origin of a value that changed */
};

void zv_facts_begin(struct zv_facts_making *m, struct zv_db *db, const struct zv_facts_ask *ask, struct zv_arena *arena);

/* Moves everything into the arena. The making is gone afterwards. */
void zv_facts_end(struct zv_rules_facts *out, struct zv_facts_making *m);
void zv_facts_drop(struct zv_facts_making *m);

/* --- rows of registers -------------------------------------------------------------------------------------------------------------- */

/* A query over one register, and the values of those rows that have a history. $1: the id of the subject. */
struct zv_facts_query {
	const char *rows, *said;
};

/* All records of a query; what has changed of them is remembered (not when `plain`). */
ZV_MUST_CHECK enum zv_code zv_facts_load(struct zv_record **out, size_t *n, struct zv_facts_making *m, const struct zv_register *reg,
					 const struct zv_facts_query *query, int64_t subject, struct zv_err *err);

const struct zv_value *zv_facts_value(const struct zv_register *reg, const struct zv_record *record, const char *column);

/* --- adding -------------------------------------------------------------------------------------------------------------------------- */

/* A new row with all values unknown; its origin is that of `record` (NULL: nobody's word). The cells stay valid until the next row of the table. */
ZV_MUST_CHECK enum zv_code zv_facts_row(struct zv_rules_cell **cells, struct zv_facts_making *m, enum zv_facts_table table, const struct zv_register *reg,
					const struct zv_record *record, struct zv_str key, struct zv_str name, struct zv_err *err);

/* Values: unknown when the value is null or the text is empty. */
void zv_facts_text(struct zv_rules_cell *cell, struct zv_str text);
void zv_facts_number(struct zv_rules_cell *cell, int64_t value);
void zv_facts_from(struct zv_facts_making *m, struct zv_rules_cell *cell, const struct zv_register *reg, const struct zv_record *record, const char *column);

/* The origin of one column of a record, or of the whole when `column` is NULL; -1 when nothing is to be told. */
ZV_MUST_CHECK enum zv_code zv_facts_origin(int32_t *out, struct zv_facts_making *m, const struct zv_register *reg, const struct zv_record *record,
					   const char *column, struct zv_str document, struct zv_err *err);

/* What people stated, of rows of `statement`: of each name the latest word. Edits of the kind STATE come after. */
ZV_MUST_CHECK enum zv_code zv_facts_statements(struct zv_facts_making *m, const struct zv_record *rows, size_t n, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_facts_state_edits(struct zv_facts_making *m, struct zv_err *err);

/* yes, no, да, нет, true, false, 1, 0; -1: none of them */
int zv_facts_yes_no(struct zv_str text);

/* The federal district of a region; empty: not known. */
struct zv_str zv_facts_district(struct zv_str region);

/* Ministates that both kinds of subjects ask for. */
ZV_MUST_CHECK enum zv_code zv_facts_in_register(int *out, struct zv_facts_making *m, int64_t cluster_id, struct zv_err *err); /* 1, 0; -1 not known */

#endif
