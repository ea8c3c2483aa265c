/* Applications for the register of clusters: every state and what can be done in it, the frozen copy, files, corrections, the decision. */
#include "fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/application_inner.h"
#include "app/files.h"
#include "app/imports.h"
#include "app/lots_run.h"
#include "app/packs.h"
#include "app/tasks.h"
#include "app/writer.h"
#include "base/hash.h"
#include "base/tr.h"
#include "format/json_value.h"
#include "store/setting.h"

enum { CENTRE = 1, DAY = 20514 /* 2026-03-02 */ };

static const char pack_text[] =
	"pack apply-1 { series apply kind cluster level own title ru \"Условия\" en \"Terms\" valid 2020-01-01 .. source \"s\"\n"
	"criterion participants { title ru \"Двое\" en \"Two members\" check count(members) >= 2 severity block }\n"
	"criterion number { title ru \"Объекты\" en \"Objects\" check count(objects) >= 1 severity block }\n"
	"criterion many { title ru \"Сотня\" en \"A hundred\" check count(members) >= 100 severity warn }\n"
	"document charter { title ru \"Устав\" en \"Charter\" required yes signature yes }\n"
	"document list { title ru \"Список\" en \"List\" required yes signature no criterion participants }\n"
	"document plan { title ru \"План\" en \"Plan\" required no signature no criterion number }\n"
	"}\n";

static struct {
	struct zv_files *files;
	char dir[64];
	int64_t org_id, cluster_id, infra_id;
	struct zv_str cluster, uid;
	struct zv_who org, analyst, other;
} w;

/* --- a small world --------------------------------------------------------------------------------------------------------------- */

static struct zv_who person(const char *actor, enum zv_role role, int64_t centre_id, int64_t org_id)
{
	return (struct zv_who){.actor = zv_str_c(actor),
			       .login = zv_str_c(actor),
			       .account_id = 0,
			       .grants = {{role, centre_id, org_id}},
			       .n_grants = 1,
			       .scopes = {~UINT64_C(0), ~UINT64_C(0)}};
}

static int64_t add_org(const struct zv_batch *batch, const char *name)
{
	const struct zv_register *reg = zv_register_find("org");
	struct zv_record record = fixture_record(reg, batch, NULL);

	fixture_set_text(reg, &record, "name", name);
	return fixture_insert(reg, &record);
}

static int64_t add_member(const struct zv_batch *batch, int64_t org_id)
{
	const struct zv_register *reg = zv_register_find("cluster_member");
	struct zv_record record = fixture_record(reg, batch, NULL);

	fixture_set_int(reg, &record, "cluster_id", w.cluster_id);
	fixture_set_int(reg, &record, "org_id", org_id);
	fixture_set_int(reg, &record, "joined_on", DAY - 100);
	return fixture_insert(reg, &record);
}

static void add_member_now(const char *name)
{
	struct zv_batch batch = fixture_batch("cluster-members", DAY);

	add_member(&batch, add_org(&batch, name));
	fixture_commit(&batch);
}

static void add_infra_now(void)
{
	struct zv_batch batch = fixture_batch("infra", DAY);
	const struct zv_register *reg = zv_register_find("infra");
	struct zv_record record = fixture_record(reg, &batch, NULL);

	fixture_set_text(reg, &record, "name", "Парк");
	fixture_set_int(reg, &record, "kind", 2);
	fixture_set_int(reg, &record, "state", 2);
	w.infra_id = fixture_insert(reg, &record);
	reg = zv_register_find("resident");
	record = fixture_record(reg, &batch, NULL);
	fixture_set_int(reg, &record, "infra_id", w.infra_id);
	fixture_set_int(reg, &record, "cluster_id", w.cluster_id);
	(void)fixture_insert(reg, &record);
	fixture_commit(&batch);
}

static void add_cluster(const struct zv_batch *batch)
{
	const struct zv_register *reg = zv_register_find("cluster");
	struct zv_record record = fixture_record(reg, batch, "K");

	fixture_set_text(reg, &record, "name", "Кластер");
	fixture_set_int(reg, &record, "org_id", w.org_id);
	fixture_set_int(reg, &record, "state", 1);
	w.cluster_id = fixture_insert(reg, &record);
	w.cluster = record.uid;
}

