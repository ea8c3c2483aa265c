/* Embedded files through the import, by way of a file in memory. */
#include "app/seed.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/import.h"
#include "app/packs.h"
#include "base/embed.h"

enum { PATH_TEXT = 64 };

enum zv_code zv_embedded_file(struct zv_str *out, const char *name, struct zv_err *err)
{
	return zv_embed_find(out, name) ? ZV_OK : zv_fail(err, ZV_E_BUG, "data", N_("The program was built without %s."), name);
}

/* A file in memory with a path that a reader can open; the caller closes *fd. */
static enum zv_code file_of(int *fd, char path[PATH_TEXT], struct zv_str bytes, struct zv_err *err)
{
	*fd = memfd_create("zveno-data", MFD_CLOEXEC);
	if (*fd < 0 || write(*fd, bytes.p, bytes.n) != (ssize_t)bytes.n)
		return zv_fail(err, ZV_E_IO, "data", N_("The data of the program cannot be unpacked in memory."));
	(void)snprintf(path, PATH_TEXT, "/proc/self/fd/%d", *fd);
	return ZV_OK;
}

enum zv_code zv_embedded_import(struct zv_db *db, const char *kind, const char *centre, const char *actor, const char *source,
				zv_date said_on, struct zv_str bytes, struct zv_err *err)
{
	struct zv_import_options options = {.centre = centre, .actor = actor, .source = source, .said_on = said_on};
	struct zv_import_report report;
	char path[PATH_TEXT];
	int fd = -1;
	enum zv_code code = file_of(&fd, path, bytes, err);

	if (code == ZV_OK) {
		code = zv_import(&report, db, kind, path, &options, err);
		if (code == ZV_OK && report.n_new + report.n_changed + report.n_same != report.rows)
			code = zv_fail(err, ZV_E_BUG, kind, N_("%s: a row of the program's own data is at fault: %.*s"), source,
				       ZV_STR_FMT(report.n_faults > 0 ? report.faults[0].text : ZV_STR("?")));
		zv_import_report_done(&report);
	}
	if (fd >= 0)
		(void)close(fd);
	return code;
}

/* Whether anything of this source (NULL: of any) came in, be it undone since. */
static enum zv_code has_batch(bool *out, struct zv_db *db, const char *source, struct zv_err *err)
{
	static const char any[] = "SELECT id FROM batch LIMIT 1";
	static const char of_source[] = "SELECT id FROM batch WHERE source = $1 LIMIT 1";
	struct zv_stmt *stmt;
	enum zv_code code = zv_db_stmt(&stmt, db, source == NULL ? any : of_source, err);

	if (code != ZV_OK)
		return code;
	if (source != NULL)
		zv_bind_text(stmt, 1, zv_str_c(source));
	code = zv_stmt_step(out, stmt, err);
	if (code == ZV_OK)
		zv_stmt_reset(stmt);
	return code;
}

/*
 * What every database knows from the start, national rows; said on the day of the edition, or of the latest source. `later`: a database that was
 * begun before the program carried it gets it, too.
 */
static const struct {
	const char *kind, *name;
	int year, month, day;
	bool later;
} seeds[] = {
	{"items", "data/substances.csv", 2022, 5, 25, false},
	{"clusters", "data/clusters.csv", 2026, 2, 28, true},
	{"infra", "data/infra.csv", 2025, 5, 24, true},
	{"cluster-counts", "data/cluster_counts.csv", 2024, 9, 30, true},
};

static enum zv_code plant(struct zv_db *db, size_t i, struct zv_err *err)
{
	zv_date said_on = zv_date_from_civil(seeds[i].year, seeds[i].month, seeds[i].day);
	struct zv_str file;
	enum zv_code code = zv_embedded_file(&file, seeds[i].name, err);

	return code == ZV_OK ? zv_embedded_import(db, seeds[i].kind, NULL, "zveno", seeds[i].name, said_on, file, err) : code;
}

enum zv_code zv_seed(struct zv_db *db, struct zv_err *err)
{
	bool begun = false;
	enum zv_code code = has_batch(&begun, db, NULL, err);

	for (size_t i = 0; i < ZV_LEN(seeds) && code == ZV_OK; i++) {
		bool there = begun;

		if (seeds[i].later)
			code = has_batch(&there, db, seeds[i].name, err);
		if (code == ZV_OK && !there)
			code = plant(db, i, err);
	}
	return code == ZV_OK ? zv_packs_seed(db, false, err) : code;
}
