/*
 * Import: one file into one register, as one batch. Every row is counted; what cannot be used is counted with its reason. A dry
 * run does the same work and takes it back, so what it says is what applying gives.
 */
#ifndef ZV_APP_IMPORT_H
#define ZV_APP_IMPORT_H

#include "base/arena.h"
#include "base/date.h"
#include "format/rows.h"
#include "store/register.h"

enum zv_import_level {
	ZV_IMPORT_ERROR,     /* the row is not imported */
	ZV_IMPORT_HELD,      /* kept out, or in but not in force, until somebody acts (a permit record) */
	ZV_IMPORT_DUPLICATE, /* kept out until a person decides (zv_dup_decide) */
	ZV_IMPORT_SKIPPED,   /* holds nothing to import */
	ZV_IMPORT_WARNING,   /* the row is imported all the same */
	ZV_IMPORT_LEVELS
};

struct zv_import_fault {
	int64_t line;
	enum zv_import_level level;
	struct zv_str column; /* machine key of the column at fault; empty: the row */
	struct zv_str text;   /* a whole sentence in the caller's language */
	enum zv_code code;    /* what kind of fault it is */
};

/* Faults of one kind: their common sentence (before translation) and how many there were. */
struct zv_import_fault_group {
	const char *msgid;
	enum zv_import_level level;
	int64_t n;
	int64_t first_line;
};

enum { ZV_IMPORT_FAULTS_KEPT = 1000, ZV_IMPORT_GROUPS_KEPT = 200 };

struct zv_import_report {
	int64_t rows; /* = n_new + n_changed + n_same + n_error + n_held + n_duplicate + n_skipped */
	int64_t n_new, n_changed, n_same, n_error, n_held, n_duplicate, n_skipped;
	int64_t n_warnings;
	bool dry_run;
	bool applied;          /* a batch was stored: at least one row was written */
	struct zv_str batch;   /* its uid; empty when nothing was written */
	struct zv_str profile; /* which reading of the file: "native" */
	struct zv_rows_info file; /* type, encoding and how it was found, separator, sheet */
	struct zv_str digest;  /* of the file's bytes, hex */
	int64_t wall_ms, cpu_ms; /* cpu: of this process; the reader's child counts apart */
	const struct zv_import_fault *faults; /* the first ZV_IMPORT_FAULTS_KEPT, in the order of lines */
	size_t n_faults;
	int64_t faults_total;
	const struct zv_import_fault_group *groups; /* largest first */
	size_t n_groups;
	struct zv_arena arena; /* everything above lives here */
};

/* What a row wants in the store. */
struct zv_import_write {
	const struct zv_register *reg;
	const struct zv_record *old;    /* NULL: new */
	const struct zv_record *record; /* as it would be stored, but for references to rows that are new as well */
	bool main, changes;
	bool own_file; /* the profile is the own template */
};

struct zv_import_options {
	const char *centre;     /* code of the centre that owns new rows; NULL: the national one */
	const char *actor;      /* "cli:name" */
	const char *source;     /* name of the source as the batch keeps it; NULL: the file's name without its folders */
	const char *file_name;  /* as the sender calls the file, where the path is another; NULL: the path. Its ending helps to read it */
	const char *action;     /* what the batch is called ("need.set"); NULL: the kind */
	const char *name_space; /* put before every source key ("eis:"), so that two sources do not meet; NULL: none */
	const char *profile;    /* name of the profile; NULL: find out */
	zv_date said_on;        /* 0 or ZV_DATE_NONE: today */
	bool dry_run;
	const char *encoding;   /* as struct zv_rows_options */
	char separator;
	const char *sheet;
	const char *errors_path; /* the rows at fault with a red column of reasons: .xlsx, or .csv; NULL: none */
	const char *const *settings; /* "name=value" of the kind, NULL-ended; NULL: none */
	void (*ack)(void *context, struct zv_str source_key); /* for each row that is in the store, in file order, after the commit is durable */
	void (*progress)(void *context, int64_t rows, int64_t bytes);
	int64_t progress_rows; /* how often; 0: every 5,000 rows */
	bool (*stop)(void *context); /* asked before each row: true ends the import with ZV_E_CONFLICT, and nothing is written */
	/*
	 * Asked for every record that a row would make (`old` NULL), change, or find as it is, before anything of the row is written. ZV_E_DENIED makes the
	 * row an error with that sentence; `main`: it is the row's own record, not one that is added because the row names it.
	 */
	enum zv_code (*allow)(void *context, const struct zv_import_write *write, struct zv_err *err);
	/* Whether an item may be told of: a row that names a hidden one gets the answer that it would get without it. NULL: all are seen. */
	enum zv_code (*sees_item)(bool *out, void *context, int64_t item_id, struct zv_err *err);
	/* The same for rows of other registers that a row refers to, or whose key it has. NULL: all are seen. */
	enum zv_code (*sees_row)(bool *out, void *context, const struct zv_register *reg, const struct zv_record *record, struct zv_err *err);
	int64_t own_org; /* only rows of this organisation, and nothing of any other may be told by the report; 0: of all */
	void *context;
	/* One row by columns of the own template instead of a file: nothing is parsed, and `path` only names the source. NULL: the file. */
	const struct zv_str *cells;
	const struct zv_record *old; /* the stored row that these cells are of; NULL: found by its key */
	bool look; /* with a handle that only reads: rows are mapped, looked up and asked about, and nothing is written or taken back */
	/*
	 * By column of the profile, for a file of one row: what the cell held before, where the row takes that value away. What only the
	 * old cell gave is then null and not kept. NULL: an empty cell says nothing.
	 */
	const struct zv_str *cleared;
};

/*
 * Imports the file at `path` as `kind` ("needs"). ZV_OK also when every row was at fault: look at the report. On failure (no such
 * file or kind, a broken file, a column missing, the database) nothing is written. *out is filled in either case and must be
 * given to zv_import_report_done. Memory: bounded but for 12 bytes a row, and with `ack` the keys.
 */
ZV_MUST_CHECK enum zv_code zv_import(struct zv_import_report *out, struct zv_db *db, const char *kind, const char *path,
				     const struct zv_import_options *options, struct zv_err *err);

void zv_import_report_done(struct zv_import_report *report);

/* "error", "held" ...: stable words for JSON. */
const char *zv_import_level_name(enum zv_import_level level);

/* --- the same columns outwards: what is exported imports again with nothing changed ------------------------------------ */

/* Columns of the own template of a kind: keys and headers in the thread's language. ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_import_export_columns(const char *const **keys, const char *const **titles, size_t *n, const char *kind,
						    struct zv_arena *arena, struct zv_err *err);

/* Calls `each` with the cells of every record of the kind, in the order of ids, until it returns false. centre NULL: all. */
ZV_MUST_CHECK enum zv_code zv_import_export_each(struct zv_db *db, const char *kind, const char *centre,
						 bool (*each)(void *context, const struct zv_str *cells, size_t n), void *context,
						 struct zv_err *err);

#endif
