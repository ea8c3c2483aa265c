/* Regions (generated from data/regions.csv) found by any spelling: the words that say what a region is are left out, the rest
 * is compared by its key in both scripts. */
#include "model/region.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/decimal.h"
#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "model/number.h"
#include "model/translit.h"
#include "regions.inc.h"

enum { REGION_COUNT = ZV_LEN(regions_table), AMBIGUOUS = -1, SHOWN_MAX = 60, COORDINATE_DECIMALS = 2 };

struct zv_regions {
	ZV_VEC(struct zv_region *) list; /* pointers, so that a region stays where it is when more are added */
	struct zv_map by_iso;
	struct zv_map by_inn;
	struct zv_map by_spelling; /* without the words for the kind of region */
	struct zv_map by_whole;    /* with them: asked first, since two regions may differ in nothing else */
	struct zv_arena arena;
};

static struct zv_regions *builtin;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Keys (model/translit.h) of words that name a kind of region in Russian, in romanisations and in English. */
static bool is_kind_word(struct zv_str key)
{
	static const struct zv_str words[] = {
		ZV_STR_INIT("oblast"),     ZV_STR_INIT("obl"),        ZV_STR_INIT("respublika"), ZV_STR_INIT("resp"),
		ZV_STR_INIT("krai"),       ZV_STR_INIT("ao"),         ZV_STR_INIT("aobl"),       ZV_STR_INIT("avtonomnaia"),
		ZV_STR_INIT("avtonomni"),  ZV_STR_INIT("okruh"),      ZV_STR_INIT("horod"),      ZV_STR_INIT("h"),
		ZV_STR_INIT("federalnoho"), ZV_STR_INIT("snaheniia"), ZV_STR_INIT("rehion"),     ZV_STR_INIT("republik"),
		ZV_STR_INIT("of"),         ZV_STR_INIT("teritori"),   ZV_STR_INIT("area"),       ZV_STR_INIT("autonomous"),
		ZV_STR_INIT("avtonomnoi"), ZV_STR_INIT("the"),        ZV_STR_INIT("rosiia"),     ZV_STR_INIT("avt"),
		ZV_STR_INIT("okr"),        ZV_STR_INIT("te"),
	};

	for (size_t i = 0; i < ZV_LEN(words); i++) {
		if (zv_str_eq(key, words[i]))
			return true;
	}
	return false;
}

/* The key of a spelling: its words, or those that do not name a kind, in the order they come, without blanks between. */
static void spelling_key(struct zv_buf *out, struct zv_str text, bool whole)
{
	struct zv_buf keys;
	struct zv_str rest;
	struct zv_str word;

	zv_buf_init(&keys, 0);
	zv_translit_key(&keys, text);
	rest = zv_buf_str(&keys);
	while (rest.n > 0 && zv_str_split(&word, &rest, ' ')) {
		if (whole || !is_kind_word(word))
			zv_buf_add_str(out, word);
	}
	if (out->n == 0)
		zv_buf_add_str(out, zv_buf_str(&keys)); /* «АО» alone stays what it is */
	zv_buf_done(&keys);
}

/* "Altai Territory" and "Altai Republic" share the short key: alone it then finds neither. */
static void add_key(struct zv_map *map, struct zv_str text, int64_t region, bool whole)
{
	struct zv_buf key;
	int64_t known;

	zv_buf_init(&key, 0);
	spelling_key(&key, text, whole);
	if (key.n > 0) {
		if (zv_map_get(&known, map, zv_buf_str(&key)) && known != region)
			region = AMBIGUOUS;
		zv_map_put(map, zv_buf_str(&key), region);
	}
	zv_buf_done(&key);
}

static void add_spelling(struct zv_regions *regions, struct zv_str text, int64_t region)
{
	add_key(&regions->by_whole, text, region, true);
	add_key(&regions->by_spelling, text, region, false);
}

static struct zv_regions *empty(void)
{
	struct zv_regions *regions = zv_calloc(1, sizeof(*regions));

	zv_map_init(&regions->by_iso);
	zv_map_init(&regions->by_inn);
	zv_map_init(&regions->by_spelling);
	zv_map_init(&regions->by_whole);
	zv_arena_init(&regions->arena);
	return regions;
}

static void own_texts(struct zv_region *region, struct zv_arena *arena)
{
	struct zv_str *const texts[] = {
		&region->iso,	      &region->name_ru,	    &region->name_en,	&region->district,  &region->district_ru,
		&region->district_en, &region->centre_ru, &region->centre_en, &region->inn_prefix,
	};

	for (size_t i = 0; i < ZV_LEN(texts); i++)
		*texts[i] = zv_str_dup(arena, *texts[i]);
}

enum zv_code zv_regions_add(struct zv_regions *regions, const struct zv_region *region, struct zv_str other_spellings, struct zv_err *err)
{
	struct zv_region *copy;
	struct zv_str part;
	int64_t known;
	int64_t i = (int64_t)regions->list.n;

	if (region->iso.n == 0 || region->name_ru.n == 0)
		return zv_fail(err, ZV_E_INVALID, "iso_code", N_("A region needs a code and a Russian name."));
	if (zv_map_get(&known, &regions->by_iso, region->iso))
		return zv_fail(err, ZV_E_CONFLICT, "iso_code", N_("The region %.*s is in the list already."), ZV_STR_FMT(region->iso));
	copy = ZV_ARENA_NEW(&regions->arena, struct zv_region);
	*copy = *region;
	own_texts(copy, &regions->arena);
	zv_vec_push(&regions->list, copy);
	zv_map_put(&regions->by_iso, copy->iso, i);
	if (copy->inn_prefix.n > 0)
		zv_map_put(&regions->by_inn, copy->inn_prefix, i);
	add_spelling(regions, copy->name_ru, i);
	add_spelling(regions, copy->name_en, i);
	while (other_spellings.n > 0 && zv_str_split(&part, &other_spellings, '|'))
		add_spelling(regions, part, i);
	return ZV_OK;
}

