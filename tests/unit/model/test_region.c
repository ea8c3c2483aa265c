/* Regions in the spellings of real registers, distances and freight. */
#include "base/tr.h"
#include "help.h"
#include "model/freight.h"
#include "model/region.h"

static const char *iso_of(const char *text)
{
	const struct zv_region *region = NULL;

	return zv_regions_find(&region, zv_regions_builtin(), S(text), "region", NULL) == ZV_OK ? text_of(region->iso) : "unknown";
}

static void many_spellings_lead_to_one_region(void **state)
{
	static const char *const pairs[][2] = {
		{"RU-RYA", "RU-RYA"},           {"ru-rya", "RU-RYA"},          {"Рязанская обл.", "RU-RYA"},   {"Рязанская область ", "RU-RYA"},
		{"РЯЗАНСКАЯ ОБЛАСТЬ", "RU-RYA"}, {"Ryazan Region", "RU-RYA"},  {"Rjazanskaja oblast'", "RU-RYA"}, {"Татарстан Респ", "RU-TA"},
		{"Респ Татарстан", "RU-TA"},    {"Саха /Якутия/ Респ", "RU-SA"}, {"Республика Саха (Якутия)", "RU-SA"}, {"Саха Республика", "RU-SA"},
		{"Алтай Респ", "RU-AL"},        {"Республика Алтай", "RU-AL"}, {"Алтайский край", "RU-ALT"},   {"Г.МОСКВА ", "RU-MOW"},
		{"Московская обл", "RU-MOS"},   {"СПб", "RU-SPE"},             {"ХМАО", "RU-KHM"},             {"Кемеровская область - Кузбасс", "RU-KEM"},
		{"Чувашская Республика - Чувашия", "RU-CU"}, {"Чукотский АО", "RU-CHU"}, {"Еврейская Аобл", "RU-YEV"}, {"Северная Осетия - Алания Респ", "RU-SE"},
		{"Altai Territory", "RU-ALT"}, {"Алтай", "unknown"}, {"Altaj, Respublika", "RU-AL"}, {"Marij Èl, Respublika", "RU-ME"}, {"Республика Марий Эл", "RU-ME"}, {"Коми Республика", "RU-KO"},
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(pairs); i++) {
		if (strcmp(iso_of(pairs[i][0]), pairs[i][1]) != 0)
			fail_msg("%s: %s", pairs[i][0], iso_of(pairs[i][0]));
	}
}

static void what_is_no_region_is_unknown(void **state)
{
	const struct zv_region *region = NULL;
	struct zv_err err = {0};

	(void)state;
	assert_string_equal(iso_of("Атлантида"), "unknown");
	assert_string_equal(iso_of("62"), "unknown");
	assert_string_equal(iso_of("область"), "unknown");
	assert_string_equal(iso_of(""), "unknown");
	assert_int_equal(zv_regions_find(&region, zv_regions_builtin(), S("Атлантида"), "region", &err), ZV_E_NOTFOUND);
	assert_string_equal(err.field, "region");
	assert_message(err, "Атлантида");
}

/* Crimea, Sevastopol and Baikonur have no RU- code in ISO 3166-2: an operator adds the rows that an installation needs. */
static bool is_known_exception(struct zv_str text)
{
	return zv_str_find(text, S("Крым")) >= 0 || zv_str_find(text, S("Севастополь")) >= 0 || zv_str_find(text, S("Байконур")) >= 0;
}

static void assert_column_resolves(const char *file, char separator, const char *charset, const char *column, const char *iso_column)
{
	const struct zv_region *region = NULL;
	struct table table;
	size_t found = 0;
	size_t exceptions = 0;

	if (!table_of_real(&table, file, separator, charset))
		skip();
	for (size_t i = 1; i < table.rows; i++) {
		struct zv_str text = cell(&table, i, column);

		if (zv_regions_find(&region, zv_regions_builtin(), text, "region", NULL) != ZV_OK) {
			if (!is_known_exception(text))
				fail_msg("%s: %s", file, text_of(text));
			exceptions++;
			continue;
		}
		if (iso_column != NULL && !zv_str_eq(region->iso, cell(&table, i, iso_column)))
			fail_msg("%s: %s is %s", file, text_of(text), text_of(region->iso));
		found++;
	}
	print_message("%s: %zu spellings found, %zu known exceptions\n", file, found, exceptions);
	assert_true(found > 0 && exceptions <= 3);
	table_done(&table);
}

