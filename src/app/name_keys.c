/* Folded names. */
#include "app/name_keys.h"

#include <string.h>

#include "model/name.h"
#include "store/item.h"

struct zv_str zv_org_name_key(struct zv_str name, struct zv_arena *arena)
{
	struct zv_name keys;

	zv_name_keys(&keys, name, arena);
	return keys.skeleton;
}

static struct zv_str item_name_key(struct zv_str name, struct zv_arena *arena)
{
	struct zv_buf key;
	struct zv_str out;

	zv_buf_init(&key, 0);
	zv_item_key(&key, name);
	out = zv_str_dup(arena, zv_buf_str(&key));
	zv_buf_done(&key);
	return out;
}

void zv_name_keys_fill(const struct zv_register *reg, struct zv_record *record, struct zv_arena *arena)
{
	bool org = strcmp(reg->name, "org") == 0;
	int name, key;

	if (!org && strcmp(reg->name, "item") != 0)
		return;
	name = zv_register_column(reg, "name");
	key = zv_register_column(reg, "name_key");
	if (record->values[name].null)
		return;
	record->values[key].null = false;
	record->values[key].s = org ? zv_org_name_key(record->values[name].s, arena) : item_name_key(record->values[name].s, arena);
}
