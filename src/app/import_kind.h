/*
 * What a file of one kind looks like and how a row of it becomes records. A kind ("needs") has profiles: the own template
 * and files of others. A profile says how its file is recognised and maps one row to planned records; the import writes them,
 * counts, and keeps faults. Kinds and their profiles are listed in app/import_kinds.c.
 */
#ifndef ZV_APP_IMPORT_KIND_H
#define ZV_APP_IMPORT_KIND_H

#include "base/arena.h"
#include "format/rows.h"
#include "model/control.h"
#include "model/region.h"
#include "store/register.h"

/* A running import. Everything that a map function may ask of it is in this header. */
struct zv_import;

/* What a cell of the template may be chosen from (sheet "Lists"). */
enum zv_import_list {
	ZV_LIST_NONE,
	ZV_LIST_REGIONS,
	ZV_LIST_UNITS,
	ZV_LIST_STATES,
	ZV_LIST_ORG_KINDS,
	ZV_LIST_YES_NO,
	ZV_LIST_VISIBILITY,
	ZV_LIST_STATUS,
	ZV_LIST_RELATIONS,
	ZV_LIST_SUBSTITUTE_STATES,
	ZV_LIST_ACTIONS,
	ZV_LIST_MATCH_KINDS,
	ZV_LIST_CLUSTER_STATES,
	ZV_LIST_MEMBER_ROLES,
	ZV_LIST_CONTRACT_KINDS,
	ZV_LIST_PROJECT_KINDS,
	ZV_LIST_PROJECT_STATES,
	ZV_LIST_PROJECT_ROLES,
	ZV_LIST_INFRA_KINDS,
	ZV_LIST_INFRA_STATES,
	ZV_LIST_INPUT_KINDS,
	ZV_LIST_SOURCE_STATES,
	ZV_LIST_COUNT
};

struct zv_import_column {
	const char *key;      /* machine key, in the hidden row of a template; of XML and JSON: the path of the record spec */
	const char *en, *ru;  /* the header as people read it; NULL: the key alone */
	const char *aliases;  /* other headers, parted by "|"; NULL. Headers are compared folded, without blanks at the ends and a final "*" */
	bool required;        /* the file must have the column; whether a cell may be empty is up to `map` */
	enum zv_import_list list;
	const char *help;     /* msgid: meaning, for the Help sheet; NULL in files of others */
	const char *examples; /* one for each example row of the template, parted by "|"; NULL: empty */
	const char *examples_en; /* the same in the English template; NULL: as `examples` */
};

/* A data row by the columns of the profile, trimmed; a column that the file does not have is an empty text. Everything is borrowed until `map` returns. */
struct zv_import_row {
	int64_t line;
	const struct zv_str *cells;  /* cells[i] belongs to profile->columns[i] */
	const struct zv_row *raw;    /* as the file has it */
	struct zv_arena *arena;      /* emptied before the next row */
};

struct zv_import_profile {
	const char *name;  /* "native", "okpd2-xml": stable, for --profile and reports */
	const char *label; /* msgid */
	enum zv_file_type type; /* ZV_FILE_CSV: any table (CSV, XLSX); ZV_FILE_XML, ZV_FILE_JSON */
	const struct zv_import_column *columns;
	size_t n_columns;
	/*
	 * A table is recognised by its first row: NULL means that all required columns are found in it. A file without a header
	 * needs a function, and then cells[i] is column i of the file and the first row is data.
	 */
	bool (*headless)(const struct zv_row *first);
	/* XML and JSON: how records become rows; spec->columns are columns[i].key in the same order. A profile whose spec finds no record is not it. */
	const struct zv_record_spec *spec;
	bool no_quotes; /* tables: passed on to the reader when the profile is asked for by name, or by a file name as follows */
	char separator;
	const char *file_suffix; /* ".txt" (also before .gz): the profile to try first for such names; NULL */
	bool registered; /* a public register keeps the organisations apart by its numbers: names alike are no question to a person */
	bool exact; /* unknown columns are worth a warning (own template); otherwise they are passed over */
	/* Bytes of state for one import, zeroed (zv_import_state), and what to free in it at the end; 0 and NULL when there is none. */
	size_t state_size;
	void (*state_done)(void *state);
	/*
	 * Checks the row and plans its records (zv_import_plan). Nothing is written when it fails: INVALID, NOTFOUND, CONFLICT, LIMIT,
	 * UNSUPPORTED and DENIED make this row an error with that message (err->field names the column by its key);
	 * IO, BUSY and BUG end the import.
	 */
	enum zv_code (*map)(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err);
};

