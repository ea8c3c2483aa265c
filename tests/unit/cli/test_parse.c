/* The command line: what is read from the words, and what is said when they are wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/tr.h"
#include "cli/parse.h"

static enum zv_code run_nothing(struct zv_cli *cli, struct zv_err *err)
{
	(void)cli;
	(void)err;
	return ZV_OK;
}

static const struct zv_cli_option list_options[] = {{"limit", "N", "at most"}, {"set", "X", "a setting"}, {"all", NULL, "all"}, {NULL, NULL, NULL}};

static const struct zv_cli_command help = {.name = "help", .args = "[COMMAND]", .max_args = 2, .help = "help", .run = run_nothing};
static const struct zv_cli_command list = {
	.name = "list", .args = "KIND [FILTER]...", .min_args = 1, .max_args = 3, .help = "list", .options = list_options, .run = run_nothing};
static const struct zv_cli_command upgrade = {.name = "db upgrade", .args = "", .help = "upgrade", .run = run_nothing};
static const struct zv_cli_command *const commands[] = {&help, &list, &upgrade, NULL};

enum { WORDS_MAX = 16 };

/* Parses "zveno" and the words given, which end with NULL. */
static enum zv_code parse(struct zv_cli *cli, struct zv_err *err, const char *const *words)
{
	static char *argv[WORDS_MAX];
	int argc = 1;

	argv[0] = (char *)(uintptr_t)"zveno";
	for (int i = 0; words[i] != NULL; i++)
		argv[argc++] = (char *)(uintptr_t)words[i];
	*cli = (struct zv_cli){.commands = commands, .as_of = ZV_DATE_NONE};
	*err = (struct zv_err){0};
	return zv_cli_parse(cli, argc, argv, err);
}

#define PARSE(cli, err, ...) parse((cli), (err), (const char *const[]){__VA_ARGS__, NULL})

static void options_stand_before_and_after_the_command(void **state)
{
	struct zv_cli cli;
	struct zv_err err;

	(void)state;
	assert_int_equal(PARSE(&cli, &err, "--db", "a.db", "list", "needs", "--json", "x=1", "--as-of=2026-03-02"), ZV_OK);
	assert_ptr_equal(cli.command, &list);
	assert_string_equal(cli.db_url, "a.db");
	assert_true(cli.json);
	assert_int_equal(cli.n_args, 2);
	assert_string_equal(cli.args[1], "x=1");
	assert_int_equal(cli.as_of, zv_date_from_civil(2026, 3, 2));
}

static void two_words_make_one_command(void **state)
{
	struct zv_cli cli;
	struct zv_err err;

	(void)state;
	assert_int_equal(PARSE(&cli, &err, "db", "upgrade"), ZV_OK);
	assert_ptr_equal(cli.command, &upgrade);
	assert_int_equal(cli.n_args, 0);
	assert_int_equal(PARSE(&cli, &err, "db"), ZV_E_INVALID);
	assert_non_null(strstr(err.text, "zveno help db"));
}

static void a_value_follows_or_is_joined_by_an_equals_sign(void **state)
{
	struct zv_cli cli;
	struct zv_err err;
	int64_t limit = 50;

	(void)state;
	assert_int_equal(PARSE(&cli, &err, "list", "needs", "--limit", "7"), ZV_OK);
	assert_int_equal(zv_cli_option_int(&limit, &cli, "limit", 0, &err), ZV_OK);
	assert_int_equal(limit, 7);
	assert_int_equal(PARSE(&cli, &err, "list", "needs", "--limit=8", "--limit=9"), ZV_OK);
	assert_string_equal(zv_cli_option(&cli, "limit"), "9");
	assert_string_equal(zv_cli_option_at(&cli, "limit", 0), "8");
	assert_null(zv_cli_option_at(&cli, "limit", 2));
	assert_int_equal(PARSE(&cli, &err, "list", "needs", "--limit=many"), ZV_OK);
	limit = 50;
	assert_int_equal(zv_cli_option_int(&limit, &cli, "limit", 0, &err), ZV_E_INVALID);
	assert_int_equal(limit, 50);
	assert_string_equal(err.field, "limit");
}

