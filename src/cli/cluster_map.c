/* zveno clusters profile, clusters map, clusters growth. */
#include "app/cluster_map.h"

#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"
#include "model/money.h"

static struct zv_cell money_cell(int64_t kop, struct zv_arena *arena)
{
	char human[ZV_MONEY_TEXT], machine[ZV_MONEY_TEXT];

	if (kop < 0)
		return zv_table_null();
	zv_money_format(human, kop);
	zv_money_decimal(machine, kop);
	return (struct zv_cell){
		.type = ZV_CELL_RAW, .human = zv_str_dup(arena, zv_str_c(human)), .machine = zv_str_dup(arena, zv_str_c(machine))};
}

static struct zv_cell date_cell(zv_date date, struct zv_arena *arena)
{
	char text[ZV_DATE_TEXT];

	if (date == ZV_DATE_NONE)
		return zv_table_null();
	zv_date_format(text, date);
	return zv_table_text(zv_str_dup(arena, zv_str_c(text)));
}

/* A stable word, told to people in their language. */
static struct zv_cell word_cell(const char *word, const char *label)
{
	struct zv_cell cell = zv_table_c(word);

	if (word == NULL)
		return zv_table_null();
	cell.human = zv_str_c(zv_tr(label));
	cell.machine = zv_str_c(word);
	return cell;
}

/* --- profile ------------------------------------------------------------------------------------------------------------------ */

static const struct zv_table_column member_columns[] = {
	{"org", N_("Organisation"), ZV_TABLE_TEXT}, {"role", N_("Role"), ZV_TABLE_TEXT},	 {"region", N_("Region"), ZV_TABLE_TEXT},
	{"joined_on", N_("Joined on"), ZV_TABLE_TEXT}, {"left_on", N_("Left on"), ZV_TABLE_TEXT},
};

static void say_profile(struct zv_work *work, const struct zv_cluster_profile *p)
{
	char day[ZV_DATE_TEXT];

	zv_date_format(day, p->on);
	zv_say(work->cli->out, N_("%.*s on %s: %s"), ZV_STR_FMT(zv_cluster_title(&p->cluster)), day, zv_tr(zv_cluster_state_label(p->state)));
	if (p->specialised.n > 0)
		zv_say(work->cli->out, N_("Specialised organisation: %.*s"), ZV_STR_FMT(p->specialised));
	zv_say(work->cli->out, N_("Members: %zu, regions: %zu, interregional: %s"), p->n_members, p->n_regions,
	       zv_tr(p->interregional > 0 ? N_("yes") : p->interregional == 0 ? N_("no") : N_("not known")));
}

static enum zv_code profile(struct zv_work *work, struct zv_err *err)
{
	struct zv_cluster_profile p;
	struct zv_table table;
	enum zv_code code = zv_cluster_profile(&p, work->db, work->who, zv_cli_arg(work->cli, 0), work->cli->as_of, work->arena, err);

	if (code != ZV_OK)
		return code;
	if (!work->cli->json)
		say_profile(work, &p);
	zv_table_init(&table, work->cli, member_columns, ZV_LEN(member_columns));
	for (size_t i = 0; i < p.n_members + p.n_former; i++) {
		const struct zv_cluster_member *m = i < p.n_members ? &p.members[i] : &p.former[i - p.n_members];
		struct zv_cell cells[ZV_LEN(member_columns)];

		cells[0] = zv_table_text(m->org);
		cells[1] = word_cell(zv_cluster_role_name(m->role), zv_cluster_role_label(m->role));
		cells[2] = m->region.n > 0 ? zv_table_text(m->region) : zv_table_null();
		cells[3] = date_cell(m->joined_on, &table.arena);
		cells[4] = date_cell(m->left_on, &table.arena);
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("The cluster has no members on this day.")), err);
}

