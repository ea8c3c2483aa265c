/*
 * The registers as a problem of the plan engine (docs/design/plans.md): which needs count, who may serve whom (the verdicts of app/lots_problem.h), in which
 * quarter, at which price by volume, from which capacity, with which freight; and what every index of the engine is in the registers.
 *
 * Periods are quarters of launch; delivery is `lead` quarters later, so that an order is delivered in the quarter in which its goods are ready or a later one.
 * A tolerance is a need of its own without a penalty: it is used where it fills an order, and never for itself. A need that may not be delivered in parts is
 * single: one order serves all of it or none, and the same order its tolerance (app/plan_solve.h sees to that).
 */
#ifndef ZV_APP_PLAN_PROBLEM_H
#define ZV_APP_PLAN_PROBLEM_H

#include "app/lots_problem.h"
#include "app/snapshot.h"
#include "engine/plan/problem.h"

enum { ZV_PLAN_QUARTERS_MAX = 40, ZV_PLAN_PRIORITY_UNSTATED = 3 };

/* Of an engine's need: the need of the snapshot, and the engine's need for its tolerance or, for a tolerance, for the need itself. */
struct zv_plan_source_need {
	int32_t row;
	uint32_t twin; /* ZV_PLAN_NONE: it has no tolerance */
	bool extra;    /* this is the tolerance */
	bool assumed;  /* no ceiling is stated: docs/design/plans.md says which one is assumed */
	uint32_t group, place; /* in zv_plan_source.groups: groups.p[group].problem.needs[place] */
	enum zv_dim dim;
};

struct zv_plan_source_offer {
	int32_t row;
	uint32_t group, place; /* groups.p[group].problem.offers[place] */
	enum zv_dim dim;
};

struct zv_plan_source_product {
	int32_t item; /* of the snapshot */
	int32_t need;   /* of the snapshot, one of this kind; -1: the product of an offer ... */
	uint32_t offer; /* ... which is this one, of the engine; else ZV_PLAN_NONE */
	enum zv_dim dim;
};

struct zv_plan_source_outside {
	int32_t row;
	const char *code; /* NOITEM, NOQUANTITY, HELD, TOOLARGE */
};

struct zv_plan_source {
	struct zv_arena arena; /* all arrays */
	struct zv_plan_problem problem;
	const struct zv_snapshot *snapshot; /* the caller's; lives as long */
	struct zv_lots_groups groups;
	zv_date as_of;
	int32_t first_quarter;
	struct zv_plan_need *own;                /* problem.needs, for zv_plan_source_close ... */
	struct zv_plan_product *kinds;           /* ... and problem.products, for zv_plan_source_share */
	struct zv_plan_source_need *needs;       /* [problem.n_needs] */
	struct zv_plan_source_offer *offers;     /* [problem.n_offers] */
	struct zv_plan_source_product *products; /* [problem.n_products] */
	uint32_t *resource_offer;                /* [problem.n_resources]: its first offer, of the engine */
	int32_t *resource_lead;                  /* quarters from a period of it to the quarter of delivery */
	struct zv_str *regions;                  /* [problem.n_regions]: ISO code; empty: not known */
	struct zv_plan_source_outside *outside;
	size_t n_outside;
	size_t n_firm; /* needs without tolerances */
};

/* The caller frees with done, also after a failure. The problem has passed zv_plan_problem_check. ZV_E_LIMIT. */
ZV_MUST_CHECK enum zv_code zv_plan_source_build(struct zv_plan_source *out, const struct zv_snapshot *snapshot, zv_date as_of, struct zv_err *err);
void zv_plan_source_done(struct zv_plan_source *source);

/*
 * No maker gets more than `percent` of what is covered of a kind of need. Kinds with so few makers that nothing could be covered then, and goods in pieces, have no
 * such limit. 100: nobody has.
 */
void zv_plan_source_share(struct zv_plan_source *source, int64_t percent);

/* No order reaches this need of the engine any longer. */
void zv_plan_source_close(struct zv_plan_source *source, uint32_t need);

/* The quarter in which an order of the engine is delivered. */
int32_t zv_plan_source_quarter(const struct zv_plan_source *source, uint32_t offer, int32_t period);

/*
 * Why nobody serves a need of the engine although somebody offers its item or a substitute: the offer that comes nearest, by the tests of the lots. ZV_LOT_FITS
 * when an offer of the engine's problem is left to it, ZV_LOT_NOOFFER when nobody offers it. *offer: an index of the snapshot, -1: none. *late: days, with LEAD.
 */
enum zv_lot_why zv_plan_source_why(int32_t *offer, int64_t *late, const struct zv_plan_source *source, uint32_t need);

#endif
