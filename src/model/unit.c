/* The table of units (generated from data/units.csv) behind indexes that are made at the first question. */
#include "model/unit.h"

#include <pthread.h>

#include "base/map.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "units.inc.h"

enum { UNIT_COUNT = ZV_LEN(units_table), AMBIGUOUS = -1, SHOWN_MAX = 40, NOTHING_FOUND = -2 };

static struct zv_unit units[UNIT_COUNT];
static struct zv_map by_key;
static struct zv_map by_okei;
static struct zv_map by_rec20;
static struct zv_map by_exact;  /* any writing, case kept: МВт is not мВт */
static struct zv_map by_folded; /* any writing, case folded */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const char *const dim_names[] = {
	[ZV_DIM_MASS] = "mass",     [ZV_DIM_VOLUME] = "volume", [ZV_DIM_PIECE] = "piece",   [ZV_DIM_LENGTH] = "length",
	[ZV_DIM_AREA] = "area",     [ZV_DIM_TIME] = "time",     [ZV_DIM_ENERGY] = "energy", [ZV_DIM_OTHER] = "other",
};

const char *zv_dim_name(enum zv_dim dim)
{
	return dim > ZV_DIM_NONE && dim <= ZV_DIM_OTHER ? dim_names[dim] : NULL;
}

bool zv_dim_parse(enum zv_dim *out, struct zv_str name)
{
	for (int i = ZV_DIM_MASS; i <= ZV_DIM_OTHER; i++) {
		if (zv_str_eq_c(name, dim_names[i])) {
			*out = (enum zv_dim)i;
			return true;
		}
	}
	return false;
}

bool zv_dim_poolable(enum zv_dim dim)
{
	return dim > ZV_DIM_NONE && dim < ZV_DIM_OTHER;
}

/* The plain digit for a superscript or subscript one, or c itself. */
static uint32_t plain_digit(uint32_t c)
{
	switch (c) {
	case 0xb9:
		return '1';
	case 0xb2:
		return '2';
	case 0xb3:
		return '3';
	default:
		if (c == 0x2070 || (c >= 0x2074 && c <= 0x2079))
			return '0' + (c - 0x2070);
		return c >= 0x2080 && c <= 0x2089 ? '0' + (c - 0x2080) : c;
	}
}

/* Signs that differ between writings of one unit: blanks, dots, multiplication marks. */
static bool is_noise(uint32_t c)
{
	return c == ' ' || c == '.' || c == 0xa0 || c == 0x202f || c == 0x2009 || c == 0xb7 || c == 0x22c5 || c == '*' || c == '^' ||
	       c == '\t' || c == '\n' || c == '\r';
}

static void writing(struct zv_buf *out, struct zv_str s)
{
	uint32_t c;

	while (zv_utf8_next(&c, &s)) {
		if (!is_noise(c))
			zv_buf_add_utf8(out, c == 0xb5 ? 0x3bc : plain_digit(c));
	}
}

static void add_writing(struct zv_map *map, struct zv_str text, int64_t unit)
{
	int64_t known;

	if (text.n == 0)
		return;
	if (zv_map_get(&known, map, text) && known != unit)
		unit = AMBIGUOUS;
	zv_map_put(map, text, unit);
}

static void index_text(struct zv_str text, int64_t unit)
{
	struct zv_buf plain;
	struct zv_buf folded;

	zv_buf_init(&plain, 0);
	zv_buf_init(&folded, 0);
	writing(&plain, text);
	zv_utf8_fold(&folded, zv_buf_str(&plain));
	add_writing(&by_exact, zv_buf_str(&plain), unit);
	add_writing(&by_folded, zv_buf_str(&folded), unit);
	zv_buf_done(&plain);
	zv_buf_done(&folded);
}

static void load_unit(size_t i)
{
	const struct zv_str *row = units_table[i];
	struct zv_str rest = row[UNITS_SYNONYMS];
	struct zv_str part;
	struct zv_unit *unit = &units[i];

	*unit = (struct zv_unit){.key = row[UNITS_KEY],
				 .okei = row[UNITS_OKEI],
				 .rec20 = row[UNITS_REC20],
				 .symbol_ru = row[UNITS_SYMBOL_RU],
				 .symbol_en = row[UNITS_SYMBOL_EN],
				 .name_ru = row[UNITS_NAME_RU],
				 .name_en = row[UNITS_NAME_EN],
				 .num = 1,
				 .den = 1};
	if (!zv_dim_parse(&unit->dim, row[UNITS_DIMENSION]))
		assert(!"dimension in data/units.csv");
	if (unit->dim == ZV_DIM_OTHER)
		unit->num = 1000; /* kept in thousandths of itself */
	else if (!zv_str_int(&unit->num, row[UNITS_NUM]) || !zv_str_int(&unit->den, row[UNITS_DEN]) || unit->num <= 0 || unit->den <= 0)
		assert(!"factor in data/units.csv");
	for (int c = UNITS_KEY; c <= UNITS_NAME_EN; c++)
		index_text(row[c], (int64_t)i);
	while (zv_str_split(&part, &rest, '|'))
		index_text(part, (int64_t)i);
	zv_map_put(&by_key, unit->key, (int64_t)i);
	if (unit->okei.n > 0)
		zv_map_put(&by_okei, unit->okei, (int64_t)i);
	if (unit->rec20.n > 0)
		zv_map_put(&by_rec20, unit->rec20, (int64_t)i);
}

