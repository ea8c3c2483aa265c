/* Which key came in which line of the file: 12 bytes a key. Keys are taken for equal by 64 bits of a keyed hash (one wrong in 10^7 files of a million rows). */
#ifndef ZV_APP_IMPORT_SEEN_H
#define ZV_APP_IMPORT_SEEN_H

#include "base/str.h"

struct zv_import_seen {
	uint64_t *hashes; /* 0: free */
	uint32_t *lines;
	size_t n, cap;
};

/* The line of the key when it was put before, otherwise 0 and the key is put. All zero is the empty table. */
int64_t zv_import_seen_put(struct zv_import_seen *seen, struct zv_str key, int64_t line);
void zv_import_seen_done(struct zv_import_seen *seen);

#endif
