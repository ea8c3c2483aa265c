/* The people of the demo world out of data/demo/accounts.csv, and the work that waits for them on the first day. */
#include "app/demo_people.h"

#include "app/accounts.h"
#include "app/confirm.h"
#include "app/demo.h"
#include "app/find.h"
#include "app/lots_run.h"
#include "app/scouting.h"
#include "app/seed.h"
#include "app/tasks.h"
#include "auth/auth.h"
#include "store/setting.h"

static const char file_name[] = "data/demo/accounts.csv";
static const char password[] = "zveno-demo"; /* of everybody: this world is invented, and its server says it aloud */

struct person {
	struct zv_str login, name, role, centre, org_inn, shown;
};

/* The next line that is not empty. */
static bool next_person(struct person *out, struct zv_str *file)
{
	struct zv_str *const cells[] = {&out->login, &out->name, &out->role, &out->centre, &out->org_inn, &out->shown};
	struct zv_str line = {0};

	*out = (struct person){0};
	while (line.n == 0)
		if (!zv_str_split(&line, file, '\n'))
			return false;
	for (size_t i = 0; i < ZV_LEN(cells); i++)
		if (!zv_str_split(cells[i], &line, ','))
			break;
	return true;
}

static enum zv_code open_file(struct zv_str *file, struct zv_err *err)
{
	struct zv_str head;
	enum zv_code code = zv_embedded_file(file, file_name, err);

	if (code == ZV_OK)
		(void)zv_str_split(&head, file, '\n');
	return code;
}

enum zv_code zv_demo_people(struct zv_db *db, struct zv_err *err)
{
	char hash[ZV_PASSWORD_HASH];
	struct zv_arena arena;
	struct person person;
	struct zv_str file;
	struct zv_who demo;
	enum zv_code code = open_file(&file, err);

	if (code == ZV_OK) /* one hash for all: the salt hides nothing when the password is printed */
		code = zv_password_hash(hash, zv_str_c(password), &zv_password_cost_min, err);
	zv_who_local(&demo, ZV_STR("demo"));
	zv_arena_init(&arena);
	while (code == ZV_OK && next_person(&person, &file)) {
		struct zv_account_new new = {.login = person.login, .name = person.name, .password_hash = zv_str_c(hash), .n_places = 1};
		struct zv_account account;

		new.places[0] = (struct zv_account_place){.role = person.role, .centre = person.centre, .org = person.org_inn};
		zv_arena_reset(&arena);
		code = zv_account_add(&account, db, &demo, &new, &arena, err);
	}
	zv_arena_done(&arena);
	return code;
}

static enum zv_code as(struct zv_who *out, struct zv_db *db, const char *login, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_account account;
	enum zv_code code = zv_account_by_login(&account, db, zv_str_c(login), arena, err);

	if (code == ZV_OK)
		zv_who_of_account(out, &account, arena);
	return code;
}

static enum zv_code need_uid(struct zv_str *out, struct zv_db *db, const char *key, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_record need;
	enum zv_code code = zv_find_record(&need, NULL, db, zv_register_find("need"), zv_str_c(key), arena, err);

	if (code == ZV_OK)
		*out = need.uid;
	return code;
}

static enum zv_code compute_lots(struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_lots_options options = {.as_of = ZV_DATE_NONE, .keep = true, .actor = "demo"};
	struct zv_lots_result result;

	return zv_lots_run(&result, db, &options, arena, err);
}

/* Bashkiria asks all centres about N3. */
static enum zv_code begin_round(struct zv_db *db, zv_date as_of, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str need, uid;
	struct zv_who who;
	enum zv_code code = as(&who, db, "operator-ba", arena, err);

	if (code == ZV_OK)
		code = need_uid(&need, db, "N3", arena, err);
	if (code == ZV_OK)
		code = zv_scouting_start(&uid, db, &who, need, as_of + 4, ZV_STR("Нужна малая партия; подойдёт и остаток на складе."), arena, err);
	return code;
}

/* The second operator of Ryazan proposes to show N1 to everybody, which the first must approve. */
static enum zv_code ask_second(struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_str need, approval;
	struct zv_who who;
	enum zv_code code = as(&who, db, "operator-rya2", arena, err);

	if (code == ZV_OK)
		code = need_uid(&need, db, "N1", arena, err);
	if (code == ZV_OK)
		code = zv_need_publish(&approval, db, &who, need, ZV_STR("public"), arena, err);
	return code;
}

static enum zv_code add_own_task(struct zv_db *db, zv_date as_of, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_who who;
	struct zv_str uid;
	enum zv_code code = as(&who, db, "operator-rya", arena, err);

	if (code == ZV_OK)
		code = zv_tasks_add(&uid, db, &who, ZV_STR("Загрузить перечень предприятий области (20 строк)"), as_of + 2, arena, err);
	return code;
}

enum zv_code zv_demo_begin(struct zv_db *db, zv_date as_of, struct zv_err *err)
{
	struct zv_arena arena;
	enum zv_code code;

	zv_arena_init(&arena);
	code = compute_lots(db, &arena, err);
	if (code == ZV_OK)
		code = begin_round(db, as_of, &arena, err);
	if (code == ZV_OK)
		code = ask_second(db, &arena, err);
	if (code == ZV_OK)
		code = add_own_task(db, as_of, &arena, err);
	if (code == ZV_OK)
		code = zv_tasks_refresh(db, err);
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_demo_logins(struct zv_demo_login **out, size_t *n, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	enum { LOGINS = 7 };
	struct zv_str demo = {0};
	struct person person;
	struct zv_str file;
	enum zv_code code = zv_setting_get(&demo, db, "demo", arena, err);

	*n = 0;
	*out = ZV_ARENA_ARRAY(arena, struct zv_demo_login, LOGINS);
	if (code != ZV_OK || !zv_str_eq_c(demo, "1"))
		return code;
	code = open_file(&file, err);
	while (code == ZV_OK && *n < LOGINS && next_person(&person, &file)) {
		struct zv_demo_login *login = &(*out)[*n];

		if (person.shown.n == 0)
			continue;
		*login = (struct zv_demo_login){.login = person.login, .name = person.name, .password = zv_str_c(password)};
		if (zv_role_parse(&login->role, person.role))
			*n += 1;
	}
	return code;
}
