/* Reading packs: what is read, and every fault with its line and column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "rules_world.h"

static struct zv_rules_fault faults[ZV_RULES_FAULTS_MAX];

/* The faults as "line:column sentence" lines. */
static const char *faults_of(const char *text)
{
	static char out[8000];
	struct zv_arena arena;
	struct zv_rules_pack *pack;
	struct zv_err err;
	size_t n = 0, at = 0;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_rules_parse(&pack, faults, &n, zv_str_c(text), &world_vocabulary, &arena, &err);
	out[0] = '\0';
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(out + at, sizeof(out) - at, "%s%d:%d %s", i > 0 ? "\n" : "", faults[i].line, faults[i].column, faults[i].err.text);
	assert_int_equal(code, n > 0 ? ZV_E_INVALID : ZV_OK);
	assert_true((pack == NULL) == (n > 0));
	if (n > 0)
		assert_string_equal(err.text, faults[0].err.text);
	zv_arena_done(&arena);
	return out;
}

/* The faults of a condition in line 2, which begins in column 7: "check " before it. */
static const char *condition(const char *text)
{
	static char pack[4000];

	(void)snprintf(pack, sizeof(pack),
		       "pack t { kind cluster title ru \"т\" parameter least number { .. : 3 } fact org.good yesno ru \"?\" criterion c { title ru \"к\"\ncheck %s\n}}", text);
	return faults_of(pack);
}

static void a_pack_is_read(void **state)
{
	static const char text[] =
		"# a comment\npack demo-2026 {\n"
		"  series demo   kind cluster   level regional   region RU-OMS\n"
		"  title ru \"Условия\" en \"Rules\"   valid 2026-01-01 .. 2026-12-31\n"
		"  source \"made \" \"up\"   confidence medium   status active\n"
		"  parameter share percent ru \"Доля\" { 2015-07-31 .. 2025-12-31 : 10 % source \"a\"   2026-01-01 .. : 20 % }\n"
		"  fact org.good yesno ru \"Хорошо?\" en \"Good?\"\n"
		"  criterion R-1 { title ru \"к\" severity warn evidence ru \"список\" source \"s\" enabled no\n"
		"    check count(members) >= 10 # ten\n      and org.good }\n"
		"  document charter { title ru \"Устав\" required yes signature yes criterion R-1 }\n}\n";
	struct zv_arena arena;
	struct zv_rules_pack *pack;
	struct zv_err err;
	int n;

	(void)state;
	zv_arena_init(&arena);
	assert_int_equal(zv_rules_parse(&pack, NULL, NULL, zv_str_c(text), &world_vocabulary, &arena, &err), ZV_OK);
	const struct zv_rules_pack_head *head = zv_rules_head(pack);
	char day[ZV_DATE_TEXT];

	assert_true(zv_str_eq_c(head->id, "demo-2026") && zv_str_eq_c(head->series, "demo") && zv_str_eq_c(head->region, "RU-OMS"));
	assert_true(head->kind == ZV_RULES_CLUSTER && head->level == ZV_RULES_REGIONAL && head->confidence == ZV_RULES_MEDIUM);
	assert_true(zv_str_eq_c(head->title.ru, "Условия") && zv_str_eq_c(head->title.en, "Rules") && zv_str_eq_c(head->source, "made up"));
	zv_date_format(day, head->valid_to);
	assert_string_equal(day, "2026-12-31");
	const struct zv_rules_rule *rule = zv_rules_all(&n, pack);

	assert_int_equal(n, 1);
	assert_true(zv_str_eq_c(rule->id, "R-1") && rule->severity == ZV_RULES_WARN && !rule->enabled && rule->confidence == ZV_RULES_MEDIUM);
	assert_true(zv_str_eq_c(rule->condition, "count(members) >= 10 and org.good"));
	assert_int_equal(rule->line, 8);
	assert_int_equal(zv_rules_find(pack, ZV_STR("R-1")), 0);
	assert_int_equal(zv_rules_find(pack, ZV_STR("R-2")), -1);
	const struct zv_rules_parameter *parameter = zv_rules_parameters(&n, pack);

	assert_int_equal(n, 1);
	assert_int_equal(parameter->n_values, 2);
	assert_true(zv_str_eq_c(parameter->values[1].text, "20 %") && zv_str_eq_c(parameter->values[0].source, "a"));
	assert_true(zv_str_eq_c(zv_rules_declared(&n, pack)->title.en, "Good?"));
	assert_true(zv_rules_documents(&n, pack)->signature);
	zv_arena_done(&arena);
}

