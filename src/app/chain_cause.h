/*
 * What may stop in a network of the registers: an enterprise, a process, an item, an import (an item from one country), a country, a region, an owner, a transport node. A
 * cause is the set of firms that it stops; causes put together are one cause.
 */
#ifndef ZV_APP_CHAIN_CAUSE_H
#define ZV_APP_CHAIN_CAUSE_H

#include "app/chain_world.h"

enum zv_chain_cause_kind {
	ZV_CHAIN_BY_ENTERPRISE, ZV_CHAIN_BY_PROCESS, ZV_CHAIN_BY_ITEM, ZV_CHAIN_BY_IMPORT, ZV_CHAIN_BY_COUNTRY, ZV_CHAIN_BY_REGION, ZV_CHAIN_BY_OWNER,
	ZV_CHAIN_BY_NODE, ZV_CHAIN_CAUSE_KINDS
};

struct zv_chain_cause {
	enum zv_chain_cause_kind kind;
	struct zv_str name;    /* "ускоритель X@Китай", "RU-RYA" */
	const uint32_t *firms; /* that stop, ascending */
	uint32_t n;
};

/* "enterprise", "process" ...: stable words for the command line and JSON; the label is an English msgid. */
const char *zv_chain_cause_word(enum zv_chain_cause_kind kind);
const char *zv_chain_cause_label(enum zv_chain_cause_kind kind);
bool zv_chain_cause_parse(enum zv_chain_cause_kind *out, struct zv_str word);

/*
 * All causes of the network, by kind and then by name, each once; causes of several kinds may stop the same firms. In the arena. O(n log n) in firms.
 * What is nobody's belongs to no enterprise, region or owner.
 */
void zv_chain_causes(struct zv_chain_cause **out, uint32_t *n, const struct zv_chain_world *world, struct zv_arena *arena);

/*
 * "import:ускоритель X@Китай", "country:Китай": the kind may be left out when the name is one cause only. Without case. ZV_E_NOTFOUND, ZV_E_INVALID (several): the
 * sentence says what there is. *out borrows from `causes`.
 */
ZV_MUST_CHECK enum zv_code zv_chain_cause_find(const struct zv_chain_cause **out, const struct zv_chain_cause *causes, uint32_t n, struct zv_str text,
					       struct zv_err *err);

/* All of them at once, in the arena; n at least 1. The name is theirs with " + " between. */
void zv_chain_cause_union(struct zv_chain_cause *out, const struct zv_chain_cause *const *parts, uint32_t n, struct zv_arena *arena);

/* How the stop of one firm is asked for, "import:ускоритель X@Китай": its process, its import, its enterprise, or its item, whichever is first known. */
struct zv_str zv_chain_firm_cause(const struct zv_chain_world *world, uint32_t firm, struct zv_arena *arena);

#endif
