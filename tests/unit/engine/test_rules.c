/* Conditions over facts: three values, exact numbers, rows, the explanation and what is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "rules_world.h"
#include "zveno/rules.h"

static struct world w;

static int start(void **state)
{
	(void)state;
	world_init(&w);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	world_done(&w);
	return 0;
}

static void expect(enum zv_truth truth, const char *condition)
{
	static const char *const words[] = {"no", "unknown", "yes"};
	enum zv_truth got = world_check(&w, condition);

	if (got != truth)
		fail_msg("%s is %s, should be %s", condition, words[got], words[truth]);
}

static bool is(struct zv_str s, const char *text)
{
	if (zv_str_eq_c(s, text))
		return true;
	print_error("“%.*s” should be “%s”\n", ZV_STR_FMT(s), text);
	return false;
}

/* The cluster of the demo: eleven members, E6 without a contract, 1,170 of 5,000 million inside. */
static void demo(void)
{
	world_row(&w, W_MEMBERS, "E2|supplier|RU-RYA|yes|400000000|800000000|2024-05-01|100");
	world_row(&w, W_MEMBERS, "E3|final_producer|RU-TVE|yes|770000000|4200000000|2024-05-01|900");
	world_row(&w, W_MEMBERS, "E6|supplier|RU-OMS|yes|0|0|2024-05-01|40");
	for (int i = 0; i < 7; i++)
		world_row(&w, W_MEMBERS, "X|service|RU-VLA|yes|0|0|2024-05-01|10");
	world_row(&w, W_MEMBERS, "M2|supplier|RU-MOS|no|0|0|2025-05-01|5");
	world_row(&w, W_CONTRACTS, "E2|E3|yes|400000000|2025-01-10");
	world_row(&w, W_CONTRACTS, "X|E3|yes|770000000|2025-01-10");
	world_row(&w, W_CONTRACTS, "M2|E2|yes|1|2025-06-10");
}

static void the_demo_cluster_is_judged(void **state)
{
	static const char linked[] = "all(m in members where any(c in contracts where c.inside and (c.seller = m.org or c.buyer = m.org)))";

	(void)state;
	demo();
	expect(ZV_YES, "count(members) >= 10");
	expect(ZV_NO, linked);
	expect(ZV_YES, "sum(members.inside) / sum(members.shipped) >= 20 %");
	expect(ZV_YES, "count(members where not producing) <= 3");
	expect(ZV_YES, "distinct(members.region) = 5");
	struct zv_rules_verdict verdict = world_explain(&w, linked);
	const struct zv_rules_node *node = verdict.nodes;

	assert_int_equal(verdict.n_nodes, 1);
	assert_true(is(node->left, "10") && is(node->op, ">=") && is(node->right, "11"));
	assert_true(is(node->used[0].of, "«E6»") && is(node->used[0].name, "members") && is(node->used[0].value, "no") && is(node->used[0].key, "E6"));
	assert_int_equal(node->used[0].field, -1);
	assert_true(node->n_used <= ZV_RULES_USED_MAX && node->n_used_all >= node->n_used);
	/* a count that falls short shows what it lacks, one that is too high what it has */
	verdict = world_explain(&w, "count(members where producing) >= count(members)");
	assert_true(verdict.truth == ZV_NO && is(verdict.nodes->used[0].of, "«M2»") && is(verdict.nodes->used[0].value, "no"));
	assert_true(is(verdict.nodes->left, "10") && is(verdict.nodes->right, "11"));
	verdict = world_explain(&w, "count(members where not producing) <= 0");
	assert_true(verdict.truth == ZV_NO && is(verdict.nodes->used[0].of, "«M2»") && is(verdict.nodes->used[0].value, "yes"));
	verdict = world_explain(&w, "sum(members.inside) / sum(members.shipped) >= 20 %");
	assert_true(is(verdict.nodes->left, "23.4 %") && is(verdict.nodes->right, "20 %"));
	assert_true(is(verdict.nodes->working, "1,170,000,000 ₽ / 5,000,000,000 ₽"));
}

