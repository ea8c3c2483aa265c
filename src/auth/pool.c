/* A queue of fixed length and the threads that empty it. */
#include "auth/pool.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct zv_pool {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct zv_piece *first, *last;
	int waiting, waiting_max;
	bool stopping;
	int n_threads;
	char name[16];
	pthread_t threads[];
};

static struct zv_piece *next_piece(struct zv_pool *pool)
{
	struct zv_piece *piece;

	(void)pthread_mutex_lock(&pool->lock);
	while (pool->first == NULL && !pool->stopping)
		(void)pthread_cond_wait(&pool->more, &pool->lock);
	piece = pool->first;
	if (piece != NULL) {
		pool->first = piece->next;
		if (pool->first == NULL)
			pool->last = NULL;
		pool->waiting--;
	}
	(void)pthread_mutex_unlock(&pool->lock);
	return piece;
}

static void *work(void *context)
{
	struct zv_pool *pool = context;
	struct zv_piece *piece;

	(void)pthread_setname_np(pthread_self(), pool->name);
	while ((piece = next_piece(pool)) != NULL)
		piece->run(piece);
	return NULL;
}

enum zv_code zv_pool_start(struct zv_pool **out, const char *name, int threads, int waiting, struct zv_err *err)
{
	struct zv_pool *pool = zv_calloc(1, sizeof(*pool) + (size_t)threads * sizeof(pool->threads[0]));

	(void)pthread_mutex_init(&pool->lock, NULL);
	(void)pthread_cond_init(&pool->more, NULL);
	pool->waiting_max = waiting;
	(void)snprintf(pool->name, sizeof(pool->name), "%s", name);
	for (; pool->n_threads < threads; pool->n_threads++) {
		int failed = pthread_create(&pool->threads[pool->n_threads], NULL, work, pool);

		if (failed != 0) {
			zv_pool_stop(pool);
			return zv_fail(err, ZV_E_LIMIT, "", N_("A thread could not be started: %s."), strerror(failed));
		}
	}
	*out = pool;
	return ZV_OK;
}

enum zv_code zv_pool_submit(struct zv_pool *pool, struct zv_piece *piece, struct zv_err *err)
{
	bool taken;

	(void)pthread_mutex_lock(&pool->lock);
	taken = !pool->stopping && pool->waiting < pool->waiting_max;
	if (taken) {
		piece->next = NULL;
		if (pool->last != NULL)
			pool->last->next = piece;
		else
			pool->first = piece;
		pool->last = piece;
		pool->waiting++;
		(void)pthread_cond_signal(&pool->more);
	}
	(void)pthread_mutex_unlock(&pool->lock);
	return taken ? ZV_OK : zv_fail(err, ZV_E_BUSY, "", N_("Too many are being served at the moment. Try again in a few seconds."));
}

void zv_pool_stop(struct zv_pool *pool)
{
	if (pool == NULL)
		return;
	(void)pthread_mutex_lock(&pool->lock);
	pool->stopping = true;
	(void)pthread_cond_broadcast(&pool->more);
	(void)pthread_mutex_unlock(&pool->lock);
	for (int i = 0; i < pool->n_threads; i++)
		(void)pthread_join(pool->threads[i], NULL);
	(void)pthread_cond_destroy(&pool->more);
	(void)pthread_mutex_destroy(&pool->lock);
	free(pool);
}
