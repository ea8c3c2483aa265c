/* Rows and columns of a part. */
#include "engine/plan/part.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"

#define FAR 1e30

struct plan_part_tier plan_part_tier(const struct zv_plan_problem *problem, uint32_t offer, uint32_t tier)
{
	const struct zv_plan_offer *o = &problem->offers[offer];
	const struct zv_plan_tier *tiers = &problem->tiers[o->first_tier];
	struct plan_part_tier out = {.b = tier == 0 ? o->moq : tiers[tier].from, .top = o->max, .fixed = (zv_i128)o->launch * ZV_PLAN_UNIT};

	if (tier + 1 < o->n_tiers && tiers[tier + 1].from - 1 < out.top)
		out.top = tiers[tier + 1].from - 1;
	for (uint32_t s = 1; o->incremental && s <= tier; s++)
		out.fixed += (zv_i128)(tiers[s - 1].price - tiers[s].price) * tiers[s].from;
	return out;
}

int64_t plan_part_parcel(const struct plan_kernel_part *part, uint32_t arc)
{
	for (uint32_t i = 0; i < part->n_kept; i++)
		if (part->kept[i].slot == part->arcs[arc].slot && part->kept[i].need == part->arcs[arc].need)
			return 0;
	return part->problem->needs[part->needs[part->arcs[arc].need]].parcel;
}

int plan_part_shared(const struct plan_kernel_part *part, const struct plan_kernel_share *share, uint32_t arc)
{
	const struct zv_plan_problem *p = part->problem;

	if (p->needs[part->needs[part->arcs[arc].need]].product != share->product)
		return 0;
	return p->offers[part->slots[part->arcs[arc].slot].offer].maker == share->maker ? 2 : 1;
}

struct building {
	const struct plan_kernel_part *part;
	struct plan_rows *rows;
	ZV_VEC(struct plan_col) cols;
	ZV_VEC(int) start;
	ZV_VEC(int) index;
	ZV_VEC(double) value;
	ZV_VEC(double) lower;
	ZV_VEC(double) upper;
	int *share_col; /* [arc * tiers_max + tier]; -1: none */
};

static int add_col(struct building *b, struct plan_col col)
{
	zv_vec_push(&b->cols, col);
	return (int)b->cols.n - 1;
}

static void add_entry(struct building *b, int col, double value)
{
	zv_vec_push(&b->index, col);
	zv_vec_push(&b->value, value);
}

/* Closes the row of the entries added since the last one. */
static int add_row(struct building *b, double lower, double upper)
{
	zv_vec_push(&b->start, (int)b->index.n);
	zv_vec_push(&b->lower, lower);
	zv_vec_push(&b->upper, upper);
	return (int)b->lower.n - 1;
}

static double roubles(zv_i128 money)
{
	return (double)money / 1e12;
}

/* What the inputs of a unit cost when all are bought outside, micro-roubles. */
static double outside_of(const struct plan_kernel_part *part, uint32_t slot)
{
	double sum = 0;

	for (uint32_t i = part->node != NULL ? part->input_start[slot] : 0; part->node != NULL && i < part->input_start[slot + 1]; i++)
		sum += (double)part->problem->needs[part->needs[part->inputs[i].need]].penalty * ((double)part->inputs[i].ppm / 1e6);
	return sum;
}

static int64_t signed_of(const struct plan_kernel_part *part, uint32_t slot)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < part->n_kept; i++)
		if (part->kept[i].slot == slot)
			sum += part->kept[i].qty;
	return sum;
}

static bool signed_at(const struct plan_kernel_part *part, uint32_t slot, uint32_t tier)
{
	for (uint32_t i = 0; i < part->n_kept; i++)
		if (part->kept[i].slot == slot && part->kept[i].cost[tier] == INT64_MAX)
			return false;
	return true;
}

