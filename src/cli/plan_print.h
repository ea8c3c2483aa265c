/* Inside cli/: what the commands of kept plans print alike. */
#ifndef ZV_CLI_PLAN_PRINT_H
#define ZV_CLI_PLAN_PRINT_H

#include "cli/cli.h"
#include "cli/table.h"
#include "app/plan_view.h"

/* The uid itself, or of the plan made last for “newest”. ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_plan_named(struct zv_str *out, struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err);

/* A plan in sums: sentences and a table by priority, or one JSON object. */
ZV_MUST_CHECK enum zv_code zv_plan_print_head(struct zv_cli *cli, struct zv_db *db, struct zv_str uid, struct zv_err *err);

/* The gap, or “—” where it is not for the person. */
struct zv_cell zv_plan_gap_cell(const struct zv_plan_row *row, struct zv_arena *arena);

#endif
