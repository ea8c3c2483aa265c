/* A cluster on a day, out of its rows. Events, objects and projects are in cluster_parts.c. */
#include "app/cluster_profile.h"

#include <stdlib.h>

#include "app/cluster_parts.h"
#include "app/find.h"
#include "app/lots_run.h"
#include "app/sight.h"
#include "base/tr.h"
#include "model/region.h"
#include "store/cluster_read.h"

/* --- words ----------------------------------------------------------------------------------------------------------------- */

const char *zv_cluster_word(const char *reg, const char *column, int64_t value)
{
	const struct zv_register *r = zv_register_find(reg);
	const char *const *words = r->columns[zv_register_column(r, column)].words;

	for (int64_t i = 0; words[i] != NULL; i++)
		if (i == value)
			return words[i][0] != '\0' ? words[i] : NULL;
	return NULL;
}

const char *zv_cluster_state_name(enum zv_cluster_state state)
{
	return zv_cluster_word("cluster", "state", (int64_t)state);
}

const char *zv_cluster_state_label(enum zv_cluster_state state)
{
	static const char *const labels[] = {N_("not known"),	       N_("planned"),		    N_("application filed"),
					     N_("in the register"), N_("out of the register"), N_("its organisation is being wound up")};

	return labels[state];
}

const char *zv_cluster_role_name(int role)
{
	return zv_cluster_word("cluster_member", "role", role);
}

const char *zv_cluster_role_label(int role)
{
	static const char *const labels[] = {N_("role not stated"),	N_("maker of final products"), N_("supplier"), N_("service"),
					     N_("educational organisation"), N_("research organisation"),   N_("infrastructure of the cluster"), N_("another role")};

	return labels[role >= 0 && role < (int)ZV_LEN(labels) ? role : 0];
}

bool zv_cluster_role_parse(int *out, struct zv_str name)
{
	const char *word;

	for (int i = 1; (word = zv_cluster_role_name(i)) != NULL; i++) {
		if (!zv_str_eq_c(name, word))
			continue;
		*out = i;
		return true;
	}
	return false;
}

/* --- the row ---------------------------------------------------------------------------------------------------------------- */

static const struct zv_value *value_of(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	return &record->values[zv_register_column(reg, column)];
}

static struct zv_str text_of(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	const struct zv_value *value = value_of(reg, record, column);

	return value->null ? ZV_STR("") : value->s;
}

static int64_t number_of(const struct zv_register *reg, const struct zv_record *record, const char *column, int64_t otherwise)
{
	const struct zv_value *value = value_of(reg, record, column);

	return value->null ? otherwise : value->i;
}

static struct zv_cluster as_cluster(const struct zv_register *reg, const struct zv_record *row)
{
	return (struct zv_cluster){
		.id = row->id,
		.org_id = number_of(reg, row, "org_id", 0),
		.object = zv_sight_object(reg, row),
		.uid = row->uid,
		.name = text_of(reg, row, "name"),
		.name_en = text_of(reg, row, "name_en"),
		.region = text_of(reg, row, "region"),
		.number = text_of(reg, row, "number"),
		.order_no = text_of(reg, row, "order_no"),
		.edition = text_of(reg, row, "edition"),
		.products = text_of(reg, row, "products"),
		.note = text_of(reg, row, "note"),
		.site = text_of(reg, row, "site"),
		.state = (enum zv_cluster_state)number_of(reg, row, "state", ZV_CLUSTER_UNKNOWN),
		.state_on = (zv_date)number_of(reg, row, "state_on", ZV_DATE_NONE),
		.order_on = (zv_date)number_of(reg, row, "order_on", ZV_DATE_NONE),
		.valid_until = (zv_date)number_of(reg, row, "valid_until", ZV_DATE_NONE),
		.members_stated = number_of(reg, row, "members_stated", -1),
		.projects_stated = number_of(reg, row, "projects_stated", -1),
	};
}

enum zv_code zv_cluster_find(struct zv_cluster *out, struct zv_db *db, const struct zv_who *who, struct zv_str name, struct zv_arena *arena,
			     struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("cluster");
	struct zv_record row;
	enum zv_sight sight;
	enum zv_code code = zv_find_seen(&row, &sight, db, who, reg, name, arena, err);

	if (code == ZV_OK)
		*out = as_cluster(reg, &row);
	return code;
}

enum zv_code zv_cluster_by_id(struct zv_cluster *out, struct zv_db *db, int64_t id, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("cluster");
	struct zv_record row;
	enum zv_code code = zv_record_by_id(&row, db, reg, id, arena, err);

	if (code == ZV_OK)
		*out = as_cluster(reg, &row);
	return code;
}

