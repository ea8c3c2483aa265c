/* One sheet of a workbook (OOXML) as rows. */
#ifndef ZV_FORMAT_XLSX_READ_H
#define ZV_FORMAT_XLSX_READ_H

#include "format/parse.h"

/*
 * Texts as they are; numbers as the shortest decimal that means the same double ("0.04", "77001234567"); dates and times by
 * the format of the cell as 2026-09-30, 2026-09-30T17:45:00 or 17:45:00; TRUE and FALSE; of a formula the stored value; of an
 * error nothing (see zv_row.fault). Rows without text are left out. ZV_E_INVALID: a damaged or lying zip or XML;
 * ZV_E_UNSUPPORTED: a password, another kind of zip; ZV_E_NOTFOUND: no sheet of that name.
 */
ZV_MUST_CHECK enum zv_code zv_xlsx_read(struct zv_parse *parse, struct zv_err *err);

#endif
