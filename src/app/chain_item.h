/* An item of a network of the registers, by its name. */
#ifndef ZV_APP_CHAIN_ITEM_H
#define ZV_APP_CHAIN_ITEM_H

#include "app/chain_world.h"

/* Without case and blanks at the ends. ZV_E_NOTFOUND: no row of the registers that one sees names it. O(network). */
ZV_MUST_CHECK enum zv_code zv_chain_item_find(int64_t *item_id, struct zv_str *item, const struct zv_chain_world *world, struct zv_str name, struct zv_err *err);

#endif
