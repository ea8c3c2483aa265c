/* Imports that wait for somebody, alike on every database: the gate of controlled substances, probable duplicates; and acknowledgements. */
#include "import_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/batches.h"
#include "app/demo.h"
#include "app/dup.h"
#include "base/embed.h"

/* --- controlled substances --------------------------------------------------------------------------------------------- */

static void a_refused_substance_leaves_no_trace(void **state)
{
	char errors[320];
	char text[2000];
	FILE *file;
	size_t n;

	(void)state;
	import_text("enterprises", import_enterprises);
	(void)import_csv("key,org_inn,item,cas,qty,unit,region\nN1,6299000012,Зарин особый,107-44-8,1,kg,Нигде\n"
		  "N2,6299000012,зарин,,1,kg,\n");
	(void)snprintf(errors, sizeof(errors), "%s.errors.csv", import_path);
	OK(import_with("needs", import_path, (struct zv_import_options){ .errors_path = errors }));
	import_assert_counts(0, 0, 0, 2, 0, 0);
	assert_int_equal(import_report.n_faults, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_true(zv_str_find(import_report.faults[i].text, ZV_STR("арин")) < 0);
		assert_true(zv_str_find(import_report.faults[i].text, ZV_STR("Нигде")) < 0);
	}
	file = fopen(errors, "rb");
	assert_non_null(file);
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	(void)fclose(file);
	assert_null(strstr(text, "арин"));
	assert_null(strstr(text, "107-44-8"));
	assert_int_equal(import_count("item"), 0);
	import_text("items", "name,cas\nЗарин,107-44-8\n");
	import_assert_counts(0, 0, 0, 1, 0, 0);
	import_text("offers", "org_inn,item,cas,price\n6299000012,x,107-44-8,1 ₽/kg\n");
	import_assert_counts(0, 0, 0, 1, 0, 0);
	(void)unlink(errors);
}

static void a_controlled_substance_waits_for_the_permit_of_its_buyer(void **state)
{
	static const char file[] = "key,org_inn,item,cas,qty,unit\nN1,6299000012,особый реагент,123-54-6,1,kg\n";
	const struct zv_register *reg = zv_register_find("need");
	struct zv_record need;

	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("controlled", "match_kind,match_value,regime,action\ncas,123-54-6,OWN-LIST,permit_check\n");
	import_assert_counts(1, 0, 0, 0, 0, 0);
	import_text("needs", file);
	import_assert_counts(0, 0, 0, 0, 1, 0);
	import_assert_fault(0, 2, "permit record is needed");
	OK(zv_record_by_key(&need, fx.db, reg, 0, ZV_STR("N1"), &fx.arena, &fx.err));
	assert_int_equal(need.values[zv_register_column(reg, "state")].i, 6);
	import_text("needs", file);
	import_assert_counts(0, 0, 0, 0, 1, 0);
	assert_false(import_report.applied);
	import_text("permits", "org_inn,regime,number\n5599000011,OWN-LIST,1\n");
	import_text("needs", file);
	import_assert_counts(0, 0, 0, 0, 1, 0);
	import_text("permits", "org_inn,regime,number\n6299000012,OWN-LIST,2\n");
	import_text("needs", file);
	import_assert_counts(0, 1, 0, 0, 0, 0);
	OK(zv_record_by_key(&need, fx.db, reg, 0, ZV_STR("N1"), &fx.arena, &fx.err));
	assert_int_equal(need.values[zv_register_column(reg, "state")].i, 2);
}

static void a_held_need_that_was_exported_is_released_by_the_permit(void **state)
{
	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("controlled", "match_kind,match_value,regime,action\ncas,123-54-6,OWN-LIST,permit_check\n");
	import_text("needs", "key,org_inn,item,cas,qty,unit\nN1,6299000012,особый реагент,123-54-6,1,kg\n");
	import_text("permits", "org_inn,regime,number\n6299000012,OWN-LIST,2\n");
	import_text("needs", "key,org_inn,item,cas,qty,unit,state\nN1,6299000012,особый реагент,123-54-6,1,kg,ждёт разрешения\n");
	import_assert_counts(0, 1, 0, 0, 0, 0);
}

static void a_bare_price_beside_tonnes_is_refused(void **state)
{
	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("needs", "key,org_inn,item,qty,unit,price,price_unit\nN1,6299000012,каптакс,2,t,5500,\nN2,6299000012,каптакс,2,t,5500,kg\n"
			"N3,6299000012,каптакс,2,kg,5500,\nN4,6299000012,каптакс,2,kg,5500 ₽/L,\n");
	import_assert_counts(2, 0, 0, 2, 0, 0);
}

