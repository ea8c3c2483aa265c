/* Clusters: the profile of a day, growth, the map of supplies in four forms. */
#include "api/download.h"
#include "api/operations.h"
#include "app/cluster_map.h"
#include "app/cluster_profile.h"

enum { YEAR_MIN = 1990, YEAR_MAX = 2199 };

/* --- parameters -------------------------------------------------------------------------------------------------------------- */

static enum zv_code read_day(zv_date *out, const struct zv_api_call *call, const char *name, struct zv_err *err)
{
	struct zv_str text;

	*out = ZV_DATE_NONE;
	if (!zv_target_param(&text, &call->request->target, name) || text.n == 0)
		return ZV_OK;
	if (!zv_date_parse(out, text))
		return zv_fail(err, ZV_E_INVALID, name, N_("“%.*s” is no date. Write it as 2026-09-30."), ZV_STR_FMT(zv_str_first(text, 40)));
	return ZV_OK;
}

static enum zv_code read_year(int *out, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str text;
	int64_t year;

	*out = 0;
	if (!zv_target_param(&text, &call->request->target, "year") || text.n == 0)
		return ZV_OK;
	if (!zv_str_int(&year, text) || year < YEAR_MIN || year > YEAR_MAX)
		return zv_fail(err, ZV_E_INVALID, "year", N_("“%.*s” is no year. Write it as 2025."), ZV_STR_FMT(zv_str_first(text, 40)));
	*out = (int)year;
	return ZV_OK;
}

/* --- values ------------------------------------------------------------------------------------------------------------------ */

static void key_region(struct zv_api_call *call, struct zv_str code)
{
	if (code.n > 0) {
		zv_api_key_region(call, code);
		return;
	}
	zv_json_key(&call->json, "region");
	zv_json_null(&call->json);
}

static void key_yes_no(struct zv_api_call *call, const char *key, int value)
{
	zv_json_key(&call->json, key);
	if (value < 0)
		zv_json_null(&call->json);
	else
		zv_json_bool(&call->json, value != 0);
}

static void key_count(struct zv_api_call *call, const char *key, int64_t value)
{
	zv_json_key(&call->json, key);
	if (value < 0)
		zv_json_null(&call->json);
	else
		zv_json_int(&call->json, value);
}

static void key_kop(struct zv_api_call *call, const char *key, int64_t kop)
{
	if (kop >= 0) {
		zv_api_key_amount(call, key, kop);
		return;
	}
	zv_json_key(&call->json, key);
	zv_json_null(&call->json);
}

static void key_org(struct zv_api_call *call, const struct zv_cluster_member *member)
{
	zv_api_key_named(call, "org", "org", member->org_uid, member->org);
}

/* --- profile ------------------------------------------------------------------------------------------------------------------ */

static void add_specialised(struct zv_api_call *call, const struct zv_cluster_profile *p)
{
	zv_json_key(&call->json, "specialised");
	if (p->specialised_uid.n == 0) {
		zv_json_null(&call->json);
		return;
	}
	zv_json_object(&call->json);
	zv_api_key_named(call, "org", "org", p->specialised_uid, p->specialised);
	zv_json_key_c(&call->json, "state", p->state == ZV_CLUSTER_LIQUIDATION ? "liquidation" : "acting");
	zv_json_end_object(&call->json);
}

static void add_cluster(struct zv_api_call *call, const struct zv_cluster_profile *p)
{
	const struct zv_cluster *c = &p->cluster;
	struct zv_str none = ZV_STR("");

	zv_json_key(&call->json, "cluster");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", c->uid);
	zv_json_key_str(&call->json, "name", c->name);
	zv_api_key_str_or_null(call, "name_en", c->name_en);
	key_region(call, c->region);
	zv_json_key_c(&call->json, "state", zv_cluster_state_name(p->state));
	zv_api_key_date(call, "state_on", p->state_on);
	zv_api_key_str_or_null(call, "number", p->ordered ? c->number : none);
	zv_api_key_str_or_null(call, "order_no", p->ordered ? c->order_no : none);
	zv_api_key_date(call, "order_on", p->ordered ? c->order_on : ZV_DATE_NONE);
	zv_api_key_str_or_null(call, "edition", c->edition);
	zv_api_key_date(call, "valid_until", c->valid_until);
	zv_api_key_str_or_null(call, "products", c->products);
	zv_api_key_str_or_null(call, "note", c->note);
	zv_api_key_str_or_null(call, "site", c->site);
	key_count(call, "members_stated", c->members_stated);
	key_count(call, "projects_stated", c->projects_stated);
	add_specialised(call, p);
	zv_json_end_object(&call->json);
}

