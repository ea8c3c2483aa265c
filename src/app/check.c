/* zveno check: each rule is a query that gives the rows that break it; the first row found is the fault. */
#include "app/check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "app/audit.h"
#include "base/tr.h"
#include "base/vec.h"
#include "store/db/db.h"
#include "store/register.h"

enum { BOTH = -1 };

struct rule {
	const char *word;
	int dialect; /* BOTH, or the only one it is for */
	const char *sql;   /* one text column: what is at fault */
	const char *text;  /* msgid with one %s */
};

/* Rows of undone batches must be gone. One query a register: a table's name cannot be a parameter. */
#define LEFT_OVER(table)                                                                                                  \
	{"undone-" #table, BOTH, "SELECT r.uid FROM " #table " r JOIN batch b ON b.id = r.batch_id WHERE b.state = 2 LIMIT 1", \
	 N_("%s was made by a batch that is undone, and is still there.")}

/* A value that holds, or did, belongs to a row that is there; those of undone batches outlive their rows as history. */
#define FACT_ROW(table, entity)                                                                                           \
	{"fact-row-" #table, BOTH,                                                                                        \
	 "SELECT f.field FROM fact f LEFT JOIN " #table " r ON r.id = f.row_id WHERE f.entity = " #entity                    \
	 " AND f.state <> 4 AND r.id IS NULL LIMIT 1",                                                                    \
	 N_("A value of “%s” belongs to a row that is not there.")}

