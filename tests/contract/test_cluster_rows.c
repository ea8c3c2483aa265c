/* Clusters, contracts and projects: costs out of files, undo and merges through their references, and who sees which rows, in one and in lists. */
#include "import_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/batches.h"
#include "app/merge.h"
#include "app/row_edit.h"
#include "app/sight.h"
#include "base/date.h"
#include "base/rng.h"

static const char orgs[] = "key,name,inn,region\n"
			   "E2,ООО «Иртыш-Синтез»,5599000011,RU-OMS\n"
			   "E3,ООО «Байкал-Реактив»,3899000019,RU-IRK\n"
			   "E5,ООО «Сура-Краски»,2199000011,RU-CU\n"
			   "K1,АНО «Дирекция химического кластера»,5599000050,RU-OMS\n";
static const char clusters[] = "key,name,org_inn,state\nМХК,Межрегиональный химический кластер,5599000050,in_register\n";
static const char projects[] = "key,name,org_inn,cluster,kind\nP1,Стартовая партия,5599000011,МХК,joint\n";

static const struct zv_register *reg(const char *name)
{
	const struct zv_register *found = zv_register_find(name);

	assert_non_null(found);
	return found;
}

static void small_world(void)
{
	import_text("enterprises", orgs);
	import_text("clusters", clusters);
	import_text("projects", projects);
}

static struct zv_record by_key(const char *name, const char *key)
{
	struct zv_record record;

	OK(zv_record_by_key(&record, fx.db, reg(name), 0, zv_str_c(key), &fx.arena, &fx.err));
	return record;
}

static int64_t value(const char *name, const struct zv_record *record, const char *column)
{
	int at = zv_register_column(reg(name), column);

	assert_true(at >= 0);
	return record->values[at].null ? -1 : record->values[at].i;
}

/* --- costs ------------------------------------------------------------------------------------------------------------------------- */

static void quantity_and_price_give_the_sum_of_a_cost(void **state)
{
	static const struct {
		const char *key;
		int64_t qty_base, sum, most; /* -1: not stated */
	} want[] = {
		{"C1", 30000000, 15000000, -1},	 {"C2", 333000000, -1, -1}, {"C3", -1, 15000000, 20000000},
		{"C4", -1, 10000, 30000},	 {"C5", 70000000, 35000000, -1}, {"C6", 1500000, 148, -1}, /* 148.5 kopecks, half to even */
	};

	(void)state;
	small_world();
	import_text("project-costs", "key,project,org_inn,supplier_inn,category,qty,unit,price,sum,sum_max\n"
				     "C1,P1,5599000011,3899000019,start_batch,30 кг,,5000 ₽/кг,,\n"
				     "C2,P1,5599000011,,start_batch,0.333,t,,,\n"
				     "C3,P1,5599000011,,equipment,,,,150 000 – 200 000 ₽,\n"
				     "C4,P1,5599000011,,equipment,,,,100,300\n"
				     "C5,P1,5599000011,3899000019,start_batch,70,kg,5000,350 000,\n"
				     "C6,P1,5599000011,,wages,1.5 kg,,0.99 ₽/kg,,\n");
	import_assert_counts(6, 0, 0, 0, 0, 0);
	for (size_t i = 0; i < ZV_LEN(want); i++) {
		struct zv_record cost = by_key("project_cost", want[i].key);

		assert_int_equal(value("project_cost", &cost, "qty_base"), want[i].qty_base);
		assert_int_equal(value("project_cost", &cost, "sum_kop"), want[i].sum);
		assert_int_equal(value("project_cost", &cost, "sum_max_kop"), want[i].most);
	}
	import_text("project-costs", "key,project,org_inn,category,sum\nC1,P1,5599000011,start_batch,1\nC4,P1,5599000011,equipment,110\n");
	import_assert_counts(0, 1, 0, 1, 0, 0);
	import_assert_fault(0, 2, "a quantity and a price");
}

