/* One JSON text: firms, links, kinds of inputs, scenarios. Faults name their place: links[3].amount. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/chain_place.h"
#include "app/chain_table.h"
#include "base/tr.h"
#include "base/utf8.h"

enum { SHOWN = 60 };

struct json {
	struct chain_reading r;
	const struct zv_json_value *root;
	struct chain_place place;
};

static enum zv_code member(const struct zv_json_value **out, struct json *j, const struct zv_json_value *row, const char *list, size_t i, const char *name)
{
	chain_at(&j->place, "%s[%zu]", list, i);
	if (row->kind != ZV_JSON_OBJECT)
		return chain_place_bad(&j->place, row, N_("is not an object"));
	chain_at(&j->place, "%s[%zu].%s", list, i, name);
	*out = zv_json_get(row, name);
	return ZV_OK;
}

static enum zv_code firm_of(uint32_t *out, struct json *j, struct zv_str id)
{
	int64_t place;

	if (!zv_map_get(&place, &j->r.firms, id))
		return zv_fail(j->r.err, ZV_E_INVALID, "json", N_("%s: “%.*s” is not among the firms."), j->place.text, ZV_STR_FMT(zv_utf8_first(id, SHOWN)));
	*out = (uint32_t)place;
	return ZV_OK;
}

/* --- the network --------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_firms(struct json *j)
{
	struct zv_chain_file *out = j->r.out;
	const struct zv_json_value *list = NULL, *value = NULL;
	uint32_t *sector;
	int64_t before;

	CHAIN_TRY(chain_array(&list, &j->place, j->root, "firms", false));
	if (list->n == 0)
		return chain_place_bad(&j->place, list, N_("holds no firm"));
	out->input.sector = sector = zv_calloc(list->n, sizeof(*sector));
	for (size_t i = 0; i < list->n; i++) {
		struct zv_str id, name;

		CHAIN_TRY(member(&value, j, &list->items[i], "firms", i, "sector"));
		CHAIN_TRY(chain_name(&name, &j->place, value));
		CHAIN_TRY(member(&value, j, &list->items[i], "firms", i, "id"));
		CHAIN_TRY(chain_name(&id, &j->place, value));
		if (zv_map_get(&before, &j->r.firms, id))
			return chain_place_bad(&j->place, value, N_("stands twice"));
		zv_map_put(&j->r.firms, id, (int64_t)i);
		zv_vec_push(&j->r.firm_ids, zv_str_dup(&out->arena, id));
		sector[i] = chain_sector(&j->r, name);
	}
	out->input.n_firms = (uint32_t)list->n;
	return ZV_OK;
}

static enum zv_code read_links(struct json *j)
{
	struct zv_chain_input *in = &j->r.out->input;
	const struct zv_json_value *list = NULL, *value = NULL;
	uint32_t *supplier, *buyer;
	double *amount;
	struct zv_str id;

	CHAIN_TRY(chain_array(&list, &j->place, j->root, "links", false));
	in->supplier = supplier = zv_calloc(list->n + 1, sizeof(*supplier));
	in->buyer = buyer = zv_calloc(list->n + 1, sizeof(*buyer));
	in->amount = amount = zv_calloc(list->n + 1, sizeof(*amount));
	for (size_t i = 0; i < list->n; i++) {
		CHAIN_TRY(member(&value, j, &list->items[i], "links", i, "supplier"));
		CHAIN_TRY(chain_name(&id, &j->place, value));
		CHAIN_TRY(firm_of(&supplier[i], j, id));
		CHAIN_TRY(member(&value, j, &list->items[i], "links", i, "buyer"));
		CHAIN_TRY(chain_name(&id, &j->place, value));
		CHAIN_TRY(firm_of(&buyer[i], j, id));
		CHAIN_TRY(member(&value, j, &list->items[i], "links", i, "amount"));
		CHAIN_TRY(chain_number(&amount[i], &j->place, value, 0, ZV_CHAIN_AMOUNT_MAX));
	}
	in->n_links = (uint32_t)list->n;
	return ZV_OK;
}

/* 2, 1, 0, or the words. */
static enum zv_code kind_of(uint8_t *out, struct json *j, const struct zv_json_value *value)
{
	static const char *const words[] = {"negligible", "non-essential", "essential"};

	for (uint8_t i = 0; value != NULL && i < ZV_LEN(words); i++) {
		if (zv_str_eq_c(value->text, words[i]) || (value->text.n == 1 && value->text.p[0] == '0' + i)) {
			*out = i;
			return ZV_OK;
		}
	}
	return chain_place_bad(&j->place, value, N_("is none of 0, 1, 2"));
}

