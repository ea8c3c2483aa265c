/* Names of properties (generated from data/properties.csv) and the units of their values. */
#include "model/property.h"

#include <pthread.h>

#include "base/decimal.h"
#include "base/map.h"
#include "base/utf8.h"
#include "model/number.h"
#include "model/requirement.h"
#include "model/unit.h"
#include "properties.inc.h"

enum { PROPERTY_COUNT = ZV_LEN(properties_table) };

/* Kinds of value units: 1..8 are the dimensions of amounts, then these, then ratios of two dimensions from KIND_RATIO on. */
enum { KIND_SHARE = 20, KIND_DYNAMIC, KIND_KINEMATIC, KIND_PRESSURE, KIND_CELSIUS, KIND_CONDUCTIVITY, KIND_RATIO = 100 };

/* Units that are no amounts. The first writing of a unit is the one shown. */
static const struct {
	struct zv_str writing;
	struct zv_str text;
	int kind;
	int64_t num;
} value_units[] = {
	{ZV_STR_INIT("%"), ZV_STR_INIT("%"), KIND_SHARE, 10000},
	{ZV_STR_INIT("проц"), ZV_STR_INIT("%"), KIND_SHARE, 10000},
	{ZV_STR_INIT("%масс"), ZV_STR_INIT("%"), KIND_SHARE, 10000},
	{ZV_STR_INIT("масс%"), ZV_STR_INIT("%"), KIND_SHARE, 10000},
	{ZV_STR_INIT("wt%"), ZV_STR_INIT("%"), KIND_SHARE, 10000},
	{ZV_STR_INIT("‰"), ZV_STR_INIT("‰"), KIND_SHARE, 1000},
	{ZV_STR_INIT("г/кг"), ZV_STR_INIT("‰"), KIND_SHARE, 1000},
	{ZV_STR_INIT("g/kg"), ZV_STR_INIT("‰"), KIND_SHARE, 1000},
	{ZV_STR_INIT("ppm"), ZV_STR_INIT("ppm"), KIND_SHARE, 1},
	{ZV_STR_INIT("мг/кг"), ZV_STR_INIT("ppm"), KIND_SHARE, 1},
	{ZV_STR_INIT("mg/kg"), ZV_STR_INIT("ppm"), KIND_SHARE, 1},
	{ZV_STR_INIT("г/т"), ZV_STR_INIT("ppm"), KIND_SHARE, 1},
	{ZV_STR_INIT("млн-1"), ZV_STR_INIT("ppm"), KIND_SHARE, 1},
	{ZV_STR_INIT("mpas"), ZV_STR_INIT("mPa·s"), KIND_DYNAMIC, 1},
	{ZV_STR_INIT("мпас"), ZV_STR_INIT("mPa·s"), KIND_DYNAMIC, 1},
	{ZV_STR_INIT("cp"), ZV_STR_INIT("mPa·s"), KIND_DYNAMIC, 1},
	{ZV_STR_INIT("сп"), ZV_STR_INIT("mPa·s"), KIND_DYNAMIC, 1},
	{ZV_STR_INIT("pas"), ZV_STR_INIT("Pa·s"), KIND_DYNAMIC, 1000},
	{ZV_STR_INIT("пас"), ZV_STR_INIT("Pa·s"), KIND_DYNAMIC, 1000},
	{ZV_STR_INIT("mm2/s"), ZV_STR_INIT("mm²/s"), KIND_KINEMATIC, 1},
	{ZV_STR_INIT("мм2/с"), ZV_STR_INIT("mm²/s"), KIND_KINEMATIC, 1},
	{ZV_STR_INIT("cst"), ZV_STR_INIT("mm²/s"), KIND_KINEMATIC, 1},
	{ZV_STR_INIT("сст"), ZV_STR_INIT("mm²/s"), KIND_KINEMATIC, 1},
	{ZV_STR_INIT("pa"), ZV_STR_INIT("Pa"), KIND_PRESSURE, 1},
	{ZV_STR_INIT("па"), ZV_STR_INIT("Pa"), KIND_PRESSURE, 1},
	{ZV_STR_INIT("kpa"), ZV_STR_INIT("kPa"), KIND_PRESSURE, 1000},
	{ZV_STR_INIT("кпа"), ZV_STR_INIT("kPa"), KIND_PRESSURE, 1000},
	{ZV_STR_INIT("mpa"), ZV_STR_INIT("MPa"), KIND_PRESSURE, 1000000},
	{ZV_STR_INIT("мпа"), ZV_STR_INIT("MPa"), KIND_PRESSURE, 1000000},
	{ZV_STR_INIT("bar"), ZV_STR_INIT("bar"), KIND_PRESSURE, 100000},
	{ZV_STR_INIT("бар"), ZV_STR_INIT("bar"), KIND_PRESSURE, 100000},
	{ZV_STR_INIT("°c"), ZV_STR_INIT("°C"), KIND_CELSIUS, 1},
	{ZV_STR_INIT("°с"), ZV_STR_INIT("°C"), KIND_CELSIUS, 1},
	{ZV_STR_INIT("µs/cm"), ZV_STR_INIT("µS/cm"), KIND_CONDUCTIVITY, 1},
	{ZV_STR_INIT("мксм/см"), ZV_STR_INIT("µS/cm"), KIND_CONDUCTIVITY, 1},
};

