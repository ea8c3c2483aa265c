/* zveno plan show, plan compare: a kept plan, its parts, and what another one does otherwise. */
#include "app/plan_compare.h"

#include "app/plan_text.h"
#include "app/plan_view.h"
#include "base/tr.h"
#include "cli/json.h"
#include "cli/plan_print.h"
#include "cli/say.h"

enum { SHOWN = 20, SHOWN_MAX = 1000000 };

struct showing {
	struct zv_cli *cli;
	struct zv_db *db;
	struct zv_plan_seeing seeing;
	struct zv_plan_row plan;
	int limit;
};

enum zv_code zv_plan_named(struct zv_str *out, struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_plan_row latest;
	bool found;
	enum zv_code code;

	*out = name;
	if (!zv_str_eq_c(name, "newest"))
		return ZV_OK;
	code = zv_plan_latest(&found, &latest, db, 0, arena, err);
	if (code == ZV_OK && !found)
		return zv_fail(err, ZV_E_NOTFOUND, "plan", N_("There is no plan yet: “zveno plan run” makes one."));
	if (code == ZV_OK)
		*out = latest.uid;
	return code;
}

static struct zv_str hidden_or(int64_t value, struct zv_str text)
{
	return value == ZV_PLAN_HIDDEN ? ZV_STR("—") : text;
}

static struct zv_str qty(int64_t base, int dim, struct zv_arena *arena)
{
	return base == ZV_PLAN_HIDDEN ? ZV_STR("—") : zv_plan_qty_text(base, (enum zv_dim)dim, arena);
}

static struct zv_str money(int64_t kop, struct zv_arena *arena)
{
	return kop == ZV_PLAN_HIDDEN ? ZV_STR("—") : zv_plan_money_text(kop, arena);
}

static struct zv_str price(int64_t urub, int dim, struct zv_arena *arena)
{
	return urub == ZV_PLAN_HIDDEN ? ZV_STR("—") : zv_plan_price_text(urub, (enum zv_dim)dim, arena);
}

/* --- in sums --------------------------------------------------------------------------------------------------------------------- */

struct zv_cell zv_plan_gap_cell(const struct zv_plan_row *row, struct zv_arena *arena)
{
	int64_t ppm = row->objective_kop == ZV_PLAN_HIDDEN ? -1 : zv_plan_gap_ppm(row->objective_kop, row->bound_kop, row->constant_kop);
	struct zv_cell cell = ppm < 0 ? zv_table_null() : zv_table_int(ppm, arena);

	cell.human = ppm < 0 ? ZV_STR("—") : zv_plan_ppm_text(ppm, arena);
	return cell;
}

static void key_kop(struct zv_json *json, const char *key, int64_t kop)
{
	if (kop == ZV_PLAN_HIDDEN)
		zv_json_key_c(json, key, NULL);
	else
		zv_json_key_int(json, key, kop);
}

static enum zv_code head_json(struct zv_cli *cli, const struct zv_plan_view *view, struct zv_err *err)
{
	const struct zv_plan_row *row = &view->row;
	struct zv_cli_json doc;
	char day[ZV_DATE_TEXT];

