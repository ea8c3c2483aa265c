/* Templates: the columns of a kind as a file to fill in, with lists to choose from and a page of help. Its example rows import. */
#ifndef ZV_APP_TEMPLATE_H
#define ZV_APP_TEMPLATE_H

#include <stdio.h>

#include "base/err.h"

/*
 * A workbook at `path`, or CSV when it ends in .csv. lang: "ru" or "en". The workbook has three sheets: Data (frozen header, hidden
 * row of machine keys, example rows), Lists, Help (each column in both languages). ZV_E_NOTFOUND: no such kind; ZV_E_IO.
 */
ZV_MUST_CHECK enum zv_code zv_template_write(const char *kind, const char *path, const char *lang, struct zv_err *err);

/* The CSV one on an open file. */
ZV_MUST_CHECK enum zv_code zv_template_csv(const char *kind, FILE *file, const char *lang, struct zv_err *err);

#endif
