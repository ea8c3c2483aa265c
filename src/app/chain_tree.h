/*
 * The tree of an item in both directions, in a network of the registers: what it needs, process by process and input by input down to what comes from outside, and
 * what depends on it, up to what is made in the end. A circle is cut where it would begin anew.
 */
#ifndef ZV_APP_CHAIN_TREE_H
#define ZV_APP_CHAIN_TREE_H

#include "app/chain_world.h"

enum { ZV_CHAIN_TREE_ROWS = 1000, ZV_CHAIN_TREE_DEPTH = 24 };

enum zv_chain_tree_kind { ZV_CHAIN_TREE_PROCESS, ZV_CHAIN_TREE_INPUT, ZV_CHAIN_TREE_SOURCE, ZV_CHAIN_TREE_PRODUCT };

/* Rows in the order in which they are read; a row's children are those after it that are deeper by one. */
struct zv_chain_tree_row {
	uint32_t depth; /* from 0 */
	enum zv_chain_tree_kind kind;
	struct zv_str name;       /* of the process, the source, or the item */
	const struct zv_chain_line *line; /* of an input, and of a process that takes what stands above it; NULL: none */
	bool repeated;            /* it stands above on the same branch: not followed again */
};

struct zv_chain_tree {
	int64_t item_id;
	struct zv_str item;
	struct zv_chain_tree_row *needs, *feeds;
	uint32_t n_needs, n_feeds;
	bool needs_cut, feeds_cut; /* there is more than ZV_CHAIN_TREE_ROWS rows or ZV_CHAIN_TREE_DEPTH levels */
};

/* By the item's name (zv_chain_item_find). In the arena; O(rows of the tree x network). */
ZV_MUST_CHECK enum zv_code zv_chain_tree_make(struct zv_chain_tree *out, const struct zv_chain_world *world, struct zv_str item, struct zv_arena *arena,
					      struct zv_err *err);

/* "process", "input", "source", "product". */
const char *zv_chain_tree_word(enum zv_chain_tree_kind kind);

/* "essential", "important", "non-essential": stable words; the label is an English msgid. */
const char *zv_chain_need_word(enum zv_chain_need need);
const char *zv_chain_need_label(enum zv_chain_need need);

/* What usual work takes of it a day, "15 kg", in the thread's language; false: the rows do not say. */
enum { ZV_CHAIN_DAY_TEXT = 80 };
bool zv_chain_day_text(char out[ZV_CHAIN_DAY_TEXT], const struct zv_chain_line *line);

#endif
