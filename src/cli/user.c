/* zveno user add, user set, user password, user disable. */
#include "cli/say.h"
#include "cli/user_args.h"
#include "format/json_write.h"

/* What a command has at hand; `run` is the command's own part. */
struct user {
	struct zv_cli *cli;
	struct zv_db *db;
	const struct zv_who *who;
	struct zv_arena *arena;
};

static enum zv_code with_database(struct zv_cli *cli, enum zv_code (*run)(struct user *user, struct zv_err *err), struct zv_err *err)
{
	struct user user = {.cli = cli};
	enum zv_code code = zv_cli_open(&user.db, cli, ZV_DATABASE_WRITE, err);

	if (code != ZV_OK)
		return code;
	user.who = cli->who;
	user.arena = cli->arena;
	code = run(&user, err);
	zv_database_close(user.db);
	return zv_cli_input(code, err);
}

static enum zv_code hash(struct zv_str *out, struct user *user, const struct zv_user_password *password, struct zv_str login, struct zv_err *err)
{
	char text[ZV_PASSWORD_HASH] = "";
	enum zv_code code = ZV_OK;

	if (password->text.n > 0)
		code = zv_account_hash(text, user->db, password->text, login, user->arena, err);
	*out = zv_str_dup(user->arena, zv_str_c(text));
	return code;
}

