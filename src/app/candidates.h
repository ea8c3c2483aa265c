/*
 * Whom a cluster could invite, and why: who sells to its members or buys from them under contracts shown to it, and who offers what they need or
 * import, as far as the person who asks may see those needs and offers. With the effect on a pack's criteria.
 */
#ifndef ZV_APP_CANDIDATES_H
#define ZV_APP_CANDIDATES_H

#include "app/cluster_profile.h"
#include "base/buf.h"

enum zv_reason_kind { ZV_REASON_SELLS = 1, ZV_REASON_IMPORTED, ZV_REASON_NEEDED, ZV_REASON_BUYS };
const char *zv_reason_kind_name(enum zv_reason_kind kind); /* "sells_to_member", "makes_what_members_import" ... */

struct zv_reason {
	enum zv_reason_kind kind;
	struct zv_str member_uid, member;  /* the other side */
	struct zv_str subject;             /* uid of the contract or the need */
	struct zv_str number;              /* of the contract */
	struct zv_str item, item_en;       /* what is sold or offered */
	struct zv_str for_item, for_item_en; /* what it is qualified to stand in for; empty: it is the thing itself */
	struct zv_str country;             /* of import */
	int64_t year;                      /* of the deliveries; 0: the sum is that of the contract, or of the need */
	int64_t kop;                       /* -1: not stated */
};
struct zv_str zv_reason_text(const struct zv_reason *reason, struct zv_arena *arena); /* a sentence in the thread's language */
/* Only the contract: ": 150,000.00 ₽ in 2025, acetylacetone (contract 7)". */
struct zv_str zv_reason_about(const struct zv_reason *reason, struct zv_arena *arena);
struct zv_str zv_reason_href(const struct zv_reason *reason, struct zv_arena *arena);

/* What is kept with an invitation, and read back. */
void zv_reasons_write(struct zv_buf *out, const struct zv_reason *reasons, size_t n);
ZV_MUST_CHECK enum zv_code zv_reasons_read(struct zv_reason **out, size_t *n, struct zv_str json, struct zv_arena *arena, struct zv_err *err);

enum { ZV_CHANGES_MAX = 20 };
struct zv_effect_change {
	struct zv_str criterion, title;
	int was, now; /* enum zv_truth of engine/rules/rules.h */
	struct zv_str was_text, now_text; /* "10 >= 11" */
};
struct zv_effect_counts {
	int passed, failed, unknown;
};
struct zv_effect {
	struct zv_str pack_uid, pack, pack_title; /* empty: no pack is in force */
	struct zv_effect_counts before, after;
	const struct zv_effect_change *changes;
	size_t n_changes;
};

struct zv_candidate {
	int64_t org_id;
	struct zv_str org_uid, org, region;
	int role;        /* in which it would join: by what it does for the members */
	int64_t kop;     /* of all its reasons; 0: no money is stated */
	bool imports;    /* one of its reasons is an import */
	const struct zv_reason *reasons; /* imports first, then by money; at most ZV_REASONS_MAX */
	size_t n_reasons, n_reasons_all;
	struct zv_effect effect;
	struct zv_str invitation; /* uid; empty: none yet */
	int invitation_state;
};
enum { ZV_REASONS_MAX = 10 };

struct zv_candidates_ask {
	struct zv_str pack;   /* name or series; empty: the own pack of the cluster in force, else the first for clusters */
	struct zv_str org;    /* uid: only this one, even with no reason; empty: all */
	size_t limit;         /* 0: 50 */
	bool plain;           /* without the effect */
};

/* By money, imports before others of the same sum. ZV_E_NOTFOUND; ZV_E_DENIED for who may not invite. O(contracts + needs * offers + limit * facts). */
ZV_MUST_CHECK enum zv_code zv_candidates(struct zv_candidate **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str cluster,
					 const struct zv_candidates_ask *ask, struct zv_arena *arena, struct zv_err *err);

/* Inside: fills the effect of joining for each of them (candidates_effect.c). */
ZV_MUST_CHECK enum zv_code zv_candidates_effect(struct zv_candidate *candidates, size_t n, struct zv_db *db, const struct zv_who *who,
						const struct zv_cluster *cluster, struct zv_str pack, zv_date on, struct zv_arena *arena, struct zv_err *err);

#endif
