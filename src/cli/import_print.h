/* What came of an import, for people and as JSON. */
#ifndef ZV_CLI_IMPORT_PRINT_H
#define ZV_CLI_IMPORT_PRINT_H

#include "app/import.h"
#include "cli/cli.h"

ZV_MUST_CHECK enum zv_code zv_import_print(struct zv_cli *cli, FILE *out, const struct zv_import_report *report, const char *kind,
					   const char *path, struct zv_err *err);

#endif
