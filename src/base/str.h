/* A borrowed run of bytes, UTF-8 unless said otherwise. Whoever makes one says whose memory it is. */
#ifndef ZV_BASE_STR_H
#define ZV_BASE_STR_H

#include "base/base.h"

struct zv_str {
	const char *p; /* not ended by NUL; may be NULL when n is 0 */
	size_t n;
};

#define ZV_STR(literal) ((struct zv_str){(literal), sizeof(literal) - 1})
#define ZV_STR_INIT(literal) {(literal), sizeof(literal) - 1}

/* For "%.*s". */
#define ZV_STR_FMT(s) (int)((s).n), ((s).p != NULL ? (s).p : "")

/* `s` may be NULL: the empty text. */
struct zv_str zv_str_c(const char *s);

bool zv_str_eq(struct zv_str a, struct zv_str b);
bool zv_str_eq_c(struct zv_str a, const char *b);
int zv_str_cmp(struct zv_str a, struct zv_str b); /* by bytes; a prefix comes first */
bool zv_str_eq_nocase(struct zv_str a, struct zv_str b); /* ASCII letters only */
bool zv_str_starts(struct zv_str s, struct zv_str prefix);
bool zv_str_ends(struct zv_str s, struct zv_str suffix);

/* Without white space at both ends: ASCII blanks, NBSP, narrow NBSP, BOM and other zero-width marks. */
struct zv_str zv_str_trim(struct zv_str s);

/* `from` is capped to the length. */
struct zv_str zv_str_from(struct zv_str s, size_t from);
struct zv_str zv_str_first(struct zv_str s, size_t n);

/* Position of the first occurrence, or -1. */
ptrdiff_t zv_str_find(struct zv_str s, struct zv_str what);
ptrdiff_t zv_str_find_char(struct zv_str s, char c);

/* Takes the part before `separator` off *rest; false when *rest is used up. "a,,b" gives "a", "", "b"; "" gives one "". Start with *rest = text, *rest.p not NULL. */
bool zv_str_split(struct zv_str *part, struct zv_str *rest, char separator);

/* True and the value when the whole text is a decimal integer with an optional sign that fits. */
bool zv_str_int(int64_t *out, struct zv_str s);

bool zv_is_digit(char c);
bool zv_is_digits(struct zv_str s); /* at least one, all digits */

#endif
