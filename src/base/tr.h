/* Texts in the user's language. The msgid is the English text; a language is a gettext catalogue (.mo) held in memory. */
#ifndef ZV_BASE_TR_H
#define ZV_BASE_TR_H

#include "base/str.h"

/* Registers the Russian catalogue for the whole process; the bytes must outlive it. False when they are not a .mo file. */
bool zv_tr_load_ru(const void *mo, size_t n);

/* The language of this thread: "ru" or "en" (the default). Anything else means "en". */
void zv_tr_set_lang(const char *lang);
const char *zv_tr_lang(void);

/* Of a name in both languages the one in the thread's: Russian when there is no English one. */
struct zv_str zv_tr_pick(struct zv_str in_russian, struct zv_str in_english);

/* A translated format is checked against its arguments as the msgid itself would be. */

/* The text of `msgid` in the thread's language, or `msgid` itself. Borrowed; log n. */
const char *zv_tr(const char *msgid) __attribute__((format_arg(1)));

/* The form for `n` things: "%d row", "%d rows" in English, three forms in Russian. */
const char *zv_tr_n(const char *one, const char *many, int64_t n) __attribute__((format_arg(1), format_arg(2)));

#endif
