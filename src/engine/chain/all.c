/* Causes in portions over threads; what one cause gives does not depend on who reckons it or when. */
#include "engine/chain/all.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/chain/reach.h"

enum { PORTION = 16, MANY = 8, LARGE = 20000 };

struct job {
	struct zv_chain_index *out;
	const struct zv_chain_network *net;
	const uint32_t *causes;
	uint32_t n, next, done;
	const struct zv_chain_all_options *options;
	const struct chain_reach *reach; /* NULL: by rounds */
	double enough;                   /* of one side */
	pthread_mutex_t lock;
	enum zv_code code;
	struct zv_err err;
};

/* The next portion; how many were done before is told on the way. */
static uint32_t take(struct job *job, uint32_t done)
{
	uint32_t at;

	(void)pthread_mutex_lock(&job->lock);
	job->done += done;
	if (done > 0 && job->options->progress != NULL)
		job->options->progress(job->options->context, job->done, job->n);
	at = job->code == ZV_OK ? job->next : job->n;
	job->next = at < job->n - PORTION && job->n > PORTION ? at + PORTION : job->n;
	(void)pthread_mutex_unlock(&job->lock);
	return at;
}

static void fail(struct job *job, enum zv_code code, const struct zv_err *err)
{
	(void)pthread_mutex_lock(&job->lock);
	job->code = code;
	job->err = *err;
	(void)pthread_mutex_unlock(&job->lock);
}

static enum zv_code one(struct zv_chain_index *out, struct zv_chain_work *work, uint32_t cause, bool large, const struct zv_chain_all_options *options, struct zv_err *err)
{
	const struct zv_chain_shock shock = {cause, 1, 1};
	bool near = options->eps <= 0 && large;
	const struct zv_chain_options o = {.eps = near ? ZV_CHAIN_NEAR : options->eps, .small = near ? ZV_CHAIN_NEAR : 0, .down_only = options->down_only};
	struct zv_chain_result result;
	enum zv_code code = zv_chain_loss(&result, work, &shock, 1, &o, err);

	*out = (struct zv_chain_index){result.index, result.down, result.up, NAN, result.rounds};
	return code;
}

/* Rounding of the sums of a cascade, generously. */
#define ROUNDING 1e-13

static void one_swift(struct zv_chain_index *out, struct chain_swift *swift, uint32_t cause, const struct job *job)
{
	struct chain_side_sum down, up = {0};

	chain_swift_down(&down, swift, cause, job->enough, 0);
	if (job->options->down_only)
		chain_swift_clear_up(swift);
	else
		chain_swift_up(&up, swift, cause, job->enough, 0);
	out->index = chain_swift_both(swift, &out->rounds);
	out->down = down.lost;
	out->up = up.lost;
	out->bound = fmax(0, down.heard + down.rest - down.lost) + fmax(0, up.heard + up.rest - up.lost) + ROUNDING;
	if (isinf(out->bound))
		out->bound = NAN;
}

/* What a thread needs for one way or the other. */
struct hand {
	struct zv_chain_work *work;
	struct chain_swift *swift;
};

static enum zv_code portion(struct job *job, struct hand *hand, uint32_t at, uint32_t end, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (uint32_t i = at; i < end && code == ZV_OK; i++) {
		if (hand->swift != NULL)
			one_swift(&job->out[i], hand->swift, job->causes[i], job);
		if (hand->swift != NULL && !isnan(job->out[i].bound))
			continue;
		/* Also when a closed loop did not come to rest in good time. */
		if (hand->work == NULL)
			hand->work = zv_chain_work_new(job->net);
		code = one(&job->out[i], hand->work, job->causes[i], job->net->n_links > LARGE, job->options, err);
	}
	return code;
}

static void *run(void *arg)
{
	struct job *job = arg;
	struct hand hand = {NULL, NULL};
	struct zv_err err = {0};
	enum zv_code code = ZV_OK;
	uint32_t done = 0, at;

	if (job->reach != NULL)
		hand.swift = chain_swift_new(job->net, job->reach);
	while (code == ZV_OK && (at = take(job, done)) < job->n) {
		done = job->n - at < PORTION ? job->n - at : PORTION;
		code = portion(job, &hand, at, at + done, &err);
	}
	if (code != ZV_OK)
		fail(job, code, &err);
	chain_swift_free(hand.swift);
	zv_chain_work_free(hand.work);
	return NULL;
}

static void run_threads(struct job *job)
{
	pthread_t threads[ZV_CHAIN_THREADS_MAX];
	uint32_t started = 0;

	while (started + 1 < job->options->threads && started < ZV_CHAIN_THREADS_MAX && pthread_create(&threads[started], NULL, run, job) == 0)
		started++;
	(void)run(job);
	for (uint32_t i = 0; i < started; i++)
		(void)pthread_join(threads[i], NULL);
}

enum zv_code zv_chain_all(struct zv_chain_index *out, const struct zv_chain_network *network, const uint32_t *causes, uint32_t n,
			  const struct zv_chain_all_options *options, struct zv_err *err)
{
	struct zv_chain_all_options o = *options;
	struct job job = {.out = out, .net = network, .causes = causes, .n = n, .options = &o, .lock = PTHREAD_MUTEX_INITIALIZER};
	struct chain_reach reach = {NULL, NULL};
	bool down = false, up = false;

	/* Bounds are made of several short cascades of every firm: without a cut that is not worth it for a few causes, nor in a large network. */
	if (o.eps <= 0 && !network->substitution && (o.cut > 0 || (n > network->n / MANY && network->n_links <= LARGE))) {
		o.cut = o.cut > 0 ? o.cut : ZV_CHAIN_NEAREST;
		chain_reach_make(&reach, &down, &up, network, &o);
		job.enough = o.down_only ? o.cut : o.cut / 2;
		job.reach = down && up ? &reach : NULL;
	}
	run_threads(&job);
	chain_reach_done(&reach);
	if (job.code != ZV_OK && err != NULL)
		*err = job.err;
	return job.code;
}
