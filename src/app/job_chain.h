/* The job that ranks all causes. Params: {who, days, from, to, rate, with, kind}; its result is what the API gives at once for fewer causes. */
#ifndef ZV_APP_JOB_CHAIN_H
#define ZV_APP_JOB_CHAIN_H

#include "app/chain_question.h"
#include "app/jobs.h"

extern const struct zv_job_kind zv_job_chain_rank;

/* Checks what is asked and submits; inside a write. `kind`: a word of zv_chain_cause_word; empty: all. ZV_E_INVALID. */
ZV_MUST_CHECK enum zv_code zv_job_chain_submit(struct zv_str *job, struct zv_jobs *jobs, struct zv_db *db, const struct zv_who *who,
					       const struct zv_chain_words *words, struct zv_str kind, struct zv_arena *arena, struct zv_err *err);

#endif