struct zv_str zv_cluster_title(const struct zv_cluster *cluster)
{
	return zv_tr_pick(cluster->name, cluster->name_en);
}

/* --- members ------------------------------------------------------------------------------------------------------------------ */

enum presence { FUTURE, MEMBER, FORMER };

static enum presence presence_of(const struct zv_cluster_member_row *row, zv_date on)
{
	if (row->joined_on != ZV_DATE_NONE && row->joined_on > on)
		return FUTURE;
	return row->left_on != ZV_DATE_NONE && row->left_on < on ? FORMER : MEMBER; /* the last day is a day */
}

/* The later statement about one organisation: who is in goes before who has left, then the later beginning, then the later row. */
static bool is_later(const struct zv_cluster_member_row *a, const struct zv_cluster_member_row *b, zv_date on)
{
	enum presence pa = presence_of(a, on);
	enum presence pb = presence_of(b, on);

	if (pa != pb)
		return pa == MEMBER;
	if (a->joined_on != b->joined_on)
		return a->joined_on > b->joined_on;
	return a->id > b->id;
}

static int by_org(const void *a, const void *b)
{
	const struct zv_cluster_member_row *left = *(const struct zv_cluster_member_row *const *)a;
	const struct zv_cluster_member_row *right = *(const struct zv_cluster_member_row *const *)b;

	if (left->org_id != right->org_id)
		return left->org_id < right->org_id ? -1 : 1;
	return (left->id > right->id) - (left->id < right->id);
}

static int by_name(const void *a, const void *b)
{
	const struct zv_cluster_member *left = a;
	const struct zv_cluster_member *right = b;
	int order = zv_str_cmp(left->org, right->org);

	return order != 0 ? order : (left->org_id > right->org_id) - (left->org_id < right->org_id);
}

static struct zv_cluster_member as_member(const struct zv_cluster_member_row *row)
{
	return (struct zv_cluster_member){
		.org_id = row->org_id,
		.uid = row->uid,
		.org_uid = row->org_uid,
		.org = row->org,
		.region = row->region,
		.org_kind = (int)row->org_kind,
		.role = (int)row->role,
		.joined_on = row->joined_on,
		.left_on = row->left_on,
		.producing = (int)row->producing,
		.agreement = (int)row->agreement,
	};
}

enum zv_code zv_cluster_members(struct zv_cluster_member **out, size_t *n, struct zv_db *db, int64_t cluster_id, zv_date on, bool former,
				struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_cluster_member_row **sorted;
	struct zv_cluster_member_row *rows;
	struct zv_cluster_member *members;
	size_t n_rows = 0, used = 0, kept = 0;
	enum zv_code code = zv_cluster_member_rows(&rows, &n_rows, db, cluster_id, arena, err);

	if (code != ZV_OK)
		return code;
	sorted = ZV_ARENA_ARRAY(arena, const struct zv_cluster_member_row *, n_rows + 1);
	for (size_t i = 0; i < n_rows; i++)
		if (presence_of(&rows[i], on) != FUTURE)
			sorted[used++] = &rows[i];
	qsort(sorted, used, sizeof(*sorted), by_org);
	members = ZV_ARENA_ARRAY(arena, struct zv_cluster_member, used + 1);
	for (size_t i = 0, end; i < used; i = end) {
		const struct zv_cluster_member_row *best = sorted[i];

		for (end = i + 1; end < used && sorted[end]->org_id == best->org_id; end++)
			if (is_later(sorted[end], best, on))
				best = sorted[end];
		if ((presence_of(best, on) == FORMER) == former)
			members[kept++] = as_member(best);
	}
	qsort(members, kept, sizeof(*members), by_name);
	*out = members;
	*n = kept;
	return ZV_OK;
}

/* --- regions -------------------------------------------------------------------------------------------------------------------- */

struct counting {
	struct zv_cluster_region *regions;
	int64_t *last_org; /* who was counted last in that region */
	size_t n;
};

static void count_region(struct counting *counting, struct zv_str code, int64_t org_id)
{
	const struct zv_region *region;
	size_t i = 0;

	if (code.n == 0)
		return;
	while (i < counting->n && !zv_str_eq(counting->regions[i].code, code))
		i++;
	if (i == counting->n) {
		region = zv_region_by_iso(zv_regions_builtin(), code);
		counting->regions[counting->n++] = (struct zv_cluster_region){.code = code, .name = region != NULL ? zv_region_name(region) : code};
	}
	if (counting->last_org[i] == org_id)
		return;
	counting->last_org[i] = org_id;
	counting->regions[i].members++;
}

