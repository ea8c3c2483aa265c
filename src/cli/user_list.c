/* zveno user list, user sessions, user token. */
#include "base/date.h"
#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/user_args.h"

enum { PAGE = 200, DAYS_DEFAULT = 90 };

/* --- accounts ------------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column account_columns[] = {
	{"login", N_("Login"), ZV_TABLE_TEXT}, {"name", N_("Name"), ZV_TABLE_TEXT},          {"roles", N_("Roles"), ZV_TABLE_TEXT},
	{"state", N_("State"), ZV_TABLE_TEXT}, {"totp", N_("Second factor"), ZV_TABLE_TEXT}, {"uid", NULL, ZV_TABLE_TEXT},
};

/* "buyer (АО «Ока-Полимер»), operator (62)". */
static enum zv_code roles_text(struct zv_str *human, struct zv_str *machine, struct zv_db *db, const struct zv_account *account,
			       struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account_place places[ZV_ACCOUNT_ROLES_MAX];
	int n = 0;
	enum zv_code code = zv_account_places(places, &n, db, account, arena, err);

	*human = *machine = ZV_STR("");
	for (int i = 0; i < n && code == ZV_OK; i++) {
		struct zv_str where = places[i].org.n > 0 ? places[i].org_name : places[i].centre;
		struct zv_str place = places[i].org.n > 0 ? places[i].org : places[i].centre;
		enum zv_role role = ZV_ROLE_PUBLIC;

		(void)zv_role_parse(&role, places[i].role);
		*human = zv_arena_strf(arena, "%.*s%s%s%s%.*s%s", ZV_STR_FMT(*human), i > 0 ? ", " : "", zv_tr(zv_role_label(role)), where.n > 0 ? " (" : "",
				       ZV_STR_FMT(where), where.n > 0 ? ")" : "");
		*machine = zv_arena_strf(arena, "%.*s%s%.*s%s%.*s", ZV_STR_FMT(*machine), i > 0 ? " " : "", ZV_STR_FMT(places[i].role),
					 place.n > 0 ? ":" : "", ZV_STR_FMT(place));
	}
	return code;
}

static enum zv_code print_account(struct zv_table *table, struct zv_db *db, const struct zv_account *account, struct zv_err *err)
{
	struct zv_cell cells[ZV_LEN(account_columns)];
	struct zv_str human;
	struct zv_str machine;
	bool active = account->state == ZV_ACCOUNT_ACTIVE;
	bool totp = account->totp_secret.n > 0 && account->totp_step >= 0;
	enum zv_code code = roles_text(&human, &machine, db, account, &table->arena, err);

	if (code != ZV_OK)
		return code;
	cells[0] = zv_table_text(account->login);
	cells[1] = zv_table_text(account->name);
	cells[2] = zv_table_text(human);
	cells[2].machine = machine;
	cells[3] = zv_table_c(zv_tr(active ? N_("active") : N_("disabled")));
	cells[3].machine = active ? ZV_STR("active") : ZV_STR("disabled");
	cells[4] = zv_table_c(zv_tr(totp ? N_("yes") : N_("no")));
	cells[4].type = ZV_CELL_BOOL;
	cells[4].i = totp;
	cells[5] = zv_table_text(account->uid);
	(void)zv_table_row(table, cells);
	return ZV_OK;
}

static enum zv_code print_accounts(struct zv_table *table, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str after = ZV_STR("");
	struct zv_account *accounts;
	size_t n = PAGE;
	enum zv_code code = ZV_OK;

	while (code == ZV_OK && n == PAGE) {
		code = zv_accounts_list(&accounts, &n, db, who, after, PAGE, arena, err);
		for (size_t i = 0; i < n && code == ZV_OK; i++) {
			code = print_account(table, db, &accounts[i], err);
			after = accounts[i].login;
		}
	}
	return code;
}

static enum zv_code run_list(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_table table;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, cli, account_columns, ZV_LEN(account_columns));
	code = print_accounts(&table, db, cli->who, cli->arena, err);
	if (code == ZV_OK)
		code = zv_table_done(&table, zv_tr(N_("There are no accounts yet.")), err);
	else
		zv_table_cancel(&table);
	zv_database_close(db);
	return code;
}

