/* Controlled substances: what may not be published, what needs a permit record first. The built-in rows are data/controlled_substances.csv. */
#ifndef ZV_MODEL_CONTROL_H
#define ZV_MODEL_CONTROL_H

#include "base/arena.h"
#include "base/err.h"

/* From mild to strict: of several hits the largest counts. */
enum zv_control_action {
	ZV_CONTROL_NONE = 0,
	ZV_CONTROL_INFO,
	ZV_CONTROL_PERMIT_CHECK,          /* may be stored; a permit record is needed before publication */
	ZV_CONTROL_REFUSE_WITHOUT_PERMIT, /* is not stored without a permit record */
	ZV_CONTROL_REFUSE                 /* is not stored, not even as text */
};

struct zv_control_rule {
	struct zv_str kind;  /* cas, okpd2_prefix, family */
	struct zv_str value; /* CAS or code; empty for a family */
	struct zv_str name_ru, name_en;
	struct zv_str synonyms; /* parted by "|"; of a family: parts of names that point to it */
	struct zv_str regime, entry;
	int64_t threshold_ppm; /* the rule holds from this concentration on; 0: always */
	enum zv_control_action action;
	struct zv_str source, as_of;
};

struct zv_controls;

const struct zv_controls *zv_controls_builtin(void);

/* An empty table for the operator's own rows. The caller frees. */
struct zv_controls *zv_controls_new(void);
void zv_controls_free(struct zv_controls *controls);

/* Columns of a table that zv_controls_add_row reads, in this order. */
enum { ZV_CONTROL_KIND, ZV_CONTROL_VALUE, ZV_CONTROL_NAME_RU, ZV_CONTROL_NAME_EN, ZV_CONTROL_SYNONYMS, ZV_CONTROL_REGIME,
       ZV_CONTROL_ENTRY, ZV_CONTROL_THRESHOLD, ZV_CONTROL_ACTION, ZV_CONTROL_SOURCE, ZV_CONTROL_AS_OF, ZV_CONTROL_COLUMNS };

/* The cells are copied. Errors name the column. */
ZV_MUST_CHECK enum zv_code zv_controls_add_row(struct zv_controls *controls, const struct zv_str cells[ZV_CONTROL_COLUMNS], struct zv_err *err);

size_t zv_controls_count(const struct zv_controls *controls);
const struct zv_control_rule *zv_controls_at(const struct zv_controls *controls, size_t i);

/* What is known of a thing; anything may be empty. */
struct zv_control_query {
	struct zv_str cas, okpd2;
	const struct zv_str *names; /* titles and synonyms */
	size_t n_names;
	int64_t concentration_ppm; /* 0: not stated, then a threshold does not excuse */
};

struct zv_control_hit {
	const struct zv_control_rule *rule;
	enum zv_control_action action;
	bool certain; /* by number, code or whole name; false: by words or family, an expert should look */
};

struct zv_control_result {
	enum zv_control_action action; /* the strictest of the hits */
	const struct zv_control_hit *hits; /* in the arena, strictest first */
	size_t n;
	struct zv_str text; /* one sentence for the user in the thread's language; empty when there is no hit */
};

void zv_control_check(struct zv_control_result *out, const struct zv_controls *controls, const struct zv_control_query *query,
		      struct zv_arena *arena);

/* "refuse", "refuse_without_permit", "permit_check", "info", "none". */
const char *zv_control_action_name(enum zv_control_action action);

#endif