	zv_date_format(day, row->as_of);
	zv_cli_json_begin(&doc, cli);
	zv_json_object(&doc.json);
	zv_json_key_str(&doc.json, "uid", row->uid);
	zv_json_key_str(&doc.json, "title", row->title);
	zv_json_key_c(&doc.json, "as_of", day);
	zv_json_key_c(&doc.json, "mode", row->strict ? "strict" : "priced");
	zv_json_key_bool(&doc.json, "proved", row->proved);
	zv_json_key_bool(&doc.json, "stopped", row->stopped);
	zv_json_key_int(&doc.json, "needs", row->n_needs);
	zv_json_key_int(&doc.json, "covered_needs", row->n_covered);
	zv_json_key_int(&doc.json, "outside", row->n_outside);
	zv_json_key_int(&doc.json, "orders", row->n_orders);
	key_kop(&doc.json, "objective_kop", row->objective_kop);
	key_kop(&doc.json, "bound_kop", row->bound_kop);
	key_kop(&doc.json, "constant_kop", row->constant_kop);
	key_kop(&doc.json, "launches_kop", row->launches_kop);
	key_kop(&doc.json, "prices_kop", row->prices_kop);
	key_kop(&doc.json, "penalties_kop", row->penalties_kop);
	zv_json_key_int(&doc.json, "alone_needs", row->n_alone);
	key_kop(&doc.json, "alone_kop", row->alone_kop);
	zv_json_key_int(&doc.json, "iterations", row->iterations);
	zv_json_key_int(&doc.json, "cpu_ms", row->cpu_ms);
	zv_json_key_str(&doc.json, "digest", row->digest);
	zv_json_end_object(&doc.json);
	return zv_cli_json_end(&doc, err);
}

static const struct zv_table_column level_columns[] = {
	{"priority", N_("Priority"), ZV_TABLE_NUMBER}, {"needs", N_("Needs"), ZV_TABLE_NUMBER},    {"covered", N_("Covered"), ZV_TABLE_NUMBER},
	{"qty", N_("Wanted"), ZV_TABLE_NUMBER},        {"got", N_("Served"), ZV_TABLE_NUMBER},     {"bound", N_("At most"), ZV_TABLE_NUMBER},
	{"never", N_("No offer at all"), ZV_TABLE_NUMBER},
};

/* Thousandths of a unit, in the unit of the priority where it has one. */
static struct zv_str milli(int64_t value, int dim, struct zv_arena *arena)
{
	if (value == ZV_PLAN_HIDDEN)
		return ZV_STR("—");
	if (dim != 0)
		return zv_plan_sum_text((int64_t)((zv_i128)value * zv_plan_unit_base((enum zv_dim)dim) / 1000), (enum zv_dim)dim, arena);
	return zv_arena_strf(arena, "%" PRId64 "%s%03" PRId64, value / 1000, zv_str_eq_c(zv_str_c(zv_tr_lang()), "ru") ? "," : ".", value % 1000);
}

static enum zv_code head_levels(struct zv_cli *cli, const struct zv_plan_view *view, struct zv_err *err)
{
	struct zv_table table;

	zv_table_init(&table, cli, level_columns, ZV_LEN(level_columns));
	for (size_t i = 0; i < view->n_levels; i++) {
		const struct zv_plan_level_row *l = &view->levels[i].row;
		struct zv_cell cells[] = {
			zv_table_int(l->priority, cli->arena),
			zv_table_int(l->needs, cli->arena),
			zv_table_int(l->covered_needs, cli->arena),
			zv_table_text(milli(l->qty_milli, l->dim, cli->arena)),
			zv_table_text(milli(l->covered_milli, l->dim, cli->arena)),
			zv_table_text(milli(l->bound_milli, l->dim, cli->arena)),
			zv_table_text(milli(l->constant_milli, l->dim, cli->arena)),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, NULL, err);
}

static enum zv_code head_text(struct zv_cli *cli, const struct zv_plan_view *view, struct zv_err *err)
{
	const struct zv_plan_row *row = &view->row;
	struct zv_arena *arena = cli->arena;

