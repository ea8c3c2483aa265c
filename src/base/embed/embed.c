/* Finds an embedded file by name. The table is made by tools/embed at build time. */
#include "base/embed.h"

#include <string.h>

#include "base/embed/table.h"

bool zv_embed_find(struct zv_str *out, const char *name)
{
	size_t lo = 0;
	size_t hi = zv_embed_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strcmp(zv_embed_table[mid].name, name);

		if (order == 0) {
			out->p = (const char *)zv_embed_table[mid].bytes;
			out->n = zv_embed_table[mid].n;
			return true;
		}
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

const struct zv_embedded *zv_embed_at(size_t i)
{
	return i < zv_embed_count ? &zv_embed_table[i] : NULL;
}
