/* The facts of an organisation on a day: itself, its cluster, a project with the cost lines that it bears, support that it has received. */
#include <string.h>

#include "app/facts_inner.h"
#include "model/price.h"

#define SAID "SELECT f.row_id, f.field, f.status, f.said_on, f.batch_id, f.line FROM "
#define ROWS(table, entity, tail) {"SELECT x.* FROM " table " x " tail " ORDER BY x.id", \
	SAID table " x JOIN fact f ON f.entity = " entity " AND f.row_id = x.id " tail " AND f.state = 1"}

static const struct zv_facts_query of_org = ROWS("org", "1", "WHERE x.id = $1");
static const struct zv_facts_query of_memberships = ROWS("cluster_member", "15", "WHERE x.org_id = $1");
static const struct zv_facts_query of_years = ROWS("org_year", "18", "WHERE x.org_id = $1");
static const struct zv_facts_query of_project = ROWS("project", "19", "WHERE x.id = $1");
static const struct zv_facts_query of_project_members = {"SELECT x.* FROM project_member x WHERE x.project_id = $1 ORDER BY x.id", NULL};
static const struct zv_facts_query of_costs = ROWS("project_cost", "21", "WHERE x.project_id = $1");
static const struct zv_facts_query of_received = ROWS("received", "25", "WHERE x.org_id = $1");
static const struct zv_facts_query of_statements = ROWS("statement", "24", "WHERE x.org_id = $1");
static const struct zv_facts_query of_project_statements = ROWS("statement", "24", "WHERE x.project_id = $1");
static const struct zv_facts_query of_cluster = ROWS("cluster", "13", "WHERE x.id = $1");

/* The clusters that an organisation is in on the day. */
struct place {
	int64_t cluster_id;
	const struct zv_record *row; /* NULL: supposed */
	int role;
	int in_register; /* 1, 0, -1 */
};
enum { PLACES_MAX = 32 };
struct places {
	struct place list[PLACES_MAX];
	int n;
};

struct loading {
	struct zv_facts_making *m;
	int64_t org_id, project_id;
	struct places places; /* of the organisation */
	const struct zv_register *org, *member, *project, *cost;
	int64_t next_key; /* of supposed cost lines */
};

static int64_t number(const struct zv_register *reg, const struct zv_record *record, const char *column, int64_t otherwise)
{
	const struct zv_value *value = zv_facts_value(reg, record, column);

	return value->null ? otherwise : value->i;
}

static struct zv_str text(const struct zv_register *reg, const struct zv_record *record, const char *column)
{
	const struct zv_value *value = zv_facts_value(reg, record, column);

	return value->null ? ZV_STR("") : value->s;
}

static enum zv_code uid_of(struct zv_str *uid, struct zv_str *name, struct loading *l, const char *register_name, int64_t id, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find(register_name);
	struct zv_record record;
	enum zv_code code;

	*uid = *name = ZV_STR("");
	if (id == 0)
		return ZV_OK;
	code = zv_record_by_id(&record, l->m->db, reg, id, l->m->arena, err);
	if (code == ZV_OK) {
		*uid = record.uid;
		*name = text(reg, &record, "name");
	}
	return code;
}

/* --- clusters --------------------------------------------------------------------------------------------------------------------- */

static bool leaves(const struct loading *l, int64_t org_id, int64_t cluster_id)
{
	for (size_t i = 0; i < l->m->ask->n_edits; i++) {
		const struct zv_facts_edit *edit = &l->m->ask->edits[i];

		if (edit->kind == ZV_FACTS_LEAVE && edit->org_id == org_id && (edit->cluster_id == 0 || edit->cluster_id == cluster_id))
			return true;
	}
	return false;
}

static enum zv_code put_place(struct places *out, struct loading *l, int64_t cluster_id, const struct zv_record *row, int role, struct zv_err *err)
{
	for (int i = 0; i < out->n; i++)
		if (out->list[i].cluster_id == cluster_id)
			return ZV_OK;
	if (out->n == PLACES_MAX)
		return ZV_OK; /* nobody is in so many */
	out->list[out->n] = (struct place){.cluster_id = cluster_id, .row = row, .role = role};
	return zv_facts_in_register(&out->list[out->n++].in_register, l->m, cluster_id, err);
}

static enum zv_code find_places(struct places *out, struct loading *l, int64_t org_id, struct zv_err *err)
{
	struct zv_record *rows;
	size_t n = 0;
	enum zv_code code = zv_facts_load(&rows, &n, l->m, l->member, &of_memberships, org_id, err);

