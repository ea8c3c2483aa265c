/* The measures that come with the program, over facts: who may have them, for how much, at which rate. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "app/facts.h"
#include "base/buf.h"
#include "engine/rules/rules.h"

enum { TABLES = 32, STATED = 16 };

static const char support_file[] = ZV_RULES_DIR "/support.rules";

struct world {
	struct zv_arena arena;
	const struct zv_rules_vocabulary *words;
	struct zv_rules_pack *pack;
	struct zv_rules_facts facts;
	struct zv_rules_rows rows[TABLES];
	struct zv_rules_stated stated[STATED];
};

static struct zv_str read_file(struct zv_arena *arena, const char *path)
{
	char part[4096];
	size_t n;
	struct zv_str copy;
	struct zv_buf text;
	FILE *file = fopen(path, "rb");

	assert_non_null(file);
	zv_buf_init(&text, 0);
	while ((n = fread(part, 1, sizeof(part), file)) > 0)
		zv_buf_add(&text, part, n);
	(void)fclose(file);
	copy = zv_str_dup(arena, zv_buf_str(&text));
	zv_buf_done(&text);
	return copy;
}

/* Everything is complete and nothing is known; single things are there. */
static void begin(struct world *w, const char *file, const char *day)
{
	static struct zv_rules_fault faults[ZV_RULES_FAULTS_MAX];
	struct zv_err err;
	size_t n;

	memset(w, 0, sizeof(*w));
	zv_arena_init(&w->arena);
	w->words = zv_facts_vocabulary();
	assert_int_equal(zv_rules_parse(&w->pack, faults, &n, read_file(&w->arena, file), w->words, &w->arena, &err), ZV_OK);
	assert_true(zv_date_parse(&w->facts.today, zv_str_c(day)));
	w->facts.rows = w->rows;
	w->facts.stated = w->stated;
	for (int i = 0; i < w->words->n_tables; i++) {
		w->rows[i].complete = true;
		if (!w->words->tables[i].single)
			continue;
		w->rows[i].n = 1;
		w->rows[i].cells = ZV_ARENA_ARRAY(&w->arena, struct zv_rules_cell, (size_t)w->words->tables[i].n_fields);
		w->rows[i].keys = ZV_ARENA_ARRAY(&w->arena, struct zv_str, 1);
		w->rows[i].names = ZV_ARENA_ARRAY(&w->arena, struct zv_str, 1);
		memset((void *)(uintptr_t)w->rows[i].cells, 0, sizeof(struct zv_rules_cell) * (size_t)w->words->tables[i].n_fields);
	}
}

static int table_named(const struct world *w, struct zv_str name)
{
	for (int i = 0; i < w->words->n_tables; i++)
		if (zv_str_eq_c(name, w->words->tables[i].name))
			return i;
	return -1;
}

static int field_named(const struct zv_rules_table *table, struct zv_str name)
{
	for (int i = 0; i < table->n_fields; i++)
		if (zv_str_eq_c(name, table->fields[i].name))
			return i;
	fail_msg("%s has no %.*s", table->name, ZV_STR_FMT(name));
	return -1;
}

static struct zv_rules_cell cell_of(enum zv_rules_type type, struct zv_str value)
{
	struct zv_rules_cell cell = {.known = true, .text = value, .origin = -1};
	zv_date date;

	if (type == ZV_RULES_BOOL)
		cell.lo = zv_str_eq_c(value, "yes");
	else if (type == ZV_RULES_DATE && zv_date_parse(&date, value))
		cell.lo = date;
	else if (type != ZV_RULES_TEXT)
		assert_true(zv_str_int(&cell.lo, value));
	if (type == ZV_RULES_MONEY)
		cell.lo *= 100;
	cell.hi = cell.lo;
	return cell;
}

