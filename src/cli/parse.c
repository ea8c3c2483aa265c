/* Parsing of the command line: global options, the subcommand (one word or two), its options and arguments. */
#include "cli/parse.h"

#include <stdlib.h>
#include <string.h>

const struct zv_cli_option zv_cli_global_options[] = {
	{"db", "FILE|URL", N_("the database: a file, or postgresql://... (default: ZVENO_DB, or var/zveno.db)")},
	{"centre", "CODE", N_("the regional centre that owns what is written (default: the only one there is)")},
	{"as", "LOGIN", N_("what this person may see and do, as the rights of its account say")},
	{"as-of", "DATE", N_("count dates from this day instead of today")},
	{"lang", "ru|en", N_("language of texts (default: ZVENO_LANG, LC_ALL, LC_MESSAGES, LANG)")},
	{"json", NULL, N_("print JSON instead of a table")},
	{"help", NULL, N_("explain the command and stop")},
	{"version", NULL, N_("print the version and stop")},
	{NULL, NULL, NULL},
};

enum { WORD_MAX = 48, NEAR = 3 };

static int least(int a, int b, int c)
{
	int m = a < b ? a : b;

	return m < c ? m : c;
}

/* Edit distance of two short words; long ones are as far apart as can be. */
static int distance(const char *a, const char *b)
{
	size_t na = strlen(a);
	size_t nb = strlen(b);
	int row[WORD_MAX + 1];

	if (na > WORD_MAX || nb > WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= nb; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= na; i++) {
		int corner = row[0];

		row[0] = (int)i;
		for (size_t j = 1; j <= nb; j++) {
			int above = row[j];

			row[j] = least(above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1));
			corner = above;
		}
	}
	return row[nb];
}

static void nearer(const char **best, int *best_distance, const char *word, const char *candidate)
{
	int d = distance(word, candidate);

	if (d < *best_distance) {
		*best = candidate;
		*best_distance = d;
	}
}

static const char *nearest_option(const struct zv_cli_command *command, const char *word)
{
	const char *best = NULL;
	int d = NEAR + 1;

	for (const struct zv_cli_option *o = command != NULL ? command->options : NULL; o != NULL && o->name != NULL; o++)
		nearer(&best, &d, word, o->name);
	for (const struct zv_cli_option *o = zv_cli_global_options; o->name != NULL; o++)
		nearer(&best, &d, word, o->name);
	return best;
}

static const char *nearest_command(const struct zv_cli *cli, const char *word)
{
	const char *best = NULL;
	int d = NEAR + 1;

	size_t n = strlen(word);

	for (int i = 0; cli->commands[i] != NULL; i++) {
		const char *name = cli->commands[i]->name;

		if (strncmp(name, word, n) == 0 && name[n] == ' ') /* the first word of two */
			return name;
		nearer(&best, &d, word, name);
	}
	return best;
}

const struct zv_cli_command *zv_cli_find(const struct zv_cli *cli, const char *name)
{
	for (int i = 0; cli->commands[i] != NULL; i++) {
		if (strcmp(cli->commands[i]->name, name) == 0)
			return cli->commands[i];
	}
	return NULL;
}

/* The option whose name is the first n bytes of `text`. */
static const struct zv_cli_option *find_in(const struct zv_cli_option *table, const char *text, size_t n)
{
	for (; table != NULL && table->name != NULL; table++) {
		if (strlen(table->name) == n && memcmp(table->name, text, n) == 0)
			return table;
	}
	return NULL;
}

static enum zv_code set_global(struct zv_cli *cli, const char *name, const char *value, struct zv_err *err)
{
	if (strcmp(name, "db") == 0) {
		cli->db_url = value;
	} else if (strcmp(name, "centre") == 0) {
		cli->centre = value;
	} else if (strcmp(name, "as") == 0) {
		cli->as = value;
	} else if (strcmp(name, "json") == 0) {
		cli->json = true;
	} else if (strcmp(name, "as-of") == 0) {
		if (!zv_date_parse(&cli->as_of, zv_str_c(value)))
			return zv_fail(err, ZV_E_INVALID, "--as-of", N_("“%s” is not a date; write it like 2026-09-30."), value);
	} else if (strcmp(name, "lang") == 0 && strcmp(value, "ru") != 0 && strcmp(value, "en") != 0) {
		return zv_fail(err, ZV_E_INVALID, "--lang", N_("“%s” is no language of Zveno; it knows ru and en."), value);
	}
	return ZV_OK;
}

static enum zv_code keep(struct zv_cli *cli, const char *name, const char *value, bool global, struct zv_err *err)
{
	if (cli->n_options == ZV_CLI_OPTIONS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "", N_("There are more than %d options."), ZV_CLI_OPTIONS_MAX);
	cli->options[cli->n_options].name = name;
	cli->options[cli->n_options].value = value;
	cli->n_options++;
	return global ? set_global(cli, name, value, err) : ZV_OK;
}

/* Reads the option at argv[*i], and its value from the same word or the next one. */
static enum zv_code take_option(struct zv_cli *cli, int argc, char **argv, int *i, struct zv_err *err)
{
	const char *text = argv[*i] + 2;
	const char *eq = strchr(text, '=');
	size_t n = eq != NULL ? (size_t)(eq - text) : strlen(text);
	bool global = false;
	const struct zv_cli_option *option = cli->command != NULL ? find_in(cli->command->options, text, n) : NULL;
	const char *value = eq != NULL ? eq + 1 : NULL;

