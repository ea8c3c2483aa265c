/* Files as answers, made beside the threads that answer. */
#include "api/download.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/api.h"
#include "auth/pool.h"
#include "base/tr.h"

enum { DOWNLOAD_MAX = 64 << 20, READ_STEP = 1 << 16 };

void zv_api_download(struct zv_api_call *call, const char *type, struct zv_str name)
{
	struct zv_answer *answer = call->answer;

	answer->type = type;
	answer->cache = "private, no-store";
	(void)snprintf(answer->disposition, sizeof(answer->disposition), "attachment; filename=\"%.*s\"", ZV_STR_FMT(name));
}

enum zv_code zv_api_download_fd(struct zv_api_call *call, int fd, const char *type, struct zv_str name, struct zv_err *err)
{
	struct zv_buf *body = call->answer->body;
	off_t size = lseek(fd, 0, SEEK_END), at = 0;
	enum zv_code code = ZV_OK;

	if (size > DOWNLOAD_MAX)
		code = zv_fail(err, ZV_E_LIMIT, "", N_("The file would be larger than %d MiB."), DOWNLOAD_MAX >> 20);
	zv_buf_reset(body);
	while (code == ZV_OK && at < size) {
		char *room = zv_buf_reserve(body, READ_STEP);
		ssize_t n = pread(fd, room, READ_STEP, at);

		if (n <= 0)
			code = zv_fail(err, ZV_E_IO, "", N_("The file cannot be read: %s."), n < 0 ? strerror(errno) : "");
		else
			body->n += (size_t)n;
		at += n;
	}
	(void)close(fd);
	if (code == ZV_OK)
		zv_api_download(call, type, name);
	else
		zv_buf_reset(body);
	return code;
}

struct aside {
	struct zv_piece piece; /* the pool knows only this */
	struct zv_api_call *call;
	zv_api_run part;
	const char *lang;
};

static void run_aside(struct zv_piece *piece)
{
	struct aside *aside = (struct aside *)piece;
	struct zv_api_call *call = aside->call;
	struct zv_err err = {0};
	enum zv_code code;

	zv_tr_set_lang(aside->lang);
	code = zv_api_read(call, aside->part, &err);
	zv_api_complete(call, code, &err); /* `aside` is gone with it */
}

enum zv_code zv_api_aside(struct zv_api_call *call, zv_api_run part, struct zv_err *err)
{
	struct aside *aside = ZV_ARENA_NEW(call->arena, struct aside);

	*aside = (struct aside){.piece = {.run = run_aside}, .call = call, .part = part, .lang = zv_tr_lang()};
	return zv_pool_submit(zv_auth_outside_pool(call->with->auth), &aside->piece, err);
}
