/* Days of stop of a network in a JSON file (docs/guide/chain-files.md): firms, links with shares and days on the way, stocks, outages. */
#ifndef ZV_APP_CHAIN_DAYS_H
#define ZV_APP_CHAIN_DAYS_H

#include "app/chain_file.h"
#include "engine/chain/stops.h"
#include "format/json_write.h"

struct zv_chain_days_file {
	struct zv_str *firms;
	uint32_t n_firms;
	struct zv_stops_input input; /* firms as in the file, behind them one that never stops: what links do not name comes from there */
	struct zv_str *inputs;       /* of each line */
	struct zv_stops_outage *outages;
	uint32_t n_outages;
	struct zv_str *warnings;
	size_t n_warnings;
	struct zv_arena arena;
};

/* ZV_E_INVALID names the place in the JSON and the value; ZV_E_LIMIT: too large. A half read file is freed. */
ZV_MUST_CHECK enum zv_code zv_chain_days_read(struct zv_chain_days_file *out, struct zv_str text, struct zv_err *err);
void zv_chain_days_file_done(struct zv_chain_days_file *file);

/*
 * {"firms": {name: {"first_affected_day", "stopped_day", "lost_days", "normal_again_day", "binds": {"input", "from"} or null}}}, firms in the order of the file. Days that do not come are null; lost_days is
 * null where a loss never ends. `horizon` INFINITY: until nothing changes any more. ZV_E_LIMIT: loops that do not settle.
 */
ZV_MUST_CHECK enum zv_code zv_chain_days_answer(struct zv_json *json, const struct zv_chain_days_file *file, double horizon, struct zv_err *err);

#endif