static void spellings_of_the_procurement_portal_resolve(void **state)
{
	(void)state;
	assert_column_resolves("01_regions/eis_region_codes.csv", ';', "CP1251", "region", NULL);
	assert_column_resolves("05_procurement/eis_region_names.csv", ';', NULL, "name", NULL);
}

static void spellings_of_the_region_tables_resolve_to_their_codes(void **state)
{
	(void)state;
	assert_column_resolves("01_regions/hflabs_region.csv", ',', NULL, "name_with_type", "iso_code");
	assert_column_resolves("01_regions/iso3166-2_ru.csv", ',', NULL, "name", "code");
	assert_column_resolves("04_enterprises/egrul_2025-11.csv", ',', NULL, "region_name", NULL);
}

static void the_table_has_all_83_subjects(void **state)
{
	const struct zv_regions *regions = zv_regions_builtin();

	(void)state;
	assert_int_equal(zv_regions_count(regions), 83);
	for (size_t i = 0; i < zv_regions_count(regions); i++) {
		const struct zv_region *region = zv_regions_at(regions, i);

		assert_ptr_equal(zv_region_by_iso(regions, region->iso), region);
		assert_ptr_equal(zv_region_by_inn(regions, region->inn_prefix), region);
		assert_string_equal(iso_of(text_of(region->name_ru)), text_of(region->iso));
		assert_string_equal(iso_of(text_of(region->name_en)), text_of(region->iso));
		assert_in_range(region->lat_e2, 4000, 7500);
	}
}

static void an_operator_adds_regions_of_his_own(void **state)
{
	struct zv_regions *regions = zv_regions_new();
	const struct zv_region *found = NULL;
	struct zv_region own = {.iso = S("XX-OWN"), .name_ru = S("Новая область"), .name_en = S("New Region"), .lat_e2 = 5000, .lon_e2 = 4000,
				.inn_prefix = S("00")};
	struct zv_err err;

	(void)state;
	assert_int_equal(zv_regions_add(regions, &own, S("Новь|Nov"), &err), ZV_OK);
	assert_int_equal(zv_regions_find(&found, regions, S("новь"), "region", &err), ZV_OK);
	assert_text(found->iso, "XX-OWN");
	assert_int_equal(zv_regions_add(regions, &own, S(""), &err), ZV_E_CONFLICT);
	assert_int_equal(zv_regions_count(regions), 84);
	assert_int_equal(zv_regions_count(zv_regions_builtin()), 83);
	zv_regions_free(regions);
}

static void an_inn_of_another_region_is_noticed(void **state)
{
	const struct zv_regions *regions = zv_regions_builtin();
	const struct zv_region *ryazan = zv_region_by_iso(regions, S("RU-RYA"));

	(void)state;
	assert_false(zv_region_inn_differs(regions, ryazan, S("6299000012")));
	assert_true(zv_region_inn_differs(regions, ryazan, S("5599000011")));
	assert_false(zv_region_inn_differs(regions, ryazan, S("9999000011"))); /* no region: nothing to say */
	zv_tr_set_lang("ru");
	assert_text(zv_region_name(ryazan), "Рязанская область");
	zv_tr_set_lang("en");
	assert_text(zv_region_name(ryazan), "Ryazan Region");
}

static int32_t km(const char *a, const char *b)
{
	const struct zv_regions *regions = zv_regions_builtin();

	return zv_region_km(zv_region_by_iso(regions, S(a)), zv_region_by_iso(regions, S(b)));
}