/* "org.in_register", "yes"; money in whole roubles. What is no field of a register is stated. */
static void set(struct world *w, const char *name, const char *value)
{
	struct zv_str full = zv_str_c(name);
	size_t dot = (size_t)zv_str_find_char(full, '.');
	int table = table_named(w, zv_str_first(full, dot));
	struct zv_str field = zv_str_from(full, dot + 1);

	for (int i = 0; i < w->words->tables[table].n_fields; i++) {
		if (!zv_str_eq_c(field, w->words->tables[table].fields[i].name))
			continue;
		((struct zv_rules_cell *)(uintptr_t)w->rows[table].cells)[i] = cell_of(w->words->tables[table].fields[i].type, zv_str_c(value));
		return;
	}
	for (size_t i = 0; i < w->facts.n_stated; i++) {
		if (zv_str_eq(w->stated[i].name, full)) {
			w->stated[i].value = zv_str_c(value);
			return;
		}
	}
	assert_true(w->facts.n_stated < STATED);
	w->stated[w->facts.n_stated++] = (struct zv_rules_stated){.name = full, .value = zv_str_c(value), .origin = -1};
}

/* A row out of "category=start_batch|sum=150000|...". */
static void add_row(struct world *w, const char *table_name, const char *values)
{
	int t = table_named(w, zv_str_c(table_name));
	const struct zv_rules_table *table = &w->words->tables[t];
	struct zv_rules_rows *rows = &w->rows[t];
	size_t fields = (size_t)table->n_fields;
	struct zv_rules_cell *cells = ZV_ARENA_ARRAY(&w->arena, struct zv_rules_cell, fields * (rows->n + 1));
	struct zv_str *names = ZV_ARENA_ARRAY(&w->arena, struct zv_str, rows->n + 1);
	struct zv_str rest = zv_str_c(values), part;

	memset(cells, 0, sizeof(*cells) * fields * (rows->n + 1));
	if (rows->n > 0)
		memcpy(cells, rows->cells, sizeof(*cells) * fields * rows->n);
	for (size_t i = 0; i <= rows->n; i++)
		names[i] = zv_arena_strf(&w->arena, "row %zu", i);
	while (rest.p != NULL && zv_str_split(&part, &rest, '|')) {
		size_t eq = (size_t)zv_str_find_char(part, '=');
		int field = field_named(table, zv_str_first(part, eq));

		cells[rows->n * fields + (size_t)field] = cell_of(table->fields[field].type, zv_str_from(part, eq + 1));
	}
	rows->cells = cells;
	rows->names = rows->keys = names;
	rows->n++;
}

static enum zv_truth verdict(struct world *w, const char *id)
{
	struct zv_rules_options options = {0};
	struct zv_rules_verdict out;
	struct zv_err err;
	int at = zv_rules_find(w->pack, zv_str_c(id));

	assert_true(at >= 0);
	assert_int_equal(zv_rules_eval(&out, w->pack, at, &w->facts, &options, &w->arena, &err), ZV_OK);
	assert_false(out.limit);
	return out.truth;
}

static struct zv_rules_terms terms(struct world *w, const char *id)
{
	struct zv_rules_terms out;
	struct zv_err err;

	assert_int_equal(zv_rules_terms(&out, w->pack, zv_rules_find(w->pack, zv_str_c(id)), &w->facts, &w->arena, &err), ZV_OK);
	return out;
}

static void assert_number(struct zv_rules_number number, int64_t lo, int64_t hi)
{
	assert_true(number.has_lo && number.has_hi);
	assert_int_equal(number.lo_den, 1);
	assert_int_equal(number.hi_den, 1);
	assert_int_equal(number.lo, lo);
	assert_int_equal(number.hi, hi);
}

static enum zv_truth cost(struct world *w, const char *id, size_t row)
{
	enum zv_truth out;
	struct zv_err err;

	assert_int_equal(zv_rules_cost(&out, w->pack, zv_rules_find(w->pack, zv_str_c(id)), &w->facts, row, &w->arena, &err), ZV_OK);
	return out;
}

/* --- start batches ---------------------------------------------------------------------------------------------------------------- */

static void start_batch(struct world *w)
{
	begin(w, support_file, "2026-03-02");
	set(w, "org.in_register", "yes");
	set(w, "project.joint", "yes");
	set(w, "project.import_substitution", "yes");
	add_row(w, "costs", "category=start_batch|sum=150000|paid=2026-10-01|same_registered_cluster=yes");
}

