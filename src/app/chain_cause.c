/* Causes: pairs of a name and a firm, sorted and cut into groups. */
#include "app/chain_cause.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/vec.h"

static const struct {
	const char *word, *label;
} kinds[ZV_CHAIN_CAUSE_KINDS] = {
	[ZV_CHAIN_BY_ENTERPRISE] = {"enterprise", N_("enterprise")},
	[ZV_CHAIN_BY_PROCESS] = {"process", N_("process")},
	[ZV_CHAIN_BY_ITEM] = {"item", N_("item")},
	[ZV_CHAIN_BY_IMPORT] = {"import", N_("import")},
	[ZV_CHAIN_BY_COUNTRY] = {"country", N_("country")},
	[ZV_CHAIN_BY_REGION] = {"region", N_("region")},
	[ZV_CHAIN_BY_OWNER] = {"owner", N_("owner")},
	[ZV_CHAIN_BY_NODE] = {"node", N_("transport node")},
};

const char *zv_chain_cause_word(enum zv_chain_cause_kind kind)
{
	return kinds[kind].word;
}

const char *zv_chain_cause_label(enum zv_chain_cause_kind kind)
{
	return kinds[kind].label;
}

bool zv_chain_cause_parse(enum zv_chain_cause_kind *out, struct zv_str word)
{
	for (int i = 0; i < ZV_CHAIN_CAUSE_KINDS; i++) {
		if (!zv_str_eq_c(word, kinds[i].word))
			continue;
		*out = (enum zv_chain_cause_kind)i;
		return true;
	}
	return false;
}

struct pair {
	enum zv_chain_cause_kind kind;
	struct zv_str name, folded;
	uint32_t firm;
};

struct pairs {
	struct zv_arena *arena;
	ZV_VEC(struct pair) list;
};

static struct zv_str fold(struct zv_str text, struct zv_arena *arena)
{
	struct zv_buf buf;
	struct zv_str out;

	zv_buf_init(&buf, 0);
	zv_utf8_fold(&buf, text);
	out = zv_str_dup(arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return out;
}

static void add(struct pairs *p, enum zv_chain_cause_kind kind, struct zv_str name, uint32_t firm)
{
	if (name.n > 0)
		zv_vec_push(&p->list, ((struct pair){kind, name, fold(name, p->arena), firm}));
}

static void add_nodes(struct pairs *p, struct zv_str nodes, uint32_t firm)
{
	struct zv_str part;

	while (nodes.n > 0 && zv_str_split(&part, &nodes, ';'))
		add(p, ZV_CHAIN_BY_NODE, zv_str_trim(part), firm);
}

static struct zv_str import_name(const struct zv_chain_firm *firm, struct zv_arena *arena)
{
	return zv_arena_strf(arena, "%.*s@%.*s", ZV_STR_FMT(firm->item), ZV_STR_FMT(firm->country));
}

static void add_firm(struct pairs *p, const struct zv_chain_world *world, uint32_t at)
{
	const struct zv_chain_firm *firm = &world->firms[at];

	if (firm->kind == ZV_CHAIN_WAY) {
		add_nodes(p, firm->nodes, at);
		return;
	}
	add(p, ZV_CHAIN_BY_ENTERPRISE, firm->org, at);
	add(p, ZV_CHAIN_BY_OWNER, firm->owner, at);
	if (firm->country.n == 0) /* an importer stands here, what it brings does not come from here */
		add(p, ZV_CHAIN_BY_REGION, firm->region, at);
	if (firm->kind == ZV_CHAIN_PROCESS) {
		add(p, ZV_CHAIN_BY_PROCESS, zv_chain_firm_name(world, at, p->arena), at);
		return;
	}
	add(p, ZV_CHAIN_BY_ITEM, firm->item, at);
	add(p, ZV_CHAIN_BY_COUNTRY, firm->country, at);
	if (firm->country.n > 0)
		add(p, ZV_CHAIN_BY_IMPORT, import_name(firm, p->arena), at);
}

struct zv_str zv_chain_firm_cause(const struct zv_chain_world *world, uint32_t at, struct zv_arena *arena)
{
	const struct zv_chain_firm *firm = &world->firms[at];
	enum zv_chain_cause_kind kind = ZV_CHAIN_BY_ITEM;
	struct zv_str name = firm->item;

