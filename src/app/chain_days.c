/* Links of one input of one buyer are one line; what their shares leave comes from a firm that never stops. */
#include "app/chain_days.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/chain_number.h"
#include "app/chain_place.h"
#include "app/chain_table.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { SHOWN = 60 };
static const double DAYS_MAX = 1e6, NEARLY = 1e-9;

struct link {
	uint32_t line, supplier;
	double share, transit;
};

struct line {
	uint32_t buyer;
	struct zv_str input;
	enum zv_stops_need need;
	double stock, shares;
	bool stocked;
};

struct reading {
	struct zv_chain_days_file *out;
	const struct zv_json_value *root;
	struct chain_place place;
	struct zv_map firms, lines; /* name; buyer:input */
	ZV_VEC(struct zv_str) names;
	ZV_VEC(struct line) line;
	ZV_VEC(struct link) links;
	ZV_VEC(struct zv_stops_outage) outages;
	ZV_VEC(struct zv_str) warnings;
};

/* --- reading --------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code object_at(struct reading *r, const char *list, size_t i, const struct zv_json_value *row)
{
	chain_at(&r->place, "%s[%zu]", list, i);
	return row->kind == ZV_JSON_OBJECT ? ZV_OK : chain_place_bad(&r->place, row, N_("is not an object"));
}

static const struct zv_json_value *member(struct reading *r, const char *list, size_t i, const struct zv_json_value *row, const char *name)
{
	chain_at(&r->place, "%s[%zu].%s", list, i, name);
	return zv_json_get(row, name);
}

static bool absent(const struct zv_json_value *value)
{
	return value == NULL || value->kind == ZV_JSON_NULL;
}

static enum zv_code firm_of(uint32_t *out, struct reading *r, const struct zv_json_value *value)
{
	struct zv_str name;
	int64_t number;

	CHAIN_TRY(chain_name(&name, &r->place, value));
	if (!zv_map_get(&number, &r->firms, name))
		return zv_fail(r->place.err, ZV_E_INVALID, "json", N_("%s: “%.*s” is not among the firms."), r->place.text, ZV_STR_FMT(zv_utf8_first(name, SHOWN)));
	*out = (uint32_t)number;
	return ZV_OK;
}

static enum zv_code number_or(double *out, struct reading *r, const struct zv_json_value *value, double otherwise, double min, double max)
{
	*out = otherwise;
	return absent(value) ? ZV_OK : chain_number(out, &r->place, value, min, max);
}

static enum zv_code read_firms(struct reading *r)
{
	const struct zv_json_value *list = NULL;
	int64_t before;

	CHAIN_TRY(chain_array(&list, &r->place, r->root, "firms", false));
	if (list->n == 0)
		return chain_place_bad(&r->place, list, N_("holds no firm"));
	for (size_t i = 0; i < list->n; i++) {
		const struct zv_json_value *id;
		struct zv_str name = ZV_STR("");

		CHAIN_TRY(object_at(r, "firms", i, &list->items[i]));
		id = member(r, "firms", i, &list->items[i], "id");
		CHAIN_TRY(chain_name(&name, &r->place, id));
		if (zv_map_get(&before, &r->firms, name))
			return chain_place_bad(&r->place, id, N_("stands twice"));
		zv_map_put(&r->firms, name, (int64_t)i);
		zv_vec_push(&r->names, zv_str_dup(&r->out->arena, name));
	}
	return ZV_OK;
}

static struct zv_str line_key(struct reading *r, uint32_t buyer, struct zv_str input)
{
	return zv_arena_strf(&r->out->arena, "%.*s:%.*s", ZV_STR_FMT(r->names.p[buyer]), ZV_STR_FMT(input));
}

static enum zv_code read_kind(enum zv_stops_need *out, struct reading *r, const struct zv_json_value *value)
{
	*out = ZV_STOPS_ESSENTIAL;
	if (absent(value) || zv_str_eq_c(value->text, "essential"))
		return ZV_OK;
	*out = ZV_STOPS_OTHER;
	return zv_str_eq_c(value->text, "non-essential") ? ZV_OK : chain_place_bad(&r->place, value, N_("is neither “essential” nor “non-essential”"));
}

static enum zv_code read_link(struct reading *r, size_t i, const struct zv_json_value *row)
{
	const struct zv_json_value *kind;
	struct link link = {0};
	enum zv_stops_need need;
	struct zv_str input = ZV_STR(""), key;
	uint32_t buyer = 0;
	int64_t line;

	CHAIN_TRY(object_at(r, "links", i, row));
	CHAIN_TRY(firm_of(&link.supplier, r, member(r, "links", i, row, "supplier")));
	CHAIN_TRY(firm_of(&buyer, r, member(r, "links", i, row, "buyer")));
	CHAIN_TRY(chain_name(&input, &r->place, member(r, "links", i, row, "input")));
	CHAIN_TRY(number_or(&link.share, r, member(r, "links", i, row, "share"), 1, 0, 1));
	CHAIN_TRY(number_or(&link.transit, r, member(r, "links", i, row, "transit_days"), 0, 0, DAYS_MAX));
	kind = member(r, "links", i, row, "kind");
	CHAIN_TRY(read_kind(&need, r, kind));
	key = line_key(r, buyer, input);
	if (!zv_map_get(&line, &r->lines, key)) {
		line = (int64_t)r->line.n;
		zv_map_put(&r->lines, key, line);
		zv_vec_push(&r->line, ((struct line){.buyer = buyer, .input = zv_str_dup(&r->out->arena, input), .need = need}));
	}
	if (r->line.p[line].need != need)
		return chain_place_bad(&r->place, kind, N_("is not what another link says of the same input"));
	link.line = (uint32_t)line;
	r->line.p[line].shares += link.share;
	zv_vec_push(&r->links, link);
	return ZV_OK;
}

static enum zv_code read_links(struct reading *r)
{
	const struct zv_json_value *list = NULL;

	CHAIN_TRY(chain_array(&list, &r->place, r->root, "links", false));
	for (size_t i = 0; i < list->n; i++)
		CHAIN_TRY(read_link(r, i, &list->items[i]));
	for (size_t l = 0; l < r->line.n; l++)
		if (r->line.p[l].shares > 1 + NEARLY)
			return zv_fail(r->place.err, ZV_E_INVALID, "json", N_("links: the shares of input “%.*s” of “%.*s” are more than 1 in all."),
				       ZV_STR_FMT(zv_utf8_first(r->line.p[l].input, SHOWN)), ZV_STR_FMT(zv_utf8_first(r->names.p[r->line.p[l].buyer], SHOWN)));
	return ZV_OK;
}

static enum zv_code read_stocks(struct reading *r)
{
	const struct zv_json_value *stocks = zv_json_get(r->root, "stock_days");
	int64_t line;

	chain_at(&r->place, "stock_days");
	if (absent(stocks))
		return ZV_OK;
	if (stocks->kind != ZV_JSON_OBJECT)
		return chain_place_bad(&r->place, stocks, N_("is not an object"));
	for (size_t i = 0; i < stocks->n; i++) {
		chain_at(&r->place, "stock_days.%.*s", ZV_STR_FMT(zv_utf8_first(stocks->names[i], 2 * SHOWN)));
		if (!zv_map_get(&line, &r->lines, stocks->names[i]))
			return chain_place_bad(&r->place, &stocks->items[i], N_("is of no input: write BUYER:INPUT as in the links"));
		CHAIN_TRY(chain_number(&r->line.p[line].stock, &r->place, &stocks->items[i], 0, DAYS_MAX));
	}
	return ZV_OK;
}

static enum zv_code read_outages(struct reading *r)
{
	const struct zv_json_value *list = NULL;

	CHAIN_TRY(chain_array(&list, &r->place, r->root, "outages", false));
	for (size_t i = 0; i < list->n; i++) {
		const struct zv_json_value *row = &list->items[i], *to;
		struct zv_stops_outage one = {0};
		uint32_t *firm = ZV_ARENA_ARRAY(&r->out->arena, uint32_t, 1);

		CHAIN_TRY(object_at(r, "outages", i, row));
		CHAIN_TRY(firm_of(firm, r, member(r, "outages", i, row, "firm")));
		CHAIN_TRY(number_or(&one.from, r, member(r, "outages", i, row, "from"), 0, 0, DAYS_MAX));
		CHAIN_TRY(number_or(&one.rate, r, member(r, "outages", i, row, "rate"), 0, 0, 1));
		to = member(r, "outages", i, row, "to");
		CHAIN_TRY(number_or(&one.to, r, to, INFINITY, 0, DAYS_MAX));
		if (one.to < one.from)
			return chain_place_bad(&r->place, to, N_("is before the outage begins"));
		one.firms = firm;
		one.n = 1;
		if (one.to > one.from && one.rate < 1)
			zv_vec_push(&r->outages, one);
	}
	return ZV_OK;
}

static void warn_of_unknown(struct reading *r)
{
	static const char *const known[] = {"firms", "links", "stock_days", "outages", "policy"};

	for (size_t i = 0; i < r->root->n && r->warnings.n < ZV_CHAIN_WARNINGS_MAX; i++) {
		size_t k = 0;

		while (k < ZV_LEN(known) && !zv_str_eq_c(r->root->names[i], known[k]))
			k++;
		if (k == ZV_LEN(known))
			zv_vec_push(&r->warnings,
				    zv_arena_strf(&r->out->arena, zv_tr(N_("The key “%.*s” is not known and was left out.")), ZV_STR_FMT(zv_utf8_first(r->root->names[i], SHOWN))));
	}
}

static enum zv_code read_root(struct reading *r)
{
	const struct zv_json_value *policy;

	chain_at(&r->place, "JSON");
	if (r->root->kind != ZV_JSON_OBJECT)
		return chain_place_bad(&r->place, r->root, N_("is not an object"));
	CHAIN_TRY(read_firms(r));
	CHAIN_TRY(read_links(r));
	CHAIN_TRY(read_stocks(r));
	CHAIN_TRY(read_outages(r));
	policy = zv_json_get(r->root, "policy");
	chain_at(&r->place, "policy");
	if (!absent(policy) && !zv_str_eq_c(policy->text, "order-what-is-used") && !zv_str_eq_c(policy->text, "deliver-what-is-usual"))
		return chain_place_bad(&r->place, policy, N_("is neither “deliver-what-is-usual” nor “order-what-is-used”"));
	r->out->input.orders_follow_use = !absent(policy) && zv_str_eq_c(policy->text, "order-what-is-used");
	warn_of_unknown(r);
	return ZV_OK;
}

/* --- lines with their sources together --------------------------------------------------------------------------------------------------- */