static void a_missing_or_needless_value_is_named(void **state)
{
	struct zv_cli cli;
	struct zv_err err;

	(void)state;
	assert_int_equal(PARSE(&cli, &err, "list", "needs", "--limit"), ZV_E_INVALID);
	assert_non_null(strstr(err.text, "--limit needs a value: N"));
	assert_int_equal(PARSE(&cli, &err, "list", "needs", "--all=yes"), ZV_E_INVALID);
	assert_non_null(strstr(err.text, "takes no value"));
}

static void an_unknown_word_is_named_with_the_nearest_one(void **state)
{
	struct zv_cli cli;
	struct zv_err err;

	(void)state;
	assert_int_equal(PARSE(&cli, &err, "lits"), ZV_E_INVALID);
	assert_string_equal(err.field, "lits");
	assert_non_null(strstr(err.text, "zveno list"));
	assert_int_equal(PARSE(&cli, &err, "list", "needs", "--limt", "3"), ZV_E_INVALID);
	assert_string_equal(err.field, "--limt");
	assert_non_null(strstr(err.text, "--limit"));
	assert_int_equal(PARSE(&cli, &err, "list", "needs", "--completely-else"), ZV_E_INVALID);
	assert_non_null(strstr(err.text, "zveno help list"));
}

static void arguments_are_counted(void **state)
{
	struct zv_cli cli;
	struct zv_err err;

	(void)state;
	assert_int_equal(PARSE(&cli, &err, "list"), ZV_E_INVALID);
	assert_non_null(strstr(err.text, "zveno list KIND [FILTER]..."));
	assert_int_equal(PARSE(&cli, &err, "list", "a", "b", "c", "d"), ZV_E_INVALID);
	assert_string_equal(err.field, "d");
	assert_int_equal(PARSE(&cli, &err, "list", "--help"), ZV_OK);
	assert_int_equal(parse(&cli, &err, (const char *const[]){NULL}), ZV_OK);
	assert_ptr_equal(cli.command, &help);
}

static void two_dashes_end_the_options(void **state)
{
	struct zv_cli cli;
	struct zv_err err;

	(void)state;
	assert_int_equal(PARSE(&cli, &err, "list", "--", "--limit", "-"), ZV_OK);
	assert_int_equal(cli.n_args, 2);
	assert_string_equal(cli.args[0], "--limit");
}

static void wrong_dates_and_languages_are_refused(void **state)
{
	struct zv_cli cli;
	struct zv_err err;

	(void)state;
	assert_int_equal(PARSE(&cli, &err, "list", "needs", "--as-of", "soon"), ZV_E_INVALID);
	assert_string_equal(err.field, "--as-of");
	assert_int_equal(PARSE(&cli, &err, "list", "needs", "--lang", "de"), ZV_E_INVALID);
}

static void the_language_comes_from_the_option_then_the_environment(void **state)
{
	char *plain[] = {(char *)(uintptr_t)"zveno", NULL};
	char *asked[] = {(char *)(uintptr_t)"zveno", (char *)(uintptr_t)"list", (char *)(uintptr_t)"--lang=en", NULL};

	(void)state;
	assert_int_equal(setenv("ZVENO_LANG", "", 1), 0);
	assert_int_equal(setenv("LC_ALL", "ru_RU.UTF-8", 1), 0);
	assert_string_equal(zv_cli_language(1, plain), "ru_RU.UTF-8");
	assert_string_equal(zv_cli_language(3, asked), "en");
	assert_int_equal(setenv("ZVENO_LANG", "en", 1), 0);
	assert_string_equal(zv_cli_language(1, plain), "en");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_before_and_after_the_command),
		cmocka_unit_test(two_words_make_one_command),
		cmocka_unit_test(a_value_follows_or_is_joined_by_an_equals_sign),
		cmocka_unit_test(a_missing_or_needless_value_is_named),
		cmocka_unit_test(an_unknown_word_is_named_with_the_nearest_one),
		cmocka_unit_test(arguments_are_counted),
		cmocka_unit_test(two_dashes_end_the_options),
		cmocka_unit_test(wrong_dates_and_languages_are_refused),
		cmocka_unit_test(the_language_comes_from_the_option_then_the_environment),
	};

	return cmocka_run_group_tests_name("unit/cli/parse", tests, NULL, NULL);
}
