/* Cells that a spreadsheet would run as a formula (security.md T21): found, defused with a leading ', and restored. */
#ifndef ZV_FORMAT_FORMULA_H
#define ZV_FORMAT_FORMULA_H

#include "base/str.h"

/*
 * True when a text cell must be written with a ' before it: after blanks and marks without width it begins with = + - @,
 * their full-width forms, TAB, CR, LF or NUL, or with ' before such a text (so that the mark can be taken off again).
 */
bool zv_formula_risky(struct zv_str cell);

/* What was written by zveno, as it was before: without the ' if it was added for safety. Borrows from `cell`. */
struct zv_str zv_formula_plain(struct zv_str cell);

#endif
