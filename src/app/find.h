/* A row by whatever people call it by, in whichever centre; and texts completed to items. */
#ifndef ZV_APP_FIND_H
#define ZV_APP_FIND_H

#include "app/sight.h"
#include "base/arena.h"
#include "base/err.h"
#include "store/register.h"

/*
 * By public id, else by source key in any centre. ZV_E_NOTFOUND names it, ZV_E_CONFLICT when two centres use the key. *centre (may be
 * NULL) is the code of the owning centre.
 */
ZV_MUST_CHECK enum zv_code zv_find_record(struct zv_record *out, struct zv_str *centre, struct zv_db *db, const struct zv_register *reg,
					  struct zv_str name, struct zv_arena *arena, struct zv_err *err);

/* The same among what the person may see, as he sees it. What he may not see is not there, in the same words. */
ZV_MUST_CHECK enum zv_code zv_find_seen(struct zv_record *out, enum zv_sight *sight, struct zv_db *db, const struct zv_who *who,
					const struct zv_register *reg, struct zv_str name, struct zv_arena *arena, struct zv_err *err);

/* zv_find_seen over all registers: *reg is the one that has it. Public ids say their register; keys are looked for in its order. */
ZV_MUST_CHECK enum zv_code zv_find_anywhere(struct zv_record *out, enum zv_sight *sight, const struct zv_register **reg, struct zv_db *db,
					    const struct zv_who *who, struct zv_str name, struct zv_arena *arena, struct zv_err *err);

/* An item that the person sees (NULL: any) by CAS, public id, key, exact name or synonym. ZV_E_NOTFOUND, ZV_E_CONFLICT when the name means several. */
ZV_MUST_CHECK enum zv_code zv_find_item(struct zv_record *out, struct zv_db *db, const struct zv_who *who, struct zv_str name, struct zv_arena *arena,
					struct zv_err *err);

struct zv_found {
	const struct zv_register *reg;
	struct zv_record record; /* as the person sees it */
	struct zv_str line; /* "ацетилацетон · CAS 123-54-6 · 20.14.62": name and the numbers that tell it apart */
};

/*
 * Full text over items, needs and organisations (kind NULL) or one of them; a last word may be the beginning of one when `prefix`.
 * At most `limit` of each, best first. Only what the person may see takes part; needs of others are found by their item alone.
 */
ZV_MUST_CHECK enum zv_code zv_find_text(struct zv_found **out, size_t *n, struct zv_db *db, const struct zv_who *who, const char *kind,
					struct zv_str text, bool prefix, int limit, struct zv_arena *arena, struct zv_err *err);

/* Has something changed since the texts were indexed; and the indexing itself, in short transactions of its own (a handle that writes); `go_on` as in store/search.h. */
ZV_MUST_CHECK enum zv_code zv_find_stale(bool *out, struct zv_db *db, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_find_refresh(struct zv_db *db, bool (*go_on)(void *context, int64_t rows), void *context, struct zv_err *err);

#endif
