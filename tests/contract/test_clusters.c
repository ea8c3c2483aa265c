/* Clusters on any day, the map of supplies, the search for a place: on both databases, with who may see what. */
#include "cluster_world.h"

#include <string.h>

#include "app/infra_search.h"
#include "base/tr.h"

static struct zv_cluster_profile profile(const struct zv_who *who, zv_date on)
{
	struct zv_cluster_profile p;

	OK(zv_cluster_profile(&p, fx.db, who, world_uid("cluster", world.cluster), on, &fx.arena, &fx.err));
	return p;
}

static zv_date day(const char *text)
{
	zv_date date;

	assert_true(zv_date_parse(&date, zv_str_c(text)));
	return date;
}

static bool has_org(const struct zv_cluster_member *members, size_t n, int64_t org_id)
{
	for (size_t i = 0; i < n; i++)
		if (members[i].org_id == org_id)
			return true;
	return false;
}

/* --- profile ------------------------------------------------------------------------------------------------------------------- */

static void a_cluster_is_shown_as_it_was_on_any_day(void **state)
{
	struct zv_who who = world_person(ZV_ROLE_CLUSTER, 0);
	struct zv_cluster_profile p;

	(void)state;
	world_make();
	who = world_person(ZV_ROLE_CLUSTER, world.specialised);
	p = profile(&who, ZV_DATE_NONE);
	assert_int_equal(p.on, WORLD_DAY);
	assert_int_equal(p.n_members, 11);
	assert_int_equal(p.n_regions, 5);
	assert_int_equal(p.interregional, 1);
	assert_int_equal(p.state, ZV_CLUSTER_IN_REGISTER);
	assert_int_equal(p.n_former, 1);
	assert_true(p.may.write && p.may.invite && p.may.map && p.may.check);
	assert_true(zv_str_eq_c(p.regions[0].code, "RU-IRK"));
	assert_int_equal(p.regions[0].members, 6);
	p = profile(&who, day("2025-06-30")); /* the last day of one of them */
	assert_int_equal(p.n_members, 12);
	assert_true(has_org(p.members, p.n_members, world.former));
	p = profile(&who, day("2025-07-01"));
	assert_int_equal(p.n_members, 11);
	assert_true(has_org(p.former, p.n_former, world.former));
	p = profile(&who, day("2023-06-15"));
	assert_int_equal(p.state, ZV_CLUSTER_FILED);
	assert_int_equal(p.n_members, 0);
	assert_int_equal(p.interregional, -1);
	assert_false(p.ordered);
	assert_int_equal(p.n_events, 1);
	p = profile(&who, day("2023-01-01"));
	assert_int_equal(p.state, ZV_CLUSTER_UNKNOWN);
	p = profile(&who, day("2026-07-01"));
	assert_int_equal(p.state, ZV_CLUSTER_LIQUIDATION);
	assert_int_equal(p.state_on, 20605);
}

static void whoever_left_and_came_back_is_a_member_once(void **state)
{
	struct zv_who who = world_owner();
	struct zv_cluster_profile p;

	(void)state;
	world_make();
	(void)world_row("cluster_member", (const struct cell[]){{"cluster_id", NULL, world.cluster}, {"org_id", NULL, world.former},
								 {"joined_on", NULL, 20400}, {"role", NULL, 3}, {NULL, NULL, 0}});
	p = profile(&who, WORLD_DAY);
	assert_int_equal(p.n_members, 12);
	assert_int_equal(p.n_former, 0);
	p = profile(&who, 20300);
	assert_int_equal(p.n_members, 11);
	assert_int_equal(p.n_former, 1);
}