static void add_members(struct zv_api_call *call, const char *key, const struct zv_cluster_member *members, size_t n)
{
	zv_json_key(&call->json, key);
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "uid", members[i].uid);
		key_org(call, &members[i]);
		zv_json_key_c(&call->json, "role", zv_cluster_role_name(members[i].role));
		key_region(call, members[i].region);
		zv_api_key_date(call, "joined_on", members[i].joined_on);
		zv_api_key_date(call, "left_on", members[i].left_on);
		key_yes_no(call, "producing", members[i].producing);
		key_yes_no(call, "agreement", members[i].agreement);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_regions(struct zv_api_call *call, const struct zv_cluster_profile *p)
{
	zv_json_key(&call->json, "regions");
	zv_json_array(&call->json);
	for (size_t i = 0; i < p->n_regions; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "code", p->regions[i].code);
		zv_json_key_str(&call->json, "name", p->regions[i].name);
		zv_json_key_int(&call->json, "members", p->regions[i].members);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_events(struct zv_api_call *call, const struct zv_cluster_profile *p)
{
	zv_json_key(&call->json, "events");
	zv_json_array(&call->json);
	for (size_t i = 0; i < p->n_events; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "uid", p->events[i].uid);
		zv_api_key_date(call, "happened_on", p->events[i].on);
		zv_json_key_c(&call->json, "state", zv_cluster_state_name(p->events[i].state));
		zv_api_key_str_or_null(call, "act", p->events[i].act);
		zv_api_key_str_or_null(call, "number", p->events[i].number);
		zv_json_key_str(&call->json, "title", p->events[i].title);
		zv_api_key_str_or_null(call, "note", p->events[i].note);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_belongings(struct zv_api_call *call, const struct zv_cluster_profile *p)
{
	zv_json_key(&call->json, "objects");
	zv_json_array(&call->json);
	for (size_t i = 0; i < p->n_objects; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "uid", p->objects[i].uid);
		zv_json_key_str(&call->json, "name", p->objects[i].name);
		zv_json_key_c(&call->json, "kind", p->objects[i].kind);
		key_yes_no(call, "technological", p->objects[i].technological);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "projects");
	zv_json_array(&call->json);
	for (size_t i = 0; i < p->n_projects; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "uid", p->projects[i].uid);
		zv_json_key_str(&call->json, "name", p->projects[i].name);
		zv_json_key_c(&call->json, "kind", p->projects[i].kind);
		zv_json_key_c(&call->json, "state", p->projects[i].state);
		zv_json_key_int(&call->json, "members", p->projects[i].members);
		key_kop(call, "budget", p->projects[i].budget_kop);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_counts(struct zv_api_call *call, const struct zv_cluster_profile *p)
{
	zv_json_key(&call->json, "counts");
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "members", (int64_t)p->n_members);
	zv_json_key_int(&call->json, "former", (int64_t)p->n_former);
	zv_json_key_int(&call->json, "projects", (int64_t)p->n_projects);
	key_count(call, "contracts", p->contracts);
	zv_json_key_int(&call->json, "objects", (int64_t)p->n_objects);
	zv_json_end_object(&call->json);
	zv_json_key(&call->json, "may");
	zv_json_object(&call->json);
	zv_json_key_bool(&call->json, "write", p->may.write);
	zv_json_key_bool(&call->json, "check", p->may.check);
	zv_json_key_bool(&call->json, "invite", p->may.invite);
	zv_json_key_bool(&call->json, "apply", p->may.apply);
	zv_json_key_bool(&call->json, "map", p->may.map);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_cluster_profile(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"on", NULL};
	struct zv_cluster_profile p;
	zv_date on = ZV_DATE_NONE;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = read_day(&on, call, "on", err);
	if (code == ZV_OK)
		code = zv_cluster_profile(&p, call->db, call->who, call->args[0], on, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	add_cluster(call, &p);
	zv_api_key_date(call, "on", p.on);
	key_yes_no(call, "interregional", p.interregional);
	add_regions(call, &p);
	add_members(call, "members", p.members, p.n_members);
	add_members(call, "former", p.former, p.n_former);
	add_events(call, &p);
	add_belongings(call, &p);
	add_counts(call, &p);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_cluster_growth(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_cluster_count *counts;
	size_t n = 0;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_cluster_growth(&counts, &n, call->db, call->who, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key(&call->json, "points");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "uid", counts[i].uid);
		zv_api_key_date(call, "on", counts[i].on);
		zv_json_key_int(&call->json, "number", counts[i].number);
		zv_json_key_bool(&call->json, "expected", counts[i].expected);
		zv_api_key_str_or_null(call, "scope", counts[i].scope);
		zv_api_key_str_or_null(call, "source", counts[i].source);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

/* --- map ---------------------------------------------------------------------------------------------------------------------- */

static enum zv_code load_map(struct zv_cluster_map *map, struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"year", "on", NULL};
	struct zv_cluster_map_ask ask = {.on = ZV_DATE_NONE};
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = read_year(&ask.year, call, err);
	if (code == ZV_OK)
		code = read_day(&ask.on, call, "on", err);
	if (code == ZV_OK)
		code = zv_cluster_map(map, call->db, call->who, call->args[0], &ask, call->arena, err);
	return code;
}

static void add_nodes(struct zv_api_call *call, const struct zv_cluster_map *map)
{
	zv_json_key(&call->json, "nodes");
	zv_json_array(&call->json);
	for (size_t i = 0; i < map->n_nodes; i++) {
		const struct zv_cluster_map_node *node = &map->nodes[i];

		zv_json_object(&call->json);
		key_org(call, node->member);
		zv_json_key_c(&call->json, "role", zv_cluster_role_name(node->member->role));
		key_region(call, node->member->region);
		zv_json_key_int(&call->json, "x", node->x);
		zv_json_key_int(&call->json, "y", node->y);
		key_kop(call, "inside_shipped", node->inside_shipped_kop);
		key_kop(call, "inside_bought", node->inside_bought_kop);
		key_kop(call, "shipped", node->shipped_kop);
		zv_json_key_bool(&call->json, "isolated", node->isolated);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_edges(struct zv_api_call *call, const struct zv_cluster_map *map)
{
	zv_json_key(&call->json, "edges");
	zv_json_array(&call->json);
	for (size_t i = 0; i < map->n_edges; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "seller", map->nodes[map->edges[i].seller].member->org_uid);
		zv_json_key_str(&call->json, "buyer", map->nodes[map->edges[i].buyer].member->org_uid);
		zv_json_key_int(&call->json, "contracts", map->edges[i].contracts);
		key_kop(call, "delivered", map->edges[i].delivered_kop);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_named(struct zv_api_call *call, struct zv_str uid, struct zv_str name)
{
	zv_json_object(&call->json);
	zv_json_key_c(&call->json, "register", "org");
	zv_json_key_str(&call->json, "uid", uid);
	zv_json_key_str(&call->json, "name", name);
	zv_json_end_object(&call->json);
}

static void add_share(struct zv_api_call *call, const struct zv_cluster_map *map)
{
	struct zv_str percent;

	zv_json_key(&call->json, "share");
	if (!zv_cluster_map_share(&percent, map, call->arena)) {
		zv_json_null(&call->json);
		return;
	}
	zv_json_object(&call->json);
	key_kop(call, "num", map->total_kop);
	key_kop(call, "den", map->shipped_kop);
	zv_json_key_str(&call->json, "percent_text", percent);
	zv_json_end_object(&call->json);
}

static void add_orgs(struct zv_api_call *call, const char *key, const struct zv_cluster_map *map, bool isolated)
{
	zv_json_key(&call->json, key);
	zv_json_array(&call->json);
	for (size_t i = 0; i < map->n_nodes; i++)
		if (isolated ? map->nodes[i].isolated : map->nodes[i].shipped_kop < 0)
			add_named(call, map->nodes[i].member->org_uid, map->nodes[i].member->org);
	zv_json_end_array(&call->json);
}

enum zv_code zv_api_cluster_map(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_cluster_map map;
	enum zv_code code = load_map(&map, call, err);

	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_api_key_named(call, "cluster", "cluster", map.cluster.uid, zv_cluster_title(&map.cluster));
	zv_json_key_int(&call->json, "year", map.year);
	zv_api_key_date(call, "on", map.on);
	zv_json_key(&call->json, "years");
	zv_json_array(&call->json);
	for (size_t i = 0; i < map.n_years; i++)
		zv_json_int(&call->json, map.years[i]);
	zv_json_end_array(&call->json);
	add_nodes(call, &map);
	add_edges(call, &map);
	key_kop(call, "total", map.total_kop);
	key_kop(call, "shipped", map.shipped_kop);
	add_share(call, &map);
	add_orgs(call, "missing", &map, false);
	add_orgs(call, "isolated", &map, true);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

/* The three files. Names are ASCII: the year tells them apart. */
static enum zv_code map_file(struct zv_api_call *call, const char *type, const char *ending,
			     void (*write)(struct zv_buf *out, const struct zv_cluster_map *map, struct zv_arena *arena), struct zv_err *err)
{
	struct zv_cluster_map map;
	enum zv_code code = load_map(&map, call, err);

	if (code != ZV_OK)
		return code;
	write(call->answer->body, &map, call->arena);
	call->answer->vary = "Accept-Language";
	zv_api_download(call, type, zv_arena_strf(call->arena, "cluster-map-%d.%s", map.year, ending));
	return ZV_OK;
}

static void write_csv(struct zv_buf *out, const struct zv_cluster_map *map, struct zv_arena *arena)
{
	(void)arena;
	zv_cluster_map_csv(out, map);
}

static void write_graphml(struct zv_buf *out, const struct zv_cluster_map *map, struct zv_arena *arena)
{
	(void)arena;
	zv_cluster_map_graphml(out, map);
}

enum zv_code zv_api_cluster_map_svg(struct zv_api_call *call, struct zv_err *err)
{
	return map_file(call, "image/svg+xml", "svg", zv_cluster_map_svg, err);
}

enum zv_code zv_api_cluster_map_csv(struct zv_api_call *call, struct zv_err *err)
{
	return map_file(call, ZV_API_CSV, "csv", write_csv, err);
}

enum zv_code zv_api_cluster_map_graphml(struct zv_api_call *call, struct zv_err *err)
{
	return map_file(call, "application/graphml+xml", "graphml", write_graphml, err);
}
