/* Counts, kinds of faults with an example, and the faults themselves. */
#include "app/import_json.h"

#include "base/tr.h"

static void write_groups(struct zv_json *json, const struct zv_import_report *report)
{
	zv_json_key(json, "groups");
	zv_json_array(json);
	for (size_t i = 0; i < report->n_groups; i++) {
		const struct zv_import_fault_group *group = &report->groups[i];
		struct zv_str text = zv_str_c(zv_tr(group->msgid));

		for (size_t k = 0; k < report->n_faults; k++) {
			if (report->faults[k].line == group->first_line && report->faults[k].level == group->level) {
				text = report->faults[k].text;
				break;
			}
		}
		zv_json_object(json);
		zv_json_key_c(json, "level", zv_import_level_name(group->level));
		zv_json_key_int(json, "n", group->n);
		zv_json_key_int(json, "first_line", group->first_line);
		zv_json_key_str(json, "text", text);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
}

static void write_faults(struct zv_json *json, const struct zv_import_report *report)
{
	zv_json_key(json, "faults");
	zv_json_array(json);
	for (size_t i = 0; i < report->n_faults; i++) {
		const struct zv_import_fault *fault = &report->faults[i];

		zv_json_object(json);
		zv_json_key_int(json, "line", fault->line);
		zv_json_key_c(json, "level", zv_import_level_name(fault->level));
		zv_json_key_str(json, "column", fault->column);
		zv_json_key_str(json, "text", fault->text);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
	zv_json_key_int(json, "faults_total", report->faults_total);
}

void zv_import_write_json(struct zv_json *json, const struct zv_import_report *report, struct zv_str workbook)
{
	const struct {
		const char *key;
		int64_t n;
	} counts[] = {
		{"rows", report->rows}, {"new", report->n_new}, {"changed", report->n_changed}, {"same", report->n_same}, {"errors", report->n_error},
		{"held", report->n_held}, {"duplicates", report->n_duplicate}, {"skipped", report->n_skipped}, {"warnings", report->n_warnings},
	};

	zv_json_object(json);
	for (size_t i = 0; i < ZV_LEN(counts); i++)
		zv_json_key_int(json, counts[i].key, counts[i].n);
	zv_json_key_str(json, "profile", report->profile);
	zv_json_key_c(json, "encoding", report->file.encoding);
	zv_json_key_c(json, "sheet", report->file.sheet);
	zv_json_key_bool(json, "dry_run", report->dry_run);
	zv_json_key_c(json, "batch", report->batch.n > 0 ? report->batch.p : NULL);
	write_groups(json, report);
	write_faults(json, report);
	zv_json_key_str(json, "workbook", workbook);
	zv_json_end_object(json);
}
