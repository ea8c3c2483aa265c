/* AND, OR and NOT as nodes, everything else as a leaf with both of its sides, its working and its evidence. */
#include "engine/rules/explain.h"

#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"
#include "engine/rules/show.h"

enum { NODES_MAX = 2000, DECIMALS_MAX = 9, SIDE_MAX = 1000, SOURCE_MAX = 4000, TIMES = 8 };

struct tree {
	struct rules_eval *ev;
	ZV_VEC(struct zv_rules_node) nodes;
	size_t start;  /* bytes of the arena at the beginning */
	int64_t watch; /* steps left for looking at facts */
};

static struct zv_str keep(struct rules_eval *ev, struct zv_buf *text)
{
	struct zv_str s = zv_str_dup(ev->arena, zv_utf8_first(zv_buf_str(text), SIDE_MAX));

	zv_buf_done(text);
	return s;
}

static struct zv_str show(struct rules_eval *ev, const struct rules_expr *e, bool percent, int decimals)
{
	struct zv_buf text;

	zv_buf_init(&text, 0);
	rules_show_expr(&text, ev, e, percent, decimals);
	return keep(ev, &text);
}

static struct zv_str working(struct rules_eval *ev, const struct rules_expr *e)
{
	struct zv_buf text;

	zv_buf_init(&text, 0);
	rules_show_working(&text, ev, e);
	return keep(ev, &text);
}

/* Both sides; with more decimals where they are not equal but would look so: 19.96 % against 20 %. */
static void show_sides(struct zv_rules_node *node, struct rules_eval *ev, const struct rules_expr *a, const struct rules_expr *b)
{
	bool percent = a->percent || b->percent, figures = a->type == ZV_RULES_NUMBER;
	struct rules_range left, right;

	node->left = show(ev, a, percent, RULES_USUAL_DECIMALS);
	node->right = show(ev, b, percent, RULES_USUAL_DECIMALS);
	if (figures && zv_str_eq(node->left, node->right)) {
		left = rules_figure(ev, a);
		right = rules_figure(ev, b);
		for (int d = 2; d <= DECIMALS_MAX && zv_str_eq(node->left, node->right) && rules_is_point(left) && rules_is_point(right) &&
				rules_q_cmp(left.lo, right.lo) != 0;
		     d++) {
			node->left = show(ev, a, percent, d);
			node->right = show(ev, b, percent, d);
		}
	}
	node->working = working(ev, a);
	if (node->working.n == 0)
		node->working = working(ev, b);
}

static void show_list(struct zv_rules_node *node, struct rules_eval *ev, const struct rules_expr *e)
{
	bool percent = e->kids[0]->percent;
	struct zv_buf list;

	node->left = show(ev, e->kids[0], percent, RULES_USUAL_DECIMALS);
	zv_buf_init(&list, SIDE_MAX);
	for (int i = 1; i < e->n; i++) {
		zv_buf_add_c(&list, i > 1 ? ", " : "");
		rules_show_expr(&list, ev, e->kids[i], percent, RULES_USUAL_DECIMALS);
	}
	node->right = keep(ev, &list);
}

/* How many rows hold, against how many must. */
static void show_rows(struct zv_rules_node *node, struct rules_eval *ev, const struct rules_expr *e)
{
	const struct zv_rules_rows *rows = &ev->facts->rows[e->table];
	struct rules_expr count = *e;
	struct rules_range total = rules_point((int64_t)rows->n);

	count.op = RULES_OP_COUNT;
	count.type = ZV_RULES_NUMBER;
	count.percent = false;
	node->left = show(ev, &count, false, RULES_USUAL_DECIMALS);
	node->op = ZV_STR(">=");
	if (e->op == RULES_OP_ANY) {
		node->right = ZV_STR("1");
		return;
	}
	if (!rows->complete)
		total.hi = RULES_ABOVE;
	struct zv_buf text;

	zv_buf_init(&text, 0);
	rules_show_range(&text, total, ZV_RULES_NUMBER, false, RULES_USUAL_DECIMALS);
	node->right = keep(ev, &text);
}

static void show_leaf(struct zv_rules_node *node, struct rules_eval *ev, const struct rules_expr *e)
{
	static const char *const signs[] = {[RULES_OP_EQ] = "=",  [RULES_OP_NE] = "!=", [RULES_OP_LT] = "<",  [RULES_OP_LE] = "<=",
					    [RULES_OP_GT] = ">",  [RULES_OP_GE] = ">=", [RULES_OP_IN] = "in", [RULES_OP_BEGINS] = "~"};

	if (e->op >= RULES_OP_EQ && e->op <= RULES_OP_BEGINS)
		node->op = zv_str_c(signs[e->op]);
	if (e->op >= RULES_OP_EQ && e->op <= RULES_OP_GE) {
		show_sides(node, ev, e->kids[0], e->kids[1]);
	} else if (e->op == RULES_OP_IN || e->op == RULES_OP_BEGINS) {
		show_list(node, ev, e);
	} else if (e->op == RULES_OP_ANY || e->op == RULES_OP_ALL) {
		show_rows(node, ev, e);
	} else {
		node->left = show(ev, e, false, RULES_USUAL_DECIMALS);
		node->op = ZV_STR("=");
		node->right = zv_str_c(zv_tr(N_("yes")));
	}
}

/* count(...) >= 10 that fails: what it lacks decides, not what it has. */
static bool lacks_rows(const struct zv_rules_node *node, const struct rules_expr *e)
{
	if (node->truth != ZV_NO)
		return false;
	return ((e->op == RULES_OP_GE || e->op == RULES_OP_GT) && e->kids[0]->op == RULES_OP_COUNT) ||
	       ((e->op == RULES_OP_LE || e->op == RULES_OP_LT) && e->kids[1]->op == RULES_OP_COUNT);
}