static void open_cols(struct building *b, uint32_t slot)
{
	const struct plan_kernel_part *part = b->part;
	const struct zv_plan_offer *offer = &part->problem->offers[part->slots[slot].offer];
	int64_t kept = signed_of(part, slot);

	for (uint32_t s = 0; s < ZV_PLAN_TIERS_MAX; s++) {
		int *col = &b->rows->open_col[(size_t)slot * ZV_PLAN_TIERS_MAX + s];
		struct plan_part_tier tier;
		zv_i128 fixed;

		*col = -1;
		if (s >= offer->n_tiers)
			continue;
		tier = plan_part_tier(part->problem, part->slots[slot].offer, s);
		if (tier.b > tier.top || kept > tier.top || !signed_at(part, slot, s))
			continue;
		fixed = tier.fixed;
		for (uint32_t i = 0; i < part->n_kept; i++)
			if (part->kept[i].slot == slot)
				fixed += (zv_i128)part->kept[i].cost[s] * part->kept[i].qty;
		*col = add_col(b, (struct plan_col){PLAN_COL_OPEN, slot, s, (roubles(fixed) + outside_of(part, slot) * (double)kept / 1e12) / b->rows->unit, 1, true});
	}
}

/* Share of arc `a` at tier `s`, with its strong link. */
static void share_col(struct building *b, uint32_t a, uint32_t s)
{
	const struct plan_kernel_part *part = b->part;
	const struct plan_kernel_arc *arc = &part->arcs[a];
	const struct zv_plan_need *need = &part->problem->needs[part->needs[arc->need]];
	int64_t left = part->left[arc->need];
	int open = b->rows->open_col[(size_t)arc->slot * ZV_PLAN_TIERS_MAX + s];
	struct plan_part_tier tier = plan_part_tier(part->problem, part->slots[arc->slot].offer, s);
	int64_t top = tier.top < left ? tier.top : left;
	int64_t parcel = plan_part_parcel(part, a);
	bool whole = need->single || parcel >= left;
	double gain = (roubles((zv_i128)(arc->cost[s] - need->penalty) * left) + outside_of(part, arc->slot) * (double)left / 1e12) / b->rows->unit;
	double share = (double)top / (double)left;
	int col, used = open;

	if (arc->cost[s] == INT64_MAX || open < 0 || top <= 0 || (whole && top < left) || top < parcel)
		return;
	col = add_col(b, (struct plan_col){PLAN_COL_SHARE, a, s, gain, whole ? 1 : share, whole});
	b->share_col[(size_t)a * ZV_PLAN_TIERS_MAX + s] = col;
	if (!whole && parcel > 1) {
		used = add_col(b, (struct plan_col){PLAN_COL_USED, a, s, 0, 1, true});
		add_entry(b, used, 1);
		add_entry(b, open, -1);
		add_row(b, -FAR, 0);
		add_entry(b, col, 1);
		add_entry(b, used, -(double)parcel / (double)left);
		add_row(b, 0, FAR);
	}
	add_entry(b, col, 1);
	add_entry(b, used, -share);
	add_row(b, -FAR, 0);
}

/* The arcs of a slot stand together. */
static uint32_t arcs_end(const struct plan_kernel_part *part, uint32_t first)
{
	uint32_t end = first;

	while (end < part->n_arcs && part->arcs[end].slot == part->arcs[first].slot)
		end++;
	return end;
}