/* --- map ---------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column edge_columns[] = {
	{"seller", N_("Seller"), ZV_TABLE_TEXT},
	{"buyer", N_("Buyer"), ZV_TABLE_TEXT},
	{"contracts", N_("Contracts"), ZV_TABLE_NUMBER},
	{"delivered", N_("Delivered"), ZV_TABLE_NUMBER},
};

static void say_map(struct zv_work *work, const struct zv_cluster_map *map)
{
	struct zv_str percent;
	char total[ZV_MONEY_TEXT];

	zv_money_format(total, map->total_kop);
	if (zv_cluster_map_share(&percent, map, work->arena))
		zv_say(work->cli->out, N_("%d: members %zu, delivered between them %s, share %.*s"), map->year, map->n_nodes, total, ZV_STR_FMT(percent));
	else
		zv_say(work->cli->out, N_("%d: members %zu, delivered between them %s; not all of them have shown what they shipped"), map->year, map->n_nodes,
		       total);
	for (size_t i = 0; i < map->n_nodes; i++)
		if (map->nodes[i].isolated)
			zv_say(work->cli->out, N_("Without a contract with another member: %.*s"), ZV_STR_FMT(map->nodes[i].member->org));
}

static enum zv_code table_of_map(struct zv_work *work, const struct zv_cluster_map *map, struct zv_err *err)
{
	struct zv_table table;

	if (!work->cli->json)
		say_map(work, map);
	zv_table_init(&table, work->cli, edge_columns, ZV_LEN(edge_columns));
	for (size_t i = 0; i < map->n_edges; i++) {
		const struct zv_cell cells[] = {
			zv_table_text(map->nodes[map->edges[i].seller].member->org),
			zv_table_text(map->nodes[map->edges[i].buyer].member->org),
			zv_table_int(map->edges[i].contracts, &table.arena),
			money_cell(map->edges[i].delivered_kop, &table.arena),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("No member supplies another one.")), err);
}

static enum zv_code map(struct zv_work *work, struct zv_err *err)
{
	struct zv_cluster_map_ask ask = {.on = work->cli->as_of};
	struct zv_cluster_map made;
	struct zv_buf buf;
	int64_t year = 0;
	enum zv_code code = zv_cli_option_int(&year, work->cli, "year", 1990, err);

	ask.year = (int)year;
	if (code == ZV_OK && year > 2199)
		code = zv_fail(err, ZV_E_INVALID, "year", N_("Years are counted from 1990 to 2199."));
	if (code == ZV_OK)
		code = zv_cluster_map(&made, work->db, work->who, zv_cli_arg(work->cli, 0), &ask, work->arena, err);
	if (code != ZV_OK)
		return code;
	zv_buf_init(&buf, 0);
	if (zv_cli_flag(work->cli, "svg"))
		zv_cluster_map_svg(&buf, &made, work->arena);
	else if (zv_cli_flag(work->cli, "csv"))
		zv_cluster_map_csv(&buf, &made);
	else if (zv_cli_flag(work->cli, "graphml"))
		zv_cluster_map_graphml(&buf, &made);
	else
		code = table_of_map(work, &made, err);
	if (buf.n > 0)
		(void)fwrite(buf.p, 1, buf.n, work->cli->out); /* the caller finds and tells failures of the output */
	zv_buf_done(&buf);
	return code;
}

/* --- growth ------------------------------------------------------------------------------------------------------------------- */

static const struct zv_table_column growth_columns[] = {
	{"on", N_("Date"), ZV_TABLE_TEXT},	 {"number", N_("Clusters"), ZV_TABLE_NUMBER}, {"kind", N_("Kind"), ZV_TABLE_TEXT},
	{"scope", N_("Scope"), ZV_TABLE_TEXT}, {"source", N_("Source"), ZV_TABLE_TEXT},
};

static enum zv_code growth(struct zv_work *work, struct zv_err *err)
{
	struct zv_cluster_count *counts;
	struct zv_table table;
	size_t n = 0;
	enum zv_code code = zv_cluster_growth(&counts, &n, work->db, work->who, work->arena, err);

	if (code != ZV_OK)
		return code;
	zv_table_init(&table, work->cli, growth_columns, ZV_LEN(growth_columns));
	for (size_t i = 0; i < n; i++) {
		const struct zv_cell cells[] = {
			date_cell(counts[i].on, &table.arena),
			zv_table_int(counts[i].number, &table.arena),
			counts[i].expected ? word_cell("expected", N_("expected")) : word_cell("counted", N_("counted")),
			counts[i].scope.n > 0 ? zv_table_text(counts[i].scope) : zv_table_null(),
			counts[i].source.n > 0 ? zv_table_text(counts[i].source) : zv_table_null(),
		};

		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("The register of counts is empty.")), err);
}

static enum zv_code run_profile(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, profile, err);
}

static enum zv_code run_map(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, map, err);
}

static enum zv_code run_growth(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, growth, err);
}

static const struct zv_cli_option map_options[] = {
	{"year", "YEAR", N_("of the deliveries; otherwise the latest there is")},
	{"svg", NULL, N_("a picture")},
	{"csv", NULL, N_("a table for spreadsheets")},
	{"graphml", NULL, N_("a graph for other programs")},
	{0},
};

const struct zv_cli_command zv_cmd_clusters_profile = {
	.name = "clusters profile",
	.args = "CLUSTER",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Show a cluster with its members, as of any day (--as-of)"),
	.action = ZV_CLI_DO(CLUSTER_READ),
	.run = run_profile,
};

const struct zv_cli_command zv_cmd_clusters_map = {
	.name = "clusters map",
	.args = "CLUSTER",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Show who in a cluster supplies whom, and for how much"),
	.options = map_options,
	.action = ZV_CLI_DO(RECORD_READ),
	.run = run_map,
};

const struct zv_cli_command zv_cmd_clusters_growth = {
	.name = "clusters growth",
	.args = "",
	.help = N_("Show how the number of clusters grew, and what was expected"),
	.action = ZV_CLI_DO(CLUSTER_READ),
	.run = run_growth,
};
