/* Launched orders that are a little below their next price. */
#include "engine/plan/explain_inner.h"

struct watched {
	struct zv_plan_next_tier row;
	zv_i128 worth, lack; /* what all members save; what the lacking quantity costs */
};

/* What pays best for what is lacking comes first. */
static int by_worth(const void *a, const void *b)
{
	const struct watched *x = a, *y = b;
	double left = (double)x->worth * (double)y->lack, right = (double)y->worth * (double)x->lack;

	if (left > right || left < right)
		return left > right ? -1 : 1;
	if (x->row.offer != y->row.offer)
		return x->row.offer < y->row.offer ? -1 : 1;
	return x->row.period < y->row.period ? -1 : x->row.period > y->row.period;
}

void explain_next_tiers(const struct explain *e, struct zv_plan_explained *out)
{
	struct watched *rows = zv_reallocarray(NULL, e->result->n_orders + 1, sizeof(*rows));
	size_t n = 0;

	for (size_t i = 0; i < e->result->n_orders; i++) {
		const struct zv_plan_order *order = &e->result->orders[i];
		const struct zv_plan_offer *offer = &e->problem->offers[order->offer];
		const struct explain_tier *tier = &e->tiers[offer->first_tier + order->tier];
		int64_t lack, saves;

		/* Of an incremental ladder only the quantity above the step is cheaper, and not every member. */
		if (order->tier + 1 >= offer->n_tiers || offer->incremental)
			continue;
		lack = tier[1].b - order->qty;
		saves = tier[0].price - tier[1].price;
		if (tier[1].b > tier[1].top || saves <= 0 || explain_room(e, order->offer, order->period, false) < lack)
			continue;
		rows[n++] = (struct watched){{order->offer, order->period, order->tier + 1, lack, saves}, (zv_i128)saves * order->qty,
					     (zv_i128)lack * (tier[1].price > 0 ? tier[1].price : 1)};
	}
	qsort(rows, n, sizeof(*rows), by_worth);
	out->next_tiers = ZV_ARENA_ARRAY(e->arena, struct zv_plan_next_tier, n + 1);
	out->n_next_tiers = n;
	for (size_t i = 0; i < n; i++)
		out->next_tiers[i] = rows[i].row;
	free(rows);
}
