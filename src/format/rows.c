/* The side that asks for rows: forks the reader, checks what it sends, and says in one sentence how it ended. */
#include "format/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/rng.h"
#include "format/budget.h"
#include "format/frame.h"
#include "format/parse.h"
#include "format/sandbox.h"

enum { PIPE_SIZE = 1 << 20, EXIT_FINE = 0, EXIT_NO_MEMORY = 3, EXIT_NO_CAGE = 4 };

struct zv_rows {
	struct zv_frame_reader reader;
	struct zv_rows_info info;
	struct zv_rows_options options;
	int file;     /* a copy of the descriptor while the child may be started anew; -1: no more */
	int starts_left;
	pid_t child; /* 0: gone */
	clockid_t clock; /* processor time of the child */
	int64_t used_us; /* of it, when it was looked at last */
	int silent_s;    /* seconds in which it sent nothing and used no processor */
	bool stuck;
	bool ended;
	struct zv_err failure; /* code ZV_OK: none so far */
};

static enum zv_code send_row(void *arg, const struct zv_row *row, struct zv_err *err)
{
	return zv_frame_row(arg, row, err);
}

static enum zv_code send_info(void *arg, const struct zv_rows_info *info, struct zv_err *err)
{
	return zv_frame_info(arg, info, err);
}

/* The whole life of the child. */
static ZV_NORETURN void run_child(int in, int out, const struct zv_rows_options *options, int cpu_s)
{
	struct zv_frame_writer writer;
	struct zv_sink sink = {send_row, send_info, &writer};
	struct zv_source source;
	struct zv_err failure = {0};

	if (!zv_sandbox_enter(in, out, cpu_s))
		_exit(EXIT_NO_CAGE);
	zv_frame_writer_init(&writer, ZV_SANDBOX_OUT);
	zv_source_init_fd(&source, ZV_SANDBOX_IN);
	if (zv_parse(&source, options, &sink, &failure) == ZV_OK)
		zv_frame_end(&writer);
	else
		zv_frame_error(&writer, &failure);
	_exit(EXIT_FINE);
}

/* What draws its first random numbers from the system does so before the fork: in the cage nothing can be opened. */
static void warm_up(void)
{
	uint64_t drawn;

	zv_random_bytes(&drawn, sizeof(drawn));
	(void)zv_hash(ZV_STR(""));
}

/*
 * A child that neither sends nor works will do so for ever: its limit on processor time cannot end it. That is what a lock left behind by
 * another thread at the fork looks like. glibc's malloc has none; the allocator of AddressSanitizer has, other libraries may.
 */
static bool is_alive(void *context)
{
	struct zv_rows *rows = context;
	int still_s = rows->starts_left > 0 && rows->options.still_s > ZV_LIMIT_START_S ? ZV_LIMIT_START_S : rows->options.still_s;
	struct timespec used;
	int64_t used_us;

	if (clock_gettime(rows->clock, &used) != 0)
		return true; /* it has ended: the pipe says so */
	used_us = (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
	rows->silent_s = used_us > rows->used_us ? 0 : rows->silent_s + 1;
	rows->used_us = used_us;
	rows->stuck = rows->silent_s >= still_s;
	return !rows->stuck;
}

/* Forks the reader over `fd`, from its beginning. */
static enum zv_code start(struct zv_rows *rows, int fd, struct zv_err *err)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return zv_fail(err, ZV_E_IO, NULL, N_("The reader cannot be started: %s."), strerror(errno));
	(void)fcntl(ends[1], F_SETPIPE_SZ, PIPE_SIZE); /* fewer switches; smaller is fine too */
	(void)lseek(fd, 0, SEEK_SET);
	warm_up();
	rows->child = fork();
	if (rows->child == 0)
		run_child(fd, ends[1], &rows->options, rows->options.cpu_s);
	(void)close(ends[1]);
	if (rows->child < 0) {
		rows->child = 0;
		(void)close(ends[0]);
		return zv_fail(err, ZV_E_IO, NULL, N_("The reader cannot be started: %s."), strerror(errno));
	}
	zv_frame_reader_follow(&rows->reader, ends[0]);
	rows->used_us = 0;
	rows->silent_s = 0;
	rows->stuck = false;
	return ZV_OK;
}

/* Only a file can be read again from its beginning, and only a file has no right to be slow. */
static void watch(struct zv_rows *rows, int fd)
{
	struct stat about;

	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) || clock_getcpuclockid(rows->child, &rows->clock) != 0)
		return;
	rows->reader.alive = is_alive;
	rows->reader.context = rows;
	rows->file = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	rows->starts_left = rows->file >= 0 ? ZV_LIMIT_STARTS - 1 : 0;
}

enum zv_code zv_rows_open_fd(struct zv_rows **out, int fd, const struct zv_rows_options *options, struct zv_err *err)
{
	struct zv_rows *rows = zv_calloc(1, sizeof(*rows));
	enum zv_code code;

