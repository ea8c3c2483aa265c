/* Applications for the register of clusters: files, the frozen copy and its corrections. */
#include "application_world.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/imports.h"
#include "base/hash.h"
#include "base/tr.h"
#include "format/json_value.h"

/* --- files ----------------------------------------------------------------------------------------------------------------------- */

static void path_of(char out[600], struct zv_str digest)
{
	(void)snprintf(out, 600, "%s/%.2s/%.*s", apply.dir, digest.p, (int)digest.n - 2, digest.p + 2);
}

static void a_file_that_was_changed_on_the_disk_is_seen_and_said(void **state)
{
	struct zv_application_file file;
	struct zv_application_act a;
	char path[600];
	FILE *raw;
	int fd = -1;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	OK(zv_application_open_file(&fd, &file, fx.db, apply.files, &apply.org, apply.uid, ZV_STR("charter"), false, &fx.arena, &fx.err));
	(void)close(fd);
	assert_true(zv_str_eq_c(file.name, "файл.pdf"));
	path_of(path, file.digest);
	assert_int_equal(chmod(path, 0600), 0);
	raw = fopen(path, "w");
	assert_non_null(raw);
	(void)fputs("подделка", raw);
	(void)fclose(raw);
	assert_int_equal(zv_application_open_file(&fd, &file, fx.db, apply.files, &apply.org, apply.uid, ZV_STR("charter"), false, &fx.arena, &fx.err), ZV_E_IO);
	apply_precheck();
	assert_int_equal(apply_get().n_missing, 1);
	assert_string_equal(apply_get().missing[0].kind, "file");
	a = apply_act(&apply.org);
	assert_int_equal(zv_application_submit(&a, &fx.err), ZV_E_CONFLICT);
	assert_true(apply_says("Charter"));
	OK(apply_put("charter", false, "устав")); /* the same bytes again mend it */
	OK(apply_put("charter", true, "подпись"));
	apply_submit();
	apply_end_world();
}

static void a_new_file_has_no_signature_and_the_old_one_is_kept(void **state)
{
	struct zv_application application;

	(void)state;
	apply_make_world();
	apply_start();
	assert_int_equal(apply_put("charter", true, "подпись"), ZV_E_CONFLICT);
	OK(apply_put("charter", false, "устав"));
	assert_int_equal(apply_put("charter", true, "устав"), ZV_E_INVALID);
	OK(apply_put("charter", true, "подпись"));
	OK(apply_put("charter", false, "новый устав"));
	application = apply_get();
	assert_true(zv_str_eq_c(application.lines[0].document->id, "charter"));
	assert_int_equal(application.lines[0].file->signature_digest.n, 0);
	assert_int_equal(application.lines[0].earlier, 2);
	assert_int_equal(apply_put("nothing", false, "x"), ZV_E_NOTFOUND);
	assert_int_equal(apply_put("charter", false, ""), ZV_E_INVALID);
	apply_end_world();
}