	out->n = 0;
	/* The latest membership first: it counts when there are several. */
	for (size_t i = n; i-- > 0 && code == ZV_OK;) {
		const struct zv_value *joined = zv_facts_value(l->member, &rows[i], "joined_on"), *left = zv_facts_value(l->member, &rows[i], "left_on");
		int64_t cluster_id = number(l->member, &rows[i], "cluster_id", 0);

		if ((!joined->null && joined->i > l->m->ask->on) || (!left->null && left->i < l->m->ask->on) || leaves(l, org_id, cluster_id))
			continue;
		code = put_place(out, l, cluster_id, &rows[i], (int)number(l->member, &rows[i], "role", 0), err);
	}
	for (size_t i = 0; i < l->m->ask->n_edits && code == ZV_OK; i++) {
		const struct zv_facts_edit *edit = &l->m->ask->edits[i];

		if (edit->kind == ZV_FACTS_JOIN && edit->org_id == org_id && edit->cluster_id != 0)
			code = put_place(out, l, edit->cluster_id, NULL, edit->role, err);
	}
	return code;
}

/* The one that is told of: of the register before others. */
static const struct place *first_place(const struct places *places)
{
	for (int i = 0; i < places->n; i++)
		if (places->list[i].in_register == 1)
			return &places->list[i];
	return places->n > 0 ? &places->list[0] : NULL;
}

static enum zv_code add_cluster(struct loading *l, int64_t cluster_id, int in_register, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("cluster");
	struct zv_rules_cell *c;
	struct zv_record *rows;
	size_t n = 0;
	enum zv_code code = zv_facts_load(&rows, &n, l->m, reg, &of_cluster, cluster_id, err);

	if (code == ZV_OK && n > 0)
		code = zv_facts_row(&c, l->m, ZV_FACTS_T_CLUSTER, reg, rows, rows->uid, text(reg, rows, "name"), err);
	if (code != ZV_OK || n == 0)
		return code;
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_name], reg, rows, "name");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_number], reg, rows, "number");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_order_no], reg, rows, "order_no");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_order_on], reg, rows, "order_on");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_edition], reg, rows, "edition");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_valid_until], reg, rows, "valid_until");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_members_stated], reg, rows, "members_stated");
	zv_facts_from(l->m, &c[ZV_F_CLUSTER_projects_stated], reg, rows, "projects_stated");
	if (in_register >= 0)
		zv_facts_number(&c[ZV_F_CLUSTER_in_register], in_register);
	return ZV_OK;
}

/* --- the organisation -------------------------------------------------------------------------------------------------------------- */

/* The latest stated value of a yearly figure before the day, with its own origin. */
static enum zv_code latest_figure(struct zv_rules_cell *cell, struct loading *l, const struct zv_record *years, size_t n, const char *column, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("org_year");
	const struct zv_record *best = NULL;
	int year, month, day;

	zv_date_to_civil(&year, &month, &day, l->m->ask->on);
	for (size_t i = 0; i < n; i++)
		if (!zv_facts_value(reg, &years[i], column)->null && number(reg, &years[i], "year", 0) < year &&
		    (best == NULL || number(reg, &years[i], "year", 0) >= number(reg, best, "year", 0)))
			best = &years[i];
	if (best == NULL)
		return ZV_OK;
	zv_facts_from(l->m, cell, reg, best, column);
	return cell->origin < 0 ? zv_facts_origin(&cell->origin, l->m, reg, best, NULL, ZV_STR(""), err) : ZV_OK;
}

static enum zv_code add_place(struct loading *l, struct zv_rules_cell *c, struct zv_err *err)
{
	const struct place *place = first_place(&l->places);
	struct zv_str uid, name;
	int in = 0;
	enum zv_code code;

