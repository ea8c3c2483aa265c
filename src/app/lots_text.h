/* Why a need is in no lot, in whole sentences with both values, in the thread's language. */
#ifndef ZV_APP_LOTS_TEXT_H
#define ZV_APP_LOTS_TEXT_H

#include "base/arena.h"
#include "base/date.h"
#include "model/price.h"
#include "model/unit.h"

/* What the engine or the store says of a miss; the meaning of have, want and lack goes by the code (engine/lot/lot.h). */
struct zv_lots_why {
	struct zv_str code;  /* "MINIMUM" ... */
	struct zv_str maker; /* of the offer that came nearest; may be empty */
	enum zv_dim dim;
	int64_t firm_base;   /* of the need */
	int64_t have, want, lack, size_base;
	struct zv_price price, ceiling;
	struct zv_str required, offered; /* PROPERTY: texts of requirements and properties */
};

struct zv_str zv_lots_why_text(const struct zv_lots_why *why, struct zv_arena *arena);

/* "40 kg", in the arena. */
struct zv_str zv_lots_qty(int64_t base, enum zv_dim dim, struct zv_arena *arena);

#endif