static const struct rule rules[] = {
	{"integrity", ZV_SQLITE, "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
	 N_("The database file is damaged: %s. Put the last backup in its place.")},
	{"foreign-key", ZV_SQLITE, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", N_("A row of %s refers to a row that is not there.")},
	{"constraint", ZV_POSTGRES,
	 "SELECT c.conname FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace "
	 "WHERE n.nspname = current_schema() AND NOT c.convalidated LIMIT 1",
	 N_("The rule %s of the schema is not proved for all rows. Validate it on the server.")},
	{"index", ZV_POSTGRES,
	 "SELECT c.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
	 "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT i.indisvalid LIMIT 1",
	 N_("The index %s is not valid. Rebuild it on the server.")},
	{"lot-quantity", BOTH,
	 "SELECT l.uid FROM lot l LEFT JOIN lot_need n ON n.lot_id = l.id GROUP BY l.id, l.uid, l.qty_base, l.firm_base "
	 "HAVING COALESCE(SUM(n.firm_base), 0) <> l.firm_base OR COALESCE(SUM(n.firm_base + n.extra_base), 0) <> l.qty_base LIMIT 1",
	 N_("The parts of lot %s do not add up to its quantity.")},
	{"lot-money", BOTH,
	 "SELECT l.uid FROM lot l LEFT JOIN lot_need n ON n.lot_id = l.id GROUP BY l.id, l.uid, l.total_kop "
	 "HAVING COALESCE(SUM(n.cost_kop), 0) <> l.total_kop LIMIT 1",
	 N_("What the buyers of lot %s pay does not add up to its total.")},
	{"need-twice", BOTH,
	 "SELECT d.uid FROM lot_need n JOIN lot l ON l.id = n.lot_id JOIN need d ON d.id = n.need_id JOIN lot_miss m ON m.need_id = d.id "
	 "AND m.run_id = l.run_id LIMIT 1",
	 N_("Need %s is in a lot and among those left over, in the same run.")},
	{"fact-winner", BOTH,
	 "SELECT field FROM fact WHERE state = 1 GROUP BY entity, row_id, field HAVING COUNT(*) > 1 LIMIT 1",
	 N_("Two values of “%s” both hold for one row.")},
	{"fact-batch", BOTH, "SELECT f.field FROM fact f JOIN batch b ON b.id = f.batch_id WHERE b.state = 2 AND f.state IN (1, 2) LIMIT 1",
	 N_("A value of “%s” holds although its batch is undone.")},
	{"statement-of", BOTH,
	 "SELECT uid FROM statement WHERE (CASE WHEN org_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN project_id IS NULL THEN 0 ELSE 1 END) + "
	 "(CASE WHEN cluster_id IS NULL THEN 0 ELSE 1 END) <> 1 LIMIT 1",
	 N_("Statement %s is not about one thing.")},
	{"resident-of", BOTH, "SELECT uid FROM resident WHERE (org_id IS NULL) = (cluster_id IS NULL) LIMIT 1",
	 N_("Resident %s is neither one organisation nor one cluster.")},
	FACT_ROW(org, 1),
	FACT_ROW(site, 2),
	FACT_ROW(item, 3),
	FACT_ROW(substitute, 4),
	FACT_ROW(controlled, 5),
	FACT_ROW(permit, 6),
	FACT_ROW(need, 7),
	FACT_ROW(offer, 8),
	FACT_ROW(capacity, 9),
	FACT_ROW(supply, 10),
	FACT_ROW(class_code, 11),
	FACT_ROW(crosswalk, 12),
	FACT_ROW(cluster, 13),
	FACT_ROW(cluster_event, 14),
	FACT_ROW(cluster_member, 15),
	FACT_ROW(contract, 16),
	FACT_ROW(delivery, 17),
	FACT_ROW(org_year, 18),
	FACT_ROW(project, 19),
	FACT_ROW(project_member, 20),
	FACT_ROW(project_cost, 21),
	FACT_ROW(infra, 22),
	FACT_ROW(resident, 23),
	FACT_ROW(statement, 24),
	FACT_ROW(received, 25),
	FACT_ROW(cluster_count, 26),
	FACT_ROW(product, 27),
	FACT_ROW(recipe_line, 28),
	FACT_ROW(line_source, 29),
	LEFT_OVER(org),
	LEFT_OVER(site),
	LEFT_OVER(item),
	LEFT_OVER(need),
	LEFT_OVER(offer),
	LEFT_OVER(capacity),
	LEFT_OVER(supply),
	LEFT_OVER(permit),
	LEFT_OVER(substitute),
	LEFT_OVER(controlled),
	LEFT_OVER(class_code),
	LEFT_OVER(crosswalk),
	LEFT_OVER(cluster),
	LEFT_OVER(cluster_event),
	LEFT_OVER(cluster_member),
	LEFT_OVER(contract),
	LEFT_OVER(delivery),
	LEFT_OVER(org_year),
	LEFT_OVER(project),
	LEFT_OVER(project_member),
	LEFT_OVER(project_cost),
	LEFT_OVER(infra),
	LEFT_OVER(resident),
	LEFT_OVER(statement),
	LEFT_OVER(received),
	LEFT_OVER(cluster_count),
	LEFT_OVER(product),
	LEFT_OVER(recipe_line),
	LEFT_OVER(line_source),
};

static void fault(struct zv_check_result *out, const char *word, const char *msgid, struct zv_str what)
{
	struct zv_err e;
	char text[400];

	(void)snprintf(text, sizeof(text), "%.*s", ZV_STR_FMT(zv_str_first(what, 380)));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	(void)zv_fail(&e, ZV_E_CONFLICT, word, msgid, text);
#pragma GCC diagnostic pop
	out->ok = false;
	(void)snprintf(out->what, sizeof(out->what), "%s", word);
	(void)snprintf(out->fault, sizeof(out->fault), "%s", e.text);
}

static enum zv_code run_rule(struct zv_check_result *out, struct zv_db *db, const struct rule *rule, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row = false;
	const char *sql = rule->sql;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code != ZV_OK)
		return code;
	code = zv_stmt_step(&row, stmt, err);
	if (code == ZV_OK && row)
		fault(out, rule->word, rule->text, zv_col_text(stmt, 0));
	zv_stmt_reset(stmt);
	out->checks++;
	return code;
}

/* --- acknowledged keys ---------------------------------------------------------------------------------------------- */

struct ack_search {
	struct zv_db *db;
	ZV_VEC(int64_t) centres;
	int last_register;
	size_t last_centre;
	struct zv_arena arena;
};

