/* Lots and matches as JSON for scripts: everything that the command line shows, with exact figures. The API has views of its own. */
#ifndef ZV_APP_LOTS_JSON_H
#define ZV_APP_LOTS_JSON_H

#include "app/lots_run.h"
#include "app/match_run.h"
#include "format/json_write.h"

void zv_lots_json(struct zv_json *json, const struct zv_lots_result *result);
void zv_lots_lot_json(struct zv_json *json, const struct zv_lots_lot *lot);
void zv_match_json(struct zv_json *json, const struct zv_match_result *result);

#endif
