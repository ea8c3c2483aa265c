/* Numbers and names as tables of processes and input-output tables write them. Inside app/source_process.c and its tests. */
#ifndef ZV_APP_SOURCE_PROCESS_H
#define ZV_APP_SOURCE_PROCESS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * The number * num / den, rounded half to even: digits with a point or a comma and maybe an exponent, "0.142857142857", "8.2e-05". At most 18 digits
 * count. ZV_E_INVALID: no such number, or it becomes zero without being zero; ZV_E_LIMIT: it does not fit. `den` > 0.
 */
ZV_MUST_CHECK enum zv_code zv_source_rounded(int64_t *out, struct zv_str text, int64_t num, int64_t den, const char *field, struct zv_err *err);

/* "ukf:AceticAcid" is "Acetic acid": no short prefix, words parted, no control characters. In the arena. */
struct zv_str zv_source_words(struct zv_str text, struct zv_arena *arena);

#endif