static void load(void)
{
	zv_map_init(&by_key);
	zv_map_init(&by_okei);
	zv_map_init(&by_rec20);
	zv_map_init(&by_exact);
	zv_map_init(&by_folded);
	for (size_t i = 0; i < UNIT_COUNT; i++)
		load_unit(i);
}

static const struct zv_unit *look_up(const struct zv_map *map, struct zv_str key)
{
	int64_t i;

	return zv_map_get(&i, map, key) ? &units[i] : NULL;
}

const struct zv_unit *zv_unit_by_key(struct zv_str key)
{
	(void)pthread_once(&once, load);
	return look_up(&by_key, key);
}

const struct zv_unit *zv_unit_by_okei(struct zv_str code)
{
	char padded[3] = {'0', '0', '0'};
	struct zv_str s = zv_str_trim(code);

	(void)pthread_once(&once, load);
	if (!zv_is_digits(s))
		return NULL;
	if (s.n >= sizeof(padded))
		return look_up(&by_okei, s);
	for (size_t i = 0; i < s.n; i++)
		padded[sizeof(padded) - s.n + i] = s.p[i];
	return look_up(&by_okei, (struct zv_str){padded, sizeof(padded)});
}

const struct zv_unit *zv_unit_by_rec20(struct zv_str code)
{
	(void)pthread_once(&once, load);
	return look_up(&by_rec20, zv_str_trim(code));
}

/* Index of the unit, AMBIGUOUS or NOTHING_FOUND. */
static int64_t find_text(struct zv_str text)
{
	struct zv_buf plain;
	struct zv_buf folded;
	int64_t i = NOTHING_FOUND;

	zv_buf_init(&plain, 0);
	zv_buf_init(&folded, 0);
	writing(&plain, zv_str_trim(text));
	if (!zv_map_get(&i, &by_exact, zv_buf_str(&plain))) {
		zv_utf8_fold(&folded, zv_buf_str(&plain));
		if (!zv_map_get(&i, &by_folded, zv_buf_str(&folded)))
			i = NOTHING_FOUND;
	}
	zv_buf_done(&plain);
	zv_buf_done(&folded);
	return i;
}

enum zv_code zv_unit_find(const struct zv_unit **out, struct zv_str text, const char *field, struct zv_err *err)
{
	struct zv_str shown = zv_str_first(zv_str_trim(text), SHOWN_MAX);
	int64_t i;

	(void)pthread_once(&once, load);
	if (shown.n == 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("The unit is missing; give one such as kg, t, L or pcs."));
	i = find_text(text);
	if (i == AMBIGUOUS)
		return zv_fail(err, ZV_E_INVALID, field, N_("The unit “%.*s” can mean two things; write its name or its OKEI code."),
			       ZV_STR_FMT(shown));
	if (i == NOTHING_FOUND)
		return zv_fail(err, ZV_E_NOTFOUND, field, N_("The unit “%.*s” is unknown; choose one from the list."), ZV_STR_FMT(shown));
	*out = &units[i];
	return ZV_OK;
}

size_t zv_unit_count(void)
{
	return UNIT_COUNT;
}

const struct zv_unit *zv_unit_at(size_t i)
{
	(void)pthread_once(&once, load);
	return &units[i];
}

struct zv_str zv_unit_symbol(const struct zv_unit *unit)
{
	return zv_str_eq_c(zv_str_c(zv_tr_lang()), "ru") ? unit->symbol_ru : unit->symbol_en;
}

const struct zv_unit *zv_dim_base_unit(enum zv_dim dim)
{
	static const char *const keys[] = {
		[ZV_DIM_MASS] = "mg",  [ZV_DIM_VOLUME] = "ul", [ZV_DIM_PIECE] = "pc", [ZV_DIM_LENGTH] = "um",
		[ZV_DIM_AREA] = "mm2", [ZV_DIM_TIME] = "s",    [ZV_DIM_ENERGY] = "j",
	};

	return zv_dim_poolable(dim) ? zv_unit_by_key(zv_str_c(keys[dim])) : NULL;
}

const struct zv_unit *zv_dim_price_unit(enum zv_dim dim)
{
	static const char *const keys[] = {
		[ZV_DIM_MASS] = "kg", [ZV_DIM_VOLUME] = "l", [ZV_DIM_PIECE] = "pc",  [ZV_DIM_LENGTH] = "m",
		[ZV_DIM_AREA] = "m2", [ZV_DIM_TIME] = "h",   [ZV_DIM_ENERGY] = "kwh",
	};

	return zv_dim_poolable(dim) ? zv_unit_by_key(zv_str_c(keys[dim])) : NULL;
}