	for (int i = 0; i < l->places.n; i++)
		if (l->places.list[i].in_register == 1)
			in = 1;
		else if (l->places.list[i].in_register < 0 && in == 0)
			in = -1;
	/* The register of members says who is in a cluster; who is not there is in none. */
	zv_facts_number(&c[ZV_F_ORG_in_cluster], l->places.n > 0);
	if (in >= 0)
		zv_facts_number(&c[ZV_F_ORG_in_register], in);
	if (place == NULL)
		return ZV_OK;
	code = uid_of(&uid, &name, l, "cluster", place->cluster_id, err);
	zv_facts_text(&c[ZV_F_ORG_cluster], uid);
	if (place->role > 0)
		zv_facts_text(&c[ZV_F_ORG_role], zv_str_c(l->member->columns[zv_register_column(l->member, "role")].words[place->role]));
	if (place->row != NULL)
		zv_facts_from(l->m, &c[ZV_F_ORG_joined], l->member, place->row, "joined_on");
	else
		zv_facts_number(&c[ZV_F_ORG_joined], l->m->ask->on);
	if (place->row != NULL && code == ZV_OK) {
		int32_t origin = -1;

		code = zv_facts_origin(&origin, l->m, l->member, place->row, NULL, ZV_STR(""), err);
		c[ZV_F_ORG_in_cluster].origin = c[ZV_F_ORG_in_register].origin = c[ZV_F_ORG_cluster].origin = c[ZV_F_ORG_role].origin = origin;
	}
	return code;
}

static enum zv_code add_org(struct loading *l, struct zv_err *err)
{
	struct zv_rules_cell *c;
	struct zv_record *rows, *years;
	size_t n = 0, n_years = 0;
	enum zv_code code = zv_facts_load(&rows, &n, l->m, l->org, &of_org, l->org_id, err);

	if (code == ZV_OK && n == 0)
		code = zv_fail(err, ZV_E_NOTFOUND, "org", N_("There is no such organisation."));
	if (code == ZV_OK)
		code = zv_facts_load(&years, &n_years, l->m, zv_register_find("org_year"), &of_years, l->org_id, err);
	if (code == ZV_OK)
		code = zv_facts_row(&c, l->m, ZV_FACTS_T_ORG, l->org, rows, rows->uid, text(l->org, rows, "name"), err);
	if (code != ZV_OK)
		return code;
	zv_facts_text(&c[ZV_F_ORG_uid], rows->uid);
	zv_facts_from(l->m, &c[ZV_F_ORG_name], l->org, rows, "name");
	zv_facts_from(l->m, &c[ZV_F_ORG_inn], l->org, rows, "inn");
	zv_facts_from(l->m, &c[ZV_F_ORG_kind], l->org, rows, "kind");
	zv_facts_from(l->m, &c[ZV_F_ORG_region], l->org, rows, "region");
	zv_facts_from(l->m, &c[ZV_F_ORG_okved], l->org, rows, "okved");
	zv_facts_text(&c[ZV_F_ORG_district], zv_facts_district(text(l->org, rows, "region")));
	code = add_place(l, c, err);
	if (code == ZV_OK)
		code = latest_figure(&c[ZV_F_ORG_staff], l, years, n_years, "staff", err);
	if (code == ZV_OK)
		code = latest_figure(&c[ZV_F_ORG_shipped], l, years, n_years, "shipped_kop", err);
	if (code == ZV_OK && first_place(&l->places) != NULL)
		code = add_cluster(l, first_place(&l->places)->cluster_id, first_place(&l->places)->in_register, err);
	return code;
}

/* --- the project ---------------------------------------------------------------------------------------------------------------------- */

static int64_t months_between(int64_t from, int64_t to)
{
	int y1, m1, d1, y2, m2, d2;

	zv_date_to_civil(&y1, &m1, &d1, (zv_date)from);
	zv_date_to_civil(&y2, &m2, &d2, (zv_date)to);
	return (int64_t)(y2 - y1) * 12 + (m2 - m1) - (d2 < d1);
}

static enum zv_code count_members(int64_t *out, struct loading *l, const struct zv_record *project, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("project_member");
	int64_t initiator = number(l->project, project, "org_id", 0);
	struct zv_record *rows;
	size_t n = 0;
	enum zv_code code = zv_facts_load(&rows, &n, l->m, reg, &of_project_members, project->id, err);

	*out = initiator != 0;
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		int64_t org = number(reg, &rows[i], "org_id", 0);
		bool again = org == initiator;

		for (size_t j = 0; j < i && !again; j++)
			again = number(reg, &rows[j], "org_id", 0) == org;
		*out += !again;
	}
	return code;
}