static void connectives_follow_kleene(void **state)
{
	(void)state;
	world_set(&w, W_ORG, "in_registered", "?");
	expect(ZV_UNKNOWN, "org.in_registered");
	expect(ZV_UNKNOWN, "not org.in_registered");
	expect(ZV_NO, "org.in_registered and no");
	expect(ZV_UNKNOWN, "org.in_registered and yes");
	expect(ZV_YES, "org.in_registered or yes");
	expect(ZV_UNKNOWN, "org.in_registered or no");
	expect(ZV_UNKNOWN, "org.in_registered = yes");
	expect(ZV_UNKNOWN, "org.in_registered != org.in_registered");
	expect(ZV_YES, "no or yes and yes");
	expect(ZV_NO, "not yes or no");
	expect(ZV_YES, "if(org.in_registered, yes, 1 = 1)");
	expect(ZV_UNKNOWN, "if(org.in_registered, yes, no)");
}

static void numbers_are_exact_and_ranges_are_kept(void **state)
{
	(void)state;
	world_set(&w, W_ORG, "staff", "10..20");
	world_set(&w, W_ORG, "shipped", "?");
	world_set(&w, W_ORG, "balance", "?");
	world_set(&w, W_CLUSTER, "regions", "3");
	expect(ZV_YES, "org.staff >= 10");
	expect(ZV_UNKNOWN, "org.staff > 10");
	expect(ZV_NO, "org.staff > 20");
	expect(ZV_UNKNOWN, "org.staff = 15");
	expect(ZV_NO, "org.staff = 21");
	expect(ZV_YES, "org.staff != 9.5");
	expect(ZV_YES, "org.staff * 2 - 1 <= 39");
	expect(ZV_YES, "min(org.staff, 12) <= 12 and max(org.staff, 12) <= 20");
	expect(ZV_YES, "org.shipped >= 0 rub");
	expect(ZV_UNKNOWN, "org.balance >= 0 rub");
	expect(ZV_YES, "1 / 3 + 1 / 3 + 1 / 3 = 1");
	expect(ZV_YES, "0.1 + 0.2 = 0.3");
	expect(ZV_YES, "20 % * 50 = 10 and -3 + 5 = 2 and 7 - 2 - 1 = 4 and 12 / 3 / 2 = 2");
	expect(ZV_UNKNOWN, "1 / (cluster.regions - 3) > 0");
	expect(ZV_UNKNOWN, "5 rub / org.shipped > 0");
	expect(ZV_YES, "if(org.in_registered, 5, 7) >= 5");
	expect(ZV_UNKNOWN, "if(org.in_registered, 5, 7) >= 6");
	expect(ZV_YES, "150 mln rub = 150000 thousand rub and 2 bn rub > 1999 mln rub and 0.5 rub * 2 = 1 rub");
	/* beyond 64 bits: rounded outwards, still decided where it can be */
	expect(ZV_YES, "900000000000000 * 900000000000000 * 900000000000000 > 5");
	expect(ZV_NO, "-900000000000000 * 900000000000000 > 5");
}

static void what_leaves_64_bits_is_said(void **state)
{
	struct zv_rules_verdict verdict;

	(void)state;
	verdict = world_explain(&w, "900000000000000 * 900000000000000 = 810000000000000 * 100000000000000 * 10");
	assert_int_equal(verdict.truth, ZV_UNKNOWN);
	assert_true(verdict.limit && verdict.limit_text != NULL);
}

