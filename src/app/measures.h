/*
 * The register of support measures (feature S1): what the packs in force say, searched by words and by the numbers of acts, with dated parameters,
 * windows and budgets; the calendar of windows; and who gained or lost a measure when a pack changed.
 */
#ifndef ZV_APP_MEASURES_H
#define ZV_APP_MEASURES_H

#include "app/packs.h"
#include "auth/who.h"
#include "engine/rules/rules.h"

struct zv_measure {
	const struct zv_rules_rule *rule;
	const struct zv_pack *pack; /* parsed; with its text */
	int at;                     /* index of the rule in the pack */
};

/* "active", "to_check" ...: stable words, those of the language of rules. The label is an English msgid. */
const char *zv_measure_status_name(enum zv_rules_status status);
const char *zv_measure_status_label(enum zv_rules_status status);
bool zv_measure_status_parse(enum zv_rules_status *out, struct zv_str name);
const char *zv_measure_confidence_name(enum zv_rules_confidence confidence);
const char *zv_measure_level_name(enum zv_rules_level level);
const char *zv_measure_form_label(struct zv_str form); /* an English msgid; NULL: a form that is not known */

/* "eligible", "unknown", "not_eligible": what a pack says of an organisation and a measure. */
const char *zv_measure_truth_name(enum zv_truth truth);
const char *zv_measure_truth_label(enum zv_truth truth);

struct zv_measures_query {
	struct zv_str text; /* empty: all */
	struct zv_str form; /* empty: all */
	int status;         /* enum zv_rules_status; -1: all */
	zv_date on;         /* ZV_DATE_NONE: the day on which everything is seen */
};

/* Status and form as people write them; empty: all. ZV_E_INVALID names the words there are. */
ZV_MUST_CHECK enum zv_code zv_measures_filter(struct zv_measures_query *out, struct zv_str status, struct zv_str form, struct zv_err *err);

/*
 * Measures of the packs that are in force and valid on the day, and that this person may see: in the order of the packs, or the best hits first. A
 * text hits by the words of titles, notes and beneficiaries in any form and both languages, by the id, and by either number of the act, where case, №,
 * blanks, dashes and "от" do not matter. Everything lives in `arena`. Cost: reading the packs.
 */
ZV_MUST_CHECK enum zv_code zv_measures_list(struct zv_measure **out, size_t *n, zv_date *on, struct zv_db *db, const struct zv_who *who,
					    const struct zv_measures_query *query, struct zv_arena *arena, struct zv_err *err);

/* One by its id, in any case of letters. ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_measures_get(struct zv_measure *out, zv_date *day, struct zv_db *db, const struct zv_who *who, struct zv_str id, zv_date on,
					   struct zv_arena *arena, struct zv_err *err);

/* How well a text hits a measure; 0: not at all. Pure. */
int zv_measure_score(const struct zv_rules_rule *rule, struct zv_str text);

/* The lines of the pack that are this measure. */
struct zv_str zv_measure_text(const struct zv_measure *measure);

/* Whether the measure's lines use a parameter or declared fact of this name. */
bool zv_measure_uses(const struct zv_measure *measure, struct zv_str name);

/* --- calendar ------------------------------------------------------------------------------------------------------------------- */

enum zv_measure_phase { ZV_MEASURE_PAST, ZV_MEASURE_OPEN, ZV_MEASURE_COMING };
enum zv_measure_phase zv_measure_phase(zv_date from, zv_date to, zv_date on);
const char *zv_measure_phase_name(enum zv_measure_phase phase); /* "past", "open", "coming" */

struct zv_measure_event {
	struct zv_measure measure;
	const struct zv_rules_window *window;
};

/* Windows that touch from .. to (either may be ZV_DATE_NONE), by their beginning. */
ZV_MUST_CHECK enum zv_code zv_measure_calendar(struct zv_measure_event **out, size_t *n, zv_date *day, struct zv_db *db, const struct zv_who *who,
					       zv_date from, zv_date to, zv_date on, struct zv_arena *arena, struct zv_err *err);

/* --- changes -------------------------------------------------------------------------------------------------------------------- */

struct zv_measure_change {
	int64_t id;
	struct zv_str measure;     /* id */
	struct zv_str title;       /* of the newer pack, in the thread's language */
	struct zv_str org_uid, org;
	struct zv_str pack_uid, pack;
	enum zv_truth was, now;
	int64_t was_kop, now_kop;  /* -1: none */
	int64_t at_ms;
};

/* "gained", "lost", "more", "less", "other" */
const char *zv_measure_change_word(const struct zv_measure_change *change);

struct zv_measure_changes_query {
	struct zv_str pack, measure; /* uid of the pack, id of the measure; empty: all */
	int64_t before;              /* id to go on below; 0: from the newest */
	int limit;
};

/* Of the own organisations, of the own centre, or all (action SUPPORT_READ). *next 0: that was the end. */
ZV_MUST_CHECK enum zv_code zv_measure_changes(struct zv_measure_change **out, size_t *n, int64_t *next, struct zv_db *db, const struct zv_who *who,
					      const struct zv_measure_changes_query *query, struct zv_arena *arena, struct zv_err *err);

/* What a task says of a change: "<uid of the pack>/<id of the measure>" for an organisation. Empty: it is not known any more. */
ZV_MUST_CHECK enum zv_code zv_measure_change_sentence(struct zv_str *out, struct zv_str *measure, struct zv_db *db, int64_t org_id, struct zv_str subject,
						      struct zv_arena *arena, struct zv_err *err);

#endif
