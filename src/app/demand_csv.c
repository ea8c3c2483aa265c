/* Published demand as a table. */
#include <stdio.h>

#include "app/demand.h"
#include "format/csv_write.h"

static void csv_number(struct zv_csv_writer *csv, int64_t value)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, value);
	zv_csv_number(csv, value < 0 ? ZV_STR("") : zv_str_c(text));
}

static void csv_row(struct zv_csv_writer *csv, const struct zv_demand *demand, struct zv_str text)
{
	char day[ZV_DATE_TEXT];

	zv_csv_text(csv, demand->uid);
	zv_csv_text(csv, demand->name);
	zv_csv_text(csv, demand->cas);
	zv_csv_text(csv, demand->okpd2);
	zv_csv_text(csv, zv_str_c(zv_demand_state_name(demand->state)));
	zv_date_format(day, demand->as_of);
	zv_csv_number(csv, demand->as_of != ZV_DATE_NONE ? zv_str_c(day) : ZV_STR(""));
	csv_number(csv, demand->buyers);
	csv_number(csv, demand->regions);
	zv_csv_text(csv, zv_str_c(demand->dim != ZV_DIM_NONE ? zv_dim_name(demand->dim) : ""));
	csv_number(csv, demand->declared_base);
	csv_number(csv, demand->confirmed_base);
	csv_number(csv, demand->possible_base);
	csv_number(csv, demand->low_base > 0 ? demand->low_base : -1);
	csv_number(csv, demand->high_base > 0 ? demand->high_base : -1);
	csv_number(csv, demand->threshold_base > 0 ? demand->threshold_base : -1);
	csv_number(csv, demand->reached_percent);
	zv_csv_text(csv, text);
	zv_csv_end_row(csv);
}

void zv_demand_csv(struct zv_buf *buf, const struct zv_demand *rows, size_t n, const struct zv_disclosure_rule *rule, struct zv_arena *arena)
{
	static const char *const heads[] = {"item", "name", "cas", "okpd2", "state", "as_of", "buyers", "regions", "dimension",
					    "declared_base", "confirmed_base", "possible_base", "low_base", "high_base", "threshold_base",
					    "reached_percent", "text"};
	struct zv_csv_writer csv;
	struct zv_out out;

	zv_out_init(&out, NULL, 0);
	zv_csv_init(&csv, &out, ',', true);
	for (size_t i = 0; i < ZV_LEN(heads); i++)
		zv_csv_text(&csv, zv_str_c(heads[i]));
	zv_csv_end_row(&csv);
	for (size_t i = 0; i < n; i++)
		csv_row(&csv, &rows[i], zv_demand_text(&rows[i], rule, arena));
	zv_buf_add_str(buf, zv_out_text(&out));
	zv_out_done(&out);
}
