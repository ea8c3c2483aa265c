/* Networks of supply as files (docs/guide/chain-files.md): a folder of CSV files, or one JSON text with scenarios. */
#ifndef ZV_APP_CHAIN_FILE_H
#define ZV_APP_CHAIN_FILE_H

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "engine/chain/network.h"

enum { ZV_CHAIN_ID_MAX = 200, ZV_CHAIN_JSON_MAX = 16 * 1024 * 1024, ZV_CHAIN_WARNINGS_MAX = 100 };

/* What fails at once: own losses of firms, in the file's numbers. */
struct zv_chain_scenario {
	const struct zv_chain_own {
		uint32_t firm;
		double down, up; /* in [0, 1] */
	} *own;
	uint32_t n;
};

struct zv_chain_file {
	struct zv_chain_input input; /* arrays freed with the file; firms in the order of the file */
	struct zv_str *firms, *sectors;
	struct zv_chain_scenario *scenarios; /* of JSON */
	uint32_t n_scenarios;
	bool json;
	struct zv_str *warnings; /* whole sentences */
	size_t n_warnings;
	struct zv_arena arena; /* ids, scenarios, warnings */
};

/* Gives "firms.csv" ... as an open file; NULL with errno. */
typedef FILE *zv_chain_open(void *context, const char *name);

/*
 * ZV_E_INVALID names file, line, column and value, or the place in the JSON; ZV_E_LIMIT: too large. Half read files are freed. The caller ends with done.
 */
ZV_MUST_CHECK enum zv_code zv_chain_file_read(struct zv_chain_file *out, const char *path, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_chain_folder_read_from(struct zv_chain_file *out, zv_chain_open *open, void *context, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_chain_json_read(struct zv_chain_file *out, struct zv_str text, struct zv_err *err);
void zv_chain_file_done(struct zv_chain_file *file);

/* A text file of up to `max` bytes. ZV_E_NOTFOUND, ZV_E_IO, ZV_E_LIMIT. */
ZV_MUST_CHECK enum zv_code zv_chain_text_read(struct zv_buf *text, const char *path, size_t max, struct zv_err *err);

/* The firms named in a text file, one a line, in the file's numbers; a line that is not there is named. *out is freed by the caller. */
ZV_MUST_CHECK enum zv_code zv_chain_firms_read(uint32_t **out, uint32_t *n, const struct zv_chain_file *file, const char *path, struct zv_err *err);

#endif