static enum zv_code add_project(struct loading *l, struct zv_err *err)
{
	static const struct {
		int field;
		const char *column;
	} plain[] = {
		{ZV_F_PROJECT_name, "name"},     {ZV_F_PROJECT_kind, "kind"},	    {ZV_F_PROJECT_state, "state"},	 {ZV_F_PROJECT_okpd2, "okpd2"},
		{ZV_F_PROJECT_region, "region"}, {ZV_F_PROJECT_import_substitution, "import_substitution"}, {ZV_F_PROJECT_passport, "passport"},
		{ZV_F_PROJECT_budget, "budget_kop"}, {ZV_F_PROJECT_capex, "capex_kop"}, {ZV_F_PROJECT_loan, "loan_kop"},
		{ZV_F_PROJECT_own_percent, "own_percent"}, {ZV_F_PROJECT_loan_months, "loan_months"}, {ZV_F_PROJECT_starts, "starts_on"}, {ZV_F_PROJECT_ends, "ends_on"},
	};
	enum { JOINT = 1 };
	struct zv_rules_cell *c;
	struct zv_record *rows;
	struct zv_str uid, name;
	int64_t members = 0, cluster_id, from, to;
	size_t n = 0;
	int in = -1;
	enum zv_code code = zv_facts_load(&rows, &n, l->m, l->project, &of_project, l->project_id, err);

	if (code == ZV_OK && n == 0)
		code = zv_fail(err, ZV_E_NOTFOUND, "project", N_("There is no such project."));
	if (code == ZV_OK)
		code = count_members(&members, l, rows, err);
	if (code == ZV_OK)
		code = zv_facts_row(&c, l->m, ZV_FACTS_T_PROJECT, l->project, rows, rows->uid, text(l->project, rows, "name"), err);
	if (code != ZV_OK)
		return code;
	zv_facts_text(&c[ZV_F_PROJECT_uid], rows->uid);
	for (size_t i = 0; i < ZV_LEN(plain); i++)
		zv_facts_from(l->m, &c[plain[i].field], l->project, rows, plain[i].column);
	zv_facts_text(&c[ZV_F_PROJECT_district], zv_facts_district(text(l->project, rows, "region")));
	zv_facts_number(&c[ZV_F_PROJECT_joint], number(l->project, rows, "kind", 0) == JOINT);
	zv_facts_number(&c[ZV_F_PROJECT_members], members);
	from = number(l->project, rows, "starts_on", INT64_MIN);
	to = number(l->project, rows, "ends_on", INT64_MIN);
	if (from != INT64_MIN && to != INT64_MIN && to >= from)
		zv_facts_number(&c[ZV_F_PROJECT_term_months], months_between(from, to));
	cluster_id = number(l->project, rows, "cluster_id", 0);
	if (cluster_id == 0) {
		zv_facts_number(&c[ZV_F_PROJECT_in_register], 0);
		return ZV_OK;
	}
	code = uid_of(&uid, &name, l, "cluster", cluster_id, err);
	zv_facts_text(&c[ZV_F_PROJECT_cluster], uid);
	if (code == ZV_OK)
		code = zv_facts_in_register(&in, l->m, cluster_id, err);
	if (in >= 0)
		zv_facts_number(&c[ZV_F_PROJECT_in_register], in);
	return code;
}

/* --- costs ---------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code add_common(struct loading *l, struct zv_rules_cell *c, int64_t supplier_id, struct zv_err *err)
{
	struct places theirs = {0};
	struct zv_str uid, name;
	bool same = false, maybe = false, registered = false;
	enum zv_code code;

	if (supplier_id == 0)
		return ZV_OK;
	code = uid_of(&uid, &name, l, "org", supplier_id, err);
	if (code == ZV_OK)
		code = find_places(&theirs, l, supplier_id, err);
	if (code != ZV_OK)
		return code;
	zv_facts_text(&c[ZV_F_COSTS_supplier], uid);
	for (int i = 0; i < l->places.n; i++)
		for (int j = 0; j < theirs.n; j++) {
			if (l->places.list[i].cluster_id != theirs.list[j].cluster_id)
				continue;
			same = true;
			registered |= l->places.list[i].in_register == 1;
			maybe |= l->places.list[i].in_register < 0;
		}
	zv_facts_number(&c[ZV_F_COSTS_same_cluster], same);
	if (registered || !maybe)
		zv_facts_number(&c[ZV_F_COSTS_same_registered_cluster], registered);
	return ZV_OK;
}

/* Does the edit speak of this line? A category is of all its lines, but more is bought at the first one that has a price. */
static bool adds_to(const struct zv_facts_edit *edit, const struct zv_register *reg, const struct zv_record *row, bool taken)
{
	if (edit->kind != ZV_FACTS_COST || edit->qty_base <= 0)
		return false;
	if (edit->cost_id != 0)
		return edit->cost_id == row->id;
	return !taken && zv_str_eq(edit->name, text(reg, row, "category")) && number(reg, row, "price_per", 0) > 0;
}

