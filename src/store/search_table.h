/* Which registers the index of words holds. */
#ifndef ZV_STORE_SEARCH_TABLE_H
#define ZV_STORE_SEARCH_TABLE_H

#include "store/db/search_db.h"
#include "store/register_list.h"

static inline const struct zv_register *zv_search_register(enum zv_search_table table)
{
	switch (table) {
	case ZV_SEARCH_NEED:
		return &zv_register_need;
	case ZV_SEARCH_ORG:
		return &zv_register_org;
	default:
		return &zv_register_item;
	}
}

static inline int zv_search_entity(enum zv_search_table table)
{
	return zv_search_register(table)->entity;
}

/* False when rows of the register are not searched. */
static inline bool zv_search_table(enum zv_search_table *out, int entity)
{
	for (int i = 0; i < ZV_SEARCH_TABLES; i++) {
		if (zv_search_entity((enum zv_search_table)i) == entity) {
			*out = (enum zv_search_table)i;
			return true;
		}
	}
	return false;
}

#endif
