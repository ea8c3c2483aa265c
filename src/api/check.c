/* Clusters against packs of rules: one with packs side by side, all of them in one run. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/api.h"
#include "api/download.h"
#include "api/operations.h"
#include "app/check_all.h"
#include "app/cluster_check.h"

enum { WORD_MAX = 60, LIST_MAX = ZV_CHECK_EDITS_MAX / 2, PATH_ROOM = 256 };

static enum zv_code param_date(zv_date *out, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str text;

	*out = ZV_DATE_NONE;
	if (!zv_target_param(&text, &call->request->target, "on") || text.n == 0)
		return ZV_OK;
	if (!zv_date_parse(out, text))
		return zv_fail(err, ZV_E_INVALID, "on", N_("“%.*s” is no date: write it as 2026-09-30."), ZV_STR_FMT(zv_str_first(text, WORD_MAX)));
	return ZV_OK;
}

/* A parameter is given once: what is several stands parted by commas. */
static enum zv_code param_list(const struct zv_str **out, size_t *n, const struct zv_api_call *call, const char *name, struct zv_err *err)
{
	struct zv_str *list = ZV_ARENA_ARRAY(call->arena, struct zv_str, LIST_MAX), text = {"", 0}, part;

	*out = list;
	*n = 0;
	if (!zv_target_param(&text, &call->request->target, name) || text.n == 0)
		return ZV_OK;
	while (zv_str_split(&part, &text, ',')) {
		part = zv_str_trim(part);
		if (part.n == 0)
			continue;
		if (*n == LIST_MAX)
			return zv_fail(err, ZV_E_LIMIT, name, N_("Name at most %d at once."), LIST_MAX);
		list[(*n)++] = part;
	}
	return ZV_OK;
}

enum zv_code zv_api_cluster_check(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"pack", "on", "with", "without", NULL};
	struct zv_check_ask ask = {.cluster = call->args[0]};
	struct zv_check check;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = param_date(&ask.on, call, err);
	if (code == ZV_OK)
		code = param_list(&ask.packs, &ask.n_packs, call, "pack", err);
	if (code == ZV_OK)
		code = param_list(&ask.with, &ask.n_with, call, "with", err);
	if (code == ZV_OK)
		code = param_list(&ask.without, &ask.n_without, call, "without", err);
	if (code == ZV_OK)
		code = zv_cluster_check(&check, call->db, call->who, &ask, call->arena, err);
	if (code == ZV_OK)
		zv_check_json(&call->json, &check);
	return code;
}

/* --- all of them ---------------------------------------------------------------------------------------------------------------------- */

static enum zv_code check_all(struct zv_check_table *out, struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"pack", "state", "on", NULL};
	struct zv_check_all_ask ask = {0};
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = param_date(&ask.on, call, err);
	if (code != ZV_OK)
		return code;
	(void)zv_target_param(&ask.pack, &call->request->target, "pack");
	(void)zv_target_param(&ask.state, &call->request->target, "state");
	return zv_check_all(out, call->db, call->who, &ask, call->arena, err);
}

static enum zv_code write_json(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_check_table table;
	enum zv_code code = check_all(&table, call, err);

	if (code == ZV_OK)
		zv_check_all_json(&call->json, &table);
	return code;
}

static enum zv_code write_csv(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_check_table table;
	enum zv_code code = check_all(&table, call, err);

	if (code != ZV_OK)
		return code;
	zv_buf_reset(call->answer->body);
	zv_check_all_csv(call->answer->body, &table);
	zv_api_download(call, ZV_API_CSV, ZV_STR("cluster-checks.csv"));
	call->rows += (int64_t)table.n;
	return ZV_OK;
}

static enum zv_code write_xlsx(struct zv_api_call *call, struct zv_err *err)
{
	const char *dir = getenv("TMPDIR");
	struct zv_check_table table;
	char path[PATH_ROOM];
	int fd;
	enum zv_code code = check_all(&table, call, err);

	if (code != ZV_OK)
		return code;
	(void)snprintf(path, sizeof(path), "%s/zveno-out-XXXXXX.xlsx", dir != NULL ? dir : "/tmp");
	fd = mkostemps(path, 5, O_CLOEXEC);
	if (fd < 0)
		return zv_fail(err, ZV_E_IO, "", N_("The folder for temporary files does not work: %s."), strerror(errno));
	(void)close(fd);
	code = zv_check_all_xlsx(path, &table, err);
	fd = code == ZV_OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	(void)unlink(path);
	if (code == ZV_OK && fd < 0)
		code = zv_fail(err, ZV_E_IO, "", N_("The folder for temporary files does not work: %s."), strerror(errno));
	call->rows += (int64_t)table.n;
	return code == ZV_OK ? zv_api_download_fd(call, fd, ZV_API_XLSX, ZV_STR("cluster-checks.xlsx"), err) : code;
}

/* It takes its time: not in the thread that answers everybody. */
enum zv_code zv_api_cluster_checks(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, write_json, err);
}

enum zv_code zv_api_cluster_checks_csv(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, write_csv, err);
}

enum zv_code zv_api_cluster_checks_xlsx(struct zv_api_call *call, struct zv_err *err)
{
	return zv_api_aside(call, write_xlsx, err);
}

enum zv_code zv_api_check_all_clusters(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"pack", "state", "on", NULL};
	struct zv_check_all_ask ask = {0};
	struct zv_str job;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&ask.pack, call, "pack", true, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_text(&ask.state, call, "state", false, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_date(&ask.on, call, "on", false, err);
	if (code == ZV_OK)
		code = zv_check_all_submit(&job, call->with->jobs, call->db, call->who, &ask, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_accepted(call, "/api/v1/jobs/", job);
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "job", job);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