static void interregional_follows_from_seats_and_sites(void **state)
{
	int64_t org, cluster;
	struct zv_cluster_region *regions;
	size_t n = 0;
	int interregional = 7;

	(void)state;
	world_make();
	cluster = world_row("cluster", (const struct cell[]){{"name", "Один", 0}, {NULL, NULL, 0}});
	org = world_row("org", (const struct cell[]){{"name", "Первый", 0}, {"name_key", "первый", 0}, {NULL, NULL, 0}});
	(void)world_row("cluster_member", (const struct cell[]){{"cluster_id", NULL, cluster}, {"org_id", NULL, org}, {NULL, NULL, 0}});
	OK(zv_cluster_regions(&interregional, &regions, &n, fx.db, cluster, WORLD_DAY, &fx.arena, &fx.err));
	assert_int_equal(interregional, -1); /* nobody has said where it works */
	(void)world_row("site", (const struct cell[]){{"org_id", NULL, org}, {"region", "RU-OMS", 0}, {NULL, NULL, 0}});
	OK(zv_cluster_regions(&interregional, &regions, &n, fx.db, cluster, WORLD_DAY, &fx.arena, &fx.err));
	assert_int_equal(interregional, 0);
	assert_int_equal(n, 1);
	(void)world_row("site", (const struct cell[]){{"org_id", NULL, org}, {"region", "RU-TYU", 0}, {NULL, NULL, 0}});
	OK(zv_cluster_regions(&interregional, &regions, &n, fx.db, cluster, WORLD_DAY, &fx.arena, &fx.err));
	assert_int_equal(interregional, 1);
	assert_int_equal(n, 2);
}

