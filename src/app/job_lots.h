/* The job that computes all lots anew. */
#ifndef ZV_APP_JOB_LOTS_H
#define ZV_APP_JOB_LOTS_H

#include "app/jobs.h"

extern const struct zv_job_kind zv_job_lots_run;

#endif
