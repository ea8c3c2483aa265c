/* Causes in portions over threads; what one cause gives does not depend on who reckons it or when. */
#include "engine/chain/all.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/chain/sweep.h"

enum { PORTION = 16 };
_Static_assert(PORTION % CHAIN_LANES == 0, "a portion fills its lanes");

struct job {
	struct zv_chain_index *out;
	const struct zv_chain_network *net;
	const uint32_t *causes;
	const uint32_t *turn; /* order in which they are taken: firms that stand together reach much the same */
	uint32_t n, next, done;
	const struct zv_chain_all_options *options;
	const struct chain_sweep_net *sweep_net; /* NULL: by rounds */
	struct chain_sweep_options sweep_options;
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

static enum zv_code by_rounds(struct job *job, struct zv_chain_work *work, uint32_t at, uint32_t end, struct zv_err *err)
{
	const struct zv_chain_options options = {.eps = job->options->eps, .down_only = job->options->down_only};
	enum zv_code code = ZV_OK;

	for (uint32_t i = at; i < end && code == ZV_OK; i++) {
		const struct zv_chain_shock shock = {job->causes[job->turn[i]], 1, 1};
		struct zv_chain_result result;

		code = zv_chain_loss(&result, work, &shock, 1, &options, err);
		job->out[job->turn[i]] = (struct zv_chain_index){result.index, result.down, result.up, result.bound, result.rounds};
	}
	return code;
}

static void by_sweeps(struct job *job, struct chain_sweep *sweep, uint32_t at, uint32_t end)
{
	for (uint32_t i = at; i < end; i += CHAIN_LANES) {
		uint32_t n = end - i < CHAIN_LANES ? end - i : CHAIN_LANES;
		struct zv_chain_shock shocks[CHAIN_LANES];
		struct chain_lane lanes[CHAIN_LANES];
		struct chain_swept swept[CHAIN_LANES];

		for (uint32_t k = 0; k < n; k++) {
			shocks[k] = (struct zv_chain_shock){job->causes[job->turn[i + k]], 1, 1};
			lanes[k] = (struct chain_lane){&shocks[k], 1};
		}
		chain_sweep_run(swept, sweep, lanes, n, &job->sweep_options);
		for (uint32_t k = 0; k < n; k++)
			job->out[job->turn[i + k]] = (struct zv_chain_index){swept[k].index, swept[k].down, swept[k].up, swept[k].bound, swept[k].sweeps};
	}
}

static void *run(void *arg)
{
	struct job *job = arg;
	struct zv_chain_work *work = job->sweep_net == NULL ? zv_chain_work_new(job->net) : NULL;
	struct chain_sweep *sweep = job->sweep_net != NULL ? chain_sweep_new(job->sweep_net, job->n) : NULL;
	struct zv_err err = {0};
	enum zv_code code = ZV_OK;
	uint32_t done = 0, at;

	while (code == ZV_OK && (at = take(job, done)) < job->n) {
		done = job->n - at < PORTION ? job->n - at : PORTION;
		if (sweep != NULL)
			by_sweeps(job, sweep, at, at + done);
		else
			code = by_rounds(job, work, at, at + done, &err);
	}
	if (code != ZV_OK)
		fail(job, code, &err);
	chain_sweep_free(sweep);
	zv_chain_work_free(work);
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

/* Causes by their number in the network, by counting. */
static uint32_t *turns(const uint32_t *causes, uint32_t n, uint32_t n_firms)
{
	uint32_t *start = zv_calloc((size_t)n_firms + 2, sizeof(*start)), *turn = zv_calloc((size_t)n + 1, sizeof(*turn));

	for (uint32_t i = 0; i < n; i++)
		start[causes[i] + 1]++;
	for (uint32_t f = 0; f < n_firms; f++)
		start[f + 1] += start[f];
	for (uint32_t i = 0; i < n; i++)
		turn[start[causes[i]]++] = i;
	free(start);
	return turn;
}

enum zv_code zv_chain_all(struct zv_chain_index *out, const struct zv_chain_network *network, const uint32_t *causes, uint32_t n,
			  const struct zv_chain_all_options *options, struct zv_err *err)
{
	struct job job = {.out = out, .net = network, .causes = causes, .n = n, .options = options, .lock = PTHREAD_MUTEX_INITIALIZER};
	uint32_t *turn = turns(causes, n, network->n);
	struct chain_sweep_net sweep_net;

	job.turn = turn;
	if (options->eps <= 0 && !network->substitution) {
		chain_sweep_net_make(&sweep_net, network);
		job.sweep_net = &sweep_net;
		job.sweep_options = (struct chain_sweep_options){.enough = chain_sweep_enough(network, options->cut), .down_only = options->down_only};
	}
	run_threads(&job);
	if (job.sweep_net != NULL)
		chain_sweep_net_done(&sweep_net);
	free(turn);
	if (job.code != ZV_OK && err != NULL)
		*err = job.err;
	return job.code;
}
