/* UTF-8: checking, walking, and the folding under which names are compared. */
#ifndef ZV_BASE_UTF8_H
#define ZV_BASE_UTF8_H

#include "base/buf.h"

/* Strict: no overlong form, no surrogate, nothing above U+10FFFF. Position of the first bad byte, or -1. */
ptrdiff_t zv_utf8_check(struct zv_str s);

/* Code points. The text must be valid. */
size_t zv_utf8_count(struct zv_str s);

/* At most `bytes` bytes of the front, never half a character: for quoting a value in a message. */
struct zv_str zv_utf8_first(struct zv_str s, size_t bytes);

/* Takes one code point off the front; U+FFFD for a bad byte, which is then skipped. False at the end. */
bool zv_utf8_next(uint32_t *code_point, struct zv_str *s);

/* 1 to 4 bytes; U+FFFD for what is no code point. */
size_t zv_utf8_encode(char out[4], uint32_t code_point);

/* Letters and the marks on them, and digits, of any script but ASCII digits and punctuation. */
bool zv_utf8_is_letter(uint32_t code_point);

/* Appends the text in NFKC with case folded and marks without width removed: two texts that a reader takes for equal but for case give the same bytes. */
void zv_utf8_fold(struct zv_buf *out, struct zv_str s);

/* Appends the text in NFC: what is stored. */
void zv_utf8_nfc(struct zv_buf *out, struct zv_str s);

#endif
