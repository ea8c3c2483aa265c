/* zveno need add, set, delete: one need by hand, with the rules of a file. */
#include <string.h>

#include "app/find.h"
#include "app/lots_run.h"
#include "app/need_edit.h"
#include "base/tr.h"
#include "cli/json.h"
#include "cli/say.h"

enum { FIELDS_MAX = 40 };

/* Options of `need add` and the columns of the template that they fill. */
static const struct {
	const char *option;
	const char *column;
} fields_of_options[] = {
	{"key", "key"},
	{"org", "org_inn"},
	{"org-name", "org"},
	{"item", "item"},
	{"quantity", "qty"},
	{"unit", "unit"},
	{"tolerance", "tolerance"},
	{"requirements", "requirements"},
	{"region", "region"},
	{"due", "due"},
	{"ceiling", "price"},
	{"state", "state"},
	{"visibility", "visibility"},
	{"note", "note"},
};

/* "field=value" at the arguments from `first` on. */
static enum zv_code read_fields(struct zv_need_field *out, size_t *n, const struct zv_cli *cli, int first, struct zv_arena *arena,
				struct zv_err *err)
{
	for (int i = first; i < cli->n_args; i++) {
		const char *eq = strchr(cli->args[i], '=');

		if (eq == NULL || eq == cli->args[i])
			return zv_fail(err, ZV_E_INVALID, cli->args[i], N_("Write FIELD=VALUE, as in tolerance=10kg."));
		if (*n == FIELDS_MAX)
			return zv_fail(err, ZV_E_LIMIT, cli->args[i], N_("There are more than %d fields."), FIELDS_MAX);
		out[*n].name = zv_str_dup(arena, (struct zv_str){cli->args[i], (size_t)(eq - cli->args[i])}).p;
		out[(*n)++].value = eq + 1;
	}
	return ZV_OK;
}

static enum zv_code print_edit(struct zv_cli *cli, const struct zv_row_edit *edit, const char *done, struct zv_err *err)
{
	struct zv_cli_json doc;

	if (cli->json) {
		zv_cli_json_begin(&doc, cli);
		zv_json_object(&doc.json);
		zv_json_key_str(&doc.json, "uid", edit->record.uid);
		zv_json_key_str(&doc.json, "key", edit->record.source_key);
		zv_json_key_bool(&doc.json, "changed", edit->changed);
		zv_json_end_object(&doc.json);
		return zv_cli_json_end(&doc, err);
	}
	if (!edit->changed) {
		zv_say(cli->out, N_("Nothing was different."));
		return ZV_OK;
	}
	(void)fprintf(cli->out, "%.*s %s %.*s\n", ZV_STR_FMT(edit->record.source_key), done, ZV_STR_FMT(edit->record.uid));
	if (edit->n_hints > 0)
		zv_say_n(cli->out, (int64_t)edit->n_hints, "%d answer would raise its chance:", "%d answers would raise its chance:",
			 (int)edit->n_hints);
	for (size_t i = 0; i < edit->n_hints; i++)
		(void)fprintf(cli->out, "  %.*s\n", ZV_STR_FMT(edit->hints[i].text));
	return ZV_OK;
}

static enum zv_code add(struct zv_cli *cli, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_need_field fields[FIELDS_MAX + ZV_LEN(fields_of_options)];
	struct zv_row_edit edit = {0};
	zv_date said_on;
	size_t n = 0;
	enum zv_code code = read_fields(fields, &n, cli, 0, arena, err);

	for (size_t i = 0; i < ZV_LEN(fields_of_options); i++) {
		const char *value = zv_cli_option(cli, fields_of_options[i].option);

		if (value != NULL)
			fields[n++] = (struct zv_need_field){fields_of_options[i].column, value};
	}
	if (code == ZV_OK)
		code = zv_cli_may_write(cli, db, err);
	if (code == ZV_OK)
		code = zv_as_of(&said_on, db, cli->as_of, err);
	if (code == ZV_OK) {
		code = zv_need_add(&edit, db, fields, n, cli->centre, cli->actor, said_on, arena, err);
		if (code == ZV_OK)
			code = print_edit(cli, &edit, zv_tr(N_("is added:")), err);
		zv_row_edit_done(&edit);
	}
	return code;
}