/* Quantity of a tier between its start and its top while it is open. */
static void order_rows(struct building *b, uint32_t slot, uint32_t first, uint32_t end)
{
	const struct plan_kernel_part *part = b->part;
	int64_t kept = signed_of(part, slot);
	int n_open = 0;

	for (uint32_t s = 0; s < ZV_PLAN_TIERS_MAX; s++) {
		int open = b->rows->open_col[(size_t)slot * ZV_PLAN_TIERS_MAX + s];
		struct plan_part_tier tier;

		if (open < 0)
			continue;
		n_open++;
		tier = plan_part_tier(part->problem, part->slots[slot].offer, s);
		for (int side = 0; side < 2; side++) {
			int64_t edge = side == 0 ? tier.top - kept : tier.b - kept;

			if (side == 1 && edge <= 0)
				break;
			for (uint32_t a = first; a < end; a++) {
				int col = b->share_col[(size_t)a * ZV_PLAN_TIERS_MAX + s];

				if (col >= 0)
					add_entry(b, col, (double)part->left[part->arcs[a].need] / (double)tier.top);
			}
			add_entry(b, open, -(double)edge / (double)tier.top);
			add_row(b, side == 0 ? -FAR : 0, side == 0 ? 0 : FAR);
		}
	}
	for (uint32_t s = 0; s < ZV_PLAN_TIERS_MAX; s++)
		if (b->rows->open_col[(size_t)slot * ZV_PLAN_TIERS_MAX + s] >= 0)
			add_entry(b, b->rows->open_col[(size_t)slot * ZV_PLAN_TIERS_MAX + s], 1);
	if (n_open > 0)
		add_row(b, kept > 0 ? 1 : -FAR, 1);
}

static bool same_hours(const struct plan_kernel_part *part, uint32_t a, uint32_t b)
{
	return part->problem->offers[part->slots[a].offer].resource == part->problem->offers[part->slots[b].offer].resource &&
	       part->slots[a].period == part->slots[b].period;
}

static bool has_hours(const struct plan_kernel_part *part, uint32_t slot)
{
	return part->left_uh != NULL && part->left_uh[slot] != INT64_MAX && part->problem->offers[part->slots[slot].offer].resource != ZV_PLAN_NONE;
}

/* Hours of one slot in units of `left`. */
static void hours_entries(struct building *b, uint32_t slot, const uint32_t *first_arc, double left)
{
	const struct plan_kernel_part *part = b->part;
	const struct zv_plan_offer *offer = &part->problem->offers[part->slots[slot].offer];

	for (uint32_t s = 0; s < offer->n_tiers; s++) {
		int open = b->rows->open_col[(size_t)slot * ZV_PLAN_TIERS_MAX + s];

		if (open < 0)
			continue;
		add_entry(b, open, ((double)offer->setup_uh + (double)signed_of(part, slot) / ZV_PLAN_UNIT * (double)offer->hours_uh) / left);
		for (uint32_t a = first_arc[slot]; a < first_arc[slot + 1]; a++) {
			int col = b->share_col[(size_t)a * ZV_PLAN_TIERS_MAX + s];

			if (col >= 0)
				add_entry(b, col, (double)offer->hours_uh * ((double)part->left[part->arcs[a].need] / ZV_PLAN_UNIT) / left);
		}
	}
}

static void hours_rows(struct building *b, const uint32_t *first_arc)
{
	const struct plan_kernel_part *part = b->part;

	for (uint32_t slot = 0; slot < part->n_slots; slot++)
		b->rows->hours_row[slot] = -1;
	for (uint32_t slot = 0; slot < part->n_slots; slot++) {
		double left = has_hours(part, slot) && part->left_uh[slot] > 0 ? (double)part->left_uh[slot] : 1;

		if (!has_hours(part, slot) || b->rows->hours_row[slot] >= 0)
			continue;
		for (uint32_t other = slot; other < part->n_slots; other++)
			if (has_hours(part, other) && same_hours(part, slot, other)) {
				hours_entries(b, other, first_arc, left);
				b->rows->hours_row[other] = (int)b->lower.n;
			}
		add_row(b, -FAR, part->left_uh[slot] > 0 ? 1 : (double)part->left_uh[slot]);
	}
}

/* What the slots take of nodes, in units of what the node could be. */
struct taker {
	uint32_t need, slot;
	int64_t ppm;
};

static int by_taken(const void *a, const void *b)
{
	const struct taker *x = a, *y = b;

	if (x->need != y->need)
		return x->need < y->need ? -1 : 1;
	return x->slot < y->slot ? -1 : x->slot > y->slot;
}

