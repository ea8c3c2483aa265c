/*
 * One row of a register added, changed or taken away by hand: the same checks, gate, history and undo as a row of a file. For every
 * register that has a template of its own (app/import_kinds.c); values are cells by the keys of that template.
 */
#ifndef ZV_APP_ROW_EDIT_H
#define ZV_APP_ROW_EDIT_H

#include "app/import.h"
#include "auth/who.h"
#include "base/arena.h"
#include "base/err.h"
#include "store/register.h"

struct zv_row_field {
	struct zv_str name;  /* key of a column of the template: "qty", "tolerance", "state" */
	struct zv_str value; /* as in a file; the empty text says nothing and keeps what is stored */
	bool clear;          /* instead: the value goes, what it was stays in the history */
};

/* What would raise the chance of a need, most useful first. */
struct zv_row_hint {
	const char *field;  /* key of the template */
	struct zv_str text; /* "purity: makers are asked ...": both of the following */
	struct zv_str name; /* "purity", "ceiling price" */
	struct zv_str effect;
};

enum { ZV_ROW_HINTS_MAX = 3, ZV_ROW_FIELDS_MAX = 64 };

struct zv_row_edit {
	struct zv_record record; /* the row as it is now stored */
	struct zv_str batch;     /* uid; empty when nothing was different */
	bool changed;
	bool rival; /* a stronger statement stands: what was said is kept beside it */
	struct zv_row_hint hints[ZV_ROW_HINTS_MAX]; /* of needs */
	size_t n_hints;
	struct zv_import_report report; /* all faults and warnings; zv_row_edit_done */
};

struct zv_row_edit_options {
	const struct zv_who *who; /* what may be written, by auth/rights.h, with the row's centre and organisation; NULL: everything */
	const char *actor;        /* NULL: who->actor */
	int64_t org_id;           /* for people of several organisations: for which; 0: the first */
	const char *centre;       /* code: where a new row goes; NULL: that of who's grants, or the national one */
	zv_date said_on;          /* ZV_DATE_NONE: today */
	bool dry_run;             /* with a handle that only reads: `record` is what would be stored, without references to what is new as well */
};

void zv_row_edit_done(struct zv_row_edit *edit);

/* The hints for a need with these values, into edit->hints; the texts live in `arena`. */
void zv_row_hints(struct zv_row_edit *edit, const struct zv_record *record, struct zv_arena *arena);

/* Whether rows of the register can be edited: it has a template. */
bool zv_row_edit_has(const struct zv_register *reg);

/* Whether the template of the register has this key. */
bool zv_row_edit_field(const struct zv_register *reg, struct zv_str name);

/*
 * Adds a row; a need is a draft unless a field says otherwise. ZV_E_INVALID with the first fault when a field is wrong, ZV_E_CONFLICT
 * when the key is there already or the row is a probable duplicate, ZV_E_DENIED when `who` may not: then nothing is written. *out must be given to zv_row_edit_done in either case.
 */
ZV_MUST_CHECK enum zv_code zv_row_add(struct zv_row_edit *out, struct zv_db *db, const struct zv_register *reg, const struct zv_row_field *fields,
				      size_t n, const struct zv_row_edit_options *options, struct zv_arena *arena, struct zv_err *err);

/* Changes fields of a stored row. The same codes; ZV_E_DENIED also when the row may not be given to another organisation. */
ZV_MUST_CHECK enum zv_code zv_row_set(struct zv_row_edit *out, struct zv_db *db, const struct zv_register *reg, const struct zv_record *row,
				      const struct zv_row_field *fields, size_t n, const struct zv_row_edit_options *options, struct zv_arena *arena,
				      struct zv_err *err);

/*
 * Takes a row away that was added by hand and that nothing stands on, as if it had never been (its batches are undone).
 * ZV_E_CONFLICT otherwise: such a need is closed (state=closed), so that what refers to it stays true.
 */
ZV_MUST_CHECK enum zv_code zv_row_delete(struct zv_db *db, const struct zv_register *reg, const struct zv_record *row,
					 const struct zv_row_edit_options *options, struct zv_arena *arena, struct zv_err *err);

/*
 * The version of a row for an ETag: other after every change, the same as long as nothing changed, and no count (a count would tell
 * how much happens in rows that one may not see). In `arena`.
 */
ZV_MUST_CHECK enum zv_code zv_row_version(struct zv_str *out, struct zv_db *db, const struct zv_register *reg, const struct zv_record *row,
					  struct zv_arena *arena, struct zv_err *err);

/* The same of a row whose history is at hand, all of it as zv_record_facts gives it. */
struct zv_str zv_row_version_of(const struct zv_register *reg, const struct zv_record *row, const struct zv_fact *facts, size_t n,
				struct zv_arena *arena);

#endif