/* Of other lines shares are parts of all purchases: their sum is the weight, and sources are parts of it. */
static void put_lines(struct reading *r)
{
	struct zv_chain_days_file *out = r->out;
	size_t n = r->line.n, at = 0;
	struct zv_stops_line *lines = zv_calloc(n + 1, sizeof(*lines));
	struct zv_stops_from *from = zv_calloc(r->links.n + n + 1, sizeof(*from));
	uint32_t *start = zv_calloc(n + 2, sizeof(*start)), *by = zv_calloc(r->links.n + 1, sizeof(*by));

	out->inputs = zv_calloc(n + 1, sizeof(*out->inputs));
	for (size_t i = 0; i < r->links.n; i++)
		start[r->links.p[i].line + 1]++;
	for (size_t l = 0; l < n; l++)
		start[l + 1] += start[l];
	for (size_t i = r->links.n; i > 0; i--)
		by[--start[r->links.p[i - 1].line + 1]] = (uint32_t)(i - 1);
	for (size_t l = 0; l < n; l++) {
		const struct line *line = &r->line.p[l];
		double whole = line->need == ZV_STOPS_ESSENTIAL ? 1 : line->shares, rest = 1;

		lines[l] = (struct zv_stops_line){.firm = line->buyer, .first = (uint32_t)at, .need = line->need, .stock = line->stock, .weight = line->need == ZV_STOPS_OTHER ? line->shares : 0};
		out->inputs[l] = line->input;
		for (size_t i = start[l + 1]; i < (l + 1 < n ? start[l + 2] : r->links.n); i++) {
			const struct link *link = &r->links.p[by[i]];

			if (!(link->share > 0))
				continue;
			from[at++] = (struct zv_stops_from){.line = (uint32_t)l, .firm = link->supplier, .share = link->share / whole, .most = INFINITY, .transit = link->transit};
			rest -= link->share / whole;
		}
		if (rest > NEARLY)
			from[at++] = (struct zv_stops_from){.line = (uint32_t)l, .firm = out->n_firms, .share = rest, .most = INFINITY};
		lines[l].n = (uint32_t)at - lines[l].first;
	}
	out->input.lines = lines;
	out->input.from = from;
	out->input.n_lines = (uint32_t)n;
	out->input.n_from = (uint32_t)at;
	free(start);
	free(by);
}