static void a_measure_is_read(void **state)
{
	static const char text[] =
		"pack s { kind support title ru \"м\"\n"
		"measure A { title ru \"а\" form grant act old \"41 от 28.01.2016\" new \"22-1\" when org.in_registered\n"
		"  costs start_batch, wages where paid >= 2023-01-01 share 50 % cap 150 mln rub already 1 rub intensity 70 % rate 5 %\n"
		"  group g1, g2 excludes B, \"C\" window 2024-09-16 .. 2024-10-15 ru \"отбор\" budget 2024 430 mln rub budget 2025 1 bn rub\n"
		"  category wages ru \"труд\" { at most 70 % } category other { at most 100 % of wages at least 12.5 % }\n"
		"  beneficiary ru \"участник\" administrator \"Минпромторг\" link \"https://x\" }\n"
		"measure B { title ru \"б\" status closed share 10 % }\nmeasure D { title ru \"д\" when yes }\n}";
	struct zv_arena arena;
	struct zv_rules_pack *pack;
	struct zv_err err;
	int n;

	(void)state;
	zv_arena_init(&arena);
	if (zv_rules_parse(&pack, NULL, NULL, zv_str_c(text), &world_vocabulary, &arena, &err) != ZV_OK)
		fail_msg("%s", err.text);
	const struct zv_rules_rule *rule = zv_rules_all(&n, pack);

	assert_int_equal(n, 3);
	assert_true(rule->computes && zv_str_eq_c(rule->form, "grant") && zv_str_eq_c(rule->act_new, "22-1"));
	assert_true(rule->n_costs == 2 && zv_str_eq_c(rule->costs[1], "wages") && rule->n_groups == 2 && rule->n_excludes == 2);
	assert_true(rule->n_windows == 1 && rule->n_budgets == 2 && rule->budgets[0].kop == 43000000000 && rule->budgets[1].year == 2025);
	assert_true(rule->n_categories == 2 && rule->categories[0].ceiling_ppm == 700000 && rule->categories[0].floor_ppm == -1);
	assert_true(rule->categories[1].floor_ppm == 125000 && zv_str_eq_c(rule->categories[1].of, "wages"));
	assert_false(rule[1].computes); /* closed */
	assert_false(rule[2].computes); /* no amount */
	zv_arena_done(&arena);
}

static void each_fault_of_a_condition_has_its_column(void **state)
{
	(void)state;
	assert_string_equal(condition("count(members) >= least and org.good"), "");
	assert_string_equal(condition("any(members where rols = \"x\")"), "2:25 There is no “rols” here. Did you mean “role”?");
	assert_string_equal(condition("any(m in members where m.rols = \"x\")"), "2:30 There is no field “rols” in members. Did you mean “role”?");
	assert_string_equal(condition("count(member) > 1"), "2:13 There are no rows “member”. Did you mean “members”?");
	assert_string_equal(condition("count(org) > 1"), "2:13 “org” is a single thing, not rows: write its fields as org.uid.");
	assert_string_equal(condition("conut(members) > 1"), "2:7 There is no function “conut”. Did you mean “count”?");
	assert_string_equal(condition("org.staf > 1"), "2:7 There is no field “staf” in org. Did you mean “staff”?");
	assert_string_equal(condition("org.atr > 1"), "2:7 There is no field “atr” in org.");
	assert_string_equal(condition("members.role = \"x\""), "2:7 “members” are many rows: ask for them with any, all, count or sum.");
	assert_string_equal(condition("loan.amount > 1"),
			    "2:7 There is no “loan.amount” here. If it is to be asked from people, declare it: fact loan.amount yesno ru \"…\".");
	assert_string_equal(condition("count(members) >= leest"), "2:25 There is no “leest” here. Did you mean “least”?");
	assert_string_equal(condition("count(members) >= threshold"),
			    "2:25 There is no “threshold” here: it is neither a field of the rows in sight nor a parameter of this pack.");
	assert_string_equal(condition("org.shipped > 5"), "2:19 A sum of money stands against a number here: write sums with their unit, as 5000 rub.");
	assert_string_equal(condition("org.kind > \"a\""), "2:16 a text cannot be compared in this way.");
	assert_string_equal(condition("org.kind = 5"), "2:16 a text stands against a number here: only like things can be compared.");
	assert_string_equal(condition("org.staff ~ \"20\""), "2:17 a number stands against a text here: only like things can be compared.");
	assert_string_equal(condition("org.staff"), "2:7 After “check” should stand yes or no, not a number.");
	assert_string_equal(condition("org.staff and yes"), "2:7 Here should stand yes or no, not a number.");
	assert_string_equal(condition("org.joined + 5 > today"), "2:18 a date and a number cannot be calculated with each other in this way.");
	assert_string_equal(condition("org.shipped * org.shipped > 5 rub"), "2:19 a sum of money and a sum of money cannot be calculated with each other in this way.");
	assert_string_equal(condition("36 months = 36 months"), "2:17 a span of time cannot be compared in this way.");
	assert_string_equal(condition("all(members)"), "2:11 Say what all of them should be: all(members where …).");
	assert_string_equal(condition("sum(members) > 1 rub"), "2:11 Say which field of members: members.org.");
	assert_string_equal(condition("sum(members.role) > 1"), "2:11 “role” is a text: that cannot be added up or compared by size.");
	assert_string_equal(condition("count(members.role) > 1"), "2:13 Only the rows are named here, without a field: members.");
	assert_string_equal(condition("any(members where any(members where any(members where any(members where any(members where yes)))))"),
			    "2:83 Rows stand in rows here more than 4 deep.");
	assert_string_equal(condition("org.joined > 2026-02-30"), "2:20 There is no day “2026-02-30”.");
	assert_string_equal(condition("org.staff > 1234567890123456"), "2:19 A number has at most 15 digits before the point and 9 after it.");
	assert_string_equal(condition("org.kind = \"a"), "2:18 This text has no closing quote: put \" at its end, on the same line.");
	assert_string_equal(condition("org.kind = вид"), "2:18 “в” has no meaning here: names are written in Latin letters, texts in quotes.");
	assert_string_equal(condition("(org.staff > 1"), "3:1 Here should stand “)”, not “}”.");
	assert_string_equal(condition("org.staff > )"), "2:19 Here should stand a value, a name or a bracket, not “)”.");
	assert_string_equal(condition("if(org.good, 1) = 1"), "2:21 There are 2 values in these brackets, but there should be 3 to 3.");
}