/* Walks the part once more with everything noted, within *watch steps. */
static void collect(struct zv_rules_node *node, struct rules_eval *ev, const struct rules_expr *e, int64_t *watch)
{
	int64_t steps = ev->steps, steps_max = ev->steps_max;
	bool out = ev->out;

	ev->seen.n = 0;
	ev->watch = true;
	ev->rank = 0;
	ev->first = lacks_rows(node, e) ? ZV_NO : ZV_YES;
	ev->steps = 0;
	ev->steps_max = *watch;
	if (e->type == ZV_RULES_BOOL)
		(void)rules_truth(ev, e);
	else if (e->type == ZV_RULES_TEXT)
		(void)rules_text(ev, e, &(struct zv_str){0});
	else
		(void)rules_figure(ev, e);
	ev->watch = false;
	ev->first = ZV_YES;
	*watch -= ev->steps;
	node->used = rules_used(&node->n_used, &node->n_used_all, ev, node->truth == ZV_UNKNOWN);
	ev->steps = steps;
	ev->steps_max = steps_max;
	ev->out = out;
}

static struct zv_str source(const struct rules_eval *ev, const struct rules_expr *e)
{
	struct zv_str part = zv_utf8_first((struct zv_str){ev->pack->text.p + e->from, e->to - e->from}, SOURCE_MAX);

	return rules_source(ev->pack->text, e->from, e->from + part.n, ev->arena);
}

static int explain(struct tree *tree, const struct rules_expr *e);

/* The parts, and the truth that they give together. */
static void explain_parts(struct zv_rules_node *node, struct tree *tree, const struct rules_expr *e)
{
	int *children = ZV_ARENA_ARRAY(tree->ev->arena, int, (size_t)e->n);
	enum zv_truth truth = e->op == RULES_OP_AND ? ZV_YES : ZV_NO;

	for (int i = 0; i < e->n && tree->nodes.n < NODES_MAX; i++) {
		enum zv_truth one;

		children[i] = explain(tree, e->kids[i]);
		node->n_children++;
		one = tree->nodes.p[children[i]].truth;
		truth = e->op == RULES_OP_NOT ? (enum zv_truth)(ZV_YES - one) : (e->op == RULES_OP_AND) == (one < truth) ? one : truth;
	}
	node->children = children;
	node->truth = node->n_children == e->n ? truth : rules_truth(tree->ev, e);
}

static int explain(struct tree *tree, const struct rules_expr *e)
{
	struct zv_rules_node node = {.kind = ZV_RULES_LEAF};
	int at = (int)tree->nodes.n;

	node.text = source(tree->ev, e);
	zv_vec_push(&tree->nodes, node);
	if (e->op == RULES_OP_AND || e->op == RULES_OP_OR || e->op == RULES_OP_NOT) {
		node.kind = e->op == RULES_OP_AND ? ZV_RULES_AND : e->op == RULES_OP_OR ? ZV_RULES_OR : ZV_RULES_NOT;
		explain_parts(&node, tree, e);
	} else {
		node.truth = rules_truth(tree->ev, e);
		show_leaf(&node, tree->ev, e);
		if (tree->ev->arena->total - tree->start < RULES_MEMORY / 2 && tree->watch > 0)
			collect(&node, tree->ev, e, &tree->watch);
	}
	tree->nodes.p[at] = node;
	return at;
}

const struct zv_rules_node *rules_explain(int *n, struct rules_eval *ev, const struct rules_expr *e, enum zv_truth truth)
{
	struct tree tree = {.ev = ev, .start = ev->arena->total, .watch = RULES_STEPS};
	int64_t steps_max = ev->steps_max;
	struct zv_rules_node *nodes;

	/* Every part is looked at, for its truth, its sides and its working: more than the verdict took, but no endless lot. */
	ev->steps_max = steps_max > INT64_MAX / TIMES ? INT64_MAX : steps_max * TIMES;
	(void)explain(&tree, e);
	ev->steps_max = steps_max;
	if (ev->out) { /* parts that were not reached would look unknown: only the whole is told */
		tree.nodes.n = 1;
		tree.nodes.p[0] = (struct zv_rules_node){.kind = ZV_RULES_LEAF, .truth = truth, .text = tree.nodes.p[0].text};
	}
	*n = (int)tree.nodes.n;
	nodes = ZV_ARENA_ARRAY(ev->arena, struct zv_rules_node, tree.nodes.n);
	memcpy(nodes, tree.nodes.p, tree.nodes.n * sizeof(*nodes));
	zv_vec_done(&tree.nodes);
	return nodes;
}

struct zv_rules_node *rules_explain_value(struct rules_eval *ev, const struct rules_expr *e)
{
	struct zv_rules_node *node = ZV_ARENA_NEW(ev->arena, struct zv_rules_node);
	int64_t watch = RULES_STEPS;

	node->kind = ZV_RULES_LEAF;
	node->text = source(ev, e);
	node->left = show(ev, e, e->percent, RULES_USUAL_DECIMALS);
	node->working = working(ev, e);
	node->truth = ZV_YES;
	if (e->type != ZV_RULES_BOOL && e->type != ZV_RULES_TEXT && !rules_is_point(rules_figure(ev, e)))
		node->truth = ZV_UNKNOWN;
	collect(node, ev, e, &watch);
	return node;
}
