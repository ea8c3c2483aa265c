/* Scenarios side by side as CSV: a row for each process and scenario, and one for each scenario in all. */
#include "app/chain_scenario.h"

#include <math.h>

#include "app/chain_answer.h"
#include "base/date.h"
#include "format/csv_write.h"
#include "model/money.h"

static const char *const columns[] = {"organisation", "process", "scenario", "scenario_uid", "cause", "with", "first_day", "stop_day", "back_day",
				      "lost_rub", "difference_rub", "days", "on", "data_version"};

struct sheet {
	const struct zv_scenario_comparison *comparison;
	struct zv_csv_writer csv;
	struct zv_arena *arena;
	struct zv_str on, version;
};

static void add_day(struct sheet *sheet, double day)
{
	zv_csv_number(&sheet->csv, zv_chain_day(day, sheet->arena));
}

static void add_money(struct sheet *sheet, int64_t kop)
{
	char text[ZV_MONEY_TEXT];

	zv_money_decimal(text, kop);
	zv_csv_number(&sheet->csv, zv_str_c(text));
}

/* hit NULL: it runs as usual; in the row of all processes there are no days. */
static void add_row(struct sheet *sheet, size_t scenario, struct zv_str org, struct zv_str process, const struct zv_chain_hit *hit, int64_t lost_kop, int64_t base_kop)
{
	const struct zv_scenario *s = &sheet->comparison->scenarios[scenario];

	zv_csv_text(&sheet->csv, org);
	zv_csv_text(&sheet->csv, process);
	zv_csv_text(&sheet->csv, s->title);
	zv_csv_text(&sheet->csv, s->uid);
	zv_csv_text(&sheet->csv, s->words.cause);
	zv_csv_text(&sheet->csv, s->words.with);
	add_day(sheet, hit != NULL ? hit->first : NAN);
	add_day(sheet, hit != NULL ? hit->stop : NAN);
	add_day(sheet, hit != NULL ? hit->back : NAN);
	add_money(sheet, lost_kop);
	add_money(sheet, lost_kop - base_kop);
	zv_csv_number(&sheet->csv, zv_arena_strf(sheet->arena, "%.0f", sheet->comparison->asked[scenario].question.when.days));
	zv_csv_text(&sheet->csv, sheet->on);
	zv_csv_text(&sheet->csv, sheet->version);
	zv_csv_end_row(&sheet->csv);
}

static int64_t lost(const struct zv_chain_hit *hit)
{
	return hit != NULL ? hit->lost_kop : 0;
}

enum zv_code zv_scenario_csv(struct zv_buf *out, const struct zv_scenario_comparison *comparison, uint64_t version, struct zv_arena *arena, struct zv_err *err)
{
	struct sheet sheet = {.comparison = comparison, .arena = arena};
	char on[ZV_DATE_TEXT];
	struct zv_out bytes;
	enum zv_code code;

	zv_date_format(on, zv_today());
	sheet.on = zv_str_c(on);
	sheet.version = zv_arena_strf(arena, "%016llx", (unsigned long long)version);
	zv_out_init(&bytes, NULL, 0);
	zv_csv_init(&sheet.csv, &bytes, ',', true);
	for (size_t i = 0; i < ZV_LEN(columns); i++)
		zv_csv_text(&sheet.csv, zv_str_c(columns[i]));
	zv_csv_end_row(&sheet.csv);
	for (size_t l = 0; l < comparison->n_lines; l++) {
		const struct zv_scenario_line *line = &comparison->lines[l];

		for (size_t i = 0; i < comparison->n; i++)
			add_row(&sheet, i, line->org, line->process, line->hits[i], lost(line->hits[i]), lost(line->hits[0]));
	}
	for (size_t i = 0; i < comparison->n; i++)
		add_row(&sheet, i, ZV_STR(""), ZV_STR(""), NULL, comparison->asked[i].answer.lost_kop, comparison->asked[0].answer.lost_kop);
	code = zv_out_flush(&bytes, err);
	if (code == ZV_OK)
		zv_buf_add_str(out, zv_out_text(&bytes));
	zv_out_done(&bytes);
	return code;
}
