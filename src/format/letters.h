/* Is a text without a stated encoding Russian in Windows-1251? Answered only when it is plain. */
#ifndef ZV_FORMAT_LETTERS_H
#define ZV_FORMAT_LETTERS_H

#include "base/str.h"

/*
 * True when the bytes read as Windows-1251 have the letter frequencies of Russian, clearly better than as KOI8-R, IBM866,
 * ISO 8859-5 and Mac Cyrillic, and neither mixed-up case nor letters among Latin ones nor pieces of UTF-8 speak against
 * it. Too short a text (under a dozen letters) is never plain.
 */
bool zv_letters_windows_1251(struct zv_str sample);

/* Position of Russian letters in UTF-8 inside a text said to be Windows-1251 ("РјРё"), or -1. */
ptrdiff_t zv_letters_utf8_inside(struct zv_str bytes);

#endif
