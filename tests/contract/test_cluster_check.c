/* A cluster against packs on the demo world: the figures of the journey, days of the past, what if, verdicts that outlive registers and packs. */
#include "fixture.h"

#include <string.h>

#include "app/approvals.h"
#include "app/check_all.h"
#include "app/cluster_check.h"
#include "app/demo.h"
#include "app/find.h"
#include "app/verdicts.h"
#include "auth/auth.h"
#include "base/embed.h"
#include "store/account.h"

enum { DAY = 20514, DAY_2025 = 20240 }; /* 2026-03-02, 2025-06-01 */

static const char cluster_key[] = "МХК";
static struct zv_rules_fault faults[ZV_RULES_FAULTS_MAX];

static struct zv_who as(const char *login)
{
	struct zv_account account;
	struct zv_who who;

	OK(zv_account_by_login(&account, fx.db, zv_str_c(login), &fx.arena, &fx.err));
	zv_who_of_account(&who, &account, &fx.arena);
	return who;
}

static struct zv_who owner(void)
{
	struct zv_who who;

	zv_who_local(&who, ZV_STR("cli:test"));
	return who;
}

static struct zv_record find(const char *reg, const char *key)
{
	struct zv_record record;

	OK(zv_find_record(&record, NULL, fx.db, zv_register_find(reg), zv_str_c(key), &fx.arena, &fx.err));
	return record;
}

static struct zv_str org(const char *inn)
{
	static const char sql[] = "SELECT uid FROM org WHERE inn = $1";
	struct zv_stmt *stmt;
	struct zv_str uid;
	bool row;

	OK(zv_db_stmt(&stmt, fx.db, sql, &fx.err));
	zv_bind_text(stmt, 1, zv_str_c(inn));
	OK(zv_stmt_step(&row, stmt, &fx.err));
	assert_true(row);
	uid = zv_str_dup(&fx.arena, zv_col_text(stmt, 0));
	zv_stmt_reset(stmt);
	return uid;
}

static struct zv_check check(const char *pack, zv_date on, const char *with, const char *without)
{
	const struct zv_str packs[] = {zv_str_c(pack)}, joining[] = {zv_str_c(with)}, leaving[] = {zv_str_c(without)};
	const struct zv_check_ask ask = {.cluster = zv_str_c(cluster_key),
					 .packs = packs,
					 .n_packs = pack != NULL,
					 .with = joining,
					 .n_with = with != NULL,
					 .without = leaving,
					 .n_without = without != NULL,
					 .on = on};
	struct zv_who who = owner();
	struct zv_check out;

	OK(zv_cluster_check(&out, fx.db, &who, &ask, &fx.arena, &fx.err));
	return out;
}

/* "pass 11 >= 10" */
static void says(const struct zv_checked *checked, const char *id, const char *want)
{
	static const char *const truths[] = {"fail", "unknown", "pass"};
	int at = zv_rules_find(checked->pack.rules, zv_str_c(id));
	const struct zv_checked_rule *rule;
	char got[200];

	assert_true(at >= 0);
	rule = &checked->rules[at];
	(void)snprintf(got, sizeof(got), "%s %.*s %.*s %.*s", truths[rule->verdict.truth], ZV_STR_FMT(rule->leaf->left), ZV_STR_FMT(rule->leaf->op),
		       ZV_STR_FMT(rule->leaf->right));
	assert_string_equal(got, want);
}

static void counts(const struct zv_checked *checked, int passed, int failed, int unknown)
{
	assert_int_equal(checked->counts.passed, passed);
	assert_int_equal(checked->counts.failed, failed);
	assert_int_equal(checked->counts.unknown, unknown);
}

static void make_world(void)
{
	OK(zv_demo_fill(fx.db, &fx.err));
}

/* --- figures ------------------------------------------------------------------------------------------------------------------------- */