static void a_cost_that_contradicts_itself_is_a_fault_of_its_row(void **state)
{
	(void)state;
	small_world();
	import_text("project-costs", "key,project,org_inn,category,qty,price,sum,sum_max\n"
				     "C1,P1,5599000011,start_batch,30 кг,5000 ₽/кг,150 001,\n"
				     "C2,P1,5599000011,start_batch,,5000 ₽/кг,,\n"
				     "C3,P1,5599000011,start_batch,,,300,200\n"
				     "C4,P1,5599000011,start_batch,,,,200\n"
				     "C5,P1,5599000011,start_batch,30 кг,5000 ₽/л,,\n"
				     "C6,P1,5599000011,,,,1,\n"
				     "C7,Другой,5599000011,start_batch,,,1,\n");
	import_assert_counts(0, 0, 0, 7, 0, 0);
	import_assert_fault(0, 2, "150,000.00 ₽");
	import_assert_fault(1, 3, "no quantity");
	import_assert_fault(2, 4, "below the least");
	import_assert_fault(3, 5, "the least is not");
	import_assert_fault(4, 6, "another kind");
	import_assert_fault(5, 7, "category");
	import_assert_fault(6, 8, "no project “Другой”");
}

static void one_thing_only_is_said_of_a_statement_and_a_resident(void **state)
{
	(void)state;
	small_world();
	import_text("infra", "key,name,kind\nT1,Технопарк,technopark\n");
	import_text("residents", "infra,org_inn,cluster\nТехнопарк,5599000011,\nТехнопарк,,МХК\nТехнопарк,5599000011,МХК\nТехнопарк,,\n");
	import_assert_counts(2, 0, 0, 2, 0, 0);
	import_text("statements", "org_inn,project,cluster,name,value\n5599000011,,,org.atr_qualified,yes\n,P1,,project.expertise,no\n,,МХК,cluster.charter,yes\n"
				  "5599000011,P1,,org.x,yes\n,,,org.x,yes\n5599000011,,,Аттестация,yes\n");
	import_assert_counts(3, 0, 0, 3, 0, 0);
	import_text("contracts", "key,seller_inn,buyer_inn\nD1,5599000011,5599000011\n");
	import_assert_counts(0, 0, 0, 1, 0, 0);
	import_text("cluster-members", "cluster,org_inn,joined_on,left_on\nМХК,5599000011,2025-01-01,2024-01-01\n");
	import_assert_counts(0, 0, 0, 1, 0, 0);
}

/* --- history, undo, merge ------------------------------------------------------------------------------------------------------------- */