enum zv_code zv_chain_days_read(struct zv_chain_days_file *out, struct zv_str text, struct zv_err *err)
{
	struct zv_json_value root;
	struct reading r = {.out = out, .root = &root, .place = {.err = err}};
	struct zv_arena arena;
	enum zv_code code;

	*out = (struct zv_chain_days_file){0};
	zv_arena_init(&out->arena);
	zv_arena_init(&arena);
	zv_map_init(&r.firms);
	zv_map_init(&r.lines);
	code = zv_json_parse(&root, text, &arena, err);
	if (code == ZV_OK)
		code = read_root(&r);
	out->firms = r.names.p;
	out->n_firms = (uint32_t)r.names.n;
	out->input.n_firms = out->n_firms + 1;
	out->outages = r.outages.p;
	out->n_outages = (uint32_t)r.outages.n;
	out->warnings = r.warnings.p;
	out->n_warnings = r.warnings.n;
	if (code == ZV_OK)
		put_lines(&r);
	zv_vec_done(&r.line);
	zv_vec_done(&r.links);
	zv_map_done(&r.lines);
	zv_map_done(&r.firms);
	zv_arena_done(&arena);
	if (code != ZV_OK)
		zv_chain_days_file_done(out);
	return code;
}

void zv_chain_days_file_done(struct zv_chain_days_file *file)
{
	union {
		const void *borrowed;
		void *owned;
	} arrays[] = {{file->input.lines}, {file->input.from}};

	for (size_t i = 0; i < ZV_LEN(arrays); i++)
		free(arrays[i].owned);
	free(file->firms);
	free(file->inputs);
	free(file->outages);
	free(file->warnings);
	zv_arena_done(&file->arena);
	*file = (struct zv_chain_days_file){0};
}

