/* The derived columns under which names are found: filled in one place, alike for every way into the store. */
#ifndef ZV_APP_NAME_KEYS_H
#define ZV_APP_NAME_KEYS_H

#include "base/arena.h"
#include "store/register.h"

/* The key of an organisation's name: without case, quotes and legal form, look-alike letters made one. In the arena. */
struct zv_str zv_org_name_key(struct zv_str name, struct zv_arena *arena);

/* Fills name_key of an org or an item from its name when there is one. */
void zv_name_keys_fill(const struct zv_register *reg, struct zv_record *record, struct zv_arena *arena);

#endif