static void the_demo_cluster_passes_four_of_six(void **state)
{
	struct zv_check c;

	(void)state;
	make_world();
	c = check("demo-2026", DAY, NULL, NULL);
	assert_int_equal(c.n_packs, 1);
	assert_null(c.before);
	says(&c.packs[0], "participants", "pass 11 >= 10");
	says(&c.packs[0], "linked", "fail 10 >= 11");
	says(&c.packs[0], "dependence", "pass 23.4 % >= 20 %");
	says(&c.packs[0], "education", "pass 1 >= 1");
	says(&c.packs[0], "infrastructure", "fail 1 >= 2");
	says(&c.packs[0], "newcomers", "pass 1 <= 3");
	counts(&c.packs[0], 4, 2, 0);
	assert_int_equal(c.packs[0].truth, ZV_NO);
	assert_true(zv_str_eq_c(c.packs[0].first_failed->rule->id, "linked"));
	assert_true(zv_str_eq_c(c.packs[0].rules[2].leaf->working, "1,170,000,000 ₽ / 5,000,000,000 ₽"));
}

static void every_fact_of_a_leaf_says_where_it_is_from(void **state)
{
	const struct zv_rules_node *leaf;
	struct zv_check c;

	(void)state;
	make_world();
	c = check("demo", DAY, NULL, NULL);
	leaf = c.packs[0].rules[zv_rules_find(c.packs[0].pack.rules, ZV_STR("dependence"))].leaf;
	assert_true(leaf->n_used >= 22); /* shipped and inside of eleven members, and the threshold */
	for (int i = 0; i < leaf->n_used; i++) {
		const struct zv_rules_used *used = &leaf->used[i];

		if (!zv_str_eq_c(used->name, "members.shipped"))
			continue;
		assert_true(used->known);
		assert_true(zv_str_find(used->origin.source, ZV_STR("org_years.csv")) >= 0);
		assert_true(zv_str_starts(used->origin.href, ZV_STR("year_")));
		assert_true(used->of.n > 0);
	}
}

static void packs_stand_side_by_side(void **state)
{
	struct zv_check c;

	(void)state;
	make_world();
	c = check(NULL, DAY, NULL, NULL);
	assert_int_equal(c.n_packs, 2); /* of each series the edition of the day, federal first */
	assert_true(zv_str_eq_c(c.packs[0].pack.name, "federal-779-2025"));
	assert_true(zv_str_eq_c(c.packs[1].pack.name, "demo-2026"));
	c = check("federal-779", DAY_2025 - 1000, NULL, NULL);
	assert_true(zv_str_eq_c(c.packs[0].pack.name, "federal-779-2021"));
}

static void low_confidence_never_blocks(void **state)
{
	struct zv_check c;
	int low = 0;

	(void)state;
	make_world();
	c = check("federal-779", DAY, NULL, NULL);
	for (int i = 0; i < c.packs[0].n; i++) {
		const struct zv_checked_rule *rule = &c.packs[0].rules[i];

		if (rule->rule->confidence != ZV_RULES_LOW)
			continue;
		low++;
		assert_false(rule->blocking);
	}
	assert_true(low > 0);
}

static void without_the_largest_supplier_it_is_fifteen_percent(void **state)
{
	char before[65], after[65];
	struct zv_check c;

	(void)state;
	make_world();
	fixture_digest(before);
	c = check("demo", DAY, NULL, zv_arena_strf(&fx.arena, "%.*s", ZV_STR_FMT(org("3899000040"))).p);
	says(&c.before[0], "participants", "pass 11 >= 10");
	says(&c.before[0], "dependence", "pass 23.4 % >= 20 %");
	says(&c.packs[0], "participants", "pass 10 >= 10");
	says(&c.packs[0], "dependence", "fail 15.6 % >= 20 %");
	assert_true(zv_str_eq_c(c.packs[0].rules[2].leaf->working, "655,000,000 ₽ / 4,200,000,000 ₽"));
	counts(&c.packs[0], 3, 3, 0);
	fixture_digest(after);
	assert_string_equal(before, after);
}

