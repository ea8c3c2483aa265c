/* Failures as problems (RFC 9457), with the place in the request that is at fault. */
#include <string.h>

#include "api/inside.h"
#include "base/log.h"

static int status_of(const struct zv_api_call *call, enum zv_code code, const struct zv_err *err)
{
	if (call->problem_status != 0)
		return call->problem_status;
	if (strcmp(err->field, "If-Match") == 0)
		return code == ZV_E_CONFLICT ? 412 : 428;
	/* Signing in might help somebody who is not known. */
	if (code == ZV_E_DENIED && call->who != NULL && call->who->account_id == 0)
		return 401;
	return zv_code_http(code);
}

/* "roles/0/org" of a member of the body, "limit" of a parameter. */
static struct zv_str pointer_of(const struct zv_api_call *call, const struct zv_err *err)
{
	return err->field[0] != '\0' ? zv_arena_strf(call->arena, "/%s", err->field) : ZV_STR("");
}

/* What the database says of its own insides is for the log: the names of tables and rules are nobody's business. True when it was replaced. */
static bool hide_insides(struct zv_err *out, enum zv_code code, const struct zv_err *err)
{
	if (strcmp(err->field, "db") != 0)
		return false;
	if (code == ZV_E_CONFLICT)
		(void)zv_fail(out, code, "", N_("This contradicts what is stored already: somebody may have been faster, or the key is taken. Read it again."));
	else if (code == ZV_E_IO || code == ZV_E_BUG || code == ZV_E_DENIED)
		(void)zv_fail(out, code, "", N_("The database has failed; what happened is in the log of the server."));
	else
		return false;
	return true;
}

/* The path for the log; what follows the address of calendars is a secret. */
static struct zv_str loggable(struct zv_str path)
{
	static const struct zv_str calendars = ZV_STR_INIT("/api/v1/calendar/");

	return zv_str_starts(path, calendars) ? calendars : path;
}

static void add_faults(struct zv_api_call *call)
{
	for (size_t i = 0; i < call->n_problem_faults; i++) {
		const struct zv_api_fault *fault = &call->problem_faults[i];

		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "pointer", zv_arena_strf(call->arena, "/%.*s", ZV_STR_FMT(fault->pointer)));
		zv_json_key_c(&call->json, "code", fault->code);
		zv_json_key_str(&call->json, "detail", fault->detail);
		zv_json_end_object(&call->json);
	}
}

void zv_problem_answer(struct zv_api_call *call, enum zv_code code, const struct zv_err *err)
{
	struct zv_answer *answer = call->answer;
	int status = status_of(call, code, err);
	const char *word = call->problem_code != NULL ? call->problem_code : zv_code_name(code);
	struct zv_err own;
	bool hidden = hide_insides(&own, code, err);

	if (status >= 500 || hidden)
		zv_log_error("api", "%.*s: %s", ZV_STR_FMT(loggable(call->request->target.path)), err->text);
	if (hidden)
		err = &own;
	zv_answer_problem(answer, status, err->text);
	answer->etag[0] = answer->link[0] = answer->location[0] = '\0';
	answer->disposition[0] = '\0';
	answer->cache = "no-store";
	answer->vary = "Accept-Language";
	if (status == 503 || status == 429)
		answer->retry_after = call->problem_retry > 0 ? call->problem_retry : 1;
	zv_api_begin(call);
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "type", "about:blank");
	zv_json_key_c(&call->json, "title", zv_status_phrase(status));
	zv_json_key_int(&call->json, "status", status);
	zv_json_key_c(&call->json, "detail", err->text);
	zv_json_key(&call->json, "errors");
	zv_json_array(&call->json);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "pointer", pointer_of(call, err));
	zv_json_key_c(&call->json, "code", word);
	zv_json_key_c(&call->json, "detail", err->text);
	zv_json_end_object(&call->json);
	add_faults(call);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	zv_buf_reset(answer->body);
	zv_buf_add_str(answer->body, zv_out_text(&call->out));
	zv_buf_add_char(answer->body, '\n');
}
