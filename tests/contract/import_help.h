/* What the tests of imports share: files of a test, imports into fx.db, and what came of the last one. */
#ifndef ZV_TESTS_CONTRACT_IMPORT_HELP_H
#define ZV_TESTS_CONTRACT_IMPORT_HELP_H

#include "app/import.h"
#include "fixture.h"

/* Three organisations and three needs of them. */
extern const char import_enterprises[], import_needs[];

/* Of the last import. */
extern struct zv_import_report import_report;

/* Where the file of this test is. */
extern char import_path[300];

/* A file of this test with this content; replaced by the next one. */
const char *import_file(const char *suffix, struct zv_str content);
const char *import_csv(const char *text);

enum zv_code import_with(const char *kind, const char *file, struct zv_import_options options);
void import_text(const char *kind, const char *text); /* must succeed */

void import_print_faults(void);

/* new, changed, same, error, held, duplicate */
void import_assert_counts(int n_new, int changed, int same, int error, int held, int duplicate);
void import_assert_fault(size_t at, int64_t line, const char *text);

int64_t import_count(const char *reg);

int import_clean_up(void **state);

#define IMPORT_TEST(function) cmocka_unit_test_setup_teardown(function, fixture_open, import_clean_up)

#endif
