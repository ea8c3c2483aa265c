/* The words of lists in files: by their stable key, in English and in Russian. */
#ifndef ZV_APP_WORDS_H
#define ZV_APP_WORDS_H

#include "app/import_kind.h"

struct zv_word {
	enum zv_import_list list;
	const char *key; /* as in the register's words */
	const char *en, *ru;
	const char *also; /* further spellings, parted by "|"; NULL */
};

/* By key or either language, without case; NULL when it is none of the list. */
const struct zv_word *zv_word_find(enum zv_import_list list, struct zv_str text);

/* The word for a key in the thread's language; the key itself when there is none. */
struct zv_str zv_word_text(enum zv_import_list list, const char *key);

/* A register's word as people read it: in the thread's language; where it has no text of its own, with blanks for the strokes of the key. */
struct zv_str zv_word_said(const char *key, struct zv_arena *arena);

/* The words of a list in a language, for templates; regions by name, units by symbol. In the arena. */
struct zv_str *zv_words_of(size_t *n, enum zv_import_list list, const char *lang, struct zv_arena *arena);

/* The English label of a list itself, a msgid. */
const char *zv_list_label(enum zv_import_list list);

#endif
