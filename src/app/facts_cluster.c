/*
 * The facts of a cluster on a day. Rows are read by the cluster's id, one query a register; who is a member is decided by the days of joining and leaving
 * and by what is supposed. Yearly figures and deliveries are of one year for everybody: the last full one of which anything was told.
 */
#include <string.h>

#include "app/facts_cluster.h"
#include "app/sight.h"

#define SAID "SELECT f.row_id, f.field, f.status, f.said_on, f.batch_id, f.line FROM "
#define ROWS(table, entity, tail) {"SELECT x.* FROM " table " x " tail " ORDER BY x.id", \
	SAID table " x JOIN fact f ON f.entity = " entity " AND f.row_id = x.id " tail " AND f.state = 1"}

static const struct zv_facts_query of_cluster = ROWS("cluster", "13", "WHERE x.id = $1");
static const struct zv_facts_query of_events = {"SELECT x.* FROM cluster_event x WHERE x.cluster_id = $1 ORDER BY x.happened_on, x.id", NULL};
static const struct zv_facts_query of_members = ROWS("cluster_member", "15", "WHERE x.cluster_id = $1");
static const struct zv_facts_query of_orgs = ROWS("org", "1", "WHERE x.id IN (SELECT m.org_id FROM cluster_member m WHERE m.cluster_id = $1 UNION "
							     "SELECT c.seller_id FROM contract c WHERE c.cluster_id = $1 UNION "
							     "SELECT c.buyer_id FROM contract c WHERE c.cluster_id = $1)");
static const struct zv_facts_query of_org = ROWS("org", "1", "WHERE x.id = $1");
static const struct zv_facts_query of_contracts = ROWS("contract", "16", "WHERE x.cluster_id = $1");
static const struct zv_facts_query of_deliveries = ROWS("delivery", "17", "JOIN contract c ON c.id = x.contract_id WHERE c.cluster_id = $1");
static const struct zv_facts_query of_years =
	ROWS("org_year", "18", "WHERE x.org_id IN (SELECT m.org_id FROM cluster_member m WHERE m.cluster_id = $1)");
static const struct zv_facts_query of_org_years = ROWS("org_year", "18", "WHERE x.org_id = $1");
static const struct zv_facts_query of_sites = {
	"SELECT x.* FROM site x WHERE x.org_id IN (SELECT m.org_id FROM cluster_member m WHERE m.cluster_id = $1) ORDER BY x.id", NULL};
static const struct zv_facts_query of_org_sites = {"SELECT x.* FROM site x WHERE x.org_id = $1 ORDER BY x.id", NULL};
static const struct zv_facts_query of_residents = {"SELECT x.* FROM resident x WHERE x.cluster_id = $1 ORDER BY x.id", NULL};
static const struct zv_facts_query of_infra = ROWS("infra", "22", "WHERE x.id IN (SELECT r.infra_id FROM resident r WHERE r.cluster_id = $1)");
static const struct zv_facts_query of_projects = ROWS("project", "19", "WHERE x.cluster_id = $1");
static const struct zv_facts_query of_project_members = {
	"SELECT x.* FROM project_member x JOIN project p ON p.id = x.project_id WHERE p.cluster_id = $1 ORDER BY x.id", NULL};
static const struct zv_facts_query of_statements = ROWS("statement", "24", "WHERE x.cluster_id = $1");
static const struct zv_facts_query of_reliefs =
	ROWS("statement", "24", "WHERE x.org_id IN (SELECT m.org_id FROM cluster_member m WHERE m.cluster_id = $1) AND x.name = 'org.relief_territory'");
static const struct zv_facts_query of_org_reliefs = ROWS("statement", "24", "WHERE x.org_id = $1 AND x.name = 'org.relief_territory'");

/* --- loading ---------------------------------------------------------------------------------------------------------------------- */

static enum zv_code load(struct facts_rows *out, struct facts_loading *l, const struct zv_register *reg, const struct zv_facts_query *query, int64_t id, struct zv_err *err)
{
	return zv_facts_load(&out->p, &out->n, l->m, reg, query, id, err);
}