	if (firm->kind == ZV_CHAIN_WAY)
		return zv_chain_firm_cause(world, zv_chain_begin(world, at), arena);
	if (firm->kind == ZV_CHAIN_PROCESS) {
		kind = ZV_CHAIN_BY_PROCESS;
		name = zv_chain_firm_name(world, at, arena);
	} else if (firm->country.n > 0) {
		kind = ZV_CHAIN_BY_IMPORT;
		name = import_name(firm, arena);
	} else if (firm->org.n > 0) {
		kind = ZV_CHAIN_BY_ENTERPRISE;
		name = firm->org;
	}
	return zv_arena_strf(arena, "%s:%.*s", kinds[kind].word, ZV_STR_FMT(name));
}

static int by_name(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;
	int order;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	order = zv_str_cmp(a->folded, b->folded);
	if (order != 0)
		return order;
	return (a->firm > b->firm) - (a->firm < b->firm);
}

static bool same_cause(const struct pair *a, const struct pair *b)
{
	return a->kind == b->kind && zv_str_eq(a->folded, b->folded);
}

void zv_chain_causes(struct zv_chain_cause **out, uint32_t *n, const struct zv_chain_world *world, struct zv_arena *arena)
{
	struct pairs p = {.arena = arena};
	uint32_t *firms;
	size_t groups = 0;

	for (uint32_t f = 0; f < world->n_firms; f++)
		add_firm(&p, world, f);
	for (uint32_t i = 0; i < world->n_makes; i++)
		add(&p, ZV_CHAIN_BY_ITEM, world->makes[i].item, world->makes[i].firm);
	if (p.list.n > 0)
		qsort(p.list.p, p.list.n, sizeof(*p.list.p), by_name);
	for (size_t i = 0; i < p.list.n; i++)
		groups += i == 0 || !same_cause(&p.list.p[i - 1], &p.list.p[i]);
	*out = ZV_ARENA_ARRAY(arena, struct zv_chain_cause, groups + 1);
	firms = ZV_ARENA_ARRAY(arena, uint32_t, p.list.n + 1);
	*n = 0;
	for (size_t i = 0, at = 0; i < p.list.n; i++) {
		struct zv_chain_cause *cause;

		if (i == 0 || !same_cause(&p.list.p[i - 1], &p.list.p[i]))
			(*out)[(*n)++] = (struct zv_chain_cause){.kind = p.list.p[i].kind, .name = p.list.p[i].name, .firms = firms + at};
		cause = &(*out)[*n - 1];
		if (cause->n > 0 && cause->firms[cause->n - 1] == p.list.p[i].firm)
			continue;
		firms[at++] = p.list.p[i].firm;
		cause->n++;
	}
	zv_vec_done(&p.list);
}

/* --- one of them ----------------------------------------------------------------------------------------------------------------------- */

static bool fits(const struct zv_chain_cause *cause, struct zv_str folded)
{
	struct zv_buf buf;
	bool same;

	zv_buf_init(&buf, 0);
	zv_utf8_fold(&buf, cause->name);
	same = zv_str_eq(zv_buf_str(&buf), folded);
	zv_buf_done(&buf);
	return same;
}

enum zv_code zv_chain_cause_find(const struct zv_chain_cause **out, const struct zv_chain_cause *causes, uint32_t n, struct zv_str text,
				 struct zv_err *err)
{
	ptrdiff_t colon = zv_str_find_char(text, ':');
	enum zv_chain_cause_kind kind = ZV_CHAIN_CAUSE_KINDS;
	struct zv_buf folded;
	uint32_t found = 0;

	if (colon > 0 && zv_chain_cause_parse(&kind, (struct zv_str){text.p, (size_t)colon}))
		text = (struct zv_str){text.p + colon + 1, text.n - (size_t)colon - 1};
	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, zv_str_trim(text));
	for (uint32_t i = 0; i < n; i++) {
		if ((kind != ZV_CHAIN_CAUSE_KINDS && causes[i].kind != kind) || !fits(&causes[i], zv_buf_str(&folded)))
			continue;
		found++;
		*out = &causes[i];
	}
	zv_buf_done(&folded);
	if (found == 1)
		return ZV_OK;
	if (found > 1)
		return zv_fail(err, ZV_E_INVALID, "cause", N_("“%.*s” is a cause of several kinds. Say which: item:…, enterprise:…, process:… and so on."),
			       ZV_STR_FMT(zv_str_first(text, 100)));
	return zv_fail(err, ZV_E_NOTFOUND, "cause",
		       N_("Nothing that may stop is called “%.*s”. “zveno chain run” without --cause lists all causes by what they cost."),
		       ZV_STR_FMT(zv_str_first(text, 100)));
}

static int by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

void zv_chain_cause_union(struct zv_chain_cause *out, const struct zv_chain_cause *const *parts, uint32_t n, struct zv_arena *arena)
{
	uint32_t all = 0, kept = 0, *firms;
	struct zv_buf name;

	for (uint32_t i = 0; i < n; i++)
		all += parts[i]->n;
	firms = ZV_ARENA_ARRAY(arena, uint32_t, all + 1);
	zv_buf_init(&name, 0);
	for (uint32_t i = 0, at = 0; i < n; at += parts[i]->n, i++) {
		memcpy(firms + at, parts[i]->firms, parts[i]->n * sizeof(*firms));
		zv_buf_addf(&name, "%s%.*s", i > 0 ? " + " : "", ZV_STR_FMT(parts[i]->name));
	}
	qsort(firms, all, sizeof(*firms), by_number);
	for (uint32_t i = 0; i < all; i++)
		if (kept == 0 || firms[kept - 1] != firms[i])
			firms[kept++] = firms[i];
	*out = (struct zv_chain_cause){.kind = parts[0]->kind, .name = zv_str_dup(arena, zv_buf_str(&name)), .firms = firms, .n = kept};
	zv_buf_done(&name);
}