static enum zv_code add_more(struct loading *l, struct zv_rules_cell *sum, const struct zv_record *row, bool *taken, struct zv_err *err)
{
	struct zv_price price = {number(l->cost, row, "price_kop", -1), number(l->cost, row, "price_per", 0)};

	for (size_t i = 0; i < l->m->ask->n_edits; i++) {
		int64_t more;

		if (!adds_to(&l->m->ask->edits[i], l->cost, row, taken[i]))
			continue;
		taken[i] = true;
		if (price.kop < 0 || price.per <= 0)
			return zv_fail(err, ZV_E_INVALID, "add", N_("The cost line “%.*s” has no price: say by how much money it grows."), ZV_STR_FMT(text(l->cost, row, "title")));
		if (!zv_price_total(&more, price, l->m->ask->edits[i].qty_base) || __builtin_add_overflow(sum->lo, more, &sum->lo) ||
		    __builtin_add_overflow(sum->hi, more, &sum->hi))
			return zv_fail(err, ZV_E_LIMIT, "add", N_("The sum of this cost line is too large."));
		sum->origin = -1;
	}
	return ZV_OK;
}

static enum zv_code add_cost(struct loading *l, const struct zv_record *row, bool *taken, struct zv_err *err)
{
	struct zv_rules_cell *c;
	struct zv_str uid, name, title = text(l->cost, row, "title");
	int64_t low = number(l->cost, row, "sum_kop", -1);
	enum zv_code code = zv_facts_row(&c, l->m, ZV_FACTS_T_COSTS, l->cost, row, row->uid, title.n > 0 ? title : text(l->cost, row, "category"), err);

	if (code == ZV_OK)
		code = uid_of(&uid, &name, l, "org", number(l->cost, row, "org_id", 0), err);
	if (code != ZV_OK)
		return code;
	zv_facts_text(&c[ZV_F_COSTS_org], uid);
	zv_facts_from(l->m, &c[ZV_F_COSTS_category], l->cost, row, "category");
	zv_facts_from(l->m, &c[ZV_F_COSTS_title], l->cost, row, "title");
	zv_facts_from(l->m, &c[ZV_F_COSTS_paid], l->cost, row, "paid_on");
	if (low >= 0) {
		zv_facts_from(l->m, &c[ZV_F_COSTS_sum], l->cost, row, "sum_kop");
		c[ZV_F_COSTS_sum].hi = number(l->cost, row, "sum_max_kop", low);
		code = add_more(l, &c[ZV_F_COSTS_sum], row, taken, err);
	}
	return code == ZV_OK ? add_common(l, c, number(l->cost, row, "supplier_id", 0), err) : code;
}

/* A line that is supposed: a category and a sum. */
static enum zv_code add_supposed(struct loading *l, const struct zv_facts_edit *edit, struct zv_err *err)
{
	struct zv_rules_cell *c;
	struct zv_str uid, name, key = zv_arena_strf(l->m->arena, "+%lld", (long long)++l->next_key);
	enum zv_code code = zv_facts_row(&c, l->m, ZV_FACTS_T_COSTS, NULL, NULL, key, edit->name, err);

	if (code == ZV_OK)
		code = uid_of(&uid, &name, l, "org", l->org_id, err);
	if (code != ZV_OK)
		return code;
	zv_facts_text(&c[ZV_F_COSTS_org], uid);
	zv_facts_text(&c[ZV_F_COSTS_category], edit->name);
	zv_facts_text(&c[ZV_F_COSTS_title], edit->value.n > 0 ? edit->value : edit->name);
	zv_facts_number(&c[ZV_F_COSTS_sum], edit->sum_kop);
	return ZV_OK;
}

static enum zv_code add_costs(struct loading *l, struct zv_err *err)
{
	bool *taken = ZV_ARENA_ARRAY(l->m->arena, bool, l->m->ask->n_edits + 1);
	struct zv_record *rows = NULL;
	size_t n = 0;
	enum zv_code code = l->project_id != 0 ? zv_facts_load(&rows, &n, l->m, l->cost, &of_costs, l->project_id, err) : ZV_OK;

