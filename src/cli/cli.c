/* One run of the program: language, parsing, the subcommand, its answer as an exit code. */
#include "cli/cli.h"

#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/accounts.h"
#include "base/embed.h"
#include "base/tr.h"
#include "cli/help.h"
#include "cli/parse.h"

static const char *const db_default = "var/zveno.db";

const char *zv_cli_option(const struct zv_cli *cli, const char *name)
{
	for (int i = cli->n_options - 1; i >= 0; i--) {
		if (strcmp(cli->options[i].name, name) == 0)
			return cli->options[i].value;
	}
	return NULL;
}

const char *zv_cli_option_at(const struct zv_cli *cli, const char *name, int k)
{
	for (int i = 0; i < cli->n_options; i++) {
		if (strcmp(cli->options[i].name, name) == 0 && k-- == 0)
			return cli->options[i].value;
	}
	return NULL;
}

bool zv_cli_flag(const struct zv_cli *cli, const char *name)
{
	return zv_cli_option(cli, name) != NULL;
}

enum zv_code zv_cli_option_int(int64_t *out, const struct zv_cli *cli, const char *name, int64_t min, struct zv_err *err)
{
	const char *text = zv_cli_option(cli, name);
	int64_t value;

	if (text == NULL)
		return ZV_OK;
	if (!zv_str_int(&value, zv_str_c(text)) || value < min)
		return zv_fail(err, ZV_E_INVALID, name, N_("“%s” is not a whole number from %lld on."), text, (long long)min);
	*out = value;
	return ZV_OK;
}

enum zv_code zv_cli_option_date(zv_date *out, const struct zv_cli *cli, const char *name, struct zv_err *err)
{
	const char *text = zv_cli_option(cli, name);

	if (text != NULL && !zv_date_parse(out, zv_str_c(text)))
		return zv_fail(err, ZV_E_INVALID, name, N_("“%s” is not a date; write it like 2026-09-30."), text);
	return ZV_OK;
}

struct zv_str zv_cli_arg(const struct zv_cli *cli, int i)
{
	return zv_str_c(i < cli->n_args ? cli->args[i] : NULL);
}

void zv_cli_make_place(const struct zv_cli *cli)
{
	if (strcmp(cli->db_url, db_default) == 0)
		(void)mkdir("var", 0777); /* that it is there already is fine; whatever else is wrong, opening says */
}

/* Who asks: the person of --as, if he may use this command. */
static enum zv_code load_person(struct zv_db *db, const struct zv_cli *cli, struct zv_err *err)
{
	enum zv_code code;

	if (cli->as == NULL)
		return ZV_OK;
	if (cli->command->action == 0)
		return zv_fail(err, ZV_E_DENIED, "--as", N_("“%s” is for the owner of the database alone; leave --as out."), cli->command->name);
	code = zv_who_of_login(cli->who, db, zv_str_c(cli->as), cli->arena, err);
	return code == ZV_OK ? zv_rights_need_some(cli->who, (enum zv_action)(cli->command->action - 1), err) : code;
}

enum zv_code zv_cli_may_write(const struct zv_cli *cli, struct zv_db *db, struct zv_err *err)
{
	struct zv_object object = {-1, 0};
	enum zv_code code;

	if (cli->as == NULL)
		return ZV_OK;
	code = zv_cli_centre(&object.centre_id, db, cli, err);
	return code == ZV_OK ? zv_rights_need(cli->who, (enum zv_action)(cli->command->action - 1), object, err) : code;
}

enum zv_code zv_cli_open(struct zv_db **db, const struct zv_cli *cli, enum zv_database_mode mode, struct zv_err *err)
{
	enum zv_code code;

	if (mode == ZV_DATABASE_CREATE)
		zv_cli_make_place(cli);
	code = zv_database_open(db, cli->db_url, mode, err);
	if (code == ZV_OK) {
		code = load_person(*db, cli, err);
		if (code != ZV_OK) {
			zv_database_close(*db);
			*db = NULL;
		}
	}
	if (code == ZV_OK && mode != ZV_DATABASE_READ)
		zv_database_actor(*db, cli->actor);
	return zv_cli_input(code, err);
}

