/* Plans as tables: each sheet is a list of columns and a function that writes its rows, the same for both kinds of file. */
#include "app/plan_files.h"

#include <stdio.h>

#include "app/plan_text.h"
#include "base/tr.h"
#include "format/csv_write.h"
#include "format/xlsx_write.h"
#include "model/money.h"
#include "model/quantity.h"
#include "model/region.h"

enum { PAGE = 500, CSV_MAX = 64 << 20 };

/* --- a file of either kind -------------------------------------------------------------------------------------------------------- */

struct file {
	struct zv_csv_writer *csv; /* NULL: a workbook */
	struct zv_xlsx *xlsx;
	struct zv_plan_seeing seeing; /* with an arena that is reset after each page */
	struct zv_arena page;
	struct zv_arena *arena; /* of the caller */
	const struct zv_plan_row *plan;
	int64_t rows;
};

static void file_init(struct file *file, const struct zv_plan_seeing *seeing, const struct zv_plan_row *plan)
{
	*file = (struct file){.seeing = *seeing, .arena = seeing->arena, .plan = plan};
	zv_arena_init(&file->page);
	file->seeing.arena = &file->page;
}

static void text(struct file *file, struct zv_str s)
{
	if (file->csv != NULL)
		zv_csv_text(file->csv, s);
	else
		zv_xlsx_text(file->xlsx, s);
}

static void decimal(struct file *file, const char *s)
{
	if (s[0] == '\0')
		text(file, ZV_STR(""));
	else if (file->csv != NULL)
		zv_csv_number(file->csv, zv_str_c(s));
	else
		zv_xlsx_number(file->xlsx, zv_str_c(s));
}

static void number(struct file *file, int64_t value)
{
	char s[24] = "";

	if (value != ZV_PLAN_HIDDEN)
		(void)snprintf(s, sizeof(s), "%" PRId64, value);
	decimal(file, s);
}

static void money(struct file *file, int64_t kop)
{
	char s[ZV_MONEY_TEXT] = "";

	if (kop != ZV_PLAN_HIDDEN)
		zv_money_decimal(s, kop);
	decimal(file, s);
}

/* Two cells: the amount and its unit. Where the unit of prices does not hold it exactly it is in the base unit. */
static void quantity(struct file *file, int64_t base, int dim)
{
	const struct zv_unit *unit = zv_dim_price_unit((enum zv_dim)dim);
	char s[ZV_QUANTITY_TEXT] = "";

	if (unit != NULL && base != ZV_PLAN_HIDDEN && !zv_quantity_decimal(s, base, unit)) {
		unit = zv_dim_base_unit((enum zv_dim)dim);
		(void)zv_quantity_decimal(s, base, unit);
	}
	decimal(file, s);
	text(file, unit != NULL ? zv_unit_symbol(unit) : ZV_STR(""));
}

static void price(struct file *file, int64_t urub, int dim)
{
	char s[ZV_PRICE_TEXT] = "";

	if (urub != ZV_PLAN_HIDDEN)
		zv_price_decimal(s, zv_plan_price(urub, (enum zv_dim)dim), (enum zv_dim)dim);
	decimal(file, s);
}

static void region(struct file *file, struct zv_str code)
{
	const struct zv_region *found = zv_region_by_iso(zv_regions_builtin(), code);

	text(file, found != NULL ? zv_region_name(found) : code);
}

static void period(struct file *file, int32_t quarter)
{
	text(file, quarter != 0 ? zv_plan_period_text(quarter, file->seeing.arena) : ZV_STR(""));
}

static void end(struct file *file)
{
	if (file->csv != NULL)
		zv_csv_end_row(file->csv);
	else
		zv_xlsx_end_row(file->xlsx);
	file->rows++;
}

static void offer(struct file *file, const struct zv_plan_v_offer *of)
{
	text(file, of->item);
	text(file, of->maker);
	region(file, of->region);
	text(file, of->key);
}

static void need(struct file *file, const struct zv_plan_v_need *of)
{
	text(file, of->uid);
	text(file, of->key);
	text(file, of->item);
	text(file, of->org);
	region(file, of->region);
}

/* --- the sheets ---------------------------------------------------------------------------------------------------------------------- */

#define OFFER_COLUMNS \
	{.title = N_("Item"), .key = "item", .width = 40}, {.title = N_("Maker"), .key = "maker", .width = 40}, {.title = N_("Maker's region"), .key = "maker_region"}, \
	{.title = N_("Offer"), .key = "offer"}
#define NEED_COLUMNS \
	{.title = N_("Need"), .key = "need"}, {.title = N_("Key"), .key = "need_key"}, {.title = N_("Item"), .key = "item", .width = 40}, \
	{.title = N_("Enterprise"), .key = "enterprise", .width = 40}, {.title = N_("Region"), .key = "region"}

