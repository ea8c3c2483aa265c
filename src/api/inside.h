/* Inside api/: what the dispatcher's files share. */
#ifndef ZV_API_INSIDE_H
#define ZV_API_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "api/api.h"
#include "api/call.h"
#include "api/quota.h"

enum { ZV_API_SEGMENTS_MAX = 8, ZV_API_SPARE_MAX = 4 };

struct zv_site;

struct zv_api {
	struct zv_api_options with;   /* texts from the start; the rest once `open` */
	atomic_bool open;
	struct zv_site *site;
	struct zv_cache *cache;
	struct zv_quota *quota;
	struct zv_route *routes;      /* one a row of zv_api_operations */
	atomic_uint_fast64_t written; /* operations that wrote: what was cached before is old */
	atomic_bool publishing;       /* the writer is publishing the demand (demand.c) */
	atomic_int_fast64_t publish_after_us; /* on the monotonic clock */
	atomic_int deferred;          /* requests that wait for an answer from elsewhere */
	pthread_mutex_t mutex;        /* over the spare handles */
	struct zv_db *spare[ZV_API_SPARE_MAX]; /* for reading, used by operations that go their own way */
	int n_spare;
};

/* A thread's own handle. After a failure of the database it is closed, and opened again when the next request comes. */
struct zv_api_thread {
	struct zv_db *db;
	int64_t tried_us;
};

/* The table of operations (api.c). */
extern const struct zv_api_operation zv_api_operations[];
extern const size_t zv_api_n_operations;

/* --- route.c ----------------------------------------------------------------------------------------------------------------- */

struct zv_route *zv_routes_new(void);

/*
 * The operation of a method and path, and what stands for {}. NULL: there is none; *allow is then the methods that the path has ("GET,
 * HEAD"), in the arena, or NULL when nobody knows it.
 */
const struct zv_api_operation *zv_route_find(struct zv_str args[ZV_API_ARGS_MAX], const char **allow, const struct zv_route *routes,
					     enum zv_method method, struct zv_str path, struct zv_arena *arena);

/* --- gate.c ------------------------------------------------------------------------------------------------------------------ */

/*
 * Who asks, whether the request may come from where it comes from, and whether this person may use the operation at all. On failure
 * call->problem_status is set where the code does not say it.
 */
ZV_MUST_CHECK enum zv_code zv_gate_pass(struct zv_api_call *call, struct zv_identity *identity, const struct zv_api_operation *operation,
					struct zv_err *err);

/* Content-Type of a body, and its JSON into call->body. */
ZV_MUST_CHECK enum zv_code zv_gate_body(struct zv_api_call *call, const struct zv_api_operation *operation, struct zv_err *err);

/* --- limits.c ---------------------------------------------------------------------------------------------------------------- */

/* 429 when the account has had its rows or exports of the day; counts an export. And what is told when an answer is made. */
ZV_MUST_CHECK enum zv_code zv_limits_check(struct zv_api_call *call, const struct zv_api_operation *operation, struct zv_err *err);
void zv_limits_count(struct zv_api_call *call, const struct zv_api_operation *operation);

/* --- problem.c --------------------------------------------------------------------------------------------------------------- */

/* Makes a problem (RFC 9457) out of a failure. */
void zv_problem_answer(struct zv_api_call *call, enum zv_code code, const struct zv_err *err);

/* --- dispatch.c -------------------------------------------------------------------------------------------------------------- */

struct zv_str zv_api_field(const struct zv_api_call *call, const char *name);
bool zv_api_is_unsafe(enum zv_method method);

/* Gets the call's answer ready to be written to, or anew. */
void zv_api_begin(struct zv_api_call *call);

/* The body of a success; `Prefer: return=minimal` leaves it out where the operation changed something. */
void zv_api_finish(struct zv_api_call *call, const struct zv_api_operation *operation);

/* --- demand.c ---------------------------------------------------------------------------------------------------------------- */

/* Has the writer bring the published demand up to date; at most a twentieth of its time. Any thread. */
void zv_api_publish_demand(struct zv_api *api);

/* --- deferred.c -------------------------------------------------------------------------------------------------------------- */

/* Hands the call on. The answer comes later; the caller returns at once. */
void zv_api_defer(struct zv_api_call *call, const struct zv_api_operation *operation);

/* A handle for reading outside the threads of the server; given back when it is still good, closed otherwise. Any thread. */
ZV_MUST_CHECK enum zv_code zv_api_spare_take(struct zv_db **out, struct zv_api *api, struct zv_err *err);
void zv_api_spare_give(struct zv_api *api, struct zv_db *db);

#endif