static void files_of_applications_are_not_swept_away(void **state)
{
	struct zv_application_file file;
	char path[600];
	size_t removed = 0;
	struct timespec long_ago[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
	int fd = -1;

	(void)state;
	apply_make_world();
	apply_start();
	OK(apply_put("charter", false, "устав"));
	OK(apply_put("charter", true, "подпись"));
	OK(zv_application_open_file(&fd, &file, fx.db, apply.files, &apply.org, apply.uid, ZV_STR("charter"), true, &fx.arena, &fx.err));
	(void)close(fd);
	path_of(path, file.digest);
	assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
	path_of(path, file.signature_digest);
	assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
	OK(zv_imports_sweep(&removed, apply.files, fx.db, &fx.err));
	OK(zv_application_open_file(&fd, &file, fx.db, apply.files, &apply.org, apply.uid, ZV_STR("charter"), true, &fx.arena, &fx.err));
	(void)close(fd);
	apply_end_world();
}

/* --- the frozen copy --------------------------------------------------------------------------------------------------------------- */

static struct zv_str frozen(void)
{
	struct zv_application_row row;
	struct zv_str copy;

	OK(zv_application_copy(&copy, &row, fx.db, &apply.org, apply.uid, &fx.arena, &fx.err));
	return copy;
}

static void the_same_content_has_the_same_bytes_in_any_language(void **state)
{
	struct zv_str first, second;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_precheck();
	first = apply_get().row.frozen_digest;
	zv_tr_set_lang("ru");
	apply_precheck();
	second = apply_get().row.frozen_digest;
	zv_tr_set_lang("en");
	assert_true(zv_str_eq(first, second));
	OK(apply_put("plan", false, "план"));
	apply_precheck();
	assert_false(zv_str_eq(first, apply_get().row.frozen_digest));
	apply_end_world();
}

static void later_changes_of_the_registers_do_not_change_the_copy(void **state)
{
	struct zv_str before;
	char digest[ZV_DIGEST_HEX];

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	before = frozen();
	zv_digest_hex(digest, before);
	assert_true(zv_str_eq_c(apply_get().row.frozen_digest, digest));
	apply_add_member_now("Третий");
	assert_true(zv_str_eq(before, frozen()));
	assert_int_equal(zv_str_find(before, ZV_STR("Третий")), -1);
	apply_end_world();
}

static void a_copy_that_was_changed_past_the_program_is_seen(void **state)
{
	struct zv_application_row row;
	struct zv_str copy;

	(void)state;
	apply_make_world();
	apply_start();
	assert_int_equal(zv_application_copy(&copy, &row, fx.db, &apply.org, apply.uid, &fx.arena, &fx.err), ZV_E_CONFLICT);
	apply_fill_in();
	apply_submit();
	OK(zv_db_exec(fx.db, "UPDATE application SET frozen = REPLACE(frozen, 'Кластер', 'Клистер')", &fx.err));
	assert_int_equal(zv_application_copy(&copy, &row, fx.db, &apply.org, apply.uid, &fx.arena, &fx.err), ZV_E_IO);
	apply_end_world();
}

static void a_correction_renews_its_own_part_and_keeps_what_it_was(void **state)
{
	struct zv_json_value before, after;
	const struct zv_json_value *old_parts, *new_parts;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	OK(zv_json_parse(&before, frozen(), &fx.arena, &fx.err));
	apply_send_back("1");
	apply_add_member_now("Третий");
	OK(apply_put("list", false, "новый список"));
	apply_correct();
	OK(zv_json_parse(&after, frozen(), &fx.arena, &fx.err));
	old_parts = zv_json_get(&before, "parts");
	new_parts = zv_json_get(&after, "parts");
	assert_int_equal(new_parts->n, 4);
	for (size_t i = 0; i < new_parts->n; i++) {
		const struct zv_json_value *was = &old_parts->items[i], *is = &new_parts->items[i];
		bool renewed = zv_str_eq_c(zv_json_get(is, "criterion")->text, "participants");

		assert_int_equal(zv_json_get(is, "earlier")->n, renewed ? 1 : 0);
		assert_int_equal(zv_str_eq(zv_json_get(was, "facts_digest")->text, zv_json_get(is, "facts_digest")->text), !renewed);
		if (!renewed)
			continue;
		assert_true(zv_str_eq(zv_json_get(&zv_json_get(is, "earlier")->items[0], "facts_digest")->text, zv_json_get(was, "facts_digest")->text));
		assert_int_equal(zv_json_get(is, "remarks")->n, 2); /* the return and the correction */
		assert_false(zv_str_eq(zv_json_get(&zv_json_get(is, "documents")->items[0], "digest")->text,
				       zv_json_get(&zv_json_get(was, "documents")->items[0], "digest")->text));
	}
	assert_true(zv_str_eq(zv_json_get(&before, "facts_digest")->text, zv_json_get(&after, "facts_digest")->text));
	assert_int_equal(apply_get().criteria[0].corrections, 1);
	apply_end_world();
}

static void in_corrections_only_what_was_returned_is_open_and_the_refusal_names_it(void **state)
{
	struct zv_application_act a;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	apply_send_back("participants");
	assert_int_equal(apply_put("plan", false, "план"), ZV_E_CONFLICT);
	assert_true(apply_says("1. Two members"));
	assert_int_equal(apply_put("charter", false, "устав 2"), ZV_E_CONFLICT);
	a = apply_act(&apply.org);
	assert_int_equal(zv_application_answer(&a, ZV_STR("2"), ZV_STR("ответ"), &fx.err), ZV_E_CONFLICT);
	assert_true(apply_says("1. Two members") && !apply_says("Objects"));
	OK(zv_application_answer(&a, ZV_STR("1"), ZV_STR("ответ"), &fx.err));
	OK(zv_application_remove(&a, ZV_STR("list"), &fx.err));
	assert_int_equal(zv_application_correct(&a, ZV_STR(""), &fx.err), ZV_E_CONFLICT);
	assert_true(apply_says("List") && !apply_says("Charter"));
	apply_assert_state("corrections");
	OK(apply_put("list", false, "список"));
	apply_correct();
	apply_assert_state("corrected");
	apply_send_back(ZV_APPLICATION_WHOLE);
	OK(apply_put("charter", false, "устав 2"));
	assert_int_equal(apply_put("list", false, "список 2"), ZV_E_CONFLICT);
	apply_end_world();
}

static void a_question_that_waits_outlives_a_correction_of_another_criterion(void **state)
{
	struct zv_application_act a;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	a = apply_act(&apply.analyst);
	OK(zv_application_ask(&a, ZV_STR("2"), ZV_STR("какие?"), &fx.err));
	apply_send_back("1");
	apply_correct();
	apply_assert_state("questions");
	assert_int_equal(apply_decide(true), ZV_E_CONFLICT);
	a = apply_act(&apply.org);
	assert_int_equal(zv_application_answer(&a, ZV_STR("1"), ZV_STR("?"), &fx.err), ZV_E_CONFLICT);
	OK(zv_application_answer(&a, ZV_STR("2"), ZV_STR("вот"), &fx.err));
	apply_assert_state("corrected");
	apply_end_world();
}

static void a_return_needs_a_criterion_of_the_pack_and_words(void **state)
{
	struct zv_application_act a;

	(void)state;
	apply_make_world();
	apply_start();
	apply_fill_in();
	apply_submit();
	a = apply_act(&apply.analyst);
	assert_int_equal(zv_application_return(&a, ZV_STR("4"), ZV_STR("x"), &fx.err), ZV_E_INVALID);
	assert_string_equal(fx.err.field, "criterion");
	assert_int_equal(zv_application_return(&a, ZV_STR(""), ZV_STR("x"), &fx.err), ZV_E_INVALID);
	assert_int_equal(zv_application_return(&a, ZV_STR("1"), ZV_STR("  "), &fx.err), ZV_E_INVALID);
	assert_string_equal(fx.err.field, "text");
	apply_assert_state("submitted");
	apply_end_world();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_file_that_was_changed_on_the_disk_is_seen_and_said),
		FIXTURE_TEST(a_new_file_has_no_signature_and_the_old_one_is_kept),
		FIXTURE_TEST(files_of_applications_are_not_swept_away),
		FIXTURE_TEST(the_same_content_has_the_same_bytes_in_any_language),
		FIXTURE_TEST(later_changes_of_the_registers_do_not_change_the_copy),
		FIXTURE_TEST(a_copy_that_was_changed_past_the_program_is_seen),
		FIXTURE_TEST(a_correction_renews_its_own_part_and_keeps_what_it_was),
		FIXTURE_TEST(in_corrections_only_what_was_returned_is_open_and_the_refusal_names_it),
		FIXTURE_TEST(a_question_that_waits_outlives_a_correction_of_another_criterion),
		FIXTURE_TEST(a_return_needs_a_criterion_of_the_pack_and_words),
	};

	return fixture_run("application_copy", tests, ZV_LEN(tests));
}
