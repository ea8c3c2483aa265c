/* Cells to values of a planned record, for the own kinds. A cell at fault becomes a fault of the row and the next cell is looked at. */
#ifndef ZV_APP_KIND_CELLS_H
#define ZV_APP_KIND_CELLS_H

#include "app/import_kind.h"
#include "model/ident.h"
#include "model/unit.h"

/* Every setter passes over the empty cell. `column` is the literal name of the register's column, `field` the key of the file's column. */
void zv_cell_text(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, size_t max, const char *field);
void zv_cell_int(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, int64_t min, int64_t max,
		 const char *field);
void zv_cell_date(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, const char *field);
void zv_cell_money(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, const char *field);
void zv_cell_word(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, enum zv_import_list list,
		  const char *field);
void zv_cell_region(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, const char *field);
void zv_cell_class(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, enum zv_class_scheme scheme,
		   const char *field);
void zv_cell_micro(struct zv_import *im, struct zv_record *record, const char *column, struct zv_str cell, int64_t limit, const char *field);

/*
 * An amount with its unit, or a bare number in `unit`. *dim, when stated, must be its dimension, and becomes it. False when the cell is empty or
 * at fault, and then nothing is written.
 */
bool zv_cell_amount(int64_t *base, struct zv_import *im, struct zv_str cell, struct zv_str unit, enum zv_dim *dim, const char *field);

/* Says a fault of the row when code is not ZV_OK, and whether it was. */
bool zv_cell_failed(struct zv_import *im, enum zv_code code, const struct zv_err *fault);

/* The organisation of a row by its three columns: INN (digits in the name cell count as one), key, name. */
struct zv_import_org zv_cells_org(struct zv_str inn, struct zv_str key, struct zv_str name);

/* The item of a row; a CAS number in the name cell counts as one. `okpd2` in its usual writing when it is right. */
struct zv_import_item zv_cells_item(struct zv_str key, struct zv_str name, struct zv_str cas, struct zv_str okpd2);

/* The gate on what a row says of its item, with names parted by ";" each for itself. ZV_E_DENIED only. */
ZV_MUST_CHECK enum zv_code zv_cells_gate(struct zv_control_result *out, struct zv_err *held, struct zv_import *im,
					 const struct zv_import_item *item, struct zv_str more_names, struct zv_import_ref org,
					 struct zv_err *err);

/* The gate once more on the item as it is stored, which may have a number that the row does not give. */
ZV_MUST_CHECK enum zv_code zv_cells_gate_stored(struct zv_control_result *out, struct zv_err *held, struct zv_import *im,
						struct zv_import_ref item, struct zv_import_ref org, struct zv_err *err);

/*
 * All of this: gate, item, organisation, and when something is held the gate again with the permits of that organisation. A need
 * by an OKPD2 code alone has no item (*item all zero). held->code as zv_import_gate; *action is that of the gate.
 */
ZV_MUST_CHECK enum zv_code zv_cells_who_and_what(struct zv_import_ref *org, struct zv_import_ref *item, struct zv_err *held, int *action,
						 struct zv_import *im, const struct zv_import_org *org_said,
						 const struct zv_import_item *item_said, struct zv_str more, struct zv_err *err);

/* True when the cell is a number without a unit. */
bool zv_cell_bare(struct zv_str cell);

/* --- outwards, in an arena ------------------------------------------------------------------------------------------ */

struct zv_str zv_out_text_of(const struct zv_register *reg, const struct zv_record *record, const char *column);
struct zv_str zv_out_int_of(const struct zv_register *reg, const struct zv_record *record, const char *column, struct zv_arena *arena);
struct zv_str zv_out_date_of(const struct zv_register *reg, const struct zv_record *record, const char *column, struct zv_arena *arena);
struct zv_str zv_out_money_of(const struct zv_register *reg, const struct zv_record *record, const char *column, struct zv_arena *arena);
struct zv_str zv_out_word_of(const struct zv_register *reg, const struct zv_record *record, const char *column, enum zv_import_list list);
struct zv_str zv_out_micro_of(const struct zv_register *reg, const struct zv_record *record, const char *column, struct zv_arena *arena);

/* An amount with its unit, exactly: "40 kg". `unit` NULL: the unit in which people price the dimension, or the base unit. */
struct zv_str zv_out_qty(int64_t base, enum zv_dim dim, const struct zv_unit *unit, struct zv_arena *arena);
struct zv_str zv_out_qty_of(const struct zv_register *reg, const struct zv_record *record, const char *column, struct zv_arena *arena);

/* What names a row that is referred to: INN and name, or name and uid; CAS, name, OKPD2 or uid. */
struct zv_out_org {
	struct zv_str inn, key, name;
};

struct zv_out_item {
	struct zv_str key, name, cas;
};

ZV_MUST_CHECK enum zv_code zv_out_org_of(struct zv_out_org *out, struct zv_db *db, const struct zv_register *reg,
					 const struct zv_record *record, const char *column, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_out_item_of(struct zv_out_item *out, struct zv_db *db, const struct zv_register *reg,
					  const struct zv_record *record, const char *column, struct zv_arena *arena, struct zv_err *err);

#endif
