/*
 * Scouting rounds (feature N5): one need put to all regional centres until a date. Each answers exact, near or none, and may name makers;
 * who says nothing is silent, which is not "none".
 */
#ifndef ZV_APP_SCOUTING_H
#define ZV_APP_SCOUTING_H

#include "auth/rights.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

struct zv_db;

enum zv_scouting_answer { ZV_SCOUTING_SILENT = 0, ZV_SCOUTING_EXACT = 1, ZV_SCOUTING_NEAR = 2, ZV_SCOUTING_NONE = 3 };
enum zv_scouting_state { ZV_SCOUTING_OPEN = 1, ZV_SCOUTING_CLOSED = 2 };

/* "exact", "near", "none"; NULL for silence. */
const char *zv_scouting_answer_name(enum zv_scouting_answer answer);
bool zv_scouting_answer_parse(enum zv_scouting_answer *out, struct zv_str name);
const char *zv_scouting_state_name(enum zv_scouting_state state); /* "open", "closed" */

struct zv_scouting_maker {
	struct zv_str uid, name;
};

struct zv_scouting_centre {
	struct zv_str code, name; /* name in the language of the thread */
	enum zv_scouting_answer answer;
	struct zv_str note;
	struct zv_str answered_by;
	int64_t answered_ms; /* 0: silent */
	const struct zv_scouting_maker *makers;
	size_t n_makers;
};

struct zv_scouting {
	int64_t id;
	struct zv_str uid; /* "scouting_..." */
	struct zv_str need_uid, need; /* the need's title */
	struct zv_str centre, centre_name; /* of the office that started it */
	struct zv_str note, started_by;
	zv_date started_on, deadline;
	int64_t started_ms;
	enum zv_scouting_state state;
	int64_t n_centres, n_answered, n_silent;
	int64_t n_exact, n_near, n_none;
	int64_t n_makers;      /* different organisations that were named */
	int64_t median_minutes; /* from the start to an answer; -1: nobody has answered */
	const struct zv_scouting_centre *centres; /* only from zv_scouting_get; in the order of their codes */
};

/*
 * Puts a need to all centres; each gets a task, and the owner's list of disclosures says so. ZV_E_CONFLICT: a round for it is open
 * already, or the need is for its own centre only and must be widened first. ZV_E_INVALID: the deadline is not after today, or more than
 * 90 days away.
 */
ZV_MUST_CHECK enum zv_code zv_scouting_start(struct zv_str *uid, struct zv_db *db, const struct zv_who *who, struct zv_str need_uid,
					     zv_date deadline, struct zv_str note, struct zv_arena *arena, struct zv_err *err);

struct zv_scouting_reply {
	struct zv_str centre; /* code */
	enum zv_scouting_answer answer;
	const struct zv_str *makers; /* uids (or keys) of organisations; none with ZV_SCOUTING_NONE */
	size_t n_makers;
	struct zv_str note;
};

/* The answer of a centre; a second one replaces the first while the round is open. ZV_E_CONFLICT: it is closed. */
ZV_MUST_CHECK enum zv_code zv_scouting_reply(struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					     const struct zv_scouting_reply *reply, struct zv_arena *arena, struct zv_err *err);

/* ZV_E_NOTFOUND, also for who may not see it: operators, the need's owner and those who read everything may. */
ZV_MUST_CHECK enum zv_code zv_scouting_get(struct zv_scouting *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
					   struct zv_arena *arena, struct zv_err *err);

/* Those that `who` may see, newest first; of one need when `need_uid` is not empty. */
ZV_MUST_CHECK enum zv_code zv_scouting_list(struct zv_scouting **out, size_t *n, struct zv_db *db, const struct zv_who *who,
					    struct zv_str need_uid, int64_t offset, int limit, struct zv_arena *arena, struct zv_err *err);

/* Closes the rounds whose deadline is before `today`. Inside the caller's transaction. */
ZV_MUST_CHECK enum zv_code zv_scouting_expire(struct zv_db *db, zv_date today, struct zv_err *err);

#endif
