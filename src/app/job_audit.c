/* The job that recomputes the whole audit trail. */
#include "app/job_audit.h"

#include "store/audit.h"

static enum zv_code run(struct zv_job_run *job, struct zv_json *result, struct zv_err *err)
{
	struct zv_audit_verdict verdict;
	enum zv_code code = zv_audit_verify(&verdict, zv_job_db(job), NULL, zv_job_arena(job), err);

	if (code != ZV_OK)
		return code;
	zv_json_object(result);
	zv_json_key_bool(result, "ok", verdict.ok);
	zv_json_key_int(result, "rows", verdict.rows);
	zv_json_key_int(result, "broken_n", verdict.broken_n);
	zv_json_key_str(result, "reason", verdict.reason);
	zv_json_key_c(result, "head", verdict.head);
	zv_json_end_object(result);
	return ZV_OK;
}

const struct zv_job_kind zv_job_audit_verify = {"audit.verify", run};
