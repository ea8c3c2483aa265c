/* Both trees by walking the network; what is on the way is kept to see circles. */
#include "app/chain_tree.h"

#include <math.h>

#include "app/chain_item.h"
#include "base/tr.h"
#include "model/quantity.h"

#define MOST_BASE 9e18 /* what fits into an amount */

const char *zv_chain_tree_word(enum zv_chain_tree_kind kind)
{
	static const char *const words[] = {"process", "input", "source", "product"};

	return words[kind];
}

const char *zv_chain_need_word(enum zv_chain_need need)
{
	return need == ZV_CHAIN_NEED_ESSENTIAL ? "essential" : need == ZV_CHAIN_NEED_IMPORTANT ? "important" : "non-essential";
}

const char *zv_chain_need_label(enum zv_chain_need need)
{
	return need == ZV_CHAIN_NEED_ESSENTIAL ? N_("essential") : need == ZV_CHAIN_NEED_IMPORTANT ? N_("important") : N_("non-essential");
}

bool zv_chain_day_text(char out[ZV_CHAIN_DAY_TEXT], const struct zv_chain_line *line)
{
	_Static_assert((int)ZV_CHAIN_DAY_TEXT >= (int)ZV_QUANTITY_TEXT, "a quantity fits");

	if (!(line->day_base >= 1 && line->day_base < MOST_BASE))
		return false;
	zv_quantity_format(out, llround(line->day_base), (enum zv_dim)line->dim);
	return true;
}

struct growth {
	const struct zv_chain_world *world;
	struct zv_arena *arena;
	struct zv_chain_tree_row *rows;
	uint32_t n;
	bool cut;
	int64_t path[ZV_CHAIN_TREE_DEPTH + 1]; /* firms, or items */
	uint32_t n_path;
};

static bool add(struct growth *g, uint32_t depth, enum zv_chain_tree_kind kind, struct zv_str name, const struct zv_chain_line *line, bool repeated)
{
	if (g->n == ZV_CHAIN_TREE_ROWS || depth >= ZV_CHAIN_TREE_DEPTH) {
		g->cut = true;
		return false;
	}
	g->rows[g->n++] = (struct zv_chain_tree_row){depth, kind, name, line, repeated};
	return true;
}

static bool on_path(const struct growth *g, int64_t what)
{
	for (uint32_t i = 0; i < g->n_path; i++)
		if (g->path[i] == what)
			return true;
	return false;
}

/* --- what it needs ------------------------------------------------------------------------------------------------------------------- */

static void add_maker(struct growth *g, uint32_t depth, uint32_t firm);

/* Each beginning once, however many rows name it. */
static void add_sources(struct growth *g, uint32_t depth, const struct zv_chain_line *line)
{
	for (uint32_t i = line->first; i < line->first + line->n && !g->cut; i++) {
		uint32_t firm = zv_chain_begin(g->world, g->world->from[i].firm);
		bool known = false;

		for (uint32_t k = line->first; k < i; k++)
			known = known || zv_chain_begin(g->world, g->world->from[k].firm) == firm;
		if (known)
			continue;
		if (g->world->firms[firm].kind == ZV_CHAIN_PROCESS)
			add_maker(g, depth, firm);
		else
			(void)add(g, depth, ZV_CHAIN_TREE_SOURCE, zv_chain_firm_name(g->world, firm, g->arena), NULL, false);
	}
}

static void add_maker(struct growth *g, uint32_t depth, uint32_t firm)
{
	const struct zv_chain_world *w = g->world;
	bool repeated = on_path(g, firm);

	if (!add(g, depth, ZV_CHAIN_TREE_PROCESS, zv_chain_firm_name(w, firm, g->arena), NULL, repeated) || repeated)
		return;
	g->path[g->n_path++] = firm;
	for (uint32_t l = 0; l < w->n_lines && !g->cut; l++)
		if (w->lines[l].firm == firm && add(g, depth + 1, ZV_CHAIN_TREE_INPUT, w->lines[l].item, &w->lines[l], false))
			add_sources(g, depth + 2, &w->lines[l]);
	g->n_path--;
}

static void grow_needs(struct growth *g, int64_t item_id)
{
	const struct zv_chain_world *w = g->world;

	for (uint32_t m = 0; m < w->n_makes && !g->cut; m++)
		if (w->makes[m].item_id == item_id)
			add_maker(g, 0, w->makes[m].firm);
	/* Nobody makes it: from where those have it who take it. */
	for (uint32_t l = 0; l < w->n_lines && g->n == 0; l++)
		if (w->lines[l].item_id == item_id && w->firms[w->lines[l].firm].kind == ZV_CHAIN_PROCESS)
			add_sources(g, 0, &w->lines[l]);
}

/* --- what depends on it -------------------------------------------------------------------------------------------------------------- */

static void add_takers(struct growth *g, uint32_t depth, int64_t item_id)
{
	const struct zv_chain_world *w = g->world;

	g->path[g->n_path++] = item_id;
	for (uint32_t l = 0; l < w->n_lines && !g->cut; l++) {
		uint32_t firm = w->lines[l].firm;

		if (w->lines[l].item_id != item_id || w->firms[firm].kind != ZV_CHAIN_PROCESS ||
		    !add(g, depth, ZV_CHAIN_TREE_PROCESS, zv_chain_firm_name(w, firm, g->arena), &w->lines[l], false))
			continue;
		for (uint32_t m = 0; m < w->n_makes && !g->cut; m++) {
			bool repeated = on_path(g, w->makes[m].item_id);

			if (w->makes[m].firm == firm && add(g, depth + 1, ZV_CHAIN_TREE_PRODUCT, w->makes[m].item, NULL, repeated) && !repeated)
				add_takers(g, depth + 2, w->makes[m].item_id);
		}
	}
	g->n_path--;
}

enum zv_code zv_chain_tree_make(struct zv_chain_tree *out, const struct zv_chain_world *world, struct zv_str item, struct zv_arena *arena, struct zv_err *err)
{
	struct growth needs = {.world = world, .arena = arena}, feeds = needs;
	struct zv_chain_tree tree = {0};
	enum zv_code code = zv_chain_item_find(&tree.item_id, &tree.item, world, item, err);

	if (code != ZV_OK)
		return code;
	needs.rows = ZV_ARENA_ARRAY(arena, struct zv_chain_tree_row, ZV_CHAIN_TREE_ROWS);
	feeds.rows = ZV_ARENA_ARRAY(arena, struct zv_chain_tree_row, ZV_CHAIN_TREE_ROWS);
	grow_needs(&needs, tree.item_id);
	add_takers(&feeds, 0, tree.item_id);
	tree.needs = needs.rows;
	tree.n_needs = needs.n;
	tree.needs_cut = needs.cut;
	tree.feeds = feeds.rows;
	tree.n_feeds = feeds.n;
	tree.feeds_cut = feeds.cut;
	*out = tree;
	return ZV_OK;
}
