/* Inside api/: one call of one operation, and what its file writes. */
#ifndef ZV_API_CALL_H
#define ZV_API_CALL_H

#include "api/cache.h"
#include "app/listing.h"
#include "app/view_record.h"
#include "auth/auth.h"
#include "auth/rights.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "format/json_value.h"
#include "format/json_write.h"
#include "model/price.h"
#include "model/unit.h"
#include "net/server.h"

enum { ZV_API_ARGS_MAX = 2 };

struct zv_api;
struct zv_api_options;

/* One thing more that a failure names. */
struct zv_api_fault {
	struct zv_str pointer; /* "documents/charter" */
	const char *code;      /* a stable word */
	struct zv_str detail;
};

struct zv_api_call {
	const struct zv_request *request;
	struct zv_answer *answer;
	struct zv_api *api;
	const struct zv_api_options *with; /* the writer, the jobs, the folder of files ... (api.h) */
	const struct zv_who *who;
	const struct zv_identity *identity; /* the same person and the session by which she came */
	const struct zv_json_value *body; /* of a request with a JSON body; NULL when it has none */
	struct zv_db *db;                 /* for reading; of an operation that writes: the writer's, inside a savepoint */
	const char *version;
	struct zv_cache *cache;
	struct zv_arena *arena;
	struct zv_str args[ZV_API_ARGS_MAX]; /* what stands for {} in the path */
	struct zv_out out;
	struct zv_json json; /* into `out` */
	int problem_status;       /* of a failure whose code alone does not say it: 401, 412, 429 */
	const char *problem_code; /* the stable word of a failure, "login.wrong"; NULL: that of its code */
	int problem_retry;        /* Retry-After of a failure, in seconds */
	const struct zv_api_fault *problem_faults; /* of a failure that names several things; in the arena */
	size_t n_problem_faults;
	void *own;           /* the operation's, between its parts */
	int64_t rows;        /* that are in the answer (ZV_API_ROWS) */
	int64_t source_id;   /* the batch that `source` is of: most values of a row come from one */
	struct zv_view_source source;
};

/*
 * Writes the answer's JSON, or fails: the caller makes a problem out of it (err->field becomes the JSON pointer). Whether the person may use the
 * operation at all is asked before; which objects, each operation asks itself (zv_rights_need, app/sight.h).
 */
typedef enum zv_code (*zv_api_run)(struct zv_api_call *call, struct zv_err *err);

enum zv_api_flag {
	ZV_API_WRITE = 1,     /* runs on the writer, in a savepoint; with Idempotency-Key its answer is kept */
	ZV_API_CACHED = 2,    /* worth keeping while nothing is written; the same for everybody who has the same grants */
	ZV_API_MATCH = 4,     /* changes something that has an ETag: If-Match must be there (428); zv_api_if_match compares (412) */
	ZV_API_UPLOAD = 8,    /* the body is a file: request->body_fd */
	ZV_API_ANY_BODY = 16, /* the operation reads the body itself */
	ZV_API_LATER = 32,    /* hands itself to others (a pool, a provider) and ends with zv_api_complete; `db` only until it returns */
	ZV_API_SECRET = 64,   /* the answer holds a secret that is shown once: never kept, so that Idempotency-Key is refused */
	ZV_API_SHARED = 128,  /* the answer is the same for everybody: other answers under /api/v1 are private */
	ZV_API_ROWS = 256,    /* gives rows of registers out: call->rows counts towards the day's limit of the account (429) */
	ZV_API_EXPORT = 512,  /* gives a whole register out: one of the day's exports, beside its rows */
	ZV_API_REGISTER = 1024, /* a method of a register: it has the other methods of any register as well */
	ZV_API_ANY = 2048     /* the register is named in the path: the action that reads it will do as well */
};

/*
 * Of an operation with ZV_API_LATER, once and in any thread unless its run() has failed: sends the answer that is in the call, or a problem. The call is
 * gone afterwards.
 */
void zv_api_complete(struct zv_api_call *call, enum zv_code code, const struct zv_err *err);

/* Between run() and zv_api_complete: runs `part` with a handle for reading. */
ZV_MUST_CHECK enum zv_code zv_api_read(struct zv_api_call *call, zv_api_run part, struct zv_err *err);

/* A row of the table in api.c. An operation without an action does not compile. */
struct zv_api_operation {
	enum zv_method method;
	const char *path;      /* "{}" stands for one segment */
	const char *id;        /* operationId of docs/api/openapi.json */
	enum zv_action action;
	unsigned flags;
	zv_api_run run;
};

/* The prototypes of all operations are in api/operations.h. */
/* --- parameters ---------------------------------------------------------------------------------------------------------- */

/* The register that the path names: its first segment after /api/v1/. ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_api_register(const struct zv_register **out, const struct zv_api_call *call, struct zv_err *err);

/* ZV_E_INVALID when the request has a parameter that is none of `names` (NULL-ended). */
ZV_MUST_CHECK enum zv_code zv_api_only(const struct zv_api_call *call, const char *const *names, struct zv_err *err);

