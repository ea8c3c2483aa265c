/* Sentences for people in the language of the run: translated, then formatted, then ended with a line break. */
#ifndef ZV_CLI_SAY_H
#define ZV_CLI_SAY_H

#include <stdio.h>

#include "base/arena.h"
#include "base/base.h"

void zv_say(FILE *out, const char *msgid, ...) ZV_PRINTF(2, 3);

/* The form for `n` things; both msgids take the same arguments. */
void zv_say_n(FILE *out, int64_t n, const char *one, const char *many, ...) ZV_PRINTF(3, 5) ZV_PRINTF(4, 5);

/* The same into an arena, without the line break. */
struct zv_str zv_text(struct zv_arena *arena, const char *msgid, ...) ZV_PRINTF(2, 3);
struct zv_str zv_text_n(struct zv_arena *arena, int64_t n, const char *one, const char *many, ...) ZV_PRINTF(4, 5);

#endif
