/* plan.json read as it comes, so that a million flows need no tree: orders and flows are kept, two sums, everything else is passed over. */
#include <stdlib.h>
#include <string.h>

#include "app/plan_folder.h"
#include "app/plan_json.h"
#include "app/plan_number.h"
#include "base/map.h"
#include "base/tr.h"
#include "base/vec.h"
#include "format/json_token.h"

enum { NEST_MAX = 64, ROWS_MAX = 40000000, DECIMALS = 6, FAR = 10000 };

#define TRY(call)                            \
	do {                                 \
		enum zv_code code_ = (call); \
					     \
		if (code_ != ZV_OK)          \
			return code_;        \
	} while (0)

/* A flow whose need is perhaps an input of an order that is not read yet. */
struct raw_flow {
	struct zv_plan_flow flow;
	struct zv_str need; /* set when it is none of the problem */
};

struct raw_order {
	struct zv_plan_order order;
	int64_t unit_price;
};

enum rows { ORDERS, FLOWS, UNCOVERED };

struct reading {
	struct zv_plan_read *out;
	const struct zv_plan_problem *p;
	struct zv_json_tokens tokens;
	struct zv_err *err;
	ZV_VEC(struct raw_order) orders;
	ZV_VEC(struct raw_flow) flows;
	ZV_VEC(struct zv_plan_left) left;
	bool has[UNCOVERED + 1];
};

static enum zv_code fail(struct reading *r, const char *what)
{
	return zv_json_token_fail(&r->tokens, zv_tr(what), r->err);
}

static enum zv_code next(enum zv_json_token *out, struct reading *r)
{
	return zv_json_token_next(out, &r->tokens, r->err);
}

static enum zv_code expect(struct reading *r, enum zv_json_token wanted)
{
	enum zv_json_token token;

	TRY(next(&token, r));
	return token == wanted ? ZV_OK : fail(r, N_("this is not the form of a plan"));
}

/* The first token of a value inside the list `within`; behind a key in an object. `closed`: the list ends here. */
static enum zv_code element(enum zv_json_token *token, bool *closed, struct reading *r, bool within_object, bool first)
{
	TRY(next(token, r));
	*closed = *token == (within_object ? ZV_JSON_OBJECT_END : ZV_JSON_ARRAY_END);
	if (*closed)
		return ZV_OK;
	if (!first) {
		if (*token != ZV_JSON_COMMA)
			return fail(r, *token == ZV_JSON_END ? N_("the text ends too early") : N_("this is not JSON"));
		TRY(next(token, r));
	}
	if (!within_object)
		return ZV_OK;
	if (*token != ZV_JSON_STRING)
		return fail(r, N_("this is not JSON"));
	TRY(expect(r, ZV_JSON_COLON));
	return next(token, r);
}

/* Passes over a value whose first token was read: it must be JSON, nothing of it is used. */
static enum zv_code skip(struct reading *r, enum zv_json_token token)
{
	bool object[NEST_MAX];
	int depth = 0;

	for (;;) {
		bool closed = false, first = false;

		switch (token) {
		case ZV_JSON_OBJECT:
		case ZV_JSON_ARRAY:
			if (depth == NEST_MAX)
				return fail(r, N_("this is nested too deeply"));
			object[depth++] = token == ZV_JSON_OBJECT;
			first = true;
			break;
		case ZV_JSON_STRING:
		case ZV_JSON_NUMBER:
		case ZV_JSON_TRUE:
		case ZV_JSON_FALSE:
		case ZV_JSON_NULL:
			break;
		default:
			return fail(r, token == ZV_JSON_END ? N_("the text ends too early") : N_("this is not JSON"));
		}
		do {
			if (depth == 0)
				return ZV_OK;
			TRY(element(&token, &closed, r, object[depth - 1], first));
			depth -= closed;
			first = false;
		} while (closed);
	}
}