static void append(struct facts_rows *to, const struct facts_rows *more, struct zv_arena *arena)
{
	struct zv_record *all;

	if (more->n == 0)
		return;
	all = zv_arena_calloc(arena, to->n + more->n, sizeof(*all));
	if (to->n > 0)
		memcpy(all, to->p, to->n * sizeof(*all));
	memcpy(all + to->n, more->p, more->n * sizeof(*all));
	*to = (struct facts_rows){all, to->n + more->n};
}

/* What belongs to an organisation that is supposed to join. */
static enum zv_code load_joining(struct facts_loading *l, int64_t org_id, struct zv_err *err)
{
	struct facts_rows orgs, years, sites, reliefs;
	enum zv_code code = load(&orgs, l, l->org, &of_org, org_id, err);

	for (size_t i = 0; i < l->members.n; i++)
		if (facts_number(l->member, &l->members.p[i], "org_id", 0) == org_id)
			return code; /* it was a member once: its rows are there */
	if (code == ZV_OK)
		code = load(&years, l, l->org_year, &of_org_years, org_id, err);
	if (code == ZV_OK)
		code = load(&sites, l, l->site, &of_org_sites, org_id, err);
	if (code == ZV_OK)
		code = load(&reliefs, l, l->statement, &of_org_reliefs, org_id, err);
	if (code != ZV_OK)
		return code;
	append(&l->orgs, &orgs, l->m->arena);
	append(&l->years, &years, l->m->arena);
	append(&l->sites, &sites, l->m->arena);
	append(&l->reliefs, &reliefs, l->m->arena);
	return ZV_OK;
}

static bool is_supposed(const struct facts_loading *l, int64_t org_id)
{
	for (size_t i = 0; i < l->m->ask->n_edits; i++)
		if (l->m->ask->edits[i].kind == ZV_FACTS_JOIN && l->m->ask->edits[i].org_id == org_id)
			return true;
	return false;
}

/* Figures of an organisation are its own until it agrees to show them: what is supposed of it must not tell them. */
static enum zv_code hide(struct facts_rows *rows, struct facts_loading *l, const struct zv_register *reg, struct zv_err *err)
{
	size_t kept = 0;
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < rows->n && code == ZV_OK; i++) {
		enum zv_sight sight = ZV_SIGHT_FULL;

		if (is_supposed(l, facts_number(reg, &rows->p[i], "org_id", 0)))
			code = zv_sight_of(&sight, l->m->db, l->m->ask->who, reg, &rows->p[i], err);
		if (code == ZV_OK && sight == ZV_SIGHT_FULL)
			rows->p[kept++] = rows->p[i];
	}
	rows->n = kept;
	return code;
}

static enum zv_code hide_all(struct facts_loading *l, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (l->m->ask->who == NULL)
		return ZV_OK;
	code = hide(&l->years, l, l->org_year, err);
	return code == ZV_OK ? hide(&l->reliefs, l, l->statement, err) : code;
}

static enum zv_code load_all(struct facts_loading *l, struct zv_err *err)
{
	const struct {
		struct facts_rows *out;
		const struct zv_register *reg;
		const struct zv_facts_query *query;
	} parts[] = {
		{&l->events, zv_register_find("cluster_event"), &of_events},
		{&l->members, l->member, &of_members},
		{&l->orgs, l->org, &of_orgs},
		{&l->contracts, l->contract, &of_contracts},
		{&l->deliveries, l->delivery, &of_deliveries},
		{&l->years, l->org_year, &of_years},
		{&l->sites, l->site, &of_sites},
		{&l->residents, l->resident, &of_residents},
		{&l->infra_rows, l->infra, &of_infra},
		{&l->projects, l->project, &of_projects},
		{&l->project_members, zv_register_find("project_member"), &of_project_members},
		{&l->reliefs, l->statement, &of_reliefs},
	};
	struct facts_rows cluster;
	enum zv_code code = load(&cluster, l, l->cluster, &of_cluster, l->cluster_id, err);