	(void)fprintf(cli->out, "%.*s · %.*s\n", ZV_STR_FMT(row->title), ZV_STR_FMT(row->uid));
	zv_say(cli->out, N_("%lld of %lld needs are covered by %lld orders; %lld more are not stated well enough for a plan"), (long long)row->n_covered,
	       (long long)row->n_needs, (long long)row->n_orders, (long long)row->n_outside);
	zv_say(cli->out, N_("the plan costs %.*s; with what is left over %.*s, and no plan less than %.*s (gap %.*s)"),
	       ZV_STR_FMT(money(zv_plan_cost_kop(row), arena)), ZV_STR_FMT(money(row->objective_kop, arena)),
	       ZV_STR_FMT(money(row->bound_kop, arena)), ZV_STR_FMT(zv_plan_gap_cell(row, arena).human));
	zv_say(cli->out, N_("without pooling %lld of them could be covered"), (long long)row->n_alone);
	if (row->proved)
		zv_say(cli->out, N_("It is proved that no plan is better."));
	if (row->stopped)
		zv_say(cli->out, N_("The search was stopped: this is the best plan that it had."));
	for (size_t i = 0; i < view->n_reasons; i++)
		zv_say(cli->out, N_("  %.*s: %lld, %.*s"), ZV_STR_FMT(zv_plan_why_title(view->reasons[i].code)), (long long)view->reasons[i].needs,
		       ZV_STR_FMT(view->reasons[i].qty));
	return head_levels(cli, view, err);
}

enum zv_code zv_plan_print_head(struct zv_cli *cli, struct zv_db *db, struct zv_str uid, struct zv_err *err)
{
	struct zv_plan_seeing seeing;
	struct zv_plan_view view;
	enum zv_code code = zv_plan_seeing_open(&seeing, db, cli->who, cli->arena, err);

	if (code == ZV_OK)
		code = zv_plan_view(&view, &seeing, uid, err);
	if (code != ZV_OK)
		return code;
	return cli->json ? head_json(cli, &view, err) : head_text(cli, &view, err);
}

/* --- parts -------------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column order_columns[] = {
	{"n", N_("No"), ZV_TABLE_NUMBER},           {"item", N_("Item"), ZV_TABLE_TEXT},      {"maker", N_("Maker"), ZV_TABLE_TEXT},
	{"region", N_("Region"), ZV_TABLE_TEXT},    {"period", N_("Quarter"), ZV_TABLE_TEXT}, {"qty", N_("Quantity"), ZV_TABLE_NUMBER},
	{"price", N_("Price"), ZV_TABLE_NUMBER},    {"total", N_("In all"), ZV_TABLE_NUMBER}, {"needs", N_("Needs"), ZV_TABLE_NUMBER},
	{"offer", NULL, ZV_TABLE_TEXT},
};

static enum zv_code show_orders(struct showing *s, struct zv_err *err)
{
	struct zv_arena *arena = s->cli->arena;
	const struct zv_plan_orders_ask ask = {.q = ZV_STR(""), .region = ZV_STR(""), .limit = s->limit};
	struct zv_plan_v_order *rows;
	struct zv_table table;
	int64_t next;
	size_t n;
	enum zv_code code = zv_plan_view_orders(&rows, &n, &next, &s->seeing, s->plan.id, &ask, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, s->cli, order_columns, ZV_LEN(order_columns));
	for (size_t i = 0; i < n; i++) {
		const struct zv_plan_order_row *row = &rows[i].row;
		struct zv_cell cells[] = {
			zv_table_int(row->n, arena),
			zv_table_text(rows[i].offer.item),
			zv_table_text(rows[i].offer.maker),
			zv_table_text(row->region),
			zv_table_text(zv_plan_period_text(row->period, arena)),
			zv_table_text(qty(row->qty_base, row->dim, arena)),
			zv_table_text(price(row->price_urub, row->dim, arena)),
			zv_table_text(money(row->total_kop, arena)),
			zv_table_text(hidden_or(row->needs, zv_arena_strf(arena, "%" PRId64, row->needs))),
			zv_table_text(rows[i].offer.key),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Nothing found.")), err);
}

static const struct zv_table_column why_columns[] = {
	{"need", N_("Need"), ZV_TABLE_TEXT}, {"org", N_("Buyer"), ZV_TABLE_TEXT},  {"item", N_("Item"), ZV_TABLE_TEXT},
	{"qty", N_("Lacks"), ZV_TABLE_NUMBER}, {"code", NULL, ZV_TABLE_TEXT},        {"why", N_("Why it is not covered"), ZV_TABLE_TEXT},
	{"flip", N_("What would change it"), ZV_TABLE_TEXT},
};

static enum zv_code show_uncovered(struct showing *s, struct zv_err *err)
{
	struct zv_arena *arena = s->cli->arena;
	const char *only = zv_cli_option(s->cli, "code");
	const struct zv_plan_whys_ask ask = {.q = ZV_STR(""), .code = zv_str_c(only), .region = ZV_STR(""), .limit = s->limit};
	struct zv_plan_v_why *rows;
	struct zv_table table;
	int64_t next;
	size_t n;
	enum zv_code code = zv_plan_view_whys(&rows, &n, &next, &s->seeing, s->plan.id, &ask, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, s->cli, why_columns, ZV_LEN(why_columns));
	for (size_t i = 0; i < n; i++) {
		struct zv_cell cells[] = {
			zv_table_text(rows[i].need.key), zv_table_text(rows[i].need.org), zv_table_text(rows[i].need.item),
			zv_table_text(qty(rows[i].row.qty_base, rows[i].row.dim, arena)), zv_table_text(rows[i].row.code), zv_table_text(rows[i].text),
			zv_table_text(rows[i].flip),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Every need of the plan is covered.")), err);
}

static const struct zv_table_column text_columns[] = {{"text", "", ZV_TABLE_TEXT}};

/* Sentences alone, one a line. */
static enum zv_code show_texts(struct showing *s, const struct zv_str *texts, size_t n, struct zv_err *err)
{
	struct zv_table table;

