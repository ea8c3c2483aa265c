/* What the form of a need says while it is being filled in: the quantity in base units, what is wrong, what would help, what is there already. */
#ifndef ZV_APP_NEED_CHECK_H
#define ZV_APP_NEED_CHECK_H

#include "app/row_edit.h"
#include "model/unit.h"

enum { ZV_CHECK_FAULTS_MAX = 24, ZV_CHECK_SAME_MAX = 10 };

struct zv_check_fault {
	struct zv_str field; /* "" of the whole */
	struct zv_str text;
};

/* A need for the same item that is open. */
struct zv_check_same {
	struct zv_str uid;  /* empty: all those of others together */
	struct zv_str org;  /* its buyer; empty for others */
	int64_t qty_base;
	enum zv_dim dim;
	bool own;
	struct zv_str text; /* a sentence */
};

struct zv_need_check {
	struct zv_str qty, base; /* «40 кг», «40 000 000 мг»; empty when the quantity cannot be read */
	bool density_needed;     /* to compare the quantity with the unit in which the item is counted */
	struct zv_row_hint hints[ZV_ROW_HINTS_MAX];
	size_t n_hints;
	struct zv_check_fault faults[ZV_CHECK_FAULTS_MAX];
	size_t n_faults;
	struct zv_check_same same[ZV_CHECK_SAME_MAX];
	size_t n_same;
};

/*
 * Takes the field "density" out of `fields`: a quantity in litres of an item that is counted in kilograms becomes kilograms, and the other way
 * round. Without a density it stays as it is. The texts live in `arena`. `fields` may lose entries: *n.
 */
ZV_MUST_CHECK enum zv_code zv_need_density(struct zv_row_field *fields, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
					   struct zv_err *err);

/* Reads only. ZV_OK whatever is wrong with the fields. Everything in *out lives in `arena`. */
ZV_MUST_CHECK enum zv_code zv_need_check(struct zv_need_check *out, struct zv_db *db, const struct zv_who *who, const struct zv_row_field *fields,
					 size_t n, zv_date said_on, struct zv_arena *arena, struct zv_err *err);

/* The quantity of `need` and `more` together, as a cell of the template. ZV_E_INVALID: another kind of unit; ZV_E_CONFLICT: it is closed. */
ZV_MUST_CHECK enum zv_code zv_need_joined(struct zv_str *out, struct zv_db *db, const struct zv_record *need, struct zv_str more,
					  struct zv_arena *arena, struct zv_err *err);

#endif
