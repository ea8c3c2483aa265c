/*
 * Requirements of a need and properties of an offer in one small language:
 *   purity >= 99.0 %; water <= 0.1 % soft 3; colour in (white, clear); viscosity 10..20 mPa·s; grade >= ч.д.а.
 * Statements are parted by ";" or line ends. A statement is hard unless it ends in `soft` (мягко) and, if wanted, a weight 1..100.
 * An offer says "purity = 99.5 %; water <= 0.05 %": a bound promises that the value lies inside it.
 */
#ifndef ZV_MODEL_REQUIREMENT_H
#define ZV_MODEL_REQUIREMENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum zv_req_op { ZV_REQ_EQ, ZV_REQ_GE, ZV_REQ_LE, ZV_REQ_GT, ZV_REQ_LT, ZV_REQ_RANGE, ZV_REQ_IN };

enum { ZV_REQ_DECIMALS = 6, ZV_REQ_MAX = 200, ZV_REQ_WEIGHT_MAX = 100 };

struct zv_requirement {
	struct zv_str property; /* known ones by their English key ("purity"), others folded */
	enum zv_req_op op;
	bool numeric;                  /* false: words, then only EQ and IN */
	bool grade;                    /* words that are purity grades: then the numbers are their ranks */
	int64_t lo, hi;                /* millionths; EQ: both alike; GE, GT: lo; LE, LT: hi; the open end is INT64_MIN or INT64_MAX */
	struct zv_str lo_text, hi_text; /* as entered, "99.0"; words: lo_text */
	struct zv_str unit;            /* normalised, "%", "mPa·s"; may be empty */
	const struct zv_str *words;    /* IN: as entered */
	size_t n_words;
	bool hard;
	int weight; /* of a soft one; 1 unless said */
};

struct zv_requirements {
	const struct zv_requirement *p;
	size_t n;
};

/* Everything lives in the arena. The message quotes the statement at fault. The empty text gives none. */
ZV_MUST_CHECK enum zv_code zv_requirements_parse(struct zv_requirements *out, struct zv_str text, struct zv_arena *arena, const char *field,
						 struct zv_err *err);

/* The part behind the property: ">= 99.0 %", "in (white, clear)", "10..20 mPa·s". */
void zv_requirement_format_value(struct zv_buf *out, const struct zv_requirement *requirement);

/* Canonical text, alike in every language; parses back to the same. */
void zv_requirements_format(struct zv_buf *out, const struct zv_requirements *list);

enum zv_req_verdict { ZV_REQ_FAIL = -1, ZV_REQ_UNKNOWN = 0, ZV_REQ_PASS = 1 };

struct zv_req_result {
	enum zv_req_verdict verdict;
	struct zv_str text; /* "purity 98.0 < 99.0", "water is not stated, <= 0.1 % is needed"; in the arena, the thread's language */
};

/* A property that is not stated, or stated so that both could be true, is UNKNOWN: the maker is asked. */
void zv_requirement_test(struct zv_req_result *out, const struct zv_requirement *requirement, const struct zv_requirements *properties,
			 struct zv_arena *arena);

/* False when the hard requirements of two needs cannot be met by one product; then *why (if not NULL) names the property and both sides. */
bool zv_requirements_compatible(const struct zv_requirements *a, const struct zv_requirements *b, struct zv_str *why, struct zv_arena *arena);

/* The label of a property in the thread's language: "purity", «чистота»; unknown ones as they are. */
struct zv_str zv_property_label(struct zv_str property);

#endif
