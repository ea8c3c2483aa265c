/*
 * The facts of registers and statements as the rules see them (engine/rules/rules.h): one vocabulary for all packs, filled for a cluster, an
 * organisation or a project as of a day, with the origin of every value. What if: the same with members joined or left, values or costs
 * changed, nothing written.
 */
#ifndef ZV_APP_FACTS_H
#define ZV_APP_FACTS_H

#include "auth/who.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "engine/rules/rules.h"

struct zv_db;

/*
 * The tables, in this order. Singles: cluster, org, project. All uids are texts.
 *
 *   cluster   name, number, order_no texts; order_on, valid_until dates; edition text; state text (planned, filed, in_register, excluded,
 *             liquidation); in_register, interregional, specialised bools (specialised: it has a specialised organisation that is not in
 *             liquidation); regions, members_stated, projects_stated numbers; age_months number (since the order)
 *   org       uid, name, inn, kind, region, district, okved texts; in_cluster, in_register bools (member of a cluster; of one in the
 *             register); cluster text (uid); role text; joined date; staff number; shipped money (last year stated)
 *   project   uid, name, kind, state, okpd2, region, district, cluster texts; joint, import_substitution, passport bools; budget, capex, loan money;
 *             own_percent, loan_months, term_months, members numbers; starts, ends dates; in_register bool (its cluster)
 *   members   org, name, inn, kind, role, region, district, okved texts; joined, left dates; producing, agreement, relief bools (relief: statement
 *             "org.relief_territory"); contracts number (inside contracts valid on the day); shipped, bought, inside_shipped, inside_bought money
 *             (the year before the day, or the last one stated); staff, productive_jobs numbers. Members of the day only.
 *   contracts seller, buyer, number, kind texts; signed, until dates; inside bool (both members on the day); sum money
 *   deliveries seller, buyer texts; year number; inside bool; sum money
 *   years     org text; year number; shipped, bought money; staff, productive_jobs numbers
 *   objects   name, kind, region texts; technological bool; acting bool
 *   projects  name, kind, state, okpd2 texts; members number; joint, active, passport, import_substitution bools; budget money
 *   costs     org, supplier, category, title texts; sum money (a range when the line is one); paid date; same_cluster, same_registered_cluster bools
 *             (both in one cluster; in one that is in the register, on the day)
 *   documents kind text; attached, signed bools: of the application under way
 *   received  measure text; sum money; on date; year number
 *
 * In packs for clusters: cluster, members, contracts, deliveries, years, objects, projects, documents. In packs of support: org, cluster (that of the
 * organisation), project, costs (of this organisation as `org`), received. The other tables are there, empty and complete = false.
 */
const struct zv_rules_vocabulary *zv_facts_vocabulary(void);

enum zv_facts_edit_kind {
	ZV_FACTS_JOIN,   /* org joins cluster in a role */
	ZV_FACTS_LEAVE,  /* org leaves cluster */
	ZV_FACTS_STATE,  /* a stated or single-table value: name, value ("org.staff", "120") */
	ZV_FACTS_COST    /* cost line `cost_id` (0: all of the category `name`) gets `qty_base` more, at its price; or a new line of `sum_kop` */
};

struct zv_facts_edit {
	enum zv_facts_edit_kind kind;
	int64_t org_id, cluster_id, cost_id;
	int role; /* of a member; 0: not stated */
	struct zv_str name, value;
	int64_t qty_base, sum_kop;
};

struct zv_facts_ask {
	zv_date on;
	const struct zv_facts_edit *edits;
	size_t n_edits;
	bool plain; /* no origins and names: for many subjects at once */
	/* Of an organisation that is supposed to join, only the rows that this person sees: the others are as if nobody had stated them. NULL: all. */
	const struct zv_who *who;
};

/* Everything lives in `arena`. ZV_E_NOTFOUND. O(rows of the subject). */
ZV_MUST_CHECK enum zv_code zv_facts_cluster(struct zv_rules_facts *out, struct zv_db *db, int64_t cluster_id, const struct zv_facts_ask *ask,
					    struct zv_arena *arena, struct zv_err *err);

/* An organisation, with a project's figures and cost lines when project_id is not 0 (costs: the lines that this organisation bears). */
ZV_MUST_CHECK enum zv_code zv_facts_org(struct zv_rules_facts *out, struct zv_db *db, int64_t org_id, int64_t project_id, const struct zv_facts_ask *ask,
					struct zv_arena *arena, struct zv_err *err);

/* The facts as JSON: what a verdict keeps. The same facts give the same bytes. */
struct zv_buf;
void zv_facts_write_json(struct zv_buf *out, const struct zv_rules_facts *facts);

/* Reads them back, to show or recompute a verdict of the past. */
ZV_MUST_CHECK enum zv_code zv_facts_read_json(struct zv_rules_facts *out, struct zv_str json, struct zv_arena *arena, struct zv_err *err);

#endif