	if (code == ZV_OK && cluster.n == 0)
		code = zv_fail(err, ZV_E_NOTFOUND, "cluster", N_("There is no such cluster."));
	l->row = cluster.p;
	for (size_t i = 0; i < ZV_LEN(parts) && code == ZV_OK; i++)
		code = load(parts[i].out, l, parts[i].reg, parts[i].query, l->cluster_id, err);
	for (size_t i = 0; i < l->m->ask->n_edits && code == ZV_OK; i++)
		if (l->m->ask->edits[i].kind == ZV_FACTS_JOIN)
			code = load_joining(l, l->m->ask->edits[i].org_id, err);
	if (code == ZV_OK)
		code = hide_all(l, err);
	for (size_t i = 0; i < l->orgs.n && code == ZV_OK; i++)
		zv_map_put_int(&l->by_id, l->orgs.p[i].id, (int64_t)i);
	for (size_t i = 0; i < l->contracts.n && code == ZV_OK; i++)
		zv_map_put_int(&l->contract_at, l->contracts.p[i].id, (int64_t)i);
	return code;
}

static const struct zv_record *org_of(const struct facts_loading *l, int64_t id)
{
	int64_t at;

	return zv_map_get_int(&at, &l->by_id, id) ? &l->orgs.p[at] : NULL;
}

static struct zv_str uid_of(const struct facts_loading *l, int64_t org_id)
{
	const struct zv_record *org = org_of(l, org_id);

	return org != NULL ? org->uid : ZV_STR("");
}

static struct zv_str name_of(const struct facts_loading *l, int64_t org_id)
{
	const struct zv_record *org = org_of(l, org_id);

	if (org == NULL)
		return ZV_STR("");
	return facts_text(l->org, org, "short_name").n > 0 ? facts_text(l->org, org, "short_name") : facts_text(l->org, org, "name");
}

/* --- who is a member -------------------------------------------------------------------------------------------------------------- */

static bool is_edited(const struct facts_loading *l, enum zv_facts_edit_kind kind, int64_t org_id, int *role)
{
	bool found = false;

	for (size_t i = 0; i < l->m->ask->n_edits; i++) {
		const struct zv_facts_edit *edit = &l->m->ask->edits[i];

		if (edit->kind != kind || edit->org_id != org_id || (edit->cluster_id != 0 && edit->cluster_id != l->cluster_id))
			continue;
		found = true;
		if (role != NULL)
			*role = edit->role;
	}
	return found;
}

static void add_member(struct facts_loading *l, int64_t org_id, const struct zv_record *row, int role)
{
	int64_t at;

	if (zv_map_get_int(&at, &l->present, org_id)) {
		/* Of several memberships the one that began last. */
		if (row != NULL && l->list[at].row != NULL &&
		    facts_number(l->member, row, "joined_on", INT32_MIN) >= facts_number(l->member, l->list[at].row, "joined_on", INT32_MIN)) {
			l->list[at].row = row;
			l->list[at].role = role;
		}
		return;
	}
	zv_map_put_int(&l->present, org_id, (int64_t)l->n_list);
	l->list[l->n_list++] = (struct facts_member){.org_id = org_id, .row = row, .org = org_of(l, org_id), .role = role};
}

static void find_members(struct facts_loading *l)
{
	int role = 0;

	l->list = zv_arena_calloc(l->m->arena, l->members.n + l->m->ask->n_edits + 1, sizeof(*l->list));
	for (size_t i = 0; i < l->members.n; i++) {
		const struct zv_record *row = &l->members.p[i];
		int64_t org_id = facts_number(l->member, row, "org_id", 0);

		if (facts_covers(l->member, row, "joined_on", "left_on", l->m->ask->on) && !is_edited(l, ZV_FACTS_LEAVE, org_id, NULL))
			add_member(l, org_id, row, (int)facts_number(l->member, row, "role", 0));
	}
	for (size_t i = 0; i < l->m->ask->n_edits; i++) {
		int64_t org_id = l->m->ask->edits[i].org_id;

		if (l->m->ask->edits[i].kind == ZV_FACTS_JOIN && is_edited(l, ZV_FACTS_JOIN, org_id, &role) && org_of(l, org_id) != NULL)
			add_member(l, org_id, NULL, role);
	}
}

static struct facts_member *member_of(const struct facts_loading *l, int64_t org_id)
{
	int64_t at;

	return zv_map_get_int(&at, &l->present, org_id) ? &l->list[at] : NULL;
}