static void dates_move_by_days_and_months(void **state)
{
	(void)state;
	world_set(&w, W_ORG, "joined", "2024-01-31");
	world_set(&w, W_CLUSTER, "order_on", "2025-01-01..2025-12-31");
	expect(ZV_YES, "today = 2026-03-01");
	expect(ZV_YES, "org.joined + 1 month = 2024-02-29 and org.joined + 13 months = 2025-02-28");
	expect(ZV_YES, "org.joined - 2 months = 2023-11-30 and 1 year + org.joined = 2025-01-31");
	expect(ZV_YES, "org.joined + 30 days = 2024-03-01 and today - org.joined = 760");
	expect(ZV_YES, "today <= cluster.order_on + 5 years");
	expect(ZV_UNKNOWN, "today <= cluster.order_on + 1 year");
	expect(ZV_NO, "today > cluster.order_on + 15 months");
	expect(ZV_UNKNOWN, "org.joined + 100000 years > today"); /* out of the calendar */
	expect(ZV_YES, "year(org.joined) = 2024 and year(cluster.order_on) = year(today) - 1");
	expect(ZV_UNKNOWN, "year(cluster.order_on + 6 months) = 2025");
	assert_true(is(world_explain(&w, "year(today) = 2026").nodes->left, "2026"));
}

static void texts_and_codes(void **state)
{
	(void)state;
	world_set(&w, W_ORG, "okpd2", "20.14");
	world_set(&w, W_ORG, "kind", "?");
	expect(ZV_YES, "org.okpd2 ~ \"20\" and org.okpd2 ~ \"20.14\"");
	expect(ZV_NO, "org.okpd2 ~ \"2\" or org.okpd2 ~ \"20.1\" or org.okpd2 ~ \"201\"");
	expect(ZV_YES, "org.okpd2 ~ (\"21\", \"20\")");
	expect(ZV_YES, "org.okpd2 in (\"21\", \"20.14\")");
	expect(ZV_NO, "org.okpd2 in (\"21\", \"20\")");
	expect(ZV_UNKNOWN, "org.kind = \"maker\"");
	expect(ZV_UNKNOWN, "org.kind != \"maker\"");
	expect(ZV_UNKNOWN, "org.kind = org.kind");
	expect(ZV_UNKNOWN, "org.kind ~ \"m\" or org.kind in (\"a\")");
	expect(ZV_YES, "if(org.in_registered, \"a\", \"a\") = \"a\"");
	expect(ZV_UNKNOWN, "if(org.in_registered, \"a\", \"b\") = \"a\"");
}

static void rows_that_may_count_give_a_stretch(void **state)
{
	(void)state;
	world_row(&w, W_MEMBERS, "A|supplier|R1|yes|5|10|2024-01-01|7");
	world_row(&w, W_MEMBERS, "B|supplier|R2|?|20|?|2024-02-01|1..3");
	world_row(&w, W_MEMBERS, "C|?|R2|no|?|30|?|?");
	expect(ZV_YES, "count(members) = 3");
	expect(ZV_UNKNOWN, "count(members where producing) = 1");
	expect(ZV_YES, "count(members where producing) >= 1 and count(members where producing) <= 2");
	expect(ZV_YES, "sum(members.inside where producing) >= 5 rub and sum(members.inside where producing) <= 25 rub");
	expect(ZV_YES, "sum(members.shipped) >= 40 rub");
	expect(ZV_UNKNOWN, "sum(members.shipped) >= 41 rub");
	expect(ZV_YES, "distinct(members.region) = 2");
	expect(ZV_YES, "distinct(members.role) >= 1 and distinct(members.role) <= 2");
	expect(ZV_YES, "largest(members.staff where producing) >= 7");
	expect(ZV_YES, "smallest(members.staff where org != \"C\") <= 3");
	expect(ZV_UNKNOWN, "smallest(members.staff where org = \"C\") >= 3");
	expect(ZV_UNKNOWN, "largest(members.staff where org = \"none\") >= 3");
	expect(ZV_YES, "any(members where producing)");
	expect(ZV_NO, "all(members where producing)");
	expect(ZV_UNKNOWN, "all(members where producing or org = \"C\")");
	expect(ZV_NO, "any(contracts)");
	expect(ZV_YES, "all(contracts where no) and count(contracts) = 0 and sum(contracts.sum) = 0 rub");
}

