/* Roles and passwords of a command line. */
#include "cli/user_args.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/tr.h"

enum { FILE_MAX = 1024 };

/* --- roles ------------------------------------------------------------------------------------------------------------------------ */

static bool is_org(struct zv_str place)
{
	return zv_str_starts(place, ZV_STR("org_")) || (zv_is_digits(place) && place.n >= 10);
}

static void set_centre(struct zv_account_place *out, struct zv_str centre)
{
	out->centre = zv_str_eq_c(centre, "all") ? ZV_STR("") : centre;
}

static enum zv_code read_place(struct zv_account_place *out, const struct zv_cli *cli, struct zv_str text, struct zv_err *err)
{
	struct zv_account_place place = {.centre = ZV_STR(""), .org = ZV_STR("")};
	const char *org = zv_cli_option(cli, "org");
	struct zv_str where = text;

	(void)zv_str_split(&place.role, &where, ':');
	if (where.n > 0) {
		if (is_org(where))
			place.org = where;
		else
			set_centre(&place, where);
	} else {
		place.org = zv_str_c(org);
		if (cli->centre != NULL)
			set_centre(&place, zv_str_c(cli->centre));
		else if (zv_str_eq_c(place.role, "operator"))
			return zv_fail(err, ZV_E_INVALID, "--centre", N_("An operator belongs to a centre: give --centre CODE, or --centre all."));
	}
	*out = place;
	return ZV_OK;
}

enum zv_code zv_user_places(struct zv_account_place places[ZV_ACCOUNT_ROLES_MAX], int *n, const struct zv_cli *cli, struct zv_arena *arena,
			    struct zv_err *err)
{
	const char *text;
	enum zv_code code = ZV_OK;

	*n = 0;
	while (code == ZV_OK && (text = zv_cli_option_at(cli, "role", *n)) != NULL) {
		if (*n == ZV_ACCOUNT_ROLES_MAX)
			return zv_fail(err, ZV_E_INVALID, "--role", N_("Give at most %d roles."), ZV_ACCOUNT_ROLES_MAX);
		code = read_place(&places[*n], cli, zv_str_dup(arena, zv_str_c(text)), err);
		*n += 1;
	}
	return code;
}

/* --- passwords --------------------------------------------------------------------------------------------------------------------- */

/* The first line of a file; "-" is standard input. */
static enum zv_code from_file(struct zv_str *out, const char *path, struct zv_arena *arena, struct zv_err *err)
{
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	char text[FILE_MAX];
	ssize_t n;
	ptrdiff_t end;

	if (fd < 0)
		return zv_fail(err, ZV_E_INVALID, "--password-file", N_("%s cannot be read: %s."), path, strerror(errno));
	n = read(fd, text, sizeof(text));
	if (fd != STDIN_FILENO)
		(void)close(fd);
	if (n < 0)
		return zv_fail(err, ZV_E_INVALID, "--password-file", N_("%s cannot be read: %s."), path, strerror(errno));
	*out = (struct zv_str){text, (size_t)n};
	end = zv_str_find_char(*out, '\n');
	*out = zv_str_first(*out, end >= 0 ? (size_t)end : out->n);
	if (zv_str_ends(*out, ZV_STR("\r")))
		out->n--;
	*out = zv_str_dup(arena, *out);
	zv_secret_forget(text, sizeof(text));
	return ZV_OK;
}

/* One line from the terminal without showing it. False when there is none. */
static bool ask_once(struct zv_str *out, FILE *terminal, const char *question, struct zv_arena *arena)
{
	struct termios shown;
	struct termios hidden;
	char text[FILE_MAX];
	bool got;

	if (tcgetattr(fileno(terminal), &shown) != 0)
		return false;
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	/* First hidden, then asked: what is typed at once is neither shown nor lost. */
	(void)tcsetattr(fileno(terminal), TCSADRAIN, &hidden);
	(void)fputs(question, terminal);
	(void)fflush(terminal);
	got = fgets(text, sizeof(text), terminal) != NULL;
	(void)tcsetattr(fileno(terminal), TCSADRAIN, &shown);
	(void)fputc('\n', terminal);
	if (got) {
		text[strcspn(text, "\r\n")] = '\0';
		*out = zv_str_dup(arena, zv_str_c(text));
	}
	zv_secret_forget(text, sizeof(text));
	return got;
}

static enum zv_code from_terminal(struct zv_str *out, struct zv_arena *arena, struct zv_err *err)
{
	FILE *terminal = fopen("/dev/tty", "r+e");
	struct zv_str first = ZV_STR("");
	struct zv_str again = ZV_STR("");
	bool got = terminal != NULL && ask_once(&first, terminal, zv_tr(N_("New password: ")), arena) &&
		   ask_once(&again, terminal, zv_tr(N_("Once more: ")), arena);

	if (terminal != NULL)
		(void)fclose(terminal);
	if (!got)
		return zv_fail(err, ZV_E_INVALID, "--password-file", N_("There is no terminal to ask for the password: give --password-file FILE or --generate."));
	if (!zv_str_eq(first, again))
		return zv_fail(err, ZV_E_INVALID, "password", N_("The two passwords differ."));
	*out = first;
	return ZV_OK;
}

enum zv_code zv_user_password(struct zv_user_password *out, const struct zv_cli *cli, bool ask, struct zv_arena *arena, struct zv_err *err)
{
	const char *path = zv_cli_option(cli, "password-file");
	char made[ZV_PASSWORD_NEW];
	struct zv_user_password password = {.text = ZV_STR("")};
	enum zv_code code = ZV_OK;

	if (path != NULL) {
		code = from_file(&password.text, path, arena, err);
		if (code == ZV_OK && password.text.n == 0)
			code = zv_fail(err, ZV_E_INVALID, "--password-file", N_("%s is empty."), path);
	} else if (zv_cli_flag(cli, "generate")) {
		zv_password_new(made);
		password.text = zv_str_dup(arena, zv_str_c(made));
		password.made = true;
		zv_secret_forget(made, sizeof(made));
	} else if (ask) {
		code = from_terminal(&password.text, arena, err);
	}
	if (code == ZV_OK)
		*out = password;
	return code;
}
