/* The private address of the own calendar, and the calendar behind it. */
#include "api/operations.h"
#include "app/calendar.h"

static const char *const NOTHING[] = {NULL};

enum zv_code zv_api_own_calendar(struct zv_api_call *call, struct zv_err *err)
{
	int64_t made_ms = 0;
	enum zv_code code = zv_api_only(call, NOTHING, err);

	if (code == ZV_OK)
		code = zv_calendar_state(&made_ms, call->db, call->who, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_api_key_instant(call, "made_at", made_ms);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_calendar_make(struct zv_api_call *call, struct zv_err *err)
{
	char secret[ZV_SECRET_TEXT];
	struct zv_str href;
	int64_t made_ms = 0;
	enum zv_code code = call->body == NULL ? ZV_OK : zv_api_body_only(call, NOTHING, err);

	if (code == ZV_OK)
		code = zv_calendar_open(secret, &made_ms, call->db, call->who, err);
	if (code != ZV_OK)
		return code;
	href = zv_arena_strf(call->arena, "/api/v1/calendar/%s.ics", secret);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "href", href);
	zv_api_key_instant(call, "made_at", made_ms);
	zv_json_end_object(&call->json);
	call->answer->status = 201; /* without Location: the address is a secret, and fields of answers are kept in more places than bodies */
	zv_secret_forget(secret, sizeof(secret));
	return ZV_OK;
}

enum zv_code zv_api_calendar_end(struct zv_api_call *call, struct zv_err *err)
{
	zv_api_nothing(call);
	return zv_calendar_end(call->db, call->who, err);
}

/* Whoever knows the address is its owner: neither the session nor the language of the request counts. */
enum zv_code zv_api_calendar_feed(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_answer *answer = call->answer;
	enum zv_code code = zv_api_only(call, NOTHING, err);

	if (code == ZV_OK)
		code = zv_calendar_feed(answer->body, call->db, call->args[0], call->arena, err);
	if (code != ZV_OK)
		return code;
	answer->type = "text/calendar; charset=utf-8";
	answer->cache = "private, no-store";
	return ZV_OK;
}