static struct zv_map by_name;
static struct zv_map by_writing;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Folded, without the blanks, points and multiplication dots that writings of one unit differ in. */
static void fold_unit(struct zv_buf *out, struct zv_str text)
{
	struct zv_str s;
	struct zv_buf folded;
	uint32_t c;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, zv_str_trim(text));
	s = zv_buf_str(&folded);
	while (zv_utf8_next(&c, &s)) {
		if (c != ' ' && c != '.' && c != 0xb7 && c != 0x22c5 && c != '*' && c != 0xa0)
			zv_buf_add_utf8(out, c);
	}
	zv_buf_done(&folded);
}

static void add_name(struct zv_str text, size_t property)
{
	struct zv_buf key;

	zv_buf_init(&key, 0);
	zv_utf8_fold(&key, zv_str_trim(text));
	if (key.n > 0)
		zv_map_put(&by_name, zv_buf_str(&key), (int64_t)property);
	zv_buf_done(&key);
}

static void load(void)
{
	zv_map_init(&by_name);
	zv_map_init(&by_writing);
	for (size_t i = 0; i < PROPERTY_COUNT; i++) {
		struct zv_str rest = properties_table[i][PROPERTIES_SYNONYMS];
		struct zv_str part;

		for (int c = PROPERTIES_KEY; c <= PROPERTIES_NAME_EN; c++)
			add_name(properties_table[i][c], i);
		while (zv_str_split(&part, &rest, '|'))
			add_name(part, i);
	}
	for (size_t i = 0; i < ZV_LEN(value_units); i++) {
		struct zv_buf key;

		zv_buf_init(&key, 0);
		fold_unit(&key, value_units[i].writing);
		zv_map_put(&by_writing, zv_buf_str(&key), (int64_t)i);
		zv_buf_done(&key);
	}
}

static const struct zv_str *row_of(struct zv_str folded)
{
	int64_t i;

	(void)pthread_once(&once, load);
	return zv_map_get(&i, &by_name, folded) ? properties_table[i] : NULL;
}

/* Words parted by single plain blanks, in the arena. */
static struct zv_str one_blank(struct zv_str s, struct zv_arena *arena)
{
	char *p = zv_arena_alloc(arena, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i] == '\t' || s.p[i] == '\r' ? ' ' : s.p[i];

		if (c != ' ' || (n > 0 && p[n - 1] != ' '))
			p[n++] = c;
	}
	while (n > 0 && p[n - 1] == ' ')
		n--;
	return (struct zv_str){p, n};
}

struct zv_str zv_property_key(struct zv_str text, struct zv_arena *arena)
{
	const struct zv_str *row;
	struct zv_buf folded;
	struct zv_str key;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, zv_str_trim(text));
	key = one_blank(zv_buf_str(&folded), arena);
	zv_buf_done(&folded);
	row = row_of(key);
	return row != NULL ? row[PROPERTIES_KEY] : key;
}

struct zv_str zv_property_unit(struct zv_str key)
{
	const struct zv_str *row = row_of(key);

	return row != NULL ? row[PROPERTIES_UNIT] : (struct zv_str){NULL, 0};
}

struct zv_str zv_property_label(struct zv_str property)
{
	const struct zv_str *row = row_of(property);

	if (row == NULL)
		return property;
	return row[zv_number_is_ru() ? PROPERTIES_NAME_RU : PROPERTIES_NAME_EN];
}

/* "kg/m3": the ratio of two known amounts. */
static bool find_ratio(struct zv_value_unit *out, struct zv_str text, struct zv_arena *arena)
{
	ptrdiff_t slash = zv_str_find_char(text, '/');
	const struct zv_unit *a = NULL;
	const struct zv_unit *b = NULL;
	int64_t g1;
	int64_t g2;

	if (slash <= 0 || zv_unit_find(&a, zv_str_first(text, (size_t)slash), "", NULL) != ZV_OK ||
	    zv_unit_find(&b, zv_str_from(text, (size_t)slash + 1), "", NULL) != ZV_OK || !zv_dim_poolable(a->dim) ||
	    !zv_dim_poolable(b->dim))
		return false;
	g1 = zv_gcd(a->num, b->num);
	g2 = zv_gcd(a->den, b->den);
	out->text = zv_arena_strf(arena, "%.*s/%.*s", ZV_STR_FMT(a->symbol_en), ZV_STR_FMT(b->symbol_en));
	out->kind = KIND_RATIO + (int)a->dim * 10 + (int)b->dim;
	return zv_mul(&out->num, a->num / g1, b->den / g2) && zv_mul(&out->den, a->den / g2, b->num / g1);
}

bool zv_value_unit_find(struct zv_value_unit *out, struct zv_str text, struct zv_arena *arena)
{
	const struct zv_unit *unit = NULL;
	struct zv_buf folded;
	int64_t i;
	bool found;

	*out = (struct zv_value_unit){.num = 1, .den = 1};
	(void)pthread_once(&once, load);
	text = zv_str_trim(text);
	if (text.n == 0)
		return true;
	zv_buf_init(&folded, 0);
	fold_unit(&folded, text);
	found = zv_map_get(&i, &by_writing, zv_buf_str(&folded));
	zv_buf_done(&folded);
	if (found) {
		*out = (struct zv_value_unit){value_units[i].text, value_units[i].kind, value_units[i].num, 1};
		return true;
	}
	if (zv_unit_find(&unit, text, "", NULL) == ZV_OK && zv_dim_poolable(unit->dim)) {
		*out = (struct zv_value_unit){unit->symbol_en, (int)unit->dim, unit->num, unit->den};
		return true;
	}
	if (find_ratio(out, text, arena))
		return true;
	*out = (struct zv_value_unit){one_blank(zv_str_dup(arena, text), arena), 0, 1, 1};
	return false;
}
