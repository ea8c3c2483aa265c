/*
 * Packs of rules in the store: loaded as text, put in force by a second person (auth/rights.h), found by name or by series and day. A pack that was
 * once in force is kept for ever, so that old verdicts can be shown.
 */
#ifndef ZV_APP_PACKS_H
#define ZV_APP_PACKS_H

#include "auth/who.h"
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

/*
 * Checks and stores a pack; in force at once for the owner of the database and people who need no second one, else an approval is asked for (its uid in
 * *approval). A pack in force of the same name is withdrawn when this one comes in force. ZV_E_INVALID with faults; the same text again changes
 * nothing. Inside a write.
 */
struct zv_pack_loaded {
	struct zv_str uid, approval;
	bool same;
};
ZV_MUST_CHECK enum zv_code zv_pack_load(struct zv_pack_loaded *out, struct zv_rules_fault *faults, size_t *n_faults, struct zv_db *db, const struct zv_who *who,
					struct zv_str text, struct zv_arena *arena, struct zv_err *err);

/* By uid, by name in force ("demo-2026"), or by series ("demo": the edition that is valid on the day). ZV_E_NOTFOUND says what there is. */
ZV_MUST_CHECK enum zv_code zv_pack_get(struct zv_pack *out, struct zv_db *db, struct zv_str name, zv_date on, struct zv_arena *arena, struct zv_err *err);

/* All of a kind in force and valid on the day (ZV_DATE_NONE: every day), federal first, parsed when `parsed`. */
ZV_MUST_CHECK enum zv_code zv_pack_list(struct zv_pack **out, size_t *n, struct zv_db *db, enum zv_rules_kind kind, zv_date on, bool parsed,
					struct zv_arena *arena, struct zv_err *err);

#endif