static int32_t hundredths(struct zv_str text)
{
	int64_t value = 0;

	if (zv_decimal_parse(&value, text, COORDINATE_DECIMALS, "", NULL) != ZV_OK)
		assert(!"coordinate in data/regions.csv");
	return (int32_t)value;
}

struct zv_regions *zv_regions_new(void)
{
	struct zv_regions *regions = empty();

	for (size_t i = 0; i < REGION_COUNT; i++) {
		const struct zv_str *row = regions_table[i];
		int64_t utc = 0;
		struct zv_region region = {
			.iso = row[REGIONS_ISO_CODE],
			.name_ru = row[REGIONS_NAME_RU],
			.name_en = row[REGIONS_NAME_EN],
			.district = row[REGIONS_DISTRICT_CODE],
			.district_ru = row[REGIONS_DISTRICT_RU],
			.district_en = row[REGIONS_DISTRICT_EN],
			.centre_ru = row[REGIONS_CENTRE_RU],
			.centre_en = row[REGIONS_CENTRE_EN],
			.lat_e2 = hundredths(row[REGIONS_LAT]),
			.lon_e2 = hundredths(row[REGIONS_LON]),
			.inn_prefix = row[REGIONS_INN_PREFIX],
		};

		if (!zv_str_int(&utc, row[REGIONS_UTC_OFFSET]))
			assert(!"offset in data/regions.csv");
		region.utc_hours = (int32_t)utc;
		if (zv_regions_add(regions, &region, row[REGIONS_SPELLINGS], NULL) != ZV_OK)
			assert(!"row in data/regions.csv");
	}
	return regions;
}

void zv_regions_free(struct zv_regions *regions)
{
	if (regions == NULL)
		return;
	zv_vec_done(&regions->list);
	zv_map_done(&regions->by_iso);
	zv_map_done(&regions->by_inn);
	zv_map_done(&regions->by_spelling);
	zv_map_done(&regions->by_whole);
	zv_arena_done(&regions->arena);
	free(regions);
}

static void load(void)
{
	builtin = zv_regions_new();
}

const struct zv_regions *zv_regions_builtin(void)
{
	(void)pthread_once(&once, load);
	return builtin;
}

size_t zv_regions_count(const struct zv_regions *regions)
{
	return regions->list.n;
}

const struct zv_region *zv_regions_at(const struct zv_regions *regions, size_t i)
{
	return regions->list.p[i];
}

static const struct zv_region *look_up(const struct zv_regions *regions, const struct zv_map *map, struct zv_str key)
{
	int64_t i;

	return zv_map_get(&i, map, key) && i != AMBIGUOUS ? regions->list.p[i] : NULL;
}

const struct zv_region *zv_region_by_iso(const struct zv_regions *regions, struct zv_str iso)
{
	return look_up(regions, &regions->by_iso, iso);
}

const struct zv_region *zv_region_by_inn(const struct zv_regions *regions, struct zv_str inn)
{
	struct zv_str s = zv_str_trim(inn);

	return s.n < 2 ? NULL : look_up(regions, &regions->by_inn, zv_str_first(s, 2));
}

/* ISO code in any case: ru-rya. */
static const struct zv_region *by_iso_nocase(const struct zv_regions *regions, struct zv_str text)
{
	for (size_t i = 0; i < regions->list.n; i++) {
		if (zv_str_eq_nocase(regions->list.p[i]->iso, text))
			return regions->list.p[i];
	}
	return NULL;
}

static const struct zv_region *by_key(const struct zv_regions *regions, const struct zv_map *map, struct zv_str text, bool whole)
{
	const struct zv_region *region;
	struct zv_buf key;

	zv_buf_init(&key, 0);
	spelling_key(&key, text, whole);
	region = look_up(regions, map, zv_buf_str(&key));
	zv_buf_done(&key);
	return region;
}

enum zv_code zv_regions_find(const struct zv_region **out, const struct zv_regions *regions, struct zv_str text, const char *field,
			     struct zv_err *err)
{
	struct zv_str s = zv_str_trim(text);
	const struct zv_region *region;

	if (s.n == 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("The region is missing; give its name or its code, as RU-RYA."));
	region = s.n <= 6 ? by_iso_nocase(regions, s) : NULL;
	if (region == NULL)
		region = by_key(regions, &regions->by_whole, s, true);
	if (region == NULL)
		region = by_key(regions, &regions->by_spelling, s, false);
	if (region == NULL)
		return zv_fail(err, ZV_E_NOTFOUND, field, N_("The region “%.*s” is unknown; choose one from the list."),
			       ZV_STR_FMT(zv_str_first(s, SHOWN_MAX)));
	*out = region;
	return ZV_OK;
}

struct zv_str zv_region_name(const struct zv_region *region)
{
	return zv_number_is_ru() || region->name_en.n == 0 ? region->name_ru : region->name_en;
}

bool zv_region_inn_differs(const struct zv_regions *regions, const struct zv_region *region, struct zv_str inn)
{
	const struct zv_region *first = zv_region_by_inn(regions, inn);

	return first != NULL && first != region;
}
