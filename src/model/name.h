/* Keys under which names of firms are compared: case, quotes, legal form and look-alike letters do not tell two firms apart. */
#ifndef ZV_MODEL_NAME_H
#define ZV_MODEL_NAME_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct zv_name {
	struct zv_str core;     /* folded, ё as е, without quotes, punctuation and legal form: «ока полимер» */
	struct zv_str form;     /* the legal form in short: «ао», «ооо»; empty when none */
	struct zv_str skeleton; /* the core with look-alike Latin and Cyrillic letters and digits made one */
};

/* Valid UTF-8 of at most `max` characters, without control characters and without bidi controls; not empty. */
ZV_MUST_CHECK enum zv_code zv_name_check(struct zv_str name, size_t max, const char *field, struct zv_err *err);

/* The keys of a name, in the arena. A name that is only a legal form keeps it as its core. */
void zv_name_keys(struct zv_name *out, struct zv_str name, struct zv_arena *arena);

/* Appends the folded words of a text parted by one blank, ё as е, signs left out: what names, phrases and addresses are compared by. */
void zv_name_words(struct zv_buf *out, struct zv_str text);

/* How alike two cores are, 0..1000: the better of pairs of letters and of whole words (Dice). O(n log n). */
int zv_name_similarity(struct zv_str core_a, struct zv_str core_b);

#endif
