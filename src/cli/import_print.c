/* The report of an import: counts, then every fault when they are few, else their reasons with an example of each. */
#include "cli/import_print.h"

#include <errno.h>

#include "base/tr.h"
#include "cli/say.h"
#include "format/json_write.h"

enum { FAULTS_SHOWN = 20, GROUPS_SHOWN = 20 };

struct count {
	const char *key;
	const char *label;
	int64_t n;
};

enum { COUNTS = 8 };

static void counts_of(struct count out[COUNTS], const struct zv_import_report *r)
{
	out[0] = (struct count){"new", N_("new"), r->n_new};
	out[1] = (struct count){"changed", N_("changed"), r->n_changed};
	out[2] = (struct count){"same", N_("same"), r->n_same};
	out[3] = (struct count){"error", N_("at fault"), r->n_error};
	out[4] = (struct count){"held", N_("held"), r->n_held};
	out[5] = (struct count){"duplicate", N_("probably duplicate"), r->n_duplicate};
	out[6] = (struct count){"skipped", N_("skipped"), r->n_skipped};
	out[7] = (struct count){"warning", N_("warnings"), r->n_warnings};
}

static void print_counts(FILE *out, const struct zv_import_report *report)
{
	struct count counts[COUNTS];

	counts_of(counts, report);
	(void)fprintf(out, "%lld %s: ", (long long)report->rows, zv_tr_n("row", "rows", report->rows));
	for (int i = 0; i < COUNTS; i++) {
		if (i < 4 || counts[i].n > 0) /* new, changed, same and at fault are said even when there are none */
			(void)fprintf(out, "%s%lld %s", i > 0 ? ", " : "", (long long)counts[i].n, zv_tr(counts[i].label));
	}
	(void)fputc('\n', out);
}

static const char *level_label(enum zv_import_level level)
{
	static const char *const labels[ZV_IMPORT_LEVELS] = {
		[ZV_IMPORT_ERROR] = N_("fault"),       [ZV_IMPORT_HELD] = N_("held"),       [ZV_IMPORT_DUPLICATE] = N_("duplicate?"),
		[ZV_IMPORT_SKIPPED] = N_("skipped"), [ZV_IMPORT_WARNING] = N_("warning"),
	};

	return zv_tr(labels[level]);
}

static void print_fault(FILE *out, const struct zv_import_fault *fault)
{
	zv_say(out, N_("  line %lld, %s: %.*s%s%.*s"), (long long)fault->line, level_label(fault->level), ZV_STR_FMT(fault->column),
	       fault->column.n > 0 ? ": " : "", ZV_STR_FMT(fault->text));
}

/* The whole sentence of the first fault of a group, if it was kept; otherwise the sentence before its values are put in. */
static struct zv_str example_of(const struct zv_import_report *report, const struct zv_import_fault_group *group)
{
	for (size_t i = 0; i < report->n_faults; i++) {
		if (report->faults[i].line == group->first_line && report->faults[i].level == group->level)
			return report->faults[i].text;
	}
	return zv_str_c(zv_tr(group->msgid));
}

static void print_groups(FILE *out, const struct zv_import_report *report)
{
	for (size_t i = 0; i < report->n_groups && i < GROUPS_SHOWN; i++) {
		const struct zv_import_fault_group *g = &report->groups[i];
		struct zv_str text = example_of(report, g);

		zv_say(out, N_("  %lld × %s, first in line %lld: %.*s"), (long long)g->n, level_label(g->level), (long long)g->first_line,
		       ZV_STR_FMT(text));
	}
}

static void print_human(const struct zv_cli *cli, FILE *out, const struct zv_import_report *report, const char *kind, const char *path)
{
	zv_say(out, N_("%s as %s: profile %.*s, %s%s%s"), path, kind, ZV_STR_FMT(report->profile),
	       report->file.type == ZV_FILE_XLSX ? report->file.sheet : report->file.encoding,
	       report->file.encoding_source == ZV_ENCODING_LETTERS ? zv_tr(N_(" (guessed by its letters)")) : "", report->file.gzip ? ", gzip" : "");
	print_counts(out, report);
	if (report->faults_total > FAULTS_SHOWN)
		print_groups(out, report);
	for (size_t i = 0; i < report->n_faults && report->faults_total <= FAULTS_SHOWN; i++)
		print_fault(out, &report->faults[i]);
	if (report->dry_run)
		zv_say(out, N_("Dry run: nothing was written."));
	else if (report->applied)
		zv_say(out, N_("Applied as %.*s; “zveno undo %.*s” takes it back."), ZV_STR_FMT(report->batch), ZV_STR_FMT(report->batch));
	else
		zv_say(out, N_("Nothing was written."));
	if (report->n_error > 0 && zv_cli_option(cli, "errors") == NULL)
		zv_say(out, N_("--errors FILE.xlsx writes the rows at fault with their reasons."));
}

static void json_faults(struct zv_json *json, const struct zv_import_report *report)
{
	zv_json_key(json, "faults");
	zv_json_array(json);
	for (size_t i = 0; i < report->n_faults; i++) {
		zv_json_object(json);
		zv_json_key_int(json, "line", report->faults[i].line);
		zv_json_key_c(json, "level", zv_import_level_name(report->faults[i].level));
		zv_json_key_str(json, "column", report->faults[i].column);
		zv_json_key_str(json, "text", report->faults[i].text);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_key_int(json, "faults_total", report->faults_total);
}

static void json_groups(struct zv_json *json, const struct zv_import_report *report)
{
	zv_json_key(json, "reasons");
	zv_json_array(json);
	for (size_t i = 0; i < report->n_groups; i++) {
		zv_json_object(json);
		zv_json_key_c(json, "level", zv_import_level_name(report->groups[i].level));
		zv_json_key_c(json, "message", report->groups[i].msgid);
		zv_json_key_int(json, "n", report->groups[i].n);
		zv_json_key_int(json, "first_line", report->groups[i].first_line);
		zv_json_key_str(json, "example", example_of(report, &report->groups[i]));
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
}

static enum zv_code print_json(FILE *file, const struct zv_import_report *report, const char *kind, struct zv_err *err)
{
	struct count counts[COUNTS];
	struct zv_out out;
	struct zv_json json;
	enum zv_code code;

	zv_out_init(&out, file, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key_c(&json, "kind", kind);
	zv_json_key_str(&json, "profile", report->profile);
	zv_json_key_c(&json, "encoding", report->file.encoding);
	zv_json_key_str(&json, "digest", report->digest);
	zv_json_key_int(&json, "rows", report->rows);
	counts_of(counts, report);
	for (int i = 0; i < COUNTS; i++)
		zv_json_key_int(&json, counts[i].key, counts[i].n);
	zv_json_key_bool(&json, "dry_run", report->dry_run);
	zv_json_key_bool(&json, "applied", report->applied);
	zv_json_key(&json, "batch");
	if (report->batch.n > 0)
		zv_json_str(&json, report->batch);
	else
		zv_json_null(&json);
	json_groups(&json, report);
	json_faults(&json, report);
	zv_json_end_object(&json);
	zv_out_char(&out, '\n');
	code = zv_out_flush(&out, err);
	if (code == ZV_E_IO && out.failed == EPIPE)
		code = ZV_OK;
	zv_out_done(&out);
	return code;
}

enum zv_code zv_import_print(struct zv_cli *cli, FILE *out, const struct zv_import_report *report, const char *kind, const char *path,
			     struct zv_err *err)
{
	if (cli->json)
		return print_json(out, report, kind, err);
	print_human(cli, out, report, kind, path);
	return ZV_OK;
}