static const struct zv_xlsx_column summary_columns[] = {
	{.title = N_("Figure"), .key = "figure", .width = 40}, {.title = N_("Value"), .key = "value", .width = 24},
	{.title = N_("Unit"), .key = "unit"},
};

static const struct zv_xlsx_column order_columns[] = {
	{.title = N_("Order, number in the plan"), .key = "order"}, OFFER_COLUMNS, {.title = N_("Quarter"), .key = "period"}, {.title = N_("Quantity"), .key = "qty"},
	{.title = N_("Unit"), .key = "unit"}, {.title = N_("Price per unit"), .key = "price"}, {.title = N_("Of it the launch, roubles"), .key = "launch"},
	{.title = N_("Together, roubles"), .key = "total"}, {.title = N_("Needs"), .key = "needs"}, {.title = N_("Regions"), .key = "regions"},
};

static const struct zv_xlsx_column flow_columns[] = {
	{.title = N_("Order, number in the plan"), .key = "order"}, {.title = N_("Maker"), .key = "maker", .width = 40}, {.title = N_("Quarter"), .key = "period"}, NEED_COLUMNS,
	{.title = N_("Quantity"), .key = "qty"}, {.title = N_("Unit"), .key = "unit"}, {.title = N_("Delivered price per unit"), .key = "price"},
	{.title = N_("Ceiling per unit"), .key = "ceiling"},
};

static const struct zv_xlsx_column uncovered_columns[] = {
	NEED_COLUMNS, {.title = N_("Priority"), .key = "priority"}, {.title = N_("Not covered"), .key = "qty"}, {.title = N_("Unit"), .key = "unit"}, {.title = N_("Code"), .key = "code"},
	{.title = N_("Why"), .key = "why", .width = 80}, {.title = N_("What would change it"), .key = "flip", .width = 60},
	{.title = N_("Maker"), .key = "maker", .width = 40}, {.title = N_("Quarter"), .key = "period"},
};

static const struct zv_xlsx_column unlock_columns[] = {
	OFFER_COLUMNS, {.title = N_("Quarter"), .key = "period"}, {.title = N_("Pool"), .key = "pool"}, {.title = N_("Unit"), .key = "unit"},
	{.title = N_("Lacks"), .key = "lack"}, {.title = N_("Unit"), .key = "lack_unit"}, {.title = N_("Lacks, roubles"), .key = "lack_money"},
	{.title = N_("Needs that could join"), .key = "joiners"}, {.title = N_("In words"), .key = "text", .width = 80},
};

static const struct zv_xlsx_column missing_columns[] = {
	{.title = N_("Item"), .key = "item", .width = 40}, {.title = N_("Needs"), .key = "needs"}, {.title = N_("Regions"), .key = "regions"},
	{.title = N_("Enterprises"), .key = "enterprises"}, {.title = N_("Quantity"), .key = "qty"}, {.title = N_("Unit"), .key = "unit"},
	{.title = N_("Worth, roubles"), .key = "value"}, {.title = N_("Price per unit that serves all"), .key = "price"},
	{.title = N_("Price per unit that serves half"), .key = "half_price"},
};

static void summary_line(struct file *file, const char *title)
{
	text(file, zv_str_c(zv_tr(title)));
}

static void summary_money(struct file *file, const char *title, int64_t kop)
{
	summary_line(file, title);
	money(file, kop);
	text(file, zv_str_c(zv_tr(N_("roubles"))));
	end(file);
}

static void summary_number(struct file *file, const char *title, int64_t value)
{
	summary_line(file, title);
	number(file, value);
	text(file, ZV_STR(""));
	end(file);
}

static enum zv_code write_summary(struct file *file, struct zv_err *err)
{
	const struct zv_plan_row *plan = file->plan;
	char made[ZV_INSTANT_TEXT];

	(void)err;
	zv_instant_format(made, plan->made_ms);
	summary_line(file, N_("Plan"));
	text(file, plan->title);
	text(file, plan->uid);
	end(file);
	summary_line(file, N_("Made"));
	text(file, zv_str_c(made));
	text(file, ZV_STR(""));
	end(file);
	summary_number(file, N_("Needs"), plan->n_needs);
	summary_number(file, N_("Needs covered in full"), plan->n_covered);
	summary_number(file, N_("Needs that could be covered without pooling"), plan->n_alone);
	summary_number(file, N_("Orders"), plan->n_orders);
	summary_money(file, N_("Cost of the orders"), zv_plan_cost_kop(plan));
	summary_money(file, N_("Launches"), plan->launches_kop);
	summary_money(file, N_("Goods with freight"), plan->prices_kop);
	summary_money(file, N_("Penalty of what is not covered"), plan->penalties_kop);
	summary_money(file, N_("Cost with penalty"), plan->objective_kop);
	summary_money(file, N_("No plan costs less than"), plan->bound_kop);
	summary_money(file, N_("Of it for needs that nobody can serve"), plan->constant_kop);
	return ZV_OK;
}

