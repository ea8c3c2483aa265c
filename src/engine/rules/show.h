/* Values as a person reads them, in the thread's language. */
#ifndef ZV_ENGINE_RULES_SHOW_H
#define ZV_ENGINE_RULES_SHOW_H

#include "base/buf.h"
#include "engine/rules/eval.h"

enum { RULES_USUAL_DECIMALS = -1 };

/* "1,170,000,000 ₽", "23.4 %", "at least 10", "unknown". `decimals` of fractions; RULES_USUAL_DECIMALS: as few as do. */
void rules_show_range(struct zv_buf *out, struct rules_range range, int type, bool percent, int decimals);
void rules_show_truth(struct zv_buf *out, enum zv_truth truth);
void rules_show_value(struct zv_buf *out, const struct rules_value *value, int type, bool percent);

/* The value of a part. */
void rules_show_expr(struct zv_buf *out, struct rules_eval *ev, const struct rules_expr *e, bool percent, int decimals);

/* How a calculated part came about: "1,170,000,000 ₽ / 5,000,000,000 ₽"; nothing for what is not calculated. */
void rules_show_working(struct zv_buf *out, struct rules_eval *ev, const struct rules_expr *e);

/* Fills the evidence of a leaf from ev->seen: each fact once, the deciding ones first; `open_first`: the unknown ones before all. */
const struct zv_rules_used *rules_used(int *n, int *n_all, struct rules_eval *ev, bool open_first);

/* One fact as evidence. */
struct zv_rules_used rules_used_one(struct rules_eval *ev, const struct rules_seen *seen);

#endif