	zv_table_init(&table, s->cli, text_columns, ZV_LEN(text_columns));
	for (size_t i = 0; i < n; i++) {
		struct zv_cell cell = zv_table_text(texts[i]);

		if (!zv_table_row(&table, &cell))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("Nothing found.")), err);
}

static enum zv_code show_unlocks(struct showing *s, struct zv_err *err)
{
	struct zv_plan_v_unlock *rows;
	struct zv_str *texts;
	int64_t next;
	size_t n;
	enum zv_code code = zv_plan_view_unlocks(&rows, &n, &next, &s->seeing, s->plan.id, 0, s->limit, err);

	if (code != ZV_OK)
		return code;
	texts = ZV_ARENA_ARRAY(s->cli->arena, struct zv_str, n + 1);
	for (size_t i = 0; i < n; i++)
		texts[i] = rows[i].text;
	return show_texts(s, texts, n, err);
}

static enum zv_code show_next_tiers(struct showing *s, struct zv_err *err)
{
	struct zv_plan_v_next_tier *rows;
	struct zv_str *texts;
	size_t n;
	enum zv_code code = zv_plan_view_next_tiers(&rows, &n, &s->seeing, s->plan.id, s->limit, err);

	if (code != ZV_OK)
		return code;
	texts = ZV_ARENA_ARRAY(s->cli->arena, struct zv_str, n + 1);
	for (size_t i = 0; i < n; i++)
		texts[i] = zv_arena_strf(s->cli->arena, "%.*s, %.*s: %.*s", ZV_STR_FMT(rows[i].offer.maker), ZV_STR_FMT(rows[i].offer.item), ZV_STR_FMT(rows[i].text));
	return show_texts(s, texts, n, err);
}

static enum zv_code show_missing(struct showing *s, struct zv_err *err)
{
	struct zv_plan_v_missing *rows;
	struct zv_str *texts;
	size_t n;
	enum zv_code code = zv_plan_view_missing(&rows, &n, &s->seeing, s->plan.id, s->limit, err);

	if (code != ZV_OK)
		return code;
	texts = ZV_ARENA_ARRAY(s->cli->arena, struct zv_str, n + 1);
	for (size_t i = 0; i < n; i++)
		texts[i] = zv_arena_strf(s->cli->arena, "%.*s: %.*s", ZV_STR_FMT(rows[i].item), ZV_STR_FMT(rows[i].text));
	return show_texts(s, texts, n, err);
}

