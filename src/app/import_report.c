/* Keeps the first faults and counts all of them, by kind. */
#include <stdlib.h>
#include <string.h>

#include "app/import_run.h"
#include "base/tr.h"

const char *zv_import_level_name(enum zv_import_level level)
{
	static const char *const names[ZV_IMPORT_LEVELS] = { "error", "held", "duplicate", "skipped", "warning" };

	return (unsigned)level < ZV_IMPORT_LEVELS ? names[level] : "";
}

/* msgids are literals, but the same text may stand in two files: the text is the key. */
static void count_group(struct zv_import *im, enum zv_import_level level, int64_t line, const char *msgid)
{
	struct zv_str key = zv_arena_strf(&im->row_arena, "%d %s", (int)level, msgid);
	struct zv_import_fault_group group = { .msgid = msgid, .level = level, .n = 1, .first_line = line };
	int64_t at;

	if (zv_map_get(&at, &im->groups, key)) {
		im->group.p[at].n++;
		return;
	}
	if (im->group.n >= ZV_IMPORT_GROUPS_KEPT)
		return;
	zv_map_put(&im->groups, key, (int64_t)im->group.n);
	zv_vec_push(&im->group, group);
}

void zv_report_note(struct zv_import *im, enum zv_import_level level, int64_t line, const struct zv_err *fault)
{
	struct zv_import_report *report = im->report;
	struct zv_import_fault kept = { .line = line, .level = level, .code = fault->code };

	report->faults_total++;
	if (level == ZV_IMPORT_WARNING)
		report->n_warnings++;
	count_group(im, level, line, fault->msgid != NULL ? fault->msgid : "");
	if (im->faults.n >= ZV_IMPORT_FAULTS_KEPT)
		return;
	kept.column = zv_str_dup(&report->arena, zv_str_c(fault->field));
	kept.text = zv_str_dup(&report->arena, zv_str_c(fault->text));
	zv_vec_push(&im->faults, kept);
}

static int by_number(const void *a, const void *b)
{
	const struct zv_import_fault_group *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return (x->first_line > y->first_line) - (x->first_line < y->first_line);
}

/* Moves what was gathered into the report. */
void zv_report_finish(struct zv_import *im)
{
	struct zv_import_report *report = im->report;
	struct zv_import_fault *faults = ZV_ARENA_ARRAY(&report->arena, struct zv_import_fault, im->faults.n + 1);
	struct zv_import_fault_group *groups = ZV_ARENA_ARRAY(&report->arena, struct zv_import_fault_group, im->group.n + 1);

	if (im->faults.n > 0)
		memcpy(faults, im->faults.p, im->faults.n * sizeof(*faults));
	if (im->group.n > 0) {
		memcpy(groups, im->group.p, im->group.n * sizeof(*groups));
		qsort(groups, im->group.n, sizeof(*groups), by_number);
	}
	report->faults = faults;
	report->n_faults = im->faults.n;
	report->groups = groups;
	report->n_groups = im->group.n;
}

void zv_import_report_done(struct zv_import_report *report)
{
	zv_arena_done(&report->arena);
	*report = (struct zv_import_report){ 0 };
}