static void a_participant_that_buys_inside_the_cluster_has_half_of_the_batch_back(void **state)
{
	struct zv_rules_terms t;
	struct world w;

	(void)state;
	start_batch(&w);
	assert_int_equal(verdict(&w, "CL_START_BATCH"), ZV_YES);
	assert_int_equal(cost(&w, "CL_START_BATCH", 0), ZV_YES);
	t = terms(&w, "CL_START_BATCH");
	assert_number(t.share_ppm, 500000, 500000);
	assert_number(t.cap_kop, INT64_C(15000000000), INT64_C(15000000000));
	assert_number(t.already_kop, 0, 0);
	zv_arena_done(&w.arena);
}

static void who_is_in_no_cluster_of_the_register_has_no_start_batch_whatever_else_is_unknown(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2026-03-02");
	assert_int_equal(verdict(&w, "CL_START_BATCH"), ZV_NO); /* no cost lines, and these are all */
	w.rows[table_named(&w, ZV_STR("costs"))].complete = false;
	assert_int_equal(verdict(&w, "CL_START_BATCH"), ZV_UNKNOWN);
	set(&w, "org.in_register", "no");
	assert_int_equal(verdict(&w, "CL_START_BATCH"), ZV_NO);
	zv_arena_done(&w.arena);
}

static void costs_count_from_the_first_day_of_2023_and_inside_one_cluster(void **state)
{
	struct world w;

	(void)state;
	start_batch(&w);
	add_row(&w, "costs", "category=start_batch|sum=1|paid=2022-12-31|same_registered_cluster=yes");
	add_row(&w, "costs", "category=start_batch|sum=1|paid=2023-01-01|same_registered_cluster=yes");
	add_row(&w, "costs", "category=start_batch|sum=1|paid=2024-01-01|same_registered_cluster=no");
	add_row(&w, "costs", "category=equipment|sum=1|paid=2024-01-01|same_registered_cluster=yes");
	add_row(&w, "costs", "category=start_batch|sum=1|same_registered_cluster=yes");
	assert_int_equal(cost(&w, "CL_START_BATCH", 1), ZV_NO);
	assert_int_equal(cost(&w, "CL_START_BATCH", 2), ZV_YES);
	assert_int_equal(cost(&w, "CL_START_BATCH", 3), ZV_NO);
	assert_int_equal(cost(&w, "CL_START_BATCH", 4), ZV_NO);
	assert_int_equal(cost(&w, "CL_START_BATCH", 5), ZV_UNKNOWN);
	zv_arena_done(&w.arena);
}

static void what_was_received_of_the_measure_counts_and_of_others_does_not(void **state)
{
	struct world w;

	(void)state;
	start_batch(&w);
	add_row(&w, "received", "measure=CL_START_BATCH|sum=100000000|on=2024-12-01|year=2024");
	add_row(&w, "received", "measure=ATR_KD|sum=5000000|on=2024-12-01|year=2024");
	add_row(&w, "received", "measure=CL_START_BATCH|sum=20000000|on=2025-12-01|year=2025");
	assert_number(terms(&w, "CL_START_BATCH").already_kop, INT64_C(12000000000), INT64_C(12000000000));
	zv_arena_done(&w.arena);
}

/* The window tells when applications are taken; between two selections the measure has not ended. */
static void the_window_does_not_decide(void **state)
{
	static const char *const days[] = {"2023-06-01", "2024-09-20", "2024-11-01", "2026-03-02", "2027-01-01"};
	struct world w;

	(void)state;
	start_batch(&w);
	for (size_t i = 0; i < ZV_LEN(days); i++) {
		assert_true(zv_date_parse(&w.facts.today, zv_str_c(days[i])));
		assert_int_equal(verdict(&w, "CL_START_BATCH"), ZV_YES);
	}
	zv_arena_done(&w.arena);
}

/* --- loans ------------------------------------------------------------------------------------------------------------------------- */