static void what_changes_is_kept_and_comes_back(void **state)
{
	char before[65], after[65];
	struct zv_batches_undone undone;
	struct zv_record member;
	struct zv_fact *facts;
	size_t n, past = 0;

	(void)state;
	small_world();
	import_text("cluster-members", "key,cluster,org_inn,role,joined_on\nM1,МХК,5599000011,supplier,2024-04-15\n");
	fixture_digest(before);
	import_text("cluster-members", "key,cluster,org_inn,role,left_on\nM1,МХК,5599000011,final producer,2026-01-31\n");
	import_assert_counts(0, 1, 0, 0, 0, 0);
	member = by_key("cluster_member", "M1");
	assert_int_equal(value("cluster_member", &member, "role"), 1);
	assert_true(value("cluster_member", &member, "joined_on") > 0); /* an empty cell says nothing */
	OK(zv_record_facts(&facts, &n, fx.db, reg("cluster_member"), &member, &fx.arena, &fx.err));
	for (size_t i = 0; i < n; i++)
		past += facts[i].state == ZV_FACT_PAST;
	assert_int_equal(past, 2);
	OK(zv_batches_undo(&undone, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	fixture_digest(after);
	assert_string_equal(before, after);
}

static void what_others_stand_on_is_not_undone(void **state)
{
	struct zv_batches_undone undone;
	struct zv_record cluster;
	struct zv_batch batch;

	(void)state;
	import_text("enterprises", orgs);
	import_text("clusters", clusters);
	cluster = by_key("cluster", "МХК");
	OK(zv_batch_by_id(&batch, fx.db, cluster.batch_id, &fx.arena, &fx.err));
	import_text("cluster-members", "cluster,org_inn\nМХК,5599000011\n");
	assert_int_equal(zv_batches_undo(&undone, fx.db, batch.uid, &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_non_null(strstr(fx.err.text, "cluster-members"));
	OK(zv_batches_undo(&undone, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	OK(zv_batches_undo(&undone, fx.db, batch.uid, &fx.arena, &fx.err));
	assert_int_equal(import_count("cluster"), 0);
}

static void a_merge_takes_contracts_and_memberships_along_and_gives_them_back(void **state)
{
	struct zv_record member, contract, into, from;
	struct zv_merged merged;
	char before[65], after[65];
	struct zv_who who;

	(void)state;
	small_world();
	zv_who_local(&who, ZV_STR("cli:test"));
	import_text("cluster-members", "key,cluster,org_inn,role\nM5,МХК,2199000011,supplier\n");
	import_text("contracts", "key,seller_inn,buyer_inn,cluster\nD1,2199000011,5599000011,МХК\n");
	fixture_digest(before);
	from = by_key("org", "E5");
	into = by_key("org", "E3");
	OK(zv_merge_orgs(&merged, fx.db, who.actor, from.uid, into.uid, &fx.arena, &fx.err));
	member = by_key("cluster_member", "M5");
	contract = by_key("contract", "D1");
	assert_int_equal(value("cluster_member", &member, "org_id"), into.id);
	assert_int_equal(value("contract", &contract, "seller_id"), into.id);
	OK(zv_merge_undo(fx.db, &who, from.uid, &fx.arena, &fx.err));
	fixture_digest(after);
	assert_string_equal(before, after);
}

/* --- who sees what -------------------------------------------------------------------------------------------------------------------- */

enum { CENTRES = 3, ORGS = 6, ROWS = 14, PEOPLE = 12, PARENTS = 6 };

static const char *const parents[PARENTS] = {"org", "item", "cluster", "project", "contract", "infra"};

static struct zv_rng rng;
static int64_t made[PARENTS][ROWS]; /* ids of what others refer to */

static bool must_refer(const struct zv_register *r, const char *column)
{
	static const char *const columns[] = {"seller_id", "buyer_id", "contract_id", "infra_id"};
	static const char *const with_items[] = {"product", "recipe_line", "line_source"};
	static const char *const registers[] = {"org_year", "received", "project_cost", "cluster_event", "cluster_member", "project_member"};
	bool must = false;

	for (size_t i = 0; i < ZV_LEN(columns); i++)
		must = must || strcmp(column, columns[i]) == 0;
	for (size_t i = 0; i < ZV_LEN(registers); i++)
		must = must || strcmp(r->name, registers[i]) == 0;
	for (size_t i = 0; i < ZV_LEN(with_items); i++)
		must = must || (strcmp(column, "item_id") == 0 && strcmp(r->name, with_items[i]) == 0);
	return must;
}

static void set_refs(const struct zv_register *r, struct zv_record *row)
{
	for (int c = 0; c < r->n_columns; c++)
		for (size_t p = 0; r->columns[c].ref != NULL && p < PARENTS; p++)
			if (strcmp(r->columns[c].ref, parents[p]) == 0 && (must_refer(r, r->columns[c].name) || zv_rng_below(&rng, 3) > 0))
				row->values[c] = (struct zv_value){.i = made[p][zv_rng_below(&rng, p == 0 ? ORGS : ROWS)]};
}

static void add_centres(void)
{
	OK(zv_db_begin(fx.db, &fx.err));
	for (int i = 1; i < CENTRES; i++) {
		struct zv_stmt *stmt;

		OK(zv_db_stmt(&stmt, fx.db, "INSERT INTO centre (id, code, name_ru, name_en, region) VALUES ($1, $2, 'ц', 'c', 'RU-OMS')", &fx.err));
		zv_bind_int(stmt, 1, i);
		zv_bind_text(stmt, 2, i == 1 ? ZV_STR("C1") : ZV_STR("C2"));
		OK(zv_stmt_run(stmt, &fx.err));
	}
	OK(zv_db_commit(fx.db, &fx.err));
}

static int64_t add_row(const struct zv_register *r, const struct zv_batch *batch)
{
	struct zv_record row = fixture_record(r, batch, NULL);

	row.centre_id = (int64_t)zv_rng_below(&rng, CENTRES);
	set_refs(r, &row);
	if (strcmp(r->name, "cluster") == 0)
		fixture_set_int(r, &row, "state", 1 + (int64_t)zv_rng_below(&rng, 5));
	if (strcmp(r->name, "cluster_member") == 0) {
		fixture_set_int(r, &row, "agreement", (int64_t)zv_rng_below(&rng, 2));
		if (zv_rng_below(&rng, 4) == 0)
			fixture_set_int(r, &row, "left_on", 20000);
	}
	return fixture_insert(r, &row);
}

/* Rows of every register, anywhere, of anybody. */
static void random_world(void)
{
	static const char *const rest[] = {"cluster_event", "cluster_member", "delivery", "org_year", "project_member", "project_cost", "resident", "statement",
					   "received", "cluster_count", "product", "recipe_line", "line_source"};
	struct zv_batch batch;

	add_centres();
	batch = fixture_batch("test", 20000);
	for (size_t p = 0; p < PARENTS; p++)
		for (int i = 0; i < (p == 0 ? ORGS : ROWS); i++)
			made[p][i] = add_row(reg(parents[p]), &batch);
	for (size_t k = 0; k < ZV_LEN(rest); k++)
		for (int i = 0; i < ROWS; i++)
			(void)add_row(reg(rest[k]), &batch);
	fixture_commit(&batch);
}

static struct zv_who random_person(void)
{
	struct zv_who who;

	zv_who_public(&who, ZV_STR("127.0.0.1"));
	who.n_grants = 1 + (int)zv_rng_below(&rng, 2);
	for (int i = 0; i < who.n_grants; i++) {
		struct zv_grant *grant = &who.grants[i];

		*grant = (struct zv_grant){.role = (enum zv_role)(1 + zv_rng_below(&rng, ZV_ROLES - 1)), .centre_id = -1};
		if (grant->role == ZV_ROLE_ADMIN || grant->role == ZV_ROLE_ANALYST || grant->role == ZV_ROLE_LOCAL || grant->role == ZV_ROLE_INVESTOR)
			continue;
		grant->centre_id = (int64_t)zv_rng_below(&rng, CENTRES);
		if (grant->role != ZV_ROLE_OPERATOR || zv_rng_below(&rng, 4) == 0)
			grant->org_id = made[0][zv_rng_below(&rng, ORGS)];
	}
	return who;
}

struct walk {
	const struct zv_who *who;
	const struct zv_register *reg;
	int64_t seen[ROWS * 2];
	size_t n;
};

static bool look_at(void *context, const struct zv_record *record)
{
	struct walk *walk = context;
	enum zv_sight sight;

	OK(zv_sight_of(&sight, fx.db, walk->who, walk->reg, record, &fx.err));
	if (sight != ZV_SIGHT_NONE)
		walk->seen[walk->n++] = record->id;
	return true;
}

/* One row after the other and a list must tell the same: two pieces of the program say it. How many were seen. */
static size_t assert_same_in_lists(const struct zv_who *who, const struct zv_register *r)
{
	struct walk walk = {.who = who, .reg = r};
	int64_t ids[ROWS * 2], counted, after = 0;
	size_t n = 0, page = 3;

	OK(zv_record_each(fx.db, r, -1, INT64_MAX, look_at, &walk, &fx.err));
	OK(zv_sight_count(&counted, fx.db, who, r, &fx.err));
	assert_int_equal(counted, walk.n);
	if (zv_sight_open(who, r)) {
		assert_int_equal(walk.n, ROWS);
		return walk.n;
	}
	while (page == 3) {
		OK(zv_sight_next(ids + n, &page, 3, fx.db, who, r, after, &fx.err));
		n += page;
		after = n > 0 ? ids[n - 1] : 0;
	}
	if (n != walk.n || memcmp(ids, walk.seen, n * sizeof(*ids)) != 0)
		fail_msg("%s: %zu rows in the list, %zu one by one, for a %s of centre %d and organisation %" PRId64, r->name, n, walk.n,
			 zv_role_name(who->grants[0].role), (int)who->grants[0].centre_id, who->grants[0].org_id);
	return n;
}

static void a_list_shows_the_rows_that_are_seen_one_by_one(void **state)
{
	static uint64_t seed;
	const char *given = getenv("ZVENO_TEST_SEED");
	int n;
	const struct zv_register *const *all = zv_registers(&n);
	size_t seen = 0, asked = 0;

	(void)state;
	if (seed == 0)
		seed = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)zv_now_ms();
	print_message("seed %" PRIu64 "\n", seed);
	zv_rng_init(&rng, seed++);
	random_world();
	for (int p = 0; p < PEOPLE; p++) {
		struct zv_who who = random_person();

		for (int i = 0; i < n; i++) {
			if (!zv_sight_related(all[i]))
				continue;
			seen += assert_same_in_lists(&who, all[i]);
			asked += ROWS;
		}
	}
	assert_true(seen > asked / 20 && seen < asked); /* something is seen and something hidden, or nothing was asked */
}

static struct zv_who person_of(enum zv_role role, int64_t centre_id, const char *org_key)
{
	struct zv_who who;

	zv_who_public(&who, ZV_STR("127.0.0.1"));
	who.actor = ZV_STR("user:test");
	who.n_grants = 1;
	who.grants[0] = (struct zv_grant){role, centre_id, org_key != NULL ? by_key("org", org_key).id : 0};
	return who;
}

static bool sees(const struct zv_who *who, const char *name, const char *key)
{
	struct zv_record record = by_key(name, key);
	enum zv_sight sight;

	OK(zv_sight_of(&sight, fx.db, who, reg(name), &record, &fx.err));
	return sight == ZV_SIGHT_FULL;
}

static void yearly_figures_are_shown_to_a_cluster_whose_agreement_is_signed(void **state)
{
	struct zv_who own, cluster;

	(void)state;
	small_world();
	import_text("org-years", "key,org_inn,year,shipped\nY3,3899000019,2025,480 000 000\n");
	own = person_of(ZV_ROLE_MAKER, -1, "E3");
	cluster = person_of(ZV_ROLE_CLUSTER, -1, "K1");
	assert_true(sees(&own, "org_year", "Y3"));
	assert_false(sees(&cluster, "org_year", "Y3"));
	import_text("cluster-members", "key,cluster,org_inn,agreement\nM3,МХК,3899000019,no\n");
	assert_false(sees(&cluster, "org_year", "Y3"));
	import_text("cluster-members", "key,cluster,org_inn,agreement\nM3,МХК,3899000019,yes\n");
	assert_true(sees(&cluster, "org_year", "Y3"));
	import_text("cluster-members", "key,cluster,org_inn,left_on\nM3,МХК,3899000019,2026-01-31\n");
	assert_false(sees(&cluster, "org_year", "Y3"));
}

/* What `who` adds by hand: "name=value;...". */
static enum zv_code add(const struct zv_who *who, const char *name, const char *fields)
{
	struct zv_row_field list[16];
	struct zv_row_edit_options options = {.who = who, .said_on = 20500};
	struct zv_str rest = zv_str_c(fields), part;
	struct zv_row_edit edit = {0};
	enum zv_code code;
	size_t n = 0;

	while (rest.n > 0 && zv_str_split(&part, &rest, ';')) {
		struct zv_str field;

		(void)zv_str_split(&field, &part, '=');
		list[n++] = (struct zv_row_field){.name = field, .value = part};
	}
	code = zv_row_add(&edit, fx.db, reg(name), list, n, &options, &fx.arena, &fx.err);
	zv_row_edit_done(&edit);
	return code;
}

static void the_key_of_a_hidden_row_tells_nothing(void **state)
{
	struct zv_who stranger;

	(void)state;
	small_world();
	import_text("contracts", "key,seller_inn,buyer_inn,number\nD1,3899000019,5599000011,17\n");
	stranger = person_of(ZV_ROLE_BUYER, 0, "E5");
	assert_false(sees(&stranger, "contract", "D1"));
	OK(add(&stranger, "contract", "key=D1;buyer_inn=2199000011;seller_inn=3899000019;number=99"));
	assert_int_equal(import_count("contract"), 2);
	/* nor does its number, nor that of a project */
	assert_int_equal(add(&stranger, "delivery", "contract=17;year=2025;sum=1"), ZV_E_INVALID);
	assert_non_null(strstr(fx.err.text, "no contract “17”"));
	assert_int_equal(add(&stranger, "delivery", "contract=18;year=2025;sum=1"), ZV_E_INVALID);
	assert_non_null(strstr(fx.err.text, "no contract “18”"));
	assert_int_equal(add(&stranger, "project_member", "project=P1;org_inn=2199000011"), ZV_E_INVALID);
	OK(add(&stranger, "delivery", "contract=99;year=2025;sum=1"));
}

static void nobody_writes_for_others(void **state)
{
	struct zv_who buyer, cluster, operator_of_centre;

	(void)state;
	small_world();
	buyer = person_of(ZV_ROLE_BUYER, 0, "E5");
	cluster = person_of(ZV_ROLE_CLUSTER, 0, "K1");
	operator_of_centre = person_of(ZV_ROLE_OPERATOR, 0, NULL);
	assert_int_equal(add(&buyer, "contract", "seller_inn=3899000019;buyer_inn=5599000011"), ZV_E_DENIED);
	OK(add(&cluster, "contract", "seller_inn=3899000019;buyer_inn=5599000011;cluster=МХК"));
	assert_int_equal(add(&cluster, "org_year", "org_inn=3899000019;year=2025;shipped=1"), ZV_E_DENIED);
	assert_int_equal(add(&buyer, "cluster_member", "cluster=МХК;org_inn=2199000011"), ZV_E_DENIED);
	assert_int_equal(add(&cluster, "cluster_member", "cluster=МХК;org_inn=2199000011;agreement=yes"), ZV_E_DENIED);
	OK(add(&cluster, "cluster_member", "cluster=МХК;org_inn=2199000011"));
	OK(add(&operator_of_centre, "cluster_member", "cluster=МХК;org_inn=3899000019;agreement=yes"));
	assert_int_equal(add(&cluster, "cluster", "name=Другой;state=in_register"), ZV_E_DENIED);
	OK(add(&cluster, "cluster", "name=Другой"));
	assert_int_equal(add(&cluster, "cluster_event", "cluster=МХК;happened_on=2026-01-01;title=Исключён;state=excluded"), ZV_E_DENIED);
	assert_int_equal(add(&buyer, "statement", "org_inn=5599000011;name=org.x;value=yes"), ZV_E_DENIED);
	OK(add(&buyer, "statement", "org_inn=2199000011;name=org.x;value=yes"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IMPORT_TEST(quantity_and_price_give_the_sum_of_a_cost),
		IMPORT_TEST(a_cost_that_contradicts_itself_is_a_fault_of_its_row),
		IMPORT_TEST(one_thing_only_is_said_of_a_statement_and_a_resident),
		IMPORT_TEST(what_changes_is_kept_and_comes_back),
		IMPORT_TEST(what_others_stand_on_is_not_undone),
		IMPORT_TEST(a_merge_takes_contracts_and_memberships_along_and_gives_them_back),
		FIXTURE_TEST(a_list_shows_the_rows_that_are_seen_one_by_one),
		FIXTURE_TEST(a_list_shows_the_rows_that_are_seen_one_by_one),
		FIXTURE_TEST(a_list_shows_the_rows_that_are_seen_one_by_one),
		FIXTURE_TEST(a_list_shows_the_rows_that_are_seen_one_by_one),
		IMPORT_TEST(yearly_figures_are_shown_to_a_cluster_whose_agreement_is_signed),
		IMPORT_TEST(the_key_of_a_hidden_row_tells_nothing),
		IMPORT_TEST(nobody_writes_for_others),
	};

	return fixture_run("cluster_rows", tests, ZV_LEN(tests));
}
