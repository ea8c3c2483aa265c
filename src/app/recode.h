/* A code of a classifier replaced by another in every row that carries it (feature R5): first listed, then, if wanted, done. */
#ifndef ZV_APP_RECODE_H
#define ZV_APP_RECODE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "store/register.h"

struct zv_recode_row {
	const struct zv_register *reg;
	int64_t id;
	struct zv_str uid, key, name;
	bool direct; /* carries the code itself; otherwise an item that it refers to does */
};

struct zv_recode {
	struct zv_str scheme, old_code, new_code; /* in their usual writing */
	struct zv_str old_name, new_name;         /* empty when the classifier is not loaded */
	const struct zv_recode_row *rows;         /* items, needs, supply and offers, in this order */
	size_t n, n_direct;
	struct zv_str batch; /* empty when it was only looked at, or nothing carries the code */
};

/*
 * scheme: "okpd2", "hs" or "tnved". ZV_E_INVALID for a code that the scheme cannot have. With `apply` the change is one batch that
 * can be undone; a value keeps the status that the old one had.
 */
ZV_MUST_CHECK enum zv_code zv_recode(struct zv_recode *out, struct zv_db *db, const char *scheme, struct zv_str old_code,
				     struct zv_str new_code, bool apply, const char *actor, zv_date said_on, struct zv_arena *arena,
				     struct zv_err *err);

#endif
