/*
 * Registers: the large tables that people fill. All have the same frame (key, centre, source, provenance) around their own
 * columns, so that finding, inserting, changing with history, undoing, listing and exporting are written once and driven
 * by a description. One file an entity (org.c, need.c ...) holds its description and its SQL.
 *
 * Key of a row: id = centre * 2^40 + n. The upper part is the centre that owns the row; `uid` is the public name.
 */
#ifndef ZV_STORE_REGISTER_H
#define ZV_STORE_REGISTER_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "store/db/db.h"
#include "store/id.h"

enum zv_column_type {
	ZV_COL_TEXT,
	ZV_COL_INT,      /* a plain number */
	ZV_COL_BOOL,     /* 0, 1 */
	ZV_COL_DATE,     /* days since 1970-01-01 */
	ZV_COL_QUARTER,  /* year * 4 + (0..3) */
	ZV_COL_QTY,      /* base units of the row's `dim` */
	ZV_COL_KOP,      /* kopecks */
	ZV_COL_MICRO,    /* millionths: coordinates in degrees */
	ZV_COL_ENUM,     /* a small number with names in `words` */
	ZV_COL_REF       /* id of a row of the register `ref` */
};

struct zv_column {
	const char *name; /* name in SQL, JSON, CSV and templates */
	enum zv_column_type type;
	bool fact;               /* carries provenance and history; false for derived columns such as name_key */
	const char *ref;         /* ZV_COL_REF: name of the register */
	const char *const *words; /* ZV_COL_ENUM: NULL-ended names by value */
	const char *label;       /* English msgid; Russian by po/ */
	/*
	 * Decided together with that column (which stands before it), because one makes no sense without the other: a price and
	 * the amount it is for. All of them win or lose as the first one does. NULL: decided alone.
	 */
	const char *with;
	const char *sql_users; /* ZV_COL_REF, $1 batch, $2 limit: the batch of a row that refers to a row made by batch $1, but is not of it */
};

/* A value of one column. null: not stated, which is never zero and never false. */
struct zv_value {
	bool null;
	int64_t i;       /* all types but TEXT */
	struct zv_str s; /* TEXT */
};

enum { ZV_COLUMNS_MAX = 40 };

struct zv_record;

struct zv_register {
	const char *name;     /* "need": for the command line, the API and facts */
	const char *plural;   /* "needs" */
	const char *uid_kind; /* "need": prefix of uids */
	const char *label;    /* English msgid of the plural */
	int entity;           /* number in facts; never changes */
	const struct zv_column *columns;
	int n_columns;
	/*
	 * SQL over the frame: id, centre_id, uid, source_key, batch_id, line, said_on, status (in this order, $1..$8 or
	 * columns 0..7) and then the columns in the order of `columns`.
	 */
	const char *sql_insert;      /* $1.. frame, then columns */
	const char *sql_update;      /* $1 id, $2 line, then columns: the frame stays that of the batch that made the row */
	const char *sql_by_key;      /* $1 centre_id, $2 source_key */
	const char *sql_by_id;       /* $1 id */
	const char *sql_by_uid;      /* $1 uid */
	const char *sql_page;        /* $1 id after which, $2 limit; by id */
	const char *sql_every;       /* the same with rows that stand for nothing any more: merged organisations */
	const char *sql_count;
	const char *sql_ids_of_batch; /* $1 batch: ids of rows whose batch_id it is */
	const char *sql_batch_page;   /* $1 batch, $2 id after which, $3 limit: the last id of the next page, or NULL */
	const char *sql_batch_rows;   /* $1 batch, $2 id after which, $3 last id: the rows of such a page */
	const char *sql_delete_batch; /* $1 batch, $2 id after which, $3 last id: rows that it made */
	const char *sql_changers;     /* $1 batch, $2 limit: another batch that says something about a row that it made */
	/* Keeps what the store derives from a row, after it was inserted (`fresh`) or changed; NULL: nothing. */
	enum zv_code (*stored)(struct zv_db *db, const struct zv_record *record, bool fresh, struct zv_err *err);
};

/* Who said a value and how sure it is (feature R4). */
enum zv_status { ZV_DECLARED = 1, ZV_CONFIRMED_DOCUMENT = 2, ZV_CONFIRMED_CENTRE = 3, ZV_DISPUTED = 4 };

struct zv_record {
	int64_t id; /* 0 until stored */
	int64_t centre_id;
	struct zv_str uid;
	struct zv_str source_key;
	int64_t batch_id;
	int64_t line;
	zv_date said_on;
	enum zv_status status;
	struct zv_value values[ZV_COLUMNS_MAX];
};