static enum zv_code show_head(struct showing *s, struct zv_err *err)
{
	return zv_plan_print_head(s->cli, s->db, s->plan.uid, err);
}

static enum zv_code show_part(struct showing *s, const char *part, struct zv_err *err)
{
	static const struct {
		const char *name;
		enum zv_code (*show)(struct showing *s, struct zv_err *err);
	} parts[] = {
		{"sums", show_head},         {"orders", show_orders},         {"uncovered", show_uncovered},
		{"unlocks", show_unlocks},   {"next-tiers", show_next_tiers}, {"missing", show_missing},
	};

	for (size_t i = 0; i < ZV_LEN(parts); i++)
		if (zv_str_eq_c(zv_str_c(part), parts[i].name))
			return parts[i].show(s, err);
	return zv_fail(err, ZV_E_INVALID, "part", N_("A plan has no part “%.60s”. There are: sums, orders, uncovered, unlocks, next-tiers, missing."), part);
}

static enum zv_code run_show(struct zv_cli *cli, struct zv_err *err)
{
	struct showing s = {.cli = cli};
	const char *part = zv_cli_option(cli, "part");
	struct zv_str uid;
	int64_t limit = SHOWN;
	enum zv_code code = zv_cli_option_int(&limit, cli, "limit", 1, err);

	s.limit = limit < SHOWN_MAX ? (int)limit : SHOWN_MAX;
	if (code == ZV_OK)
		code = zv_cli_open(&s.db, cli, ZV_DATABASE_READ, err);
	if (code == ZV_OK)
		code = zv_plan_named(&uid, s.db, zv_cli_arg(cli, 0), cli->arena, err);
	if (code == ZV_OK)
		code = zv_plan_seeing_open(&s.seeing, s.db, cli->who, cli->arena, err);
	if (code == ZV_OK)
		code = zv_plan_view_row(&s.plan, &s.seeing, uid, err);
	if (code == ZV_OK)
		code = show_part(&s, part != NULL ? part : "sums", err);
	zv_database_close(s.db);
	return zv_cli_input(code, err);
}

