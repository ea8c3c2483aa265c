/* Price by volume and the sizes a lot may have. */
#include "model/ladder.h"

#include "base/decimal.h"
#include "base/vec.h"
#include "model/money.h"
#include "model/quantity.h"

enum { BREAKS_MAX = 100, SHOWN_MAX = 80 };

static enum zv_code parse_fixed(struct zv_ladder *out, struct zv_str text, ptrdiff_t plus, const struct zv_unit *unit,
				const char *field, struct zv_err *err)
{
	struct zv_ladder ladder = {.form = ZV_LADDER_FIXED};
	struct zv_str price = text;
	enum zv_code code = ZV_OK;

	if (plus >= 0) {
		code = zv_money_parse(&ladder.fixed_kop, zv_str_first(text, (size_t)plus), field, err);
		price = zv_str_from(text, (size_t)plus + 1);
	}
	if (code == ZV_OK)
		code = zv_price_parse(&ladder.variable, &ladder.dim, price, unit, field, err);
	if (code == ZV_OK)
		*out = ladder;
	return code;
}

/* "200 kg: 5000 ₽/kg", or with the price for one unit of the amount. */
static enum zv_code parse_break(struct zv_ladder_break *out, enum zv_dim *dim, struct zv_str text, const char *field, struct zv_err *err)
{
	ptrdiff_t colon = zv_str_find_char(text, ':');
	struct zv_quantity from = {0};
	struct zv_arena arena;
	enum zv_dim price_dim = ZV_DIM_NONE;
	enum zv_code code;

	if (colon < 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("“%.*s” is no step of a price ladder; write it as 200 kg: 5000 ₽/kg."),
			       ZV_STR_FMT(zv_str_first(text, SHOWN_MAX)));
	zv_arena_init(&arena);
	code = zv_quantity_parse(&from, zv_str_first(text, (size_t)colon), &arena, field, err);
	zv_arena_done(&arena);
	if (code == ZV_OK)
		code = zv_price_parse(&out->price, &price_dim, zv_str_from(text, (size_t)colon + 1), from.unit, field, err);
	if (code != ZV_OK)
		return code;
	if (price_dim != from.dim)
		return zv_fail(err, ZV_E_INVALID, field, N_("In “%.*s” amount and price have units of different kinds."),
			       ZV_STR_FMT(zv_str_first(text, SHOWN_MAX)));
	out->from_base = from.base;
	*dim = from.dim;
	return ZV_OK;
}

static enum zv_code parse_breaks(struct zv_ladder *out, struct zv_str text, struct zv_arena *arena, const char *field, struct zv_err *err)
{
	struct zv_ladder_break breaks[BREAKS_MAX];
	struct zv_str rest = text;
	struct zv_str part;
	enum zv_dim dim = ZV_DIM_NONE;
	struct zv_ladder_break *copy;
	size_t n = 0;

	while (zv_str_split(&part, &rest, ';')) {
		enum zv_dim dim_here = ZV_DIM_NONE;
		enum zv_code code;

		part = zv_str_trim(part);
		if (part.n == 0)
			continue;
		if (n == BREAKS_MAX)
			return zv_fail(err, ZV_E_LIMIT, field, N_("A price ladder has at most %d steps."), BREAKS_MAX);
		code = parse_break(&breaks[n], &dim_here, part, field, err);
		if (code != ZV_OK)
			return code;
		if (n > 0 && (dim_here != dim || breaks[n].from_base <= breaks[n - 1].from_base))
			return zv_fail(err, ZV_E_INVALID, field, N_("At “%.*s” the ladder does not go up; put the steps in ascending order."),
				       ZV_STR_FMT(zv_str_first(part, SHOWN_MAX)));
		dim = dim_here;
		n++;
	}
	copy = ZV_ARENA_ARRAY(arena, struct zv_ladder_break, n);
	for (size_t i = 0; i < n; i++)
		copy[i] = breaks[i];
	*out = (struct zv_ladder){.form = ZV_LADDER_BREAKS, .dim = dim, .breaks = copy, .n_breaks = n};
	return ZV_OK;
}