/* A member shows its yearly figures, and what it states of itself, by signing the agreement: before that they do not count, whoever asks. */
static bool shows(const struct facts_loading *l, const struct facts_member *member)
{
	return member->row == NULL || facts_number(l->member, member->row, "agreement", 0) == 1;
}

static void keep_shown_years(struct facts_loading *l)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->years.n; i++) {
		const struct facts_member *member = member_of(l, facts_number(l->org_year, &l->years.p[i], "org_id", 0));

		if (member != NULL && shows(l, member))
			l->years.p[kept++] = l->years.p[i];
	}
	l->years.n = kept;
}

/* --- contracts and deliveries -------------------------------------------------------------------------------------------------------- */

static bool is_inside(const struct facts_loading *l, const struct zv_record *contract)
{
	int64_t seller = facts_number(l->contract, contract, "seller_id", 0), buyer = facts_number(l->contract, contract, "buyer_id", 0);

	return seller != buyer && member_of(l, seller) != NULL && member_of(l, buyer) != NULL;
}

static const struct zv_record *contract_of(const struct facts_loading *l, const struct zv_record *delivery)
{
	int64_t at;

	return zv_map_get_int(&at, &l->contract_at, facts_number(l->delivery, delivery, "contract_id", 0)) ? &l->contracts.p[at] : NULL;
}

/* The last full year before the day of which a delivery or a yearly figure was told. */
static void find_year(struct facts_loading *l)
{
	int year, month, day;

	zv_date_to_civil(&year, &month, &day, l->m->ask->on);
	for (size_t i = 0; i < l->deliveries.n + l->years.n; i++) {
		const bool delivery = i < l->deliveries.n;
		int64_t of = delivery ? facts_number(l->delivery, &l->deliveries.p[i], "year", 0)
				      : facts_number(l->org_year, &l->years.p[i - l->deliveries.n], "year", 0);

		if (of < year && of > l->year)
			l->year = (int)of;
	}
	for (size_t i = 0; i < l->deliveries.n; i++)
		if (facts_number(l->delivery, &l->deliveries.p[i], "year", 0) == l->year)
			l->any_delivery = true;
}

static enum zv_code add_contracts(struct facts_loading *l, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < l->contracts.n && code == ZV_OK; i++) {
		const struct zv_record *row = &l->contracts.p[i];
		int64_t seller = facts_number(l->contract, row, "seller_id", 0), buyer = facts_number(l->contract, row, "buyer_id", 0);
		struct zv_rules_cell *c;

		if (!facts_covers(l->contract, row, "signed_on", "valid_until", l->m->ask->on))
			continue;
		code = zv_facts_row(&c, l->m, ZV_FACTS_T_CONTRACTS, l->contract, row, row->uid,
				    l->m->ask->plain ? ZV_STR("")
						     : zv_arena_strf(l->m->arena, "%.*s → %.*s", ZV_STR_FMT(name_of(l, seller)), ZV_STR_FMT(name_of(l, buyer))),
				    err);
		if (code != ZV_OK)
			break;
		zv_facts_text(&c[ZV_F_CONTRACTS_seller], uid_of(l, seller));
		zv_facts_text(&c[ZV_F_CONTRACTS_buyer], uid_of(l, buyer));
		zv_facts_from(l->m, &c[ZV_F_CONTRACTS_number], l->contract, row, "number");
		zv_facts_from(l->m, &c[ZV_F_CONTRACTS_kind], l->contract, row, "kind");
		zv_facts_from(l->m, &c[ZV_F_CONTRACTS_signed], l->contract, row, "signed_on");
		zv_facts_from(l->m, &c[ZV_F_CONTRACTS_until], l->contract, row, "valid_until");
		zv_facts_from(l->m, &c[ZV_F_CONTRACTS_sum], l->contract, row, "sum_kop");
		zv_facts_number(&c[ZV_F_CONTRACTS_inside], is_inside(l, row));
		if (is_inside(l, row)) {
			member_of(l, seller)->contracts++;
			member_of(l, buyer)->contracts++;
		}
	}
	l->m->parts[ZV_FACTS_T_CONTRACTS].incomplete = l->contracts.n == 0;
	return code;
}

static enum zv_code add_deliveries(struct facts_loading *l, struct zv_err *err)
{
	int year, month, day;
	enum zv_code code = ZV_OK;

