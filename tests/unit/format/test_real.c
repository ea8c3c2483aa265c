/* Every file of the collection of real data opens and is read to its end, or is refused with a reason. Skips when it is absent. */
#include "help.h"

#include <dirent.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

#ifndef ZV_REAL_DEFAULT
#error "the build says where the real data is looked for"
#endif

static const char *real(void)
{
	const char *named = getenv("ZVENO_REAL");

	return named != NULL ? named : ZV_REAL_DEFAULT;
}

static const char *const plan_columns[] = {"okpd2/code", "okei/name", "qty", "../ordinalNumber", "/customer/mainInfo/inn"};
static const struct zv_record_spec plan = {"purchasePlanItem", "purchasePlanDataItemRows/purchasePlanRowItem", plan_columns, 5};
static const char *const okpd_columns[] = {"Kod", "Name"};
static const struct zv_record_spec okpd = {"array", NULL, okpd_columns, 2};
static const char *const ocds_columns[] = {"description", "quantity", "unit/name", "../ocid"};
static const struct zv_record_spec ocds = {NULL, "tender/items", ocds_columns, 4};
static const char *const map_columns[] = {"properties/name"};
static const struct zv_record_spec features = {"features", NULL, map_columns, 1};
static const char *const cpv_columns[] = {"@key", "."};
static const struct zv_record_spec cpv = {"*", NULL, cpv_columns, 2};

struct tally {
	int64_t rows;
	int64_t cells;
	size_t least;
	size_t most;
	int64_t last; /* line */
	int64_t replaced; /* rows with U+FFFD */
	struct zv_rows_info info;
};

static enum zv_code read_file(struct tally *t, const char *path, const struct zv_rows_options *options, struct zv_err *err)
{
	struct zv_rows *rows;
	struct zv_row row;
	bool more;
	enum zv_code code = zv_rows_open(&rows, path, options, err);

	*t = (struct tally){.least = SIZE_MAX};
	if (code != ZV_OK)
		return code;
	while ((code = zv_rows_next(&more, &row, rows, err)) == ZV_OK && more) {
		bool replaced = false;

		t->rows++;
		t->cells += (int64_t)row.n;
		t->least = row.n < t->least ? row.n : t->least;
		t->most = row.n > t->most ? row.n : t->most;
		t->last = row.line;
		for (size_t i = 0; i < row.n; i++)
			replaced |= zv_str_find(row.cells[i], ZV_STR("\xef\xbf\xbd")) >= 0;
		t->replaced += replaced;
	}
	t->info = *zv_rows_info(rows);
	zv_rows_close(rows);
	return code;
}

static void every_file_is_read_or_refused_with_a_reason(void **state)
{
	char *roots[] = {(char *)(uintptr_t)real(), NULL};
	struct zv_rows_options options = {.xml = &plan, .json = &ocds};
	FTS *walk;
	FTSENT *entry;
	int files = 0;
	int refused = 0;

	(void)state;
	if (access(real(), R_OK) != 0) {
		print_message("skipped: no real data at %s\n", real());
		skip();
	}
	walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	assert_non_null(walk);
	while ((entry = fts_read(walk)) != NULL) {
		struct tally t;
		struct zv_err err = {0};
		enum zv_code code;

		if (entry->fts_info != FTS_F)
			continue;
		files++;
		code = read_file(&t, entry->fts_path, &options, &err);
		if (code == ZV_OK)
			continue;
		refused++;
		print_message("%s: %s\n", entry->fts_name, err.text);
		assert_true(code == ZV_E_INVALID || code == ZV_E_LIMIT || code == ZV_E_UNSUPPORTED);
		assert_null(strstr(err.text, "broke its reader"));
	}
	(void)fts_close(walk);
	print_message("%d files, %d refused\n", files, refused);
	assert_true(files > 80);
	assert_int_equal(refused, 1); /* the map, when taken for one record */
}