/* --- compare --------------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column turn_columns[] = {
	{"turn", N_("Change"), ZV_TABLE_TEXT},    {"item", N_("Item"), ZV_TABLE_TEXT},      {"maker", N_("Maker"), ZV_TABLE_TEXT},
	{"period", N_("Quarter"), ZV_TABLE_TEXT}, {"was", N_("Was"), ZV_TABLE_NUMBER},      {"now", N_("Now"), ZV_TABLE_NUMBER},
};

static enum zv_code print_turns(struct showing *s, const struct zv_plan_comparison *c, struct zv_err *err)
{
	static const char *const words[] = {"", N_("added"), N_("gone"), N_("changed")};
	struct zv_arena *arena = s->cli->arena;
	struct zv_table table;
	enum zv_code code = ZV_OK;

	zv_table_init(&table, s->cli, turn_columns, ZV_LEN(turn_columns));
	for (size_t i = 0; i < c->n_orders && (int)i < s->limit && code == ZV_OK; i++) {
		const struct zv_plan_order_turn *turn = &c->orders[i];
		const struct zv_plan_order_row *of = turn->b != NULL ? turn->b : turn->a;
		struct zv_plan_v_offer offer;
		struct zv_cell cells[ZV_LEN(turn_columns)];

		code = zv_plan_view_offer(&offer, &s->seeing, of->offer_id, err);
		if (code != ZV_OK)
			break;
		cells[0] = zv_table_c(zv_tr(words[turn->turn]));
		cells[0].machine = zv_str_c(words[turn->turn]);
		cells[1] = zv_table_text(offer.item);
		cells[2] = zv_table_text(offer.maker);
		cells[3] = zv_table_text(zv_plan_period_text(of->period, arena));
		cells[4] = zv_table_text(turn->a != NULL ? qty(turn->a->qty_base, of->dim, arena) : ZV_STR("—"));
		cells[5] = zv_table_text(turn->b != NULL ? qty(turn->b->qty_base, of->dim, arena) : ZV_STR("—"));
		if (!zv_table_row(&table, cells))
			break;
	}
	if (code != ZV_OK) {
		zv_table_cancel(&table);
		return code;
	}
	return zv_table_done(&table, zv_tr(N_("Both plans have the same orders.")), err);
}

static enum zv_code run_compare(struct zv_cli *cli, struct zv_err *err)
{
	struct showing s = {.cli = cli};
	struct zv_plan_comparison c;
	struct zv_str a, b;
	int64_t limit = SHOWN;
	enum zv_code code = zv_cli_option_int(&limit, cli, "limit", 1, err);

	s.limit = limit < SHOWN_MAX ? (int)limit : SHOWN_MAX;
	if (code == ZV_OK)
		code = zv_cli_open(&s.db, cli, ZV_DATABASE_READ, err);
	if (code == ZV_OK)
		code = zv_plan_seeing_open(&s.seeing, s.db, cli->who, cli->arena, err);
	if (code == ZV_OK && !s.seeing.all)
		code = zv_fail(err, ZV_E_DENIED, "plan", N_("Whole plans are compared by who may see all needs."));
	if (code == ZV_OK)
		code = zv_plan_named(&a, s.db, zv_cli_arg(cli, 0), cli->arena, err);
	if (code == ZV_OK)
		code = zv_plan_named(&b, s.db, zv_cli_arg(cli, 1), cli->arena, err);
	if (code == ZV_OK)
		code = zv_plan_compare(&c, s.db, a, b, cli->arena, err);
	if (code == ZV_OK && !cli->json) {
		zv_say(cli->out, N_("%.*s → %.*s: orders added %zu, gone %zu, changed %zu; needs covered now %zu, no longer %zu"), ZV_STR_FMT(c.a.title),
		       ZV_STR_FMT(c.b.title), c.added, c.gone, c.changed, c.gained, c.lost);
		zv_say(cli->out, N_("with what is left over %.*s → %.*s, no plan less than %.*s → %.*s"), ZV_STR_FMT(money(c.a.objective_kop, cli->arena)),
		       ZV_STR_FMT(money(c.b.objective_kop, cli->arena)), ZV_STR_FMT(money(c.a.bound_kop, cli->arena)),
		       ZV_STR_FMT(money(c.b.bound_kop, cli->arena)));
	}
	if (code == ZV_OK)
		code = print_turns(&s, &c, err);
	zv_database_close(s.db);
	return zv_cli_input(code, err);
}

static const struct zv_cli_option show_options[] = {
	{"part", "PART", N_("sums (default), orders, uncovered, unlocks, next-tiers or missing")},
	{"code", "CODE", N_("of what is uncovered only this reason: MOQ, PRICE, NOMAKER …")},
	{"limit", "N", N_("at most N rows (default: 20)")},
	{NULL, NULL, NULL},
};

static const struct zv_cli_option compare_options[] = {{"limit", "N", N_("at most N rows (default: 20)")}, {NULL, NULL, NULL}};

const struct zv_cli_command zv_cmd_plan_show = {
	.name = "plan show",
	.args = "PLAN",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Show a plan that is kept, or a part of it; “newest” is the one made last"),
	.options = show_options,
	.action = ZV_CLI_DO(PLAN_READ),
	.run = run_show,
};

const struct zv_cli_command zv_cmd_plan_compare = {
	.name = "plan compare",
	.args = "PLAN PLAN",
	.min_args = 2,
	.max_args = 2,
	.help = N_("Show what the second plan does otherwise than the first one"),
	.options = compare_options,
	.action = ZV_CLI_DO(PLAN_READ),
	.run = run_compare,
};
