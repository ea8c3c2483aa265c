/* The search for a place: every object is judged in three values, sorted, and the first ones are told in words. */
#include "app/infra_search.h"

#include <stdlib.h>
#include <string.h>

#include "app/cluster_parts.h"
#include "app/find.h"
#include "app/sight.h"
#include "base/buf.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "model/region.h"
#include "store/infra_read.h"

enum { LIMIT = 50, SERVICES_MAX = 20, PLANNED = 1, ACTING = 2, MICRO_IN_E2 = 10000 };

static const struct {
	const char *name, *label, *unit;
} kinds[ZV_INFRA_CHECKS] = {
	[ZV_INFRA_STATE] = {"state", N_("It is acting"), NULL},
	[ZV_INFRA_REGION] = {"region", N_("Region"), NULL},
	[ZV_INFRA_TECHNOLOGICAL] = {"technological", N_("Technological infrastructure"), NULL},
	[ZV_INFRA_LAND] = {"land_m2", N_("Free land"), N_("m²")},
	[ZV_INFRA_FLOOR] = {"floor_m2", N_("Free floor"), N_("m²")},
	[ZV_INFRA_POWER] = {"power_kw", N_("Electric power"), N_("kW")},
	[ZV_INFRA_GAS] = {"gas_m3h", N_("Gas"), N_("m³/h")},
	[ZV_INFRA_WATER] = {"water_m3d", N_("Water"), N_("m³/day")},
	[ZV_INFRA_RAIL] = {"rail", N_("Railway siding"), NULL},
	[ZV_INFRA_HAZARD] = {"hazard_class", N_("Sanitary class that may stand there"), NULL},
	[ZV_INFRA_SERVICES] = {"services", N_("Services"), NULL},
};

const char *zv_infra_truth_name(enum zv_infra_truth truth)
{
	static const char *const names[] = {"fail", "unknown", "pass"};

	return names[truth];
}

const char *zv_infra_check_name(enum zv_infra_check_kind kind)
{
	return kinds[kind].name;
}

const char *zv_infra_check_label(enum zv_infra_check_kind kind)
{
	return kinds[kind].label;
}

const char *zv_infra_kind_name(int kind)
{
	return zv_cluster_word("infra", "kind", kind);
}

const char *zv_infra_state_name(int state)
{
	return zv_cluster_word("infra", "state", state);
}

/* What is asked for, ready to be compared. */
struct wish {
	struct zv_str region;          /* code; empty: anywhere */
	const struct zv_region *near;  /* NULL: no distances */
	int64_t figures[ZV_INFRA_FIGURES];
	int64_t rail, hazard_class, technological; /* -1: not asked for */
	struct zv_str services[SERVICES_MAX], folded[SERVICES_MAX];
	size_t n_services;
};

struct judged {
	const struct zv_infra_row *row;
	enum zv_infra_truth truths[ZV_INFRA_CHECKS];
	bool asked[ZV_INFRA_CHECKS];
	enum zv_infra_truth fits;
	int not_passed; /* checks that are not PASS */
	int32_t km;
};

/* --- what is asked for ---------------------------------------------------------------------------------------------------------- */

static int64_t number_of(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	const struct zv_value *value = &record->values[zv_register_column(reg, column)];

	return value->null ? -1 : value->i;
}

static void take(int64_t *wish, int64_t project)
{
	if (*wish < 0)
		*wish = project;
}

/* What the project's row says, where nothing was asked for otherwise. A need of nothing is no need. */
static void wish_of_project(struct wish *wish, struct zv_str *services, const struct zv_register *reg, const struct zv_record *project)
{
	static const char *const figures[ZV_INFRA_FIGURES] = {"land_m2", "floor_m2", "power_kw", "gas_m3h", "water_m3d"};
	const struct zv_value *value = &project->values[zv_register_column(reg, "services")];
	const struct zv_value *region = &project->values[zv_register_column(reg, "region")];

	for (int i = 0; i < ZV_INFRA_FIGURES; i++)
		take(&wish->figures[i], number_of(reg, project, figures[i]));
	take(&wish->rail, number_of(reg, project, "rail"));
	take(&wish->hazard_class, number_of(reg, project, "hazard_class"));
	if (services->n == 0 && !value->null)
		*services = value->s;
	if (wish->near == NULL && !region->null)
		wish->near = zv_region_by_iso(zv_regions_builtin(), region->s);
}

