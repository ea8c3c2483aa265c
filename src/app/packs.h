/*
 * Packs of rules in the store: loaded as text, put in force by a second person (auth/rights.h), found by name or by series and day. A pack that was
 * once in force is kept for ever, so that old verdicts can be shown.
 */
#ifndef ZV_APP_PACKS_H
#define ZV_APP_PACKS_H

#include "auth/rights.h"
#include "engine/rules/rules.h"
#include "store/db/db.h"

struct zv_pack {
	int64_t id;
	struct zv_str uid, name, series, digest, loaded_by;
	int64_t centre_id; /* -1: for all */
	int64_t org_id;    /* 0: of no organisation */
	int state;         /* 1 asked, 2 in force, 3 withdrawn */
	int64_t loaded_ms, ended_ms;
	struct zv_rules_pack *rules; /* parsed; in the arena of the call */
	struct zv_str text;
};

const char *zv_pack_state_name(int state); /* "asked", "in_force", "withdrawn" */

/*
 * Checks and stores a pack; in force at once for the owner of the database and people who need no second one, else an approval is asked for (its uid in
 * *approval). A pack in force of the same name is withdrawn when this one comes in force. ZV_E_INVALID with faults; the same text again changes
 * nothing. ZV_E_CONFLICT: the name or the series belongs to others. Inside a write.
 */
struct zv_pack_loaded {
	struct zv_str uid, approval;
	bool same;
};
ZV_MUST_CHECK enum zv_code zv_pack_load(struct zv_pack_loaded *out, struct zv_rules_fault *faults, size_t *n_faults, struct zv_db *db, const struct zv_who *who,
					struct zv_str text, struct zv_arena *arena, struct zv_err *err);

/* What loading would say of the text: *n_faults 0 when nothing. Stores nothing. */
void zv_pack_faults(struct zv_rules_fault *faults, size_t *n_faults, struct zv_str text, struct zv_arena *arena);

/* By uid, by name in force ("demo-2026"), or by series ("demo": the edition that is valid on the day). ZV_E_NOTFOUND says what there is. */
ZV_MUST_CHECK enum zv_code zv_pack_get(struct zv_pack *out, struct zv_db *db, struct zv_str name, zv_date on, struct zv_arena *arena, struct zv_err *err);

/*
 * All of a kind in force and valid on the day, of a series only the latest edition; ZV_DATE_NONE: every day and edition. Federal first and parsed when
 * `parsed`, else by series.
 */
ZV_MUST_CHECK enum zv_code zv_pack_list(struct zv_pack **out, size_t *n, struct zv_db *db, enum zv_rules_kind kind, zv_date on, bool parsed,
					struct zv_arena *arena, struct zv_err *err);

/* Those that wait for a second person, parsed. */
ZV_MUST_CHECK enum zv_code zv_pack_list_asked(struct zv_pack **out, size_t *n, struct zv_db *db, struct zv_arena *arena, struct zv_err *err);

/* A pack that somebody made for himself is for his own people, for those who see all, and for the operators of its centre. */
bool zv_pack_seen(const struct zv_who *who, const struct zv_pack *pack);

/* --- the second person (app/approvals_do.c) ------------------------------------------------------------------------------------------- */

/* The centre whose operators are the second pair of eyes. ZV_E_CONFLICT: it no longer waits. */
ZV_MUST_CHECK enum zv_code zv_pack_waits(int64_t *centre_id, struct zv_pack *pack, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_pack_put_in_force(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena, struct zv_err *err);

/* --- the program's own packs ----------------------------------------------------------------------------------------------------------- */

/* Loads the packs that the program carries and that are not there, or were there with an older text of the program. demo: those of the demo world too. */
ZV_MUST_CHECK enum zv_code zv_packs_seed(struct zv_db *db, bool demo, struct zv_err *err);

#endif
