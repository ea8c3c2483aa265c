/* Cascades with the weightiest change first: a bucket for each power of four of what a change can do to the index. */
#include "engine/chain/swift.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The first takes all that moves the index by less than 2^-60. */
enum { BUCKETS = 36, EXPONENT_OF_FIRST = 1023 - 61, MANTISSA = 52, TIMES_ALL = 300 };

/* A closed loop turns rounding round and round: of a firm in one, so small a change is none. */
#define ROUNDING 1e-13

/* A firm on one side. */
struct spot {
	double loss, sent, reach;
	uint32_t steps; /* links from the cause, along the way that raised it last */
	uint8_t bucket; /* where it waits, counted from 1; 0: it does not */
	bool touched;
};

/* The sum of a slot, with what rounding takes off it (see loss.c), beside its firm: a step costs one miss. */
struct slot {
	double sum;
	float low;
	uint32_t firm;
};

struct list {
	uint32_t *p;
	uint32_t first, n, cap; /* those from `first` on wait: first come, first heard, so that changes gather */
};

struct half {
	struct spot *spots;
	uint32_t *touched, n_touched;
	struct list buckets[BUCKETS + 1];
	int top;
	double rest, lost;
	uint32_t heavy; /* firms of endless reach that wait */
	uint32_t cause;
	double back;
};

struct chain_swift {
	const struct zv_chain_network *net;
	const struct chain_reach *reach;
	struct half down, up;
	struct slot *slots;
	uint64_t pushes;
};

static void half_init(struct half *h, uint32_t firms)
{
	h->spots = zv_calloc((size_t)firms + 1, sizeof(*h->spots));
	h->touched = zv_calloc((size_t)firms + 1, sizeof(*h->touched));
}

static void half_done(struct half *h)
{
	for (int i = 0; i <= BUCKETS; i++)
		free(h->buckets[i].p);
	free(h->touched);
	free(h->spots);
}

void chain_swift_renew(struct chain_swift *swift)
{
	for (uint32_t i = 0; i < swift->net->n; i++) {
		swift->down.spots[i].reach = swift->reach->down[i];
		swift->up.spots[i].reach = swift->reach->up[i];
	}
}

struct chain_swift *chain_swift_new(const struct zv_chain_network *net, const struct chain_reach *reach)
{
	struct chain_swift *s = zv_calloc(1, sizeof(*s));

	s->net = net;
	s->reach = reach;
	half_init(&s->down, net->n);
	half_init(&s->up, net->n);
	s->slots = zv_calloc((size_t)net->n_slots + 1, sizeof(*s->slots));
	for (uint32_t i = 0; i < net->n_slots; i++)
		s->slots[i].firm = net->slot_firm[i];
	chain_swift_renew(s);
	return s;
}

void chain_swift_free(struct chain_swift *swift)
{
	if (swift == NULL)
		return;
	free(swift->slots);
	half_done(&swift->up);
	half_done(&swift->down);
	free(swift);
}

/* --- waiting ------------------------------------------------------------------------------------------------------------------------------- */

static inline int bucket_of(double weight)
{
	int64_t bits;
	int exponent;

	memcpy(&bits, &weight, sizeof(bits));
	exponent = ((int)(bits >> MANTISSA) - EXPONENT_OF_FIRST) / 2;
	return exponent < 1 ? 1 : exponent > BUCKETS ? BUCKETS : exponent;
}

static inline void wait_in(struct half *h, uint32_t firm, int bucket)
{
	struct list *list = &h->buckets[bucket];

	if (list->n == list->cap) {
		list->cap = list->cap * 2 + 64;
		list->p = zv_reallocarray(list->p, list->cap, sizeof(*list->p));
	}
	list->p[list->n++] = firm;
	if (bucket > h->top)
		h->top = bucket;
}

/* A firm whose loss is to be at least `loss`. */
static inline void raise_loss(struct half *h, const double *weight, uint32_t firm, double loss, uint32_t steps)
{
	struct spot *spot = &h->spots[firm];
	int bucket;

	if (loss > 1)
		loss = 1;
	if (!(loss > spot->loss))
		return;
	if (!spot->touched) {
		spot->touched = true;
		h->touched[h->n_touched++] = firm;
	}
	h->lost += (loss - spot->loss) * weight[firm];
	if (spot->reach < INFINITY) {
		h->rest += (loss - spot->loss) * spot->reach;
		bucket = bucket_of((loss - spot->sent) * spot->reach);
	} else if (loss - spot->sent > ROUNDING) {
		h->heavy += spot->bucket == 0;
		bucket = bucket_of(loss - spot->sent);
	} else {
		bucket = 0;
	}
	spot->loss = loss;
	spot->steps = steps;
	if (bucket > spot->bucket) {
		spot->bucket = (uint8_t)bucket;
		wait_in(h, firm, bucket);
	}
}

/* The firm to be heard next; false when none waits. Those that have moved up to another bucket are passed over. */
static inline bool next_of(uint32_t *firm, struct half *h)
{
	for (;;) {
		struct list *list;

		while (h->top > 0 && h->buckets[h->top].first == h->buckets[h->top].n) {
			h->buckets[h->top].first = h->buckets[h->top].n = 0;
			h->top--;
		}
		if (h->top == 0)
			return false;
		list = &h->buckets[h->top];
		*firm = list->p[list->first++];
		if (h->spots[*firm].bucket == h->top)
			return true;
	}
}

static inline double take_delta(struct half *h, struct spot *spot)
{
	double delta = spot->loss - spot->sent;

	if (spot->reach < INFINITY)
		h->rest -= delta * spot->reach;
	else
		h->heavy--;
	spot->sent = spot->loss;
	spot->bucket = 0;
	return delta;
}

