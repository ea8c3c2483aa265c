/* How far a long command is, on stderr: a bar on a terminal, a line every few seconds otherwise, nothing for short work. */
#ifndef ZV_CLI_PROGRESS_H
#define ZV_CLI_PROGRESS_H

#include "base/base.h"

struct zv_progress {
	int64_t total; /* bytes of the whole; 0: not known */
	int64_t started_us;
	int64_t shown_us;
	bool terminal;
	bool drawn; /* there is a bar to be wiped */
};

void zv_progress_init(struct zv_progress *progress, int64_t total);
void zv_progress_show(struct zv_progress *progress, int64_t rows, int64_t bytes);

/* Wipes the bar. */
void zv_progress_done(struct zv_progress *progress);

#endif
