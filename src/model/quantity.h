/* Amounts: text to whole base units and back, exactly. */
#ifndef ZV_MODEL_QUANTITY_H
#define ZV_MODEL_QUANTITY_H

#include "base/arena.h"
#include "model/unit.h"

struct zv_quantity {
	int64_t base; /* whole base units of `dim`; for ZV_DIM_OTHER thousandths of the unit itself */
	enum zv_dim dim;
	const struct zv_unit *unit; /* as entered */
	struct zv_str entered;      /* "0,04 т": the text as it came, in the caller's arena */
};

/* "0.04 t", "15 000 g", «25кг». Zero is allowed, less is not. Finer than the base unit, or too large, is ZV_E_INVALID naming field and value. */
ZV_MUST_CHECK enum zv_code zv_quantity_parse(struct zv_quantity *out, struct zv_str text, struct zv_arena *arena, const char *field,
					     struct zv_err *err);

/* The same from two cells. `unit_field` names the unit's column in errors. */
ZV_MUST_CHECK enum zv_code zv_quantity_parse_parts(struct zv_quantity *out, struct zv_str value, struct zv_str unit, struct zv_arena *arena,
						   const char *field, const char *unit_field, struct zv_err *err);

enum { ZV_QUANTITY_TEXT = 80, ZV_QUANTITY_ECHO = 256 };

/* In the unit that reads best, exactly, in the thread's language: 40000000 mg is "40 kg" or «40 кг». Blanks are plain. */
void zv_quantity_format(char out[ZV_QUANTITY_TEXT], int64_t base, enum zv_dim dim);

/* In the unit given. False, and nothing written, when that would need more than 9 decimals. */
bool zv_quantity_format_in(char out[ZV_QUANTITY_TEXT], int64_t base, const struct zv_unit *unit);

/* The number alone with a point and without groups: "0.04". For CSV and JSON. */
bool zv_quantity_decimal(char out[ZV_QUANTITY_TEXT], int64_t base, const struct zv_unit *unit);

/* What the form answers: «40 кг = 40 000 000 мг», "40 kg = 40,000,000 mg". */
void zv_quantity_echo(char out[ZV_QUANTITY_ECHO], int64_t base, enum zv_dim dim);

/*
 * From one dimension into another. Between mass and volume with a density in mg per litre (0: not stated, then the message is
 * "density needed to compare with kilograms"); exact or refused. Other pairs have no conversion.
 */
ZV_MUST_CHECK enum zv_code zv_quantity_convert(int64_t *out, int64_t base, enum zv_dim from, enum zv_dim to, int64_t density_mg_l,
					       const char *field, struct zv_err *err);

/* "0.975 g/cm3", «975 кг/м3», "0.975 kg/L" to mg per litre. */
ZV_MUST_CHECK enum zv_code zv_density_parse(int64_t *out_mg_l, struct zv_str text, const char *field, struct zv_err *err);

/* Is an amount stated as the goods are, or counted as pure substance? */
enum zv_basis { ZV_BASIS_AS_IS = 0, ZV_BASIS_PURE = 1 };

/* The pure part of an amount ("as 100 %") of which `purity_ppm` parts in a million are substance, and the amount of goods that holds
 * so much: rounded half to even. False when it does not fit or the purity is not in 1..1000000. */
bool zv_quantity_to_pure(int64_t *out, int64_t base, int64_t purity_ppm);
bool zv_quantity_from_pure(int64_t *out, int64_t base, int64_t purity_ppm);

#endif