enum zv_code zv_ladder_parse(struct zv_ladder *out, struct zv_str text, const struct zv_unit *unit, struct zv_arena *arena,
			     const char *field, struct zv_err *err)
{
	struct zv_str s = zv_str_trim(text);

	if (s.n == 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("The price is missing; write it as 600000 ₽ + 2000 ₽/kg or 200 kg: 5000 ₽/kg."));
	if (zv_str_find_char(s, ':') >= 0)
		return parse_breaks(out, s, arena, field, err);
	return parse_fixed(out, s, zv_str_find_char(s, '+'), unit, field, err);
}

void zv_ladder_format(struct zv_buf *out, const struct zv_ladder *ladder)
{
	char text[ZV_PRICE_TEXT];

	if (ladder->form == ZV_LADDER_FIXED) {
		if (ladder->fixed_kop != 0) {
			zv_money_format(text, ladder->fixed_kop);
			zv_buf_addf(out, "%s + ", text);
		}
		zv_price_format_exact(text, ladder->variable, ladder->dim);
		zv_buf_add_c(out, text);
	}
	for (size_t i = 0; i < ladder->n_breaks; i++) {
		zv_quantity_format(text, ladder->breaks[i].from_base, ladder->dim);
		zv_buf_addf(out, "%s%s: ", i > 0 ? "; " : "", text);
		zv_price_format_exact(text, ladder->breaks[i].price, ladder->dim);
		zv_buf_add_c(out, text);
	}
}

/* The break that a quantity has reached; NULL below the first. */
static const struct zv_ladder_break *reached(const struct zv_ladder *ladder, int64_t qty_base)
{
	const struct zv_ladder_break *found = NULL;

	for (size_t i = 0; i < ladder->n_breaks && ladder->breaks[i].from_base <= qty_base; i++)
		found = &ladder->breaks[i];
	return found;
}

bool zv_ladder_cost(int64_t *out_kop, const struct zv_ladder *ladder, int64_t qty_base)
{
	const struct zv_ladder_break *step;
	int64_t variable;

	switch (ladder->form) {
	case ZV_LADDER_FIXED:
		return zv_price_total(&variable, ladder->variable, qty_base) && zv_add(out_kop, variable, ladder->fixed_kop);
	case ZV_LADDER_BREAKS:
		step = reached(ladder, qty_base);
		return step != NULL && zv_price_total(out_kop, step->price, qty_base);
	case ZV_LADDER_NONE:
		break;
	}
	return false;
}

bool zv_ladder_price(struct zv_price *out, const struct zv_ladder *ladder, int64_t qty_base)
{
	const struct zv_ladder_break *step;

	if (qty_base <= 0)
		return false;
	switch (ladder->form) {
	case ZV_LADDER_FIXED:
		return zv_price_add(out, (struct zv_price){ladder->fixed_kop, qty_base}, ladder->variable);
	case ZV_LADDER_BREAKS:
		step = reached(ladder, qty_base);
		if (step == NULL)
			return false;
		*out = zv_price_of(step->price.kop, step->price.per);
		return true;
	case ZV_LADDER_NONE:
		break;
	}
	return false;
}

static int64_t step_of(const struct zv_lot_sizes *sizes)
{
	return sizes->step > 0 ? sizes->step : 1;
}

static int64_t smallest(const struct zv_lot_sizes *sizes)
{
	return sizes->min > 0 ? sizes->min : step_of(sizes);
}

static bool under_max(const struct zv_lot_sizes *sizes, int64_t qty_base)
{
	return sizes->max <= 0 || qty_base <= sizes->max;
}

bool zv_lot_size_ok(const struct zv_lot_sizes *sizes, int64_t qty_base)
{
	int64_t min = smallest(sizes);

	return qty_base >= min && under_max(sizes, qty_base) && (qty_base - min) % step_of(sizes) == 0;
}

bool zv_lot_size_up(int64_t *out, const struct zv_lot_sizes *sizes, int64_t x)
{
	int64_t min = smallest(sizes);
	int64_t size = min;

	if (x > min) {
		int64_t over = (x - min) % step_of(sizes);

		if (over == 0)
			size = x;
		else if (!zv_add(&size, x, step_of(sizes) - over))
			return false;
	}
	if (!under_max(sizes, size))
		return false;
	*out = size;
	return true;
}

bool zv_lot_size_down(int64_t *out, const struct zv_lot_sizes *sizes, int64_t x)
{
	int64_t min = smallest(sizes);

	if (!under_max(sizes, x))
		x = sizes->max;
	if (x < min)
		return false;
	*out = x - (x - min) % step_of(sizes);
	return true;
}