static void columns_are_characters(void **state)
{
	(void)state;
	assert_string_equal(condition("org.kind = \"производитель\" and org.staf > 1"), "2:38 There is no field “staf” in org. Did you mean “staff”?");
	assert_string_equal(faults_of("\xef\xbb\xbf" "pack t { kind claster title ru \"т\" }"), "1:15 “claster” is none of: cluster, support.");
}

static void all_faults_are_told_at_once(void **state)
{
	static const char text[] =
		"pack t {\n  kind cluster   titel ru \"т\"\n  title ru \"т\"\n  level fedral\n  valid 2026-12-31 .. 2026-01-01\n"
		"  parameter p number { 2026-01-01 .. : 10 rub\n 2027-01-01 .. : 11 }\n"
		"  criterion a { title ru \"а\"\n    check nothing = 1\n    severity loud\n    severity block }\n"
		"  criterion a { title ru \"б\" check p > }\n"
		"  document d { title ru \"д\" criterion b }\n  measure m { title ru \"м\" }\n}\nrest";

	(void)state;
	assert_string_equal(faults_of(text),
			    "2:18 A pack has no statement “titel”. Did you mean “title”?\n"
			    "4:9 “fedral” is none of: federal, regional, own.\n"
			    "5:9 The first day comes after the last one: swap them.\n"
			    "6:40 This value is not of the type number.\n"
			    "9:11 There is no “nothing” here: it is neither a field of the rows in sight nor a parameter of this pack.\n"
			    "10:14 “loud” is none of: block, warn, info.\n"
			    "11:5 “severity” is said twice here: keep one.\n"
			    "12:13 “a” is there already, in line 8: give this one another id.\n"
			    "12:40 Here should stand a value, a name or a bracket, not “}”.\n"
			    "13:39 This pack has no “b”. Did you mean “a”?\n"
			    "14:11 A measure stands in a pack of kind support: write kind support, or criterion.\n"
			    "16:1 The pack has ended: one file holds one pack.");
}

static void a_pack_says_what_it_must(void **state)
{
	(void)state;
	assert_string_equal(faults_of(""), "1:1 The pack ends here, but “pack” should follow.");
	assert_string_equal(faults_of("pack t { }"), "1:6 The pack does not say its kind: write kind cluster or kind support.");
	assert_string_equal(faults_of("pack t { kind cluster }"), "1:6 The pack has no title: write title ru \"…\".");
	assert_string_equal(faults_of("pack t { kind cluster title ru \"т\" level regional }"), "1:6 A regional pack names its region: write region RU-OMS.");
	assert_string_equal(faults_of("pack t { kind cluster title ru \"т\""), "1:35 The pack ends here, but “}” should follow.");
	assert_string_equal(faults_of("pack t { kind cluster title ru \"т\" fact members.x yesno ru \"?\" }"),
			    "1:41 “members” are rows: a fact can be declared only of one thing, as org.atr_qualified.");
	assert_string_equal(faults_of("pack t { kind cluster title ru \"т\" fact org.kind text ru \"?\" }"),
			    "1:41 “org.kind” is known from the registers already: use it without declaring it.");
	assert_string_equal(faults_of("pack t { kind support title ru \"т\" measure A { title ru \"а\" excludes OTHER } }"),
			    "1:70 This pack has no measure “OTHER”. If another pack has it, put it in quotes.");
	assert_string_equal(faults_of("pack t \xff"), "1:8 Here the pack is not UTF-8 text: save it as UTF-8.");
}