static void an_organisation_that_joins_counts_at_once(void **state)
{
	struct zv_check c;

	(void)state;
	make_world();
	c = check("demo", DAY, zv_arena_strf(&fx.arena, "%.*s:supplier", ZV_STR_FMT(org("2199000011"))).p, NULL);
	says(&c.before[0], "participants", "pass 11 >= 10");
	says(&c.packs[0], "participants", "pass 12 >= 10");
}

/* --- registers change ----------------------------------------------------------------------------------------------------------------- */

static void link_e6_and_add_an_object(void)
{
	const struct zv_register *contracts = zv_register_find("contract"), *residents = zv_register_find("resident");
	struct zv_record cluster = find("cluster", cluster_key), object = find("infra", "ОБ1");
	struct zv_record e6, e2, row, infra = object;
	struct zv_batch batch;
	const struct zv_register *objects = zv_register_find("infra");

	OK(zv_record_by_uid(&e6, fx.db, zv_register_find("org"), org("1299000013"), &fx.arena, &fx.err));
	OK(zv_record_by_uid(&e2, fx.db, zv_register_find("org"), org("5599000011"), &fx.arena, &fx.err));
	batch = fixture_batch("contracts", DAY);
	row = fixture_record(contracts, &batch, "E6-E2");
	fixture_set_int(contracts, &row, "seller_id", e6.id);
	fixture_set_int(contracts, &row, "buyer_id", e2.id);
	fixture_set_int(contracts, &row, "cluster_id", cluster.id);
	fixture_set_int(contracts, &row, "signed_on", DAY - 10);
	fixture_insert(contracts, &row);
	infra.id = 0;
	infra.uid = ZV_STR("");
	infra.source_key = ZV_STR("ОБ9");
	infra.batch_id = batch.id;
	infra.centre_id = batch.centre_id;
	fixture_insert(objects, &infra);
	row = fixture_record(residents, &batch, "R9");
	fixture_set_int(residents, &row, "infra_id", infra.id);
	fixture_set_int(residents, &row, "cluster_id", cluster.id);
	fixture_set_int(residents, &row, "since_on", DAY - 5);
	fixture_insert(residents, &row);
	fixture_commit(&batch);
}

static void a_contract_and_an_object_make_it_six_of_six(void **state)
{
	struct zv_check c;

	(void)state;
	make_world();
	link_e6_and_add_an_object();
	c = check("demo", DAY, NULL, NULL);
	says(&c.packs[0], "linked", "pass 11 >= 11");
	says(&c.packs[0], "dependence", "pass 23.4 % >= 20 %"); /* nothing was delivered under the new contract */
	says(&c.packs[0], "infrastructure", "pass 2 >= 2");
	counts(&c.packs[0], 6, 0, 0);
	assert_int_equal(c.packs[0].truth, ZV_YES);
	assert_null(c.packs[0].first_failed);
	/* The day before the contract was signed it was not there. */
	c = check("demo", DAY - 11, NULL, NULL);
	says(&c.packs[0], "linked", "fail 10 >= 11");
	says(&c.packs[0], "infrastructure", "fail 1 >= 2");
}

static void a_day_of_the_past_has_its_own_members_and_thresholds(void **state)
{
	struct zv_check c;

	(void)state;
	make_world();
	c = check("demo", DAY_2025, NULL, NULL);
	assert_true(zv_str_eq_c(c.packs[0].pack.name, "demo-2025"));
	says(&c.packs[0], "participants", "pass 10 >= 8"); /* one joined in September */
	says(&c.packs[0], "dependence", "fail 20 % >= 25 %"); /* figures of 2024 */
	c = check("demo-2025", DAY, NULL, NULL);
	says(&c.packs[0], "dependence", "fail 23.4 % >= 25 %");
}

