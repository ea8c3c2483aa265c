/* The world of cluster_world.h, row by row. */
#include "cluster_world.h"

#include <string.h>

#include "store/setting.h"

struct world world;

static struct zv_batch batch;

static int64_t row(const char *name, const struct cell *cells)
{
	const struct zv_register *reg = zv_register_find(name);
	struct zv_record record = fixture_record(reg, &batch, NULL);

	for (size_t i = 0; cells[i].column != NULL; i++)
		if (cells[i].text != NULL)
			fixture_set_text(reg, &record, cells[i].column, cells[i].text);
		else
			fixture_set_int(reg, &record, cells[i].column, cells[i].number);
	return fixture_insert(reg, &record);
}

#define ROW(name, ...) row(name, (const struct cell[]){__VA_ARGS__, {NULL, NULL, 0}})

int64_t world_row(const char *reg, const struct cell *cells)
{
	int64_t id;

	batch = fixture_batch("test", WORLD_DAY);
	id = row(reg, cells);
	fixture_commit(&batch);
	return id;
}

static int64_t org(const char *name, const char *region, int64_t kind)
{
	return ROW("org", {"name", name, 0}, {"name_key", name, 0}, {"region", region, 0}, {"kind", NULL, kind});
}

static int64_t contract(int64_t seller, int64_t buyer, const char *number)
{
	return ROW("contract", {"seller_id", NULL, seller}, {"buyer_id", NULL, buyer}, {"cluster_id", NULL, world.cluster}, {"number", number, 0},
		   {"signed_on", NULL, 20000});
}

static void deliver(int64_t seller, int64_t buyer, const char *number, int64_t kop)
{
	int64_t id = contract(seller, buyer, number);

	(void)ROW("delivery", {"contract_id", NULL, id}, {"year", NULL, 2025}, {"sum_kop", NULL, kop});
}

static void make_cluster(void)
{
	static const char *const names[WORLD_MEMBERS] = {"А-Синтез", "Б-Реактив", "В-Колледж", "Г-Кетон", "Д-Газ", "Е-Тара",
							 "Ж-Химия", "З-Лак", "И-Сервис", "К-Наука", "Л-Аэрозоль"};
	static const char *const regions[WORLD_MEMBERS] = {"RU-OMS", "RU-IRK", "RU-IRK", "RU-OMS", "RU-IRK", "RU-BA",
							   "RU-IRK", "RU-CU", "RU-IRK", "RU-IRK", "RU-ME"};
	static const int64_t roles[WORLD_MEMBERS] = {1, 2, 4, 2, 2, 2, 1, 1, 3, 5, 1};

	world.specialised = org("Центр кластера", "RU-OMS", 4);
	world.cluster = ROW("cluster", {"name", "Кластер А", 0}, {"name_en", "Cluster A", 0}, {"org_id", NULL, world.specialised}, {"state", NULL, 5},
			    {"state_on", NULL, 20605}, {"number", "77", 0}, {"order_no", "1", 0}, {"order_on", NULL, 19828});
	(void)ROW("cluster_event", {"cluster_id", NULL, world.cluster}, {"happened_on", NULL, 19509}, {"state", NULL, 2}, {"title", "Заявка", 0});
	(void)ROW("cluster_event", {"cluster_id", NULL, world.cluster}, {"happened_on", NULL, 19828}, {"state", NULL, 3}, {"title", "Включён", 0});
	for (int i = 0; i < WORLD_MEMBERS; i++) {
		world.members[i] = org(names[i], regions[i], 0);
		(void)ROW("cluster_member", {"cluster_id", NULL, world.cluster}, {"org_id", NULL, world.members[i]}, {"role", NULL, roles[i]},
			  {"joined_on", NULL, 19828}, {"agreement", NULL, 1});
		(void)ROW("org_year", {"org_id", NULL, world.members[i]}, {"year", NULL, 2025},
			  {"shipped_kop", NULL, i == 0 ? (int64_t)800 * MILLION : (int64_t)420 * MILLION});
	}
	world.former = org("Бывший", "RU-OMS", 0);
	(void)ROW("cluster_member", {"cluster_id", NULL, world.cluster}, {"org_id", NULL, world.former}, {"joined_on", NULL, 19828},
		  {"left_on", NULL, 20269});
}

