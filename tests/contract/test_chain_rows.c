/* What processes make, take and where it comes from: out of files, changed, taken back, and who sees it. */
#include "import_help.h"

#include <stdio.h>
#include <string.h>

#include "app/batches.h"
#include "app/sight.h"

static const char orgs[] = "key,name,inn,region\nE1,АО «Ока-Полимер»,6299000012,RU-RYA\nE3,ООО «Байкал-Реактив»,3899000019,RU-IRK\n";

static const struct zv_register *reg(const char *name)
{
	const struct zv_register *found = zv_register_find(name);

	assert_non_null(found);
	return found;
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

static bool says(const char *name, const struct zv_record *record, const char *column, const char *text)
{
	const struct zv_value *v = &record->values[zv_register_column(reg(name), column)];

	return !v->null && zv_str_eq_c(v->s, text);
}

static void amounts_and_days_are_kept_exactly(void **state)
{
	struct zv_record row;

	(void)state;
	import_text("enterprises", orgs);
	import_text("products", "key,org_inn,item,process,out,day_out,unit,day_value\n"
				"P1,6299000012,смесь,,1,200,кг,400 000\nP2,6299000012,манжета,литьё,3 шт,,,1100000.50\nP3,,этилен,крекинг,1 кг,,,\n");
	import_assert_counts(3, 0, 0, 0, 0, 0);
	row = by_key("product", "P1");
	assert_true(says("product", &row, "process", "смесь"));
	assert_int_equal(value("product", &row, "out_base"), 1000000);
	assert_int_equal(value("product", &row, "day_base"), 200000000);
	assert_int_equal(value("product", &row, "day_kop"), 40000000);
	row = by_key("product", "P2");
	assert_true(says("product", &row, "process", "литьё"));
	assert_int_equal(value("product", &row, "out_base"), 3);
	assert_int_equal(value("product", &row, "day_base"), -1);
	assert_int_equal(value("product", &row, "day_kop"), 110000050);
	row = by_key("product", "P3");
	assert_int_equal(value("product", &row, "org_id"), -1); /* nobody's */
	import_text("recipes", "key,org_inn,process,item,qty,unit,kind,stock_days\n"
			       "L1,6299000012,смесь,ускоритель X,15 г,,,20\nL2,6299000012,смесь,мел,0,25,кг,\n");
	import_assert_counts(1, 0, 0, 1, 0, 0); /* the comma of 0,25 parts the cells: “кг” is no kind */
	row = by_key("recipe_line", "L1");
	assert_int_equal(value("recipe_line", &row, "qty_base"), 15000);
	assert_int_equal(value("recipe_line", &row, "kind"), 1);
	assert_int_equal(value("recipe_line", &row, "stock_days"), 20);
	import_text("recipe-sources", "key,org_inn,process,item,state,maker_inn,country,with_item,day_max,days,transit_days,via\n"
				      "S1,6299000012,смесь,ускоритель X,,,Китай,,,,30,ст. Забайкальск; порт Восточный\n"
				      "S2,6299000012,смесь,ускоритель X,предложен,3899000019,,ускоритель X′,4 кг,45,,\n");
	import_assert_counts(2, 0, 0, 0, 0, 0);
	row = by_key("line_source", "S1");
	assert_int_equal(value("line_source", &row, "state"), 3);
	assert_true(says("line_source", &row, "country", "Китай"));
	row = by_key("line_source", "S2");
	assert_int_equal(value("line_source", &row, "state"), 1);
	assert_int_equal(value("line_source", &row, "day_base"), 4000000);
	assert_int_equal(value("line_source", &row, "days"), 45);
	assert_true(value("line_source", &row, "maker_id") == by_key("org", "E3").id);
}

static void what_says_nothing_or_contradicts_itself_is_a_fault_of_its_row(void **state)
{
	(void)state;
	import_text("enterprises", orgs);
	import_text("products", "key,org_inn,item,out,day_out,unit\nP1,6299000012,смесь,1 кг,2 л,\nP2,6299000012,смола,0 кг,,\nP3,6299000012,,1 кг,,\nP4,6299000012,лак,1,,\n");
	import_assert_counts(0, 0, 0, 4, 0, 0);
	import_assert_fault(0, 2, "another kind");
	import_assert_fault(1, 3, "is zero");
	import_assert_fault(2, 4, "item");
	import_text("recipes", "key,org_inn,process,item,kind,stock_days\nL1,6299000012,,мел,,\nL2,6299000012,смесь,мел,нужное,\nL3,6299000012,смесь,мел,,-1\n");
	import_assert_counts(0, 0, 0, 3, 0, 0);
	import_assert_fault(0, 2, "process");
	import_assert_fault(1, 3, "kind");
	import_assert_fault(2, 4, "stock_days");
	import_text("recipe-sources", "key,org_inn,process,item,country,with_item,share\nS1,6299000012,смесь,мел,,,\nS2,6299000012,смесь,мел,,мел,\nS3,6299000012,смесь,мел,Китай,,101\n");
	import_assert_counts(0, 0, 0, 3, 0, 0);
	import_assert_fault(0, 2, "does not say where");
	assert_int_equal(import_count("product") + import_count("recipe_line") + import_count("line_source"), 0);
}

/* Without keys a row is known by what it is about; the same file changes nothing, and an undo leaves nothing. */
static void the_same_file_again_changes_nothing_and_an_undo_takes_all_back(void **state)
{
	static const char recipes[] = "org_inn,process,item,qty,unit,stock_days\n6299000012,смесь,ускоритель X,15,g,20\n6299000012,смесь,мел,2,kg,\n";
	char before[65], after[65];
	struct zv_batches_undone undone;

	(void)state;
	import_text("enterprises", orgs);
	fixture_digest(before);
	import_text("recipes", recipes);
	import_assert_counts(2, 0, 0, 0, 0, 0);
	import_text("recipes", recipes);
	import_assert_counts(0, 0, 2, 0, 0, 0);
	import_text("recipes", "org_inn,process,item,stock_days\n6299000012,смесь,ускоритель X,12\n");
	import_assert_counts(0, 1, 0, 0, 0, 0);
	OK(zv_batches_undo(&undone, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	assert_int_equal(fixture_number("SELECT SUM(stock_days) FROM recipe_line"), 20);
	OK(zv_batches_undo(&undone, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	fixture_digest(after);
	assert_string_equal(before, after);
}

static struct zv_who person_of(enum zv_role role, int64_t centre_id, int64_t org_id)
{
	struct zv_who who;

	zv_who_public(&who, ZV_STR("127.0.0.1"));
	who.actor = ZV_STR("user:test");
	who.n_grants = 1;
	who.grants[0] = (struct zv_grant){role, centre_id, org_id};
	return who;
}

/* A maker that a recipe names learns nothing of it; books are for the centre and for those who read all. */
static void recipes_are_for_their_own_people(void **state)
{
	static const char *const names[] = {"product", "recipe_line", "line_source"};
	static const char *const keys[] = {"P1", "L1", "S1"}, *const books[] = {"P9", "L9", "S9"};

	(void)state;
	import_text("enterprises", orgs);
	import_text("products", "key,org_inn,item\nP1,6299000012,смесь\nP9,,смесь\n");
	import_text("recipes", "key,org_inn,process,item\nL1,6299000012,смесь,мел\nL9,,смесь,мел\n");
	import_text("recipe-sources", "key,org_inn,process,item,maker_inn\nS1,6299000012,смесь,мел,3899000019\nS9,,смесь,мел,3899000019\n");
	for (size_t i = 0; i < ZV_LEN(names); i++) {
		int64_t e1 = by_key("org", "E1").id, e3 = by_key("org", "E3").id;
		struct zv_record row = by_key(names[i], keys[i]), book = by_key(names[i], books[i]);
		const struct {
			struct zv_who who;
			bool sees, writes, sees_book;
		} people[] = {
			{person_of(ZV_ROLE_BUYER, 0, e1), true, true, false},
			{person_of(ZV_ROLE_MAKER, 0, e3), false, false, false},
			{person_of(ZV_ROLE_OPERATOR, 0, 0), true, true, true},
			{person_of(ZV_ROLE_OPERATOR, 1, 0), false, false, false},
			{person_of(ZV_ROLE_ANALYST, -1, 0), true, false, true},
			{person_of(ZV_ROLE_ADMIN, -1, 0), false, false, false},
			{person_of(ZV_ROLE_INVESTOR, -1, 0), false, false, false},
		};

		for (size_t p = 0; p < ZV_LEN(people); p++) {
			enum zv_sight sight;
			bool writes;

			OK(zv_sight_of(&sight, fx.db, &people[p].who, reg(names[i]), &row, &fx.err));
			assert_int_equal(sight == ZV_SIGHT_FULL, people[p].sees);
			assert_int_equal(sight == ZV_SIGHT_NONE, !people[p].sees);
			OK(zv_sight_writes(&writes, fx.db, &people[p].who, reg(names[i]), &row, &fx.err));
			assert_int_equal(writes, people[p].writes);
			OK(zv_sight_of(&sight, fx.db, &people[p].who, reg(names[i]), &book, &fx.err));
			assert_int_equal(sight == ZV_SIGHT_FULL, people[p].sees_book);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IMPORT_TEST(amounts_and_days_are_kept_exactly),
		IMPORT_TEST(what_says_nothing_or_contradicts_itself_is_a_fault_of_its_row),
		IMPORT_TEST(the_same_file_again_changes_nothing_and_an_undo_takes_all_back),
		IMPORT_TEST(recipes_are_for_their_own_people),
	};

	return fixture_run("chain_rows", tests, ZV_LEN(tests));
}
