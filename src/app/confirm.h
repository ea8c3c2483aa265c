/* A need's way from declared to what counts: confirmed by its buyer, and shown to more people. */
#ifndef ZV_APP_CONFIRM_H
#define ZV_APP_CONFIRM_H

#include "auth/rights.h"
#include "base/arena.h"
#include "base/err.h"
#include "store/register.h"

/* State becomes confirmed. ZV_E_CONFLICT: it is a draft without what a lot needs, or past that state. */
ZV_MUST_CHECK enum zv_code zv_need_confirm(struct zv_db *db, const struct zv_who *who, struct zv_str need_uid, struct zv_arena *arena,
					   struct zv_err *err);

/* "centre", "matched", "association", "public": true when `to` shows the need to more people than `from`. */
bool zv_visibility_widens(struct zv_str from, struct zv_str to);
struct zv_str zv_need_visibility(const struct zv_record *need); /* one of these words */

/*
 * Sets the visibility. The owner may both ways, and a narrower one needs nobody else; somebody else who widens it needs a second person:
 * *approval is then its uid and nothing is changed yet.
 */
ZV_MUST_CHECK enum zv_code zv_need_publish(struct zv_str *approval, struct zv_db *db, const struct zv_who *who, struct zv_str need_uid,
					   struct zv_str visibility, struct zv_arena *arena, struct zv_err *err);

/* Sets the visibility without asking for a second person: what stands behind an approval. */
ZV_MUST_CHECK enum zv_code zv_need_show(struct zv_db *db, const struct zv_who *who, struct zv_str need_uid, struct zv_str visibility,
					struct zv_arena *arena, struct zv_err *err);

#endif
