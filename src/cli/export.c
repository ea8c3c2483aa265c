/* zveno export: a register in the columns of its template. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/export.h"
#include "cli/cli.h"
#include "cli/say.h"

/* The format by --format, else by the end of the file's name, else CSV. */
static enum zv_code choose_format(enum zv_export_format *out, const struct zv_cli *cli, const char *path, struct zv_err *err)
{
	const char *name = zv_cli_option(cli, "format");
	const char *dot = path != NULL ? strrchr(path, '.') : NULL;

	if (name != NULL)
		return zv_export_format_parse(out, name, err);
	*out = cli->json ? ZV_EXPORT_JSON : ZV_EXPORT_CSV;
	if (dot != NULL && zv_export_format_parse(out, dot + 1, NULL) != ZV_OK)
		*out = ZV_EXPORT_CSV;
	return ZV_OK;
}

static enum zv_code cannot_write(const char *path, struct zv_err *err)
{
	return zv_fail(err, ZV_E_IO, "out", N_("%s cannot be written: %s."), path, strerror(errno));
}

/* A device or a pipe is written to as it is; only a file can be replaced by another. */
static bool is_special(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

/* Into a file beside it first, so that a failure leaves what was there. */
static enum zv_code export_file(int64_t *rows, struct zv_db *db, const char *kind, enum zv_export_format format, const char *centre,
				const char *path, struct zv_err *err)
{
	char part[4096];
	bool special = is_special(path);
	FILE *file;
	enum zv_code code;

	if (format == ZV_EXPORT_XLSX)
		return zv_export_xlsx(rows, path, db, kind, centre, err);
	if (snprintf(part, sizeof(part), special ? "%s" : "%s.part", path) >= (int)sizeof(part))
		return zv_fail(err, ZV_E_INVALID, "out", N_("The file name is too long."));
	file = fopen(part, "wb");
	if (file == NULL)
		return cannot_write(path, err);
	code = zv_export_text(rows, file, db, kind, format, centre, err);
	if (fclose(file) != 0 && code == ZV_OK)
		code = cannot_write(path, err);
	if (code == ZV_OK && !special && rename(part, path) != 0)
		code = cannot_write(path, err);
	if (code != ZV_OK && !special)
		(void)unlink(part);
	return code;
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	const char *path = zv_cli_option(cli, "out");
	const char *kind;
	enum zv_export_format format;
	struct zv_db *db = NULL;
	int64_t rows = 0;
	enum zv_code code = choose_format(&format, cli, path, err);

	if (code == ZV_OK)
		code = zv_export_kind(&kind, cli->args[0], err);
	if (code == ZV_OK && path == NULL && format == ZV_EXPORT_XLSX)
		code = zv_fail(err, ZV_E_INVALID, "out", N_("A workbook needs a file: --out FILE.xlsx"));
	if (code == ZV_OK)
		code = zv_cli_open(&db, cli, ZV_DATABASE_READ, err);
	if (code != ZV_OK)
		return code;
	if (path == NULL)
		code = zv_export_text(&rows, cli->out, db, kind, format, cli->centre, err);
	else
		code = export_file(&rows, db, kind, format, cli->centre, path, err);
	zv_database_close(db);
	if (code == ZV_OK && path != NULL && !cli->json)
		zv_say_n(cli->out, rows, "%lld row written to %s.", "%lld rows written to %s.", (long long)rows, path);
	return code;
}

static const struct zv_cli_option options[] = {
	{"format", "F", N_("csv, json or xlsx (default: by the file's name, else csv)")},
	{"out", "FILE", N_("write to this file instead of the standard output")},
	{NULL, NULL, NULL},
};

const struct zv_cli_command zv_cmd_export = {
	.name = "export",
	.args = "KIND",
	.min_args = 1,
	.max_args = 1,
	.help = N_("Write a register out in the columns of its template"),
	.about = N_("The same file imports again with nothing changed. CSV begins with a byte order mark for spreadsheets; a cell that a spreadsheet would run as a formula gets a ' before it. With --centre only the rows of that centre are written."),
	.options = options,
	.run = run,
};
