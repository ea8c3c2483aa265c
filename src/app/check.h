/* What must hold in every database: integrity, sums over links, nothing left of what was undone, every acknowledged key there. */
#ifndef ZV_APP_CHECK_H
#define ZV_APP_CHECK_H

#include <stdio.h>

#include "base/err.h"
#include "base/str.h"

struct zv_db;

struct zv_check_result {
	int checks;        /* done */
	int64_t acks;      /* keys looked for */
	bool ok;
	char what[64];     /* stable word of the first fault: "lot-quantity", "ack" ... */
	char fault[400];   /* a sentence in the thread's language */
};

/* ZV_OK also when a check fails: look at out->ok. `acks` (NULL: none) has a key a line, with or without the word ACK before it. */
ZV_MUST_CHECK enum zv_code zv_check(struct zv_check_result *out, struct zv_db *db, FILE *acks, struct zv_err *err);

#endif