/* --- the answer ------------------------------------------------------------------------------------------------------------------------ */

/* Days as exact as they were given: what is nearly a ninth decimal is that. */
static void key_day(struct zv_json *json, const char *key, double day)
{
	char text[ZV_CHAIN_NUMBER_TEXT];
	double near = round(day * 1e9) / 1e9;

	zv_json_key(json, key);
	if (!isfinite(day)) {
		zv_json_null(json);
		return;
	}
	zv_chain_number_format(text, near > 0 ? near : 0);
	zv_json_raw(json, zv_str_c(text));
}

static void add_firm(struct zv_json *json, const struct zv_chain_days_file *file, const struct zv_stops_firm *t)
{
	const struct zv_stops_input *in = &file->input;

	zv_json_object(json);
	key_day(json, "first_affected_day", t != NULL ? t->first : NAN);
	key_day(json, "stopped_day", t != NULL ? t->stop : NAN);
	key_day(json, "lost_days", t != NULL ? t->lost : 0);
	key_day(json, "normal_again_day", t != NULL && !isnan(t->first) ? t->back : NAN);
	zv_json_key(json, "binds");
	if (t != NULL && !isnan(t->first) && t->line != UINT32_MAX) {
		zv_json_object(json);
		zv_json_key_str(json, "input", file->inputs[t->line]);
		zv_json_key(json, "from");
		if (t->by != UINT32_MAX && in->from[t->by].firm < file->n_firms)
			zv_json_str(json, file->firms[in->from[t->by].firm]);
		else
			zv_json_null(json);
		zv_json_end_object(json);
	} else {
		zv_json_null(json);
	}
	zv_json_end_object(json);
}

enum zv_code zv_chain_days_answer(struct zv_json *json, const struct zv_chain_days_file *file, double horizon, struct zv_err *err)
{
	const struct zv_stops_outages outages = {file->outages, file->n_outages, horizon};
	const struct zv_stops_firm *touched, **of;
	struct zv_stops *stops;
	uint32_t n = 0;
	enum zv_code code = zv_stops_new(&stops, &file->input, err);

	if (code != ZV_OK)
		return code;
	code = zv_stops_run_all(stops, &outages, err);
	if (code == ZV_OK) {
		of = zv_calloc((size_t)file->n_firms + 2, sizeof(*of));
		touched = zv_stops_firms(stops, &n);
		for (uint32_t i = 0; i < n; i++)
			of[touched[i].firm] = &touched[i];
		zv_json_object(json);
		zv_json_key(json, "firms");
		zv_json_object(json);
		for (uint32_t f = 0; f < file->n_firms; f++) {
			zv_json_key(json, file->firms[f].p);
			add_firm(json, file, of[f]);
		}
		zv_json_end_object(json);
		zv_json_end_object(json);
		free(of);
	}
	zv_stops_free(stops);
	return code;
}