	zv_date_to_civil(&year, &month, &day, l->m->ask->on);
	for (size_t i = 0; i < l->deliveries.n && code == ZV_OK; i++) {
		const struct zv_record *row = &l->deliveries.p[i], *contract = contract_of(l, row);
		int64_t seller, buyer, sum = facts_number(l->delivery, row, "sum_kop", 0), of = facts_number(l->delivery, row, "year", 0);
		struct zv_rules_cell *c;

		if (contract == NULL || of >= year)
			continue;
		seller = facts_number(l->contract, contract, "seller_id", 0);
		buyer = facts_number(l->contract, contract, "buyer_id", 0);
		code = zv_facts_row(&c, l->m, ZV_FACTS_T_DELIVERIES, l->delivery, row, row->uid,
				    l->m->ask->plain ? ZV_STR("")
						     : zv_arena_strf(l->m->arena, "%.*s → %.*s", ZV_STR_FMT(name_of(l, seller)), ZV_STR_FMT(name_of(l, buyer))),
				    err);
		if (code != ZV_OK)
			break;
		zv_facts_text(&c[ZV_F_DELIVERIES_seller], uid_of(l, seller));
		zv_facts_text(&c[ZV_F_DELIVERIES_buyer], uid_of(l, buyer));
		zv_facts_from(l->m, &c[ZV_F_DELIVERIES_year], l->delivery, row, "year");
		zv_facts_from(l->m, &c[ZV_F_DELIVERIES_sum], l->delivery, row, "sum_kop");
		zv_facts_number(&c[ZV_F_DELIVERIES_inside], is_inside(l, contract));
		if (of == l->year && is_inside(l, contract) &&
		    (__builtin_add_overflow(member_of(l, seller)->shipped_inside, sum, &member_of(l, seller)->shipped_inside) ||
		     __builtin_add_overflow(member_of(l, buyer)->bought_inside, sum, &member_of(l, buyer)->bought_inside)))
			return zv_fail(err, ZV_E_LIMIT, "sum", N_("The sum of the deliveries inside the cluster is too large."));
	}
	l->m->parts[ZV_FACTS_T_DELIVERIES].incomplete = l->deliveries.n == 0;
	return code;
}

/* --- members and years -------------------------------------------------------------------------------------------------------------- */

static const struct zv_record *year_of(const struct facts_loading *l, int64_t org_id, int year)
{
	const struct zv_record *found = NULL;

	for (size_t i = 0; i < l->years.n; i++)
		if (facts_number(l->org_year, &l->years.p[i], "org_id", 0) == org_id && facts_number(l->org_year, &l->years.p[i], "year", 0) == year)
			found = &l->years.p[i]; /* of two words the later row */
	return found;
}

static void add_relief(struct facts_loading *l, struct zv_rules_cell *cell, int64_t org_id)
{
	for (size_t i = 0; i < l->reliefs.n; i++) {
		const struct zv_record *row = &l->reliefs.p[i];
		int yes = zv_facts_yes_no(facts_text(l->statement, row, "value"));

		if (facts_number(l->statement, row, "org_id", 0) != org_id || row->said_on > l->m->ask->on || yes < 0)
			continue;
		zv_facts_number(cell, yes);
		if (zv_facts_origin(&cell->origin, l->m, l->statement, row, NULL, facts_text(l->statement, row, "document"), NULL) != ZV_OK)
			cell->origin = -1;
	}
}

