/*
 * Every cut set has a node of every support of the target. So: take a support that stands; let each of its nodes fail in turn, those before it kept; where the target
 * still works, take a support again. Every minimal set is met once.
 */
#include "engine/chain/cuts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/chain/cuts_state.h"

struct searching {
	struct cuts_state now, check; /* check: to see whether a set is minimal */
	uint32_t order;
	uint32_t *kept; /* [n_nodes] how often: do not fail below here */
	cuts_nodes failed, first, node;
	struct zv_err *err;
};

static bool target_works(const struct cuts_state *s)
{
	return s->works[s->in->target] != 0;
}

static bool is_minimal(struct searching *s)
{
	bool minimal = true;

	for (size_t skip = 0; skip < s->failed.n && minimal; skip++) {
		for (size_t i = 0; i < s->failed.n; i++)
			if (i != skip)
				cuts_fail(&s->check, s->failed.p[i]);
		minimal = target_works(&s->check);
		for (size_t i = s->failed.n; i > 0; i--)
			if (i - 1 != skip)
				cuts_unfail(&s->check, s->failed.p[i - 1]);
	}
	return minimal;
}

static int ascending(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static enum zv_code keep_set(struct searching *s)
{
	size_t from = s->node.n;

	if (s->failed.n > 1 && !is_minimal(s))
		return ZV_OK;
	if (s->first.n >= ZV_CUTS_SETS_MAX)
		return zv_fail(s->err, ZV_E_LIMIT, "order", N_("There are more than %d minimal cut sets: give a smaller --order."), (int)ZV_CUTS_SETS_MAX);
	zv_vec_push(&s->first, (uint32_t)from);
	for (size_t i = 0; i < s->failed.n; i++)
		zv_vec_push(&s->node, s->failed.p[i]);
	if (s->failed.n > 1)
		qsort(s->node.p + from, s->failed.n, sizeof(*s->node.p), ascending);
	return ZV_OK;
}

static enum zv_code search(struct searching *s);

/* Lets `node` fail: a set is found, or else, when `deep`, looked for below. *breaks: the target stops. */
static enum zv_code try_node(struct searching *s, uint32_t node, bool deep, bool *breaks)
{
	enum zv_code code = ZV_OK;

	cuts_fail(&s->now, node);
	zv_vec_push(&s->failed, node);
	*breaks = !target_works(&s->now);
	if (*breaks && !deep)
		code = keep_set(s);
	if (!*breaks && deep)
		code = search(s);
	s->failed.n--;
	cuts_unfail(&s->now, node);
	if (code == ZV_OK && s->now.work + s->check.work > ZV_CUTS_WORK_MAX)
		code = zv_fail(s->err, ZV_E_LIMIT, "order", N_("The network has too many ways to look at all cut sets: give a smaller --order."));
	return code;
}

static enum zv_code search_support(struct searching *s, const cuts_nodes *support)
{
	enum zv_code code = ZV_OK;
	size_t n_kept = 0;
	bool breaks;
	cuts_nodes kept = {0};

	/* First those that break it at once, which no minimal set below has; then the others, each without those before it. */
	for (int deep = 0; deep < 2 && (deep == 0 || s->order == 0 || s->failed.n + 1 < s->order); deep++)
		for (size_t i = 0; i < support->n && code == ZV_OK; i++) {
			uint32_t node = support->p[i];

			if (s->kept[node] > 0)
				continue;
			code = try_node(s, node, deep > 0, &breaks);
			if (breaks || deep > 0) {
				s->kept[node]++;
				zv_vec_push(&kept, node);
			}
		}
	for (; n_kept < kept.n; n_kept++)
		s->kept[kept.p[n_kept]]--;
	zv_vec_done(&kept);
	return code;
}

static enum zv_code search(struct searching *s)
{
	cuts_nodes support = {0};
	enum zv_code code;

	cuts_support(&support, &s->now, s->kept);
	code = search_support(s, &support);
	zv_vec_done(&support);
	return code;
}

static enum zv_code check_input(const struct zv_cuts_input *in, struct zv_err *err)
{
	bool right = in->target < in->n_nodes;

	for (uint32_t i = 0; i < in->n_recipes && right; i++)
		right = in->recipe_of[i] < in->n_nodes;
	for (uint32_t i = 0; i < in->n_groups && right; i++)
		right = in->group_of[i] < in->n_recipes && in->first[i] <= in->first[i + 1] && in->first[i + 1] <= in->n_members;
	for (uint32_t i = 0; i < in->n_members && right; i++)
		right = in->member[i] < in->n_nodes;
	return right ? ZV_OK : zv_fail(err, ZV_E_INVALID, "need", N_("A number of the network is out of range."));
}

enum zv_code zv_cuts_find(struct zv_cuts *out, const struct zv_cuts_input *input, uint32_t order, struct zv_err *err)
{
	struct searching s = {.order = order, .err = err};
	enum zv_code code = check_input(input, err);

	*out = (struct zv_cuts){0};
	if (code != ZV_OK)
		return code;
	cuts_state_open(&s.now, input);
	cuts_state_open(&s.check, input);
	s.kept = zv_calloc((size_t)input->n_nodes + 1, sizeof(*s.kept));
	out->works = target_works(&s.now);
	code = out->works ? search(&s) : keep_set(&s);
	out->n = (uint32_t)s.first.n;
	zv_vec_push(&s.first, (uint32_t)s.node.n);
	zv_vec_push(&s.node, 0);
	out->first = s.first.p;
	out->node = s.node.p;
	zv_vec_done(&s.failed);
	free(s.kept);
	cuts_state_close(&s.now);
	cuts_state_close(&s.check);
	if (code != ZV_OK)
		zv_cuts_done(out);
	return code;
}

void zv_cuts_done(struct zv_cuts *cuts)
{
	free(cuts->first);
	free(cuts->node);
	*cuts = (struct zv_cuts){0};
}