static void taker_entries(struct building *b, const struct taker *taker, const uint32_t *first_arc)
{
	const struct plan_kernel_part *part = b->part;
	double each = (double)taker->ppm / 1e6 / (double)part->left[taker->need];

	for (uint32_t s = 0; s < ZV_PLAN_TIERS_MAX; s++) {
		int open = b->rows->open_col[(size_t)taker->slot * ZV_PLAN_TIERS_MAX + s];

		if (open >= 0 && signed_of(part, taker->slot) > 0)
			add_entry(b, open, -each * (double)signed_of(part, taker->slot));
		for (uint32_t a = first_arc[taker->slot]; a < first_arc[taker->slot + 1] && open >= 0; a++) {
			int col = b->share_col[(size_t)a * ZV_PLAN_TIERS_MAX + s];

			if (col >= 0)
				add_entry(b, col, -each * (double)part->left[part->arcs[a].need]);
		}
	}
}

static struct taker *takers_of(size_t *n, const struct plan_kernel_part *part)
{
	struct taker *all = zv_calloc((part->node != NULL ? part->input_start[part->n_slots] : 0) + 1, sizeof(*all));

	*n = 0;
	for (uint32_t slot = 0; slot < part->n_slots && part->node != NULL; slot++)
		for (uint32_t i = part->input_start[slot]; i < part->input_start[slot + 1]; i++)
			all[(*n)++] = (struct taker){part->inputs[i].need, slot, part->inputs[i].ppm};
	qsort(all, *n, sizeof(*all), by_taken);
	return all;
}

static void need_rows(struct building *b, const uint32_t *first_arc)
{
	const struct plan_kernel_part *part = b->part;
	uint32_t *at = zv_calloc((size_t)part->n_needs + 2, sizeof(*at));
	uint32_t *by = zv_reallocarray(NULL, (size_t)part->n_arcs + 1, sizeof(*by));
	size_t n_takers, taker = 0;
	struct taker *takers = takers_of(&n_takers, part);

	for (uint32_t a = 0; a < part->n_arcs; a++)
		at[part->arcs[a].need + 2]++;
	for (uint32_t i = 0; i < part->n_needs; i++)
		at[i + 2] += at[i + 1];
	for (uint32_t a = 0; a < part->n_arcs; a++)
		by[at[part->arcs[a].need + 1]++] = a;
	for (uint32_t i = 0; i < part->n_needs; i++) {
		for (uint32_t j = at[i]; j < at[i + 1]; j++)
			for (uint32_t s = 0; s < ZV_PLAN_TIERS_MAX; s++)
				if (b->share_col[(size_t)by[j] * ZV_PLAN_TIERS_MAX + s] >= 0)
					add_entry(b, b->share_col[(size_t)by[j] * ZV_PLAN_TIERS_MAX + s], 1);
		if (plan_part_node(part, i)) {
			double taken = (double)part->taken[i] / (double)part->left[i];

			for (; taker < n_takers && takers[taker].need == i; taker++)
				taker_entries(b, &takers[taker], first_arc);
			b->rows->need_row[i] = add_row(b, part->problem->needs[part->needs[i]].penalty > 0 ? -FAR : taken, taken);
		} else {
			b->rows->need_row[i] = add_row(b, -FAR, 1);
		}
	}
	free(takers);
	free(by);
	free(at);
}

/* Shares of makers, in parts of all that the needs of the product lack. */
static void share_rows(struct building *b)
{
	const struct plan_kernel_part *part = b->part;

	for (uint32_t k = 0; k < part->n_shares; k++) {
		const struct plan_kernel_share *share = &part->shares[k];
		double unit = 1;

		for (uint32_t i = 0; i < part->n_needs; i++)
			if (part->problem->needs[part->needs[i]].product == share->product)
				unit += (double)part->left[i];
		for (uint32_t a = 0; a < part->n_arcs; a++) {
			int shared = plan_part_shared(part, share, a);
			double value = ((shared == 2) - (double)share->ppm / ZV_PLAN_UNIT) * (double)part->left[part->arcs[a].need] / unit;

			for (uint32_t s = 0; s < ZV_PLAN_TIERS_MAX && shared > 0; s++)
				if (b->share_col[(size_t)a * ZV_PLAN_TIERS_MAX + s] >= 0)
					add_entry(b, b->share_col[(size_t)a * ZV_PLAN_TIERS_MAX + s], value);
		}
		b->rows->share_unit[k] = unit;
		b->rows->share_row[k] = add_row(b, -FAR, (double)share->room / ZV_PLAN_UNIT / unit);
	}
}