static void add_figures(struct facts_loading *l, struct zv_rules_cell *c, const struct facts_member *who)
{
	const struct zv_record *row = year_of(l, who->org_id, l->year);
	struct zv_err ignored;
	int32_t origin = -1;

	if (l->contracts.n > 0)
		zv_facts_number(&c[ZV_F_MEMBERS_contracts], who->contracts);
	/* In a year with deliveries a contract without one delivered nothing; in a year of which no delivery was told nobody knows. */
	if (l->any_delivery) {
		zv_facts_number(&c[ZV_F_MEMBERS_inside_shipped], who->shipped_inside);
		zv_facts_number(&c[ZV_F_MEMBERS_inside_bought], who->bought_inside);
	}
	if (row == NULL)
		return;
	zv_facts_from(l->m, &c[ZV_F_MEMBERS_shipped], l->org_year, row, "shipped_kop");
	zv_facts_from(l->m, &c[ZV_F_MEMBERS_bought], l->org_year, row, "bought_kop");
	zv_facts_from(l->m, &c[ZV_F_MEMBERS_staff], l->org_year, row, "staff");
	zv_facts_from(l->m, &c[ZV_F_MEMBERS_productive_jobs], l->org_year, row, "productive_jobs");
	/* The row of a member is its membership: figures name their own row. */
	if (zv_facts_origin(&origin, l->m, l->org_year, row, NULL, ZV_STR(""), &ignored) != ZV_OK)
		origin = -1;
	for (int f = 0; f < ZV_F_MEMBERS_N; f++)
		if ((f == ZV_F_MEMBERS_shipped || f == ZV_F_MEMBERS_bought || f == ZV_F_MEMBERS_staff || f == ZV_F_MEMBERS_productive_jobs) && c[f].origin < 0)
			c[f].origin = origin;
}

static enum zv_code add_org_fields(struct facts_loading *l, struct zv_rules_cell *c, const struct zv_record *org, struct zv_err *err)
{
	static const struct {
		int field;
		const char *column;
	} fields[] = {{ZV_F_MEMBERS_name, "name"}, {ZV_F_MEMBERS_inn, "inn"}, {ZV_F_MEMBERS_kind, "kind"}, {ZV_F_MEMBERS_region, "region"}, {ZV_F_MEMBERS_okved, "okved"}};
	int32_t origin = -1;
	enum zv_code code = zv_facts_origin(&origin, l->m, l->org, org, NULL, ZV_STR(""), err);

	for (size_t i = 0; i < ZV_LEN(fields); i++) {
		zv_facts_from(l->m, &c[fields[i].field], l->org, org, fields[i].column);
		if (c[fields[i].field].origin < 0)
			c[fields[i].field].origin = origin;
	}
	zv_facts_text(&c[ZV_F_MEMBERS_org], org->uid);
	zv_facts_text(&c[ZV_F_MEMBERS_district], zv_facts_district(facts_text(l->org, org, "region")));
	return code;
}

static enum zv_code add_members(struct facts_loading *l, struct zv_err *err)
{
	int64_t stated = facts_number(l->cluster, l->row, "members_stated", 0);
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < l->n_list && code == ZV_OK; i++) {
		const struct facts_member *who = &l->list[i];
		struct zv_rules_cell *c;

		code = zv_facts_row(&c, l->m, ZV_FACTS_T_MEMBERS, l->member, who->row, uid_of(l, who->org_id), name_of(l, who->org_id), err);
		if (code == ZV_OK && who->org != NULL)
			code = add_org_fields(l, c, who->org, err);
		if (code != ZV_OK)
			break;
		if (who->role > 0)
			zv_facts_text(&c[ZV_F_MEMBERS_role], zv_str_c(l->member->columns[zv_register_column(l->member, "role")].words[who->role]));
		if (who->row != NULL) {
			zv_facts_from(l->m, &c[ZV_F_MEMBERS_joined], l->member, who->row, "joined_on");
			zv_facts_from(l->m, &c[ZV_F_MEMBERS_left], l->member, who->row, "left_on");
			zv_facts_from(l->m, &c[ZV_F_MEMBERS_producing], l->member, who->row, "producing");
			zv_facts_from(l->m, &c[ZV_F_MEMBERS_agreement], l->member, who->row, "agreement");
		} else {
			zv_facts_number(&c[ZV_F_MEMBERS_joined], l->m->ask->on);
		}
		if (shows(l, who))
			add_relief(l, &c[ZV_F_MEMBERS_relief], who->org_id);
		add_figures(l, c, who);
	}
	/* Nobody has named any, or a source counts more than are named: there may be others. */
	l->m->parts[ZV_FACTS_T_MEMBERS].incomplete = l->members.n == 0 || stated > (int64_t)l->members.n;
	return code;
}

static enum zv_code add_years(struct facts_loading *l, struct zv_err *err)
{
	int year, month, day;
	enum zv_code code = ZV_OK;