static enum zv_code load_centres(struct ack_search *s, struct zv_err *err)
{
	struct zv_stmt *stmt;
	bool row;
	enum zv_code code = zv_db_stmt(&stmt, s->db, "SELECT id FROM centre ORDER BY id", err);

	if (code != ZV_OK)
		return code;
	while ((code = zv_stmt_step(&row, stmt, err)) == ZV_OK && row)
		zv_vec_push(&s->centres, zv_col_int(stmt, 0));
	zv_stmt_reset(stmt);
	return code;
}

static enum zv_code is_there(bool *out, struct ack_search *s, int reg, size_t centre, struct zv_str key, struct zv_err *err)
{
	int n;
	const struct zv_register *const *all = zv_registers(&n);
	struct zv_record record;
	enum zv_code code;

	zv_arena_reset(&s->arena);
	code = zv_record_by_key(&record, s->db, all[reg], s->centres.p[centre], key, &s->arena, err);
	*out = code == ZV_OK;
	if (code == ZV_OK) {
		s->last_register = reg;
		s->last_centre = centre;
	}
	return code == ZV_E_NOTFOUND ? ZV_OK : code;
}

/* Where the key before was is where this one is likely to be. */
static enum zv_code find_key(bool *found, struct ack_search *s, struct zv_str key, struct zv_err *err)
{
	int n;
	enum zv_code code;

	*found = false;
	(void)zv_registers(&n);
	if (s->centres.n == 0)
		return ZV_OK;
	code = is_there(found, s, s->last_register, s->last_centre, key, err);
	for (int reg = 0; reg < n; reg++) {
		for (size_t c = 0; c < s->centres.n && code == ZV_OK && !*found; c++)
			code = is_there(found, s, reg, c, key, err);
	}
	return code;
}

static struct zv_str key_of(char *line, size_t n)
{
	struct zv_str s = {line, n};

	while (s.n > 0 && (s.p[s.n - 1] == '\n' || s.p[s.n - 1] == '\r'))
		s.n--;
	return zv_str_starts(s, ZV_STR("ACK ")) ? zv_str_from(s, 4) : s;
}

static enum zv_code check_acks(struct zv_check_result *out, struct zv_db *db, FILE *acks, struct zv_err *err)
{
	struct ack_search s = {.db = db};
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	bool found = true;
	enum zv_code code;

	zv_arena_init(&s.arena);
	code = load_centres(&s, err);
	while (code == ZV_OK && found && (n = getline(&line, &cap, acks)) > 0) {
		struct zv_str key = key_of(line, (size_t)n);

		if (key.n == 0)
			continue;
		out->acks++;
		code = find_key(&found, &s, key, err);
		if (code == ZV_OK && !found)
			fault(out, "ack", N_("The key “%s” was acknowledged and is not in the database."), key);
	}
	out->checks++;
	free(line);
	zv_vec_done(&s.centres);
	zv_arena_done(&s.arena);
	return code;
}

/* Last, as it reads everything. */
static enum zv_code check_audit(struct zv_check_result *out, struct zv_db *db, struct zv_err *err)
{
	struct zv_audit_verdict verdict;
	struct zv_arena arena;
	enum zv_code code;

	zv_arena_init(&arena);
	code = zv_audit_verify(&verdict, db, NULL, &arena, err);
	if (code == ZV_OK && !verdict.ok)
		fault(out, "audit", verdict.broken_n > 0 ? N_("The audit trail has been changed: %s") : "%s", verdict.reason);
	out->checks++;
	zv_arena_done(&arena);
	return code;
}

enum zv_code zv_check(struct zv_check_result *out, struct zv_db *db, FILE *acks, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	*out = (struct zv_check_result){.ok = true};
	for (size_t i = 0; i < ZV_LEN(rules) && code == ZV_OK && out->ok; i++) {
		if (rules[i].dialect == BOTH || rules[i].dialect == (int)zv_db_dialect(db))
			code = run_rule(out, db, &rules[i], err);
	}
	if (code == ZV_OK && out->ok && acks != NULL)
		code = check_acks(out, db, acks, err);
	if (code == ZV_OK && out->ok)
		code = check_audit(out, db, err);
	return code;
}