static enum zv_code find_project(struct zv_infra_found *out, struct wish *wish, struct zv_str *services, struct zv_db *db, const struct zv_who *who,
				 struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project");
	struct zv_record project;
	enum zv_sight sight;
	enum zv_code code;

	if (name.n == 0)
		return ZV_OK;
	code = zv_find_seen(&project, &sight, db, who, reg, name, arena, err);
	if (code != ZV_OK)
		return code;
	out->project_uid = project.uid;
	out->project = project.values[zv_register_column(reg, "name")].s;
	wish_of_project(wish, services, reg, &project);
	return ZV_OK;
}

static enum zv_code find_region(const struct zv_region **out, struct zv_str text, const char *field, struct zv_err *err)
{
	return text.n == 0 ? ZV_OK : zv_regions_find(out, zv_regions_builtin(), text, field, err);
}

static struct zv_str folded(struct zv_str text, struct zv_arena *arena)
{
	struct zv_buf buf;
	struct zv_str out;

	zv_buf_init(&buf, 0);
	zv_utf8_fold(&buf, text);
	out = zv_str_dup(arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return out;
}

static void split_services(struct wish *wish, struct zv_str text, struct zv_arena *arena)
{
	char *plain = zv_arena_alloc(arena, text.n + 1);
	struct zv_str rest = {plain, text.n};
	struct zv_str word;

	for (size_t i = 0; i < text.n; i++)
		plain[i] = text.p[i] == ';' ? ',' : text.p[i];
	if (text.n == 0)
		return;
	while (wish->n_services < SERVICES_MAX && zv_str_split(&word, &rest, ',')) {
		word = zv_str_trim(word);
		if (word.n == 0)
			continue;
		wish->services[wish->n_services] = word;
		wish->folded[wish->n_services++] = folded(word, arena);
	}
}

static enum zv_code read_wish(struct zv_infra_found *out, struct wish *wish, struct zv_db *db, const struct zv_who *who, const struct zv_infra_ask *ask,
			      struct zv_arena *arena, struct zv_err *err)
{
	const int64_t figures[ZV_INFRA_FIGURES] = {ask->land_m2, ask->floor_m2, ask->power_kw, ask->gas_m3h, ask->water_m3d};
	struct zv_str services = zv_str_trim(ask->services);
	const struct zv_region *region = NULL;
	enum zv_code code = find_region(&region, ask->region, "region", err);