static enum zv_code read_types(struct json *j, struct zv_map *pairs)
{
	struct zv_chain_input *in = &j->r.out->input;
	const struct zv_json_value *list = NULL, *value = NULL;
	struct zv_chain_type *types;
	struct zv_str from, to;
	int64_t before;

	CHAIN_TRY(chain_array(&list, &j->place, j->root, "ess", false));
	in->types = types = zv_calloc(list->n + 1, sizeof(*types));
	for (size_t i = 0; i < list->n; i++) {
		CHAIN_TRY(member(&value, j, &list->items[i], "ess", i, "in"));
		CHAIN_TRY(chain_name(&from, &j->place, value));
		CHAIN_TRY(member(&value, j, &list->items[i], "ess", i, "out"));
		CHAIN_TRY(chain_name(&to, &j->place, value));
		types[i].in = chain_sector(&j->r, from);
		types[i].out = chain_sector(&j->r, to);
		if (zv_map_get_int(&before, pairs, (int64_t)types[i].in << 32 | types[i].out))
			return chain_place_bad(&j->place, value, N_("stands twice with the same input"));
		zv_map_put_int(pairs, (int64_t)types[i].in << 32 | types[i].out, 1);
		CHAIN_TRY(member(&value, j, &list->items[i], "ess", i, "type"));
		CHAIN_TRY(kind_of(&types[i].kind, j, value));
	}
	in->n_types = (uint32_t)list->n;
	return ZV_OK;
}

/* {"A": "10"}: a number for some firms, NAN for the others (0 for weights). */
static enum zv_code read_figures(const double **out, struct json *j, const char *name, double otherwise)
{
	const struct zv_json_value *object = zv_json_get(j->root, name);
	double *figures;
	uint32_t firm;

	if (object == NULL || object->kind == ZV_JSON_NULL)
		return ZV_OK;
	chain_at(&j->place, "%s", name);
	if (object->kind != ZV_JSON_OBJECT)
		return chain_place_bad(&j->place, object, N_("is not an object"));
	*out = figures = zv_calloc(j->r.out->input.n_firms, sizeof(*figures));
	for (uint32_t i = 0; i < j->r.out->input.n_firms; i++)
		figures[i] = otherwise;
	for (size_t i = 0; i < object->n; i++) {
		CHAIN_TRY(firm_of(&firm, j, object->names[i]));
		chain_at(&j->place, "%s.%.*s", name, ZV_STR_FMT(zv_utf8_first(object->names[i], SHOWN)));
		CHAIN_TRY(chain_number(&figures[firm], &j->place, &object->items[i], isnan(otherwise) ? ZV_CHAIN_AMOUNT_MIN : 0, ZV_CHAIN_AMOUNT_MAX));
		chain_at(&j->place, "%s", name);
	}
	return ZV_OK;
}

static enum zv_code read_flag(struct json *j)
{
	const struct zv_json_value *value = zv_json_get(j->root, "substitution");

	chain_at(&j->place, "substitution");
	if (value != NULL && value->kind != ZV_JSON_BOOL && value->kind != ZV_JSON_NULL)
		return chain_place_bad(&j->place, value, N_("is neither true nor false"));
	j->r.out->input.substitution = value != NULL && zv_str_eq_c(value->text, "true");
	return ZV_OK;
}

/* --- scenarios ----------------------------------------------------------------------------------------------------------------------------- */

/* Own losses of one side into own[]; a firm that is not there yet is added with none on the other side. */
static enum zv_code read_shock(struct json *j, const struct zv_json_value *object, size_t scenario, const char *name, struct zv_chain_own *own, uint32_t *n, bool down, bool up)
{
	chain_at(&j->place, "scenarios[%zu].%s", scenario, name);
	if (object->kind != ZV_JSON_OBJECT)
		return chain_place_bad(&j->place, object, N_("is not an object"));
	for (size_t i = 0; i < object->n; i++) {
		uint32_t firm, k = 0;
		double loss;

		chain_at(&j->place, "scenarios[%zu].%s", scenario, name);
		CHAIN_TRY(firm_of(&firm, j, object->names[i]));
		chain_at(&j->place, "scenarios[%zu].%s.%.*s", scenario, name, ZV_STR_FMT(zv_utf8_first(object->names[i], SHOWN)));
		CHAIN_TRY(chain_number(&loss, &j->place, &object->items[i], 0, 1));
		while (k < *n && own[k].firm != firm)
			k++;
		if (k == *n)
			own[(*n)++] = (struct zv_chain_own){firm, 0, 0};
		own[k].down = down ? loss : own[k].down;
		own[k].up = up ? loss : own[k].up;
	}
	return ZV_OK;
}