/* limit=1..200; `otherwise` when it is not given. */
ZV_MUST_CHECK enum zv_code zv_api_limit(int *out, const struct zv_api_call *call, int otherwise, struct zv_err *err);

/* The number inside cursor=; 0 when it is not given. Cursors are opaque: only what zv_api_cursor_text wrote is taken. */
ZV_MUST_CHECK enum zv_code zv_api_cursor(int64_t *out, const struct zv_api_call *call, struct zv_err *err);
struct zv_str zv_api_cursor_text(int64_t at, struct zv_arena *arena);

/* The address of the next page, as a Link field (RFC 8288). */
void zv_api_link_next(struct zv_api_call *call, struct zv_str cursor);

/* {"items": [ ... ], "next": cursor or null, "total": number or null}: what lists are. An empty `next` is null, a `total` below 0 too. */
void zv_api_begin_items(struct zv_api_call *call);
void zv_api_end_items(struct zv_api_call *call, struct zv_str next, int64_t total);

/* How many rows a register has; counted once while nothing changes, as counting a million takes longer than showing fifty. */
ZV_MUST_CHECK enum zv_code zv_api_count(int64_t *out, struct zv_api_call *call, const struct zv_register *reg, struct zv_err *err);

/* --- bodies and preconditions ---------------------------------------------------------------------------------------------- */

/* A member of the body as text (a string, or a number as written). Empty when it is absent or null and not `required`. At most `max` characters. */
ZV_MUST_CHECK enum zv_code zv_api_text(struct zv_str *out, const struct zv_api_call *call, const char *name, bool required, size_t max, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_api_date(zv_date *out, const struct zv_api_call *call, const char *name, bool required, struct zv_err *err);

/* A member that is given; false when it is absent. In a merge patch null means "take the value away". */
bool zv_api_has(const struct zv_api_call *call, const char *name);

/* A member that is an array or absent (NULL, *n 0). */
ZV_MUST_CHECK enum zv_code zv_api_list(const struct zv_json_value **items, size_t *n, const struct zv_api_call *call, const char *name, size_t max,
				       struct zv_err *err);

/* ZV_E_INVALID when the body has a member that is none of `names` (NULL-ended): a misspelt field is never ignored. */
ZV_MUST_CHECK enum zv_code zv_api_body_only(const struct zv_api_call *call, const char *const *names, struct zv_err *err);

/*
 * Sets the answer's ETag from a version text (letters, digits, "-", "."), and compares If-Match with it: 412 as ZV_E_CONFLICT with field "If-Match".
 * The person's own view is not part of the version: whoever may change a thing sees all of it.
 */
void zv_api_etag(struct zv_api_call *call, struct zv_str version);
ZV_MUST_CHECK enum zv_code zv_api_if_match(const struct zv_api_call *call, struct zv_str version, struct zv_err *err);

/* 201 with Location and 202 with Location of the job; `path` is "/api/v1/needs/". A 204 has no body. */
void zv_api_created(struct zv_api_call *call, const char *path, struct zv_str uid);
void zv_api_accepted(struct zv_api_call *call, const char *path, struct zv_str uid);
void zv_api_nothing(struct zv_api_call *call);

/* --- values -------------------------------------------------------------------------------------------------------------- */

/* {"ru": ..., "en": ...} of a message. */
void zv_api_both(struct zv_api_call *call, const char *key, const char *msgid);

void zv_api_key_date(struct zv_api_call *call, const char *key, zv_date date); /* null when there is none */
void zv_api_key_instant(struct zv_api_call *call, const char *key, int64_t ms); /* null for 0 */
void zv_api_key_str_or_null(struct zv_api_call *call, const char *key, struct zv_str s); /* null for the empty text */
void zv_api_key_qty(struct zv_api_call *call, const char *key, int64_t base, enum zv_dim dim);
void zv_api_key_price(struct zv_api_call *call, const char *key, struct zv_price price, enum zv_dim dim); /* null when not stated */
void zv_api_key_amount(struct zv_api_call *call, const char *key, int64_t kop); /* "1000000.00" */
struct zv_str zv_api_region_name(struct zv_str iso); /* in the language of the request; the code where there is none */
void zv_api_key_region(struct zv_api_call *call, struct zv_str iso); /* "region": its code, and its name in the request's language */
void zv_api_key_named(struct zv_api_call *call, const char *key, const char *reg, struct zv_str uid, struct zv_str name);

/* {"value", "text", "ref"} of one value, inside an object that is open. */
ZV_MUST_CHECK enum zv_code zv_api_cell(struct zv_api_call *call, struct zv_listing *listing, const struct zv_record *record, int column,
				       const struct zv_value *value, struct zv_err *err);

#endif