static void what_nobody_told_is_unknown(void **state)
{
	const struct zv_rules_missing *missing;
	struct zv_check c;

	(void)state;
	make_world();
	OK(zv_db_exec(fx.db, "UPDATE org_year SET shipped_kop = NULL WHERE year = 2025 AND org_id = (SELECT id FROM org WHERE inn = '5599000011')", &fx.err));
	c = check("demo", DAY, NULL, NULL);
	assert_int_equal(c.packs[0].rules[2].verdict.truth, ZV_UNKNOWN);
	missing = &c.packs[0].rules[2].verdict.to_yes;
	assert_int_equal(missing->n, 1);
	assert_true(zv_str_eq_c(missing->facts[0].name, "members.shipped"));
	assert_true(zv_str_find(missing->facts[0].of, ZV_STR("Иртыш-Синтез")) >= 0);
	counts(&c.packs[0], 3, 2, 1);
}

static void figures_of_a_member_without_an_agreement_do_not_count(void **state)
{
	struct zv_check c;

	(void)state;
	make_world();
	OK(zv_db_exec(fx.db, "UPDATE cluster_member SET agreement = 0 WHERE org_id = (SELECT id FROM org WHERE inn = '5599000011')", &fx.err));
	c = check("demo", DAY, NULL, NULL);
	assert_int_equal(c.packs[0].rules[2].verdict.truth, ZV_UNKNOWN);
	says(&c.packs[0], "participants", "pass 11 >= 10");
}

/* --- facts as JSON ---------------------------------------------------------------------------------------------------------------------- */

static void facts_come_back_byte_for_byte(void **state)
{
	struct zv_rules_facts facts, again;
	const struct zv_facts_ask ask = {.on = DAY};
	struct zv_buf first, second;

	(void)state;
	make_world();
	OK(zv_facts_cluster(&facts, fx.db, find("cluster", cluster_key).id, &ask, &fx.arena, &fx.err));
	zv_buf_init(&first, 0);
	zv_buf_init(&second, 0);
	zv_facts_write_json(&first, &facts);
	OK(zv_facts_read_json(&again, zv_buf_str(&first), &fx.arena, &fx.err));
	zv_facts_write_json(&second, &again);
	assert_true(zv_str_eq(zv_buf_str(&first), zv_buf_str(&second)));
	assert_int_equal(zv_facts_read_json(&again, ZV_STR("{\"today\":1}"), &fx.arena, &fx.err), ZV_E_INVALID);
	zv_buf_done(&first);
	zv_buf_done(&second);
}

/* --- verdicts -------------------------------------------------------------------------------------------------------------------------- */

static struct zv_str text_of(const char *file, const char *from, const char *to)
{
	struct zv_str text;
	ptrdiff_t at;

	assert_true(zv_embed_find(&text, file));
	at = zv_str_find(text, zv_str_c(from));
	assert_true(at >= 0);
	return zv_arena_strf(&fx.arena, "%.*s%s%.*s", (int)at, text.p, to, ZV_STR_FMT(zv_str_from(text, (size_t)at + strlen(from))));
}

static struct zv_pack_loaded load(const struct zv_who *who, struct zv_str text)
{
	struct zv_pack_loaded loaded;
	size_t n;

	OK(zv_pack_load(&loaded, faults, &n, fx.db, who, text, &fx.arena, &fx.err));
	return loaded;
}

static void a_verdict_outlives_registers_and_packs(void **state)
{
	struct zv_kept_verdict verdict, *list;
	struct zv_who who = owner();
	struct zv_str uid;
	size_t n = 0;

	(void)state;
	make_world();
	OK(zv_verdict_keep(&uid, fx.db, &who, zv_str_c(cluster_key), ZV_STR("demo"), DAY, &fx.arena, &fx.err));
	link_e6_and_add_an_object();
	(void)load(&who, text_of("data/rules/demo-2026.rules", "{ 2026-01-01 .. : 10 source", "{ 2026-01-01 .. : 12 source"));
	says(&check("demo", DAY, NULL, NULL).packs[0], "participants", "fail 11 >= 12");
	OK(zv_verdict_get(&verdict, fx.db, &who, uid, &fx.arena, &fx.err));
	assert_true(verdict.same);
	assert_int_equal(verdict.on, DAY);
	counts(&verdict.checked, 4, 2, 0);
	says(&verdict.checked, "participants", "pass 11 >= 10");
	says(&verdict.checked, "linked", "fail 10 >= 11");
	assert_int_equal(verdict.counts.passed, 4);
	OK(zv_verdict_keep(&uid, fx.db, &who, zv_str_c(cluster_key), ZV_STR("demo"), DAY_2025, &fx.arena, &fx.err));
	OK(zv_verdict_list(&list, &n, fx.db, &who, zv_str_c(cluster_key), 0, 10, &fx.arena, &fx.err));
	assert_int_equal(n, 2);
	assert_true(zv_str_eq_c(list[0].pack, "demo-2025"));
	assert_true(zv_str_eq_c(list[1].pack, "demo-2026"));
}