	zv_date_to_civil(&year, &month, &day, l->m->ask->on);
	for (size_t i = 0; i < l->years.n && code == ZV_OK; i++) {
		const struct zv_record *row = &l->years.p[i];
		int64_t org_id = facts_number(l->org_year, row, "org_id", 0);
		struct zv_rules_cell *c;

		if (member_of(l, org_id) == NULL || facts_number(l->org_year, row, "year", 0) >= year)
			continue;
		code = zv_facts_row(&c, l->m, ZV_FACTS_T_YEARS, l->org_year, row, row->uid, name_of(l, org_id), err);
		if (code != ZV_OK)
			break;
		zv_facts_text(&c[ZV_F_YEARS_org], uid_of(l, org_id));
		zv_facts_from(l->m, &c[ZV_F_YEARS_year], l->org_year, row, "year");
		zv_facts_from(l->m, &c[ZV_F_YEARS_shipped], l->org_year, row, "shipped_kop");
		zv_facts_from(l->m, &c[ZV_F_YEARS_bought], l->org_year, row, "bought_kop");
		zv_facts_from(l->m, &c[ZV_F_YEARS_staff], l->org_year, row, "staff");
		zv_facts_from(l->m, &c[ZV_F_YEARS_productive_jobs], l->org_year, row, "productive_jobs");
	}
	l->m->parts[ZV_FACTS_T_YEARS].incomplete = true;
	return code;
}
/* --- all of it ------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code make(struct facts_loading *l, struct zv_err *err)
{
	struct facts_rows statements;
	enum zv_code code = load_all(l, err);

	if (code != ZV_OK)
		return code;
	find_members(l);
	keep_shown_years(l);
	find_year(l);
	code = add_contracts(l, err);
	if (code == ZV_OK)
		code = add_deliveries(l, err);
	if (code == ZV_OK)
		code = add_members(l, err);
	if (code == ZV_OK)
		code = add_years(l, err);
	if (code == ZV_OK)
		code = facts_add_objects(l, err);
	if (code == ZV_OK)
		code = facts_add_projects(l, err);
	if (code == ZV_OK)
		code = facts_add_documents(l, err);
	if (code == ZV_OK)
		code = facts_add_cluster(l, err);
	if (code == ZV_OK)
		code = load(&statements, l, l->statement, &of_statements, l->cluster_id, err);
	if (code == ZV_OK)
		code = zv_facts_statements(l->m, statements.p, statements.n, err);
	return code == ZV_OK ? zv_facts_state_edits(l->m, err) : code;
}

enum zv_code zv_facts_cluster(struct zv_rules_facts *out, struct zv_db *db, int64_t cluster_id, const struct zv_facts_ask *ask, struct zv_arena *arena,
			      struct zv_err *err)
{
	static const enum zv_facts_table elsewhere[] = {ZV_FACTS_T_ORG, ZV_FACTS_T_PROJECT, ZV_FACTS_T_COSTS, ZV_FACTS_T_RECEIVED};
	struct zv_facts_making m;
	struct facts_loading l = {
		.m = &m,
		.cluster_id = cluster_id,
		.cluster = zv_register_find("cluster"),
		.member = zv_register_find("cluster_member"),
		.org = zv_register_find("org"),
		.contract = zv_register_find("contract"),
		.delivery = zv_register_find("delivery"),
		.org_year = zv_register_find("org_year"),
		.site = zv_register_find("site"),
		.infra = zv_register_find("infra"),
		.resident = zv_register_find("resident"),
		.project = zv_register_find("project"),
		.statement = zv_register_find("statement"),
	};
	enum zv_code code;

	zv_facts_begin(&m, db, ask, arena);
	zv_map_init(&l.by_id);
	zv_map_init(&l.present);
	zv_map_init(&l.contract_at);
	for (size_t i = 0; i < ZV_LEN(elsewhere); i++)
		m.parts[elsewhere[i]].incomplete = true;
	code = make(&l, err);
	zv_map_done(&l.by_id);
	zv_map_done(&l.present);
	zv_map_done(&l.contract_at);
	if (code == ZV_OK)
		zv_facts_end(out, &m);
	else
		zv_facts_drop(&m);
	return code;
}
