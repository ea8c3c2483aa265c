/*
 * Scenarios: questions about production chains that somebody saved (docs/design/chains.md), seen by who saved them and by people of the same organisation. Answers
 * are not kept: each is reckoned out of the rows that whoever asks may see today.
 */
#ifndef ZV_APP_CHAIN_SCENARIO_H
#define ZV_APP_CHAIN_SCENARIO_H

#include "app/chain_question.h"
#include "base/buf.h"

enum { ZV_SCENARIO_TITLE_MAX = 120, ZV_SCENARIOS_MAX = 200, ZV_SCENARIO_WORDS_MAX = 2000, ZV_SCENARIOS_COMPARED_MAX = 8 };

struct zv_scenario {
	int64_t id;
	struct zv_str uid, title, made_by;
	int64_t made_ms;
	bool own; /* may be renamed and taken away by whoever looks */
	struct zv_chain_words words;
};

/*
 * Action SCENARIO; each is one transaction. The question is asked once, so that what cannot be answered is not saved. An empty title becomes the causes. ZV_E_LIMIT beyond
 * ZV_SCENARIOS_MAX of one account.
 */
ZV_MUST_CHECK enum zv_code zv_scenario_save(struct zv_scenario *out, struct zv_db *db, const struct zv_who *who, struct zv_str title,
					    const struct zv_chain_words *words, struct zv_arena *arena, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_scenario_rename(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_str title, struct zv_arena *arena,
					      struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_scenario_drop(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena, struct zv_err *err);

/* Newest first. What is somebody else's is ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_scenario_list(struct zv_scenario **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena,
					    struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_scenario_get(struct zv_scenario *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
					   struct zv_err *err);

/* Scenarios side by side: the first is what the others are held against. */
struct zv_scenario_comparison {
	struct zv_scenario *scenarios;
	struct zv_chain_asked *asked; /* one a scenario */
	size_t n;
	struct zv_scenario_line { /* a process that runs lower in any of them, in the order in which they are met */
		int64_t org_id;
		struct zv_str name, org, process;
		const struct zv_chain_hit **hits; /* one a scenario; NULL: runs as usual */
	} *lines;
	size_t n_lines;
	struct zv_scenario_org { /* an enterprise with such processes; no name: processes of nobody */
		int64_t org_id;
		struct zv_str name;
		int64_t *lost_kop; /* one a scenario */
	} *orgs;
	size_t n_orgs;
};

/* n from 2 to ZV_SCENARIOS_COMPARED_MAX. A scenario whose causes are not there any more: ZV_E_NOTFOUND with its title. In the arena. */
ZV_MUST_CHECK enum zv_code zv_scenario_compare(struct zv_scenario_comparison *out, struct zv_db *db, const struct zv_who *who, const struct zv_str *uids,
					       size_t n, struct zv_arena *arena, struct zv_err *err);

/*
 * The comparison as CSV: a row for each process and scenario, and one for each scenario in all, with the difference from the first, the day and the version of the data
 * (zv_view_version). Appends.
 */
ZV_MUST_CHECK enum zv_code zv_scenario_csv(struct zv_buf *out, const struct zv_scenario_comparison *comparison, uint64_t version, struct zv_arena *arena,
					   struct zv_err *err);

#endif