	rows->options = *options;
	if (rows->options.cpu_s <= 0)
		rows->options.cpu_s = ZV_LIMIT_CPU_S;
	if (rows->options.still_s <= 0)
		rows->options.still_s = ZV_LIMIT_STILL_S;
	rows->file = -1;
	zv_frame_reader_init(&rows->reader, -1);
	code = start(rows, fd, err);
	if (code == ZV_OK)
		watch(rows, fd);
	else
		zv_rows_close(rows);
	*out = code == ZV_OK ? rows : NULL;
	return code;
}

enum zv_code zv_rows_open(struct zv_rows **out, const char *path, const struct zv_rows_options *options, struct zv_err *err)
{
	struct zv_rows_options named = *options;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum zv_code code;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return zv_fail(err, ZV_E_NOTFOUND, NULL, N_("There is no file %s."), path);
	if (fd < 0)
		return zv_fail(err, ZV_E_IO, NULL, N_("%s cannot be opened: %s."), path, strerror(errno));
	if (named.name == NULL)
		named.name = path;
	code = zv_rows_open_fd(out, fd, &named, err);
	(void)close(fd);
	return code;
}

/* Waits for the child, which has ended or is about to; -1 when somebody else has waited for it. */
static int wait_for(struct zv_rows *rows)
{
	int status = -1;

	while (rows->child > 0 && waitpid(rows->child, &status, 0) < 0) {
		if (errno != EINTR) {
			status = -1;
			break;
		}
	}
	rows->child = 0;
	return status;
}

/* The way it ended, as wait_for gives it. */
static int end_child(struct zv_rows *rows)
{
	if (rows->child > 0)
		(void)kill(rows->child, SIGKILL); /* no change if it is dead, and the end of a child gone wrong */
	return wait_for(rows);
}

/* Once a row is given, the reader is not started again. */
static void forget_file(struct zv_rows *rows)
{
	if (rows->file >= 0)
		(void)close(rows->file);
	rows->file = -1;
	rows->starts_left = 0;
}

static void close_pipe(struct zv_rows *rows)
{
	if (rows->reader.fd >= 0)
		(void)close(rows->reader.fd);
	zv_frame_reader_follow(&rows->reader, -1);
}

/* A child that stood still before its first row is replaced; false: it was not that, or there is no other. */
static bool start_anew(struct zv_rows *rows)
{
	if (!rows->stuck || rows->starts_left == 0)
		return false;
	rows->starts_left--;
	(void)end_child(rows);
	close_pipe(rows);
	return start(rows, rows->file, NULL) == ZV_OK && clock_getcpuclockid(rows->child, &rows->clock) == 0;
}

/* The pipe ended without a last word. */
static enum zv_code fail_dead(struct zv_rows *rows, struct zv_err *err)
{
	int status = end_child(rows);

	if (rows->stuck)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("The reader of the file stood still for %d seconds and was ended. Try again."), rows->options.still_s);
	if (status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_MEMORY)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("Reading the file takes more than %d MiB of memory; split it."),
			       (int)(ZV_LIMIT_MEMORY >> 20));
	if (status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_CAGE)
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL,
			       N_("This system cannot confine the reader of foreign files (seccomp, setrlimit), so nothing is read."));
	if (status != -1 && WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("Reading the file takes more than %d seconds of processor time; split it."),
			       rows->options.cpu_s);
	return zv_fail(err, ZV_E_INVALID, NULL,
		       N_("The file broke its reader (signal %d), which can only be an attack or a flaw of ours; nothing of it was taken. Please send it to us."),
		       status != -1 && WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

static enum zv_code keep_failure(struct zv_rows *rows, enum zv_code code, struct zv_err *err)
{
	rows->failure.code = code;
	if (err != NULL)
		*err = rows->failure;
	return code;
}

enum zv_code zv_rows_next(bool *more, struct zv_row *row, struct zv_rows *rows, struct zv_err *err)
{
	struct zv_frame frame;

	if (rows->failure.code != ZV_OK)
		return keep_failure(rows, rows->failure.code, err);
	while (!rows->ended) {
		if (!zv_frame_next(&frame, &rows->reader)) {
			if (start_anew(rows))
				continue;
			return keep_failure(rows, fail_dead(rows, &rows->failure), err);
		}
		switch (frame.kind) {
		case ZV_FRAME_ROW:
			forget_file(rows);
			*row = frame.row;
			*more = true;
			return ZV_OK;
		case ZV_FRAME_INFO:
			rows->info = frame.info;
			break;
		case ZV_FRAME_ERROR:
			rows->failure = frame.failure;
			return keep_failure(rows, frame.failure.code, err);
		default:
			rows->ended = true;
			break;
		}
	}
	*more = false;
	return ZV_OK;
}

const struct zv_rows_info *zv_rows_info(const struct zv_rows *rows)
{
	return &rows->info;
}

void zv_rows_close(struct zv_rows *rows)
{
	if (rows == NULL)
		return;
	forget_file(rows);
	close_pipe(rows);
	(void)end_child(rows);
	zv_frame_reader_done(&rows->reader);
	free(rows);
}
