/*
 * The private calendar of an account: an address that only its owner knows, of which only a hash is stored, and what is behind it as iCalendar
 * (RFC 5545): windows of measures and the own open tasks, no more than the account may see.
 */
#ifndef ZV_APP_CALENDAR_H
#define ZV_APP_CALENDAR_H

#include "auth/secret.h"
#include "auth/who.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct zv_db;

/* Since when the own account has an address; 0: it has none. */
ZV_MUST_CHECK enum zv_code zv_calendar_state(int64_t *made_ms, struct zv_db *db, const struct zv_who *who, struct zv_err *err);

/* A new address for the own account; the one before ends. *secret is shown once and kept nowhere. Its own transaction, as the next. */
ZV_MUST_CHECK enum zv_code zv_calendar_open(char secret[ZV_SECRET_TEXT], int64_t *made_ms, struct zv_db *db, const struct zv_who *who, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_calendar_end(struct zv_db *db, const struct zv_who *who, struct zv_err *err);

/*
 * Appends the calendar behind an address, in the language of its account. The same state gives the same bytes. ZV_E_NOTFOUND, in the same words, for
 * what is no address, one that has ended, and the account that is disabled.
 */
ZV_MUST_CHECK enum zv_code zv_calendar_feed(struct zv_buf *out, struct zv_db *db, struct zv_str secret, struct zv_arena *arena, struct zv_err *err);

#endif
