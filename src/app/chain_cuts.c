/* Names become numbers in the order of their bytes; sets go out by size, then by names. */
#include "app/chain_cuts.h"

#include <stdlib.h>
#include <string.h>

#include "app/chain_place.h"
#include "app/chain_table.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { NODES_MAX = 1000000, K_MAX = 1000000, SHOWN = 60 };

typedef ZV_VEC(uint32_t) numbers;

struct reading {
	struct zv_chain_cuts_file *out;
	struct chain_place place;
	struct zv_map nodes; /* name -> number in the order met */
	ZV_VEC(struct zv_str) names;
	ZV_VEC(struct zv_str) warnings;
	numbers recipe_of, group_of, k, first, member;
	uint32_t target;
};

/* --- reading --------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code node_of(uint32_t *out, struct reading *r, struct zv_str name)
{
	int64_t number;

	if (!zv_map_get(&number, &r->nodes, name)) {
		if (r->names.n >= NODES_MAX)
			return zv_fail(r->place.err, ZV_E_LIMIT, "json", N_("There are more than %d nodes."), NODES_MAX);
		number = (int64_t)r->names.n;
		zv_map_put(&r->nodes, name, number);
		zv_vec_push(&r->names, zv_str_dup(&r->out->arena, name));
	}
	*out = (uint32_t)number;
	return ZV_OK;
}

static enum zv_code read_members(struct reading *r, const struct zv_json_value *of, const char *group)
{
	struct zv_map seen;
	int64_t before;
	enum zv_code code = ZV_OK;

	zv_map_init(&seen);
	for (size_t i = 0; i < of->n && code == ZV_OK; i++) {
		struct zv_str name;
		uint32_t node;

		chain_at(&r->place, "%s.of[%zu]", group, i);
		code = chain_name(&name, &r->place, &of->items[i]);
		if (code == ZV_OK && zv_map_get(&before, &seen, name))
			code = chain_place_bad(&r->place, &of->items[i], N_("stands twice"));
		if (code == ZV_OK)
			code = node_of(&node, r, name);
		if (code != ZV_OK)
			break;
		zv_map_put(&seen, name, 1);
		zv_vec_push(&r->member, node);
	}
	zv_map_done(&seen);
	return code;
}

static enum zv_code read_group(struct reading *r, const struct zv_json_value *value, uint32_t recipe, const char *place)
{
	const struct zv_json_value *k, *of;
	int64_t number = -1;

	chain_at(&r->place, "%s", place);
	if (value->kind != ZV_JSON_OBJECT)
		return chain_place_bad(&r->place, value, N_("is not an object"));
	k = zv_json_get(value, "k");
	of = zv_json_get(value, "of");
	chain_at(&r->place, "%s.k", place);
	if (k == NULL || (k->kind != ZV_JSON_NUMBER && k->kind != ZV_JSON_STRING) || !zv_str_int(&number, k->text) || number < 0 || number > K_MAX)
		return chain_place_bad(&r->place, k, N_("is not a whole number from 0 on"));
	chain_at(&r->place, "%s.of", place);
	if (of == NULL || of->kind != ZV_JSON_ARRAY)
		return chain_place_bad(&r->place, of, N_("is not an array"));
	zv_vec_push(&r->group_of, recipe);
	zv_vec_push(&r->k, (uint32_t)number);
	zv_vec_push(&r->first, (uint32_t)r->member.n);
	return read_members(r, of, place);
}

static enum zv_code read_recipes(struct reading *r, struct zv_str name, const struct zv_json_value *recipes)
{
	struct zv_str shown = zv_utf8_first(name, SHOWN);
	char place[CHAIN_PLACE_MAX / 2];
	uint32_t node;

	chain_at(&r->place, "need.%.*s", ZV_STR_FMT(shown));
	if (name.n == 0 || name.n > ZV_CHAIN_ID_MAX)
		return chain_place_bad(&r->place, recipes, N_("is under a name that is empty or too long"));
	if (recipes->kind != ZV_JSON_ARRAY)
		return chain_place_bad(&r->place, recipes, N_("is not an array"));
	CHAIN_TRY(node_of(&node, r, name));
	for (size_t i = 0; i < recipes->n; i++) {
		uint32_t recipe = (uint32_t)r->recipe_of.n;

		chain_at(&r->place, "need.%.*s[%zu]", ZV_STR_FMT(shown), i);
		if (recipes->items[i].kind != ZV_JSON_ARRAY)
			return chain_place_bad(&r->place, &recipes->items[i], N_("is not an array"));
		zv_vec_push(&r->recipe_of, node);
		for (size_t g = 0; g < recipes->items[i].n; g++) {
			(void)snprintf(place, sizeof(place), "need.%.*s[%zu][%zu]", ZV_STR_FMT(shown), i, g);
			CHAIN_TRY(read_group(r, &recipes->items[i].items[g], recipe, place));
		}
	}
	return ZV_OK;
}

static enum zv_code read_target(struct reading *r, const struct zv_json_value *root)
{
	const struct zv_json_value *target = zv_json_get(root, "target"), *mode = zv_json_get(root, "mode");
	struct zv_str name;
	int64_t number;

	chain_at(&r->place, "target");
	CHAIN_TRY(chain_name(&name, &r->place, target));
	if (!zv_map_get(&number, &r->nodes, name))
		return chain_place_bad(&r->place, target, N_("is no node of the network: write it as in “need”"));
	r->target = (uint32_t)number;
	chain_at(&r->place, "mode");
	r->out->input.cold = mode != NULL && zv_str_eq_c(mode->text, "cold-start");
	if (mode != NULL && mode->kind != ZV_JSON_NULL && !r->out->input.cold && !zv_str_eq_c(mode->text, "running"))
		return chain_place_bad(&r->place, mode, N_("is neither “running” nor “cold-start”"));
	return ZV_OK;
}

static void warn_of_unknown(struct reading *r, const struct zv_json_value *root)
{
	for (size_t i = 0; i < root->n && r->warnings.n < ZV_CHAIN_WARNINGS_MAX; i++)
		if (!zv_str_eq_c(root->names[i], "need") && !zv_str_eq_c(root->names[i], "target") && !zv_str_eq_c(root->names[i], "mode"))
			zv_vec_push(&r->warnings,
				    zv_arena_strf(&r->out->arena, zv_tr(N_("The key “%.*s” is not known and was left out.")), ZV_STR_FMT(zv_utf8_first(root->names[i], SHOWN))));
}

static enum zv_code read_root(struct reading *r, const struct zv_json_value *root)
{
	const struct zv_json_value *need = zv_json_get(root, "need");

	chain_at(&r->place, "JSON");
	if (root->kind != ZV_JSON_OBJECT)
		return chain_place_bad(&r->place, root, N_("is not an object"));
	chain_at(&r->place, "need");
	if (need == NULL || need->kind != ZV_JSON_OBJECT)
		return chain_place_bad(&r->place, need, N_("is not an object"));
	for (size_t i = 0; i < need->n; i++)
		CHAIN_TRY(read_recipes(r, need->names[i], &need->items[i]));
	warn_of_unknown(r, root);
	return read_target(r, root);
}

/* --- numbers in the order of names ------------------------------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b, void *names)
{
	const struct zv_str *all = names;

	return zv_str_cmp(all[*(const uint32_t *)a], all[*(const uint32_t *)b]);
}

static void put_in_order(struct reading *r)
{
	uint32_t n = (uint32_t)r->names.n, *order = zv_calloc((size_t)n + 1, sizeof(*order)), *place = zv_calloc((size_t)n + 1, sizeof(*place));
	struct zv_chain_cuts_file *out = r->out;

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	if (n > 0)
		qsort_r(order, n, sizeof(*order), by_name, r->names.p);
	out->nodes = zv_calloc((size_t)n + 1, sizeof(*out->nodes));
	for (uint32_t i = 0; i < n; i++) {
		place[order[i]] = i;
		out->nodes[i] = r->names.p[order[i]];
	}
	for (size_t i = 0; i < r->recipe_of.n; i++)
		r->recipe_of.p[i] = place[r->recipe_of.p[i]];
	for (size_t i = 0; i < r->member.n; i++)
		r->member.p[i] = place[r->member.p[i]];
	out->input.target = place[r->target];
	out->input.n_nodes = n;
	free(order);
	free(place);
}

static void hand_over(struct reading *r)
{
	struct zv_cuts_input *in = &r->out->input;

	in->n_recipes = (uint32_t)r->recipe_of.n;
	in->n_groups = (uint32_t)r->group_of.n;
	in->n_members = (uint32_t)r->member.n;
	zv_vec_push(&r->first, in->n_members);
	in->recipe_of = r->recipe_of.p;
	in->group_of = r->group_of.p;
	in->k = r->k.p;
	in->first = r->first.p;
	in->member = r->member.p;
	r->out->warnings = r->warnings.p;
	r->out->n_warnings = r->warnings.n;
}

enum zv_code zv_chain_cuts_read(struct zv_chain_cuts_file *out, struct zv_str text, struct zv_err *err)
{
	struct reading r = {.out = out, .place = {.err = err}};
	struct zv_json_value root;
	struct zv_arena arena;
	enum zv_code code;

	*out = (struct zv_chain_cuts_file){0};
	zv_arena_init(&out->arena);
	zv_arena_init(&arena);
	zv_map_init(&r.nodes);
	code = zv_json_parse(&root, text, &arena, err);
	if (code == ZV_OK)
		code = read_root(&r, &root);
	if (code == ZV_OK)
		put_in_order(&r);
	hand_over(&r);
	zv_vec_done(&r.names);
	zv_map_done(&r.nodes);
	zv_arena_done(&arena);
	if (code != ZV_OK)
		zv_chain_cuts_file_done(out);
	return code;
}

void zv_chain_cuts_file_done(struct zv_chain_cuts_file *file)
{
	union {
		const uint32_t *numbers;
		void *memory;
	} owned[] = {{file->input.recipe_of}, {file->input.group_of}, {file->input.k}, {file->input.first}, {file->input.member}};

	for (size_t i = 0; i < ZV_LEN(owned); i++)
		free(owned[i].memory);
	free(file->nodes);
	free(file->warnings);
	zv_arena_done(&file->arena);
	*file = (struct zv_chain_cuts_file){0};
}

/* --- the answer ------------------------------------------------------------------------------------------------------------------------ */

