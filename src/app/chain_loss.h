/* Answers of `zveno chain loss`: scenarios as JSON, single failures as CSV. No database. */
#ifndef ZV_APP_CHAIN_LOSS_H
#define ZV_APP_CHAIN_LOSS_H

#include "app/chain_file.h"
#include "engine/chain/all.h"
#include "format/out.h"

struct zv_chain_loss_ask {
	struct zv_chain_all_options options;
	const uint32_t *firms; /* causes in the file's numbers; NULL: scenarios of the file, or all firms of a folder */
	uint32_t n_firms;
	bool all; /* all firms, whatever the file holds */
};

/* Runs and writes. ZV_E_INVALID: JSON without scenarios and nothing else asked. ZV_E_LIMIT, ZV_E_IO. */
ZV_MUST_CHECK enum zv_code zv_chain_loss_answer(struct zv_out *out, const struct zv_chain_file *file, const struct zv_chain_loss_ask *ask, struct zv_err *err);

/*
 * Where an answer goes: to `path` by way of a file beside it, so that there is never a half of one; or to `standard` when path is NULL. begin gives the file to
 * write to; end puts it in its place, or takes it away when `code` is a failure, which is handed on.
 */
struct zv_chain_sink {
	const char *path;
	FILE *file;
	char part[4096];
	bool special; /* a device or a pipe, written as it is */
};
ZV_MUST_CHECK enum zv_code zv_chain_sink_begin(struct zv_chain_sink *sink, const char *path, FILE *standard, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_chain_sink_end(struct zv_chain_sink *sink, enum zv_code code, struct zv_err *err);

#endif
