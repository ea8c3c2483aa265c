/* The job "audit.verify": recomputes the whole audit trail; its result is {ok, rows, broken_n, reason, head}. */
#ifndef ZV_APP_JOB_AUDIT_H
#define ZV_APP_JOB_AUDIT_H

#include "app/jobs.h"

extern const struct zv_job_kind zv_job_audit_verify;

#endif
