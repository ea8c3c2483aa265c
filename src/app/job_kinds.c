/* Every kind of slow work that the program does. */
#include "app/check_all.h"
#include "app/imports.h"
#include "app/job_audit.h"
#include "app/job_chain.h"
#include "app/job_lots.h"
#include "app/job_plan.h"
#include "app/jobs.h"
#include "app/measure_rerun.h"

const struct zv_job_kind *const *zv_job_kinds(void)
{
	static const struct zv_job_kind *const kinds[] = {&zv_job_import_check, &zv_job_import_apply, &zv_job_audit_verify, &zv_job_lots_run, &zv_job_plan_run, &zv_job_chain_rank, &zv_job_measures_rerun, &zv_job_clusters_check_all, NULL};

	return kinds;
}