/* 1 MiB of brackets, of nots, of pluses: told as faults, and the stack holds. */
static void deep_and_long_packs_are_bounded(void **state)
{
	static const char *const pieces[] = {"(", "not ", "-", "1+", "yes and ", "any(members where ", "if(yes,", "min(", "{", "criterion c {", "title "};
	struct zv_buf text;

	(void)state;
	for (size_t i = 0; i < ZV_LEN(pieces); i++) {
		zv_buf_init(&text, 0);
		zv_buf_add_c(&text, "pack t { kind cluster title ru \"т\" criterion c { title ru \"к\" check ");
		while (text.n + strlen(pieces[i]) <= ZV_RULES_PACK_BYTES_MAX)
			zv_buf_add_c(&text, pieces[i]);
		assert_true(faults_of(zv_buf_c(&text))[0] != '\0');
		zv_buf_done(&text);
	}
}

static void a_pack_of_many_rules_is_not_quadratic(void **state)
{
	struct zv_buf text;
	int64_t start = zv_tick_us();

	(void)state;
	zv_buf_init(&text, 0);
	zv_buf_add_c(&text, "pack t { kind cluster title ru \"т\"\n");
	for (int i = 0; i < 20000 && text.n < 900000; i++)
		zv_buf_addf(&text, "parameter p%d number { 2026-01-01 .. : %d }\n", i, i);
	for (int i = 0; i < 400; i++)
		zv_buf_addf(&text, "criterion c%d { title ru \"к\" check p%d > 1 }\n", i, i);
	zv_buf_add_c(&text, "}");
	assert_string_equal(faults_of(zv_buf_c(&text)), "");
	assert_true(zv_tick_us() - start < 5000000);
	zv_buf_done(&text);
}

static void too_large_a_pack_is_refused(void **state)
{
	char *text = malloc(ZV_RULES_PACK_BYTES_MAX + 2);

	(void)state;
	memset(text, ' ', ZV_RULES_PACK_BYTES_MAX + 1);
	text[ZV_RULES_PACK_BYTES_MAX + 1] = '\0';
	assert_string_equal(faults_of(text), "1:1 A pack has at most 1048576 bytes: split it.");
	free(text);
}

static void a_stated_value_is_checked_by_its_type(void **state)
{
	static const struct {
		enum zv_rules_type type;
		const char *text;
		bool good;
	} cases[] = {
		{ZV_RULES_BOOL, "yes", true},         {ZV_RULES_BOOL, "Да", true},      {ZV_RULES_BOOL, "maybe", false},      {ZV_RULES_NUMBER, "12,5", true},
		{ZV_RULES_NUMBER, "12.5 %", true},    {ZV_RULES_NUMBER, "x", false},    {ZV_RULES_MONEY, "5 500 ₽", true},     {ZV_RULES_MONEY, "1,5 млн руб.", true},
		{ZV_RULES_MONEY, "5 $", false},       {ZV_RULES_DATE, "2026-03-01", true}, {ZV_RULES_DATE, "01.03.2026", true}, {ZV_RULES_DATE, "2026-13-01", false},
		{ZV_RULES_TEXT, "x", true},           {ZV_RULES_TEXT, "", false},
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		struct zv_err err = {0};
		enum zv_code code = zv_rules_value_check(cases[i].type, zv_str_c(cases[i].text), &err);

		if ((code == ZV_OK) != cases[i].good)
			fail_msg("%s: %s", cases[i].text, err.text);
		if (code != ZV_OK)
			assert_string_equal(err.field, "value");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pack_is_read),
		cmocka_unit_test(a_measure_is_read),
		cmocka_unit_test(each_fault_of_a_condition_has_its_column),
		cmocka_unit_test(columns_are_characters),
		cmocka_unit_test(all_faults_are_told_at_once),
		cmocka_unit_test(a_pack_says_what_it_must),
		cmocka_unit_test(deep_and_long_packs_are_bounded),
		cmocka_unit_test(a_pack_of_many_rules_is_not_quadratic),
		cmocka_unit_test(too_large_a_pack_is_refused),
		cmocka_unit_test(a_stated_value_is_checked_by_its_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
