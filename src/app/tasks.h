/*
 * What waits for somebody (feature U1): rows made by events and by rules over the registers, and tasks that people set themselves.
 * A task belongs to a person, to the people of an organisation or to the operators of a centre.
 */
#ifndef ZV_APP_TASKS_H
#define ZV_APP_TASKS_H

#include "auth/rights.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

struct zv_db;

enum zv_task_state { ZV_TASK_ANY = 0, ZV_TASK_OPEN = 1, ZV_TASK_DONE = 2, ZV_TASK_DECLINED = 3, ZV_TASK_WITHDRAWN = 4 };

/* "open", "done", "declined", "withdrawn": stable words. */
const char *zv_task_state_name(enum zv_task_state state);
bool zv_task_state_parse(enum zv_task_state *out, struct zv_str name);

struct zv_task {
	int64_t id;
	struct zv_str uid;    /* "task_..." */
	struct zv_str kind;   /* "scouting.answer", "need.confirm" ...; "own" */
	struct zv_str title;  /* a whole sentence in the language of the thread */
	zv_date due;          /* ZV_DATE_NONE: none */
	bool overdue;         /* open, and due before the day on which everything is seen */
	struct zv_str href;   /* the page where it is done; "" for own ones */
	struct zv_str action; /* label of what is to be done there, in the language of the thread; "" for none */
	struct zv_str subject; /* uid of what it is about, or "" */
	enum zv_task_state state;
	int64_t made_ms, ended_ms; /* ended_ms 0: not yet */
};

struct zv_tasks_query {
	enum zv_task_state state; /* ZV_TASK_ANY: all */
	struct zv_str kind;       /* empty: all */
	int64_t after;            /* place to go on from: `next` of the page before */
	int limit;                /* 1..200 */
};

struct zv_tasks_page {
	struct zv_task *tasks; /* by due date, those without one last */
	size_t n;
	int64_t next; /* 0: this is the end */
};

/* The tasks of this person, of his organisations and of his centres. Everything lives in `arena`. */
ZV_MUST_CHECK enum zv_code zv_tasks_list(struct zv_tasks_page *out, struct zv_db *db, const struct zv_who *who,
					 const struct zv_tasks_query *query, struct zv_arena *arena, struct zv_err *err);

/* One of them. ZV_E_NOTFOUND, also for those of others. */
ZV_MUST_CHECK enum zv_code zv_tasks_get(struct zv_task *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					struct zv_arena *arena, struct zv_err *err);

/* A task for oneself. Its own transaction, as all below. */
ZV_MUST_CHECK enum zv_code zv_tasks_add(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str title, zv_date due,
					struct zv_arena *arena, struct zv_err *err);

/* Done or declined. ZV_E_CONFLICT: it is closed already, or it closes only by doing what it asks for (the sentence says where). */
ZV_MUST_CHECK enum zv_code zv_tasks_end(struct zv_db *db, const struct zv_who *who, struct zv_str uid, enum zv_task_state state,
					struct zv_arena *arena, struct zv_err *err);

/*
 * Brings the tasks that follow from rules up to date: needs in lots to be confirmed, lots to be answered, statements that grow old,
 * probable duplicates, rounds whose deadline has passed. Cost: the rows that the rules speak of, not the registers; at most 2,000 tasks of a rule at
 * a time: zv_tasks_stale tells whether there are more. Writes nothing when nothing has changed. The writer runs it after changes and once a day.
 */
ZV_MUST_CHECK enum zv_code zv_tasks_refresh(struct zv_db *db, struct zv_err *err);

/* Has something changed, or a day begun, since the last refresh? Cheap; on a handle for reading. */
ZV_MUST_CHECK enum zv_code zv_tasks_stale(bool *out, struct zv_db *db, struct zv_err *err);

#endif
