/* The tables of packs of rules and of verdicts. */
#ifndef ZV_STORE_RULE_PACK_H
#define ZV_STORE_RULE_PACK_H

#include "base/arena.h"
#include "base/date.h"
#include "store/db/db.h"

enum zv_rule_pack_state { ZV_RULE_PACK_ASKED = 1, ZV_RULE_PACK_IN_FORCE = 2, ZV_RULE_PACK_WITHDRAWN = 3 };

struct zv_rule_pack_row {
	int64_t id;
	struct zv_str uid, name, series;
	int kind;
	int64_t centre_id; /* -1: for all */
	int64_t org_id;    /* 0: of no organisation */
	zv_date valid_from, valid_to; /* ZV_DATE_NONE: open */
	struct zv_str digest, body;
	int state;
	struct zv_str loaded_by;
	int64_t loaded_ms, ended_ms; /* 0: not ended */
};

/* Inserts; fills id and uid. Inside the caller's transaction, as all that write. */
ZV_MUST_CHECK enum zv_code zv_rule_pack_insert(struct zv_db *db, struct zv_rule_pack_row *row, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_rule_pack_set(struct zv_db *db, int64_t id, enum zv_rule_pack_state state, struct zv_err *err);

/* *found false: there is none. */
ZV_MUST_CHECK enum zv_code zv_rule_pack_by_uid(bool *found, struct zv_rule_pack_row *out, struct zv_db *db, struct zv_str uid, struct zv_arena *arena,
					       struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_rule_pack_by_name(bool *found, struct zv_rule_pack_row *out, struct zv_db *db, struct zv_str name, struct zv_arena *arena,
						struct zv_err *err); /* in force */

/* In force, of a series, valid on the day (ZV_DATE_NONE: any), the latest edition first. */
ZV_MUST_CHECK enum zv_code zv_rule_pack_of_series(struct zv_rule_pack_row **out, size_t *n, struct zv_db *db, struct zv_str series, zv_date on,
						  struct zv_arena *arena, struct zv_err *err);

/* Those that wait for a second person, under a name (empty: all). Refused and withdrawn requests are no longer among them. */
ZV_MUST_CHECK enum zv_code zv_rule_pack_asked(struct zv_rule_pack_row **out, size_t *n, struct zv_db *db, struct zv_str name, struct zv_arena *arena,
					      struct zv_err *err);

/* In force, by series and first day; kind -1: all. */
ZV_MUST_CHECK enum zv_code zv_rule_pack_all(struct zv_rule_pack_row **out, size_t *n, struct zv_db *db, int kind, zv_date on, struct zv_arena *arena,
					    struct zv_err *err);

#endif