static void load_pack(void)
{
	struct zv_rules_fault faults[ZV_RULES_FAULTS_MAX];
	struct zv_pack_loaded loaded;
	struct zv_who local;
	size_t n = 0;

	zv_who_local(&local, ZV_STR("cli:test"));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_setting_put(fx.db, "as_of", ZV_STR("2026-03-02"), &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	OK(zv_pack_load(&loaded, faults, &n, fx.db, &local, zv_str_c(pack_text), &fx.arena, &fx.err));
}

/* Two members, no object yet: one criterion of two fails. */
static void make_world(void)
{
	struct zv_batch batch = fixture_batch("clusters", DAY - 200);
	int64_t other;

	w.org_id = add_org(&batch, "Управляющая");
	other = add_org(&batch, "Чужая");
	add_cluster(&batch);
	add_member(&batch, add_org(&batch, "Первый"));
	add_member(&batch, add_org(&batch, "Второй"));
	fixture_commit(&batch);
	w.org = person("user:anna", ZV_ROLE_CLUSTER, batch.centre_id, w.org_id);
	w.other = person("user:boris", ZV_ROLE_CLUSTER, batch.centre_id, other);
	w.analyst = person("user:vera", ZV_ROLE_ANALYST, -1, 0);
	load_pack();
	(void)snprintf(w.dir, sizeof(w.dir), "/tmp/zveno-applications-XXXXXX");
	assert_non_null(mkdtemp(w.dir));
	OK(zv_files_open(&w.files, w.dir, &fx.err));
}

static void end_world(void)
{
	char command[100];

	zv_files_close(w.files);
	w.files = NULL;
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", w.dir);
	assert_int_equal(system(command), 0);
}

static struct zv_application_act act(const struct zv_who *who)
{
	return (struct zv_application_act){.db = fx.db, .files = w.files, .who = who, .uid = w.uid, .arena = &fx.arena};
}

static void start(void)
{
	OK(zv_application_start(&w.uid, fx.db, &w.org, w.cluster, ZV_STR("apply"), &fx.arena, &fx.err));
}

static int bytes(const char *text)
{
	FILE *file = tmpfile();
	int fd;

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fflush(file), 0);
	fd = dup(fileno(file));
	(void)fclose(file);
	return fd;
}

static enum zv_code put(const char *document, bool signature, const char *text)
{
	struct zv_application_act a = act(&w.org);
	int fd = bytes(text);
	enum zv_code code = zv_application_put(&a, zv_str_c(document), signature, ZV_STR("C:\\папка\\файл.pdf"), fd, &fx.err);

	(void)close(fd);
	return code;
}

static struct zv_application get(void)
{
	struct zv_application application;

	OK(zv_application_get(&application, fx.db, &w.analyst, w.uid, &fx.arena, &fx.err));
	return application;
}

static void assert_state(const char *name)
{
	assert_string_equal(zv_application_state_name(get().row.state), name);
}

static void fill_in(void)
{
	OK(put("charter", false, "устав"));
	OK(put("charter", true, "подпись"));
	OK(put("list", false, "список"));
	add_infra_now();
}

static void precheck(void)
{
	struct zv_application_act a = act(&w.org);

	OK(zv_application_precheck(&a, &fx.err));
}

static void submit(void)
{
	struct zv_application_act a = act(&w.org);

	precheck();
	OK(zv_application_submit(&a, &fx.err));
}

static void send_back(const char *criterion)
{
	struct zv_application_act a = act(&w.analyst);

	OK(zv_application_return(&a, zv_str_c(criterion), ZV_STR("исправьте"), &fx.err));
}

static void correct(void)
{
	struct zv_application_act a = act(&w.org);

	OK(zv_application_correct(&a, ZV_STR("исправлено"), &fx.err));
}

static enum zv_code decide(bool accepted)
{
	struct zv_application_act a = act(&w.analyst);
	struct zv_application_verdict verdict = {.accepted = accepted,
						 .order_no = ZV_STR("15-П"),
						 .order_on = DAY - 1,
						 .number = ZV_STR("99"),
						 .note = ZV_STR("по правилам")};

	return zv_application_decide(&a, &verdict, &fx.err);
}

static bool says(const char *part)
{
	return strstr(fx.err.text, part) != NULL;
}

