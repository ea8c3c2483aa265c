/* The inside of a running import, shared by the import_*.c files only. */
#ifndef ZV_APP_IMPORT_RUN_H
#define ZV_APP_IMPORT_RUN_H

#include "app/dup_index.h"
#include "app/import.h"
#include "app/import_errors.h"
#include "app/import_kind.h"
#include "app/import_seen.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/batch.h"

enum { PLANS_MAX = 64, REFS_MAX = 4, DEFAULTS_MAX = 8, COLUMN_SLOTS = 512 };

/* A value for a new row, or one that takes the place of the stored value `instead_of`. */
struct zv_plan_default {
	int column;
	int64_t value;
	int64_t instead_of;
	struct zv_str text;
};

struct zv_plan_ref {
	int column;
	struct zv_record *to;
};

/* A record that the row wants in the store. */
struct zv_plan {
	const struct zv_register *reg;
	struct zv_record *record;
	struct zv_record *old; /* what is stored; NULL: it is new */
	struct zv_plan_ref refs[REFS_MAX];
	struct zv_plan_default defaults[DEFAULTS_MAX];
	int n_refs, n_defaults;
	uint64_t cleared; /* columns that the row takes away, by bits */
};

enum zv_row_class { ROW_NEW, ROW_CHANGED, ROW_SAME, ROW_ERROR, ROW_HELD, ROW_DUPLICATE, ROW_SKIPPED };

/* A message about the row in work. */
struct zv_row_note {
	enum zv_import_level level;
	struct zv_err err;
};

/* A pair that a person must decide on, kept until it can be stored. */
struct zv_dup_found {
	int64_t org_id;
	struct zv_str fingerprint, row_text, reasons; /* in `life` */
	int64_t score;
};

struct zv_import {
	struct zv_db *db;
	const struct zv_import_options *options;
	const struct zv_import_kind *kind;
	const struct zv_import_profile *profile;
	const struct zv_register *reg; /* the main one */
	int64_t centre_id;
	zv_date said_on;
	struct zv_batch batch;
	bool batch_open;
	int64_t writes; /* records inserted or changed, with the secondary ones */
	struct zv_arena life; /* until the end of the import */
	struct zv_import_report *report;
	void *state; /* of the profile */

	/* the file */
	const char *path;         /* where it is; messages name it as the sender does */
	struct zv_rows *rows;     /* NULL: the row of options->cells is all there is */
	struct zv_str *header;    /* its first row as it is written, in `life`; NULL when there is none */
	size_t n_header;
	int *column_at;           /* of each profile column: the column of the file, or -1 */
	struct zv_str *cells;     /* by profile column, for the row in work */

	/* the row in work */
	struct zv_arena row_arena;
	int64_t line;
	struct zv_str made_key; /* the last key made of cells of this row that has none; empty: none was made */
	struct zv_plan plans[PLANS_MAX];
	int n_plans;
	ZV_VEC(struct zv_row_note) notes;
	bool hold, hold_write, skip, secret;

	/* look-ups, by what the file says */
	struct zv_map orgs, items; /* to ids */
	struct zv_map regions;     /* to pointers */
	struct zv_map clean_items; /* ids of stored items without a hit */
	struct zv_map org_regions; /* ids of stored organisations to regions */
	struct zv_map clean;       /* what the gate has let pass without a hit */
	struct zv_map requirements; /* as written, to an index in `canonical` */
	ZV_VEC(struct zv_str) canonical;
	struct zv_buf scratch;
	struct zv_controls *controls; /* the operator's list, when there is one */
	const struct zv_controls *rules; /* what is looked at: that one, or the built-in */
	struct {
		const char *name;
		const struct zv_register *reg;
		int at;
	} columns[COLUMN_SLOTS];

	struct zv_import_seen seen;
	struct zv_dup_index *dups; /* NULL until an organisation is new */
	ZV_VEC(struct zv_dup_found) found;
	struct zv_import_errors errors;
	struct zv_map groups; /* msgid and level to an index of group */
	ZV_VEC(struct zv_import_fault) faults;
	ZV_VEC(struct zv_import_fault_group) group;
	FILE *acks; /* keys of the rows in the store, until the commit */
};

/* import_header.c: finds the profile and the columns. Fills profile, rows, header, column_at; *first is a data row that was read already (its cells in `life`), n = 0 when there is none. */
ZV_MUST_CHECK enum zv_code zv_import_open_file(struct zv_import *im, const char *path, struct zv_row *first, bool *has_first,
					       struct zv_err *err);

/* import_plan.c: ZV_E_CONFLICT is a fault of the row; then writes what it has planned and says what came of it. */
ZV_MUST_CHECK enum zv_code zv_import_check_row(struct zv_import *im, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_import_write_row(enum zv_row_class *out, struct zv_import *im, struct zv_err *err);
struct zv_plan *zv_import_plan_of(struct zv_import *im, const struct zv_record *record);
int zv_import_column_at(struct zv_import *im, const struct zv_register *reg, const char *column);

/* import_lookup.c */
void zv_import_lookup_init(struct zv_import *im);
void zv_import_lookup_done(struct zv_import *im);

/* The id of the row with this public id, or this key in the source; 0 when there is none. */
ZV_MUST_CHECK enum zv_code zv_import_find_key(int64_t *id, struct zv_import *im, const char *register_name, struct zv_str key, struct zv_err *err);

/* The region of a stored organisation as ISO code, cached; empty when it is not stated. */
ZV_MUST_CHECK enum zv_code zv_import_org_region(struct zv_str *out, struct zv_import *im, int64_t org_id, struct zv_err *err);

/* Puts into a cache that begins anew when it has grown large. */
void zv_import_cache_put(struct zv_map *cache, struct zv_str key, int64_t value);

/* import_gate.c */
ZV_MUST_CHECK enum zv_code zv_import_controls_load(struct zv_import *im, struct zv_err *err);

/* import_report.c */
void zv_report_note(struct zv_import *im, enum zv_import_level level, int64_t line, const struct zv_err *fault);
void zv_report_finish(struct zv_import *im);

/* dup_find.c: the stored organisation that a new one is (*same), or a pair for a person (*pair). */
ZV_MUST_CHECK enum zv_code zv_import_dup_check(struct zv_record **same, bool *pair, struct zv_import *im, const struct zv_record *record,
					       struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_import_dup_store(struct zv_import *im, struct zv_err *err);

#endif