	*wish = (struct wish){.rail = ask->rail, .hazard_class = ask->hazard_class, .technological = ask->technological};
	memcpy(wish->figures, figures, sizeof(figures));
	if (code == ZV_OK)
		code = find_region(&wish->near, ask->near, "near", err);
	if (code == ZV_OK)
		code = find_project(out, wish, &services, db, who, ask->project, arena, err);
	if (code != ZV_OK)
		return code;
	if (region != NULL)
		wish->region = region->iso;
	if (wish->near == NULL)
		wish->near = region;
	split_services(wish, services, arena);
	return ZV_OK;
}

/* --- judging ---------------------------------------------------------------------------------------------------------------------- */

static void set(struct judged *j, enum zv_infra_check_kind kind, enum zv_infra_truth truth)
{
	j->asked[kind] = true;
	j->truths[kind] = truth;
	j->not_passed += truth != ZV_INFRA_PASS;
	if (truth < j->fits)
		j->fits = truth;
}

static enum zv_infra_truth truth_of(bool known, bool holds)
{
	return !known ? ZV_INFRA_UNKNOWN : holds ? ZV_INFRA_PASS : ZV_INFRA_FAIL;
}

static bool offers(const struct wish *wish, struct zv_str have, size_t service)
{
	return zv_str_find(have, wish->folded[service]) >= 0;
}

static enum zv_infra_truth judge_services(const struct wish *wish, struct zv_str services, struct zv_buf *buf)
{
	if (services.n == 0)
		return ZV_INFRA_UNKNOWN;
	zv_buf_reset(buf);
	zv_utf8_fold(buf, services);
	for (size_t i = 0; i < wish->n_services; i++)
		if (!offers(wish, zv_buf_str(buf), i))
			return ZV_INFRA_FAIL;
	return ZV_INFRA_PASS;
}

static int32_t distance(const struct wish *wish, const struct zv_infra_row *row)
{
	const struct zv_region *region = row->placed ? NULL : zv_region_by_iso(zv_regions_builtin(), row->region);

	if (wish->near == NULL || (!row->placed && region == NULL))
		return -1;
	if (!row->placed)
		return zv_region_km(wish->near, region);
	/* By road, as zv_region_km estimates it. */
	return (zv_geo_km(wish->near->lat_e2, wish->near->lon_e2, (int32_t)(row->lat_micro / MICRO_IN_E2), (int32_t)(row->lon_micro / MICRO_IN_E2)) * 5 + 2) / 4;
}

static void judge(struct judged *j, const struct wish *wish, const struct zv_infra_row *row, struct zv_buf *buf)
{
	*j = (struct judged){.row = row, .fits = ZV_INFRA_PASS, .km = distance(wish, row)};
	/* What is only planned may be ready in time: that is to be asked. */
	set(j, ZV_INFRA_STATE, row->state == ACTING ? ZV_INFRA_PASS : ZV_INFRA_UNKNOWN);
	if (wish->region.n > 0)
		set(j, ZV_INFRA_REGION, truth_of(row->region.n > 0, zv_str_eq(row->region, wish->region)));
	if (wish->technological > 0)
		set(j, ZV_INFRA_TECHNOLOGICAL, truth_of(row->technological >= 0, row->technological > 0));
	for (int i = 0; i < ZV_INFRA_FIGURES; i++)
		if (wish->figures[i] > 0)
			set(j, (enum zv_infra_check_kind)(ZV_INFRA_LAND + i), truth_of(row->figures[i] >= 0, row->figures[i] >= wish->figures[i]));
	if (wish->rail > 0)
		set(j, ZV_INFRA_RAIL, truth_of(row->rail >= 0, row->rail > 0));
	if (wish->hazard_class > 0)
		set(j, ZV_INFRA_HAZARD, truth_of(row->hazard_class > 0, row->hazard_class <= wish->hazard_class));
	if (wish->n_services > 0)
		set(j, ZV_INFRA_SERVICES, judge_services(wish, row->services, buf));
}

/* What fits first; then fewer open questions or failures; then nearer; then by name. */
static int better(const void *a, const void *b)
{
	const struct judged *left = a;
	const struct judged *right = b;
	int order;

	if (left->fits != right->fits)
		return left->fits > right->fits ? -1 : 1;
	if (left->not_passed != right->not_passed)
		return left->not_passed < right->not_passed ? -1 : 1;
	if (left->km != right->km)
		return (uint32_t)left->km < (uint32_t)right->km ? -1 : 1; /* not known, -1, is the farthest */
	order = zv_str_cmp(left->row->name, right->row->name);
	return order != 0 ? order : (left->row->id > right->row->id) - (left->row->id < right->row->id);
}

/* --- in words ---------------------------------------------------------------------------------------------------------------------- */

static struct zv_str yes_no(bool yes)
{
	return zv_str_c(zv_tr(yes ? N_("yes") : N_("no")));
}

static struct zv_str figure(int64_t value, enum zv_infra_check_kind kind, struct zv_arena *arena)
{
	return value < 0 ? ZV_STR("") : zv_arena_strf(arena, "%" PRId64 " %s", value, zv_tr(kinds[kind].unit));
}

static struct zv_str region_name(struct zv_str code)
{
	const struct zv_region *region = zv_region_by_iso(zv_regions_builtin(), code);

	return region != NULL ? zv_region_name(region) : code;
}

static struct zv_str class_text(int64_t class, struct zv_arena *arena)
{
	static const char *const roman[] = {"I", "II", "III", "IV", "V"};

	return class < 1 || class > (int64_t)ZV_LEN(roman) ? ZV_STR("") : zv_arena_strf(arena, "%s", roman[class - 1]);
}

static struct zv_str all_services(const struct wish *wish, struct zv_arena *arena)
{
	struct zv_str text = ZV_STR("");

