/* From a read folder to a checked, explained and written answer. */
#include "app/plan_folder_run.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/plan_stated.h"
#include "format/source.h"

enum { PATH_MAX_BYTES = 4096 };

static enum zv_code check_solved(struct zv_plan_solved *s, const struct zv_plan_problem *problem, struct zv_err *err)
{
	struct zv_err why = {0};

	if (zv_plan_levels_check(&s->checked, problem, &s->result, &why) != ZV_OK)
		return zv_fail(err, ZV_E_BUG, "", N_("The checker refused the plan that was found, so it is not given out: %s"), why.text);
	if (s->checked.objective != s->result.plan.objective || s->result.plan.bound > s->checked.objective)
		return zv_fail(err, ZV_E_BUG, "", N_("The checker came to other sums than the search, so the plan is not given out."));
	return ZV_OK;
}

enum zv_code zv_plan_folder_solve(struct zv_plan_solved *out, const struct zv_plan_folder *folder, const struct zv_plan_options *options, bool brief, struct zv_err *err)
{
	enum zv_code code;

	*out = (struct zv_plan_solved){0};
	zv_arena_init(&out->arena);
	code = zv_plan_solve_levels(&out->result, &folder->problem, options, err);
	if (code == ZV_OK)
		code = check_solved(out, &folder->problem, err);
	if (code == ZV_OK && !brief)
		code = zv_plan_explain_levels(&out->explained, &folder->problem, &out->result, 0, &out->arena, err);
	out->has_explained = !brief;
	if (code != ZV_OK)
		zv_plan_solved_done(out);
	return code;
}

void zv_plan_solved_done(struct zv_plan_solved *solved)
{
	zv_plan_levels_done(&solved->result);
	zv_arena_done(&solved->arena);
	*solved = (struct zv_plan_solved){0};
}

/* --- writing ---------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code write_to(const struct zv_plan_solved *solved, const struct zv_plan_folder *folder, FILE *file, struct zv_err *err)
{
	struct zv_out out;
	enum zv_code code;

	zv_out_init(&out, file, 0);
	zv_plan_json_write(&out, &folder->problem, &solved->result, solved->has_explained ? &solved->explained : NULL);
	code = zv_out_flush(&out, err);
	zv_out_done(&out);
	return code;
}

static enum zv_code cannot_write(const char *path, struct zv_err *err)
{
	return zv_fail(err, ZV_E_IO, "", N_("The file %s cannot be written: %s."), path, strerror(errno));
}

enum zv_code zv_plan_can_write(const char *path, struct zv_err *err)
{
	const char *slash = strrchr(path, '/');
	char dir[PATH_MAX_BYTES] = ".";
	struct stat st;
	int fault = 0;

	if (slash != NULL && (size_t)(slash - path) < sizeof(dir))
		(void)snprintf(dir, sizeof(dir), "%.*s/", (int)(slash - path), path);
	if (path[0] == '\0')
		fault = ENOENT;
	else if (strlen(path) + sizeof(".part") > sizeof(dir))
		fault = ENAMETOOLONG;
	else if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		fault = S_ISDIR(st.st_mode) ? EISDIR : access(path, W_OK) != 0 ? errno : 0;
	else if (access(dir, W_OK | X_OK) != 0)
		fault = errno;
	return fault == 0 ? ZV_OK : zv_fail(err, ZV_E_INVALID, "out", N_("The file “%s” cannot be written: %s."), path, strerror(fault));
}

enum zv_code zv_plan_solved_write(const struct zv_plan_solved *solved, const struct zv_plan_folder *folder, const char *path, FILE *file, struct zv_err *err)
{
	char part[PATH_MAX_BYTES];
	struct stat st;
	bool special;
	enum zv_code code;

	if (path == NULL)
		return write_to(solved, folder, file, err);
	/* A device or a pipe is written to as it is; only a file can be replaced by another. */
	special = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
	if (snprintf(part, sizeof(part), special ? "%s" : "%s.part", path) >= (int)sizeof(part)) {
		errno = ENAMETOOLONG;
		return cannot_write(path, err);
	}
	file = fopen(part, "wbe");
	if (file == NULL)
		return cannot_write(path, err);
	code = write_to(solved, folder, file, err);
	if (!special && code == ZV_OK && fsync(fileno(file)) != 0)
		code = cannot_write(path, err);
	if (fclose(file) != 0 && code == ZV_OK)
		code = cannot_write(path, err);
	if (code == ZV_OK && !special && rename(part, path) != 0)
		code = cannot_write(path, err);
	if (code != ZV_OK && !special)
		(void)unlink(part);
	return code;
}

/* --- checking --------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_plan(struct zv_plan_read *out, const struct zv_plan_problem *problem, const char *path, struct zv_err *err)
{
	struct zv_source source;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum zv_code code;

	if (fd < 0)
		return zv_fail(err, ZV_E_INVALID, "", N_("The file %s cannot be read: %s."), path, strerror(errno));
	zv_source_init_fd(&source, fd);
	code = zv_source_start(&source, err);
	if (code == ZV_OK)
		code = zv_plan_json_read(out, problem, &source.stream, err);
	zv_source_done(&source);
	(void)close(fd);
	return code;
}

enum zv_code zv_plan_folder_check(struct zv_plan_checked *out, const struct zv_plan_folder *folder, const char *path, struct zv_err *err)
{
	struct zv_plan_read read;
	enum zv_code code = read_plan(&read, &folder->problem, path, err);

	if (code != ZV_OK)
		return code;
	code = zv_plan_levels_check(out, &folder->problem, &read.result, err);
	if (code == ZV_OK)
		code = zv_plan_stated_check(&read, &folder->problem, out, err);
	zv_plan_read_done(&read);
	return code;
}