static int by_members(const void *a, const void *b)
{
	const struct zv_cluster_region *left = a;
	const struct zv_cluster_region *right = b;

	if (left->members != right->members)
		return left->members > right->members ? -1 : 1;
	return zv_str_cmp(left->code, right->code);
}

static enum zv_code count_regions(int *interregional, struct zv_cluster_region **out, size_t *n, struct zv_db *db, int64_t cluster_id,
				  const struct zv_cluster_member *members, size_t n_members, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_cluster_site_row *sites;
	struct counting counting = {0};
	size_t n_sites = 0, placed = 0;
	enum zv_code code = zv_cluster_site_rows(&sites, &n_sites, db, cluster_id, arena, err);

	if (code != ZV_OK)
		return code;
	counting.regions = ZV_ARENA_ARRAY(arena, struct zv_cluster_region, n_members + n_sites + 1);
	counting.last_org = ZV_ARENA_ARRAY(arena, int64_t, n_members + n_sites + 1);
	for (size_t i = 0; i < n_members; i++) {
		bool known = members[i].region.n > 0;

		count_region(&counting, members[i].region, members[i].org_id);
		for (size_t k = 0; k < n_sites; k++)
			if (sites[k].org_id == members[i].org_id) {
				count_region(&counting, sites[k].region, members[i].org_id);
				known = true;
			}
		placed += known;
	}
	qsort(counting.regions, counting.n, sizeof(*counting.regions), by_members);
	*interregional = counting.n >= 2 ? 1 : placed < n_members || n_members == 0 ? -1 : 0;
	*out = counting.regions;
	*n = counting.n;
	return ZV_OK;
}

enum zv_code zv_cluster_regions(int *interregional, struct zv_cluster_region **out, size_t *n, struct zv_db *db, int64_t cluster_id, zv_date on,
				struct zv_arena *arena, struct zv_err *err)
{
	struct zv_cluster_member *members;
	size_t n_members = 0;
	enum zv_code code = zv_cluster_members(&members, &n_members, db, cluster_id, on, false, arena, err);

	return code == ZV_OK ? count_regions(interregional, out, n, db, cluster_id, members, n_members, arena, err) : code;
}

/* --- all of it ------------------------------------------------------------------------------------------------------------------- */

static enum zv_code load_members(struct zv_cluster_profile *out, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_cluster_member *members, *former;
	struct zv_cluster_region *regions;
	enum zv_code code = zv_cluster_members(&members, &out->n_members, db, out->cluster.id, out->on, false, arena, err);

	if (code == ZV_OK)
		code = zv_cluster_members(&former, &out->n_former, db, out->cluster.id, out->on, true, arena, err);
	if (code == ZV_OK)
		code = count_regions(&out->interregional, &regions, &out->n_regions, db, out->cluster.id, members, out->n_members, arena, err);
	if (code != ZV_OK)
		return code;
	out->members = members;
	out->former = former;
	out->regions = regions;
	return ZV_OK;
}

enum zv_code zv_cluster_profile(struct zv_cluster_profile *out, struct zv_db *db, const struct zv_who *who, struct zv_str name, zv_date on,
				struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code;

	*out = (struct zv_cluster_profile){0};
	code = zv_cluster_find(&out->cluster, db, who, name, arena, err);
	if (code == ZV_OK)
		code = zv_as_of(&out->on, db, on, err);
	if (code == ZV_OK)
		code = load_members(out, db, arena, err);
	if (code == ZV_OK)
		code = zv_cluster_parts(out, db, who, arena, err);
	if (code == ZV_OK)
		code = zv_cluster_org_name(&out->specialised_uid, &out->specialised, db, out->cluster.org_id, arena, err);
	if (code != ZV_OK)
		return code;
	out->ordered = out->cluster.order_on == ZV_DATE_NONE || out->cluster.order_on <= out->on;
	out->may.write = zv_may(who, ZV_DO_CLUSTER_WRITE, out->cluster.object);
	out->may.check = zv_may(who, ZV_DO_CHECK, out->cluster.object);
	out->may.invite = zv_may(who, ZV_DO_INVITE, out->cluster.object);
	out->may.apply = zv_may(who, ZV_DO_APPLICATION_WRITE, out->cluster.object);
	out->may.map = zv_may(who, ZV_DO_RECORD_READ, out->cluster.object);
	return ZV_OK;
}