/* --- sessions --------------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column session_columns[] = {
	{"uid", N_("Session"), ZV_TABLE_TEXT},   {"created", N_("Since"), ZV_TABLE_TEXT}, {"seen", N_("Last seen"), ZV_TABLE_TEXT},
	{"address", N_("Address"), ZV_TABLE_TEXT}, {"agent", N_("Browser"), ZV_TABLE_TEXT},
};

static struct zv_cell instant(int64_t ms, struct zv_arena *arena)
{
	char text[ZV_INSTANT_TEXT];

	if (ms == 0)
		return zv_table_null();
	zv_instant_format(text, ms);
	return zv_table_text(zv_str_dup(arena, zv_str_c(text)));
}

static enum zv_code print_sessions(struct zv_cli *cli, struct zv_db *db, const struct zv_account *account, struct zv_err *err)
{
	struct zv_session *sessions;
	struct zv_table table;
	size_t n = 0;
	enum zv_code code = zv_sessions_of(&sessions, &n, db, account->id, cli->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, cli, session_columns, ZV_LEN(session_columns));
	for (size_t i = 0; i < n; i++) {
		const struct zv_cell cells[] = {
			zv_table_text(sessions[i].uid),     instant(sessions[i].created_ms, &table.arena), instant(sessions[i].seen_ms, &table.arena),
			zv_table_text(sessions[i].address), zv_table_text(sessions[i].agent),
		};

		(void)zv_table_row(&table, cells);
	}
	return zv_table_done(&table, zv_tr(N_("The account has no open session.")), err);
}

static enum zv_code end_sessions(struct zv_cli *cli, struct zv_db *db, const struct zv_account *account, struct zv_err *err)
{
	int64_t n = 0;
	enum zv_code code = zv_account_end_sessions(&n, db, cli->who, account->uid, cli->arena, err);

	if (code != ZV_OK)
		return code;
	if (cli->json)
		(void)fprintf(cli->out, "{\"ended\":%lld}\n", (long long)n);
	else
		zv_say_n(cli->out, n, "%lld session has ended.", "%lld sessions have ended.", (long long)n);
	return ZV_OK;
}

static enum zv_code run_sessions(struct zv_cli *cli, struct zv_err *err)
{
	bool end = zv_cli_flag(cli, "end");
	struct zv_account account;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, end ? ZV_DATABASE_WRITE : ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	code = zv_account_find(&account, db, cli->who, zv_cli_arg(cli, 0), cli->arena, err);
	if (code == ZV_OK)
		code = end ? end_sessions(cli, db, &account, err) : print_sessions(cli, db, &account, err);
	zv_database_close(db);
	return zv_cli_input(code, err);
}

/* --- tokens ------------------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column token_columns[] = {
	{"uid", N_("Token"), ZV_TABLE_TEXT},     {"name", N_("Name"), ZV_TABLE_TEXT},     {"scopes", N_("May"), ZV_TABLE_TEXT},
	{"ends", N_("Good until"), ZV_TABLE_TEXT}, {"revoked", N_("Revoked"), ZV_TABLE_TEXT},
};

static enum zv_code print_tokens(struct zv_cli *cli, struct zv_db *db, const struct zv_account *account, struct zv_err *err)
{
	struct zv_api_token *tokens;
	struct zv_table table;
	size_t n = 0;
	enum zv_code code = zv_account_tokens(&tokens, &n, db, cli->who, account->uid, cli->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, cli, token_columns, ZV_LEN(token_columns));
	for (size_t i = 0; i < n; i++) {
		const struct zv_cell cells[] = {
			zv_table_text(tokens[i].uid),
			zv_table_text(tokens[i].name),
			zv_table_text(tokens[i].scopes),
			instant(tokens[i].ends_ms, &table.arena),
			instant(tokens[i].revoked_ms, &table.arena),
		};

		(void)zv_table_row(&table, cells);
	}
	return zv_table_done(&table, zv_tr(N_("The account has no tokens.")), err);
}

static enum zv_code add_token(struct zv_cli *cli, struct zv_db *db, const struct zv_account *account, struct zv_err *err)
{
	struct zv_token_request request = {
		.name = zv_str_c(zv_cli_option(cli, "name")),
		.scopes = zv_str_c(zv_cli_option(cli, "scopes")),
		.centre = zv_str_c(cli->centre),
	};
	int64_t days = DAYS_DEFAULT;
	struct zv_api_token made;
	char token[ZV_TOKEN_TEXT];
	enum zv_code code = zv_cli_option_int(&days, cli, "days", 1, err);

	if (code != ZV_OK)
		return code;
	request.ends_on = zv_today() + (zv_date)(days > ZV_TOKEN_DAYS_MAX + 1 ? ZV_TOKEN_DAYS_MAX + 1 : days);
	code = zv_account_token_add(&made, token, db, cli->who, account->uid, &request, cli->arena, err);
	if (code != ZV_OK)
		return code;
	if (cli->json)
		(void)fprintf(cli->out, "{\"uid\":\"%.*s\",\"token\":\"%s\"}\n", ZV_STR_FMT(made.uid), token);
	else
		zv_say(cli->out, N_("The token, shown once: %s"), token);
	zv_secret_forget(token, sizeof(token));
	return ZV_OK;
}

static enum zv_code revoke_token(struct zv_cli *cli, struct zv_db *db, const struct zv_account *account, struct zv_err *err)
{
	struct zv_str uid = zv_str_c(zv_cli_option(cli, "revoke"));
	enum zv_code code = zv_account_token_revoke(db, cli->who, account->uid, uid, cli->arena, err);

	if (code == ZV_OK && cli->json)
		(void)fprintf(cli->out, "{\"revoked\":\"%.*s\"}\n", ZV_STR_FMT(uid));
	else if (code == ZV_OK)
		zv_say(cli->out, N_("The token %.*s opens nothing any more."), ZV_STR_FMT(uid));
	return code;
}

static enum zv_code run_token(struct zv_cli *cli, struct zv_err *err)
{
	bool add = zv_cli_option(cli, "name") != NULL;
	bool revoke = zv_cli_option(cli, "revoke") != NULL;
	struct zv_account account;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, add || revoke ? ZV_DATABASE_WRITE : ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	code = zv_account_find(&account, db, cli->who, zv_cli_arg(cli, 0), cli->arena, err);
	if (code == ZV_OK && revoke)
		code = revoke_token(cli, db, &account, err);
	else if (code == ZV_OK)
		code = add ? add_token(cli, db, &account, err) : print_tokens(cli, db, &account, err);
	zv_database_close(db);
	return zv_cli_input(code, err);
}

/* --- the table ------------------------------------------------------------------------------------------------------------------------------ */

