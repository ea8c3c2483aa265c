/* Home pages: which figures each role works by, and how each is counted. A figure is what its list shows, to the same person. */
#include "app/home.h"

#include "app/home_cluster.h"
#include "app/sight.h"
#include "app/tasks_inner.h"
#include "app/view_lots.h"
#include "base/tr.h"
#include "store/register.h"

/* One home page being made. */
struct making {
	struct zv_home *home;
	struct zv_db *db;
	const struct zv_who *who;
	struct zv_task_owner owner;
	struct zv_arena *arena;
};

static void add(struct making *m, const char *code, struct zv_str label, int64_t value, const char *href)
{
	assert(m->home->n_figures < ZV_HOME_FIGURES_MAX);
	m->home->figures[m->home->n_figures++] = (struct zv_home_figure){code, label, value, zv_str_c(href)};
}

/* Rows of a register that this person sees. */
static enum zv_code add_rows(struct making *m, const char *code_name, const char *reg, const char *label, const char *href, struct zv_err *err)
{
	int64_t n = 0;
	enum zv_code code = zv_sight_count(&n, m->db, m->who, zv_register_find(reg), err);

	if (code == ZV_OK)
		add(m, code_name, zv_str_c(zv_tr(label)), n, href);
	return code;
}

/* Lots that this person sees: none when nothing was computed yet. */
static enum zv_code add_lots(struct making *m, const char *code_name, const char *label, struct zv_err *err)
{
	struct zv_view_run run = {0};
	enum zv_code code = zv_view_run(&run, m->db, m->who, m->arena, err);

	if (code == ZV_E_NOTFOUND) {
		run.lots = 0;
		code = ZV_OK;
	}
	if (code == ZV_OK)
		add(m, code_name, zv_str_c(zv_tr(label)), run.lots, "/lots");
	return code;
}

/* Open tasks of one kind. */
static enum zv_code add_tasks(struct making *m, const char *code_name, const char *kind, const char *label, const char *href, struct zv_err *err)
{
	int64_t n = 0;
	enum zv_code code = zv_task_count(&n, m->db, &m->owner, ZV_TASK_ROW_OPEN, zv_str_c(kind), err);

	if (code == ZV_OK)
		add(m, code_name, zv_str_c(zv_tr(label)), n, href);
	return code;
}

/* By when the first of them is to be confirmed is part of the label. */
static enum zv_code add_in_lot(struct making *m, struct zv_err *err)
{
	struct zv_task_query query = {.state = ZV_TASK_ROW_OPEN, .kind = ZV_STR("need.confirm"), .limit = 1};
	struct zv_task_row *first;
	size_t n;
	int64_t all = 0;
	enum zv_code code = zv_task_page(&first, &n, m->db, &m->owner, &query, m->arena, err);

	if (code == ZV_OK)
		code = zv_task_count(&all, m->db, &m->owner, query.state, query.kind, err);
	if (code != ZV_OK)
		return code;
	add(m, "needs_in_lot",
	    n > 0 ? zv_arena_strf(m->arena, zv_tr_n("need in a lot, confirm until %.*s", "needs in lots, confirm until %.*s", all),
				  ZV_STR_FMT(zv_task_date(first[0].due, m->arena)))
		  : zv_str_c(zv_tr(N_("needs in lots to be confirmed"))),
	    all, "/tasks?kind=need.confirm");
	return ZV_OK;
}

/* Needs that are contracted: for those who see all needs. */
static enum zv_code add_covered(struct making *m, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, m->db, "SELECT COUNT(*) FROM need WHERE state = 4", err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	add(m, "needs_covered", zv_str_c(zv_tr(N_("needs covered by a contract"))), zv_col_int(stmt, 0), "/needs?state=contracted");
	zv_stmt_reset(stmt);
	return ZV_OK;
}

static enum zv_code add_accounts(struct making *m, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, m->db, "SELECT COUNT(*) FROM account", err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	add(m, "accounts", zv_str_c(zv_tr(N_("accounts"))), zv_col_int(stmt, 0), "/accounts");
	zv_stmt_reset(stmt);
	return ZV_OK;
}

/* --- by role --------------------------------------------------------------------------------------------------------------- */

static enum zv_code of_operator(struct making *m, struct zv_err *err)
{
	enum zv_code code = add_rows(m, "needs", "need", N_("needs that you see"), "/needs", err);