static enum zv_code write_orders(struct file *file, struct zv_err *err)
{
	struct zv_plan_orders_ask ask = {.q = ZV_STR(""), .region = ZV_STR(""), .limit = PAGE};
	int64_t next = 0;
	enum zv_code code = ZV_OK;

	do {
		struct zv_plan_v_order *orders;
		size_t n = 0;

		code = zv_plan_view_orders(&orders, &n, &next, &file->seeing, file->plan->id, &ask, err);
		for (size_t i = 0; i < n && code == ZV_OK; i++) {
			const struct zv_plan_order_row *row = &orders[i].row;

			number(file, row->n);
			offer(file, &orders[i].offer);
			period(file, row->period);
			quantity(file, row->qty_base, row->dim);
			price(file, row->price_urub, row->dim);
			money(file, row->launch_kop);
			money(file, row->total_kop);
			number(file, row->needs);
			number(file, row->regions);
			end(file);
		}
		zv_arena_reset(&file->page);
		ask.from = next;
	} while (code == ZV_OK && next != 0);
	return code;
}

static enum zv_code write_flows(struct file *file, struct zv_err *err)
{
	struct zv_plan_order_row *orders;
	size_t n;
	enum zv_code code = zv_plan_orders(&orders, &n, file->seeing.db, file->plan->id, file->arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_plan_flow_query query = {.plan_id = file->plan->id, .order_n = orders[i].n};
		struct zv_plan_v_offer of;
		struct zv_plan_flow_row *flows;
		size_t n_flows = 0;

		code = zv_plan_view_offer(&of, &file->seeing, orders[i].offer_id, err);
		if (code == ZV_OK)
			code = zv_plan_flows(&flows, &n_flows, file->seeing.db, &query, file->seeing.arena, err);
		for (size_t k = 0; k < n_flows && code == ZV_OK; k++) {
			struct zv_plan_v_need who;

			code = zv_plan_view_need(&who, &file->seeing, flows[k].need_id, err);
			if (code != ZV_OK || who.sight == ZV_SIGHT_NONE)
				continue;
			number(file, orders[i].n);
			text(file, of.maker);
			period(file, orders[i].period);
			need(file, &who);
			quantity(file, flows[k].qty_base, orders[i].dim);
			price(file, who.sight == ZV_SIGHT_FULL ? flows[k].price_urub : ZV_PLAN_HIDDEN, orders[i].dim);
			price(file, who.sight == ZV_SIGHT_FULL ? flows[k].ceiling_urub : ZV_PLAN_HIDDEN, orders[i].dim);
			end(file);
		}
		zv_arena_reset(&file->page);
	}
	return code;
}

static enum zv_code write_uncovered(struct file *file, struct zv_err *err)
{
	struct zv_plan_whys_ask ask = {.q = ZV_STR(""), .code = ZV_STR(""), .region = ZV_STR(""), .limit = PAGE};
	int64_t next = 0;
	enum zv_code code = ZV_OK;

	do {
		struct zv_plan_v_why *rows;
		size_t n = 0;

		code = zv_plan_view_whys(&rows, &n, &next, &file->seeing, file->plan->id, &ask, err);
		for (size_t i = 0; i < n && code == ZV_OK; i++) {
			need(file, &rows[i].need);
			number(file, rows[i].need.sight == ZV_SIGHT_FULL ? rows[i].row.priority : ZV_PLAN_HIDDEN);
			quantity(file, rows[i].row.qty_base, rows[i].row.dim);
			text(file, rows[i].row.code);
			text(file, rows[i].text);
			text(file, rows[i].flip);
			text(file, rows[i].has_offer ? rows[i].offer.maker : ZV_STR(""));
			period(file, rows[i].need.sight == ZV_SIGHT_FULL ? rows[i].row.period : 0);
			end(file);
		}
		zv_arena_reset(&file->page);
		ask.after = next;
	} while (code == ZV_OK && next != 0);
	return code;
}

static enum zv_code write_unlocks(struct file *file, struct zv_err *err)
{
	int64_t from = 0, next = 0;
	enum zv_code code = ZV_OK;