	if (option == NULL) {
		option = find_in(zv_cli_global_options, text, n);
		global = true;
	}
	if (option == NULL) {
		const char *near = nearest_option(cli->command, text);

		if (near != NULL)
			return zv_fail(err, ZV_E_INVALID, argv[*i], N_("There is no such option. Is --%s meant?"), near);
		return zv_fail(err, ZV_E_INVALID, argv[*i], N_("There is no such option. “zveno help %s” lists those there are."),
			       cli->command != NULL ? cli->command->name : "");
	}
	if (option->value == NULL && value != NULL)
		return zv_fail(err, ZV_E_INVALID, argv[*i], N_("The option --%s takes no value."), option->name);
	if (option->value != NULL && value == NULL) {
		if (*i + 1 >= argc)
			return zv_fail(err, ZV_E_INVALID, argv[*i], N_("The option --%s needs a value: %s."), option->name, option->value);
		value = argv[++*i];
	}
	return keep(cli, option->name, value != NULL ? value : "", global, err);
}

bool zv_cli_in_group(const struct zv_cli_command *command, const char *group)
{
	const size_t n = strlen(group);

	return strncmp(command->name, group, n) == 0 && command->name[n] == ' ';
}

bool zv_cli_has_group(const struct zv_cli *cli, const char *group)
{
	for (int i = 0; cli->commands[i] != NULL; i++) {
		if (zv_cli_in_group(cli->commands[i], group))
			return true;
	}
	return false;
}

/* Takes the subcommand at argv[*i]: two words when they make one. */
static enum zv_code take_command(struct zv_cli *cli, int argc, char **argv, int *i, struct zv_err *err)
{
	char two[2 * WORD_MAX];
	const char *near;

	if (*i + 1 < argc) {
		(void)snprintf(two, sizeof(two), "%s %s", argv[*i], argv[*i + 1]);
		cli->command = zv_cli_find(cli, two);
		if (cli->command != NULL) {
			*i += 1;
			return ZV_OK;
		}
	}
	cli->command = zv_cli_find(cli, argv[*i]);
	if (cli->command != NULL)
		return ZV_OK;
	if (zv_cli_has_group(cli, argv[*i]) && (*i + 1 == argc || argv[*i + 1][0] == '-')) {
		if (*i + 1 == argc || (strcmp(argv[*i + 1], "--help") != 0 && strcmp(argv[*i + 1], "-h") != 0))
			return zv_fail(err, ZV_E_INVALID, argv[*i], N_("One more word is missing. “zveno help %s” lists what there is."), argv[*i]);
		cli->command = zv_cli_find(cli, "help");
		cli->args[cli->n_args++] = argv[*i];
		return ZV_OK;
	}
	near = nearest_command(cli, *i + 1 < argc && argv[*i + 1][0] != '-' ? two : argv[*i]);
	if (near == NULL)
		near = nearest_command(cli, argv[*i]);
	if (near != NULL)
		return zv_fail(err, ZV_E_INVALID, argv[*i], N_("There is no such command. Is “zveno %s” meant?"), near);
	return zv_fail(err, ZV_E_INVALID, argv[*i], N_("There is no such command. “zveno help” lists those there are."));
}

static enum zv_code check_args(const struct zv_cli *cli, struct zv_err *err)
{
	const struct zv_cli_command *c = cli->command;

	if (cli->n_args < c->min_args)
		return zv_fail(err, ZV_E_INVALID, c->name, N_("Something is missing. Write: zveno %s %s"), c->name, c->args);
	if (c->max_args >= 0 && cli->n_args > c->max_args)
		return zv_fail(err, ZV_E_INVALID, cli->args[c->max_args], N_("This is too much. Write: zveno %s %s"), c->name, c->args);
	return ZV_OK;
}

enum zv_code zv_cli_parse(struct zv_cli *cli, int argc, char **argv, struct zv_err *err)
{
	bool only_args = false;
	enum zv_code code = ZV_OK;

	for (int i = 1; i < argc && code == ZV_OK; i++) {
		const char *word = argv[i];

		if (!only_args && strcmp(word, "--") == 0) {
			only_args = true;
		} else if (!only_args && (strcmp(word, "-h") == 0 || strcmp(word, "-V") == 0)) {
			code = keep(cli, word[1] == 'h' ? "help" : "version", "", false, err);
		} else if (!only_args && strncmp(word, "--", 2) == 0) {
			code = take_option(cli, argc, argv, &i, err);
		} else if (cli->command == NULL) {
			code = take_command(cli, argc, argv, &i, err);
		} else if (cli->n_args == ZV_CLI_ARGS_MAX) {
			code = zv_fail(err, ZV_E_LIMIT, word, N_("There are more than %d arguments."), ZV_CLI_ARGS_MAX);
		} else {
			cli->args[cli->n_args++] = word;
		}
	}
	if (code != ZV_OK)
		return code;
	if (cli->command == NULL)
		cli->command = zv_cli_find(cli, "help");
	if (zv_cli_flag(cli, "help") || zv_cli_flag(cli, "version"))
		return ZV_OK;
	return check_args(cli, err);
}

const char *zv_cli_language(int argc, char **argv)
{
	static const char *const names[] = {"ZVENO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};

	for (int i = 1; i < argc; i++) {
		if (strncmp(argv[i], "--lang=", 7) == 0)
			return argv[i] + 7;
		if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			return argv[i + 1];
	}
	for (size_t i = 0; i < ZV_LEN(names); i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && value[0] != '\0')
			return value;
	}
	return "en";
}