static void a_table_that_is_not_complete_is_at_least(void **state)
{
	(void)state;
	world_row(&w, W_CONTRACTS, "A|B|yes|10|2025-01-01");
	w.rows[W_CONTRACTS].complete = false;
	expect(ZV_YES, "count(contracts) >= 1");
	expect(ZV_UNKNOWN, "count(contracts) >= 2");
	expect(ZV_UNKNOWN, "count(contracts) <= 1");
	expect(ZV_YES, "sum(contracts.sum) >= 10 rub");
	expect(ZV_UNKNOWN, "sum(contracts.sum) <= 10 rub");
	expect(ZV_YES, "any(contracts where inside)");
	expect(ZV_UNKNOWN, "any(contracts where not inside)");
	expect(ZV_UNKNOWN, "all(contracts where inside)");
	expect(ZV_NO, "all(contracts where not inside)");
	expect(ZV_UNKNOWN, "distinct(contracts.seller) = 1");
	expect(ZV_YES, "largest(contracts.sum) >= 10 rub");
	expect(ZV_UNKNOWN, "largest(contracts.sum) <= 10 rub");
}

static void inner_rows_come_before_outer_ones(void **state)
{
	(void)state;
	world_row(&w, W_MEMBERS, "A|supplier|R1|yes|5|10");
	world_row(&w, W_MEMBERS, "B|service|R1|yes|5|10");
	expect(ZV_YES, "any(m in members where all(n in members where n.region = m.region))");
	expect(ZV_YES, "all(a in members where count(b in members where b.org != a.org) = 1)");
	expect(ZV_NO, "any(a in members where all(members where org != a.org))");
	expect(ZV_YES, "count(members where role = \"supplier\" and members.org = \"A\") = 1");
}

static void parameters_go_by_date(void **state)
{
	static const char body[] =
		"parameter rate percent { 2024-01-01 .. 2024-12-31 : 16 %  2025-01-01 .. : 21 % source \"bank\"  2026-02-01 .. 2026-02-28 : 18 % }\n"
		"criterion a { title ru \"к\" check rate = 21 % }\ncriterion b { title ru \"к\" check rate = 16 % }\n"
		"criterion c { title ru \"к\" check rate = 18 % }\ncriterion d { title ru \"к\" check rate = 16 % or rate != 16 % }";
	static const struct {
		const char *day;
		enum zv_truth a, b, c, d;
	} cases[] = {{"2026-03-01", ZV_YES, ZV_NO, ZV_NO, ZV_YES},
		     {"2024-12-31", ZV_NO, ZV_YES, ZV_NO, ZV_YES},
		     {"2026-02-10", ZV_NO, ZV_NO, ZV_YES, ZV_YES},
		     {"2023-12-31", ZV_UNKNOWN, ZV_UNKNOWN, ZV_UNKNOWN, ZV_UNKNOWN}};
	struct zv_rules_pack *pack = world_pack(&w, body);

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		const enum zv_truth wanted[] = {cases[i].a, cases[i].b, cases[i].c, cases[i].d};

		assert_true(zv_date_parse(&w.facts.today, zv_str_c(cases[i].day)));
		for (int r = 0; r < 4; r++) {
			struct zv_rules_verdict verdict;

			assert_int_equal(zv_rules_eval(&verdict, pack, r, &w.facts, NULL, &w.arena, NULL), ZV_OK);
			assert_int_equal(verdict.truth, wanted[r]);
		}
	}
}