static void a_key_rate_of_17_percent_gives_8_1(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2025-10-01");
	assert_number(terms(&w, "KIP_STD").rate_ppm, 81000, 81000);
	assert_number(terms(&w, "KIP_LTC").rate_ppm, 81000, 81000);
	set(&w, "org.technology_company", "yes");
	assert_number(terms(&w, "IND_MORTGAGE").rate_ppm, 100000, 100000);
	set(&w, "org.technology_company", "no");
	assert_number(terms(&w, "IND_MORTGAGE").rate_ppm, 120000, 120000);
	assert_true(zv_date_parse(&w.facts.today, ZV_STR("2022-10-01")));
	assert_number(terms(&w, "IND_MORTGAGE").rate_ppm, 50000, 50000); /* key rate 7.5 %: nothing is added */
	zv_arena_done(&w.arena);
}

static void after_the_last_known_key_rate_the_rate_is_unknown_and_the_loan_is_not(void **state)
{
	struct zv_rules_terms t;
	struct world w;

	(void)state;
	begin(&w, support_file, "2026-02-15");
	assert_number(terms(&w, "KIP_STD").rate_ppm, 78000, 78000);
	assert_true(zv_date_parse(&w.facts.today, ZV_STR("2026-02-16")));
	set(&w, "project.in_priority_list", "yes");
	set(&w, "project.own_percent", "20");
	set(&w, "project.loan", "2000000000");
	t = terms(&w, "KIP_STD");
	assert_false(t.rate_ppm.has_hi);
	assert_number(t.fixed, INT64_C(200000000000), INT64_C(200000000000));
	assert_int_equal(verdict(&w, "KIP_STD"), ZV_YES);
	zv_arena_done(&w.arena);
}

static void the_three_thresholds_of_the_platform_are_kept(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2025-10-01");
	set(&w, "project.in_priority_list", "yes");
	set(&w, "project.own_percent", "20");
	set(&w, "project.loan", "1999999999");
	set(&w, "project.okpd2", "20.14.62");
	set(&w, "project.district", "CFD");
	set(&w, "project.hightech_agreement", "no");
	assert_int_equal(verdict(&w, "KIP_STD"), ZV_NO);
	assert_int_equal(verdict(&w, "KIP_LOW"), ZV_NO);
	set(&w, "project.okpd2", "21.10");
	assert_int_equal(verdict(&w, "KIP_LOW"), ZV_YES);
	set(&w, "project.okpd2", "25.73.30");
	assert_int_equal(verdict(&w, "KIP_LOW"), ZV_YES);
	set(&w, "project.okpd2", "25.7");
	assert_int_equal(verdict(&w, "KIP_LOW"), ZV_NO);
	set(&w, "project.district", "FEFD");
	assert_int_equal(verdict(&w, "KIP_LOW"), ZV_YES);
	set(&w, "project.loan", "999999999");
	assert_int_equal(verdict(&w, "KIP_LOW"), ZV_NO);
	set(&w, "project.loan", "5000000000");
	assert_int_equal(verdict(&w, "KIP_LTC"), ZV_UNKNOWN);
	set(&w, "project.long_term_contracts", "yes");
	assert_int_equal(verdict(&w, "KIP_LTC"), ZV_YES);
	set(&w, "project.own_percent", "19");
	assert_int_equal(verdict(&w, "KIP_LTC"), ZV_NO);
	zv_arena_done(&w.arena);
}

static void the_fund_lends_at_5_3_or_1_percent_and_unknown_guarantees_leave_a_range(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2026-03-02");
	assert_number(terms(&w, "FRP_DEV").rate_ppm, 10000, 50000);
	set(&w, "project.special_conditions", "no");
	assert_number(terms(&w, "FRP_DEV").rate_ppm, 30000, 50000);
	set(&w, "project.bank_guarantee", "yes");
	assert_number(terms(&w, "FRP_DEV").rate_ppm, 30000, 30000);
	set(&w, "project.special_conditions", "yes");
	assert_number(terms(&w, "FRP_DEV").rate_ppm, 10000, 10000);
	assert_number(terms(&w, "FRP_COMP").rate_ppm, 10000, 10000);
	set(&w, "project.bank_guarantee", "no");
	set(&w, "project.growth_missed", "yes");
	assert_number(terms(&w, "FRP_PROD").rate_ppm, 70000, 70000);
	assert_number(terms(&w, "REG_FRP").rate_ppm, 30000, 50000);
	zv_arena_done(&w.arena);
}