static void a_planned_cluster_is_not_there_for_others(void **state)
{
	const enum zv_role others[] = {ZV_ROLE_BUYER, ZV_ROLE_MAKER, ZV_ROLE_CLUSTER, ZV_ROLE_INVESTOR, ZV_ROLE_ADMIN};
	struct zv_cluster_map_ask ask = {.on = ZV_DATE_NONE};
	struct zv_cluster_profile p;
	struct zv_cluster_map map;
	struct zv_str uid;
	struct zv_who who;

	(void)state;
	world_make();
	uid = world_uid("cluster", world.planned);
	for (size_t i = 0; i < ZV_LEN(others); i++) {
		who = world_person(others[i], world.members[0]);
		assert_int_equal(zv_cluster_profile(&p, fx.db, &who, uid, ZV_DATE_NONE, &fx.arena, &fx.err), ZV_E_NOTFOUND);
		assert_int_equal(zv_cluster_map(&map, fx.db, &who, uid, &ask, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	}
	who = world_person(ZV_ROLE_CLUSTER, world.planner);
	OK(zv_cluster_profile(&p, fx.db, &who, uid, ZV_DATE_NONE, &fx.arena, &fx.err));
	who = world_person(ZV_ROLE_ANALYST, 0);
	OK(zv_cluster_profile(&p, fx.db, &who, uid, ZV_DATE_NONE, &fx.arena, &fx.err));
}

/* --- map ------------------------------------------------------------------------------------------------------------------------- */

static struct zv_cluster_map map_for(const struct zv_who *who, int year)
{
	struct zv_cluster_map_ask ask = {.on = ZV_DATE_NONE, .year = year};
	struct zv_cluster_map map;

	OK(zv_cluster_map(&map, fx.db, who, world_uid("cluster", world.cluster), &ask, &fx.arena, &fx.err));
	return map;
}

static int64_t sum_of_edges(const struct zv_cluster_map *map)
{
	int64_t sum = 0;

	for (size_t i = 0; i < map->n_edges; i++)
		sum += map->edges[i].delivered_kop;
	return sum;
}

static const struct zv_cluster_map_node *node_of(const struct zv_cluster_map *map, int64_t org_id)
{
	for (size_t i = 0; i < map->n_nodes; i++)
		if (map->nodes[i].member->org_id == org_id)
			return &map->nodes[i];
	fail();
	return NULL;
}

static void the_map_has_the_sums_of_the_journey(void **state)
{
	struct zv_cluster_map map;
	struct zv_str percent;
	struct zv_who who;

	(void)state;
	world_make();
	who = world_person(ZV_ROLE_CLUSTER, world.specialised);
	map = map_for(&who, 0);
	assert_int_equal(map.year, 2025);
	assert_int_equal(map.n_nodes, 11);
	assert_int_equal(map.total_kop, (int64_t)1170 * MILLION);
	assert_int_equal(sum_of_edges(&map), map.total_kop);
	assert_int_equal(map.shipped_kop, (int64_t)5000 * MILLION);
	assert_true(zv_cluster_map_share(&percent, &map, &fx.arena));
	assert_string_equal(percent.p, "23.4 %");
	assert_int_equal(node_of(&map, world.members[0])->inside_shipped_kop, (int64_t)400 * MILLION);
	assert_int_equal(node_of(&map, world.members[0])->inside_bought_kop, (int64_t)115 * MILLION);
	assert_int_equal(map.n_isolated, 1);
	assert_true(node_of(&map, world.members[10])->isolated);
	assert_int_equal(map.n_edges, 10); /* one of them a contract without deliveries */
	(void)world_row("contract", (const struct cell[]){{"seller_id", NULL, world.members[10]}, {"buyer_id", NULL, world.members[0]},
							   {"cluster_id", NULL, world.cluster}, {"signed_on", NULL, WORLD_DAY}, {NULL, NULL, 0}});
	map = map_for(&who, 0);
	assert_int_equal(map.n_isolated, 0);
	assert_int_equal(map.n_edges, 11);
	assert_int_equal(map.total_kop, (int64_t)1170 * MILLION);
	assert_int_equal(map.edges[10].delivered_kop, 0);
	assert_int_equal(map.edges[10].contracts, 1);
}

static void contracts_that_the_cluster_was_not_shown_are_not_in_it(void **state)
{
	struct zv_who who = world_owner();
	int64_t hidden;

	(void)state;
	world_make();
	hidden = world_row("contract", (const struct cell[]){{"seller_id", NULL, world.members[0]}, {"buyer_id", NULL, world.members[10]}, {NULL, NULL, 0}});
	(void)world_row("delivery", (const struct cell[]){{"contract_id", NULL, hidden}, {"year", NULL, 2025}, {"sum_kop", NULL, 5}, {NULL, NULL, 0}});
	assert_int_equal(map_for(&who, 0).total_kop, (int64_t)1170 * MILLION);
	assert_int_equal(map_for(&who, 0).n_isolated, 1);
}

static void an_expired_contract_without_deliveries_is_no_relation(void **state)
{
	struct zv_who who = world_owner();
	struct zv_cluster_map map;

	(void)state;
	world_make();
	(void)world_row("contract", (const struct cell[]){{"seller_id", NULL, world.members[10]}, {"buyer_id", NULL, world.members[0]},
							   {"cluster_id", NULL, world.cluster}, {"valid_until", NULL, WORLD_DAY - 1}, {NULL, NULL, 0}});
	map = map_for(&who, 0);
	assert_int_equal(map.n_isolated, 1);
	map = map_for(&who, 2024);
	assert_int_equal(map.total_kop, 0);
	assert_int_equal(map.n_edges, 10); /* the contracts are there all the same */
	assert_int_equal(map.shipped_kop, -1);
}

static void figures_of_whoever_has_not_agreed_are_missing_for_the_cluster(void **state)
{
	struct zv_who owner = world_owner(), who;
	struct zv_cluster_map map;
	struct zv_str percent;

	(void)state;
	world_make();
	OK(zv_db_exec(fx.db, "UPDATE cluster_member SET agreement = 0 WHERE role = 4", &fx.err));
	who = world_person(ZV_ROLE_CLUSTER, world.specialised);
	map = map_for(&who, 0);
	assert_int_equal(map.n_missing, 1);
	assert_int_equal(map.shipped_kop, -1);
	assert_false(zv_cluster_map_share(&percent, &map, &fx.arena));
	map = map_for(&owner, 0);
	assert_int_equal(map.n_missing, 0);
	assert_int_equal(map.shipped_kop, (int64_t)5000 * MILLION);
}

static void the_map_is_for_those_who_may_read_the_contracts(void **state)
{
	const enum zv_role denied[] = {ZV_ROLE_BUYER, ZV_ROLE_MAKER, ZV_ROLE_INSTITUTE, ZV_ROLE_INVESTOR, ZV_ROLE_ADMIN, ZV_ROLE_CLUSTER};
	struct zv_cluster_map_ask ask = {.on = ZV_DATE_NONE};
	struct zv_cluster_map map;
	struct zv_who who;

	(void)state;
	world_make();
	for (size_t i = 0; i < ZV_LEN(denied); i++) {
		who = world_person(denied[i], world.members[0]);
		assert_int_equal(zv_cluster_map(&map, fx.db, &who, world_uid("cluster", world.cluster), &ask, &fx.arena, &fx.err), ZV_E_DENIED);
	}
	who = world_person(ZV_ROLE_ANALYST, 0);
	assert_int_equal(map_for(&who, 0).total_kop, (int64_t)1170 * MILLION);
}

static void growth_is_what_sources_say_by_date(void **state)
{
	struct zv_who who = world_person(ZV_ROLE_INVESTOR, 0);
	struct zv_cluster_count *counts;
	size_t n = 0;

	(void)state;
	world_make();
	OK(zv_cluster_growth(&counts, &n, fx.db, &who, &fx.arena, &fx.err));
	assert_int_equal(n, 3);
	assert_int_equal(counts[0].number, 49);
	assert_int_equal(counts[1].number, 61);
	assert_int_equal(counts[2].number, 109);
	assert_true(counts[2].expected && !counts[1].expected);
	zv_who_public(&who, ZV_STR(""));
	assert_int_equal(zv_cluster_growth(&counts, &n, fx.db, &who, &fx.arena, &fx.err), ZV_E_DENIED);
}

/* --- a place for a project --------------------------------------------------------------------------------------------------------- */

static void make_places(void)
{
	(void)world_row("infra", (const struct cell[]){{"name", "Подходит", 0}, {"region", "RU-OMS", 0}, {"floor_m2", NULL, 1000}, {"power_kw", NULL, 500},
							{"rail", NULL, 1}, {"hazard_class", NULL, 2}, {"services", "Аналитика; склад реактивов", 0}, {NULL, NULL, 0}});
	(void)world_row("infra", (const struct cell[]){{"name", "Не сказано", 0}, {"region", "RU-IRK", 0}, {"floor_m2", NULL, 1000}, {"rail", NULL, 1},
							{"hazard_class", NULL, 1}, {"services", "аналитика", 0}, {NULL, NULL, 0}});
	(void)world_row("infra", (const struct cell[]){{"name", "Мало", 0}, {"region", "RU-OMS", 0}, {"floor_m2", NULL, 999}, {"power_kw", NULL, 500},
							{"rail", NULL, 1}, {"hazard_class", NULL, 3}, {"services", "аналитика", 0}, {NULL, NULL, 0}});
	(void)world_row("infra", (const struct cell[]){{"name", "Закрыт", 0}, {"state", NULL, 3}, {"floor_m2", NULL, 9000}, {NULL, NULL, 0}});
	(void)world_row("infra", (const struct cell[]){{"name", "Строится", 0}, {"state", NULL, 1}, {"region", "RU-CU", 0}, {"floor_m2", NULL, 9000},
							{"power_kw", NULL, 900}, {"rail", NULL, 1}, {"hazard_class", NULL, 1}, {"services", "аналитика", 0}, {NULL, NULL, 0}});
}

static const struct zv_infra_check *check_of(const struct zv_infra_place *place, enum zv_infra_check_kind kind)
{
	for (size_t i = 0; i < place->n_checks; i++)
		if (place->checks[i].kind == kind)
			return &place->checks[i];
	fail();
	return NULL;
}

static void what_nobody_stated_is_a_question_and_not_a_refusal(void **state)
{
	struct zv_infra_ask ask = ZV_INFRA_ASK_NONE;
	struct zv_who who = world_person(ZV_ROLE_BUYER, 0);
	struct zv_infra_found found;

	(void)state;
	world_make();
	make_places();
	ask.floor_m2 = 1000;
	ask.power_kw = 500;
	ask.rail = 1;
	ask.hazard_class = 2;
	ask.services = ZV_STR("АНАЛИТИКА");
	ask.near = ZV_STR("RU-OMS");
	OK(zv_infra_search(&found, fx.db, &who, &ask, &fx.arena, &fx.err));
	assert_int_equal(found.n, 4); /* what is closed for good is no place */
	assert_int_equal(found.n_fits, 1);
	assert_int_equal(found.n_unknown, 2);
	assert_int_equal(found.n_unfit, 1);
	assert_true(zv_str_eq_c(found.places[0].name, "Подходит"));
	assert_int_equal(found.places[0].km, 30);
	assert_int_equal(found.places[1].fits, ZV_INFRA_UNKNOWN);
	assert_true(zv_str_eq_c(found.places[1].name, "Строится") || zv_str_eq_c(found.places[1].name, "Не сказано"));
	assert_true(found.places[1].km < found.places[2].km);
	assert_true(zv_str_eq_c(found.places[3].name, "Мало"));
	assert_int_equal(check_of(&found.places[3], ZV_INFRA_FLOOR)->truth, ZV_INFRA_FAIL);
	assert_string_equal(check_of(&found.places[3], ZV_INFRA_FLOOR)->need.p, "1000 m²");
	assert_string_equal(check_of(&found.places[3], ZV_INFRA_FLOOR)->have.p, "999 m²");
	assert_int_equal(check_of(&found.places[3], ZV_INFRA_HAZARD)->truth, ZV_INFRA_FAIL); /* class II may not stand where III may */
	assert_int_equal(check_of(&found.places[0], ZV_INFRA_HAZARD)->truth, ZV_INFRA_PASS);
	ask.services = ZV_STR("аналитика, литьё");
	OK(zv_infra_search(&found, fx.db, &who, &ask, &fx.arena, &fx.err));
	assert_int_equal(found.n_fits, 0);
}

static void a_project_asks_for_what_its_row_says(void **state)
{
	struct zv_infra_ask ask = ZV_INFRA_ASK_NONE;
	struct zv_who who = world_owner(), stranger;
	struct zv_infra_found found;
	int64_t project;

	(void)state;
	world_make();
	make_places();
	project = world_row("project", (const struct cell[]){{"name", "Цех", 0}, {"org_id", NULL, world.members[0]}, {"region", "RU-IRK", 0},
							      {"floor_m2", NULL, 1000}, {"land_m2", NULL, 0}, {NULL, NULL, 0}});
	ask.project = world_uid("project", project);
	OK(zv_infra_search(&found, fx.db, &who, &ask, &fx.arena, &fx.err));
	assert_int_equal(found.n_fits, 2);
	assert_true(zv_str_eq_c(found.places[0].name, "Не сказано")); /* the nearest of those that fit */
	assert_int_equal(found.places[0].n_checks, 2); /* that it acts, and the floor: no land is no need */
	ask.floor_m2 = 1; /* what is asked for goes before what the project says */
	OK(zv_infra_search(&found, fx.db, &who, &ask, &fx.arena, &fx.err));
	assert_int_equal(found.n_fits, 3);
	stranger = world_person(ZV_ROLE_BUYER, world.members[5]);
	assert_int_equal(zv_infra_search(&found, fx.db, &stranger, &ask, &fx.arena, &fx.err), ZV_E_NOTFOUND);
	ask.project = ZV_STR("");
	ask.near = ZV_STR("Атлантида");
	assert_int_equal(zv_infra_search(&found, fx.db, &who, &ask, &fx.arena, &fx.err), ZV_E_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_cluster_is_shown_as_it_was_on_any_day),
		FIXTURE_TEST(whoever_left_and_came_back_is_a_member_once),
		FIXTURE_TEST(interregional_follows_from_seats_and_sites),
		FIXTURE_TEST(a_planned_cluster_is_not_there_for_others),
		FIXTURE_TEST(the_map_has_the_sums_of_the_journey),
		FIXTURE_TEST(contracts_that_the_cluster_was_not_shown_are_not_in_it),
		FIXTURE_TEST(an_expired_contract_without_deliveries_is_no_relation),
		FIXTURE_TEST(figures_of_whoever_has_not_agreed_are_missing_for_the_cluster),
		FIXTURE_TEST(the_map_is_for_those_who_may_read_the_contracts),
		FIXTURE_TEST(growth_is_what_sources_say_by_date),
		FIXTURE_TEST(what_nobody_stated_is_a_question_and_not_a_refusal),
		FIXTURE_TEST(a_project_asks_for_what_its_row_says),
	};

	return fixture_run("clusters", tests, ZV_LEN(tests));
}
