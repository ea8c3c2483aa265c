/* Progress on stderr. The clock is asked at each call, so callers call it every few thousand rows. */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "base/date.h"
#include "base/tr.h"
#include "cli/say.h"

enum { BAR = 30, BAR_EVERY_US = 100 * 1000, LINE_EVERY_US = 5 * 1000 * 1000, QUIET_US = 500 * 1000 };

void zv_progress_init(struct zv_progress *progress, int64_t total)
{
	*progress = (struct zv_progress){.total = total, .started_us = zv_tick_us(), .terminal = isatty(STDERR_FILENO) != 0};
	progress->shown_us = progress->started_us;
}

static void bar(struct zv_progress *progress, int64_t rows, int64_t bytes)
{
	int done = progress->total > 0 && bytes < progress->total ? (int)(bytes * BAR / progress->total) : BAR;

	(void)fputs("\r[", stderr);
	for (int i = 0; progress->total > 0 && i < BAR; i++)
		(void)fputc(i < done ? '=' : ' ', stderr);
	(void)fprintf(stderr, "] %" PRId64 " ", rows);
	(void)fflush(stderr);
	progress->drawn = true;
}

void zv_progress_show(struct zv_progress *progress, int64_t rows, int64_t bytes)
{
	int64_t now = zv_tick_us();
	int64_t every = progress->terminal ? BAR_EVERY_US : LINE_EVERY_US;

	if (now - progress->started_us < QUIET_US || now - progress->shown_us < every)
		return;
	progress->shown_us = now;
	if (progress->terminal)
		bar(progress, rows, bytes);
	else
		zv_say_n(stderr, rows, "%lld row read", "%lld rows read", (long long)rows);
}

void zv_progress_done(struct zv_progress *progress)
{
	if (progress->drawn)
		(void)fputs("\r\033[K", stderr);
	progress->drawn = false;
}
