/*
 * A question about production chains: what stops, from when to when, how much is left, and which proposed sources count. As words it comes from an address, a body,
 * the command line or a saved scenario; asked, it is answered out of the rows that the person may see.
 */
#ifndef ZV_APP_CHAIN_QUESTION_H
#define ZV_APP_CHAIN_QUESTION_H

#include "app/chain_run.h"

enum { ZV_CHAIN_NAMES_MAX = 32 };

/* Empty: as if it were not there. cause and with: names parted by "|". */
struct zv_chain_words {
	struct zv_str cause, with, days, from, to, rate;
};

struct zv_chain_question {
	struct zv_str causes[ZV_CHAIN_NAMES_MAX], with[ZV_CHAIN_NAMES_MAX];
	size_t n_causes, n_with;
	struct zv_chain_when when;
};

/* Borrows from the words. ZV_E_INVALID, ZV_E_LIMIT: the field is the name of the word. */
ZV_MUST_CHECK enum zv_code zv_chain_question_read(struct zv_chain_question *out, const struct zv_chain_words *words, struct zv_err *err);

/* "import" and so on; empty: -1, all. */
ZV_MUST_CHECK enum zv_code zv_chain_kind_read(int *out, struct zv_str word, struct zv_err *err);

struct zv_chain_asked {
	struct zv_chain_question question;
	struct zv_chain_world world;
	struct zv_chain_cause *causes; /* all that there are */
	uint32_t n_causes;
	/* zv_chain_ask only */
	const struct zv_chain_cause *parts[ZV_CHAIN_NAMES_MAX];
	struct zv_chain_cause cause; /* all of them together */
	struct zv_chain_answer answer;
};

/* The network with the sources asked for; `question` is filled before. In the arena. */
ZV_MUST_CHECK enum zv_code zv_chain_asked_load(struct zv_chain_asked *asked, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err);

/* Whether so many causes of the kind can be ranked while somebody waits; else ZV_E_INVALID on "kind", and a job is the way. */
enum { ZV_CHAIN_AT_ONCE = 5000 };
ZV_MUST_CHECK enum zv_code zv_chain_at_once(const struct zv_chain_asked *asked, int kind, struct zv_err *err);

/* The same, and what stops. ZV_E_INVALID where no cause is named, ZV_E_NOTFOUND. */
ZV_MUST_CHECK enum zv_code zv_chain_ask(struct zv_chain_asked *asked, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err);

#endif
