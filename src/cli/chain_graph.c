/* zveno chain graph: who gives what to whom. */
#include "app/chain_graph.h"

#include <stdio.h>

#include "app/chain_tree.h"
#include "base/tr.h"
#include "cli/table.h"
#include "cli/work.h"

static const struct zv_table_column columns[] = {
	{"from", N_("From"), ZV_TABLE_TEXT},		 {"input", N_("Input"), ZV_TABLE_TEXT},	    {"need", N_("Need"), ZV_TABLE_TEXT},
	{"stock_days", N_("Days of stock"), ZV_TABLE_NUMBER}, {"sources", N_("Sources"), ZV_TABLE_NUMBER}, {"steps_in", N_("Steps in"), ZV_TABLE_TEXT},
	{"to", N_("To"), ZV_TABLE_TEXT},
};

static enum zv_code table_of(struct zv_work *work, const struct zv_chain_graph *graph, struct zv_err *err)
{
	struct zv_table table;

	zv_table_init(&table, work->cli, columns, ZV_LEN(columns));
	for (uint32_t i = 0; i < graph->n_arrows; i++) {
		const struct zv_chain_graph_arrow *arrow = &graph->arrows[i];
		struct zv_cell cells[] = {
			zv_table_text(graph->nodes[arrow->from].name),
			zv_table_text(arrow->line->item),
			zv_table_c(zv_tr(zv_chain_need_label(arrow->line->need))),
			zv_table_int(arrow->line->stock_days, &table.arena),
			zv_table_int(arrow->line->sources, &table.arena),
			{.type = ZV_CELL_BOOL, .human = zv_str_c(arrow->steps_in ? zv_tr(N_("yes")) : ""), .i = arrow->steps_in},
			zv_table_text(graph->nodes[arrow->to].name),
		};

		cells[2].machine = zv_str_c(zv_chain_need_word(arrow->line->need));
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("No recipe says what takes what.")), err);
}

static enum zv_code graph(struct zv_work *work, struct zv_err *err)
{
	const char *item = zv_cli_option(work->cli, "item");
	struct zv_chain_graph out;
	struct zv_chain_world world;
	struct zv_buf buf;
	int64_t steps;
	enum zv_code code = zv_chain_steps_read(&steps, zv_str_c(zv_cli_option(work->cli, "steps")), err);

	if (code == ZV_OK)
		code = zv_chain_world_load(&world, work->db, work->who, NULL, 0, work->arena, err);
	if (code == ZV_OK)
		code = zv_chain_graph_make(&out, &world, zv_str_c(item), steps, work->arena, err);
	if (code != ZV_OK)
		return code;
	if (!zv_cli_flag(work->cli, "graphml"))
		return table_of(work, &out, err);
	zv_buf_init(&buf, 0);
	zv_chain_graph_graphml(&buf, &out, &world);
	(void)fwrite(buf.p, 1, buf.n, work->cli->out); /* the caller finds and tells failures of the output */
	zv_buf_done(&buf);
	return ZV_OK;
}

static enum zv_code run_graph(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, graph, err);
}

static const struct zv_cli_option options[] = {
	{"item", "ITEM", N_("only the part about an item: what it needs, and what depends on it")},
	{"steps", "N", N_("of that part, only what is so many arrows away")},
	{"graphml", NULL, N_("a graph for other programs")},
	{0},
};

const struct zv_cli_command zv_cmd_chain_graph = {
	.name = "chain graph",
	.args = "",
	.help = N_("Who gives what to whom in the production chains of the registers"),
	.about = N_("A row an arrow: from a process, or from outside, to the process that takes the input. “Steps in” is a source that gives nothing in usual work."),
	.action = ZV_CLI_DO(RECORD_READ),
	.options = options,
	.run = run_graph,
};
