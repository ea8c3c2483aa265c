/*
 * What a person sees of a row: nothing, its shape, its shape with the name of the organisation, or all (features N4, I3; security.md T1, T2).
 * The rule is auth/rights.h; here it meets the rows: visibility classes, accepted contacts, matched makers.
 */
#ifndef ZV_APP_SIGHT_H
#define ZV_APP_SIGHT_H

#include "auth/rights.h"
#include "store/register.h"

enum zv_sight {
	ZV_SIGHT_NONE,  /* as if it were not there: 404, not in lists, counts, search, suggestions */
	ZV_SIGHT_SHAPE, /* a need: item, region, quantity, due date, requirements, state. No organisation, ceiling, note, own key, stock, loss */
	ZV_SIGHT_NAMED, /* the same and the organisation: its contact was accepted */
	ZV_SIGHT_FULL
};

ZV_MUST_CHECK enum zv_code zv_sight_of(enum zv_sight *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
				       const struct zv_record *record, struct zv_err *err);

/* Whether a column is shown at this sight. A column that is not shown reads as not stated, and can be neither filtered nor sorted by. */
bool zv_sight_column(const struct zv_register *reg, int column, enum zv_sight sight);

/* Sets what is not to be seen to null, key and provenance included. */
void zv_sight_mask(struct zv_record *record, const struct zv_register *reg, enum zv_sight sight);

/*
 * Disclosure control (I3) for a figure over several organisations that is shown to somebody who sees not all of them: at least
 * `k` (setting "disclosure.k", 3) organisations and none above `percent` ("disclosure.percent", 75) of the volume.
 */
struct zv_disclosure_rule {
	int k;
	int percent;
};
ZV_MUST_CHECK enum zv_code zv_disclosure_rule_load(struct zv_disclosure_rule *out, struct zv_db *db, struct zv_err *err);
bool zv_disclosure_allows(const struct zv_disclosure_rule *rule, size_t n_orgs, int64_t largest, int64_t total);

#endif
