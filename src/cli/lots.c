/* zveno lots: which needs of which regions together fill a production run, where, at what price; and why the others do not. */
#include "app/lots_json.h"
#include "app/lots_run.h"
#include "app/lots_text.h"
#include "base/tr.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"
#include "model/money.h"

enum { LOTS_SHOWN = 10, MEMBERS_SHOWN = 12, MISSES_SHOWN = 20, UNFILLED_SHOWN = 5 };

static const struct zv_table_column member_columns[] = {
	{"need", N_("Need"), ZV_TABLE_TEXT},      {"org", N_("Buyer"), ZV_TABLE_TEXT},     {"region", N_("Region"), ZV_TABLE_TEXT},
	{"firm", N_("Firm"), ZV_TABLE_NUMBER},    {"extra", N_("Extra"), ZV_TABLE_NUMBER}, {"cost", N_("Pays"), ZV_TABLE_NUMBER},
	{"ceiling", N_("Ceiling"), ZV_TABLE_NUMBER},
};

static const struct zv_table_column miss_columns[] = {
	{"need", N_("Need"), ZV_TABLE_TEXT}, {"org", N_("Buyer"), ZV_TABLE_TEXT},         {"item", N_("Item"), ZV_TABLE_TEXT},
	{"firm", N_("Firm"), ZV_TABLE_NUMBER}, {"why", N_("Why it is in no lot"), ZV_TABLE_TEXT},
};

static struct zv_str money(int64_t kop, struct zv_arena *arena)
{
	char text[ZV_MONEY_TEXT];

	zv_money_format(text, kop);
	return zv_str_dup(arena, zv_str_c(text));
}

static struct zv_str price(struct zv_price p, enum zv_dim dim, struct zv_arena *arena)
{
	char text[ZV_PRICE_TEXT];

	zv_price_format(text, p, dim);
	return zv_str_dup(arena, zv_str_c(p.per > 0 ? text : "—"));
}

