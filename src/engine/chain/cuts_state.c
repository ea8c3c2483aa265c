/* Running: what has lost its support stops, down to the greatest set that supports itself. Cold: what is supported starts, up to the least one. */
#include "engine/chain/cuts_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Rows by owner: start[0 .. n_owners], item. */
static void invert(uint32_t **start, uint32_t **item, const uint32_t *owner, uint32_t n_items, uint32_t n_owners)
{
	*start = zv_calloc((size_t)n_owners + 2, sizeof(**start));
	*item = zv_calloc((size_t)n_items + 1, sizeof(**item));
	for (uint32_t i = 0; i < n_items; i++)
		(*start)[owner[i] + 2]++;
	for (uint32_t o = 0; o < n_owners; o++)
		(*start)[o + 2] += (*start)[o + 1];
	for (uint32_t i = 0; i < n_items; i++)
		(*item)[(*start)[owner[i] + 1]++] = i;
}

static bool has_recipes(const struct cuts_state *s, uint32_t node)
{
	return s->recipe_start[node] < s->recipe_start[node + 1];
}

/* --- running --------------------------------------------------------------------------------------------------------------------------- */

static void stop_node(struct cuts_state *s, uint32_t node)
{
	if (!s->works[node])
		return;
	s->works[node] = 0;
	zv_vec_push(&s->log, node);
}

/* What the nodes of the log from `at` on take with them. */
static void spread(struct cuts_state *s, size_t at)
{
	for (; at < s->log.n; at++) {
		uint32_t node = s->log.p[at];

		s->work += s->in_start[node + 1] - s->in_start[node] + 1;
		for (uint32_t i = s->in_start[node]; i < s->in_start[node + 1]; i++) {
			uint32_t g = s->in_group[i], r = s->in->group_of[g], owner = s->in->recipe_of[r];

			if (s->live[g]-- == s->in->k[g] && s->broken[r]++ == 0 && --s->ways[owner] == 0)
				stop_node(s, owner);
		}
	}
}

static void take_back(struct cuts_state *s, size_t to)
{
	while (s->log.n > to) {
		uint32_t node = s->log.p[--s->log.n];

		s->work += s->in_start[node + 1] - s->in_start[node] + 1;
		for (uint32_t i = s->in_start[node]; i < s->in_start[node + 1]; i++) {
			uint32_t g = s->in_group[i], r = s->in->group_of[g];

			if (++s->live[g] == s->in->k[g] && --s->broken[r] == 0)
				s->ways[s->in->recipe_of[r]]++;
		}
		s->works[node] = 1;
	}
}

static void start_running(struct cuts_state *s)
{
	const struct zv_cuts_input *in = s->in;

	for (uint32_t g = 0; g < in->n_groups; g++) {
		s->live[g] = in->first[g + 1] - in->first[g];
		s->broken[in->group_of[g]] += s->live[g] < in->k[g];
	}
	for (uint32_t r = 0; r < in->n_recipes; r++)
		s->ways[in->recipe_of[r]] += s->broken[r] == 0;
	memset(s->works, 1, in->n_nodes);
	for (uint32_t node = 0; node < in->n_nodes; node++)
		if (has_recipes(s, node) && s->ways[node] == 0)
			stop_node(s, node);
	spread(s, 0);
}

/* --- cold ------------------------------------------------------------------------------------------------------------------------------ */

static void start_node(struct cuts_state *s, uint32_t node)
{
	if (s->works[node] || s->failed[node])
		return;
	s->works[node] = 1;
	s->rank[node] = (uint32_t)s->log.n;
	zv_vec_push(&s->log, node);
}

static void start_cold(struct cuts_state *s)
{
	const struct zv_cuts_input *in = s->in;

	s->log.n = 0;
	memset(s->works, 0, in->n_nodes);
	memset(s->live, 0, (size_t)in->n_groups * sizeof(*s->live));
	memset(s->broken, 0, (size_t)in->n_recipes * sizeof(*s->broken));
	s->work += (int64_t)in->n_nodes + in->n_groups + in->n_members;
	for (uint32_t g = 0; g < in->n_groups; g++)
		s->broken[in->group_of[g]] += in->k[g] > 0;
	for (uint32_t node = 0; node < in->n_nodes; node++)
		if (!has_recipes(s, node))
			start_node(s, node);
	for (uint32_t r = 0; r < in->n_recipes; r++)
		if (s->broken[r] == 0)
			start_node(s, in->recipe_of[r]);
	for (size_t at = 0; at < s->log.n; at++) {
		uint32_t node = s->log.p[at];

		for (uint32_t i = s->in_start[node]; i < s->in_start[node + 1]; i++) {
			uint32_t g = s->in_group[i], r = in->group_of[g];

			if (++s->live[g] == in->k[g] && --s->broken[r] == 0)
				start_node(s, in->recipe_of[r]);
		}
	}
}

/* --- both ------------------------------------------------------------------------------------------------------------------------------ */

