/* The day's limits of an account, and the row in the audit trail that says that one was met. */
#include <stdlib.h>

#include "api/inside.h"
#include "app/audit_view.h"
#include "app/writer.h"
#include "base/log.h"
#include "base/mem.h"

/* Stands alone: the request that met the limit is answered before it is written. */
struct alarm {
	struct zv_write write;
	struct zv_who who;
	enum zv_quota_kind kind;
	struct zv_arena arena;
};

static enum zv_code write_alarm(struct zv_write *write, struct zv_db *db, struct zv_err *err)
{
	struct alarm *alarm = (struct alarm *)write;

	return zv_audit_tell(db, &alarm->who, alarm->kind == ZV_QUOTA_ROWS ? "limit.rows" : "limit.exports", alarm->who.account_uid, ZV_STR(""), err);
}

static void alarm_done(struct zv_write *write, enum zv_code code, const struct zv_err *err)
{
	struct alarm *alarm = (struct alarm *)write;

	if (code != ZV_OK)
		zv_log_error("limit", "no audit row: %s", err->text);
	zv_arena_done(&alarm->arena);
	free(alarm);
}

static void raise_alarm(const struct zv_api_call *call, enum zv_quota_kind kind)
{
	struct alarm *alarm = zv_calloc(1, sizeof(*alarm));
	struct zv_who *who = &alarm->who;

	alarm->write = (struct zv_write){.run = write_alarm, .done = alarm_done};
	alarm->kind = kind;
	zv_arena_init(&alarm->arena);
	*who = *call->who;
	who->account_uid = zv_str_dup(&alarm->arena, who->account_uid);
	who->actor = zv_str_dup(&alarm->arena, who->actor);
	who->address = zv_str_dup(&alarm->arena, who->address);
	zv_log_info("limit", "%.*s has met a limit of the day", ZV_STR_FMT(who->actor));
	if (call->with->writer == NULL || !zv_writer_submit(call->with->writer, &alarm->write)) {
		zv_arena_done(&alarm->arena);
		free(alarm);
	}
}

static enum zv_code refuse(struct zv_api_call *call, enum zv_quota_kind kind, int64_t limit, struct zv_err *err)
{
	int64_t now = zv_now_ms();

	if (zv_quota_first(call->api->quota, call->who->account_id, kind, now))
		raise_alarm(call, kind);
	call->problem_status = 429;
	call->problem_code = kind == ZV_QUOTA_ROWS ? "limit.rows" : "limit.exports";
	call->problem_retry = zv_quota_wait_s(now);
	return kind == ZV_QUOTA_ROWS ? zv_fail(err, ZV_E_LIMIT, "", N_("This account has read the %lld rows of a day; more tomorrow."), (long long)limit)
				     : zv_fail(err, ZV_E_LIMIT, "", N_("This account has made the %lld exports of a day; more tomorrow."), (long long)limit);
}

enum zv_code zv_limits_check(struct zv_api_call *call, const struct zv_api_operation *operation, struct zv_err *err)
{
	struct zv_quota *quota = call->api->quota;
	const struct zv_api_options *with = call->with;
	int64_t account = call->who->account_id, now = zv_now_ms();

	if ((operation->flags & ZV_API_ROWS) == 0 || account == 0)
		return ZV_OK;
	if (with->rows_a_day > 0 && zv_quota_take(quota, account, ZV_QUOTA_ROWS, 0, now) >= with->rows_a_day)
		return refuse(call, ZV_QUOTA_ROWS, with->rows_a_day, err);
	if ((operation->flags & ZV_API_EXPORT) != 0 && with->exports_a_day > 0 &&
	    zv_quota_take(quota, account, ZV_QUOTA_EXPORTS, 1, now) > with->exports_a_day)
		return refuse(call, ZV_QUOTA_EXPORTS, with->exports_a_day, err);
	return ZV_OK;
}

void zv_limits_count(struct zv_api_call *call, const struct zv_api_operation *operation)
{
	if ((operation->flags & ZV_API_ROWS) != 0 && call->who->account_id != 0 && call->rows > 0)
		(void)zv_quota_take(call->api->quota, call->who->account_id, ZV_QUOTA_ROWS, call->rows, zv_now_ms());
}
