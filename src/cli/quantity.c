/* zveno quantity: what a form answers to an amount: the same in base units, and in another unit when that can be said. */
#include "app/find.h"
#include "cli/json.h"
#include "cli/say.h"
#include "model/quantity.h"

struct answer {
	struct zv_quantity q;
	const struct zv_unit *to; /* NULL: no other unit is asked for */
	int64_t base;             /* in the dimension of `to` */
};

/* The unit in which the item is counted, and its density when one is stored. */
static enum zv_code ask_item(const struct zv_unit **to, int64_t *mg_l, const struct zv_cli *cli, const char *name, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("item");
	const struct zv_value *values;
	struct zv_record record;
	struct zv_arena arena;
	struct zv_db *db = NULL;
	int dim = zv_register_column(reg, "dim");
	int density = zv_register_column(reg, "density_mg_l");
	enum zv_code code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);

	if (code != ZV_OK)
		return code;
	zv_arena_init(&arena);
	code = zv_find_item(&record, db, cli->who, zv_str_c(name), &arena, err);
	values = record.values;
	if (code == ZV_OK && !values[dim].null)
		*to = zv_dim_price_unit((enum zv_dim)values[dim].i);
	if (code == ZV_OK && !values[density].null)
		*mg_l = values[density].i;
	zv_arena_done(&arena);
	zv_database_close(db);
	return code;
}

static enum zv_code convert(struct answer *out, struct zv_cli *cli, struct zv_err *err)
{
	const char *to = zv_cli_option(cli, "to");
	const char *density = zv_cli_option(cli, "density");
	const char *item = zv_cli_option(cli, "item");
	int64_t mg_l = 0;
	enum zv_code code = ZV_OK;

	if (item != NULL)
		code = ask_item(&out->to, &mg_l, cli, item, err);
	if (code == ZV_OK && density != NULL)
		code = zv_density_parse(&mg_l, zv_str_c(density), "density", err);
	if (code == ZV_OK && to != NULL)
		code = zv_unit_find(&out->to, zv_str_c(to), "to", err);
	if (code != ZV_OK || out->to == NULL)
		return code;
	return zv_quantity_convert(&out->base, out->q.base, out->q.dim, out->to->dim, mg_l, "density", err);
}

static void print_text(struct zv_cli *cli, const struct answer *a)
{
	char echo[ZV_QUANTITY_ECHO];
	char text[ZV_QUANTITY_TEXT];

	zv_quantity_echo(echo, a->q.base, a->q.dim);
	(void)fprintf(cli->out, "%s\n", echo);
	if (a->to == NULL)
		return;
	if (!zv_quantity_format_in(text, a->base, a->to))
		zv_quantity_format(text, a->base, a->to->dim);
	(void)fprintf(cli->out, "%s\n", text);
}

static enum zv_code print_json(struct zv_cli *cli, const struct answer *a, struct zv_err *err)
{
	struct zv_cli_json doc;

	zv_cli_json_begin(&doc, cli);
	zv_json_object(&doc.json);
	zv_json_key_int(&doc.json, "base", a->q.base);
	zv_json_key_c(&doc.json, "dim", zv_dim_name(a->q.dim));
	zv_json_key_str(&doc.json, "unit", a->q.unit->key);
	if (a->to != NULL) {
		zv_json_key_int(&doc.json, "to_base", a->base);
		zv_json_key_str(&doc.json, "to_unit", a->to->key);
	}
	zv_json_end_object(&doc.json);
	return zv_cli_json_end(&doc, err);
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_arena arena;
	struct answer a = {0};
	enum zv_code code;

	zv_arena_init(&arena);
	if (cli->n_args == 1)
		code = zv_quantity_parse(&a.q, zv_cli_arg(cli, 0), &arena, "quantity", err);
	else
		code = zv_quantity_parse_parts(&a.q, zv_cli_arg(cli, 0), zv_cli_arg(cli, 1), &arena, "value", "unit", err);
	if (code == ZV_OK)
		code = convert(&a, cli, err);
	if (code == ZV_OK && cli->json)
		code = print_json(cli, &a, err);
	else if (code == ZV_OK)
		print_text(cli, &a);
	zv_arena_done(&arena);
	return zv_cli_input(code, err);
}

static const struct zv_cli_option options[] = {
	{"item", "ITEM", N_("say it in the unit in which this item is counted, with its density")},
	{"to", "UNIT", N_("say it in this unit as well")},
	{"density", "D", N_("density with its unit (“0.975 g/cm3”), to compare volume with mass")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_quantity = {
	.name = "quantity",
	.args = "VALUE [UNIT]",
	.min_args = 1,
	.max_args = 2,
	.help = N_("Read an amount as a form does, and say what it is in base units"),
	.options = options,
	.action = ZV_CLI_DO(REFERENCE_READ),
	.run = run,
};
