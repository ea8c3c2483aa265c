/* The laws that hold for the rows of every reader, whatever the bytes. */
#ifndef ZV_FUZZ_ROWS_LAW_H
#define ZV_FUZZ_ROWS_LAW_H

#include "format/parse.h"
#include "fuzz.h"

/* Parses the bytes; each row must be within the budgets and UTF-8, a failure must have a code and a sentence. True when all was read. */
bool zv_fuzz_parse(struct zv_str bytes, const struct zv_rows_options *options);

/* Takes rows under the same laws; `arg` is not used. */
extern const struct zv_sink zv_fuzz_sink;

void zv_fuzz_check_failure(enum zv_code code, const struct zv_err *err);

#endif