static void refuse_without_permit_is_not_stored_at_all(void **state)
{
	(void)state;
	import_text("enterprises", import_enterprises);
	import_text("controlled", "match_kind,match_value,regime,action\ncas,123-54-6,OWN-LIST,refuse_without_permit\n");
	import_text("needs", "key,org_inn,item,cas,qty,unit\nN1,6299000012,особый реагент,123-54-6,1,kg\n");
	import_assert_counts(0, 0, 0, 0, 1, 0);
	assert_int_equal(import_count("need"), 0);
	import_text("permits", "org_inn,regime,number\n6299000012,OWN-LIST,2\n");
	import_text("needs", "key,org_inn,item,cas,qty,unit\nN1,6299000012,особый реагент,123-54-6,1,kg\n");
	import_assert_counts(1, 0, 0, 0, 0, 0);
}

/* --- duplicates -------------------------------------------------------------------------------------------------------- */

static const char *journey_file(void)
{
	struct zv_str bytes;

	assert_true(zv_embed_find(&bytes, "data/demo/enterprises-20.csv"));
	return import_file(".csv", bytes);
}

static void the_operators_twenty_rows_give_the_counts_of_the_journey(void **state)
{
	struct zv_import_options options = { .centre = "RU-RYA" };
	struct zv_dup_pair *pairs;
	int64_t before;
	size_t n;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	before = import_count("org");
	options.dry_run = true;
	OK(import_with("enterprises", journey_file(), options));
	import_assert_counts(16, 0, 2, 1, 0, 1);
	import_assert_fault(0, 14, "INN 6299000013: check digit, expected 2");
	assert_int_equal(import_count("org"), before);
	OK(zv_dup_list(&pairs, &n, fx.db, true, 100, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	assert_true(pairs[0].score >= 600);
	OK(zv_dup_decide(fx.db, pairs[0].uid, ZV_DUP_DIFFERENT, ZV_STR("test"), &fx.err));
	options.dry_run = false;
	OK(import_with("enterprises", journey_file(), options));
	import_assert_counts(17, 0, 2, 1, 0, 0);
	assert_int_equal(import_count("org"), before + 17);
	OK(import_with("enterprises", journey_file(), options));
	import_assert_counts(0, 0, 19, 1, 0, 0);
	OK(zv_dup_list(&pairs, &n, fx.db, true, 100, &fx.arena, &fx.err));
	assert_int_equal(n, 0);
}

static void a_pair_decided_as_the_same_is_written_into_the_stored_one(void **state)
{
	static const char file[] = "key,name,inn,region,address,phone\n"
				   "R16,АО «Ока-Полимеры»,6299000118,RU-RYA,\"390000, Рязань, Полимерная ул., 1а\",+7 4912 00-00-01\n";
	struct zv_dup_pair *pairs;
	int64_t before;
	size_t n;

	(void)state;
	OK(zv_demo_fill(fx.db, &fx.err));
	before = import_count("org");
	OK(import_with("enterprises", import_csv(file), (struct zv_import_options){ .centre = "RU-RYA" }));
	import_assert_counts(0, 0, 0, 0, 0, 1);
	assert_false(import_report.applied);
	OK(zv_dup_list(&pairs, &n, fx.db, true, 100, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	OK(zv_dup_decide(fx.db, pairs[0].uid, ZV_DUP_SAME, ZV_STR("test"), &fx.err));
	OK(import_with("enterprises", import_csv(file), (struct zv_import_options){ .centre = "RU-RYA" }));
	assert_int_equal(import_report.n_changed, 1);
	assert_int_equal(import_count("org"), before);
	assert_int_equal(zv_dup_decide(fx.db, ZV_STR("dup_none"), ZV_DUP_SAME, ZV_STR("test"), &fx.err), ZV_E_NOTFOUND);
}

static void two_alike_in_one_file_ask_about_each_other_and_undo_takes_the_question_back(void **state)
{
	static const char file[] = "name,region,phone\nООО «Скопин-Катализ»,RU-RYA,+7 49156 00-00-14\n"
				   "ООО «Скопин Катализ»,RU-RYA,+7 49156 00-00-14\n";
	struct zv_batches_undone undone;
	struct zv_dup_pair *pairs;
	size_t n;

	(void)state;
	OK(import_with("enterprises", import_csv(file), (struct zv_import_options){ .dry_run = true }));
	import_assert_counts(1, 0, 0, 0, 0, 1);
	import_text("enterprises", file);
	import_assert_counts(1, 0, 0, 0, 0, 1);
	OK(zv_dup_list(&pairs, &n, fx.db, true, 100, &fx.arena, &fx.err));
	assert_int_equal(n, 1);
	OK(zv_batches_undo(&undone, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	assert_int_equal(import_count("org"), 0);
	OK(zv_dup_list(&pairs, &n, fx.db, false, 100, &fx.arena, &fx.err));
	assert_int_equal(n, 0);
}

static void an_answer_holds_until_the_name_changes(void **state)
{
	struct zv_dup_pair *pairs;
	size_t n;

	(void)state;
	import_text("enterprises", "key,name,region,phone\nA,ООО «Скопин-Катализ»,RU-RYA,+7 49156 00-00-14\n");
	import_text("enterprises", "key,name,region,phone\nB,ООО «Скопин-Катализ-Плюс»,RU-RYA,+7 49156 00-00-14\n");
	import_assert_counts(0, 0, 0, 0, 0, 1);
	OK(zv_dup_list(&pairs, &n, fx.db, true, 100, &fx.arena, &fx.err));
	OK(zv_dup_decide(fx.db, pairs[0].uid, ZV_DUP_DIFFERENT, ZV_STR("test"), &fx.err));
	OK(import_with("enterprises", import_path, (struct zv_import_options){ .dry_run = true }));
	import_assert_counts(1, 0, 0, 0, 0, 0);
	OK(import_with("enterprises", import_csv("key,name,region,phone\nB,ООО «Скопин-Катализатор»,RU-RYA,+7 49156 00-00-14\n"),
		    (struct zv_import_options){ .dry_run = true }));
	import_assert_counts(0, 0, 0, 0, 0, 1);
}

static void a_name_in_letters_that_look_alike_is_held_and_bidi_marks_are_refused(void **state)
{
	(void)state;
	import_text("enterprises", "name,inn,region\nАО «Ока-Полимер»,6299000012,RU-RYA\n");
	import_text("enterprises", "name,inn,region\nАО «Oкa-Пoлимep»,6299000118,RU-RYA\n");
	import_assert_counts(0, 0, 0, 0, 0, 1);
	import_text("enterprises", "name,inn\nАО «Ромашка\xe2\x80\xae»,6299000020\n");
	import_assert_counts(0, 0, 0, 1, 0, 0);
}

/* --- acknowledgements -------------------------------------------------------------------------------------------------- */

struct acks {
	int n;
	int64_t stored_then; /* rows that another handle sees at the first one */
	char keys[200];
};

static void on_ack(void *context, struct zv_str key)
{
	struct acks *acks = context;

	if (acks->n++ == 0) {
		struct zv_db *other = fixture_second(ZV_DB_READ);

		OK(zv_record_count(&acks->stored_then, other, zv_register_find("need"), &fx.err));
		zv_db_close(other);
	}
	(void)strncat(acks->keys, zv_arena_strf(&fx.arena, "%.*s ", ZV_STR_FMT(key)).p, sizeof(acks->keys) - strlen(acks->keys) - 1);
}

static void keys_are_acknowledged_after_the_commit_in_the_order_of_the_file(void **state)
{
	struct acks acks = { 0 };

	(void)state;
	import_text("enterprises", import_enterprises);
	OK(import_with("needs", import_csv(import_needs), (struct zv_import_options){ .ack = on_ack, .context = &acks, .dry_run = true }));
	assert_int_equal(acks.n, 0);
	OK(import_with("needs", import_csv(import_needs), (struct zv_import_options){ .ack = on_ack, .context = &acks, .name_space = "eis:" }));
	assert_int_equal(acks.n, 3);
	assert_int_equal(acks.stored_then, 3);
	assert_string_equal(acks.keys, "eis:N1 eis:N2 eis:N3 ");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		IMPORT_TEST(a_refused_substance_leaves_no_trace),
		IMPORT_TEST(a_controlled_substance_waits_for_the_permit_of_its_buyer),
		IMPORT_TEST(refuse_without_permit_is_not_stored_at_all),
		IMPORT_TEST(the_operators_twenty_rows_give_the_counts_of_the_journey),
		IMPORT_TEST(a_pair_decided_as_the_same_is_written_into_the_stored_one),
		IMPORT_TEST(two_alike_in_one_file_ask_about_each_other_and_undo_takes_the_question_back),
		IMPORT_TEST(an_answer_holds_until_the_name_changes),
		IMPORT_TEST(a_name_in_letters_that_look_alike_is_held_and_bidi_marks_are_refused),
		IMPORT_TEST(a_held_need_that_was_exported_is_released_by_the_permit),
		IMPORT_TEST(a_bare_price_beside_tonnes_is_refused),
		IMPORT_TEST(keys_are_acknowledged_after_the_commit_in_the_order_of_the_file),
	};

	return fixture_run("import_held", tests, ZV_LEN(tests));
}