	if (code == ZV_OK)
		code = add_lots(m, "lots", N_("lots with needs of your region"), err);
	if (code == ZV_OK)
		code = add_tasks(m, "rounds", "scouting.answer", N_("scouting rounds to answer"), "/tasks?kind=scouting.answer", err);
	if (code == ZV_OK)
		code = add_tasks(m, "approvals", "approval.decide", N_("decisions that wait for a second person"), "/tasks?kind=approval.decide", err);
	return code;
}

static enum zv_code of_buyer(struct making *m, struct zv_err *err)
{
	enum zv_code code = add_in_lot(m, err);

	if (code == ZV_OK)
		code = add_rows(m, "needs", "need", N_("needs that you see"), "/needs", err);
	if (code == ZV_OK)
		code = add_tasks(m, "contacts", "contact.decide", N_("makers who ask for contact"), "/tasks?kind=contact.decide", err);
	return code;
}

static enum zv_code of_maker(struct making *m, struct zv_err *err)
{
	enum zv_code code = add_lots(m, "lots_own", N_("lots you could make"), err);

	if (code == ZV_OK)
		code = add_tasks(m, "requests", "lot.answer", N_("requests"), "/tasks?kind=lot.answer", err);
	if (code == ZV_OK)
		code = add_tasks(m, "capacity_stale", "capacity.confirm", N_("statements of capacity to confirm"), "/tasks?kind=capacity.confirm", err);
	return code;
}

static enum zv_code of_institute(struct making *m, struct zv_err *err)
{
	enum zv_code code =
		add_tasks(m, "kilogram_needs", "need.possible", N_("kilogram needs you could make"), "/tasks?kind=need.possible", err);

	return code == ZV_OK ? add_lots(m, "lots_own", N_("lots you could make"), err) : code;
}

static enum zv_code of_cluster(struct making *m, struct zv_err *err)
{
	struct zv_home_figure criteria;
	bool have;
	enum zv_code code = zv_home_cluster(&criteria, &have, m->db, m->who, m->arena, err);

	if (code == ZV_OK && have)
		m->home->figures[m->home->n_figures++] = criteria;
	if (code == ZV_OK)
		code = add_rows(m, "clusters", "cluster", N_("clusters"), "/clusters", err);
	if (code == ZV_OK)
		code = add_rows(m, "orgs", "org", N_("organisations in the register"), "/registers/orgs", err);

	return code == ZV_OK ? add_rows(m, "needs", "need", N_("needs that you see"), "/needs", err) : code;
}

static enum zv_code of_analyst(struct making *m, struct zv_err *err)
{
	enum zv_code code = add_rows(m, "needs", "need", N_("needs"), "/needs", err);

	if (code == ZV_OK)
		code = add_covered(m, err);
	if (code == ZV_OK)
		code = add_lots(m, "lots", N_("lots"), err);
	if (code == ZV_OK)
		code = add_rows(m, "clusters", "cluster", N_("clusters"), "/clusters", err);
	return code == ZV_OK ? add_rows(m, "orgs", "org", N_("organisations in the register"), "/registers/orgs", err) : code;
}

static enum zv_code of_investor(struct making *m, struct zv_err *err)
{
	enum zv_code code = add_rows(m, "items", "item", N_("items in the catalogue"), "/registers/items", err);

	return code == ZV_OK ? add_rows(m, "needs", "need", N_("public needs"), "/needs", err) : code;
}

static enum zv_code of_admin(struct making *m, struct zv_err *err)
{
	return add_accounts(m, err);
}

static enum zv_code (*const pages[ZV_ROLES])(struct making *m, struct zv_err *err) = {
	[ZV_ROLE_ADMIN] = of_admin,	  [ZV_ROLE_OPERATOR] = of_operator, [ZV_ROLE_BUYER] = of_buyer,
	[ZV_ROLE_MAKER] = of_maker,	  [ZV_ROLE_INSTITUTE] = of_institute, [ZV_ROLE_CLUSTER] = of_cluster,
	[ZV_ROLE_ANALYST] = of_analyst, [ZV_ROLE_INVESTOR] = of_investor, [ZV_ROLE_LOCAL] = of_analyst,
};

enum zv_code zv_home_load(struct zv_home *out, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_tasks_query query = {.state = ZV_TASK_OPEN, .limit = ZV_HOME_TASKS};
	struct making m = {.home = out, .db = db, .who = who, .arena = arena};
	enum zv_code code;

	*out = (struct zv_home){.role = zv_who_role(who)};
	zv_tasks_owner(&m.owner, who);
	code = zv_tasks_list(&out->tasks, db, who, &query, arena, err);
	if (code == ZV_OK && pages[out->role] != NULL)
		code = pages[out->role](&m, err);
	return code;
}