/* --- states ------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code try_op(enum zv_application_op op)
{
	bool review = zv_application_action(op) == ZV_DO_APPLICATION_REVIEW;
	struct zv_application_act a = act(review ? &w.analyst : &w.org);

	switch (op) {
	case ZV_APPLICATION_EDIT:
		return put("list", false, "другой список");
	case ZV_APPLICATION_CHECK:
		return zv_application_precheck(&a, &fx.err);
	case ZV_APPLICATION_SUBMIT:
		return zv_application_submit(&a, &fx.err);
	case ZV_APPLICATION_ASK:
		return zv_application_ask(&a, ZV_STR("1"), ZV_STR("почему?"), &fx.err);
	case ZV_APPLICATION_RETURN:
		return zv_application_return(&a, ZV_STR("1"), ZV_STR("исправьте"), &fx.err);
	case ZV_APPLICATION_ANSWER:
		return zv_application_answer(&a, ZV_STR("1"), ZV_STR("потому"), &fx.err);
	case ZV_APPLICATION_CORRECT:
		return zv_application_correct(&a, ZV_STR(""), &fx.err);
	case ZV_APPLICATION_ACCEPT:
		return decide(true);
	case ZV_APPLICATION_REFUSE:
		return decide(false);
	case ZV_APPLICATION_WITHDRAW:
		return zv_application_withdraw(&a, ZV_STR(""), &fx.err);
	case ZV_APPLICATION_OPS:
		break;
	}
	return ZV_E_BUG;
}

/* By hand, apart from the table of the program: the letter is the state that follows, "-" is refused. */
static const struct {
	const char *state;
	const char *follows; /* edit check submit ask return answer correct accept refuse withdraw */
} wanted[] = {
	{"draft",	"dp-------x"},
	{"precheck",	"pps------x"},
	{"submitted",	"---qc--xxx"},
	{"questions",	"---qcs--xx"},
	{"corrections", "c---cce-xx"},
	{"corrected",	"---qc--xxx"},
	{"decided",	"----------"},
};

static const char *state_of(char letter)
{
	switch (letter) {
	case 'd':
		return "draft";
	case 'p':
		return "precheck";
	case 's':
		return "submitted";
	case 'q':
		return "questions";
	case 'c':
		return "corrections";
	case 'e':
		return "corrected";
	default:
		return "decided";
	}
}

/* Everything that can be asked of an application in its state, each taken back. */
static void try_all(const char *state)
{
	size_t row = 0;

	while (strcmp(wanted[row].state, state) != 0)
		row++;
	assert_state(state);
	for (int op = 0; op < ZV_APPLICATION_OPS; op++) {
		char letter = wanted[row].follows[op];
		int64_t version = get().row.version;
		enum zv_code code;

		OK(zv_db_group_begin(fx.db, &fx.err));
		code = try_op((enum zv_application_op)op);
		if ((code == ZV_OK) != (letter != '-'))
			fail_msg("state %s, act %d: %s", state, op, code == ZV_OK ? "was done" : fx.err.text);
		if (letter == '-') {
			assert_int_equal(code, ZV_E_CONFLICT);
			assert_true(fx.err.text[0] != '\0');
			assert_int_equal(get().row.version, version);
			assert_state(state);
		} else {
			assert_state(state_of(letter));
			assert_int_equal(get().row.version, version + 1);
		}
		zv_db_group_rollback(fx.db);
		assert_state(state);
	}
}

static void every_act_is_possible_in_its_states_and_in_no_other(void **state)
{
	struct zv_application_act reviewer;

	(void)state;
	make_world();
	start();
	try_all("draft");
	fill_in();
	precheck();
	try_all("precheck");
	submit();
	try_all("submitted");
	reviewer = act(&w.analyst);
	OK(zv_application_ask(&reviewer, ZV_STR("participants"), ZV_STR("кто?"), &fx.err));
	try_all("questions");
	send_back("1");
	OK(try_op(ZV_APPLICATION_ANSWER));
	try_all("corrections");
	correct();
	try_all("corrected");
	OK(decide(true));
	try_all("decided");
	end_world();
}

static void a_decided_application_is_closed_for_ever(void **state)
{
	struct zv_application_row row;

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	OK(decide(false));
	OK(zv_application_by_uid(&row, fx.db, w.uid, &fx.arena, &fx.err));
	row.note = ZV_STR("другое");
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_application_save(fx.db, &row, &fx.err), ZV_E_CONFLICT);
	zv_db_rollback(fx.db);
	start(); /* and another one may begin */
	assert_state("draft");
	end_world();
}

