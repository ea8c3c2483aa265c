/* Templates to fill in, and registers as files that import again. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/download.h"
#include "api/operations.h"
#include "app/export.h"
#include "app/export_own.h"
#include "app/template.h"
#include "base/tr.h"

enum { EXPORT_MAX = 32 << 20, PATH_ROOM = 512 };

/* An empty file for the writer of workbooks, which wants a name. */
static enum zv_code make_file(char path[PATH_ROOM], struct zv_err *err)
{
	const char *dir = getenv("TMPDIR");
	int fd;

	(void)snprintf(path, PATH_ROOM, "%s/zveno-out-XXXXXX.xlsx", dir != NULL ? dir : "/tmp");
	fd = mkostemps(path, 5, O_CLOEXEC);
	if (fd < 0)
		return zv_fail(err, ZV_E_IO, "", N_("The folder for temporary files does not work: %s."), strerror(errno));
	(void)close(fd);
	return ZV_OK;
}

/* The file becomes the answer, and goes. */
static enum zv_code give_file(struct zv_api_call *call, const char *path, enum zv_code code, struct zv_str name, struct zv_err *err)
{
	int fd = code == ZV_OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	(void)unlink(path);
	if (code != ZV_OK)
		return code;
	if (fd < 0)
		return zv_fail(err, ZV_E_IO, "", N_("The folder for temporary files does not work: %s."), strerror(errno));
	return zv_api_download_fd(call, fd, ZV_API_XLSX, name, err);
}

/* The kind by its own name, or that of its register. */
static enum zv_code find_kind(const struct zv_import_kind **out, const struct zv_api_call *call, struct zv_err *err)
{
	const char *name = zv_arena_strf(call->arena, "%.*s", ZV_STR_FMT(zv_str_first(call->args[0], 60))).p;
	const char *kind;
	struct zv_err unknown;

	if (zv_export_kind(&kind, name, &unknown) == ZV_OK)
		*out = zv_import_kind_find(kind);
	else
		*out = NULL;
	if (*out == NULL || (*out)->unmap == NULL)
		return zv_fail(err, ZV_E_NOTFOUND, "", N_("“%s” has no template of its own."), name);
	return ZV_OK;
}

/* --- templates -------------------------------------------------------------------------------------------------------------------- */

static enum zv_code write_template(struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_import_kind *kind;
	char path[PATH_ROOM];
	enum zv_code code = find_kind(&kind, call, err);

	if (code == ZV_OK)
		code = make_file(path, err);
	if (code != ZV_OK)
		return code;
	code = zv_template_write(kind->name, path, zv_tr_lang(), err);
	return give_file(call, path, code, zv_arena_strf(call->arena, "%s.xlsx", kind->name), err);
}

enum zv_code zv_api_template(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	const struct zv_import_kind *kind;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = find_kind(&kind, call, err);
	return code == ZV_OK ? zv_api_aside(call, write_template, err) : code;
}

/* --- exports ---------------------------------------------------------------------------------------------------------------------- */

static enum zv_code write_csv(struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_import_kind *kind;
	struct zv_buf text;
	int64_t rows = 0;
	enum zv_code code = find_kind(&kind, call, err);

	if (code != ZV_OK)
		return code;
	zv_buf_init(&text, EXPORT_MAX);
	code = zv_export_own_csv(&text, &rows, call->db, call->who, kind, err);
	if (code == ZV_OK) {
		zv_buf_reset(call->answer->body);
		zv_buf_add_str(call->answer->body, zv_buf_str(&text));
		zv_api_download(call, ZV_API_CSV, zv_arena_strf(call->arena, "%s.csv", kind->name));
		call->rows += rows;
	}
	zv_buf_done(&text);
	return code;
}

static enum zv_code write_xlsx(struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_import_kind *kind;
	char path[PATH_ROOM];
	int64_t rows = 0;
	enum zv_code code = find_kind(&kind, call, err);

	if (code == ZV_OK)
		code = make_file(path, err);
	if (code != ZV_OK)
		return code;
	code = zv_export_own_xlsx(path, &rows, call->db, call->who, kind, err);
	call->rows += rows;
	return give_file(call, path, code, zv_arena_strf(call->arena, "%s.xlsx", kind->name), err);
}

static enum zv_code begin_export(struct zv_api_call *call, zv_api_run part, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	const struct zv_import_kind *kind;
	const struct zv_register *reg;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = find_kind(&kind, call, err);
	if (code != ZV_OK)
		return code;
	reg = zv_register_find(kind->reg);
	code = zv_rights_need_some(call->who, zv_sight_action(reg, false), err);
	return code == ZV_OK ? zv_api_aside(call, part, err) : code;
}

enum zv_code zv_api_export_csv(struct zv_api_call *call, struct zv_err *err)
{
	return begin_export(call, write_csv, err);
}

enum zv_code zv_api_export_xlsx(struct zv_api_call *call, struct zv_err *err)
{
	return begin_export(call, write_xlsx, err);
}
