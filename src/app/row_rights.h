/* What a person may write of a row, from a file or by hand: auth/rights.h, asked with the centre and the organisation of the row. */
#ifndef ZV_APP_ROW_RIGHTS_H
#define ZV_APP_ROW_RIGHTS_H

#include "app/import.h"
#include "auth/rights.h"

/*
 * The organisation whose rows alone the person may write in this register; 0: of a whole centre, or all. `wish`: the one meant when he
 * has several (0: the first). ZV_E_DENIED when he may write none. `who` NULL: 0.
 */
ZV_MUST_CHECK enum zv_code zv_row_own_org(int64_t *out, const struct zv_who *who, const struct zv_register *reg, int64_t wish,
					  struct zv_err *err);

/* Where his new rows go: the centre of his organisation, or his own, or the national one (also for `who` NULL). */
int64_t zv_row_centre(const struct zv_who *who, const struct zv_register *reg, int64_t own_org);

/* A record that an import would write: ZV_OK or ZV_E_DENIED with a whole sentence. */
ZV_MUST_CHECK enum zv_code zv_row_may(struct zv_db *db, const struct zv_who *who, const struct zv_import_write *write, struct zv_err *err);

/* Whether the change lets more people see a need, and takes a second person when `who` makes it. */
bool zv_row_widens(const struct zv_who *who, const struct zv_import_write *write);

#endif