struct zv_import_kind {
	const char *name;  /* "needs" */
	const char *label; /* msgid */
	const char *reg;   /* name of the main register: the row counts as new, changed or same by its first record of this register */
	bool national;     /* reference data: rows belong to centre 0 */
	/* A record of the own register as cells of profiles[0], for export (zv_import_export_row); NULL when there is no own template. */
	enum zv_code (*unmap)(struct zv_str *cells, struct zv_db *db, const struct zv_record *record, struct zv_arena *arena, struct zv_err *err);
	const struct zv_import_profile *const *profiles; /* the own template first; the first one recognised reads the file */
	size_t n_profiles;
};

const struct zv_import_kind *zv_import_kind_find(const char *name); /* NULL when there is none */
const struct zv_import_kind *zv_import_kind_at(size_t i);           /* in the order in which they may refer to one another; NULL at the end */

/* --- what a map function plans --------------------------------------------------------------------------------------- */

/*
 * A new record of the register in the row's arena: all values null, owned by the import's centre, said on its date, declared.
 * `source_key` is the key in the source, unique for the register; the name space of the import is put before it. The same key
 * stored before makes it a change, values that are null here keep what is stored. Records are written in the order planned.
 * Two records of the main register may not come from two rows with the same key: the second row is an error.
 */
struct zv_record *zv_import_plan(struct zv_import *im, const struct zv_register *reg, struct zv_str source_key);

/* For values by the column's name; `column` must be a literal of the register (found once, then by its address). */
void zv_import_set_text(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str value); /* empty: stays null */
void zv_import_set_int(struct zv_import *im, struct zv_record *record, const char *column, int64_t value);

/*
 * A value for a record that turns out to be new; also put in the place of the stored value `instead_of` (-1: of none) when the
 * row itself says nothing. For columns that must have a value: state, visibility, kind.
 */
void zv_import_default_int(struct zv_import *im, struct zv_record *record, const char *column, int64_t value, int64_t instead_of);

/* The same for a text; the empty text gives none. */
void zv_import_default_text(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str value);

/* Another key than the one planned, for keys that are made of the record's values. */
void zv_import_rekey(struct zv_import *im, struct zv_record *record, struct zv_str source_key);

/* A row that is stored or planned: to be written before what refers to it. */
struct zv_import_ref {
	int64_t id;                /* 0 when planned is set */
	struct zv_record *planned; /* NULL when stored */
};

void zv_import_set_ref(struct zv_import *im, struct zv_record *record, const char *column, struct zv_import_ref ref);

/* --- what it may ask ------------------------------------------------------------------------------------------------- */

/* What is known of an organisation; anything may be empty. */
struct zv_import_org {
	struct zv_str key; /* key in the source; without one the INN and KPP, the OGRN or a digest of name and region serve */
	struct zv_str inn, kpp, ogrn, name, short_name, region, address, okved, phone, site, note;
	int kind; /* -1: not stated */
};

/*
 * The organisation by key, INN (and KPP), OGRN or exact name. When there is none and `create`, it is planned as declared, for which
 * a name and a right INN, OGRN or key must be given. ZV_E_NOTFOUND says which file to import first. Ids are checked, `field_*`
 * names in errors are "inn", "kpp", "ogrn" with `prefix` before them ("org_inn", "supplier_inn").
 */
