/* Items by what people and files call them: number, name, synonym, classifier code. */
#ifndef ZV_STORE_ITEM_H
#define ZV_STORE_ITEM_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/register.h"

/*
 * The key under which names and synonyms of items are compared, appended: without case and doubled blanks, every dash alike,
 * ё as е. item.name_key holds it for the name; the store keeps it for English name and synonyms (parted by ";").
 */
void zv_item_key(struct zv_buf *out, struct zv_str name);

/* Ids in their order, at most `max`; *n tells how many. Own centre's and national items alike. */
ZV_MUST_CHECK enum zv_code zv_items_by_cas(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str cas, struct zv_err *err);

/* By the key of the name, the English name or a synonym. */
ZV_MUST_CHECK enum zv_code zv_items_by_name(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str name, struct zv_err *err);

/* With exactly this code, and with it or one below it ("20.14" gives "20.14.62"). */
ZV_MUST_CHECK enum zv_code zv_items_by_okpd2(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str code, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_items_under_okpd2(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str code, struct zv_err *err);

/* For item.c: keeps the aliases of a row. */
ZV_MUST_CHECK enum zv_code zv_item_alias_keep(struct zv_db *db, const struct zv_record *record, bool fresh, struct zv_err *err);

#endif
