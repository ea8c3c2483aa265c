/* Keeps the bytes of bodies. All bodies in memory together have a limit, so that a thousand senders cannot fill it. */
#include "net/incoming.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

enum { IN_MEMORY_MAX = 64 << 20, PATH_BYTES = 4096, BUSY = 503, NO_SPACE = 507 };

/* Bytes of the bodies that all servers of the process hold. */
static atomic_llong held;

static int open_scratch(const char *folder)
{
	char path[PATH_BYTES];
	int fd;

	if (folder == NULL)
		folder = getenv("TMPDIR");
	if (folder == NULL || folder[0] == '\0')
		folder = "/tmp";
	fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	/* Not every file system knows files without a name. */
	if (snprintf(path, sizeof(path), "%s/zveno-XXXXXX", folder) >= (int)sizeof(path))
		return -1;
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		(void)unlink(path);
	return fd;
}

struct zv_incoming *zv_incoming_new(const struct zv_head *head, const struct zv_body_rule *rule, const char *scratch, int64_t now_us)
{
	int fd = rule->to_file ? open_scratch(scratch) : -1;

	if (rule->to_file && fd < 0)
		return NULL;
	struct zv_incoming *incoming = zv_calloc(1, sizeof(*incoming));
	zv_body_init(&incoming->body, head->chunked, head->length, rule->max);
	zv_buf_init(&incoming->bytes, 0);
	incoming->fd = fd;
	incoming->began_us = now_us;
	return incoming;
}

void zv_incoming_free(struct zv_incoming *incoming)
{
	if (incoming == NULL)
		return;
	atomic_fetch_sub(&held, (long long)incoming->bytes.n);
	zv_buf_done(&incoming->bytes);
	if (incoming->fd >= 0)
		close(incoming->fd);
	free(incoming);
}

static int keep_in_file(struct zv_incoming *incoming, struct zv_str data)
{
	while (data.n > 0) {
		ssize_t n = write(incoming->fd, data.p, data.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return NO_SPACE;
		data = zv_str_from(data, (size_t)n);
	}
	return 0;
}

static int keep(struct zv_incoming *incoming, struct zv_str data)
{
	if (incoming->fd >= 0)
		return keep_in_file(incoming, data);
	if (atomic_fetch_add(&held, (long long)data.n) + (long long)data.n > IN_MEMORY_MAX) {
		atomic_fetch_sub(&held, (long long)data.n);
		return BUSY;
	}
	zv_buf_add_str(&incoming->bytes, data);
	return 0;
}

int zv_incoming_feed(struct zv_incoming *incoming, struct zv_str *rest)
{
	struct zv_str data;
	int state;

	while ((state = zv_body_read(&incoming->body, &data, rest)) == ZV_BODY_DATA) {
		int bad = keep(incoming, data);

		if (bad != 0)
			return bad;
	}
	return state;
}

bool zv_incoming_give(struct zv_incoming *incoming, struct zv_request *request)
{
	request->body_fd = incoming->fd;
	request->body_n = incoming->body.total;
	request->body = incoming->fd < 0 ? zv_buf_str(&incoming->bytes) : ZV_STR("");
	return incoming->fd < 0 || lseek(incoming->fd, 0, SEEK_SET) == 0;
}
