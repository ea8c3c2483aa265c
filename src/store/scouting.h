/* The tables of scouting rounds. */
#ifndef ZV_STORE_SCOUTING_H
#define ZV_STORE_SCOUTING_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

struct zv_scouting_row {
	int64_t id;
	struct zv_str uid;
	int64_t need_id, centre_id;
	int64_t started_ms;
	zv_date started_on, deadline;
	struct zv_str note, started_by;
	int state; /* 1 open, 2 closed */
	int64_t n_centres, n_answers[4]; /* by answer; read only */
};

struct zv_scouting_centre_row {
	int64_t centre_id;
	struct zv_str code, name_ru, name_en;
	int answer; /* 0: silent */
	struct zv_str note, answered_by;
	int64_t answered_ms;
};

/* Inserts the round and one silent row for every regional office; fills id and uid. Inside the caller's transaction, as all that write. */
ZV_MUST_CHECK enum zv_code zv_scouting_insert(struct zv_db *db, struct zv_scouting_row *row, struct zv_arena *arena, struct zv_err *err);

/* ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_scouting_by_uid(struct zv_scouting_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
					      struct zv_err *err);

/* Newest first, of one need (0: of all), in one state (0: any). */
ZV_MUST_CHECK enum zv_code zv_scouting_page(struct zv_scouting_row **out, size_t *n, struct zv_db *db, int64_t need_id, int state,
					    int64_t offset, int64_t limit, struct zv_arena *arena, struct zv_err *err);

/* In the order of the centres' codes. */
ZV_MUST_CHECK enum zv_code zv_scouting_centres(struct zv_scouting_centre_row **out, size_t *n, struct zv_db *db, int64_t scouting_id,
					       struct zv_arena *arena, struct zv_err *err);

/* Sets the answer of a centre and takes back the makers that it named before. */
ZV_MUST_CHECK enum zv_code zv_scouting_set_answer(struct zv_db *db, int64_t scouting_id, const struct zv_scouting_centre_row *answer,
						  struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_scouting_add_maker(struct zv_db *db, int64_t scouting_id, int64_t centre_id, int64_t org_id, struct zv_err *err);

struct zv_scouting_maker_row {
	int64_t centre_id, org_id;
	struct zv_str uid, name;
};
ZV_MUST_CHECK enum zv_code zv_scouting_makers(struct zv_scouting_maker_row **out, size_t *n, struct zv_db *db, int64_t scouting_id,
					      struct zv_arena *arena, struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_scouting_close(struct zv_db *db, int64_t id, struct zv_err *err);

/* The uids of open rounds whose deadline is before `today`. */
ZV_MUST_CHECK enum zv_code zv_scouting_overdue(struct zv_scouting_row **out, size_t *n, struct zv_db *db, zv_date today, struct zv_arena *arena,
					       struct zv_err *err);

#endif