static int by_size_and_names(const void *a, const void *b, void *cuts)
{
	const struct zv_cuts *c = cuts;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b, n = c->first[x + 1] - c->first[x];

	if (n != c->first[y + 1] - c->first[y])
		return n < c->first[y + 1] - c->first[y] ? -1 : 1;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t p = c->node[c->first[x] + i], q = c->node[c->first[y] + i];

		if (p != q)
			return p < q ? -1 : 1;
	}
	return 0;
}

static void add_set(struct zv_json *json, const struct zv_chain_cuts_file *file, const struct zv_cuts *cuts, uint32_t set)
{
	zv_json_array(json);
	for (uint32_t i = cuts->first[set]; i < cuts->first[set + 1]; i++)
		zv_json_str(json, file->nodes[cuts->node[i]]);
	zv_json_end_array(json);
}

void zv_chain_cuts_answer(struct zv_json *json, const struct zv_chain_cuts_file *file, const struct zv_cuts *cuts, uint32_t order)
{
	uint32_t *sorted = zv_calloc((size_t)cuts->n + 1, sizeof(*sorted));
	union {
		const struct zv_cuts *cuts;
		void *context;
	} borrowed = {.cuts = cuts};

	for (uint32_t i = 0; i < cuts->n; i++)
		sorted[i] = i;
	if (cuts->n > 0)
		qsort_r(sorted, cuts->n, sizeof(*sorted), by_size_and_names, borrowed.context);
	zv_json_object(json);
	zv_json_key(json, "minimal_cut_sets");
	zv_json_array(json);
	for (uint32_t i = 0; i < cuts->n; i++)
		add_set(json, file, cuts, sorted[i]);
	zv_json_end_array(json);
	zv_json_key(json, "single_points_of_failure");
	zv_json_array(json);
	for (uint32_t i = 0; i < cuts->n; i++)
		if (cuts->first[sorted[i] + 1] - cuts->first[sorted[i]] == 1)
			zv_json_str(json, file->nodes[cuts->node[cuts->first[sorted[i]]]]);
	zv_json_end_array(json);
	zv_json_key_bool(json, "works", cuts->works);
	zv_json_key(json, "order");
	if (order > 0)
		zv_json_int(json, order);
	else
		zv_json_null(json);
	zv_json_end_object(json);
	free(sorted);
}