static void a_verdict_that_was_tampered_with_is_not_the_same(void **state)
{
	struct zv_kept_verdict verdict;
	struct zv_who who = owner();
	struct zv_str uid;

	(void)state;
	make_world();
	OK(zv_verdict_keep(&uid, fx.db, &who, zv_str_c(cluster_key), ZV_STR("demo"), DAY, &fx.arena, &fx.err));
	OK(zv_db_exec(fx.db, "UPDATE verdict SET result = REPLACE(result, '\"truth\":\"fail\"', '\"truth\":\"pass\"')", &fx.err));
	OK(zv_verdict_get(&verdict, fx.db, &who, uid, &fx.arena, &fx.err));
	assert_false(verdict.same);
}

/* --- packs ---------------------------------------------------------------------------------------------------------------------------- */

static const char own_pack[] =
	"pack %s { series %s kind cluster level own title ru \"Своя\" en \"Own\"\n"
	"criterion a { title ru \"Есть участники\" en \"There are members\" check count(members) >= 1 } }\n";

static struct zv_str own(const char *name, const char *series)
{
	return zv_arena_strf(&fx.arena, own_pack, name, series);
}

static void an_operators_pack_waits_for_a_second_person(void **state)
{
	struct zv_who operator, second;
	struct zv_pack_loaded loaded;
	struct zv_pack pack;
	size_t n;

	(void)state;
	make_world();
	operator = as("operator-rya");
	second = as("operator-rya2");
	loaded = load(&operator, own("rya-1", "rya"));
	assert_true(loaded.approval.n > 0);
	assert_int_equal(zv_pack_get(&pack, fx.db, ZV_STR("rya-1"), DAY, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_int_equal(zv_pack_load(&loaded, faults, &n, fx.db, &operator, own("rya-1", "rya"), &fx.arena, &fx.err), ZV_E_CONFLICT);
	OK(zv_pack_get(&pack, fx.db, ZV_STR("demo"), DAY, &fx.arena, &fx.err));
	{
		struct zv_approval *list;

		OK(zv_approval_list(&list, &n, fx.db, &second, true, 0, 10, &fx.arena, &fx.err));
		assert_true(n > 0 && zv_str_eq_c(list[0].action, "rules.write")); /* the newest */
		assert_string_equal(list[0].title.p, "Put the pack of rules “rya-1” in force");
		assert_int_equal(zv_approval_decide(fx.db, &operator, list[0].uid, true, ZV_STR(""), &fx.arena, &fx.err), ZV_E_DENIED);
		OK(zv_approval_decide(fx.db, &second, list[0].uid, true, ZV_STR(""), &fx.arena, &fx.err));
	}
	OK(zv_pack_get(&pack, fx.db, ZV_STR("rya-1"), DAY, &fx.arena, &fx.err));
	assert_int_equal(pack.state, 2);
}

static void a_cluster_loads_its_own_packs_and_no_others(void **state)
{
	struct zv_who who, operator;
	struct zv_pack_loaded loaded;
	struct zv_pack pack;
	size_t n;

	(void)state;
	make_world();
	who = as("cluster");
	operator = as("operator-rya");
	loaded = load(&who, own("mhk-1", "mhk"));
	assert_int_equal(loaded.approval.n, 0);
	assert_true(load(&who, own("mhk-1", "mhk")).same);
	OK(zv_pack_get(&pack, fx.db, ZV_STR("mhk-1"), DAY, &fx.arena, &fx.err));
	assert_true(zv_pack_seen(&who, &pack));
	assert_false(zv_pack_seen(&operator, &pack));
	assert_int_equal(zv_pack_load(&loaded, faults, &n, fx.db, &who, own("mhk-2", "federal-779"), &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_int_equal(zv_pack_load(&loaded, faults, &n, fx.db, &who, own("demo-2026", "mhk"), &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_int_equal(zv_pack_load(&loaded, faults, &n, fx.db, &who,
				      ZV_STR("pack x { kind cluster level federal title ru \"x\" criterion a { title ru \"a\" check count(members) > 0 } }"), &fx.arena,
				      &fx.err),
			 ZV_E_DENIED);
	assert_int_equal(zv_pack_load(&loaded, faults, &n, fx.db, &who, ZV_STR("pack x { title ru \"x\"\n  kind cluster\n  colour red }"), &fx.arena, &fx.err), ZV_E_INVALID);
	assert_true(n > 0);
	assert_int_equal(faults[0].line, 3);
}

/* --- rights and the bulk check ---------------------------------------------------------------------------------------------------------- */

static void who_may_not_check_is_told_so(void **state)
{
	const struct zv_check_ask ask = {.cluster = zv_str_c(cluster_key), .on = DAY};
	struct zv_check_all_ask all = {.pack = ZV_STR("demo"), .on = DAY};
	struct zv_check_table table;
	struct zv_who who;
	struct zv_check c;

	(void)state;
	make_world();
	who = as("buyer-e1");
	assert_int_equal(zv_cluster_check(&c, fx.db, &who, &ask, &fx.arena, &fx.err), ZV_E_DENIED);
	assert_int_equal(zv_check_all(&table, fx.db, &who, &all, &fx.arena, &fx.err), ZV_E_DENIED);
	who = as("cluster");
	OK(zv_cluster_check(&c, fx.db, &who, &ask, &fx.arena, &fx.err));
	OK(zv_check_all(&table, fx.db, &who, &all, &fx.arena, &fx.err));
	assert_int_equal(table.n, 1); /* its own */
	assert_int_equal(table.rows[0].counts.passed, 4);
	assert_true(zv_str_eq_c(table.rows[0].failed_id, "linked"));
	assert_true(zv_str_eq_c(table.rows[0].left, "10"));
	who = as("analyst");
	OK(zv_check_all(&table, fx.db, &who, &all, &fx.arena, &fx.err));
	assert_true(table.n > 10);
	all.state = ZV_STR("nowhere");
	assert_int_equal(zv_check_all(&table, fx.db, &who, &all, &fx.arena, &fx.err), ZV_E_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(the_demo_cluster_passes_four_of_six),
		FIXTURE_TEST(every_fact_of_a_leaf_says_where_it_is_from),
		FIXTURE_TEST(packs_stand_side_by_side),
		FIXTURE_TEST(low_confidence_never_blocks),
		FIXTURE_TEST(without_the_largest_supplier_it_is_fifteen_percent),
		FIXTURE_TEST(an_organisation_that_joins_counts_at_once),
		FIXTURE_TEST(a_contract_and_an_object_make_it_six_of_six),
		FIXTURE_TEST(a_day_of_the_past_has_its_own_members_and_thresholds),
		FIXTURE_TEST(what_nobody_told_is_unknown),
		FIXTURE_TEST(figures_of_a_member_without_an_agreement_do_not_count),
		FIXTURE_TEST(facts_come_back_byte_for_byte),
		FIXTURE_TEST(a_verdict_outlives_registers_and_packs),
		FIXTURE_TEST(a_verdict_that_was_tampered_with_is_not_the_same),
		FIXTURE_TEST(an_operators_pack_waits_for_a_second_person),
		FIXTURE_TEST(a_cluster_loads_its_own_packs_and_no_others),
		FIXTURE_TEST(who_may_not_check_is_told_so),
	};

	return fixture_run("cluster_check", tests, ZV_LEN(tests));
}
