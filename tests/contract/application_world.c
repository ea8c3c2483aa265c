/* The small world of the tests of applications. */
#include "application_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/packs.h"
#include "store/setting.h"

struct apply apply;

static const char pack_text[] =
	"pack apply-1 { series apply kind cluster level own title ru \"Условия\" en \"Terms\" valid 2020-01-01 .. source \"s\"\n"
	"criterion participants { title ru \"Двое\" en \"Two members\" check count(members) >= 2 severity block }\n"
	"criterion number { title ru \"Объекты\" en \"Objects\" check count(objects) >= 1 severity block }\n"
	"criterion many { title ru \"Сотня\" en \"A hundred\" check count(members) >= 100 severity warn }\n"
	"document charter { title ru \"Устав\" en \"Charter\" required yes signature yes }\n"
	"document list { title ru \"Список\" en \"List\" required yes signature no criterion participants }\n"
	"document plan { title ru \"План\" en \"Plan\" required no signature no criterion number }\n"
	"}\n";

struct zv_who apply_person(const char *actor, enum zv_role role, int64_t centre_id, int64_t org_id)
{
	return (struct zv_who){.actor = zv_str_c(actor),
			       .login = zv_str_c(actor),
			       .account_id = 0,
			       .grants = {{role, centre_id, org_id}},
			       .n_grants = 1,
			       .scopes = {~UINT64_C(0), ~UINT64_C(0)}};
}

int64_t apply_add_org(const struct zv_batch *batch, const char *name)
{
	const struct zv_register *reg = zv_register_find("org");
	struct zv_record record = fixture_record(reg, batch, NULL);

	fixture_set_text(reg, &record, "name", name);
	return fixture_insert(reg, &record);
}

int64_t apply_add_member(const struct zv_batch *batch, int64_t org_id)
{
	const struct zv_register *reg = zv_register_find("cluster_member");
	struct zv_record record = fixture_record(reg, batch, NULL);

	fixture_set_int(reg, &record, "cluster_id", apply.cluster_id);
	fixture_set_int(reg, &record, "org_id", org_id);
	fixture_set_int(reg, &record, "joined_on", DAY - 100);
	return fixture_insert(reg, &record);
}

void apply_add_member_now(const char *name)
{
	struct zv_batch batch = fixture_batch("cluster-members", DAY);

	apply_add_member(&batch, apply_add_org(&batch, name));
	fixture_commit(&batch);
}

void apply_add_infra_now(void)
{
	struct zv_batch batch = fixture_batch("infra", DAY);
	const struct zv_register *reg = zv_register_find("infra");
	struct zv_record record = fixture_record(reg, &batch, NULL);

	fixture_set_text(reg, &record, "name", "Парк");
	fixture_set_int(reg, &record, "kind", 2);
	fixture_set_int(reg, &record, "state", 2);
	apply.infra_id = fixture_insert(reg, &record);
	reg = zv_register_find("resident");
	record = fixture_record(reg, &batch, NULL);
	fixture_set_int(reg, &record, "infra_id", apply.infra_id);
	fixture_set_int(reg, &record, "cluster_id", apply.cluster_id);
	(void)fixture_insert(reg, &record);
	fixture_commit(&batch);
}

void apply_add_cluster(const struct zv_batch *batch)
{
	const struct zv_register *reg = zv_register_find("cluster");
	struct zv_record record = fixture_record(reg, batch, "K");

	fixture_set_text(reg, &record, "name", "Кластер");
	fixture_set_int(reg, &record, "org_id", apply.org_id);
	fixture_set_int(reg, &record, "state", 1);
	apply.cluster_id = fixture_insert(reg, &record);
	apply.cluster = record.uid;
}

void apply_load_pack(void)
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
void apply_make_world(void)
{
	struct zv_batch batch = fixture_batch("clusters", DAY - 200);
	int64_t other;

	apply.org_id = apply_add_org(&batch, "Управляющая");
	other = apply_add_org(&batch, "Чужая");
	apply_add_cluster(&batch);
	apply_add_member(&batch, apply_add_org(&batch, "Первый"));
	apply_add_member(&batch, apply_add_org(&batch, "Второй"));
	fixture_commit(&batch);
	apply.org = apply_person("user:anna", ZV_ROLE_CLUSTER, batch.centre_id, apply.org_id);
	apply.other = apply_person("user:boris", ZV_ROLE_CLUSTER, batch.centre_id, other);
	apply.analyst = apply_person("user:vera", ZV_ROLE_ANALYST, -1, 0);
	apply_load_pack();
	(void)snprintf(apply.dir, sizeof(apply.dir), "/tmp/zveno-applications-XXXXXX");
	assert_non_null(mkdtemp(apply.dir));
	OK(zv_files_open(&apply.files, apply.dir, &fx.err));
}

void apply_end_world(void)
{
	char command[100];

	zv_files_close(apply.files);
	apply.files = NULL;
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", apply.dir);
	assert_int_equal(system(command), 0);
}

struct zv_application_act apply_act(const struct zv_who *who)
{
	return (struct zv_application_act){.db = fx.db, .files = apply.files, .who = who, .uid = apply.uid, .arena = &fx.arena};
}

void apply_start(void)
{
	OK(zv_application_start(&apply.uid, fx.db, &apply.org, apply.cluster, ZV_STR("apply"), &fx.arena, &fx.err));
}

int apply_bytes(const char *text)
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

enum zv_code apply_put(const char *document, bool signature, const char *text)
{
	struct zv_application_act a = apply_act(&apply.org);
	int fd = apply_bytes(text);
	enum zv_code code = zv_application_put(&a, zv_str_c(document), signature, ZV_STR("C:\\папка\\файл.pdf"), fd, &fx.err);

	(void)close(fd);
	return code;
}

struct zv_application apply_get(void)
{
	struct zv_application application;

	OK(zv_application_get(&application, fx.db, &apply.analyst, apply.uid, &fx.arena, &fx.err));
	return application;
}

void apply_assert_state(const char *name)
{
	assert_string_equal(zv_application_state_name(apply_get().row.state), name);
}

void apply_fill_in(void)
{
	OK(apply_put("charter", false, "устав"));
	OK(apply_put("charter", true, "подпись"));
	OK(apply_put("list", false, "список"));
	apply_add_infra_now();
}

void apply_precheck(void)
{
	struct zv_application_act a = apply_act(&apply.org);

	OK(zv_application_precheck(&a, &fx.err));
}

void apply_submit(void)
{
	struct zv_application_act a = apply_act(&apply.org);

	apply_precheck();
	OK(zv_application_submit(&a, &fx.err));
}

void apply_send_back(const char *criterion)
{
	struct zv_application_act a = apply_act(&apply.analyst);

	OK(zv_application_return(&a, zv_str_c(criterion), ZV_STR("исправьте"), &fx.err));
}

void apply_correct(void)
{
	struct zv_application_act a = apply_act(&apply.org);

	OK(zv_application_correct(&a, ZV_STR("исправлено"), &fx.err));
}

enum zv_code apply_decide(bool accepted)
{
	struct zv_application_act a = apply_act(&apply.analyst);
	struct zv_application_verdict verdict = {.accepted = accepted,
						 .order_no = ZV_STR("15-П"),
						 .order_on = DAY - 1,
						 .number = ZV_STR("99"),
						 .note = ZV_STR("по правилам")};

	return zv_application_decide(&a, &verdict, &fx.err);
}

bool apply_says(const char *part)
{
	return strstr(fx.err.text, part) != NULL;
}
