/* zveno chain tree: what an item needs, and what depends on it. */
#include "app/chain_tree.h"

#include "base/tr.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/work.h"

enum { INDENT = 2 };

/* "  input X: essential, 15 kg a day, days of stock: 20, no other source" */
static void say_row(struct zv_work *work, const struct zv_chain_tree_row *row)
{
	const char *mark = row->repeated ? zv_tr(N_(" (see above)")) : "";
	char a_day[ZV_CHAIN_DAY_TEXT];

	if (row->line == NULL) {
		zv_say(work->cli->out, "%*s%.*s%s", (int)row->depth * INDENT, "", ZV_STR_FMT(row->name), mark);
		return;
	}
	zv_say(work->cli->out, N_("%*s%.*s: %s, %s a day, days of stock: %" PRId64 ", sources: %u%s"), (int)row->depth * INDENT, "", ZV_STR_FMT(row->name),
	       zv_tr(zv_chain_need_label(row->line->need)), zv_chain_day_text(a_day, row->line) ? a_day : "—", row->line->stock_days, row->line->sources, mark);
}

static void say_rows(struct zv_work *work, const struct zv_chain_tree_row *rows, uint32_t n, bool cut)
{
	for (uint32_t i = 0; i < n; i++)
		say_row(work, &rows[i]);
	if (cut)
		zv_say(work->cli->out, N_("… and more: the tree is cut after %d rows or %d levels."), ZV_CHAIN_TREE_ROWS, ZV_CHAIN_TREE_DEPTH);
}

static void json_rows(struct zv_json *json, const char *key, const struct zv_chain_tree_row *rows, uint32_t n)
{
	zv_json_key(json, key);
	zv_json_array(json);
	for (uint32_t i = 0; i < n; i++) {
		zv_json_object(json);
		zv_json_key_int(json, "depth", rows[i].depth);
		zv_json_key_c(json, "kind", zv_chain_tree_word(rows[i].kind));
		zv_json_key_str(json, "name", rows[i].name);
		zv_json_key_bool(json, "repeated", rows[i].repeated);
		if (rows[i].line != NULL) {
			zv_json_key_c(json, "need", zv_chain_need_word(rows[i].line->need));
			zv_json_key_int(json, "stock_days", rows[i].line->stock_days);
			zv_json_key_int(json, "sources", rows[i].line->sources);
		}
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
}

static enum zv_code show_json(struct zv_work *work, const struct zv_chain_tree *tree, struct zv_err *err)
{
	struct zv_cli_json doc;

	zv_cli_json_begin(&doc, work->cli);
	zv_json_object(&doc.json);
	zv_json_key_str(&doc.json, "item", tree->item);
	json_rows(&doc.json, "needs", tree->needs, tree->n_needs);
	zv_json_key_bool(&doc.json, "needs_cut", tree->needs_cut);
	json_rows(&doc.json, "feeds", tree->feeds, tree->n_feeds);
	zv_json_key_bool(&doc.json, "feeds_cut", tree->feeds_cut);
	zv_json_end_object(&doc.json);
	return zv_cli_json_end(&doc, err);
}

static enum zv_code tree(struct zv_work *work, struct zv_err *err)
{
	struct zv_chain_world world;
	struct zv_chain_tree out;
	enum zv_code code = zv_chain_world_load(&world, work->db, work->who, NULL, 0, work->arena, err);

	if (code == ZV_OK)
		code = zv_chain_tree_make(&out, &world, zv_cli_arg(work->cli, 0), work->arena, err);
	if (code != ZV_OK)
		return code;
	if (work->cli->json)
		return show_json(work, &out, err);
	zv_say(work->cli->out, N_("What “%.*s” needs:"), ZV_STR_FMT(out.item));
	say_rows(work, out.needs, out.n_needs, out.needs_cut);
	zv_say(work->cli->out, N_("What depends on “%.*s”:"), ZV_STR_FMT(out.item));
	if (out.n_feeds == 0)
		zv_say(work->cli->out, N_("Nothing in the registers takes it."));
	say_rows(work, out.feeds, out.n_feeds, out.feeds_cut);
	return ZV_OK;
}

static enum zv_code run_tree(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, tree, err);
}

const struct zv_cli_command zv_cmd_chain_tree = {
	.name = "chain tree",
	.args = "ITEM",
	.min_args = 1,
	.max_args = 1,
	.help = N_("What an item needs, down to what comes from outside, and what depends on it"),
	.about = N_("ITEM is the name of an item that a recipe or a product names. A circle is cut where it would begin anew."),
	.action = ZV_CLI_DO(RECORD_READ),
	.run = run_tree,
};
