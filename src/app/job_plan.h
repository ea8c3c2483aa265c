/* The job that makes a national plan. params: {"who", "title", "strict": bool, "from", "effort", "keep": bool}; all but `who` may be absent. */
#ifndef ZV_APP_JOB_PLAN_H
#define ZV_APP_JOB_PLAN_H

#include "app/jobs.h"

/* A cancelled one stores nothing, unless "keep" is true: then the best checked plan so far is kept, marked as stopped. Result: {"plan": {"uid"}}. */
extern const struct zv_job_kind zv_job_plan_run;

#endif
