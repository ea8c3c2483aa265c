/* The table `task`: what waits for a person, the people of an organisation or the operators of a centre. */
#ifndef ZV_STORE_TASK_H
#define ZV_STORE_TASK_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

enum { ZV_TASK_ROW_OPEN = 1, ZV_TASK_ROW_DONE = 2, ZV_TASK_ROW_DECLINED = 3, ZV_TASK_ROW_WITHDRAWN = 4 };

struct zv_task_row {
	int64_t id;
	struct zv_str uid;
	struct zv_str kind;
	int64_t account_id, org_id; /* 0: none */
	int64_t centre_id;          /* -1: none */
	struct zv_str subject;
	struct zv_str params; /* JSON */
	zv_date due;          /* ZV_DATE_NONE: none */
	int state;
	struct zv_str made_by;
	int64_t made_ms; /* 0: now */
	struct zv_str ended_by;
	int64_t ended_ms; /* 0: not yet */
};

/* Inserts, open; fills id and uid. Inside the caller's transaction, as all that write. */
ZV_MUST_CHECK enum zv_code zv_task_insert(struct zv_db *db, struct zv_task_row *task, struct zv_arena *arena, struct zv_err *err);

/* Ends one. */
ZV_MUST_CHECK enum zv_code zv_task_end(struct zv_db *db, int64_t id, int state, struct zv_str by, struct zv_err *err);

/* Ends all open ones of a kind about a subject; of one centre when centre_id is not -1. */
ZV_MUST_CHECK enum zv_code zv_task_end_about(struct zv_db *db, const char *kind, struct zv_str subject, int64_t centre_id, int state,
					     struct zv_str by, struct zv_err *err);

/* Sets the date of one. */
ZV_MUST_CHECK enum zv_code zv_task_move(struct zv_db *db, int64_t id, zv_date due, struct zv_err *err);

enum { ZV_TASK_OWNERS_MAX = 8 };

/* Whose tasks. Nobody's when all is empty. */
struct zv_task_owner {
	int64_t account_id;
	int64_t orgs[ZV_TASK_OWNERS_MAX]; /* 0: none */
	int64_t centres[ZV_TASK_OWNERS_MAX];
	int n_orgs, n_centres;
	bool all_centres;
	bool everything; /* all tasks there are */
};

struct zv_task_query {
	int state;          /* 0: any */
	struct zv_str kind; /* empty: any */
	int64_t offset;
	int64_t limit;
};

/* By due date, those without one last. What somebody asked for himself to be approved is not for him. */
ZV_MUST_CHECK enum zv_code zv_task_page(struct zv_task_row **out, size_t *n, struct zv_db *db, const struct zv_task_owner *owner,
					const struct zv_task_query *query, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_task_count(int64_t *out, struct zv_db *db, const struct zv_task_owner *owner, int state, struct zv_str kind,
					 struct zv_err *err);

/* ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_task_by_uid(struct zv_task_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
					  struct zv_err *err);
bool zv_task_is_of(const struct zv_task_row *task, const struct zv_task_owner *owner);

#endif