static void the_fund_lends_at_most_four_fifths_of_the_budget_to_manufacturers(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2026-03-02");
	set(&w, "project.loan", "100000000");
	set(&w, "project.budget", "100000000");
	set(&w, "project.own_percent", "20");
	set(&w, "project.loan_months", "84");
	set(&w, "project.import_substitution", "yes");
	set(&w, "org.okved", "20.14");
	assert_int_equal(verdict(&w, "FRP_DEV"), ZV_UNKNOWN);
	set(&w, "org.frp_active_loans", "1");
	assert_int_equal(verdict(&w, "FRP_DEV"), ZV_YES);
	assert_number(terms(&w, "FRP_DEV").fixed, INT64_C(8000000000), INT64_C(8000000000));
	assert_number(terms(&w, "FRP_DEV_JOINT").fixed, INT64_C(5000000000), INT64_C(5000000000));
	set(&w, "org.frp_active_loans", "2");
	assert_int_equal(verdict(&w, "FRP_DEV"), ZV_NO);
	set(&w, "org.frp_active_loans", "0");
	set(&w, "org.okved", "46.75");
	assert_int_equal(verdict(&w, "FRP_DEV"), ZV_NO);
	set(&w, "org.okved", "3");
	assert_int_equal(verdict(&w, "FRP_DEV"), ZV_NO);
	zv_arena_done(&w.arena);
}

static void the_guarantee_is_10_to_50_percent_until_it_is_stated(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2026-03-02");
	set(&w, "project.loan", "1000000000");
	assert_number(terms(&w, "TECH_ROUBLE").fixed, INT64_C(10000000000), INT64_C(50000000000));
	set(&w, "project.guarantee_share", "30 %");
	assert_number(terms(&w, "TECH_ROUBLE").fixed, INT64_C(30000000000), INT64_C(30000000000));
	zv_arena_done(&w.arena);
}

/* --- grants, subsidies, taxes ------------------------------------------------------------------------------------------------------------ */

static void a_grant_asks_for_the_qualification_and_24_months(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2026-03-02");
	set(&w, "project.kind", "design_documentation");
	set(&w, "project.term_months", "24");
	assert_int_equal(verdict(&w, "ATR_KD"), ZV_UNKNOWN);
	set(&w, "org.atr_qualified", "yes");
	assert_int_equal(verdict(&w, "ATR_KD"), ZV_YES);
	assert_int_equal(verdict(&w, "ATR_KD_RADIO"), ZV_UNKNOWN);
	set(&w, "project.term_months", "25");
	assert_int_equal(verdict(&w, "ATR_KD"), ZV_NO);
	set(&w, "project.kind", "technological_regulation");
	set(&w, "project.term_months", "24");
	set(&w, "project.okpd2", "20.14.62");
	set(&w, "project.in_priority_list", "yes");
	assert_int_equal(verdict(&w, "ATR_CHEM"), ZV_YES);
	set(&w, "project.okpd2", "201.1");
	assert_int_equal(verdict(&w, "ATR_CHEM"), ZV_NO);
	zv_arena_done(&w.arena);
}

static void the_discount_of_this_year_is_what_counts(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2026-03-02");
	set(&w, "org.okved", "20.59");
	set(&w, "org.goods_in_719_register", "yes");
	set(&w, "org.discount_percent", "15 %");
	set(&w, "org.discounted_made_on", "2025-01-01");
	set(&w, "org.discount_given", "120000000 rub");
	add_row(&w, "received", "measure=CHEM_DISCOUNT|sum=30000000|on=2025-12-31|year=2025");
	add_row(&w, "received", "measure=CHEM_DISCOUNT|sum=10000000|on=2026-01-01|year=2026");
	assert_int_equal(verdict(&w, "CHEM_DISCOUNT"), ZV_YES);
	assert_number(terms(&w, "CHEM_DISCOUNT").fixed, INT64_C(12000000000), INT64_C(12000000000));
	assert_number(terms(&w, "CHEM_DISCOUNT").already_kop, INT64_C(1000000000), INT64_C(1000000000));
	set(&w, "org.discounted_made_on", "2024-12-31");
	assert_int_equal(verdict(&w, "CHEM_DISCOUNT"), ZV_NO);
	set(&w, "org.discounted_made_on", "2025-01-01");
	set(&w, "org.discount_percent", "15.1 %");
	assert_int_equal(verdict(&w, "CHEM_DISCOUNT"), ZV_NO);
	zv_arena_done(&w.arena);
}

