/* Open addressing over two arrays, so that a million keys take 25 MB and not a hundred. */
#include "app/import_seen.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

static size_t slot_of(const uint64_t *hashes, size_t cap, uint64_t hash)
{
	size_t at = (size_t)hash & (cap - 1);

	while (hashes[at] != 0 && hashes[at] != hash)
		at = (at + 1) & (cap - 1);
	return at;
}

static void grow(struct zv_import_seen *seen)
{
	size_t cap = seen->cap == 0 ? 1024 : seen->cap * 2;
	uint64_t *hashes = zv_calloc(cap, sizeof(*hashes));
	uint32_t *lines = zv_calloc(cap, sizeof(*lines));

	for (size_t i = 0; i < seen->cap; i++) {
		if (seen->hashes[i] != 0) {
			size_t at = slot_of(hashes, cap, seen->hashes[i]);

			hashes[at] = seen->hashes[i];
			lines[at] = seen->lines[i];
		}
	}
	free(seen->hashes);
	free(seen->lines);
	seen->hashes = hashes;
	seen->lines = lines;
	seen->cap = cap;
}

int64_t zv_import_seen_put(struct zv_import_seen *seen, struct zv_str key, int64_t line)
{
	uint64_t hash = zv_hash(key);
	size_t at;

	if (hash == 0)
		hash = 1;
	if ((seen->n + 1) * 10 > seen->cap * 8)
		grow(seen);
	at = slot_of(seen->hashes, seen->cap, hash);
	if (seen->hashes[at] != 0)
		return seen->lines[at];
	seen->hashes[at] = hash;
	seen->lines[at] = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
	seen->n++;
	return 0;
}

void zv_import_seen_done(struct zv_import_seen *seen)
{
	free(seen->hashes);
	free(seen->lines);
	*seen = (struct zv_import_seen){ 0 };
}
