/* The report of an import as the API and kept jobs have it. */
#ifndef ZV_APP_IMPORT_JSON_H
#define ZV_APP_IMPORT_JSON_H

#include "app/import.h"
#include "format/json_write.h"

/*
 * {rows, new, changed, same, errors, held, duplicates, skipped, warnings, profile, encoding, sheet, dry_run, batch, groups: [...],
 * faults: [{line, level, column, text}], faults_total, workbook}. `workbook` is the digest of the kept rows at fault, or "".
 */
void zv_import_write_json(struct zv_json *json, const struct zv_import_report *report, struct zv_str workbook);

#endif