static void the_two_limits_of_the_export_subsidy_are_kept_apart(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2026-03-02");
	add_row(&w, "costs", "category=rnd|sum=100000000");
	add_row(&w, "costs", "category=homologation|sum=1000000000");
	assert_number(terms(&w, "EXP_RND").cap_kop, INT64_C(25000000000), INT64_C(25000000000)); /* 50 + 200 million */
	zv_arena_done(&w.arena);
}

static void import_taxes_follow_the_rate_of_the_day(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2025-12-31");
	set(&w, "project.import_value", "100 mln rub");
	set(&w, "project.duty_percent", "5 %");
	assert_number(terms(&w, "VAT_IMPORT").fixed, INT64_C(2000000000), INT64_C(2000000000));
	assert_true(zv_date_parse(&w.facts.today, ZV_STR("2026-01-01")));
	assert_number(terms(&w, "VAT_IMPORT").fixed, INT64_C(2200000000), INT64_C(2200000000));
	assert_number(terms(&w, "TARIFF_0").fixed, INT64_C(500000000), INT64_C(500000000));
	zv_arena_done(&w.arena);
}

static void a_long_contract_needs_a_large_investment(void **state)
{
	struct world w;

	(void)state;
	begin(&w, support_file, "2026-03-02");
	set(&w, "project.modern_technology", "yes");
	set(&w, "project.spic_months", "240");
	set(&w, "project.capex", "50000000000");
	assert_int_equal(verdict(&w, "SPIC2"), ZV_NO);
	set(&w, "project.capex", "50000000001");
	assert_int_equal(verdict(&w, "SPIC2"), ZV_YES);
	set(&w, "project.spic_months", "180");
	set(&w, "project.capex", "1");
	assert_int_equal(verdict(&w, "SPIC2"), ZV_YES);
	zv_arena_done(&w.arena);
}

/* --- the rules of clusters ------------------------------------------------------------------------------------------------------------------ */

static void member(struct world *w, const char *values)
{
	add_row(w, "members", values);
}

static void the_threshold_of_dependence_is_lower_where_three_in_ten_are_in_relief_territories(void **state)
{
	struct world w;

	(void)state;
	begin(&w, ZV_RULES_DIR "/cluster-779-2025.rules", "2026-03-02");
	member(&w, "role=final_producer|bought=1000|inside_bought=150|relief=yes|contracts=1|joined=2024-04-01|region=RU-OMS");
	member(&w, "role=supplier|bought=500|inside_bought=0|relief=no|contracts=1|joined=2024-04-01|region=RU-OMS");
	member(&w, "role=supplier|bought=500|inside_bought=0|relief=no|contracts=0|joined=2024-04-01|region=RU-IRK");
	assert_int_equal(verdict(&w, "R02"), ZV_YES); /* 15 % of 10 %: a third is in relief territories */
	assert_int_equal(verdict(&w, "R03"), ZV_YES);
	member(&w, "role=service|bought=500|inside_bought=0|relief=no|contracts=0|joined=2020-01-01|region=RU-IRK");
	assert_int_equal(verdict(&w, "R02"), ZV_NO); /* a quarter: 20 % */
	assert_int_equal(verdict(&w, "R03"), ZV_YES);
	assert_int_equal(verdict(&w, "R01"), ZV_NO);
	assert_int_equal(verdict(&w, "R04"), ZV_YES); /* two without ties */
	assert_int_equal(verdict(&w, "R05"), ZV_NO);  /* one of them for six years */
	assert_int_equal(verdict(&w, "R10"), ZV_NO);
	assert_int_equal(verdict(&w, "R11"), ZV_YES);
	assert_int_equal(verdict(&w, "R12"), ZV_NO);
	assert_int_equal(verdict(&w, "R08"), ZV_YES); /* a remark */
	zv_arena_done(&w.arena);
}