	do {
		struct zv_plan_v_unlock *rows;
		size_t n = 0;

		code = zv_plan_view_unlocks(&rows, &n, &next, &file->seeing, file->plan->id, from, PAGE, err);
		for (size_t i = 0; i < n && code == ZV_OK; i++) {
			const struct zv_plan_unlock_row *row = &rows[i].row;

			offer(file, &rows[i].offer);
			period(file, row->period);
			quantity(file, row->pool_base, row->dim);
			quantity(file, row->lack_base, row->dim);
			money(file, row->lack_kop);
			number(file, (int64_t)rows[i].n_joiners);
			text(file, rows[i].text);
			end(file);
		}
		zv_arena_reset(&file->page);
		from = next;
	} while (code == ZV_OK && next != 0);
	return code;
}

static enum zv_code write_missing(struct file *file, struct zv_err *err)
{
	struct zv_plan_v_missing *rows;
	size_t n = 0;
	enum zv_code code = zv_plan_view_missing(&rows, &n, &file->seeing, file->plan->id, 1 << 20, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		const struct zv_plan_missing_row *row = &rows[i].row;

		text(file, rows[i].item);
		number(file, row->needs);
		number(file, row->regions);
		number(file, row->orgs);
		quantity(file, row->qty_base, row->dim);
		money(file, row->value_kop);
		price(file, row->price_urub, row->dim);
		price(file, row->half_urub, row->dim);
		end(file);
	}
	return code;
}

static const struct sheet {
	const char *title;
	const struct zv_xlsx_column *columns;
	size_t n;
	enum zv_code (*write)(struct file *file, struct zv_err *err);
} all_sheets[ZV_PLAN_SHEETS] = {
	[ZV_PLAN_SHEET_SUMMARY] = {N_("Plan"), summary_columns, ZV_LEN(summary_columns), write_summary},
	[ZV_PLAN_SHEET_ORDERS] = {N_("Orders"), order_columns, ZV_LEN(order_columns), write_orders},
	[ZV_PLAN_SHEET_FLOWS] = {N_("Who gets what"), flow_columns, ZV_LEN(flow_columns), write_flows},
	[ZV_PLAN_SHEET_UNCOVERED] = {N_("Not covered"), uncovered_columns, ZV_LEN(uncovered_columns), write_uncovered},
	[ZV_PLAN_SHEET_UNLOCKS] = {N_("One step from a launch"), unlock_columns, ZV_LEN(unlock_columns), write_unlocks},
	[ZV_PLAN_SHEET_MISSING] = {N_("Makers missing"), missing_columns, ZV_LEN(missing_columns), write_missing},
};

/* --- files ------------------------------------------------------------------------------------------------------------------------------ */

enum zv_code zv_plan_csv(struct zv_buf *out, int64_t *rows, const struct zv_plan_seeing *seeing, const struct zv_plan_row *plan, enum zv_plan_sheet sheet,
			 struct zv_err *err)
{
	const struct sheet *of = &all_sheets[sheet];
	struct zv_csv_writer csv;
	struct zv_out bytes;
	struct file file;
	enum zv_code code;

	file_init(&file, seeing, plan);
	file.csv = &csv;
	zv_out_init(&bytes, NULL, CSV_MAX);
	zv_csv_init(&csv, &bytes, ',', true);
	for (size_t i = 0; i < of->n; i++)
		zv_csv_text(&csv, zv_str_c(of->columns[i].key));
	zv_csv_end_row(&csv);
	code = of->write(&file, err);
	if (code == ZV_OK)
		code = zv_out_flush(&bytes, err);
	if (code == ZV_OK)
		zv_buf_add_str(out, zv_out_text(&bytes));
	zv_out_done(&bytes);
	zv_arena_done(&file.page);
	*rows = file.rows;
	return code;
}

static enum zv_code add_sheet(struct file *file, const struct sheet *sheet, struct zv_err *err)
{
	struct zv_xlsx_column *titled = ZV_ARENA_ARRAY(file->arena, struct zv_xlsx_column, sheet->n);
	enum zv_code code;

	for (size_t i = 0; i < sheet->n; i++) {
		titled[i] = sheet->columns[i];
		titled[i].title = zv_tr(sheet->columns[i].title);
		titled[i].key = NULL;
	}
	code = zv_xlsx_sheet(file->xlsx, zv_tr(sheet->title), NULL, titled, sheet->n, err);
	return code == ZV_OK ? sheet->write(file, err) : code;
}

enum zv_code zv_plan_xlsx(const char *path, int64_t *rows, const struct zv_plan_seeing *seeing, const struct zv_plan_row *plan,
			  const enum zv_plan_sheet *sheets, size_t n, struct zv_err *err)
{
	struct file file;
	enum zv_code code;

	file_init(&file, seeing, plan);
	code = zv_xlsx_new(&file.xlsx, path, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		code = add_sheet(&file, &all_sheets[sheets[i]], err);
	*rows = file.rows;
	zv_arena_done(&file.page);
	if (code == ZV_OK)
		return zv_xlsx_close(file.xlsx, err);
	zv_xlsx_cancel(file.xlsx);
	return code;
}
