/* Rows around a project, read together: who bears its costs, and which projects an organisation bears costs of. Texts in `arena`. */
#ifndef ZV_STORE_PROJECT_READ_H
#define ZV_STORE_PROJECT_READ_H

#include "base/arena.h"
#include "store/db/db.h"

/* Ids of the projects of which the organisation bears costs. */
ZV_MUST_CHECK enum zv_code zv_project_ids_of_org(int64_t **out, size_t *n, struct zv_db *db, int64_t org_id, struct zv_arena *arena, struct zv_err *err);

struct zv_project_bearer {
	int64_t org_id, cost_id; /* cost: the first of its lines */
	struct zv_str uid;
};
/* Who bears costs of the project, by their first line. */
ZV_MUST_CHECK enum zv_code zv_project_bearers(struct zv_project_bearer **out, size_t *n, struct zv_db *db, int64_t project_id, struct zv_arena *arena,
					      struct zv_err *err);

struct zv_project_cost_row {
	int64_t id;
	struct zv_str uid, category, source_key;
	int64_t dim; /* enum zv_dim; -1: no quantity */
	int64_t qty_base;
};
/* The lines that one organisation bears, by their ids. */
ZV_MUST_CHECK enum zv_code zv_project_cost_rows(struct zv_project_cost_row **out, size_t *n, struct zv_db *db, int64_t project_id, int64_t org_id,
						struct zv_arena *arena, struct zv_err *err);

/* Who takes part: the initiator, the participants and those who bear costs, each once, by id. */
ZV_MUST_CHECK enum zv_code zv_project_org_ids(int64_t **out, size_t *n, struct zv_db *db, int64_t project_id, struct zv_arena *arena, struct zv_err *err);

/* The uid of the statement of this name about an organisation, or about a project (org_id 0). Empty when there is none. */
ZV_MUST_CHECK enum zv_code zv_statement_of(struct zv_str *uid, struct zv_db *db, int64_t org_id, int64_t project_id, struct zv_str name,
					   struct zv_arena *arena, struct zv_err *err);

#endif