static enum zv_code print_members(struct zv_cli *cli, const struct zv_lots_lot *lot, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_table table;
	enum zv_code code;

	zv_table_init(&table, cli, member_columns, ZV_LEN(member_columns));
	for (size_t i = 0; i < lot->n_members && i < MEMBERS_SHOWN; i++) {
		const struct zv_lots_member *m = &lot->members[i];
		struct zv_cell cells[] = {
			zv_table_text(m->need),
			zv_table_text(m->org),
			zv_table_text(m->region),
			zv_table_text(zv_lots_qty(m->firm_base, lot->dim, arena)),
			zv_table_text(zv_lots_qty(m->extra_base, lot->dim, arena)),
			zv_table_text(money(m->cost_kop + m->freight_kop, arena)),
			zv_table_text(price(m->ceiling, lot->dim, arena)),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	code = zv_table_done(&table, NULL, err);
	if (code == ZV_OK && lot->n_members > MEMBERS_SHOWN)
		zv_say(cli->out, N_("… and %zu more needs; --json shows all."), lot->n_members - MEMBERS_SHOWN);
	return code;
}

static void print_curve(struct zv_cli *cli, const struct zv_lots_lot *lot, struct zv_arena *arena)
{
	(void)fprintf(cli->out, "%s", zv_tr(N_("Price by volume:")));
	for (size_t i = 0; i < lot->n_curve; i++)
		(void)fprintf(cli->out, "%s %.*s %.*s", i > 0 ? " ·" : "", ZV_STR_FMT(zv_lots_qty(lot->curve[i].qty_base, lot->dim, arena)),
			      ZV_STR_FMT(price(lot->curve[i].price, lot->dim, arena)));
	(void)fprintf(cli->out, "\n\n");
}

static enum zv_code print_lot(struct zv_cli *cli, const struct zv_lots_lot *lot, struct zv_arena *arena, struct zv_err *err)
{
	char ready[ZV_DATE_TEXT];
	int64_t tolerance = lot->qty_base - lot->firm_base;
	struct zv_str qty = zv_lots_qty(lot->qty_base, lot->dim, arena);
	enum zv_code code;

	zv_date_format(ready, lot->ready_on);
	(void)fprintf(cli->out, "%.*s%s%.*s\n", ZV_STR_FMT(lot->item), lot->item_cas.n > 0 ? " · CAS " : "", ZV_STR_FMT(lot->item_cas));
	zv_say(cli->out, N_("%.*s, %.*s, %.*s, %.*s, in all %.*s"), ZV_STR_FMT(qty),
	       ZV_STR_FMT(zv_text_n(arena, lot->n_orgs, "%d buyer", "%d buyers", lot->n_orgs)),
	       ZV_STR_FMT(zv_text_n(arena, lot->n_regions, "%d region", "%d regions", lot->n_regions)),
	       ZV_STR_FMT(price(lot->price, lot->dim, arena)), ZV_STR_FMT(money(lot->total_kop, arena)));
	zv_say(cli->out, N_("maker %.*s%s%.*s, ready %s"), ZV_STR_FMT(lot->maker), lot->maker_region.n > 0 ? ", " : "",
	       ZV_STR_FMT(lot->maker_region), lot->ready_on != ZV_DATE_NONE ? ready : zv_tr(N_("on a day to be asked")));
	if (tolerance > 0)
		zv_say(cli->out, N_("viable with tolerance %.*s (firm %.*s)"), ZV_STR_FMT(zv_lots_qty(tolerance, lot->dim, arena)),
		       ZV_STR_FMT(zv_lots_qty(lot->firm_base, lot->dim, arena)));
	else
		zv_say(cli->out, N_("viable without tolerance"));
	if (lot->freight_kop > 0)
		zv_say(cli->out, N_("freight %.*s beside the price"), ZV_STR_FMT(money(lot->freight_kop, arena)));
	if (!lot->proved)
		zv_say(cli->out, N_("The search limit was reached: a better lot is not excluded."));
	code = print_members(cli, lot, arena, err);
	if (code == ZV_OK)
		print_curve(cli, lot, arena);
	return code;
}

static void print_near(struct zv_cli *cli, const struct zv_lots_near *near, enum zv_dim dim, struct zv_arena *arena)
{
	struct zv_str qty = zv_lots_qty(near->qty_base, dim, arena);
	struct zv_str reach = zv_lots_qty(near->reachable_base, dim, arena);
	struct zv_str at = price(near->price, dim, arena);

	if (near->lacks_base > 0)
		zv_say(cli->out, N_("  lot of %.*s at %.*s: %.*s of %.*s reachable, short by %.*s"), ZV_STR_FMT(qty), ZV_STR_FMT(at),
		       ZV_STR_FMT(reach), ZV_STR_FMT(qty), ZV_STR_FMT(zv_lots_qty(near->lacks_base, dim, arena)));
	else
		zv_say(cli->out, N_("  lot of %.*s at %.*s: %.*s reachable"), ZV_STR_FMT(qty), ZV_STR_FMT(at), ZV_STR_FMT(reach));
	if (near->who.n > 0)
		zv_say(cli->out, N_("    would leave, the ceiling is lower than the price: %.*s"), ZV_STR_FMT(near->who));
	if (near->lacks_kop > 0)
		zv_say(cli->out, N_("    %.*s would bring them back"), ZV_STR_FMT(money(near->lacks_kop, arena)));
}

static void print_unfilled(struct zv_cli *cli, const struct zv_lots_result *r, struct zv_arena *arena)
{
	if (r->n_unfilled == 0)
		return;
	zv_say(cli->out, N_("The nearest lots that did not come about:"));
	for (size_t i = 0; i < r->n_unfilled && i < UNFILLED_SHOWN; i++) {
		const struct zv_lots_unfilled *u = &r->unfilled[i];

		(void)fprintf(cli->out, "%.*s · %.*s\n", ZV_STR_FMT(u->item), ZV_STR_FMT(u->maker));
		if (u->has_below)
			print_near(cli, &u->below, u->dim, arena);
		if (u->has_above)
			print_near(cli, &u->above, u->dim, arena);
	}
	(void)fprintf(cli->out, "\n");
}

static void print_asked(struct zv_cli *cli, const struct zv_lots_result *r, struct zv_arena *arena)
{
	if (r->n_asked == 0)
		return;
	zv_say(cli->out, N_("A lot of the size asked for:"));
	for (size_t i = 0; i < r->n_asked; i++) {
		(void)fprintf(cli->out, "%.*s · %.*s\n", ZV_STR_FMT(r->asked[i].item), ZV_STR_FMT(r->asked[i].maker));
		print_near(cli, &r->asked[i].above, r->asked[i].dim, arena);
	}
	(void)fprintf(cli->out, "\n");
}

static enum zv_code print_misses(struct zv_cli *cli, const struct zv_lots_result *r, int64_t limit, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_table table;
	enum zv_code code;

	if (r->n_misses == 0)
		return ZV_OK;
	zv_table_init(&table, cli, miss_columns, ZV_LEN(miss_columns));
	for (size_t i = 0; i < r->n_misses && (int64_t)i < limit; i++) {
		const struct zv_lots_miss *m = &r->misses[i];
		struct zv_cell cells[] = {
			zv_table_text(m->need), zv_table_text(m->org), zv_table_text(m->item),
			m->firm_base > 0 ? zv_table_text(zv_lots_qty(m->firm_base, m->dim, arena)) : zv_table_c("—"),
			zv_table_text(m->text),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	code = zv_table_done(&table, NULL, err);
	if (code == ZV_OK && (int64_t)r->n_misses > limit)
		zv_say(cli->out, N_("… and %zu more; --misses N shows them, --json all."), r->n_misses - (size_t)limit);
	if (code == ZV_OK)
		(void)fprintf(cli->out, "\n");
	return code;
}

/* "12.3 %" of `all`, rounded down to a tenth. */
static struct zv_str share(int64_t part, int64_t all, struct zv_arena *arena)
{
	int64_t tenths = all > 0 ? part * 1000 / all : 0;

	return zv_arena_strf(arena, "%" PRId64 "%s%" PRId64 " %%", tenths / 10, zv_str_eq_c(zv_str_c(zv_tr_lang()), "ru") ? "," : ".", tenths % 10);
}

/* By dimension; a dimension in which nothing is served but something is needed shows as 0. */
static struct zv_str quantities(const int64_t *base, const int64_t *all, struct zv_arena *arena)
{
	struct zv_str text = ZV_STR("");

	for (int dim = ZV_DIM_MASS; dim <= ZV_DIM_OTHER; dim++) {
		if (base[dim] != 0 || all[dim] != 0)
			text = zv_arena_strf(arena, "%.*s%s%.*s", ZV_STR_FMT(text), text.n > 0 ? " + " : "",
					     ZV_STR_FMT(zv_lots_qty(base[dim], (enum zv_dim)dim, arena)));
	}
	return text.n > 0 ? text : ZV_STR("0");
}

static void print_headline(struct zv_cli *cli, const struct zv_lots_result *r, struct zv_arena *arena)
{
	static const char *const lines[] = {
		N_("Served alone:  %lld of %lld needs (%.*s), %.*s, %.*s"),
		N_("Served pooled: %lld of %lld needs (%.*s), %.*s, %.*s"),
	};
	const struct zv_lots_sum *sums[] = {&r->alone, &r->pooled};

	for (size_t i = 0; i < ZV_LEN(sums); i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		zv_say(cli->out, lines[i], (long long)sums[i]->needs, (long long)r->all.needs,
		       ZV_STR_FMT(share(sums[i]->needs, r->all.needs, arena)), ZV_STR_FMT(quantities(sums[i]->base, r->all.base, arena)),
		       ZV_STR_FMT(money(sums[i]->kop, arena)));
#pragma GCC diagnostic pop
	}
}

static void print_proven(struct zv_cli *cli, const struct zv_lots_proven *p)
{
	zv_say(cli->out, N_("Makers are the suppliers of %zu contract lines; needs and makers meet by OKPD2 code: %zu of %zu codes are met."),
	       p->n_contracts, p->n_met, p->n_codes);
	if (p->n_no_unit > 0)
		zv_say(cli->out, N_("Assumption: %zu contract lines for goods state no unit and are counted as pieces."), p->n_no_unit);
	if (p->n_left_out > 0)
		zv_say(cli->out, N_("%zu contract lines are left out: they state no unit, and the need is not for pieces of goods."), p->n_left_out);
	zv_say(cli->out, N_("A code is a hint that goods may be alike, not a proof: look at the needs before you place a lot."));
	(void)fprintf(cli->out, "\n");
}

static enum zv_code print_all(struct zv_cli *cli, const struct zv_lots_result *r, bool proven, struct zv_arena *arena, struct zv_err *err)
{
	int64_t lots = LOTS_SHOWN;
	int64_t misses = MISSES_SHOWN;
	char as_of[ZV_DATE_TEXT];
	enum zv_code code = zv_cli_option_int(&lots, cli, "limit", 0, err);

	if (code == ZV_OK)
		code = zv_cli_option_int(&misses, cli, "misses", 0, err);
	zv_date_format(as_of, r->as_of);
	zv_say_n(cli->out, (int64_t)r->n_lots, "%lld lot as of %s", "%lld lots as of %s", (long long)r->n_lots, as_of);
	(void)fprintf(cli->out, "\n");
	if (proven)
		print_proven(cli, &r->proven);
	for (size_t i = 0; i < r->n_lots && (int64_t)i < lots && code == ZV_OK; i++)
		code = print_lot(cli, &r->lots[i], arena, err);
	if (code == ZV_OK && (int64_t)r->n_lots > lots)
		zv_say(cli->out, N_("… and %zu more lots; --limit N shows them, --json all."), r->n_lots - (size_t)lots);
	if (code == ZV_OK) {
		print_asked(cli, r, arena);
		print_unfilled(cli, r, arena);
	}
	if (code == ZV_OK)
		code = print_misses(cli, r, misses, arena, err);
	if (code == ZV_OK)
		print_headline(cli, r, arena);
	return code;
}

static enum zv_code print_json(struct zv_cli *cli, const struct zv_lots_result *r, struct zv_err *err)
{
	struct zv_cli_json doc;

	zv_cli_json_begin(&doc, cli);
	zv_lots_json(&doc.json, r);
	return zv_cli_json_end(&doc, err);
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	struct zv_lots_options options = {
		.as_of = cli->as_of,
		.proven = zv_cli_flag(cli, "proven"),
		.item = zv_str_c(zv_cli_option(cli, "item")),
		.size = zv_str_c(zv_cli_option(cli, "size")),
		.actor = cli->actor,
	};
	struct zv_lots_result result;
	struct zv_arena arena;
	struct zv_db *db = NULL;
	enum zv_code code;

	options.keep = !zv_cli_flag(cli, "dry-run") && !options.proven && options.item.n == 0;
	zv_arena_init(&arena);
	code = zv_cli_open(&db, cli, options.keep ? ZV_DATABASE_WRITE : ZV_DATABASE_READ, err);
	if (code == ZV_OK)
		code = zv_lots_run(&result, db, &options, &arena, err);
	if (code == ZV_OK)
		code = cli->json ? print_json(cli, &result, err) : print_all(cli, &result, options.proven, &arena, err);
	zv_database_close(db);
	zv_arena_done(&arena);
	return code;
}

static const struct zv_cli_option options[] = {
	{"dry-run", NULL, N_("only look: store no run of lots")},
	{"item", "NAME", N_("only this item, by uid, key, CAS number or name; stores nothing")},
	{"limit", "N", N_("how many lots to show in full (10)")},
	{"misses", "N", N_("how many needs in no lot to show (20)")},
	{"size", "QUANTITY", N_("also show how a lot of just this size would look, “190 kg”")},
	{"proven", NULL, N_("makers are the suppliers of stored contracts, met by OKPD2 code; stores nothing")},
	{0},
};

const struct zv_cli_command zv_cmd_lots = {
	.name = "lots",
	.args = "",
	.help = N_("Pool the needs of all regions into production lots and say why the others are in none"),
	.options = options,
	.run = run,
};