static void stated_facts_are_read_by_their_type(void **state)
{
	static const char body[] =
		"fact org.good yesno ru \"?\" fact loan.amount money ru \"?\" fact org.share percent ru \"?\" fact org.since date ru \"?\" fact org.note text ru \"?\"\n"
		"criterion c { title ru \"к\" check org.good and loan.amount = 1.5 mln rub and org.share >= 12.5 % and org.since < today and org.note = \"x\" }";
	struct zv_rules_pack *pack = world_pack(&w, body);
	struct zv_rules_options options = {.explain = true};
	struct zv_rules_verdict verdict;

	(void)state;
	assert_int_equal(zv_rules_eval(&verdict, pack, 0, &w.facts, &options, &w.arena, NULL), ZV_OK);
	assert_int_equal(verdict.truth, ZV_UNKNOWN);
	assert_true(verdict.to_yes.proved && verdict.to_yes.n == 5 && verdict.to_no.n == 1 && verdict.to_no.proved);
	assert_true(is(verdict.to_yes.facts[0].name, "org.good") && is(verdict.to_yes.facts[1].name, "loan.amount"));
	assert_true(verdict.to_yes.facts[1].table == -1 && verdict.to_yes.facts[1].type == ZV_RULES_MONEY && !verdict.to_yes.facts[1].known);
	world_state(&w, "org.good", "да");
	world_state(&w, "loan.amount", "1,5 млн руб.");
	world_state(&w, "org.share", "12,5 %");
	world_state(&w, "org.since", "01.01.2026");
	assert_int_equal(zv_rules_eval(&verdict, pack, 0, &w.facts, &options, &w.arena, NULL), ZV_OK);
	assert_int_equal(verdict.truth, ZV_UNKNOWN);
	world_state(&w, "org.note", "x");
	assert_int_equal(zv_rules_eval(&verdict, pack, 0, &w.facts, &options, &w.arena, NULL), ZV_OK);
	assert_int_equal(verdict.truth, ZV_YES);
}

static void the_tree_has_a_node_for_every_part(void **state)
{
	struct zv_rules_verdict verdict;

	(void)state;
	world_set(&w, W_ORG, "staff", "15");
	world_set(&w, W_ORG, "kind", "maker");
	verdict = world_explain(&w, "org.staff >= 10 and\n  (org.kind in (\"a\", \"maker\") or not org.in_registered)");
	assert_int_equal(verdict.truth, ZV_YES);
	assert_int_equal(verdict.n_nodes, 6);
	const struct zv_rules_node *n = verdict.nodes;

	assert_true(n[0].kind == ZV_RULES_AND && n[0].n_children == 2 && n[n[0].children[1]].kind == ZV_RULES_OR);
	assert_true(is(n[0].text, "org.staff >= 10 and (org.kind in (\"a\", \"maker\") or not org.in_registered)"));
	assert_true(is(n[1].text, "org.staff >= 10") && is(n[1].left, "15") && is(n[1].right, "10"));
	assert_true(is(n[3].left, "maker") && is(n[3].op, "in") && is(n[3].right, "a, maker"));
	assert_true(n[4].kind == ZV_RULES_NOT && n[4].truth == ZV_UNKNOWN && n[5].n_used == 1 && !n[5].used[0].known && n[5].used[0].value.n == 0);
	assert_true(is(n[5].used[0].name, "org.in_registered") && is(n[5].left, "unknown"));
}

static void sides_that_differ_never_look_alike(void **state)
{
	struct zv_rules_verdict verdict;

	(void)state;
	verdict = world_explain(&w, "1999999 / 10000000 >= 20 %");
	assert_int_equal(verdict.truth, ZV_NO);
	assert_true(is(verdict.nodes->left, "19.99999 %") && is(verdict.nodes->right, "20 %"));
	verdict = world_explain(&w, "655 / 4200 >= 20 %");
	assert_true(is(verdict.nodes->left, "15.6 %"));
	verdict = world_explain(&w, "(12 - 2) * 3 > 5 + 1");
	assert_true(is(verdict.nodes->working, "(12 − 2) × 3") && is(verdict.nodes->left, "30"));
}

