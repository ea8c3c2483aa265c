/* Properties by their many names, and the units that their values come in. The table is data/properties.csv. */
#ifndef ZV_MODEL_PROPERTY_H
#define ZV_MODEL_PROPERTY_H

#include "base/arena.h"

/* The stable key of a known property («массовая доля основного вещества»: "purity"), or the folded text in the arena. */
struct zv_str zv_property_key(struct zv_str text, struct zv_arena *arena);

/* The unit taken when none is written, "%" of purity; empty for most. */
struct zv_str zv_property_unit(struct zv_str key);

/* A unit of a value: two with the same kind compare as value * num / den. */
struct zv_value_unit {
	struct zv_str text; /* one writing for all: "%", "mPa·s", "kg/m³" */
	int kind;           /* 0: only comparable with the same text */
	int64_t num, den;
};

/* Never fails: an unknown unit stays as folded text in the arena, of kind 0. False then. */
bool zv_value_unit_find(struct zv_value_unit *out, struct zv_str text, struct zv_arena *arena);

#endif
