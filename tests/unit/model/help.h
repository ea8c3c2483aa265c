/* For tests of the model: whole tables as cells, the folder with real registers, and short checks of errors. */
#ifndef ZV_TEST_MODEL_HELP_H
#define ZV_TEST_MODEL_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct table {
	struct zv_arena arena;
	struct zv_str *cells; /* rows of `columns` cells, the header first */
	size_t rows, columns;
};

/* A file of data/, which must be there. */
void table_of_data(struct table *table, const char *name);

/* A file of the real registers, or false: then the caller skips. `charset` may be NULL for UTF-8. */
bool table_of_real(struct table *table, const char *name, char separator, const char *charset);
void table_done(struct table *table);

/* The cell of a row (from 1) under a column by its name. */
struct zv_str cell(const struct table *table, size_t row, const char *column);

#define S(text) zv_str_c(text)
#define assert_text(s, expected) assert_string_equal(text_of(s), (expected))
#define assert_message(err, part) assert_non_null(strstr((err).text, (part)))

/* NUL-ended, until the next calls. */
const char *text_of(struct zv_str s);

#endif