	for (size_t i = 0; i < n && code == ZV_OK; i++)
		if (number(l->cost, &rows[i], "org_id", 0) == l->org_id)
			code = add_cost(l, &rows[i], taken, err);
	for (size_t i = 0; i < l->m->ask->n_edits && code == ZV_OK; i++) {
		const struct zv_facts_edit *edit = &l->m->ask->edits[i];

		if (edit->kind != ZV_FACTS_COST || taken[i])
			continue;
		if (edit->sum_kop > 0)
			code = add_supposed(l, edit, err);
		else if (edit->qty_base > 0)
			code = zv_fail(err, ZV_E_INVALID, "add", N_("There is no cost line with a price in the category “%.*s”: say by how much money it grows."),
				       ZV_STR_FMT(zv_str_first(edit->name, 60)));
	}
	return code;
}

/* --- received ------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code add_received(struct loading *l, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("received");
	struct zv_record *rows;
	size_t n = 0;
	enum zv_code code = zv_facts_load(&rows, &n, l->m, reg, &of_received, l->org_id, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		const struct zv_value *on = zv_facts_value(reg, &rows[i], "received_on");
		struct zv_rules_cell *c;
		int year, month, day;

		if (!on->null && on->i > l->m->ask->on)
			continue;
		code = zv_facts_row(&c, l->m, ZV_FACTS_T_RECEIVED, reg, &rows[i], rows[i].uid, text(reg, &rows[i], "measure"), err);
		if (code != ZV_OK)
			break;
		zv_facts_from(l->m, &c[ZV_F_RECEIVED_measure], reg, &rows[i], "measure");
		zv_facts_from(l->m, &c[ZV_F_RECEIVED_sum], reg, &rows[i], "sum_kop");
		zv_facts_from(l->m, &c[ZV_F_RECEIVED_on], reg, &rows[i], "received_on");
		if (on->null)
			continue;
		zv_date_to_civil(&year, &month, &day, (zv_date)on->i);
		zv_facts_number(&c[ZV_F_RECEIVED_year], year);
	}
	return code;
}

/* --- all of it ------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code state(struct loading *l, const struct zv_facts_query *query, int64_t id, struct zv_err *err)
{
	struct zv_record *rows;
	size_t n = 0;
	enum zv_code code = zv_facts_load(&rows, &n, l->m, zv_register_find("statement"), query, id, err);

	return code == ZV_OK ? zv_facts_statements(l->m, rows, n, err) : code;
}

static enum zv_code make(struct loading *l, struct zv_err *err)
{
	enum zv_code code = find_places(&l->places, l, l->org_id, err);

	if (code == ZV_OK)
		code = add_org(l, err);
	if (code == ZV_OK && l->project_id != 0)
		code = add_project(l, err);
	if (code == ZV_OK)
		code = add_costs(l, err);
	if (code == ZV_OK)
		code = add_received(l, err);
	if (code == ZV_OK)
		code = state(l, &of_statements, l->org_id, err);
	if (code == ZV_OK && l->project_id != 0)
		code = state(l, &of_project_statements, l->project_id, err);
	return code == ZV_OK ? zv_facts_state_edits(l->m, err) : code;
}

enum zv_code zv_facts_org(struct zv_rules_facts *out, struct zv_db *db, int64_t org_id, int64_t project_id, const struct zv_facts_ask *ask,
			  struct zv_arena *arena, struct zv_err *err)
{
	static const enum zv_facts_table elsewhere[] = {ZV_FACTS_T_MEMBERS, ZV_FACTS_T_CONTRACTS, ZV_FACTS_T_DELIVERIES, ZV_FACTS_T_YEARS,
							ZV_FACTS_T_OBJECTS, ZV_FACTS_T_PROJECTS,  ZV_FACTS_T_DOCUMENTS};
	struct zv_facts_making m;
	struct loading l = {
		.m = &m,
		.org_id = org_id,
		.project_id = project_id,
		.org = zv_register_find("org"),
		.member = zv_register_find("cluster_member"),
		.project = zv_register_find("project"),
		.cost = zv_register_find("project_cost"),
	};
	enum zv_code code;

	zv_facts_begin(&m, db, ask, arena);
	for (size_t i = 0; i < ZV_LEN(elsewhere); i++)
		m.parts[elsewhere[i]].incomplete = true;
	m.parts[ZV_FACTS_T_COSTS].incomplete = project_id == 0;
	code = make(&l, err);
	if (code == ZV_OK)
		zv_facts_end(out, &m);
	else
		zv_facts_drop(&m);
	return code;
}