void plan_part_rows(struct plan_rows *out, const struct plan_kernel_part *part)
{
	struct building b = {.part = part, .rows = out};
	size_t n_shares = (size_t)part->n_arcs * ZV_PLAN_TIERS_MAX;
	uint32_t *first_arc = zv_calloc((size_t)part->n_slots + 1, sizeof(*first_arc));
	zv_i128 nothing = 0;

	*out = (struct plan_rows){.n_needs = part->n_needs, .n_slots = part->n_slots, .unit = 1};
	out->n_shares = part->n_shares;
	out->share_row = zv_reallocarray(NULL, (size_t)part->n_shares + 1, sizeof(*out->share_row));
	out->share_unit = zv_reallocarray(NULL, (size_t)part->n_shares + 1, sizeof(*out->share_unit));
	out->need_row = zv_reallocarray(NULL, (size_t)part->n_needs + 1, sizeof(*out->need_row));
	out->hours_row = zv_reallocarray(NULL, (size_t)part->n_slots + 1, sizeof(*out->hours_row));
	out->open_col = zv_reallocarray(NULL, (size_t)part->n_slots * ZV_PLAN_TIERS_MAX + 1, sizeof(*out->open_col));
	b.share_col = zv_reallocarray(NULL, n_shares + 1, sizeof(*b.share_col));
	for (size_t i = 0; i < n_shares; i++)
		b.share_col[i] = -1;
	for (uint32_t i = 0; i < part->n_needs; i++)
		nothing += plan_part_node(part, i) ? 0 : (zv_i128)part->problem->needs[part->needs[i]].penalty * part->left[i];
	out->offset = roubles(nothing);
	if (nothing > 0)
		out->unit = out->offset / 1e6;
	zv_vec_push(&b.start, 0);
	for (uint32_t slot = 0, a = 0; slot < part->n_slots; slot++) {
		first_arc[slot] = a;
		open_cols(&b, slot);
		if (a < part->n_arcs && part->arcs[a].slot == slot)
			a = arcs_end(part, a);
		first_arc[slot + 1] = a;
		for (uint32_t i = first_arc[slot]; i < a; i++)
			for (uint32_t s = 0; s < ZV_PLAN_TIERS_MAX && part->left[part->arcs[i].need] > 0; s++)
				if (b.rows->open_col[(size_t)slot * ZV_PLAN_TIERS_MAX + s] >= 0) /* only tiers that there are */
					share_col(&b, i, s);
		order_rows(&b, slot, first_arc[slot], a);
	}
	need_rows(&b, first_arc);
	hours_rows(&b, first_arc);
	share_rows(&b);
	out->cols = b.cols.p;
	out->n_cols = (int)b.cols.n;
	out->start = b.start.p;
	out->index = b.index.p;
	out->value = b.value.p;
	out->lower = b.lower.p;
	out->upper = b.upper.p;
	out->n_rows = (int)b.lower.n;
	free(b.share_col);
	free(first_arc);
}

void plan_rows_done(struct plan_rows *rows)
{
	free(rows->cols);
	free(rows->start);
	free(rows->index);
	free(rows->value);
	free(rows->lower);
	free(rows->upper);
	free(rows->need_row);
	free(rows->hours_row);
	free(rows->open_col);
	free(rows->share_row);
	free(rows->share_unit);
	*rows = (struct plan_rows){0};
}