/* All registers, in the order in which they may refer to one another. */
const struct zv_register *const *zv_registers(int *n);
const struct zv_register *zv_register_find(const char *name); /* by name or plural; NULL when there is none */
int zv_register_column(const struct zv_register *reg, const char *name); /* -1 when there is none */

/* Records found are copied into `arena`. ZV_E_NOTFOUND when there is none. */
ZV_MUST_CHECK enum zv_code zv_record_by_key(struct zv_record *out, struct zv_db *db, const struct zv_register *reg,
					    int64_t centre_id, struct zv_str source_key, struct zv_arena *arena,
					    struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_record_by_id(struct zv_record *out, struct zv_db *db, const struct zv_register *reg, int64_t id,
					   struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_record_by_uid(struct zv_record *out, struct zv_db *db, const struct zv_register *reg,
					    struct zv_str uid, struct zv_arena *arena, struct zv_err *err);

/* Inserts; fills record->id and record->uid (arena) when they are not given. Inside a transaction of the caller. */
ZV_MUST_CHECK enum zv_code zv_record_insert(struct zv_db *db, const struct zv_register *reg, struct zv_record *record,
					    struct zv_arena *arena, struct zv_err *err);

/*
 * Changes the values of the stored `old` into those of `new`, on whose word its batch, line, date and status are: writes facts
 * for every column that changes and keeps what was there. The frame of the row stays that of the batch that made it: a value
 * that never changed has its provenance, any other has facts. A value whose provenance is weaker than the stored one's (lower
 * status, or older date at the same status) does not win: it is kept as a rival. An equal value of a higher status confirms
 * the stored one. *changed tells how many columns changed or gained a rival; 0 means "same".
 */
ZV_MUST_CHECK enum zv_code zv_record_change(int *changed, struct zv_db *db, const struct zv_register *reg,
					    const struct zv_record *old, const struct zv_record *new, struct zv_err *err);

/*
 * Sets one column whatever its provenance, which stays: the same person said it on the same day, only that what he named is now called
 * otherwise (a merge). What was there is kept and comes back when the batch is undone. Not for columns that are decided `with` another one.
 */
ZV_MUST_CHECK enum zv_code zv_record_repoint(struct zv_db *db, const struct zv_register *reg, const struct zv_record *old, int column,
					     struct zv_value value, int64_t batch_id, struct zv_err *err);

/*
 * Says the value of `column` once more, as it is, on the word of `said` (batch, line, date, status): it has that provenance from then on, and
 * what it was goes to the history. Inside a transaction of the caller.
 */
ZV_MUST_CHECK enum zv_code zv_record_restate(struct zv_db *db, const struct zv_register *reg, const struct zv_record *record, int column,
					     const struct zv_record *said, struct zv_err *err);

/*
 * Calls `each` for every record in the order of ids until it returns false; the record lives until `each` returns. `each` may
 * use the database. `limit` records at most, INT64_MAX: all.
 */
ZV_MUST_CHECK enum zv_code zv_record_each(struct zv_db *db, const struct zv_register *reg, int64_t after_id, int64_t limit,
					  bool (*each)(void *context, const struct zv_record *record), void *context,
					  struct zv_err *err);
/* The same over everything that is stored, merged organisations as well: for the digest of the registers. */
ZV_MUST_CHECK enum zv_code zv_record_every(struct zv_db *db, const struct zv_register *reg,
					   bool (*each)(void *context, const struct zv_record *record), void *context, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_record_count(int64_t *out, struct zv_db *db, const struct zv_register *reg, struct zv_err *err);

/* Binds the columns to $from, $from + 1 ...; for the files of the store. */
void zv_record_bind(struct zv_stmt *stmt, int from, const struct zv_register *reg, const struct zv_record *record);

/* The row of a statement that selects the frame and the columns; texts are copied into `arena`. For the files of the store. */
void zv_record_read(struct zv_record *out, struct zv_stmt *stmt, const struct zv_register *reg, struct zv_arena *arena);

/* --- history ------------------------------------------------------------------------------------------------------ */

enum zv_fact_state { ZV_FACT_WINS = 1, ZV_FACT_RIVAL = 2, ZV_FACT_PAST = 3, ZV_FACT_UNDONE = 4 };

struct zv_fact {
	const struct zv_column *column;
	struct zv_value value;
	enum zv_fact_state state;
	enum zv_status status;
	zv_date said_on;
	int64_t batch_id;
	int64_t line;
	int64_t recorded_ms;
};

/* The provenance of every fact column: the winning value first, then rivals and past ones, newest first. */
ZV_MUST_CHECK enum zv_code zv_record_facts(struct zv_fact **out, size_t *n, struct zv_db *db, const struct zv_register *reg,
					   const struct zv_record *record, struct zv_arena *arena, struct zv_err *err);

#endif