static enum zv_code decimal(int64_t *out, struct reading *r, enum zv_json_token token, int decimals)
{
	if (token != ZV_JSON_NUMBER || !zv_plan_number(out, zv_buf_str(&r->tokens.text), decimals))
		return fail(r, N_("a number is expected here"));
	return ZV_OK;
}

static enum zv_code whole(int64_t *out, struct reading *r, enum zv_json_token token)
{
	if (token != ZV_JSON_NUMBER || !zv_str_int(out, zv_buf_str(&r->tokens.text)) || *out < -FAR || *out > FAR)
		return fail(r, N_("a whole number is expected here"));
	return ZV_OK;
}

/* By halving: both arrays are sorted as ids are. */
static bool find_offer(uint32_t *out, const struct zv_plan_problem *p, struct zv_str id)
{
	uint32_t lo = 0, hi = p->n_offers;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (zv_plan_id_cmp(p->offers[mid].id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*out = lo;
	return lo < p->n_offers && zv_str_eq(p->offers[lo].id, id);
}

static bool find_need(uint32_t *out, const struct zv_plan_problem *p, struct zv_str id)
{
	uint32_t lo = 0, hi = p->n_needs;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (zv_plan_id_cmp(p->needs[mid].id, id) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*out = lo;
	return lo < p->n_needs && zv_str_eq(p->needs[lo].id, id);
}

static enum zv_code id_token(struct reading *r, enum zv_json_token token)
{
	return token == ZV_JSON_STRING || token == ZV_JSON_NUMBER ? ZV_OK : fail(r, N_("an id is expected here"));
}

static enum zv_code offer_value(uint32_t *out, struct reading *r, enum zv_json_token token)
{
	TRY(id_token(r, token));
	return find_offer(out, r->p, zv_buf_str(&r->tokens.text)) ? ZV_OK : fail(r, N_("this offer is not in offers.csv"));
}

static enum zv_code need_value(struct raw_flow *flow, struct reading *r, enum zv_json_token token)
{
	TRY(id_token(r, token));
	flow->need = ZV_STR("");
	if (find_need(&flow->flow.need, r->p, zv_buf_str(&r->tokens.text)))
		return ZV_OK;
	if (r->p->n_boms == 0)
		return fail(r, N_("this need is not in needs.csv"));
	flow->need = zv_str_dup(&r->out->arena, zv_buf_str(&r->tokens.text));
	return ZV_OK;
}

static enum zv_code period_value(int32_t *out, struct reading *r, enum zv_json_token token)
{
	int64_t value;

	TRY(whole(&value, r, token));
	*out = (int32_t)value - r->p->first_period;
	return ZV_OK;
}

enum { OFFER = 1, PERIOD = 2, TIER = 4, QTY = 8, NEED = 16 };

static enum zv_code order_member(int *seen, struct reading *r, struct raw_order *raw, struct zv_str key, enum zv_json_token token)
{
	struct zv_plan_order *order = &raw->order;
	int64_t value;

	if (zv_str_eq_c(key, "offer")) {
		*seen |= OFFER;
		return offer_value(&order->offer, r, token);
	}
	if (zv_str_eq_c(key, "period")) {
		*seen |= PERIOD;
		return period_value(&order->period, r, token);
	}
	if (zv_str_eq_c(key, "tier")) {
		*seen |= TIER;
		TRY(whole(&value, r, token));
		order->tier = value < 0 ? ZV_PLAN_NONE : (uint32_t)value;
		return ZV_OK;
	}
	if (zv_str_eq_c(key, "quantity_t")) {
		*seen |= QTY;
		return decimal(&order->qty, r, token, DECIMALS);
	}
	if (zv_str_eq_c(key, "unit_price"))
		return decimal(&raw->unit_price, r, token, DECIMALS);
	return skip(r, token);
}

static enum zv_code flow_member(int *seen, struct reading *r, struct raw_flow *flow, struct zv_str key, enum zv_json_token token)
{
	if (zv_str_eq_c(key, "need")) {
		*seen |= NEED;
		return need_value(flow, r, token);
	}
	if (zv_str_eq_c(key, "offer")) {
		*seen |= OFFER;
		return offer_value(&flow->flow.offer, r, token);
	}
	if (zv_str_eq_c(key, "period")) {
		*seen |= PERIOD;
		return period_value(&flow->flow.period, r, token);
	}
	if (zv_str_eq_c(key, "t")) {
		*seen |= QTY;
		return decimal(&flow->flow.qty, r, token, DECIMALS);
	}
	return skip(r, token);
}

static enum zv_code left_member(int *seen, struct reading *r, struct raw_flow *row, struct zv_str key, enum zv_json_token token)
{
	if (zv_str_eq_c(key, "need")) {
		*seen |= NEED;
		return need_value(row, r, token);
	}
	if (zv_str_eq_c(key, "t")) {
		*seen |= QTY;
		return decimal(&row->flow.qty, r, token, DECIMALS);
	}
	return skip(r, token);
}

/* A key and the first token of its value; *more = false at the closing brace. */
static enum zv_code member(bool *more, char key[64], enum zv_json_token *value, bool *first, struct reading *r)
{
	enum zv_json_token token;
	struct zv_str text;
	size_t n;

	TRY(next(&token, r));
	*more = token != ZV_JSON_OBJECT_END;
	if (!*more)
		return ZV_OK;
	if (!*first) {
		if (token != ZV_JSON_COMMA)
			return fail(r, N_("this is not the form of a plan"));
		TRY(next(&token, r));
	}
	*first = false;
	if (token != ZV_JSON_STRING)
		return fail(r, N_("this is not the form of a plan"));
	text = zv_buf_str(&r->tokens.text);
	n = text.n < 63 ? text.n : 63;
	memcpy(key, text.p, n);
	key[n] = '\0';
	TRY(expect(r, ZV_JSON_COLON));
	return next(value, r);
}

static enum zv_code keep_row(struct reading *r, enum rows kind, const struct raw_order *order, const struct raw_flow *flow)
{
	if (kind == ORDERS)
		zv_vec_push(&r->orders, *order);
	else if (kind == FLOWS)
		zv_vec_push(&r->flows, *flow);
	else if (flow->need.n == 0)
		zv_vec_push(&r->left, ((struct zv_plan_left){flow->flow.need, flow->flow.qty}));
	return r->orders.n < ROWS_MAX && r->flows.n < ROWS_MAX && r->left.n < ROWS_MAX
		       ? ZV_OK
		       : zv_fail(r->err, ZV_E_LIMIT, "", N_("The plan has more rows than are read."));
}

static enum zv_code read_row(struct reading *r, enum rows kind)
{
	static const int wanted[] = {OFFER | PERIOD | TIER | QTY, NEED | OFFER | PERIOD | QTY, NEED | QTY};
	static const char *const lacking[] = {N_("an order needs offer, period, tier and quantity_t"), N_("a flow needs need, offer, period and t"),
					      N_("an uncovered need needs need and t")};
	struct raw_order order = {.unit_price = ZV_PLAN_UNSAID};
	struct raw_flow flow = {0};
	char key[64];
	enum zv_json_token value;
	bool more, first = true;
	int seen = 0;

	for (;;) {
		TRY(member(&more, key, &value, &first, r));
		if (!more)
			break;
		if (kind == ORDERS)
			TRY(order_member(&seen, r, &order, zv_str_c(key), value));
		else
			TRY(kind == FLOWS ? flow_member(&seen, r, &flow, zv_str_c(key), value) : left_member(&seen, r, &flow, zv_str_c(key), value));
	}
	return seen == wanted[kind] ? keep_row(r, kind, &order, &flow) : fail(r, lacking[kind]);
}

static enum zv_code read_rows(struct reading *r, enum rows kind, enum zv_json_token token)
{
	bool closed, first = true;

	if (r->has[kind])
		return fail(r, N_("this key stands twice"));
	r->has[kind] = true;
	if (token != ZV_JSON_ARRAY)
		return fail(r, N_("this is not the form of a plan"));
	for (;;) {
		TRY(element(&token, &closed, r, false, first));
		if (closed)
			return ZV_OK;
		first = false;
		if (token != ZV_JSON_OBJECT)
			return fail(r, N_("this is not the form of a plan"));
		TRY(read_row(r, kind));
	}
}

static enum zv_code said(struct reading *r, enum zv_plan_said what, enum zv_json_token token)
{
	if (r->out->has[what])
		return fail(r, N_("this key stands twice"));
	r->out->has[what] = true;
	if (token != ZV_JSON_NUMBER || !zv_plan_money_parse(&r->out->said[what], zv_buf_str(&r->tokens.text)))
		return fail(r, N_("a number is expected here"));
	return ZV_OK;
}

static enum zv_code top_member(struct reading *r, struct zv_str key, enum zv_json_token token)
{
	static const char *const sums[] = {"objective", "bound", "constant", "launches", "prices", "penalties", "gap"};
	static const char *const lists[] = {"orders", "flows", "uncovered"};

	for (size_t i = 0; i < ZV_LEN(sums); i++) {
		if (zv_str_eq_c(key, sums[i]))
			return said(r, (enum zv_plan_said)i, token);
	}
	for (size_t i = 0; i < ZV_LEN(lists); i++) {
		if (zv_str_eq_c(key, lists[i]))
			return read_rows(r, (enum rows)i, token);
	}
	return skip(r, token);
}

static enum zv_code read_all(struct reading *r)
{
	char key[64];
	enum zv_json_token value;
	bool more, first = true;

	TRY(expect(r, ZV_JSON_OBJECT));
	for (;;) {
		TRY(member(&more, key, &value, &first, r));
		if (!more)
			break;
		TRY(top_member(r, zv_str_c(key), value));
	}
	TRY(expect(r, ZV_JSON_END));
	return r->has[ORDERS] && r->has[FLOWS] ? ZV_OK : fail(r, N_("a plan needs orders and flows"));
}

/* --- flat ------------------------------------------------------------------------------------------------------------------------------ */

static int by_order(const void *a, const void *b)
{
	const struct zv_plan_order *x = &((const struct raw_order *)a)->order, *y = &((const struct raw_order *)b)->order;

	if (x->offer != y->offer)
		return x->offer < y->offer ? -1 : 1;
	return x->period < y->period ? -1 : x->period > y->period;
}

/* Inputs go by their place among the derived needs, which are those of the orders. */
static enum zv_code name_inputs(struct reading *r)
{
	struct zv_plan_levels_result *result = &r->out->result;
	struct zv_map places;
	enum zv_code code = ZV_OK;

	zv_map_init(&places);
	for (uint32_t i = r->p->n_needs; i < result->flat.n_needs; i++)
		zv_map_put(&places, result->flat.needs[i].id, i);
	for (size_t i = 0; i < r->flows.n && code == ZV_OK; i++) {
		int64_t place = r->flows.p[i].flow.need;

		if (r->flows.p[i].need.n > 0 && !zv_map_get(&place, &places, r->flows.p[i].need))
			code = zv_fail(r->err, ZV_E_INVALID, "flows", N_("The need “%.*s” is neither in needs.csv nor an input of an order."),
				       ZV_STR_FMT(zv_str_first(r->flows.p[i].need, 60)));
		else
			r->flows.p[i].flow.need = (uint32_t)place;
	}
	zv_map_done(&places);
	return code;
}

static int by_need(const void *a, const void *b)
{
	const struct zv_plan_left *x = a, *y = b;

	return x->need < y->need ? -1 : x->need > y->need;
}

/* Orders sorted, their prices apart; the rows of uncovered sorted. */
static enum zv_code keep_orders(struct reading *r)
{
	struct zv_plan_read *out = r->out;
	const size_t n = r->orders.n;
	struct zv_plan_order *orders = zv_reallocarray(NULL, n + 1, sizeof(*orders));

	out->result.plan.orders = orders;
	out->result.plan.n_orders = n;
	out->unit_prices = ZV_ARENA_ARRAY(&out->arena, int64_t, n + 1);
	if (n > 0)
		qsort(r->orders.p, n, sizeof(*r->orders.p), by_order);
	for (size_t i = 0; i < n; i++) {
		orders[i] = r->orders.p[i].order;
		out->unit_prices[i] = r->orders.p[i].unit_price;
		if (orders[i].qty <= 0 || orders[i].qty > ZV_PLAN_QTY_MAX)
			return zv_fail(r->err, ZV_E_INVALID, "orders", N_("The quantity of an order of offer %.*s is outside what a plan may have."),
				       ZV_STR_FMT(r->p->offers[orders[i].offer].id));
	}
	out->has_left = r->has[UNCOVERED];
	out->n_left = r->left.n;
	out->left = ZV_ARENA_ARRAY(&out->arena, struct zv_plan_left, r->left.n + 1);
	if (r->left.n > 0) {
		memcpy(out->left, r->left.p, r->left.n * sizeof(*r->left.p));
		qsort(out->left, r->left.n, sizeof(*out->left), by_need);
	}
	return ZV_OK;
}

static enum zv_code finish(struct reading *r)
{
	struct zv_plan_levels_result *result = &r->out->result;
	struct zv_plan_flow *flows;

	TRY(keep_orders(r));
	result->flat = *r->p;
	if (r->p->n_boms > 0)
		zv_plan_flatten(&result->flat, &result->derived, &result->n_derived, r->p, result->plan.orders, result->plan.n_orders, &r->out->arena);
	TRY(name_inputs(r));
	flows = ZV_ARENA_ARRAY(&r->out->arena, struct zv_plan_flow, r->flows.n + 1);
	for (size_t i = 0; i < r->flows.n; i++)
		flows[i] = r->flows.p[i].flow;
	for (size_t i = 0; i < result->n_derived; i++)
		result->derived[i].bought = result->derived[i].qty;
	for (size_t i = 0; i < r->flows.n; i++) {
		if (flows[i].qty <= 0 || flows[i].qty > ZV_PLAN_QTY_MAX)
			return zv_fail(r->err, ZV_E_INVALID, "flows", N_("The quantity of a flow to need %.*s is outside what a plan may have."),
				       ZV_STR_FMT(result->flat.needs[flows[i].need].id));
		if (flows[i].need >= r->p->n_needs) {
			int64_t *bought = &result->derived[flows[i].need - r->p->n_needs].bought;

			if (!zv_sub(bought, *bought, flows[i].qty))
				return zv_fail(r->err, ZV_E_INVALID, "flows", N_("The quantity of a flow to need %.*s is outside what a plan may have."),
					       ZV_STR_FMT(result->flat.needs[flows[i].need].id));
		}
	}
	result->plan.flows = flows;
	result->plan.n_flows = r->flows.n;
	return ZV_OK;
}

enum zv_code zv_plan_json_read(struct zv_plan_read *out, const struct zv_plan_problem *problem, struct zv_stream *in, struct zv_err *err)
{
	struct reading r = {.out = out, .p = problem, .err = err};
	enum zv_code code;

	*out = (struct zv_plan_read){0};
	zv_arena_init(&out->arena);
	zv_json_tokens_init(&r.tokens, in);
	code = read_all(&r);
	zv_json_tokens_done(&r.tokens);
	if (code == ZV_OK)
		code = finish(&r);
	zv_vec_done(&r.flows);
	zv_vec_done(&r.left);
	zv_vec_done(&r.orders);
	if (code != ZV_OK)
		zv_plan_read_done(out);
	return code;
}

void zv_plan_read_done(struct zv_plan_read *read)
{
	free(read->result.plan.orders);
	zv_arena_done(&read->arena);
	*read = (struct zv_plan_read){0};
}
