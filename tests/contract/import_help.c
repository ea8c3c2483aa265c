/* One report and one file at a time, for the tests of imports. */
#include "import_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char import_enterprises[] = "key,name,inn,region,phone\n"
				  "E1,АО «Ока-Полимер»,6299000012,Рязанская область,+7 4912 00-00-01\n"
				  "E2,ООО «Иртыш-Синтез»,5599000011,Омская область,\n"
				  "E4,АО «Агидель-Хим»,0299000011,RU-BA,\n";

const char import_needs[] = "key,org_inn,item,cas,qty,unit,tolerance,requirements,region,due,price\n"
			    "N1,6299000012,ацетилацетон,123-54-6,0.04,t,10 kg,purity >= 99.0 %,RU-RYA,2026-09-30,5500 ₽/kg\n"
			    "N2,5599000011,ацетилацетон,123-54-6,25,kg,5,purity >= 99.0 %,RU-OMS,2026-09-30,5200\n"
			    "N3,0299000011,ацетилацетон,123-54-6,15000,g,0,,,2026-09-30,6000 ₽/kg\n";

char import_path[300];
struct zv_import_report import_report;

const char *import_file(const char *suffix, struct zv_str content)
{
	const char *dir = getenv("TMPDIR");
	FILE *file;

	(void)snprintf(import_path, sizeof(import_path), "%s/zveno-import-%d%s", dir != NULL ? dir : "/tmp", (int)getpid(), suffix);
	file = fopen(import_path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(content.p, 1, content.n, file), content.n);
	assert_int_equal(fclose(file), 0);
	return import_path;
}

const char *import_csv(const char *text)
{
	return import_file(".csv", zv_str_c(text));
}

enum zv_code import_with(const char *kind, const char *file, struct zv_import_options options)
{
	enum zv_code code;

	zv_import_report_done(&import_report);
	if (options.actor == NULL)
		options.actor = "test";
	code = zv_import(&import_report, fx.db, kind, file, &options, &fx.err);
	if (code == ZV_OK)
		assert_int_equal(import_report.rows, import_report.n_new + import_report.n_changed + import_report.n_same + import_report.n_error + import_report.n_held +
						      import_report.n_duplicate + import_report.n_skipped);
	return code;
}

void import_text(const char *kind, const char *text)
{
	OK(import_with(kind, import_csv(text), (struct zv_import_options){ 0 }));
}

void import_print_faults(void)
{
	for (size_t i = 0; i < import_report.n_faults; i++)
		print_error("line %d: %s: %.*s\n", (int)import_report.faults[i].line, zv_import_level_name(import_report.faults[i].level),
			    ZV_STR_FMT(import_report.faults[i].text));
}

void import_assert_counts(int n_new, int changed, int same, int error, int held, int duplicate)
{
	int64_t want[] = { n_new, changed, same, error, held, duplicate };
	int64_t have[] = { import_report.n_new, import_report.n_changed, import_report.n_same, import_report.n_error, import_report.n_held, import_report.n_duplicate };

	for (size_t i = 0; i < ZV_LEN(want); i++) {
		if (want[i] == have[i])
			continue;
		print_error("new %d changed %d same %d error %d held %d duplicate %d\n", (int)have[0], (int)have[1], (int)have[2], (int)have[3],
			    (int)have[4], (int)have[5]);
		import_print_faults();
		fail();
	}
}

void import_assert_fault(size_t at, int64_t line, const char *text)
{
	if (at >= import_report.n_faults || import_report.faults[at].line != line || zv_str_find(import_report.faults[at].text, zv_str_c(text)) < 0) {
		print_error("wanted line %d: %s\n", (int)line, text);
		import_print_faults();
		fail();
	}
}

int64_t import_count(const char *reg)
{
	int64_t n;

	OK(zv_record_count(&n, fx.db, zv_register_find(reg), &fx.err));
	return n;
}

int import_clean_up(void **state)
{
	zv_import_report_done(&import_report);
	(void)unlink(import_path);
	return fixture_close(state);
}
