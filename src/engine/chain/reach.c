/*
 * Guess what each firm can do to the index, then let every firm's own cascade, stopped early, confirm the guess against the guesses of those it reached; what is not
 * confirmed is raised and all are asked again.
 */
#include "engine/chain/reach.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { UP_STEPS = 3000, TRIES = 40, PATIENCE = 30, PORTION = 64 };
#define SLACK 1.05       /* a guess stands so far above what its cascade asked for */
#define PART 0.5        /* a cascade may stop when so small a part of what it found is open */
#define PROVEN 0.999999  /* below one, so that the proof contracts */
#define LEAST 1e-14      /* of any reach: a firm of no weight has some */
#define TOO_MUCH 1e3 /* a loop that is as good as closed: what its firm loses is not left waiting */
#define RAISE 1e-3
#define HUGE_SUM 1e9

/* --- upstream: linear --------------------------------------------------------------------------------------------------------------------- */

/*
 * v_j = w_j + sum over suppliers i of U_ij v_i, from below; then all a little higher, which is enough once a step adds little beside the weight. So that every firm
 * that sells has some, a thousandth of all is spread over them. The check at the end is the proof: v with w + U v <= v is above the sum of the series.
 */
static double up_step(const struct zv_chain_network *net, const double *v, uint32_t j)
{
	double sum = net->weight[j] + RAISE / net->n;

	for (uint32_t l = net->up_start[j]; l < net->up_start[j + 1]; l++)
		sum += net->up_part[l] * v[net->up_supplier[l]];
	return sum;
}

static bool make_up(double *v, const struct zv_chain_network *net)
{
	bool still = false;

	memcpy(v, net->weight, (size_t)net->n * sizeof(*v));
	/* New figures are used as soon as they are there: they are below the sum all the same. */
	for (int step = 0; step < UP_STEPS && !still; step++) {
		still = true;
		for (uint32_t j = 0; j < net->n; j++) {
			double sum = up_step(net, v, j);

			still = still && (net->size[j] <= 0 || sum - v[j] <= RAISE / 4 * (net->weight[j] + RAISE / net->n)) && sum < HUGE_SUM;
			v[j] = sum;
		}
	}
	for (uint32_t j = 0; j < net->n; j++)
		v[j] *= 1 + RAISE;
	for (uint32_t j = 0; j < net->n && still; j++) {
		double sum = up_step(net, v, j);

		if (net->size[j] <= 0) /* nobody buys from it, so nobody's figure depends on it */
			v[j] = sum;
		still = still && sum <= v[j];
	}
	return still;
}

/* --- downstream: by cascades --------------------------------------------------------------------------------------------------------------- */

struct pass {
	const struct zv_chain_network *net;
	const struct chain_reach *reach;
	double *asked; /* of each firm: what its cascade asks its reach to be */
	double enough;
	uint32_t next;
	pthread_mutex_t lock;
};

static void *run_pass(void *arg)
{
	struct pass *p = arg;
	struct chain_swift *swift = chain_swift_new(p->net, p->reach);
	uint32_t n = p->net->n;

	for (;;) {
		uint32_t at;

		(void)pthread_mutex_lock(&p->lock);
		at = p->next;
		p->next = n - at < PORTION ? n : at + PORTION;
		(void)pthread_mutex_unlock(&p->lock);
		if (at >= n)
			break;
		for (uint32_t i = at; i < n && i < at + PORTION; i++) {
			struct chain_side_sum sum;

			chain_swift_down(&sum, swift, i, p->enough, PART);
			p->asked[i] = sum.back < 1 ? (sum.heard + sum.rest) / (1 - sum.back) + LEAST : INFINITY;
		}
	}
	chain_swift_free(swift);
	return NULL;
}

static void run_all(struct pass *p, uint32_t n_threads)
{
	pthread_t threads[ZV_CHAIN_THREADS_MAX];
	uint32_t started = 0;

	p->next = 0;
	while (started + 1 < n_threads && started < ZV_CHAIN_THREADS_MAX && pthread_create(&threads[started], NULL, run_pass, p) == 0)
		started++;
	(void)run_pass(p);
	for (uint32_t i = 0; i < started; i++)
		(void)pthread_join(threads[i], NULL);
}

/* Its own weight and the direct buyers': too low, and only a start. */
static void guess(double *reach, const struct zv_chain_network *net)
{
	for (uint32_t i = 0; i < net->n; i++) {
		double sum = net->weight[i];

		for (uint32_t l = net->down_start[i]; l < net->down_start[i + 1]; l++)
			sum += net->down_part[l] * net->weight[net->slot_firm[net->down_slot[l]]];
		reach[i] = sum + LEAST;
	}
}

static double endless(double reach)
{
	return reach > TOO_MUCH ? INFINITY : reach;
}

/* Where costs below the purchases seen make a slot lose more than its suppliers do, a loss stops at 1 and the figures of a whole loss are none for a part of it. */
static bool is_even(const struct zv_chain_network *net)
{
	double *sums = zv_calloc((size_t)net->n_slots + 1, sizeof(*sums));
	bool even = true;

	for (uint32_t l = 0; l < net->down_start[net->n]; l++)
		sums[net->down_slot[l]] += net->down_part[l];
	for (uint32_t s = 0; s < net->n_slots; s++)
		even = even && sums[s] <= 1 + 1e-12;
	free(sums);
	return even;
}

static bool make_down(double *reach, const struct chain_reach *both, const struct zv_chain_network *net, const struct zv_chain_all_options *options)
{
	struct pass p = {.net = net, .reach = both, .enough = options->cut / 4, .lock = PTHREAD_MUTEX_INITIALIZER};
	uint32_t broken = 1;

	if (!is_even(net))
		return false;
	p.asked = zv_calloc((size_t)net->n + 1, sizeof(*p.asked));
	guess(reach, net);
	for (int attempt = 0; attempt < TRIES && broken > 0; attempt++) {
		run_all(&p, options->threads);
		broken = 0;
		for (uint32_t i = 0; i < net->n; i++) {
			if (p.asked[i] <= reach[i] * PROVEN || reach[i] >= INFINITY)
				continue;
			reach[i] = attempt < PATIENCE ? endless(p.asked[i] * SLACK * SLACK) : INFINITY;
			broken++;
		}
	}
	free(p.asked);
	return broken == 0;
}

void chain_reach_make(struct chain_reach *out, bool *down_proven, bool *up_proven, const struct zv_chain_network *net, const struct zv_chain_all_options *options)
{
	out->down = zv_calloc((size_t)net->n + 1, sizeof(*out->down));
	out->up = zv_calloc((size_t)net->n + 1, sizeof(*out->up));
	*up_proven = options->down_only || make_up(out->up, net);
	*down_proven = make_down(out->down, out, net, options);
}

void chain_reach_done(struct chain_reach *reach)
{
	free(reach->up);
	free(reach->down);
	*reach = (struct chain_reach){0};
}