static void joint_projects_need_two_participants_passports_and_a_place_on_the_map(void **state)
{
	struct world w;

	(void)state;
	begin(&w, ZV_RULES_DIR "/cluster-779-2025.rules", "2026-03-02");
	add_row(&w, "projects", "joint=yes|active=yes|import_substitution=yes|members=2|passport=yes");
	add_row(&w, "projects", "joint=no|active=yes|import_substitution=no|members=1|passport=no");
	assert_int_equal(verdict(&w, "R12"), ZV_YES);
	assert_int_equal(verdict(&w, "R13"), ZV_YES);
	assert_int_equal(verdict(&w, "R19"), ZV_UNKNOWN);
	set(&w, "cluster.projects_on_map", "yes");
	assert_int_equal(verdict(&w, "R19"), ZV_YES);
	add_row(&w, "projects", "joint=yes|active=yes|import_substitution=yes|members=1|passport=no");
	assert_int_equal(verdict(&w, "R13"), ZV_NO);
	assert_int_equal(verdict(&w, "R19"), ZV_NO);
	zv_arena_done(&w.arena);
}

static void the_specialised_organisation_needs_the_agreement_of_all(void **state)
{
	struct world w;

	(void)state;
	begin(&w, ZV_RULES_DIR "/cluster-779-2025.rules", "2026-03-02");
	set(&w, "cluster.specialised", "yes");
	member(&w, "role=supplier|agreement=yes|region=RU-OMS");
	assert_int_equal(verdict(&w, "R17"), ZV_YES);
	member(&w, "role=supplier|region=RU-OMS");
	assert_int_equal(verdict(&w, "R17"), ZV_UNKNOWN);
	set(&w, "cluster.specialised", "no");
	assert_int_equal(verdict(&w, "R17"), ZV_NO);
	set(&w, "cluster.regions", "2");
	assert_int_equal(verdict(&w, "R22"), ZV_NO); /* all in one region */
	member(&w, "role=supplier|region=RU-IRK");
	assert_int_equal(verdict(&w, "R22"), ZV_YES); /* two of three */
	zv_arena_done(&w.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_participant_that_buys_inside_the_cluster_has_half_of_the_batch_back),
		cmocka_unit_test(who_is_in_no_cluster_of_the_register_has_no_start_batch_whatever_else_is_unknown),
		cmocka_unit_test(costs_count_from_the_first_day_of_2023_and_inside_one_cluster),
		cmocka_unit_test(what_was_received_of_the_measure_counts_and_of_others_does_not),
		cmocka_unit_test(the_window_does_not_decide),
		cmocka_unit_test(a_key_rate_of_17_percent_gives_8_1),
		cmocka_unit_test(after_the_last_known_key_rate_the_rate_is_unknown_and_the_loan_is_not),
		cmocka_unit_test(the_three_thresholds_of_the_platform_are_kept),
		cmocka_unit_test(the_fund_lends_at_5_3_or_1_percent_and_unknown_guarantees_leave_a_range),
		cmocka_unit_test(the_fund_lends_at_most_four_fifths_of_the_budget_to_manufacturers),
		cmocka_unit_test(the_guarantee_is_10_to_50_percent_until_it_is_stated),
		cmocka_unit_test(a_grant_asks_for_the_qualification_and_24_months),
		cmocka_unit_test(the_discount_of_this_year_is_what_counts),
		cmocka_unit_test(the_two_limits_of_the_export_subsidy_are_kept_apart),
		cmocka_unit_test(import_taxes_follow_the_rate_of_the_day),
		cmocka_unit_test(a_long_contract_needs_a_large_investment),
		cmocka_unit_test(the_threshold_of_dependence_is_lower_where_three_in_ten_are_in_relief_territories),
		cmocka_unit_test(joint_projects_need_two_participants_passports_and_a_place_on_the_map),
		cmocka_unit_test(the_specialised_organisation_needs_the_agreement_of_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