static void a_cluster_has_one_open_application(void **state)
{
	struct zv_str uid;

	(void)state;
	make_world();
	start();
	assert_int_equal(zv_application_start(&uid, fx.db, &w.org, w.cluster, ZV_STR("apply"), &fx.arena, &fx.err), ZV_E_CONFLICT);
	assert_true(says(w.uid.p));
	end_world();
}

static void an_old_version_changes_nothing(void **state)
{
	struct zv_application_row row;

	(void)state;
	make_world();
	start();
	OK(zv_application_by_uid(&row, fx.db, w.uid, &fx.arena, &fx.err));
	precheck();
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_application_save(fx.db, &row, &fx.err), ZV_E_CONFLICT);
	assert_string_equal(fx.err.field, "If-Match");
	zv_db_rollback(fx.db);
	end_world();
}

static void others_do_not_learn_that_it_is_there(void **state)
{
	struct zv_application_row row;
	struct zv_application_act a;
	char words[sizeof(fx.err.text)];

	(void)state;
	make_world();
	start();
	assert_int_equal(zv_application_head(&row, fx.db, &w.other, ZV_STR("application_x"), &fx.arena, &fx.err), ZV_E_NOTFOUND);
	(void)snprintf(words, sizeof(words), "%.30s", fx.err.text);
	assert_int_equal(zv_application_head(&row, fx.db, &w.other, w.uid, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	assert_memory_equal(words, fx.err.text, 25);
	a = act(&w.other);
	assert_int_equal(zv_application_precheck(&a, &fx.err), ZV_E_NOTFOUND);
	a = act(&w.analyst);
	assert_int_equal(zv_application_precheck(&a, &fx.err), ZV_E_DENIED);
	a = act(&w.org);
	assert_int_equal(zv_application_ask(&a, ZV_STR("1"), ZV_STR("?"), &fx.err), ZV_E_DENIED);
	end_world();
}

static void an_application_goes_along_with_its_cluster(void **state)
{
	struct zv_application_row row;

	(void)state;
	make_world();
	start();
	assert_true(fixture_number("SELECT id FROM org WHERE name = 'Чужая'") > 0);
	OK(zv_db_exec(fx.db, "UPDATE cluster SET org_id = (SELECT id FROM org WHERE name = 'Чужая')", &fx.err));
	OK(zv_application_head(&row, fx.db, &w.other, w.uid, &fx.arena, &fx.err));
	assert_int_equal(zv_application_head(&row, fx.db, &w.org, w.uid, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	end_world();
}

/* --- what is missing ------------------------------------------------------------------------------------------------------------- */

static void a_submission_names_everything_that_is_missing(void **state)
{
	struct zv_application_act a;
	struct zv_application application;

	(void)state;
	make_world();
	start();
	precheck();
	a = act(&w.org);
	assert_int_equal(zv_application_submit(&a, &fx.err), ZV_E_CONFLICT);
	assert_true(says("Objects") && says("Charter") && says("List") && !says("Plan") && !says("A hundred"));
	application = get();
	assert_int_equal(application.n_missing, 3);
	assert_int_equal(application.passed, 1);
	assert_int_equal(application.total, 3);
	OK(put("charter", false, "устав"));
	OK(put("list", false, "список"));
	assert_int_equal(zv_application_submit(&a, &fx.err), ZV_E_CONFLICT);
	assert_true(says("signature") && says("Charter") && !says("List"));
	OK(put("charter", true, "подпись"));
	add_infra_now();
	OK(zv_application_submit(&a, &fx.err));
	assert_state("submitted");
	end_world();
}

static void a_warning_does_not_keep_an_application_back(void **state)
{
	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	assert_int_equal(get().failed, 1);
	assert_int_equal(get().n_missing, 0);
	end_world();
}

/* --- files ----------------------------------------------------------------------------------------------------------------------- */

static void path_of(char out[600], struct zv_str digest)
{
	(void)snprintf(out, 600, "%s/%.2s/%.*s", w.dir, digest.p, (int)digest.n - 2, digest.p + 2);
}

static void a_file_that_was_changed_on_the_disk_is_seen_and_said(void **state)
{
	struct zv_application_file file;
	struct zv_application_act a;
	char path[600];
	FILE *raw;
	int fd = -1;

	(void)state;
	make_world();
	start();
	fill_in();
	OK(zv_application_open_file(&fd, &file, fx.db, w.files, &w.org, w.uid, ZV_STR("charter"), false, &fx.arena, &fx.err));
	(void)close(fd);
	assert_true(zv_str_eq_c(file.name, "файл.pdf"));
	path_of(path, file.digest);
	assert_int_equal(chmod(path, 0600), 0);
	raw = fopen(path, "w");
	assert_non_null(raw);
	(void)fputs("подделка", raw);
	(void)fclose(raw);
	assert_int_equal(zv_application_open_file(&fd, &file, fx.db, w.files, &w.org, w.uid, ZV_STR("charter"), false, &fx.arena, &fx.err), ZV_E_IO);
	precheck();
	assert_int_equal(get().n_missing, 1);
	assert_string_equal(get().missing[0].kind, "file");
	a = act(&w.org);
	assert_int_equal(zv_application_submit(&a, &fx.err), ZV_E_CONFLICT);
	assert_true(says("Charter"));
	OK(put("charter", false, "устав")); /* the same bytes again mend it */
	OK(put("charter", true, "подпись"));
	submit();
	end_world();
}

static void a_new_file_has_no_signature_and_the_old_one_is_kept(void **state)
{
	struct zv_application application;

	(void)state;
	make_world();
	start();
	assert_int_equal(put("charter", true, "подпись"), ZV_E_CONFLICT);
	OK(put("charter", false, "устав"));
	assert_int_equal(put("charter", true, "устав"), ZV_E_INVALID);
	OK(put("charter", true, "подпись"));
	OK(put("charter", false, "новый устав"));
	application = get();
	assert_true(zv_str_eq_c(application.lines[0].document->id, "charter"));
	assert_int_equal(application.lines[0].file->signature_digest.n, 0);
	assert_int_equal(application.lines[0].earlier, 2);
	assert_int_equal(put("nothing", false, "x"), ZV_E_NOTFOUND);
	assert_int_equal(put("charter", false, ""), ZV_E_INVALID);
	end_world();
}

static void files_of_applications_are_not_swept_away(void **state)
{
	struct zv_application_file file;
	char path[600];
	size_t removed = 0;
	struct timespec long_ago[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
	int fd = -1;

	(void)state;
	make_world();
	start();
	OK(put("charter", false, "устав"));
	OK(put("charter", true, "подпись"));
	OK(zv_application_open_file(&fd, &file, fx.db, w.files, &w.org, w.uid, ZV_STR("charter"), true, &fx.arena, &fx.err));
	(void)close(fd);
	path_of(path, file.digest);
	assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
	path_of(path, file.signature_digest);
	assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
	OK(zv_imports_sweep(&removed, w.files, fx.db, &fx.err));
	OK(zv_application_open_file(&fd, &file, fx.db, w.files, &w.org, w.uid, ZV_STR("charter"), true, &fx.arena, &fx.err));
	(void)close(fd);
	end_world();
}

/* --- the frozen copy --------------------------------------------------------------------------------------------------------------- */

static struct zv_str frozen(void)
{
	struct zv_application_row row;
	struct zv_str copy;

	OK(zv_application_copy(&copy, &row, fx.db, &w.org, w.uid, &fx.arena, &fx.err));
	return copy;
}

static void the_same_content_has_the_same_bytes_in_any_language(void **state)
{
	struct zv_str first, second;

	(void)state;
	make_world();
	start();
	fill_in();
	precheck();
	first = get().row.frozen_digest;
	zv_tr_set_lang("ru");
	precheck();
	second = get().row.frozen_digest;
	zv_tr_set_lang("en");
	assert_true(zv_str_eq(first, second));
	OK(put("plan", false, "план"));
	precheck();
	assert_false(zv_str_eq(first, get().row.frozen_digest));
	end_world();
}

static void later_changes_of_the_registers_do_not_change_the_copy(void **state)
{
	struct zv_str before;
	char digest[ZV_DIGEST_HEX];

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	before = frozen();
	zv_digest_hex(digest, before);
	assert_true(zv_str_eq_c(get().row.frozen_digest, digest));
	add_member_now("Третий");
	assert_true(zv_str_eq(before, frozen()));
	assert_int_equal(zv_str_find(before, ZV_STR("Третий")), -1);
	end_world();
}

static void a_copy_that_was_changed_past_the_program_is_seen(void **state)
{
	struct zv_application_row row;
	struct zv_str copy;

	(void)state;
	make_world();
	start();
	assert_int_equal(zv_application_copy(&copy, &row, fx.db, &w.org, w.uid, &fx.arena, &fx.err), ZV_E_CONFLICT);
	fill_in();
	submit();
	OK(zv_db_exec(fx.db, "UPDATE application SET frozen = REPLACE(frozen, 'Кластер', 'Клистер')", &fx.err));
	assert_int_equal(zv_application_copy(&copy, &row, fx.db, &w.org, w.uid, &fx.arena, &fx.err), ZV_E_IO);
	end_world();
}

static void a_correction_renews_its_own_part_and_keeps_what_it_was(void **state)
{
	struct zv_json_value before, after;
	const struct zv_json_value *old_parts, *new_parts;

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	OK(zv_json_parse(&before, frozen(), &fx.arena, &fx.err));
	send_back("1");
	add_member_now("Третий");
	OK(put("list", false, "новый список"));
	correct();
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
	assert_int_equal(get().criteria[0].corrections, 1);
	end_world();
}

static void in_corrections_only_what_was_returned_is_open_and_the_refusal_names_it(void **state)
{
	struct zv_application_act a;

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	send_back("participants");
	assert_int_equal(put("plan", false, "план"), ZV_E_CONFLICT);
	assert_true(says("1. Two members"));
	assert_int_equal(put("charter", false, "устав 2"), ZV_E_CONFLICT);
	a = act(&w.org);
	assert_int_equal(zv_application_answer(&a, ZV_STR("2"), ZV_STR("ответ"), &fx.err), ZV_E_CONFLICT);
	assert_true(says("1. Two members") && !says("Objects"));
	OK(zv_application_answer(&a, ZV_STR("1"), ZV_STR("ответ"), &fx.err));
	OK(zv_application_remove(&a, ZV_STR("list"), &fx.err));
	assert_int_equal(zv_application_correct(&a, ZV_STR(""), &fx.err), ZV_E_CONFLICT);
	assert_true(says("List") && !says("Charter"));
	assert_state("corrections");
	OK(put("list", false, "список"));
	correct();
	assert_state("corrected");
	send_back(ZV_APPLICATION_WHOLE);
	OK(put("charter", false, "устав 2"));
	assert_int_equal(put("list", false, "список 2"), ZV_E_CONFLICT);
	end_world();
}

static void a_question_that_waits_outlives_a_correction_of_another_criterion(void **state)
{
	struct zv_application_act a;

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	a = act(&w.analyst);
	OK(zv_application_ask(&a, ZV_STR("2"), ZV_STR("какие?"), &fx.err));
	send_back("1");
	correct();
	assert_state("questions");
	assert_int_equal(decide(true), ZV_E_CONFLICT);
	a = act(&w.org);
	assert_int_equal(zv_application_answer(&a, ZV_STR("1"), ZV_STR("?"), &fx.err), ZV_E_CONFLICT);
	OK(zv_application_answer(&a, ZV_STR("2"), ZV_STR("вот"), &fx.err));
	assert_state("corrected");
	end_world();
}

static void a_return_needs_a_criterion_of_the_pack_and_words(void **state)
{
	struct zv_application_act a;

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	a = act(&w.analyst);
	assert_int_equal(zv_application_return(&a, ZV_STR("4"), ZV_STR("x"), &fx.err), ZV_E_INVALID);
	assert_string_equal(fx.err.field, "criterion");
	assert_int_equal(zv_application_return(&a, ZV_STR(""), ZV_STR("x"), &fx.err), ZV_E_INVALID);
	assert_int_equal(zv_application_return(&a, ZV_STR("1"), ZV_STR("  "), &fx.err), ZV_E_INVALID);
	assert_string_equal(fx.err.field, "text");
	assert_state("submitted");
	end_world();
}

/* --- the decision ---------------------------------------------------------------------------------------------------------------- */

static struct zv_record cluster_row(void)
{
	return fixture_load(zv_register_find("cluster"), w.cluster_id);
}

static void an_accepted_application_puts_the_cluster_into_the_register_and_can_be_traced(void **state)
{
	const struct zv_register *reg = zv_register_find("cluster");
	struct zv_fact *facts;
	struct zv_record row;
	size_t n = 0, of_number = 0;

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	OK(decide(true));
	row = cluster_row();
	assert_int_equal(row.values[zv_register_column(reg, "state")].i, 3);
	assert_true(zv_str_eq_c(row.values[zv_register_column(reg, "number")].s, "99"));
	assert_true(zv_str_eq_c(row.values[zv_register_column(reg, "order_no")].s, "15-П"));
	assert_int_equal(row.values[zv_register_column(reg, "order_on")].i, DAY - 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM cluster_event WHERE state = 3 AND number = '15-П'"), 1);
	OK(zv_record_facts(&facts, &n, fx.db, reg, &row, &fx.arena, &fx.err));
	for (size_t i = 0; i < n; i++)
		of_number += strcmp(facts[i].column->name, "number") == 0 && facts[i].state == ZV_FACT_WINS && facts[i].status == ZV_CONFIRMED_CENTRE;
	assert_int_equal(of_number, 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM batch WHERE kind = 'application.accept' AND state = 1"), 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action = 'application.accept'"), 2); /* the batch, and the act */
	end_world();
}

static void an_entry_into_the_register_can_be_undone_like_any_batch(void **state)
{
	int64_t removed = 0, restored = 0;
	struct zv_batch batch;

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	OK(decide(true));
	OK(zv_batch_find(&batch, fx.db, ZV_STR("last"), &fx.arena, &fx.err));
	assert_true(zv_str_eq_c(batch.kind, "application.accept"));
	assert_true(zv_str_eq(batch.source, w.uid));
	OK(zv_db_begin(fx.db, &fx.err));
	OK(zv_batch_undo(&removed, &restored, fx.db, &batch, &fx.err));
	OK(zv_db_commit(fx.db, &fx.err));
	assert_int_equal(removed, 1);
	assert_int_equal(cluster_row().values[zv_register_column(zv_register_find("cluster"), "state")].i, 1);
	assert_state("decided"); /* the decision is what was said, not what the register holds */
	end_world();
}

static void a_batch_whose_cluster_has_an_application_stays_and_the_refusal_names_it(void **state)
{
	int64_t removed = 0, restored = 0;
	struct zv_batch batch;

	(void)state;
	make_world();
	OK(zv_batch_by_id(&batch, fx.db, cluster_row().batch_id, &fx.arena, &fx.err));
	start();
	OK(zv_db_begin(fx.db, &fx.err));
	assert_int_equal(zv_batch_undo(&removed, &restored, fx.db, &batch, &fx.err), ZV_E_CONFLICT);
	zv_db_rollback(fx.db);
	assert_non_null(strstr(fx.err.text, "The application application_"));
	assert_non_null(strstr(fx.err.text, "this batch stays"));
	end_world();
}

static void an_acceptance_needs_order_date_and_number_and_a_refusal_its_reason(void **state)
{
	static const struct {
		struct zv_application_verdict verdict;
		const char *field;
	} bad[] = {
		{{true, ZV_STR_INIT(""), DAY, ZV_STR_INIT("9"), ZV_STR_INIT("")}, "order_no"},
		{{true, ZV_STR_INIT("1"), ZV_DATE_NONE, ZV_STR_INIT("9"), ZV_STR_INIT("")}, "order_on"},
		{{true, ZV_STR_INIT("1"), DAY + 1, ZV_STR_INIT("9"), ZV_STR_INIT("")}, "order_on"},
		{{true, ZV_STR_INIT("1"), DAY, ZV_STR_INIT(" "), ZV_STR_INIT("")}, "number"},
		{{false, ZV_STR_INIT("1"), DAY, ZV_STR_INIT("9"), ZV_STR_INIT(" ")}, "note"},
	};
	struct zv_application_act a;

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	a = act(&w.analyst);
	for (size_t i = 0; i < ZV_LEN(bad); i++) {
		assert_int_equal(zv_application_decide(&a, &bad[i].verdict, &fx.err), ZV_E_INVALID);
		assert_string_equal(fx.err.field, bad[i].field);
		assert_state("submitted");
	}
	OK(decide(false));
	assert_int_equal(cluster_row().values[zv_register_column(zv_register_find("cluster"), "state")].i, 1);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM cluster_event"), 0);
	end_world();
}

static void a_number_of_another_cluster_is_not_given_twice(void **state)
{
	const struct zv_register *reg = zv_register_find("cluster");
	struct zv_batch batch;
	struct zv_record record;

	(void)state;
	make_world();
	batch = fixture_batch("clusters", DAY);
	record = fixture_record(reg, &batch, "K2");
	fixture_set_text(reg, &record, "name", "Соседний");
	fixture_set_text(reg, &record, "number", "99");
	fixture_set_int(reg, &record, "state", 3);
	(void)fixture_insert(reg, &record);
	fixture_commit(&batch);
	start();
	fill_in();
	submit();
	assert_int_equal(decide(true), ZV_E_CONFLICT);
	assert_true(says("Соседний"));
	assert_state("submitted");
	end_world();
}

/* --- both sides are told ----------------------------------------------------------------------------------------------------------- */

static size_t open_tasks(const char *kind)
{
	struct zv_tasks_query query = {.state = ZV_TASK_OPEN, .kind = zv_str_c(kind)};
	struct zv_tasks_page page;

	OK(zv_tasks_list(&page, fx.db, &w.org, &query, &fx.arena, &fx.err));
	for (size_t i = 0; i < page.n; i++)
		assert_true(zv_str_find(page.tasks[i].title, ZV_STR("Кластер")) >= 0);
	return page.n;
}

static void the_organisation_has_a_task_for_what_is_asked_of_it(void **state)
{
	struct zv_application_act a;

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	assert_int_equal(open_tasks(NULL), 0);
	a = act(&w.analyst);
	OK(zv_application_ask(&a, ZV_STR("1"), ZV_STR("кто?"), &fx.err));
	assert_int_equal(open_tasks("application.answer"), 1);
	send_back("1");
	assert_int_equal(open_tasks("application.answer"), 0);
	assert_int_equal(open_tasks("application.correct"), 1);
	a = act(&w.org);
	OK(zv_application_answer(&a, ZV_STR("1"), ZV_STR("вот"), &fx.err));
	correct();
	assert_int_equal(open_tasks(NULL), 0);
	OK(decide(true));
	assert_int_equal(open_tasks("application.decided"), 1);
	end_world();
}

static void every_step_names_who_took_it(void **state)
{
	struct zv_application application;

	(void)state;
	make_world();
	start();
	fill_in();
	submit();
	send_back("1");
	application = get();
	for (size_t i = 0; i < application.n_steps; i++) {
		bool returned = application.steps[i].kind == ZV_STEP_RETURN || zv_str_eq_c(application.steps[i].body, "corrections");

		assert_true(zv_str_eq_c(application.steps[i].actor, returned ? "user:vera" : "user:anna"));
	}
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM audit WHERE action LIKE 'application.%' AND actor = 'user:anna'"), 6);
	end_world();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(every_act_is_possible_in_its_states_and_in_no_other),
		FIXTURE_TEST(a_decided_application_is_closed_for_ever),
		FIXTURE_TEST(a_cluster_has_one_open_application),
		FIXTURE_TEST(an_old_version_changes_nothing),
		FIXTURE_TEST(others_do_not_learn_that_it_is_there),
		FIXTURE_TEST(an_application_goes_along_with_its_cluster),
		FIXTURE_TEST(a_submission_names_everything_that_is_missing),
		FIXTURE_TEST(a_warning_does_not_keep_an_application_back),
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
		FIXTURE_TEST(an_accepted_application_puts_the_cluster_into_the_register_and_can_be_traced),
		FIXTURE_TEST(an_entry_into_the_register_can_be_undone_like_any_batch),
		FIXTURE_TEST(a_batch_whose_cluster_has_an_application_stays_and_the_refusal_names_it),
		FIXTURE_TEST(an_acceptance_needs_order_date_and_number_and_a_refusal_its_reason),
		FIXTURE_TEST(a_number_of_another_cluster_is_not_given_twice),
		FIXTURE_TEST(the_organisation_has_a_task_for_what_is_asked_of_it),
		FIXTURE_TEST(every_step_names_who_took_it),
	};

	return fixture_run("applications", tests, ZV_LEN(tests));
}
