/*
 * The tables of applications for the register of clusters: the application, files of its checklist, what was asked and answered. All that write:
 * inside a transaction of the caller.
 */
#ifndef ZV_STORE_APPLICATION_H
#define ZV_STORE_APPLICATION_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

enum zv_application_state {
	ZV_APPLICATION_DRAFT = 1,
	ZV_APPLICATION_PRECHECK = 2,
	ZV_APPLICATION_SUBMITTED = 3,
	ZV_APPLICATION_QUESTIONS = 4,
	ZV_APPLICATION_CORRECTIONS = 5,
	ZV_APPLICATION_CORRECTED = 6,
	ZV_APPLICATION_DECIDED = 7
};

enum zv_application_decision { ZV_APPLICATION_UNDECIDED = 0, ZV_APPLICATION_ACCEPTED = 1, ZV_APPLICATION_REFUSED = 2 };

struct zv_application_row {
	int64_t id;
	struct zv_str uid;
	int64_t cluster_id;
	int64_t pack_id;
	enum zv_application_state state;
	struct zv_str frozen; /* the copy, JSON; of the last check until it is submitted. Empty in pages */
	struct zv_str frozen_digest;
	zv_date submitted_on;                 /* ZV_DATE_NONE: not yet */
	enum zv_application_decision decision; /* UNDECIDED in the state DECIDED: taken back by the applicant */
	zv_date decided_on;
	struct zv_str order_no;
	zv_date order_on;
	struct zv_str number, note;
	int64_t version;
	struct zv_str made_by;
	int64_t made_ms, changed_ms;
	/* Read only. The centre of the cluster, and the organisation that runs it today (0: none). */
	int64_t centre_id, org_id;
	struct zv_str cluster_uid, cluster_name, org_uid, org_name, org_inn;
	struct zv_str pack_uid, pack_name, pack_digest;
	int64_t n_open; /* questions and returns that wait */
};

/* Fills id, uid, version, made_ms. Uses cluster_id, org_id, centre_id, pack_id, state, made_by. */
ZV_MUST_CHECK enum zv_code zv_application_insert(struct zv_db *db, struct zv_application_row *row, struct zv_arena *arena, struct zv_err *err);

/*
 * Stores everything from `state` to `note`, and counts the version up, here and in *row. ZV_E_CONFLICT: it is not the version that was read, or
 * the application was decided before.
 */
ZV_MUST_CHECK enum zv_code zv_application_save(struct zv_db *db, struct zv_application_row *row, struct zv_err *err);

/* ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_application_by_uid(struct zv_application_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
						 struct zv_err *err);

/* The one of a cluster that is not decided. *found false: there is none. */
ZV_MUST_CHECK enum zv_code zv_application_open_of(bool *found, struct zv_application_row *out, struct zv_db *db, int64_t cluster_id,
						  struct zv_arena *arena, struct zv_err *err);

/* Newest first, ids below `before` (0: from the newest). state 0: any, -1: all that are not decided; cluster_uid empty: of all. */
struct zv_application_query {
	int state;
	struct zv_str cluster_uid;
	int64_t before;
	int limit;
};
ZV_MUST_CHECK enum zv_code zv_application_page(struct zv_application_row **out, size_t *n, struct zv_db *db,
					       const struct zv_application_query *query, struct zv_arena *arena, struct zv_err *err);

/* --- files ------------------------------------------------------------------------------------------------------------------------ */

struct zv_application_file {
	int64_t id;
	struct zv_str uid;
	int64_t application_id;
	struct zv_str document; /* its id in the pack */
	struct zv_str name, digest;
	int64_t size;
	struct zv_str signature_name, signature_digest; /* empty: none */
	int64_t signature_size;
	struct zv_str made_by;
	int64_t made_ms, replaced_ms; /* replaced_ms 0: it counts */
};

/* The one that counted for the document before does not any more; then inserts unless `file` is only to be taken off (digest empty). Fills id, uid, made_ms. */
ZV_MUST_CHECK enum zv_code zv_application_put_file(struct zv_db *db, struct zv_application_file *file, struct zv_arena *arena, struct zv_err *err);

/* All, oldest first, replaced ones as well; made_by is the name of the person. */
ZV_MUST_CHECK enum zv_code zv_application_files(struct zv_application_file **out, size_t *n, struct zv_db *db, int64_t application_id,
						struct zv_arena *arena, struct zv_err *err);

/* Whether any file or signature has these bytes. */
ZV_MUST_CHECK enum zv_code zv_application_uses(bool *out, struct zv_db *db, struct zv_str digest, struct zv_err *err);

/* --- steps ------------------------------------------------------------------------------------------------------------------------ */

enum zv_application_step_kind {
	ZV_STEP_STATE = 1, /* body: the word of the state */
	ZV_STEP_QUESTION = 2,
	ZV_STEP_ANSWER = 3,
	ZV_STEP_RETURN = 4,
	ZV_STEP_CORRECTION = 5,
	ZV_STEP_NOTE = 6,
	ZV_STEP_DECISION = 7
};

struct zv_application_step {
	int64_t id;
	struct zv_str uid;
	int64_t application_id;
	enum zv_application_step_kind kind;
	struct zv_str criterion, body;
	bool open; /* a question without an answer, a return without a correction */
	struct zv_str actor;
	int64_t at_ms;
};

ZV_MUST_CHECK enum zv_code zv_application_add_step(struct zv_db *db, struct zv_application_step *step, struct zv_arena *arena, struct zv_err *err);

/* In order; actor is the name of the person. */
ZV_MUST_CHECK enum zv_code zv_application_steps(struct zv_application_step **out, size_t *n, struct zv_db *db, int64_t application_id,
						struct zv_arena *arena, struct zv_err *err);

/* No step of the kind is open any more; of one criterion, or of all when it is empty. */
ZV_MUST_CHECK enum zv_code zv_application_close_steps(struct zv_db *db, int64_t application_id, enum zv_application_step_kind kind,
						      struct zv_str criterion, struct zv_err *err);

/* Active accounts that have the role. */
ZV_MUST_CHECK enum zv_code zv_application_people(int64_t **out, size_t *n, struct zv_db *db, struct zv_str role, struct zv_arena *arena,
						 struct zv_err *err);

#endif
