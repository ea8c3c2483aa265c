/* How a row is written for its digest: each column with its name, its type and its length, so that no two rows are written alike. */
#ifndef ZV_STORE_ELEMENT_H
#define ZV_STORE_ELEMENT_H

#include "base/buf.h"
#include "store/trail.h"

/* All write into the emptied `out`. What is NULL is left out, so that a column added later leaves old rows as they are. */
void zv_element_record(struct zv_buf *out, const struct zv_register *reg, const struct zv_record *record);
void zv_element_fact(struct zv_buf *out, const struct zv_trail_fact *fact);
void zv_element_batch(struct zv_buf *out, const struct zv_batch *batch);

/* One column; for other rows (the audit trail's). */
void zv_element_start(struct zv_buf *out, const char *table);
void zv_element_int(struct zv_buf *out, const char *column, int64_t value);
void zv_element_text(struct zv_buf *out, const char *column, struct zv_str value);

#endif
