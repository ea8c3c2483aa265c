/*
 * Production chains of the registers (docs/design/chains.md) as one network: firms that give, lines that take, sources between them. A firm is a process of an
 * organisation or of nobody, something outside (an import, a maker whose processes are not known), or a way between the two that goes through transport nodes.
 * Only rows that the person may see take part, so an answer tells nothing of others'.
 */
#ifndef ZV_APP_CHAIN_WORLD_H
#define ZV_APP_CHAIN_WORLD_H

#include "auth/rights.h"
#include "base/arena.h"
#include "base/err.h"
#include "store/db/db.h"

enum zv_chain_firm_kind { ZV_CHAIN_PROCESS, ZV_CHAIN_OUTSIDE, ZV_CHAIN_WAY };

struct zv_chain_firm {
	enum zv_chain_firm_kind kind;
	int64_t org_id;          /* 0: nobody's */
	struct zv_str org;       /* its name */
	struct zv_str process;   /* ZV_CHAIN_PROCESS */
	int64_t item_id;         /* ZV_CHAIN_OUTSIDE: what comes from there */
	struct zv_str item, country, region, owner;
	struct zv_str nodes;     /* ZV_CHAIN_WAY: parted by ";" */
	uint32_t from;           /* ZV_CHAIN_WAY: the firm that it begins at */
	int64_t day_kop;         /* what a day without it costs; 0: nothing is known */
};

enum zv_chain_need { ZV_CHAIN_NEED_ESSENTIAL = 1, ZV_CHAIN_NEED_IMPORTANT, ZV_CHAIN_NEED_OTHER }; /* as stored (store/recipe_line.c) */

struct zv_chain_line {
	uint32_t firm; /* that takes it */
	enum zv_chain_need need;
	int64_t item_id;
	struct zv_str item;
	int64_t stock_days;
	double day_base;   /* what usual work takes a day, in base units of `dim`; 0: the rows do not say */
	int64_t dim;
	uint32_t first, n; /* its sources; one that gives more than its share stands twice */
	uint32_t sources;  /* where they begin, each once */
	bool stated;       /* false: no row says where it comes from, so it comes from whoever makes it, or from somewhere */
};

struct zv_chain_from {
	uint32_t line, firm;
	double share;   /* of the line's usual need, today; 0: it steps in */
	double most;    /* the most that it gives, as a share of the need; INFINITY: enough */
	int64_t day;    /* of share 0: how many days after the decision it begins */
	int64_t transit_days; /* from `firm`: of a way, after its nodes */
	int64_t lead_days;    /* from where the way begins */
	struct zv_str uid, with_item; /* of the row; the item in its place. Empty: none */
};

struct zv_chain_world {
	struct zv_chain_firm *firms;
	struct zv_chain_line *lines;
	struct zv_chain_from *from;
	uint32_t n_firms, n_lines, n_from;
	/* Item and the firm that makes it, by item. */
	struct zv_chain_makes {
		int64_t item_id;
		uint32_t firm;
		struct zv_str item;
		int64_t day_kop;
	} *makes;
	uint32_t n_makes;
};

enum { ZV_CHAIN_WORLD_ROWS_MAX = 2000000 };

/*
 * `with`: keys or public ids of proposed sources that count all the same, n_with of them; a name that is no such source is ZV_E_NOTFOUND. `who` NULL: the owner of the
 * database. Everything lives in `arena`. Linear in the rows but for sorting; ZV_E_LIMIT beyond ZV_CHAIN_WORLD_ROWS_MAX of a register.
 */
ZV_MUST_CHECK enum zv_code zv_chain_world_load(struct zv_chain_world *out, struct zv_db *db, const struct zv_who *who, const struct zv_str *with,
					       size_t n_with, struct zv_arena *arena, struct zv_err *err);

/* "АО «Ока-Полимер»: смесь", "ускоритель X (Китай)": what people call the firm, in the arena. */
struct zv_str zv_chain_firm_name(const struct zv_chain_world *world, uint32_t firm, struct zv_arena *arena);

/* Where what comes over a way begins; any other firm itself. */
uint32_t zv_chain_begin(const struct zv_chain_world *world, uint32_t firm);

#endif