/* "shock" is for both sides; "shock_down" and "shock_up" take the place of it on theirs. */
static enum zv_code read_scenario(struct zv_chain_scenario *out, struct json *j, const struct zv_json_value *row, size_t i)
{
	const struct zv_json_value *both = NULL, *down = NULL, *up = NULL;
	struct zv_chain_own *own;

	CHAIN_TRY(member(&both, j, row, "scenarios", i, "shock"));
	down = zv_json_get(row, "shock_down");
	up = zv_json_get(row, "shock_up");
	if (both == NULL && down == NULL && up == NULL)
		return chain_place_bad(&j->place, both, N_("is not an object"));
	own = ZV_ARENA_ARRAY(&j->r.out->arena, struct zv_chain_own, (both != NULL ? both->n : 0) + (down != NULL ? down->n : 0) + (up != NULL ? up->n : 0) + 1);
	out->own = own;
	if (both != NULL)
		CHAIN_TRY(read_shock(j, both, i, "shock", own, &out->n, down == NULL, up == NULL));
	if (down != NULL)
		CHAIN_TRY(read_shock(j, down, i, "shock_down", own, &out->n, true, false));
	if (up != NULL)
		CHAIN_TRY(read_shock(j, up, i, "shock_up", own, &out->n, false, true));
	return ZV_OK;
}

static enum zv_code read_scenarios(struct json *j)
{
	struct zv_chain_file *out = j->r.out;
	const struct zv_json_value *list;

	CHAIN_TRY(chain_array(&list, &j->place, j->root, "scenarios", true));
	out->scenarios = zv_calloc(list->n + 1, sizeof(*out->scenarios));
	for (size_t i = 0; i < list->n; i++)
		CHAIN_TRY(read_scenario(&out->scenarios[i], j, &list->items[i], i));
	out->n_scenarios = (uint32_t)list->n;
	return ZV_OK;
}

static void warn_of_unknown(struct json *j)
{
	static const char *const known[] = {"firms", "links", "ess", "substitution", "scenarios", "revenue", "costs", "weights"};

	for (size_t i = 0; i < j->root->n; i++) {
		size_t k = 0;

		while (k < ZV_LEN(known) && !zv_str_eq_c(j->root->names[i], known[k]))
			k++;
		if (k == ZV_LEN(known))
			chain_warn(&j->r, N_("The key “%.*s” is not known and was left out."), ZV_STR_FMT(zv_utf8_first(j->root->names[i], SHOWN)));
	}
}

static enum zv_code read_root(struct json *j, struct zv_map *pairs)
{
	struct zv_chain_input *in = &j->r.out->input;

	chain_at(&j->place, "JSON");
	if (j->root->kind != ZV_JSON_OBJECT)
		return chain_place_bad(&j->place, j->root, N_("is not an object"));
	CHAIN_TRY(read_firms(j));
	CHAIN_TRY(read_links(j));
	CHAIN_TRY(read_types(j, pairs));
	CHAIN_TRY(read_figures(&in->revenue, j, "revenue", NAN));
	CHAIN_TRY(read_figures(&in->costs, j, "costs", NAN));
	CHAIN_TRY(read_figures(&in->weights, j, "weights", 0));
	CHAIN_TRY(read_flag(j));
	CHAIN_TRY(read_scenarios(j));
	warn_of_unknown(j);
	return ZV_OK;
}

enum zv_code zv_chain_json_read(struct zv_chain_file *out, struct zv_str text, struct zv_err *err)
{
	struct zv_json_value root;
	struct json j = {.r = {.out = out, .err = err}, .root = &root, .place = {.err = err}};
	struct zv_map pairs;
	struct zv_arena arena;
	enum zv_code code;

	*out = (struct zv_chain_file){.json = true};
	zv_arena_init(&out->arena);
	zv_arena_init(&arena);
	zv_map_init(&j.r.firms);
	zv_map_init(&j.r.sectors);
	zv_map_init(&pairs);
	code = zv_json_parse(&root, text, &arena, err);
	if (code == ZV_OK)
		code = read_root(&j, &pairs);
	out->firms = j.r.firm_ids.p;
	out->sectors = j.r.sector_ids.p;
	out->input.n_sectors = (uint32_t)j.r.sector_ids.n;
	out->warnings = j.r.warnings.p;
	out->n_warnings = j.r.warnings.n;
	zv_map_done(&pairs);
	zv_map_done(&j.r.sectors);
	zv_map_done(&j.r.firms);
	zv_arena_done(&arena);
	if (code != ZV_OK)
		zv_chain_file_done(out);
	return code;
}
