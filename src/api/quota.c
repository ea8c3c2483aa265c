/* Counters by account, forgotten at midnight UTC. */
#include "api/quota.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

static const int64_t DAY_MS = 86400000;

struct counter {
	int64_t taken[ZV_QUOTA_KINDS];
	bool told[ZV_QUOTA_KINDS];
};

struct zv_quota {
	pthread_mutex_t mutex;
	int64_t day;
	struct zv_map places; /* account -> index */
	ZV_VEC(struct counter) counters;
};

struct zv_quota *zv_quota_new(void)
{
	struct zv_quota *quota = zv_calloc(1, sizeof(*quota));

	pthread_mutex_init(&quota->mutex, NULL);
	zv_map_init(&quota->places);
	return quota;
}

void zv_quota_free(struct zv_quota *quota)
{
	if (quota == NULL)
		return;
	zv_map_done(&quota->places);
	zv_vec_done(&quota->counters);
	pthread_mutex_destroy(&quota->mutex);
	free(quota);
}

/* With the mutex. */
static struct counter *counter_of(struct zv_quota *quota, int64_t account_id, int64_t now_ms)
{
	int64_t at;

	if (quota->day != now_ms / DAY_MS) {
		quota->day = now_ms / DAY_MS;
		zv_map_done(&quota->places);
		zv_map_init(&quota->places);
		quota->counters.n = 0;
	}
	if (!zv_map_get_int(&at, &quota->places, account_id)) {
		at = (int64_t)quota->counters.n;
		zv_vec_push(&quota->counters, (struct counter){0});
		zv_map_put_int(&quota->places, account_id, at);
	}
	return &quota->counters.p[at];
}

int64_t zv_quota_take(struct zv_quota *quota, int64_t account_id, enum zv_quota_kind kind, int64_t n, int64_t now_ms)
{
	int64_t taken;

	pthread_mutex_lock(&quota->mutex);
	taken = counter_of(quota, account_id, now_ms)->taken[kind] += n;
	pthread_mutex_unlock(&quota->mutex);
	return taken;
}

bool zv_quota_first(struct zv_quota *quota, int64_t account_id, enum zv_quota_kind kind, int64_t now_ms)
{
	struct counter *counter;
	bool first;

	pthread_mutex_lock(&quota->mutex);
	counter = counter_of(quota, account_id, now_ms);
	first = !counter->told[kind];
	counter->told[kind] = true;
	pthread_mutex_unlock(&quota->mutex);
	return first;
}

int zv_quota_wait_s(int64_t now_ms)
{
	return (int)((DAY_MS - now_ms % DAY_MS) / 1000) + 1;
}
