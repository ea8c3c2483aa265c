/* Confirming a need, and computing all lots anew. */
#include "api/api.h"
#include "api/operations.h"
#include "app/confirm.h"
#include "app/jobs.h"
#include "app/who_json.h"
#include "base/tr.h"

enum zv_code zv_api_confirm(struct zv_api_call *call, struct zv_err *err)
{
	enum zv_code code = zv_need_confirm(call->db, call->who, call->args[0], call->arena, err);

	if (code == ZV_OK)
		zv_api_nothing(call);
	return code;
}

/* Who asks goes along: the run is his. */
static struct zv_str params_of(const struct zv_api_call *call)
{
	struct zv_json json;
	struct zv_str text;
	struct zv_out out;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key(&json, "who");
	zv_who_write_json(&json, call->who);
	zv_json_end_object(&json);
	text = zv_str_dup(call->arena, zv_out_text(&out));
	zv_out_done(&out);
	return text;
}

enum zv_code zv_api_lots_run(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_job_new job = {.kind = "lots.run", .params = params_of(call), .lang = zv_tr_lang(), .account_id = call->who->account_id};
	struct zv_str uid;
	enum zv_code code = zv_job_submit(&uid, call->with->jobs, call->db, &job, call->arena, err);

	if (code != ZV_OK)
		return code;
	zv_api_accepted(call, "/api/v1/jobs/", uid);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "job", uid);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
