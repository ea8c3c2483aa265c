/*
 * What a person sees of a row: nothing, its shape, its shape with the name of the organisation, or all (features N4, I3; security.md T1, T2).
 * The rule is auth/rights.h; here it meets the rows: visibility classes, accepted contacts, matched makers. docs/design/disclosure.md.
 */
#ifndef ZV_APP_SIGHT_H
#define ZV_APP_SIGHT_H

#include "auth/rights.h"
#include "base/buf.h"
#include "store/id.h"
#include "store/register.h"
#include "store/search.h"

enum zv_sight {
	ZV_SIGHT_NONE,  /* as if it were not there: 404, not in lists, counts, search, suggestions */
	ZV_SIGHT_SHAPE, /* a need: item, region, quantity, due date, requirements, state. No organisation, ceiling, note, own key, stock, loss */
	ZV_SIGHT_NAMED, /* the same and the organisation: its contact was accepted */
	ZV_SIGHT_FULL
};

/* By the numbers that the column `visibility` of a need holds; a need that says nothing is for its own centre only. */
enum zv_visibility { ZV_VISIBLE_CENTRE, ZV_VISIBLE_MATCHED, ZV_VISIBLE_ASSOCIATION, ZV_VISIBLE_PUBLIC };

/* The action that reads, or writes, rows of this register. */
enum zv_action zv_sight_action(const struct zv_register *reg, bool write);

/* Whose the record is: its centre, and the organisation (of a supply the supplier, of a contract the seller; of an organisation itself). */
struct zv_object zv_sight_object(const struct zv_register *reg, const struct zv_record *record);

/*
 * Registers whose rows belong to those whom they connect (sight_records.c): clusters and what belongs to them, contracts, projects. Of these
 * zv_sight_object is not the whole answer: a contract has two sides, a delivery is its contract's.
 */
bool zv_sight_related(const struct zv_register *reg);

/* Whether the person may write the row, of any register. zv_sight_needs: ZV_OK or ZV_E_DENIED with a sentence that says who may. */
ZV_MUST_CHECK enum zv_code zv_sight_writes(bool *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
					   const struct zv_record *record, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_sight_needs(struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, const struct zv_record *record,
					  struct zv_err *err);

ZV_MUST_CHECK enum zv_code zv_sight_of(enum zv_sight *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg,
				       const struct zv_record *record, struct zv_err *err);

/* Whether a column is shown at this sight. A column that is not shown reads as not stated, and can be neither filtered nor sorted by. */
bool zv_sight_column(const struct zv_register *reg, int column, enum zv_sight sight);

/*
 * The least sight at which the person may meet a row of this register: what can be asked for of all rows at once. ZV_SIGHT_FULL when every row
 * is full for this person, ZV_SIGHT_NONE when there is none.
 */
enum zv_sight zv_sight_least(const struct zv_who *who, const struct zv_register *reg);

/*
 * Sets what is not to be seen to null, key and provenance included. A need of a stated item gets the item's name for a title: free text may
 * name the buyer. The name is copied into `arena`.
 */
ZV_MUST_CHECK enum zv_code zv_sight_mask(struct zv_record *record, struct zv_db *db, const struct zv_register *reg, enum zv_sight sight,
					 struct zv_arena *arena, struct zv_err *err);

/* The row that the person asks for by its public id, masked. ZV_E_NOTFOUND, in the same words, when it is not to be seen. */
ZV_MUST_CHECK enum zv_code zv_sight_record(struct zv_record *out, enum zv_sight *sight, struct zv_db *db, const struct zv_who *who,
					   const struct zv_register *reg, struct zv_str uid, struct zv_arena *arena, struct zv_err *err);

/*
 * Ids, in their order, of the next rows after `after_id` that the person may see; *n < max says that these were the last. What is hidden takes no
 * place, so that nothing about it can be told from the pages. For a register whose rows all are open, use zv_record_each instead.
 */
bool zv_sight_open(const struct zv_who *who, const struct zv_register *reg);
ZV_MUST_CHECK enum zv_code zv_sight_next(int64_t *ids, size_t *n, size_t max, struct zv_db *db, const struct zv_who *who,
					 const struct zv_register *reg, int64_t after_id, struct zv_err *err);

/*
 * Items (sight_items.c). Those below ZV_SIGHT_SHARED_END are the shared catalogue, seen by everybody who is signed in; the others came in with a
 * centre's own needs and offers and are seen by its operators, by those who read all, and by whoever sees a row that refers to one.
 */
#define ZV_SIGHT_SHARED_END ((int64_t)1 << ZV_CENTRE_SHIFT)
bool zv_sight_items_all(const struct zv_who *who);
ZV_MUST_CHECK enum zv_code zv_sight_of_item(enum zv_sight *out, struct zv_db *db, const struct zv_who *who, int64_t item_id, struct zv_err *err);

/* For imports: whether a row of any register is seen at all. `seeing`: struct zv_sight_seeing. */
ZV_MUST_CHECK enum zv_code zv_sight_keeps_row(bool *out, void *seeing, const struct zv_register *reg, const struct zv_record *record, struct zv_err *err);

/* For zv_search_keep and for imports: whether an item is seen at all. `seeing`: struct zv_sight_seeing. */
struct zv_sight_seeing {
	struct zv_db *db;
	const struct zv_who *who;
};
ZV_MUST_CHECK enum zv_code zv_sight_keeps_item(bool *out, void *seeing, int64_t id, struct zv_err *err);

/* zv_search over the items that the person sees: hidden ones change neither what is found nor its order. */
ZV_MUST_CHECK enum zv_code zv_sight_search(struct zv_hit **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_str query, bool prefix,
					   int limit, struct zv_arena *arena, struct zv_err *err);

/* How many rows the person may see. O(what he sees), unless all are open. */
ZV_MUST_CHECK enum zv_code zv_sight_count(int64_t *out, struct zv_db *db, const struct zv_who *who, const struct zv_register *reg, struct zv_err *err);

/* A text that is the same for two people only when they see the same: for the keys of whatever keeps answers. */
void zv_sight_key(struct zv_buf *out, const struct zv_who *who);

/*
 * Disclosure control (I3) for a figure over several organisations that is shown to somebody who sees not all of them: at least
 * `k` (setting "disclosure.k", 3) organisations and none above `percent` ("disclosure.percent", 75) of the volume.
 */
struct zv_disclosure_rule {
	int k;
	int percent;
};
ZV_MUST_CHECK enum zv_code zv_disclosure_rule_load(struct zv_disclosure_rule *out, struct zv_db *db, struct zv_err *err);
bool zv_disclosure_allows(const struct zv_disclosure_rule *rule, size_t n_orgs, int64_t largest, int64_t total);

#endif