static const struct zv_cli_option session_options[] = {
	{"end", NULL, N_("end them all at once")},
	{NULL, NULL, NULL},
};

static const struct zv_cli_option token_options[] = {
	{"name", "TEXT", N_("make a token of this name and print it once")},
	{"scopes", "WORDS", N_("what it may do, divided by blanks, such as \"need.read lot.read\" (docs/permissions.md)")},
	{"days", "N", N_("how long it is good; 90 by default, a year at most")},
	{"revoke", "UID", N_("make a token worthless")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_user_list = {
	.name = "user list",
	.args = "",
	.help = N_("List the accounts"),
	.action = ZV_CLI_DO(ACCOUNT_READ),
	.run = run_list,
};

const struct zv_cli_command zv_cmd_user_sessions = {
	.name = "user sessions",
	.args = "LOGIN",
	.min_args = 1,
	.max_args = 1,
	.help = N_("List the open sessions of an account, or end them"),
	.options = session_options,
	.action = ZV_CLI_DO(ACCOUNT_WRITE),
	.run = run_sessions,
};

const struct zv_cli_command zv_cmd_user_token = {
	.name = "user token",
	.args = "LOGIN",
	.min_args = 1,
	.max_args = 1,
	.help = N_("List the tokens of an account, make one, revoke one"),
	.about = N_("A token lets a program work for the account: “Authorization: Bearer zv_...”. It may do what is in its scopes and in the roles of the account, "
		    "and with --centre only there."),
	.options = token_options,
	.action = ZV_CLI_DO(ACCOUNT_WRITE),
	.run = run_token,
};