static void known_files_have_their_known_rows(void **state)
{
	static const struct {
		const char *name;
		const struct zv_record_spec *spec;
		int64_t rows; /* the header of XML and JSON among them */
		size_t columns; /* the most */
		enum zv_encoding_source encoding;
	} files[] = {
		{"01_regions/eis_region_codes.csv", NULL, 87, 2, ZV_ENCODING_LETTERS},
		{"01_regions/hflabs_region.csv", NULL, 87, 15, ZV_ENCODING_STRICT},
		{"01_regions/hflabs_city.csv", NULL, 1118, 24, ZV_ENCODING_STRICT},
		{"01_regions/osm2013_regions.geojson.gz", &features, 84, 1, ZV_ENCODING_ASSUMED},
		{"02_classifiers/okei.csv", NULL, 526, 7, ZV_ENCODING_MARK},
		{"02_classifiers/okpd2_moscow_2022-05-25.cp1251.xml.gz", &okpd, 19504, 2, ZV_ENCODING_DECLARED},
		{"02_classifiers/okpd2_fowku_2020.csv.gz", NULL, 19249, 7, ZV_ENCODING_STRICT},
		{"02_classifiers/okved2_rosstat_20231201.cp1251.csv.gz", NULL, 2899, 3, ZV_ENCODING_LETTERS},
		{"02_classifiers/prozorro_cpv_ru.json.gz", &cpv, 9455, 2, ZV_ENCODING_ASSUMED},
		{"02_classifiers/tnved_ru_2018.txt.gz", NULL, 16486, 2, ZV_ENCODING_LETTERS},
		{"02_classifiers/unece_rec20.csv", NULL, 2137, 7, ZV_ENCODING_STRICT},
		{"02_classifiers/hs2022_en.csv.gz", NULL, 6941, 5, ZV_ENCODING_ASSUMED},
		{"03_chemicals/pubchem_small.tsv.gz", NULL, 1815, 657, ZV_ENCODING_ASSUMED},
		{"03_chemicals/fake_cas_registry.tsv", NULL, 999, 5, ZV_ENCODING_ASSUMED},
		{"04_enterprises/egrul_2025-11.csv", NULL, 401, 22, ZV_ENCODING_STRICT},
		{"04_enterprises/eis_participants_tatarstan_a.cp1251.csv.gz", NULL, 2877, 5, ZV_ENCODING_LETTERS},
		{"04_enterprises/eis_customers_tatarstan.cp1251.csv", NULL, 721, 6, ZV_ENCODING_LETTERS},
		{"05_procurement/eis223_purchase_plan_2019.xml.gz", &plan, 491, 5, ZV_ENCODING_DECLARED},
		{"05_procurement/ocds_ua_am.jsonl.gz", &ocds, 0, 4, ZV_ENCODING_ASSUMED},
		{"05_procurement/eis_contracts_a.csv", NULL, 742, 18, ZV_ENCODING_STRICT},
		{"05_procurement/mos_portal_contracts.csv", NULL, 536, 10, ZV_ENCODING_STRICT},
		{"06_chains/cthru_recipe.xlsx", NULL, 267, 23, ZV_ENCODING_ASSUMED},
		{"07_distances/ru_rail_stations.tsv.gz", NULL, 17685, 13, ZV_ENCODING_STRICT},
	};

	(void)state;
	if (access(real(), R_OK) != 0)
		skip();
	for (size_t i = 0; i < ZV_LEN(files); i++) {
		struct zv_rows_options options = {.xml = files[i].spec, .json = files[i].spec};
		char path[4096];
		struct tally t;
		struct zv_err err = {0};

		(void)snprintf(path, sizeof(path), "%s/%s", real(), files[i].name);
		if (read_file(&t, path, &options, &err) != ZV_OK)
			fail_msg("%s: %s", files[i].name, err.text);
		if (t.most != files[i].columns || t.info.encoding_source != files[i].encoding ||
		    (files[i].rows != 0 && t.rows != files[i].rows))
			fail_msg("%s: %lld rows, %zu columns, encoding by %d", files[i].name, (long long)t.rows, t.most,
				 t.info.encoding_source);
	}
}

static void damaged_letters_are_passed_on_to_be_counted(void **state)
{
	static const struct zv_rows_options plain = {0};
	char path[4096];
	struct tally t;
	struct zv_err err;

	(void)state;
	if (access(real(), R_OK) != 0)
		skip();
	(void)snprintf(path, sizeof(path), "%s/05_procurement/customs_adygea_2015_damaged_fffd.csv.gz", real());
	assert_int_equal(read_file(&t, path, &plain, &err), ZV_OK);
	assert_int_equal(t.rows, 4892);
	assert_true(t.replaced > 4000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_is_read_or_refused_with_a_reason),
		cmocka_unit_test(known_files_have_their_known_rows),
		cmocka_unit_test(damaged_letters_are_passed_on_to_be_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
