/*
 * What a person sees of pooled needs (features A2, I3): the owner of a need his own share, the maker totals, nobody a rival's ceiling or name.
 * docs/design/disclosure.md. Inside app/ and its tests.
 */
#ifndef ZV_APP_LOTS_SIGHT_H
#define ZV_APP_LOTS_SIGHT_H

#include "app/sight.h"
#include "app/view_lots.h"

/* Ids, in their order, of the lots of a run that the person may see: all, or those with his need or his offer. */
ZV_MUST_CHECK enum zv_code zv_lots_seen(int64_t **out, size_t *n, struct zv_db *db, const struct zv_who *who, int64_t run_id, struct zv_arena *arena,
					struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_lot_is_seen(bool *out, struct zv_db *db, const struct zv_who *who, int64_t run_id, int64_t lot_id,
					  struct zv_arena *arena, struct zv_err *err);

/*
 * Takes from a lot with all its members what the person may not see: members, names, money; the volume when too few buyers or one too large
 * buyer could be told from it.
 */
ZV_MUST_CHECK enum zv_code zv_lots_mask_lot(struct zv_view_lot *view, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
					    struct zv_err *err);

/* Of what did not come about: keeps what concerns the person's own offers or needs, without the others' ceilings and keys. */
ZV_MUST_CHECK enum zv_code zv_lots_mask_unfilled(struct zv_lots_unfilled *rows, size_t *n, struct zv_db *db, const struct zv_who *who,
						 struct zv_arena *arena, struct zv_err *err);

#endif