ZV_MUST_CHECK enum zv_code zv_import_org(struct zv_import_ref *out, struct zv_import *im, const struct zv_import_org *org, bool create,
					 const char *prefix, struct zv_err *err);

/* The same where the row belongs to nobody in particular, or to somebody else: also an import that may write one organisation only finds all. */
ZV_MUST_CHECK enum zv_code zv_import_org_any(struct zv_import_ref *out, struct zv_import *im, const struct zv_import_org *org, bool create,
					     const char *prefix, struct zv_err *err);

/* What is known of an item; anything may be empty. */
struct zv_import_item {
	struct zv_str key, cas, okpd2, name, name_en, synonyms, hs, gost, inchikey;
	int dim;              /* ZV_DIM_NONE: not stated */
	int64_t density_mg_l; /* 0: not stated */
};

/* The item by CAS, own key or uid, exact name or synonym; by OKPD2 when nothing else is given and one item alone has it. Planned when there is none, `create`, and a name is given. */
ZV_MUST_CHECK enum zv_code zv_import_item(struct zv_import_ref *out, struct zv_import *im, const struct zv_import_item *item, bool create,
					  struct zv_err *err);

/* The keys and columns that both look-ups give to what they plan, for kinds that plan organisations and items themselves. */
struct zv_str zv_import_org_key(struct zv_import *im, const struct zv_import_org *org);
void zv_import_org_fill(struct zv_import *im, struct zv_record *record, const struct zv_import_org *org);
struct zv_str zv_import_item_key(struct zv_import *im, const struct zv_import_item *item);
void zv_import_item_fill(struct zv_import *im, struct zv_record *record, const struct zv_import_item *item);

/*
 * The gate of controlled substances; ask first in `map`, before anything else of the row can become a message. ZV_E_DENIED: refused;
 * the import then neither stores nor repeats any text of the row. held->code is ZV_OK, or held says why the row must wait (a permit of
 * the organisation under the regime is missing, or an expert must look): plan the record as held where the register has such a
 * state and the action is PERMIT_CHECK, or plan nothing, and call zv_import_hold. `org` may be zero: nobody's permit counts.
 */
ZV_MUST_CHECK enum zv_code zv_import_gate(struct zv_control_result *out, struct zv_err *held, struct zv_import *im,
					  const struct zv_control_query *query, struct zv_import_ref org, struct zv_err *err);

/* Region by any spelling, cached. The empty text gives NULL. */
ZV_MUST_CHECK enum zv_code zv_import_region(const struct zv_region **out, struct zv_import *im, struct zv_str text, const char *field,
					    struct zv_err *err);

/* A further fault of this row besides the one that `map` returns: the row is an error. */
void zv_import_fault(struct zv_import *im, const struct zv_err *fault);

/* Something that the user should know; the row is imported all the same. */
void zv_import_warn(struct zv_import *im, const struct zv_err *fault);

/* The row is kept out until somebody acts, and counted as held with this reason. Its planned records are not written unless `write`. */
void zv_import_hold(struct zv_import *im, const struct zv_err *reason, bool write);

/* The row holds nothing to import (a heading, a total): counted as skipped with this reason, no error. */
void zv_import_skip(struct zv_import *im, const struct zv_err *reason);

/* `name=value` of the import's settings; the empty text when it is not set. */
struct zv_str zv_import_setting(const struct zv_import *im, const char *name);

zv_date zv_import_said_on(const struct zv_import *im);
int64_t zv_import_centre(const struct zv_import *im);
struct zv_db *zv_import_db(struct zv_import *im);
void *zv_import_state(struct zv_import *im);

/* BLAKE2b of the texts, 32 hex digits, in the row's arena: a key for rows that have none. */
struct zv_str zv_import_digest(struct zv_import *im, const struct zv_str *texts, size_t n);

#endif
