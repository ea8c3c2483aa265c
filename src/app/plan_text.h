/*
 * What a national plan says, in whole sentences in the thread's language: why a need is not covered, what would change it, what is near a launch.
 * The command line, the API and exports take them from here. Codes: zv_plan_why_name, and ours below.
 */
#ifndef ZV_APP_PLAN_TEXT_H
#define ZV_APP_PLAN_TEXT_H

#include "base/arena.h"
#include "base/date.h"
#include "engine/plan/explain.h"
#include "model/price.h"
#include "model/unit.h"

/*
 * Codes beside the engine's, which are decided before it is asked: PROPERTY, UNIT, NOPRICE (of needs in a plan), NOITEM, NOQUANTITY, HELD, TOOLARGE (of
 * needs outside). Kinds beside enum zv_plan_figure: days.
 */
enum { ZV_PLAN_FIG_DAYS = 6 };

/* Quanta of the engine that make one base unit of the dimension, and base units that make the unit of prices (1 kg, 1 piece ...). */
int64_t zv_plan_quanta(enum zv_dim dim);
int64_t zv_plan_unit_base(enum zv_dim dim);

/* Micro-roubles per unit of the plan as a price of the house: for zv_price_format and its sisters. */
struct zv_price zv_plan_price(int64_t urub, enum zv_dim dim);
struct zv_str zv_plan_price_text(int64_t urub, enum zv_dim dim, struct zv_arena *arena); /* "5,000.00 ₽/kg" */
struct zv_str zv_plan_qty_text(int64_t base, enum zv_dim dim, struct zv_arena *arena);   /* "40 kg" */
struct zv_str zv_plan_sum_text(int64_t base, enum zv_dim dim, struct zv_arena *arena);   /* of many rows: to five figures, "12.286 t" */
struct zv_str zv_plan_money_text(int64_t kop, struct zv_arena *arena);                   /* "5,000.00 ₽" */
struct zv_str zv_plan_period_text(int32_t quarter, struct zv_arena *arena);              /* "2026-Q3" */

/* "12.3 %" of parts in a million, 2 decimals at most, and rounded so that what is below 100 % is never shown as 100 %. */
struct zv_str zv_plan_ppm_text(int64_t ppm, struct zv_arena *arena);

/* (objective - bound) / (objective - constant) in parts in a million, rounded up; 0 when the plan is proved, -1 when it cannot be said. */
int64_t zv_plan_gap_ppm(int64_t objective_kop, int64_t bound_kop, int64_t constant_kop);

/* Why a need is not covered, as it is stored (store/plan.h). Names may be empty. */
struct zv_plan_words {
	struct zv_str code;
	enum zv_dim dim;
	int64_t qty_base;      /* that it lacks */
	int64_t ceiling_urub;
	int kind;              /* of figure: enum zv_plan_figure or ZV_PLAN_FIG_DAYS */
	int64_t figure;        /* as stored: base units, urub a unit, kopecks, periods, days, thousandths of a unit of capacity */
	int32_t period;        /* 0: none */
	int displaced;
	bool verified;
	struct zv_str also;    /* a code: what lacks besides; empty: nothing */
	int also_kind;
	int64_t also_figure;
	struct zv_str detail;  /* as stored */
	struct zv_str item, maker, input;
};

struct zv_str zv_plan_why_text(const struct zv_plan_words *words, struct zv_arena *arena);

/* "40 kg", "350.00 ₽/kg", "2 quarters"; empty: no figure. */
struct zv_str zv_plan_figure_text(const struct zv_plan_words *words, struct zv_arena *arena);

/* The same of what lacks besides. */
struct zv_str zv_plan_also_text(const struct zv_plan_words *words, struct zv_arena *arena);

/* What would change it: "if its ceiling is 350.00 ₽/kg higher", or two such changes; empty: nothing is known that would. */
struct zv_str zv_plan_flip_text(const struct zv_plan_words *words, struct zv_arena *arena);

/* A heading for all needs of the code. */
struct zv_str zv_plan_why_title(struct zv_str code);

/* Of an order that is not launched. Lacks of 0 are not lacking; extra_base 0: no extra quantity would do. */
struct zv_plan_unlock_words {
	struct zv_str item, maker, region; /* region: the name of the one that pays best */
	int32_t period;
	enum zv_dim dim;
	int64_t pool_base, lack_base, lack_kop, extra_base, extra_urub;
};
struct zv_str zv_plan_unlock_text(const struct zv_plan_unlock_words *words, struct zv_arena *arena);

/* "it would join if its ceiling rose by 50.00 ₽/kg", or by a quarter when raise_urub is 0. */
struct zv_str zv_plan_joiner_text(int64_t qty_base, int64_t raise_urub, enum zv_dim dim, struct zv_arena *arena);

/* "50 kg more moves the order to the next price: every member saves 600.00 ₽/kg". */
struct zv_str zv_plan_next_tier_text(int64_t lack_base, int64_t saves_urub, enum zv_dim dim, struct zv_arena *arena);

/* "a maker with a minimum below 200 kg and a delivered price below 5,000.00 ₽/kg would serve 5 needs in 5 regions". */
struct zv_str zv_plan_missing_text(int64_t needs, int64_t regions, int64_t moq_base, int64_t price_urub, enum zv_dim dim, struct zv_arena *arena);

/* "one more kg of capacity in 2026-Q3 is worth 120.00 ₽". */
struct zv_str zv_plan_hour_text(int32_t period, int64_t price_urub, enum zv_dim dim, struct zv_arena *arena);

#endif