static void origins_stand_beside_their_facts(void **state)
{
	static const struct zv_rules_origin origins[] = {{ZV_STR_INIT("row"), {"", 0}, {"", 0}, ZV_DATE_NONE, 1},
							 {ZV_STR_INIT("cell"), ZV_STR_INIT("№ 5"), ZV_STR_INIT("contract_1"), 20000, 2}};
	static const int32_t rows[] = {0};
	struct zv_rules_verdict verdict;

	(void)state;
	world_row(&w, W_CONTRACTS, "A|B|yes|10|2025-01-01");
	w.facts.origins = origins;
	w.facts.n_origins = ZV_LEN(origins);
	w.rows[W_CONTRACTS].origins = rows;
	((struct zv_rules_cell *)(uintptr_t)w.rows[W_CONTRACTS].cells)[3].origin = 1;
	verdict = world_explain(&w, "any(contracts where sum > 5 rub and inside)");
	const struct zv_rules_node *n = verdict.nodes;

	assert_int_equal(n->n_used, 3);
	assert_true(is(n->used[0].name, "contracts") && is(n->used[0].origin.source, "row"));
	assert_true(is(n->used[1].name, "contracts.sum") && is(n->used[1].origin.href, "contract_1") && n->used[1].origin.status == 2);
	assert_true(is(n->used[1].value, "10 ₽") && is(n->used[2].origin.source, "row"));
}

/* As many as are asked for, with proof; `yes` or `no` are the counts wanted, -1: whatever. */
static void expect_missing(const char *condition, int yes, int no)
{
	struct zv_rules_verdict verdict = world_explain(&w, condition);

	if (verdict.truth != ZV_UNKNOWN || verdict.to_yes.n != yes || verdict.to_no.n != no || !verdict.to_yes.proved || !verdict.to_no.proved)
		fail_msg("%s: truth %d, %d to yes (proved %d), %d to no (proved %d)", condition, (int)verdict.truth, verdict.to_yes.n, verdict.to_yes.proved,
			 verdict.to_no.n, verdict.to_no.proved);
}

static void the_fewest_missing_facts_are_named(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++)
		world_row(&w, W_MEMBERS, "A|?|?|?|?|?|?|?");
	world_row(&w, W_MEMBERS, "B|supplier|R1|yes|5|10|2024-01-01|7");
	expect_missing("org.in_registered and org.staff > 5 and org.kind = \"maker\"", 3, 1);
	expect_missing("org.in_registered or org.staff > 5 or org.kind = \"maker\"", 1, 3);
	expect_missing("(org.in_registered and org.staff > 5) or org.kind = \"maker\"", 1, 2);
	expect_missing("all(members where producing)", 20, 1);
	expect_missing("any(members where role = \"service\")", 1, 20);
	expect_missing("count(members where producing) >= 6", 5, 16);
	expect_missing("count(members where producing and staff >= 3) >= 3", 4, 19);
	expect_missing("org.staff * 7 / 3 = 14", 1, 1);
	expect_missing("org.shipped / cluster.regions >= 5 rub", 2, 2);
	expect_missing("org.joined + 36 months < today", 1, 1);
	expect_missing("org.okpd2 ~ \"20\" and org.okpd2 ~ \"20.14\"", 1, 1);
	expect_missing("any(m in members where m.org = org.kind)", 1, 1);
	expect_missing("org.in_registered and not org.in_registered", 0, 1); /* no fact can make it yes */
}

static void facts_that_cannot_help_are_not_asked_for(void **state)
{
	(void)state;
	w.rows[W_CONTRACTS].complete = false;
	expect_missing("any(contracts where inside)", 0, 0);
	expect_missing("any(contracts where inside) or org.in_registered", 1, 0);
}

static void a_range_is_narrowed(void **state)
{
	struct zv_rules_verdict verdict;

	(void)state;
	world_set(&w, W_ORG, "staff", "10..20");
	verdict = world_explain(&w, "org.staff >= 15");
	assert_true(verdict.to_yes.n == 1 && verdict.to_no.n == 1 && is(verdict.to_yes.facts[0].value, "10 to 20"));
	assert_true(is(verdict.nodes->left, "10 to 20"));
}