enum zv_code zv_cli_input(enum zv_code code, struct zv_err *err)
{
	bool of_the_file = code == ZV_E_LIMIT && err != NULL && err->field[0] == '\0'; /* too long, too wide, a bomb */

	if (code != ZV_E_NOTFOUND && !of_the_file)
		return code;
	if (err != NULL)
		err->code = ZV_E_INVALID;
	return ZV_E_INVALID;
}

enum zv_code zv_cli_centre(int64_t *out, struct zv_db *db, const struct zv_cli *cli, struct zv_err *err)
{
	return zv_database_centre(out, db, zv_str_c(cli->centre), err);
}

bool zv_cli_ask(const char *question, bool otherwise)
{
	char answer[16];

	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
		return otherwise;
	(void)fprintf(stderr, "%s ", question);
	if (fgets(answer, sizeof(answer), stdin) == NULL)
		return false;
	return strncmp(answer, "y", 1) == 0 || strncmp(answer, "Y", 1) == 0 || strncmp(answer, "д", strlen("д")) == 0 ||
	       strncmp(answer, "Д", strlen("Д")) == 0;
}

int zv_cli_complain(const struct zv_err *err)
{
	if (err->field[0] != '\0')
		(void)fprintf(stderr, "zveno: %s: %s\n", err->field, err->text);
	else
		(void)fprintf(stderr, "zveno: %s\n", err->text);
	return zv_code_exit(err->code);
}

/* "cli:" and the login name, so that a batch says who made it. */
static const char *actor_name(char *buf, size_t n)
{
	const struct passwd *user = getpwuid(geteuid());

	(void)snprintf(buf, n, "cli:%s", user != NULL ? user->pw_name : "?");
	return buf;
}

/* A full disk behind stdout is found here at the latest. A reader that has gone (| head) is no failure of ours. */
static enum zv_code finish_output(FILE *out, struct zv_err *err)
{
	bool bad = ferror(out) != 0;

	errno = 0;
	if (fflush(out) == 0 && !bad)
		return ZV_OK;
	if (errno == EPIPE || errno == 0)
		return ZV_OK;
	return zv_fail(err, ZV_E_IO, "stdout", N_("The output could not be written: %s."), strerror(errno));
}

static int run(struct zv_cli *cli)
{
	struct zv_err err = {0};
	struct zv_err late = {0};
	enum zv_code code;

	if (zv_cli_flag(cli, "version")) {
		(void)fprintf(cli->out, "zveno %s\n", ZVENO_VERSION);
		code = ZV_OK;
	} else if (zv_cli_flag(cli, "help")) {
		code = zv_cli_help(cli, cli->command, &err);
	} else {
		code = cli->command->run(cli, &err);
	}
	if (finish_output(cli->out, &late) != ZV_OK && code == ZV_OK)
		return zv_cli_complain(&late);
	if (code != ZV_OK)
		return zv_cli_complain(&err);
	return cli->no ? 1 : 0;
}

int zv_cli_main(int argc, char **argv, const struct zv_cli_command *const *commands)
{
	struct zv_who who;
	struct zv_arena arena;
	struct zv_cli cli = {.commands = commands, .out = stdout, .as_of = ZV_DATE_NONE, .who = &who, .arena = &arena};
	struct zv_err err = {0};
	struct zv_str mo;
	char actor[80];
	const char *env = getenv("ZVENO_DB");
	int exit_code;

	(void)signal(SIGPIPE, SIG_IGN);
	if (zv_embed_find(&mo, "po/ru.mo"))
		(void)zv_tr_load_ru(mo.p, mo.n);
	zv_tr_set_lang(zv_cli_language(argc, argv));
	cli.terminal = isatty(STDOUT_FILENO) != 0;
	cli.db_url = env != NULL && env[0] != '\0' ? env : db_default;
	cli.actor = actor_name(actor, sizeof(actor));
	zv_who_local(&who, zv_str_c(cli.actor));
	if (zv_cli_parse(&cli, argc, argv, &err) != ZV_OK)
		return zv_cli_complain(&err);
	zv_arena_init(&arena);
	exit_code = run(&cli);
	zv_arena_done(&arena);
	return exit_code;
}