/* Whether the person of --as may change the need that the first argument names. */
static enum zv_code may_change(struct zv_cli *cli, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	struct zv_record need;
	enum zv_sight sight;
	enum zv_code code = zv_find_seen(&need, &sight, db, cli->who, reg, zv_cli_arg(cli, 0), arena, err);

	return code == ZV_OK ? zv_rights_need(cli->who, ZV_DO_NEED_WRITE, zv_sight_object(reg, &need), err) : code;
}

static enum zv_code set(struct zv_cli *cli, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_need_field fields[FIELDS_MAX];
	struct zv_row_edit edit = {0};
	zv_date said_on;
	size_t n = 0;
	enum zv_code code = read_fields(fields, &n, cli, 1, arena, err);

	if (code == ZV_OK)
		code = may_change(cli, db, arena, err);
	if (code == ZV_OK)
		code = zv_as_of(&said_on, db, cli->as_of, err);
	if (code == ZV_OK) {
		code = zv_need_set(&edit, db, zv_cli_arg(cli, 0), fields, n, cli->actor, said_on, arena, err);
		edit.n_hints = 0; /* whoever adds a need is told */
		if (code == ZV_OK)
			code = print_edit(cli, &edit, zv_tr(N_("is changed:")), err);
		zv_row_edit_done(&edit);
	}
	return code;
}

static enum zv_code delete(struct zv_cli *cli, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = may_change(cli, db, arena, err);

	if (code == ZV_OK)
		code = zv_need_delete(db, zv_cli_arg(cli, 0), arena, err);

	if (code == ZV_OK && cli->json)
		(void)fprintf(cli->out, "{\"deleted\":true}\n");
	else if (code == ZV_OK)
		zv_say(cli->out, N_("%s is deleted."), cli->args[0]);
	return code;
}

static enum zv_code with_database(struct zv_cli *cli,
				  enum zv_code (*work)(struct zv_cli *cli, struct zv_db *db, struct zv_arena *arena, struct zv_err *err),
				  struct zv_err *err)
{
	struct zv_arena arena;
	struct zv_db *db = NULL;
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_WRITE, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = work(cli, db, &arena, err);
	zv_arena_done(&arena);
	zv_database_close(db);
	return code;
}

static enum zv_code run_add(struct zv_cli *cli, struct zv_err *err)
{
	return with_database(cli, add, err);
}

static enum zv_code run_set(struct zv_cli *cli, struct zv_err *err)
{
	return with_database(cli, set, err);
}

static enum zv_code run_delete(struct zv_cli *cli, struct zv_err *err)
{
	return with_database(cli, delete, err);
}

static const struct zv_cli_option add_options[] = {
	{"org", "INN", N_("who needs it")},
	{"org-name", "NAME", N_("its name, when it is not in the register yet")},
	{"item", "ITEM", N_("name, synonym or CAS number")},
	{"quantity", "Q", N_("with its unit: “40 kg”")},
	{"unit", "UNIT", N_("unit, when the quantity has none")},
	{"tolerance", "Q", N_("how much more would be taken if a lot needs it")},
	{"requirements", "TEXT", N_("parted by semicolons: “purity >= 99.0 %”")},
	{"region", "REGION", N_("where it is needed")},
	{"due", "DATE", N_("last day of delivery")},
	{"ceiling", "PRICE", N_("highest price: “5500 ₽/kg”")},
	{"state", "STATE", N_("draft, interest, declared ... (default: draft)")},
	{"visibility", "WHO", N_("centre, matched, association or public")},
	{"note", "TEXT", N_("anything else")},
	{"key", "KEY", N_("your own key of the need (default: a new one)")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_need_add = {
	.name = "need add",
	.args = "[FIELD=VALUE]...",
	.max_args = -1,
	.help = N_("Add a need by hand, as a draft unless a state is given"),
	.about = N_("FIELD is any column of the template of needs. Drafts do not count in lots."),
	.options = add_options,
	.action = ZV_CLI_DO(NEED_WRITE),
	.run = run_add,
};

const struct zv_cli_command zv_cmd_need_set = {
	.name = "need set",
	.args = "NEED FIELD=VALUE...",
	.min_args = 2,
	.max_args = -1,
	.help = N_("Change fields of a need, keeping what was there in its history"),
	.action = ZV_CLI_DO(NEED_WRITE),
	.run = run_set,
};

const struct zv_cli_command zv_cmd_need_delete = {
	.name = "need delete",
	.args = "NEED",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Delete a need that was added by hand"),
	.action = ZV_CLI_DO(NEED_WRITE),
	.run = run_delete,
};
