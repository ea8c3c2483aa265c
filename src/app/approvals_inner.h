/* Inside four eyes: how each action is checked, done and told. */
#ifndef ZV_APP_APPROVALS_INNER_H
#define ZV_APP_APPROVALS_INNER_H

#include "app/approvals.h"
#include "format/json_value.h"

/* What is asked for, taken apart. */
struct zv_approval_case {
	struct zv_db *db;
	struct zv_str subject;
	struct zv_json_value params;
	struct zv_arena *arena;
};

struct zv_executor {
	enum zv_action action;
	const char *page; /* of the subject: "/needs/" */
	/* Can it be done, and whose operators are the second pair of eyes? `asker` may be NULL when it is only checked again. */
	enum zv_code (*check)(int64_t *centre_id, const struct zv_approval_case *c, const struct zv_who *asker, struct zv_err *err);
	enum zv_code (*run)(const struct zv_approval_case *c, const struct zv_who *decider, struct zv_err *err);
	enum zv_code (*title)(struct zv_str *out, const struct zv_approval_case *c, struct zv_err *err);
};

/* NULL when the action is none that takes a second person. */
const struct zv_executor *zv_executor_find(struct zv_str action);

#endif