/* {"uid":..., "login":..., "password":...}; a password that was made is shown here and nowhere else. */
static void print_json(const struct user *user, const struct zv_account *account, const struct zv_user_password *password)
{
	struct zv_out out;
	struct zv_json json;

	zv_out_init(&out, user->cli->out, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key_str(&json, "uid", account->uid);
	zv_json_key_str(&json, "login", account->login);
	if (password->made)
		zv_json_key_str(&json, "password", password->text);
	zv_json_end_object(&json);
	zv_json_newline(&json);
	zv_out_done(&out);
}

/* `sentence` is what was done, translated. */
static void print_done(const struct user *user, const struct zv_account *account, const struct zv_user_password *password, struct zv_str sentence)
{
	if (user->cli->json) {
		print_json(user, account, password);
		return;
	}
	(void)fprintf(user->cli->out, "%.*s\n", ZV_STR_FMT(sentence));
	if (password->made)
		zv_say(user->cli->out, N_("The password, shown once: %.*s"), ZV_STR_FMT(password->text));
}

static const struct zv_user_password no_password = {.text = ZV_STR_INIT("")};

/* --- add ------------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code add(struct user *user, struct zv_err *err)
{
	const struct zv_cli *cli = user->cli;
	struct zv_account_new fresh = {
		.login = zv_cli_arg(cli, 0),
		.name = zv_cli_option(cli, "name") != NULL ? zv_str_c(zv_cli_option(cli, "name")) : zv_cli_arg(cli, 0),
		.email = zv_str_c(zv_cli_option(cli, "email")),
		.lang = ZV_STR(""),
	};
	struct zv_user_password password = {.text = ZV_STR("")};
	struct zv_account account;
	enum zv_code code = zv_user_places(fresh.places, &fresh.n_places, cli, user->arena, err);

	if (code == ZV_OK && fresh.n_places == 0)
		code = zv_fail(err, ZV_E_INVALID, "--role", N_("Say what the account is for: --role ROLE."));
	if (code == ZV_OK)
		code = zv_user_password(&password, cli, !zv_cli_flag(cli, "no-password"), user->arena, err);
	if (code == ZV_OK)
		code = hash(&fresh.password_hash, user, &password, fresh.login, err);
	if (code == ZV_OK)
		code = zv_account_add(&account, user->db, user->who, &fresh, user->arena, err);
	if (code == ZV_OK)
		print_done(user, &account, &password, zv_text(user->arena, N_("The account %.*s was added."), ZV_STR_FMT(account.login)));
	return code;
}

static enum zv_code run_add(struct zv_cli *cli, struct zv_err *err)
{
	return with_database(cli, add, err);
}

/* --- set, disable ------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code read_state(enum zv_account_state *out, const struct zv_cli *cli, struct zv_err *err)
{
	struct zv_str state = zv_str_c(zv_cli_option(cli, "state"));

	if (zv_str_eq_c(state, "active"))
		*out = ZV_ACCOUNT_ACTIVE;
	else if (zv_str_eq_c(state, "disabled"))
		*out = ZV_ACCOUNT_DISABLED;
	else if (state.n > 0)
		return zv_fail(err, ZV_E_INVALID, "--state", N_("“%.*s” is no state: active or disabled."), ZV_STR_FMT(state));
	return ZV_OK;
}

static const struct zv_str *option_str(struct zv_str *room, const struct zv_cli *cli, const char *name)
{
	const char *value = zv_cli_option(cli, name);

	*room = zv_str_c(value);
	return value != NULL ? room : NULL;
}

static enum zv_code set(struct user *user, struct zv_err *err)
{
	const struct zv_cli *cli = user->cli;
	struct zv_account_place places[ZV_ACCOUNT_ROLES_MAX];
	struct zv_account_change change = {.n_places = -1, .places = places};
	struct zv_str name;
	struct zv_str email;
	struct zv_account account;
	int n = 0;
	enum zv_code code = zv_user_places(places, &n, cli, user->arena, err);

	change.name = option_str(&name, cli, "name");
	change.email = option_str(&email, cli, "email");
	if (n > 0)
		change.n_places = n;
	if (code == ZV_OK)
		code = read_state(&change.state, cli, err);
	if (code == ZV_OK && zv_cli_flag(cli, "no-second-factor"))
		code = zv_account_reset_totp(user->db, user->who, zv_cli_arg(cli, 0), user->arena, err);
	if (code == ZV_OK)
		code = zv_account_change(&account, user->db, user->who, zv_cli_arg(cli, 0), &change, user->arena, err);
	if (code == ZV_OK)
		print_done(user, &account, &no_password, zv_text(user->arena, N_("The account %.*s was changed."), ZV_STR_FMT(account.login)));
	return code;
}

static enum zv_code run_set(struct zv_cli *cli, struct zv_err *err)
{
	return with_database(cli, set, err);
}

static enum zv_code disable(struct user *user, struct zv_err *err)
{
	const struct zv_account_change change = {.n_places = -1, .state = ZV_ACCOUNT_DISABLED};
	struct zv_account account;
	enum zv_code code = zv_account_change(&account, user->db, user->who, zv_cli_arg(user->cli, 0), &change, user->arena, err);

	if (code == ZV_OK)
		print_done(user, &account, &no_password, zv_text(user->arena, N_("The account %.*s is disabled; its sessions and tokens have ended."), ZV_STR_FMT(account.login)));
	return code;
}

static enum zv_code run_disable(struct zv_cli *cli, struct zv_err *err)
{
	return with_database(cli, disable, err);
}

/* --- password ---------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code set_password(struct user *user, struct zv_err *err)
{
	struct zv_user_password password = {.text = ZV_STR("")};
	struct zv_account account;
	struct zv_str text;
	enum zv_code code = zv_account_find(&account, user->db, user->who, zv_cli_arg(user->cli, 0), user->arena, err);

	if (code == ZV_OK)
		code = zv_user_password(&password, user->cli, true, user->arena, err);
	if (code == ZV_OK)
		code = hash(&text, user, &password, account.login, err);
	if (code == ZV_OK)
		code = zv_account_reset_password(user->db, user->who, account.uid, text, user->arena, err);
	if (code == ZV_OK)
		print_done(user, &account, &password, zv_text(user->arena, N_("The account %.*s has a new password; its sessions have ended."), ZV_STR_FMT(account.login)));
	return code;
}

static enum zv_code run_password(struct zv_cli *cli, struct zv_err *err)
{
	return with_database(cli, set_password, err);
}

/* --- the table ----------------------------------------------------------------------------------------------------------------------------- */

#define PASSWORD_OPTIONS \
	{"password-file", "FILE", N_("take the password from the first line of a file; - is standard input")}, \
	{"generate", NULL, N_("make a password and print it once")}

#define ROLE_OPTIONS \
	{"role", "ROLE", N_("admin, operator, buyer, maker, institute, cluster, analyst or investor; may be given several times, each as ROLE:PLACE")}, \
	{"org", "ORG", N_("uid or INN of the organisation that the role is of")}

static const struct zv_cli_option add_options[] = {
	{"name", "TEXT", N_("name of the person")},
	{"email", "ADDRESS", N_("work e-mail address")},
	ROLE_OPTIONS,
	PASSWORD_OPTIONS,
	{"no-password", NULL, N_("the person signs in by a provider, or gets a password later")},
	{NULL, NULL, NULL},
};

static const struct zv_cli_option set_options[] = {
	{"name", "TEXT", N_("name of the person")},
	{"email", "ADDRESS", N_("work e-mail address")},
	ROLE_OPTIONS,
	{"state", "STATE", N_("active or disabled")},
	{"no-second-factor", NULL, N_("take the second factor away, when the person has lost it")},
	{NULL, NULL, NULL},
};

static const struct zv_cli_option password_options[] = {
	PASSWORD_OPTIONS,
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_user_add = {
	.name = "user add",
	.args = "LOGIN",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Add an account"),
	.about = N_("The first one should be an administrator: “zveno user add LOGIN --role admin”. Buyers, makers, institutes and cluster organisations "
		    "need --org, operators --centre. Without --password-file and --generate the password is asked for on the terminal."),
	.options = add_options,
	.action = ZV_CLI_DO(ACCOUNT_WRITE),
	.run = run_add,
};

const struct zv_cli_command zv_cmd_user_set = {
	.name = "user set",
	.args = "LOGIN",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Change an account: name, roles, state, second factor"),
	.about = N_("Roles that are given replace all that the account had and end its sessions."),
	.options = set_options,
	.action = ZV_CLI_DO(ACCOUNT_WRITE),
	.run = run_set,
};

const struct zv_cli_command zv_cmd_user_password = {
	.name = "user password",
	.args = "LOGIN",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Give an account a new password; its sessions end"),
	.options = password_options,
	.action = ZV_CLI_DO(ACCOUNT_WRITE),
	.run = run_password,
};

const struct zv_cli_command zv_cmd_user_disable = {
	.name = "user disable",
	.args = "LOGIN",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Shut an account; its sessions and tokens end at once"),
	.action = ZV_CLI_DO(ACCOUNT_WRITE),
	.run = run_disable,
};
