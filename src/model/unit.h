/* Units of quantity by OKEI code, UN/CEFACT Rec. 20 code, symbol or name in Russian and English. The table is data/units.csv. */
#ifndef ZV_MODEL_UNIT_H
#define ZV_MODEL_UNIT_H

#include "base/err.h"
#include "base/str.h"

/* What is added up with what. The numbers are stored: never renumber. A quantity is a whole number of the base unit. */
enum zv_dim {
	ZV_DIM_NONE = 0,   /* not stated */
	ZV_DIM_MASS = 1,   /* mg */
	ZV_DIM_VOLUME = 2, /* µL */
	ZV_DIM_PIECE = 3,  /* piece */
	ZV_DIM_LENGTH = 4, /* µm */
	ZV_DIM_AREA = 5,   /* mm² */
	ZV_DIM_TIME = 6,   /* s */
	ZV_DIM_ENERGY = 7, /* J */
	ZV_DIM_OTHER = 8   /* a known unit without conversion, «упаковка», «условная единица»: counted in itself, never pooled */
};

struct zv_unit {
	struct zv_str key;   /* unique and stable: "kg", "m3", "pack" */
	struct zv_str okei;  /* "166", or empty */
	struct zv_str rec20; /* "KGM", or empty */
	struct zv_str symbol_ru, symbol_en;
	struct zv_str name_ru, name_en;
	enum zv_dim dim;
	int64_t num, den; /* base units = value * num / den */
};

/* By anything a person or a table may write. ZV_E_NOTFOUND for an unknown unit, ZV_E_INVALID for one that means two things. The unit lives for ever. */
ZV_MUST_CHECK enum zv_code zv_unit_find(const struct zv_unit **out, struct zv_str text, const char *field, struct zv_err *err);

/* By one code system only; NULL when unknown. OKEI codes may come without leading zeros. */
const struct zv_unit *zv_unit_by_key(struct zv_str key);
const struct zv_unit *zv_unit_by_okei(struct zv_str code);
const struct zv_unit *zv_unit_by_rec20(struct zv_str code);

/* All of them, for lists in forms and templates. */
size_t zv_unit_count(void);
const struct zv_unit *zv_unit_at(size_t i);

/* The symbol in the thread's language. */
struct zv_str zv_unit_symbol(const struct zv_unit *unit);

/* The base unit of a dimension (mg, µL ...) and the unit in which people price it (kg, L, piece, m, m², h, kWh). NULL for NONE and OTHER. */
const struct zv_unit *zv_dim_base_unit(enum zv_dim dim);
const struct zv_unit *zv_dim_price_unit(enum zv_dim dim);

/* "mass", "volume" ...: stable words for JSON and CSV; NULL and false for what is no dimension. */
const char *zv_dim_name(enum zv_dim dim);
bool zv_dim_parse(enum zv_dim *out, struct zv_str name);

/* True when amounts of the dimension may be added up over needs. */
bool zv_dim_poolable(enum zv_dim dim);

#endif
