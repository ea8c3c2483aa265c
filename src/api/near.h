/* Inside api/: the two nearest lots of an offer that got none. */
#ifndef ZV_API_NEAR_H
#define ZV_API_NEAR_H

#include "api/call.h"
#include "app/lots_run.h"

void zv_api_unfilled(struct zv_api_call *call, const struct zv_lots_unfilled *unfilled);

#endif