/* --- a run --------------------------------------------------------------------------------------------------------------------------------- */

static void half_clear(struct half *h)
{
	for (uint32_t i = 0; i < h->n_touched; i++) {
		struct spot *spot = &h->spots[h->touched[i]];
		double reach = spot->reach;

		*spot = (struct spot){.reach = reach};
	}
	for (int i = 0; i <= BUCKETS; i++)
		h->buckets[i].first = h->buckets[i].n = 0;
	h->n_touched = 0;
	h->top = 0;
	h->heavy = 0;
	h->rest = h->lost = h->back = 0;
}

static bool is_enough(const struct half *h, double enough, double share)
{
	return h->heavy == 0 && (h->rest <= enough || h->rest <= share * (h->lost - h->rest));
}

/* What is found, summed anew: the running sums carry the rounding of every step. */
static void sum_up(struct chain_side_sum *out, const struct half *h, const double *weight)
{
	*out = (struct chain_side_sum){0};
	for (uint32_t i = 0; i < h->n_touched; i++) {
		const struct spot *spot = &h->spots[h->touched[i]];

		out->lost += weight[h->touched[i]] * spot->loss;
		out->heard += weight[h->touched[i]] * spot->sent;
		/* A firm that sells to nobody adds its own weight and no more. */
		if (spot->loss - spot->sent > (spot->reach < INFINITY ? 0 : ROUNDING))
			out->rest += (spot->loss - spot->sent) * spot->reach;
	}
	out->back = h->back;
}

static void begin(struct half *h, const double *weight, uint32_t cause)
{
	h->cause = cause;
	raise_loss(h, weight, cause, 1, 0);
}

static inline void add(struct slot *slot, double x)
{
	double high = slot->sum + x, part = high - slot->sum;
	double low = (double)slot->low + ((slot->sum - (high - part)) + (x - part));

	slot->sum = high + low;
	slot->low = (float)(low - (slot->sum - high));
}

void chain_swift_down(struct chain_side_sum *out, struct chain_swift *swift, uint32_t cause, double enough, double share)
{
	const struct zv_chain_network *net = swift->net;
	struct half *h = &swift->down;
	struct slot *slots = swift->slots;
	uint64_t limit;
	uint32_t firm;

	for (uint32_t i = 0; i < h->n_touched; i++) {
		uint32_t f = h->touched[i];

		for (uint32_t l = net->down_start[f]; h->spots[f].sent > 0 && l < net->down_start[f + 1]; l++)
			slots[net->down_slot[l]].sum = slots[net->down_slot[l]].low = 0;
	}
	half_clear(h);
	begin(h, net->weight, cause);
	limit = swift->pushes + TIMES_ALL * ((uint64_t)net->n_links + net->n);
	while (swift->pushes < limit && next_of(&firm, h)) {
		struct spot *spot = &h->spots[firm];
		double delta = take_delta(h, spot);
		uint32_t end = net->down_start[firm + 1];

		swift->pushes += end - net->down_start[firm];
		for (uint32_t l = net->down_start[firm]; l < end; l++) {
			struct slot *slot = &slots[net->down_slot[l]];

			add(slot, net->down_part[l] * delta);
			raise_loss(h, net->weight, slot->firm, slot->sum, spot->steps + 1);
		}
		if (is_enough(h, enough, share))
			break;
	}
	for (uint32_t s = net->slot_start[cause]; s < net->slot_start[cause + 1]; s++)
		h->back = fmax(h->back, slots[s].sum);
	sum_up(out, h, net->weight);
}

void chain_swift_up(struct chain_side_sum *out, struct chain_swift *swift, uint32_t cause, double enough, double share)
{
	const struct zv_chain_network *net = swift->net;
	struct half *h = &swift->up;
	uint64_t limit;
	uint32_t firm;

	half_clear(h);
	begin(h, net->weight, cause);
	limit = swift->pushes + TIMES_ALL * ((uint64_t)net->n_links + net->n);
	while (swift->pushes < limit && next_of(&firm, h)) {
		struct spot *spot = &h->spots[firm];
		double delta = take_delta(h, spot);
		uint32_t end = net->up_start[firm + 1];

		swift->pushes += end - net->up_start[firm];
		for (uint32_t l = net->up_start[firm]; l < end; l++) {
			uint32_t supplier = net->up_supplier[l];

			/* Upstream is linear: the loss is the sum itself, but for the cause, which has lost all already. */
			if (supplier == cause)
				h->back += net->up_part[l] * delta;
			else
				raise_loss(h, net->weight, supplier, h->spots[supplier].loss + net->up_part[l] * delta, spot->steps + 1);
		}
		if (is_enough(h, enough, share))
			break;
	}
	sum_up(out, h, net->weight);
}

double chain_swift_both(const struct chain_swift *swift, uint32_t *steps)
{
	const struct half *down = &swift->down, *up = &swift->up;
	const double *weight = swift->net->weight;
	double sum = 0;

	*steps = 0;
	for (uint32_t i = 0; i < down->n_touched; i++) {
		uint32_t f = down->touched[i];

		sum += weight[f] * fmax(down->spots[f].loss, up->spots[f].loss);
		*steps = down->spots[f].steps > *steps ? down->spots[f].steps : *steps;
	}
	for (uint32_t i = 0; i < up->n_touched; i++) {
		uint32_t f = up->touched[i];

		if (!down->spots[f].touched)
			sum += weight[f] * up->spots[f].loss;
		*steps = up->spots[f].steps > *steps ? up->spots[f].steps : *steps;
	}
	return sum;
}

void chain_swift_clear_up(struct chain_swift *swift)
{
	half_clear(&swift->up);
}

uint64_t chain_swift_pushes(const struct chain_swift *swift)
{
	return swift->pushes;
}