void cuts_state_open(struct cuts_state *s, const struct zv_cuts_input *input)
{
	uint32_t *group_of_member = zv_calloc((size_t)input->n_members + 1, sizeof(*group_of_member));

	*s = (struct cuts_state){.in = input};
	invert(&s->recipe_start, &s->recipe, input->recipe_of, input->n_recipes, input->n_nodes);
	invert(&s->group_start, &s->group, input->group_of, input->n_groups, input->n_recipes);
	invert(&s->in_start, &s->in_group, input->member, input->n_members, input->n_nodes);
	for (uint32_t g = 0; g < input->n_groups; g++)
		for (uint32_t i = input->first[g]; i < input->first[g + 1]; i++)
			group_of_member[i] = g;
	for (uint32_t i = 0; i < input->n_members; i++)
		s->in_group[i] = group_of_member[s->in_group[i]];
	free(group_of_member);
	s->works = zv_calloc((size_t)input->n_nodes + 1, 1);
	s->failed = zv_calloc((size_t)input->n_nodes + 1, 1);
	s->seen = zv_calloc((size_t)input->n_nodes + 1, 1);
	s->rank = zv_calloc((size_t)input->n_nodes + 1, sizeof(*s->rank));
	s->ways = zv_calloc((size_t)input->n_nodes + 1, sizeof(*s->ways));
	s->live = zv_calloc((size_t)input->n_groups + 1, sizeof(*s->live));
	s->broken = zv_calloc((size_t)input->n_recipes + 1, sizeof(*s->broken));
	if (input->cold)
		start_cold(s);
	else
		start_running(s);
}

void cuts_state_close(struct cuts_state *s)
{
	void *all[] = {s->recipe_start, s->recipe, s->group_start, s->group, s->in_start, s->in_group, s->works, s->failed, s->seen, s->rank, s->ways, s->live, s->broken};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		free(all[i]);
	zv_vec_done(&s->log);
	zv_vec_done(&s->marks);
}

void cuts_fail(struct cuts_state *s, uint32_t node)
{
	s->failed[node] = 1;
	if (s->in->cold) {
		start_cold(s);
		return;
	}
	zv_vec_push(&s->marks, (uint32_t)s->log.n);
	stop_node(s, node);
	spread(s, s->marks.p[s->marks.n - 1]);
}

void cuts_unfail(struct cuts_state *s, uint32_t node)
{
	s->failed[node] = 0;
	if (s->in->cold)
		start_cold(s);
	else
		take_back(s, s->marks.p[--s->marks.n]);
}

/* --- support --------------------------------------------------------------------------------------------------------------------------- */

static void lean(cuts_nodes *out, struct cuts_state *s, uint32_t node)
{
	if (s->seen[node])
		return;
	s->seen[node] = 1;
	zv_vec_push(out, node);
}

/* Whether `node` leans on `on`: in a cold start only on what worked before it. */
static bool may_lean(const struct cuts_state *s, uint32_t node, uint32_t on)
{
	return s->works[on] && (!s->in->cold || s->rank[on] < s->rank[node]);
}

static bool holds(const struct cuts_state *s, uint32_t node, uint32_t recipe)
{
	for (uint32_t j = s->group_start[recipe]; j < s->group_start[recipe + 1]; j++) {
		uint32_t g = s->group[j], n = 0;

		for (uint32_t i = s->in->first[g]; i < s->in->first[g + 1] && n < s->in->k[g]; i++)
			n += may_lean(s, node, s->in->member[i]);
		if (n < s->in->k[g])
			return false;
	}
	return true;
}

/* What is in the support already, then what will not fail, then others. */
static void lean_on_group(cuts_nodes *out, struct cuts_state *s, const uint32_t *kept, uint32_t node, uint32_t g)
{
	uint32_t n = 0;

	for (int pass = 0; pass < 3; pass++)
		for (uint32_t i = s->in->first[g]; i < s->in->first[g + 1] && n < s->in->k[g]; i++) {
			uint32_t on = s->in->member[i];
			int class = s->seen[on] == 2 ? 3 : s->seen[on] ? 0 : kept[on] ? 1 : 2;

			if (class != pass || !may_lean(s, node, on))
				continue;
			n++;
			lean(out, s, on);
			s->seen[on] = 2; /* counted for this group */
		}
	for (uint32_t i = s->in->first[g]; i < s->in->first[g + 1]; i++)
		if (s->seen[s->in->member[i]] == 2)
			s->seen[s->in->member[i]] = 1;
}

void cuts_support(cuts_nodes *out, struct cuts_state *s, const uint32_t *kept)
{
	out->n = 0;
	lean(out, s, s->in->target);
	for (size_t at = 0; at < out->n; at++) {
		uint32_t node = out->p[at], i = s->recipe_start[node];

		while (i < s->recipe_start[node + 1] && !holds(s, node, s->recipe[i]))
			i++;
		if (i == s->recipe_start[node + 1])
			continue; /* needs nothing */
		for (uint32_t j = s->group_start[s->recipe[i]]; j < s->group_start[s->recipe[i] + 1]; j++) {
			lean_on_group(out, s, kept, node, s->group[j]);
			s->work += s->in->first[s->group[j] + 1] - s->in->first[s->group[j]];
		}
	}
	for (size_t i = 0; i < out->n; i++)
		s->seen[out->p[i]] = 0;
}