static void steps_are_bounded(void **state)
{
	struct zv_rules_pack *pack;
	struct zv_rules_options options = {.explain = true, .steps_max = 500};
	struct zv_rules_verdict verdict;

	(void)state;
	for (int i = 0; i < 200; i++)
		world_row(&w, W_MEMBERS, "A|supplier|R|yes|1|1|2024-01-01|1");
	pack = world_pack(&w, "criterion c { title ru \"к\" check all(a in members where all(b in members where all(c in members where a.staff = c.staff))) }");
	assert_int_equal(zv_rules_eval(&verdict, pack, 0, &w.facts, &options, &w.arena, NULL), ZV_OK);
	assert_true(verdict.truth == ZV_UNKNOWN && verdict.limit && verdict.limit_text != NULL && verdict.steps <= 500);
	assert_int_equal(verdict.to_yes.n, 0);
	options = (struct zv_rules_options){.explain = false};
	assert_int_equal(zv_rules_eval(&verdict, pack, 0, &w.facts, &options, &w.arena, NULL), ZV_OK);
	assert_true(verdict.limit && verdict.steps <= 2000000);
}

/* A condition of thousands of parts: the tree ends, the truth of the whole stays right. */
static void large_trees_are_bounded(void **state)
{
	struct zv_buf text;
	struct zv_rules_verdict verdict;

	(void)state;
	zv_buf_init(&text, 0);
	for (int i = 0; i < 9000; i++)
		zv_buf_addf(&text, "%sorg.staff >= %d", i > 0 ? " and " : "", i % 7);
	world_set(&w, W_ORG, "staff", "5..9");
	verdict = world_explain(&w, zv_buf_c(&text));
	assert_true(verdict.truth == ZV_UNKNOWN && verdict.nodes[0].truth == ZV_UNKNOWN && verdict.n_nodes <= 2001 && verdict.nodes[0].text.n <= 4000);
	assert_int_equal(verdict.to_yes.n, 1);
	zv_buf_done(&text);
}

static struct zv_rules_pack *measure(const char *body)
{
	struct zv_str text = zv_arena_strf(&w.arena, "pack s { kind support title ru \"м\" parameter key_rate percent { 2025-01-01 .. : 17 %% }\nmeasure M { title ru \"м\" %s } }", body);
	struct zv_rules_pack *pack;
	struct zv_err err;

	if (zv_rules_parse(&pack, NULL, NULL, text, &world_vocabulary, &w.arena, &err) != ZV_OK)
		fail_msg("%s", err.text);
	return pack;
}

static void the_terms_of_a_measure_are_worked_out(void **state)
{
	struct zv_rules_terms terms;
	struct zv_rules_pack *pack = measure("share 50 % cap 150 mln rub already sum(contracts.sum) rate 0.3 * key_rate + 3 % amount min(org.shipped, 2 bn rub)");

	(void)state;
	world_row(&w, W_CONTRACTS, "A|B|yes|1000|2025-01-01");
	world_set(&w, W_ORG, "shipped", "?");
	assert_int_equal(zv_rules_terms(&terms, pack, 0, &w.facts, &w.arena, NULL), ZV_OK);
	assert_true(terms.share_ppm.has_lo && terms.share_ppm.lo == 500000 && terms.share_ppm.hi == 500000);
	assert_true(terms.cap_kop.hi == 15000000000 && terms.already_kop.lo == 100000 && terms.intensity_ppm.lo == 1000000);
	assert_true(terms.rate_ppm.lo == 81000 && terms.rate_ppm.lo_den == 1);
	assert_true(terms.has_expression && terms.fixed.has_lo && terms.fixed.lo == 0 && terms.fixed.has_hi && terms.fixed.hi == 200000000000);
	assert_true(is(terms.parts[ZV_RULES_TERM_RATE]->left, "8.1 %") && is(terms.parts[ZV_RULES_TERM_RATE]->working, "0.3 × 17 % + 3 %"));
	assert_null(terms.parts[ZV_RULES_TERM_INTENSITY]);
	assert_int_equal(terms.parts[ZV_RULES_TERM_AMOUNT]->n_used, 1);
}

