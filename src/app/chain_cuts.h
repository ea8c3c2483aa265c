/* Cut sets of a network in a JSON file (docs/guide/chain-files.md): {"need": {node: [[{"k", "of"}, ...], ...]}, "target", "mode"}. */
#ifndef ZV_APP_CHAIN_CUTS_H
#define ZV_APP_CHAIN_CUTS_H

#include "app/chain_file.h"
#include "engine/chain/cuts.h"
#include "format/json_write.h"

struct zv_chain_cuts_file {
	struct zv_cuts_input input; /* arrays freed with the file */
	struct zv_str *nodes;       /* names, ascending by bytes, so that nodes in order are names in order */
	struct zv_str *warnings;
	size_t n_warnings;
	struct zv_arena arena;
};

/* ZV_E_INVALID names the place in the JSON and the value; ZV_E_LIMIT: too large. A half read file is freed. */
ZV_MUST_CHECK enum zv_code zv_chain_cuts_read(struct zv_chain_cuts_file *out, struct zv_str text, struct zv_err *err);
void zv_chain_cuts_file_done(struct zv_chain_cuts_file *file);

/* {"minimal_cut_sets": [[name ...] ...], "single_points_of_failure": [...], "works": bool, "order": number or null}; sets by size, then by names. */
void zv_chain_cuts_answer(struct zv_json *json, const struct zv_chain_cuts_file *file, const struct zv_cuts *cuts, uint32_t order);

#endif