	for (size_t i = 0; i < wish->n_services; i++)
		text = zv_arena_strf(arena, "%.*s%s%.*s", ZV_STR_FMT(text), i > 0 ? ", " : "", ZV_STR_FMT(wish->services[i]));
	return text;
}

static void tell(struct zv_infra_check *check, const struct wish *wish, const struct zv_infra_row *row, struct zv_arena *arena)
{
	int at = (int)check->kind - ZV_INFRA_LAND;

	switch (check->kind) {
	case ZV_INFRA_STATE:
		check->need = yes_no(true);
		check->have = zv_str_c(zv_tr(row->state == PLANNED ? N_("planned only") : N_("yes")));
		break;
	case ZV_INFRA_REGION:
		check->need = region_name(wish->region);
		check->have = region_name(row->region);
		break;
	case ZV_INFRA_TECHNOLOGICAL:
		check->need = yes_no(true);
		check->have = row->technological < 0 ? ZV_STR("") : yes_no(row->technological > 0);
		break;
	case ZV_INFRA_RAIL:
		check->need = yes_no(true);
		check->have = row->rail < 0 ? ZV_STR("") : yes_no(row->rail > 0);
		break;
	case ZV_INFRA_HAZARD:
		check->need = class_text(wish->hazard_class, arena);
		check->have = class_text(row->hazard_class, arena);
		break;
	case ZV_INFRA_SERVICES:
		check->need = all_services(wish, arena);
		check->have = row->services;
		break;
	default:
		check->need = figure(wish->figures[at], check->kind, arena);
		check->have = figure(row->figures[at], check->kind, arena);
		break;
	}
}

static struct zv_infra_place as_place(const struct judged *j, const struct wish *wish, struct zv_arena *arena)
{
	struct zv_infra_check *checks = ZV_ARENA_ARRAY(arena, struct zv_infra_check, ZV_INFRA_CHECKS);
	size_t n = 0;

	for (int kind = 0; kind < ZV_INFRA_CHECKS; kind++) {
		if (!j->asked[kind])
			continue;
		checks[n] = (struct zv_infra_check){.kind = (enum zv_infra_check_kind)kind, .truth = j->truths[kind]};
		tell(&checks[n++], wish, j->row, arena);
	}
	return (struct zv_infra_place){
		.id = j->row->id,
		.uid = j->row->uid,
		.name = zv_tr_pick(j->row->name, j->row->name_en),
		.region = j->row->region,
		.kind = (int)j->row->kind,
		.state = (int)j->row->state,
		.technological = (int)j->row->technological,
		.fits = j->fits,
		.km = j->km,
		.checks = checks,
		.n_checks = n,
	};
}

/* --- all of it ------------------------------------------------------------------------------------------------------------------- */

static void judge_all(struct zv_infra_found *out, struct judged *judged, const struct wish *wish, const struct zv_infra_row *rows, size_t n)
{
	struct zv_buf buf;

	zv_buf_init(&buf, 0);
	for (size_t i = 0; i < n; i++) {
		judge(&judged[i], wish, &rows[i], &buf);
		out->n_fits += judged[i].fits == ZV_INFRA_PASS;
		out->n_unknown += judged[i].fits == ZV_INFRA_UNKNOWN;
		out->n_unfit += judged[i].fits == ZV_INFRA_FAIL;
	}
	zv_buf_done(&buf);
	qsort(judged, n, sizeof(*judged), better);
}

enum zv_code zv_infra_search(struct zv_infra_found *out, struct zv_db *db, const struct zv_who *who, const struct zv_infra_ask *ask,
			     struct zv_arena *arena, struct zv_err *err)
{
	size_t limit = ask->limit > 0 ? ask->limit : LIMIT;
	struct zv_infra_place *places;
	struct zv_infra_row *rows;
	struct judged *judged;
	struct wish wish;
	size_t n = 0;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_CLUSTER_READ, err);

	*out = (struct zv_infra_found){0};
	if (code == ZV_OK)
		code = read_wish(out, &wish, db, who, ask, arena, err);
	if (code == ZV_OK)
		code = zv_infra_rows(&rows, &n, db, arena, err);
	if (code != ZV_OK)
		return code;
	judged = ZV_ARENA_ARRAY(arena, struct judged, n + 1);
	judge_all(out, judged, &wish, rows, n);
	out->n = n < limit ? n : limit;
	places = ZV_ARENA_ARRAY(arena, struct zv_infra_place, out->n + 1);
	for (size_t i = 0; i < out->n; i++)
		places[i] = as_place(&judged[i], &wish, arena);
	out->places = places;
	return ZV_OK;
}
