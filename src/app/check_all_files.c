/* The bulk check as JSON, as CSV and as a workbook. Every row of a file says by which text, for which day and over which data it was made. */
#include <stdio.h>

#include "app/check_all.h"
#include "app/rules_json.h"
#include "base/tr.h"
#include "format/csv_write.h"
#include "format/xlsx_write.h"
#include "model/region.h"

enum { NUMBER_TEXT = 24, US_A_MS = 1000 };

static struct zv_str region_name(struct zv_str code)
{
	const struct zv_region *region;
	struct zv_err ignored;

	if (code.n == 0 || zv_regions_find(&region, zv_regions_builtin(), code, "region", &ignored) != ZV_OK)
		return code;
	return zv_str_eq_c(zv_str_c(zv_tr_lang()), "ru") ? region->name_ru : region->name_en;
}

static void add_failed(struct zv_json *json, const struct zv_check_row *row)
{
	zv_json_key(json, "first_failed");
	if (row->failed_id.n == 0) {
		zv_json_null(json);
		return;
	}
	zv_json_object(json);
	zv_json_key_str(json, "id", row->failed_id);
	zv_json_key_str(json, "title", row->failed);
	zv_json_key_str(json, "left", row->left);
	zv_json_key_str(json, "op", row->op);
	zv_json_key_str(json, "right", row->right);
	zv_json_end_object(json);
}

static void add_row(struct zv_json *json, const struct zv_check_row *row)
{
	zv_json_object(json);
	zv_json_key(json, "cluster");
	zv_json_object(json);
	zv_json_key_str(json, "uid", row->uid);
	zv_json_key_str(json, "name", row->name);
	zv_json_end_object(json);
	zv_json_key(json, "region");
	if (row->region.n > 0) {
		zv_json_object(json);
		zv_json_key_str(json, "code", row->region);
		zv_json_key_str(json, "name", region_name(row->region));
		zv_json_end_object(json);
	} else {
		zv_json_null(json);
	}
	zv_json_key_c(json, "state", zv_cluster_state_name(row->state));
	zv_json_key_int(json, "passed", row->counts.passed);
	zv_json_key_int(json, "failed", row->counts.failed);
	zv_json_key_int(json, "unknown", row->counts.unknown);
	zv_json_key_c(json, "verdict", zv_rules_truth_name(row->verdict));
	add_failed(json, row);
	zv_json_key_int(json, "projects", row->projects);
	zv_json_end_object(json);
}

void zv_check_all_json(struct zv_json *json, const struct zv_check_table *table)
{
	zv_json_object(json);
	zv_json_key(json, "pack");
	zv_json_object(json);
	zv_json_key_str(json, "uid", table->pack.uid);
	zv_json_key_str(json, "name", table->pack.name);
	zv_json_key_str(json, "title", zv_rules_words(&zv_rules_head(table->pack.rules)->title));
	zv_json_end_object(json);
	zv_rules_json_date(json, "on", table->on);
	zv_json_key_int(json, "n", (int64_t)table->n);
	zv_json_key_int(json, "ms", (table->us + US_A_MS - 1) / US_A_MS);
	zv_json_key(json, "rows");
	zv_json_array(json);
	for (size_t i = 0; i < table->n; i++)
		add_row(json, &table->rows[i]);
	zv_json_end_array(json);
	zv_json_end_object(json);
}

/* --- files ---------------------------------------------------------------------------------------------------------------------------- */

static const struct zv_xlsx_column columns[] = {
	{.title = N_("Cluster"), .key = "cluster"},		   {.title = N_("Name"), .key = "name", .width = 50},
	{.title = N_("Region"), .key = "region"},		   {.title = N_("State"), .key = "state"},
	{.title = N_("Verdict"), .key = "verdict"},		   {.title = N_("Passed"), .key = "passed"},
	{.title = N_("Failed"), .key = "failed"},		   {.title = N_("Unknown"), .key = "unknown"},
	{.title = N_("Fails first"), .key = "first_failed", .width = 60}, {.title = N_("There is"), .key = "left"},
	{.title = N_("Sign"), .key = "op"},			   {.title = N_("Must be"), .key = "right"},
	{.title = N_("Projects"), .key = "projects"},		   {.title = N_("Rules"), .key = "pack"},
	{.title = N_("Digest of the rules"), .key = "pack_digest"}, {.title = N_("As of"), .key = "on"},
	{.title = N_("Filter"), .key = "filter"},		   {.title = N_("Version of the data"), .key = "data_version"},
};