/* 1,170 m inside; the first ships 400 and buys 115. */
static void make_contracts(void)
{
	const int64_t *m = world.members;

	deliver(m[0], m[1], "1", (int64_t)250 * MILLION);
	deliver(m[0], m[6], "2", (int64_t)150 * MILLION);
	deliver(m[3], m[0], "3", (int64_t)115 * MILLION);
	deliver(m[1], m[6], "4", (int64_t)300 * MILLION);
	deliver(m[4], m[7], "5", (int64_t)200 * MILLION);
	deliver(m[5], m[7], "6", (int64_t)100 * MILLION);
	deliver(m[8], m[6], "7", (int64_t)50 * MILLION);
	deliver(m[9], m[6], "8", (int64_t)4 * MILLION);
	deliver(m[2], m[6], "9", (int64_t)1 * MILLION);
	(void)contract(m[2], m[1], "10");
}

static void make_outside(void)
{
	world.item = ROW("item", {"name", "ацетилацетон", 0}, {"name_en", "acetylacetone", 0}, {"name_key", "ацетилацетон мир", 0});
	world.supplier = org("Внешний поставщик", "RU-CU", 0);
	world.buyer = org("Внешний покупатель", "RU-RYA", 0);
	world.maker = org("Внешний изготовитель", "RU-TA", 0);
	deliver(world.supplier, world.members[0], "11", (int64_t)70 * MILLION);
	deliver(world.members[1], world.buyer, "12", (int64_t)20 * MILLION);
	(void)ROW("offer", {"org_id", NULL, world.maker}, {"item_id", NULL, world.item});
	(void)ROW("need", {"org_id", NULL, world.members[3]}, {"item_id", NULL, world.item}, {"import_country", "Китай", 0}, {"visibility", NULL, 0},
		  {"dim", NULL, 1}, {"qty_base", NULL, 40000000}, {"ceiling_kop", NULL, 600000}, {"ceiling_per", NULL, 1000000});
	world.planner = org("Задумавшие", "RU-RYA", 4);
	world.planned = ROW("cluster", {"name", "Кластер в планах", 0}, {"org_id", NULL, world.planner}, {"state", NULL, 1});
}

void world_make(void)
{
	batch = fixture_batch("test", WORLD_DAY);
	OK(zv_setting_put(fx.db, "as_of", ZV_STR("2026-03-02"), &fx.err));
	make_cluster();
	make_contracts();
	make_outside();
	(void)ROW("cluster_count", {"counted_on", NULL, 19844}, {"number", NULL, 61}, {"expected", NULL, 0}, {"source", "Минпромторг", 0});
	(void)ROW("cluster_count", {"counted_on", NULL, 20819}, {"number", NULL, 109}, {"expected", NULL, 1}, {"source", "План", 0});
	(void)ROW("cluster_count", {"counted_on", NULL, 18262}, {"number", NULL, 49}, {"expected", NULL, 0}, {"source", "Минпромторг", 0});
	fixture_commit(&batch);
}

struct zv_who world_person(enum zv_role role, int64_t org_id)
{
	struct zv_who who = {.account_id = 1,
			     .login = ZV_STR("person"),
			     .actor = ZV_STR("user:person"),
			     .grants = {{.role = role, .centre_id = 0, .org_id = org_id}},
			     .n_grants = 1};

	memset(who.scopes, 0xff, sizeof(who.scopes));
	return who;
}

struct zv_who world_owner(void)
{
	struct zv_who who;

	zv_who_local(&who, ZV_STR("cli:test"));
	return who;
}

struct zv_str world_uid(const char *reg, int64_t id)
{
	return fixture_load(zv_register_find(reg), id).uid;
}