static void distances_are_whole_kilometres_with_known_values(void **state)
{
	(void)state;
	/* A quarter of the meridian is 10 007.557 km on a sphere of 6 371.0088 km. */
	assert_int_equal(zv_geo_km(0, 0, 9000, 0), 10008);
	assert_int_equal(zv_geo_km(0, 0, 0, 18000), 20015);
	assert_int_equal(zv_geo_km(0, 17900, 0, -17900), 222);
	assert_int_equal(zv_geo_km(5462, 3974, 5462, 3974), 0);
	/* Moscow (55.75 N 37.62 E) to Vladivostok (43.12 N 131.89 E): 6 420 km. */
	assert_in_range(zv_geo_km(5575, 3762, 4312, 13189), 6410, 6430);
	assert_int_equal(km("RU-RYA", "RU-RYA"), 30);
	assert_int_equal(km("RU-RYA", "RU-IRK"), km("RU-IRK", "RU-RYA"));
	assert_in_range(km("RU-RYA", "RU-IRK"), 5000, 5600);
}

static void freight_grows_with_the_way_and_the_hazard(void **state)
{
	const struct zv_freight_rate rate = {.to_km = 100, .kop_per_tkm = INT64_MAX / 200};
	const struct zv_freight_tariff dear = {.rates = &rate, .n = 1};
	const struct zv_freight_tariff *tariff = zv_freight_builtin();
	struct zv_price price = {0};
	struct zv_err err = {0};
	int64_t last = 0;
	int64_t kop = 0;
	int64_t danger = 0;

	(void)state;
	for (int32_t way = 1; way < 12000; way += 7) {
		assert_int_equal(zv_freight_per_tonne(&kop, tariff, way, S(""), &err), ZV_OK);
		assert_true(kop > last);
		last = kop;
		assert_int_equal(zv_freight_per_tonne(&danger, tariff, way, S("3"), &err), ZV_OK);
		assert_true(danger > kop);
	}
	/* 100 km at 15 ₽, 400 at 9, 100 at 6 for a tonne; a class without rows of its own takes its main class. */
	assert_int_equal(zv_freight_per_tonne(&kop, tariff, 600, S(""), &err), ZV_OK);
	assert_int_equal(kop, (100 * 15 + 400 * 9 + 100 * 6) * 100);
	assert_int_equal(zv_freight_cost(&kop, tariff, 40000000, 600, S(""), &err), ZV_OK);
	assert_int_equal(kop, 22800);
	assert_int_equal(zv_freight_price(&price, tariff, 600, S(""), &err), ZV_OK);
	assert_true(zv_price_total(&danger, price, 40000000) && danger == kop);
	assert_int_equal(zv_freight_per_tonne(&kop, tariff, 600, S("6.1"), &err), ZV_OK);
	assert_int_equal(zv_freight_per_tonne(&danger, tariff, 600, S("6"), &err), ZV_OK);
	assert_int_equal(kop, danger);
	assert_int_equal(zv_freight_per_tonne(&kop, tariff, 30000, S(""), &err), ZV_E_NOTFOUND);
	assert_int_equal(zv_freight_cost(&kop, &dear, INT64_MAX, 100, S(""), &err), ZV_E_LIMIT);
	assert_int_equal(zv_freight_per_tonne(&kop, &dear, 101, S(""), &err), ZV_E_NOTFOUND);
	assert_int_equal(zv_freight_per_tonne(&kop, &dear, 50, S("3"), &err), ZV_E_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_spellings_lead_to_one_region),
		cmocka_unit_test(what_is_no_region_is_unknown),
		cmocka_unit_test(spellings_of_the_procurement_portal_resolve),
		cmocka_unit_test(spellings_of_the_region_tables_resolve_to_their_codes),
		cmocka_unit_test(the_table_has_all_83_subjects),
		cmocka_unit_test(an_operator_adds_regions_of_his_own),
		cmocka_unit_test(an_inn_of_another_region_is_noticed),
		cmocka_unit_test(distances_are_whole_kilometres_with_known_values),
		cmocka_unit_test(freight_grows_with_the_way_and_the_hazard),
	};

	return cmocka_run_group_tests_name("model/region", tests, NULL, NULL);
}