/* One writer for both kinds of file: `number` tells digits from words. */
typedef void add_cell(void *file, struct zv_str text, bool number);

static void add_number(void *file, add_cell *add, int64_t value)
{
	char text[NUMBER_TEXT];

	(void)snprintf(text, sizeof(text), "%lld", (long long)value);
	add(file, zv_str_c(text), true);
}

static void add_cells(void *file, add_cell *add, const struct zv_check_table *table, const struct zv_check_row *row)
{
	const char *state = zv_cluster_state_name(row->state), *filter = zv_cluster_state_name((enum zv_cluster_state)table->state);
	char on[ZV_DATE_TEXT], version[NUMBER_TEXT];

	zv_date_format(on, table->on);
	(void)snprintf(version, sizeof(version), "%016llx", (unsigned long long)table->version);
	add(file, row->uid, false);
	add(file, row->name, false);
	add(file, region_name(row->region), false);
	add(file, zv_str_c(state != NULL ? state : ""), false);
	add(file, zv_str_c(zv_rules_truth_name(row->verdict)), false);
	add_number(file, add, row->counts.passed);
	add_number(file, add, row->counts.failed);
	add_number(file, add, row->counts.unknown);
	add(file, row->failed, false);
	add(file, row->left, false);
	add(file, row->op, false);
	add(file, row->right, false);
	add_number(file, add, row->projects);
	add(file, table->pack.name, false);
	add(file, table->pack.digest, false);
	add(file, zv_str_c(on), false);
	add(file, table->state != 0 ? zv_str_c(filter) : ZV_STR(""), false);
	add(file, zv_str_c(version), false);
}

static void add_csv(void *file, struct zv_str text, bool number)
{
	if (number)
		zv_csv_number(file, text);
	else
		zv_csv_text(file, text);
}

void zv_check_all_csv(struct zv_buf *out, const struct zv_check_table *table)
{
	struct zv_csv_writer csv;
	struct zv_out file;

	zv_out_init(&file, NULL, 0);
	zv_csv_init(&csv, &file, ',', true);
	for (size_t i = 0; i < ZV_LEN(columns); i++)
		zv_csv_text(&csv, zv_str_c(columns[i].key));
	zv_csv_end_row(&csv);
	for (size_t i = 0; i < table->n; i++) {
		add_cells(&csv, add_csv, table, &table->rows[i]);
		zv_csv_end_row(&csv);
	}
	zv_buf_add_str(out, zv_out_text(&file));
	zv_out_done(&file);
}

static void add_xlsx(void *file, struct zv_str text, bool number)
{
	if (number)
		zv_xlsx_number(file, text);
	else
		zv_xlsx_text(file, text);
}

enum zv_code zv_check_all_xlsx(const char *path, const struct zv_check_table *table, struct zv_err *err)
{
	struct zv_xlsx_column titled[ZV_LEN(columns)];
	struct zv_xlsx *xlsx = NULL;
	enum zv_code code = zv_xlsx_new(&xlsx, path, err);

	for (size_t i = 0; i < ZV_LEN(columns); i++) {
		titled[i] = columns[i];
		titled[i].title = zv_tr(columns[i].title);
		titled[i].key = NULL;
	}
	if (code == ZV_OK)
		code = zv_xlsx_sheet(xlsx, zv_tr(N_("Clusters")), NULL, titled, ZV_LEN(titled), err);
	if (code != ZV_OK) {
		zv_xlsx_cancel(xlsx);
		return code;
	}
	for (size_t i = 0; i < table->n; i++) {
		add_cells(xlsx, add_xlsx, table, &table->rows[i]);
		zv_xlsx_end_row(xlsx);
	}
	return zv_xlsx_close(xlsx, err);
}
