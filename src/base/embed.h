/* Files of the project that the program carries inside itself: SQL, reference data, the catalogue, the front end. */
#ifndef ZV_BASE_EMBED_H
#define ZV_BASE_EMBED_H

#include "base/str.h"

/* The name is the path in the project ("sql/0001_init.sql", "data/regions.csv", "po/ru.mo", "web/dist/index.html"). */
struct zv_embedded {
	const char *name;
	const unsigned char *bytes; /* live as long as the process; a NUL that does not count follows */
	size_t n;
};

/* The bytes under a name; false when there is no such file. log n. */
bool zv_embed_find(struct zv_str *out, const char *name);

/* The files in the byte order of their names: at 0, 1 ... until NULL. */
const struct zv_embedded *zv_embed_at(size_t i);

#endif