static void a_cost_line_is_eligible_or_not(void **state)
{
	static const enum zv_truth wanted[] = {ZV_YES, ZV_NO, ZV_NO, ZV_UNKNOWN, ZV_UNKNOWN, ZV_NO};
	struct zv_rules_pack *pack = measure("costs start_batch where same_registered_cluster and paid >= 2023-01-01 share 50 %");
	enum zv_truth truth;

	(void)state;
	world_row(&w, W_COSTS, "start_batch|100|2026-10-01|yes");
	world_row(&w, W_COSTS, "start_batch|100|2022-10-01|yes");
	world_row(&w, W_COSTS, "equipment|100|2026-10-01|yes");
	world_row(&w, W_COSTS, "start_batch|100|2026-10-01|?");
	world_row(&w, W_COSTS, "?|100|2026-10-01|yes");
	world_row(&w, W_COSTS, "?|100|2026-10-01|no");
	for (size_t i = 0; i < ZV_LEN(wanted); i++) {
		assert_int_equal(zv_rules_cost(&truth, pack, 0, &w.facts, i, &w.arena, NULL), ZV_OK);
		assert_int_equal(truth, wanted[i]);
	}
	assert_int_equal(zv_rules_cost(&truth, pack, 0, &w.facts, 6, &w.arena, NULL), ZV_E_NOTFOUND);
	assert_int_equal(zv_rules_cost(&truth, measure("costs any share 5 %"), 0, &w.facts, 2, &w.arena, NULL), ZV_OK);
	assert_int_equal(truth, ZV_YES);
	assert_int_equal(zv_rules_cost(&truth, measure("share 5 %"), 0, &w.facts, 2, &w.arena, NULL), ZV_OK);
	assert_int_equal(truth, ZV_NO);
}

static void a_rule_without_a_condition_holds(void **state)
{
	struct zv_rules_pack *pack = world_pack(&w, "criterion c { title ru \"к\" severity info }");
	struct zv_rules_verdict verdict;

	(void)state;
	assert_int_equal(zv_rules_eval(&verdict, pack, 0, &w.facts, NULL, &w.arena, NULL), ZV_OK);
	assert_true(verdict.truth == ZV_YES && verdict.nodes == NULL);
	assert_int_equal(zv_rules_eval(&verdict, pack, 1, &w.facts, NULL, &w.arena, NULL), ZV_E_NOTFOUND);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_demo_cluster_is_judged),
		CASE(connectives_follow_kleene),
		CASE(numbers_are_exact_and_ranges_are_kept),
		CASE(what_leaves_64_bits_is_said),
		CASE(dates_move_by_days_and_months),
		CASE(texts_and_codes),
		CASE(rows_that_may_count_give_a_stretch),
		CASE(a_table_that_is_not_complete_is_at_least),
		CASE(inner_rows_come_before_outer_ones),
		CASE(parameters_go_by_date),
		CASE(stated_facts_are_read_by_their_type),
		CASE(the_tree_has_a_node_for_every_part),
		CASE(sides_that_differ_never_look_alike),
		CASE(origins_stand_beside_their_facts),
		CASE(the_fewest_missing_facts_are_named),
		CASE(facts_that_cannot_help_are_not_asked_for),
		CASE(a_range_is_narrowed),
		CASE(steps_are_bounded),
		CASE(large_trees_are_bounded),
		CASE(the_terms_of_a_measure_are_worked_out),
		CASE(a_cost_line_is_eligible_or_not),
		CASE(a_rule_without_a_condition_holds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
