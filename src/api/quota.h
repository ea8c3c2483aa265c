/* Inside api/: how many rows and exports an account may take out in a day (security.md T4). In memory: a restart begins the day anew. */
#ifndef ZV_API_QUOTA_H
#define ZV_API_QUOTA_H

#include "base/base.h"

struct zv_quota;

enum zv_quota_kind { ZV_QUOTA_ROWS, ZV_QUOTA_EXPORTS, ZV_QUOTA_KINDS };

struct zv_quota *zv_quota_new(void);
void zv_quota_free(struct zv_quota *quota);

/* What an account has taken on this day (UTC) after `n` more. Any thread. */
int64_t zv_quota_take(struct zv_quota *quota, int64_t account_id, enum zv_quota_kind kind, int64_t n, int64_t now_ms);

/* True once a day for each account and kind: the limit was met for the first time. */
bool zv_quota_first(struct zv_quota *quota, int64_t account_id, enum zv_quota_kind kind, int64_t now_ms);

/* Seconds until the next day begins. */
int zv_quota_wait_s(int64_t now_ms);

#endif
