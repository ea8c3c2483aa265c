/* Rows to a network: processes become firms, their inputs lines, and what a row or nothing says of the origin of an input becomes sources. */
#include "app/chain_world_inner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { PROPOSED = 1, QUALIFIED = 2, USED = 3 }; /* as stored (store/line_source.c) */

#define NONE SIZE_MAX

struct build {
	struct zv_chain_rows_all all;
	struct zv_arena *arena;
	ZV_VEC(struct zv_chain_firm) firms;
	ZV_VEC(struct zv_chain_line) lines;
	ZV_VEC(struct zv_chain_from) from;
	ZV_VEC(struct zv_chain_makes) makes;
	struct zv_map places;  /* organisation and process to a firm */
	struct zv_map outside; /* what comes from where, to a firm */
	struct zv_map sources; /* process and input to the last of its source rows */
	struct zv_map outputs; /* process to its first product that says how much a day */
	size_t *before;        /* of each source row: the one before it of the same input */
	bool *counts;          /* of each source row: it is asked to count although it is only proposed */
};

/* --- firms --------------------------------------------------------------------------------------------------------------------------- */

static uint32_t add_firm(struct build *b, const struct zv_chain_firm *firm)
{
	zv_vec_push(&b->firms, *firm);
	return (uint32_t)(b->firms.n - 1);
}

static uint32_t process_of(struct build *b, const struct zv_chain_row *row)
{
	const struct zv_chain_org *org = zv_chain_org(&b->all, row->org_id);
	int64_t at;

	if (!zv_map_get(&at, &b->places, row->place)) {
		at = add_firm(b, &(struct zv_chain_firm){.kind = ZV_CHAIN_PROCESS, .org_id = row->org_id, .org = org->name, .process = row->process,
							 .region = org->region, .owner = org->owner});
		zv_map_put(&b->places, row->place, at);
	}
	return (uint32_t)at;
}

static uint32_t outside_of(struct build *b, int64_t item_id, struct zv_str country, int64_t org_id)
{
	const struct zv_chain_org *org = zv_chain_org(&b->all, org_id);
	struct zv_str key = zv_arena_strf(b->arena, "%" PRId64 " %" PRId64 " %.*s", item_id, org_id, ZV_STR_FMT(country));
	struct zv_buf folded;
	int64_t at;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, key);
	if (!zv_map_get(&at, &b->outside, zv_buf_str(&folded))) {
		at = add_firm(b, &(struct zv_chain_firm){.kind = ZV_CHAIN_OUTSIDE, .org_id = org_id, .org = org->name, .item_id = item_id,
							 .item = zv_chain_item_name(&b->all, item_id), .country = country,
							 .region = org->region, .owner = org->owner});
		zv_map_put(&b->outside, zv_str_dup(b->arena, zv_buf_str(&folded)), at);
	}
	zv_buf_done(&folded);
	return (uint32_t)at;
}

static int by_item(const void *x, const void *y)
{
	const struct zv_chain_makes *a = x, *b = y;

	if (a->item_id != b->item_id)
		return a->item_id < b->item_id ? -1 : 1;
	return (a->firm > b->firm) - (a->firm < b->firm);
}

static void add_processes(struct build *b)
{
	for (size_t i = 0; i < b->all.products.n; i++) {
		const struct zv_chain_row *row = &b->all.products.p[i];
		uint32_t firm = process_of(b, row);
		int64_t known;

		b->firms.p[firm].day_kop += row->day_kop;
		zv_vec_push(&b->makes, ((struct zv_chain_makes){row->item_id, firm, zv_chain_item_name(&b->all, row->item_id), row->day_kop}));
		if (row->base > 0 && row->day_base > 0 && !zv_map_get(&known, &b->outputs, row->place))
			zv_map_put(&b->outputs, row->place, (int64_t)i);
	}
	for (size_t i = 0; i < b->all.lines.n; i++)
		(void)process_of(b, &b->all.lines.p[i]);
	if (b->makes.n > 0)
		qsort(b->makes.p, b->makes.n, sizeof(*b->makes.p), by_item);
}

/* --- where an input comes from ----------------------------------------------------------------------------------------------------- */

typedef ZV_VEC(uint32_t) firm_list;

/* Processes of the organisation that make the item, without the one that asks. */
static void makers_of(firm_list *out, const struct build *b, int64_t item_id, int64_t org_id, uint32_t but)
{
	size_t low = 0, high = b->makes.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (b->makes.p[mid].item_id < item_id)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < b->makes.n && b->makes.p[low].item_id == item_id; low++)
		if (b->makes.p[low].firm != but && b->firms.p[b->makes.p[low].firm].org_id == org_id)
			zv_vec_push(out, b->makes.p[low].firm);
}

/* What the row names: an import, processes of the maker, the maker, or one's own process for a substitute. At least one firm. */
static void named_by(firm_list *out, struct build *b, const struct zv_chain_row *row, uint32_t buyer)
{
	int64_t item = row->with_item_id != 0 ? row->with_item_id : row->item_id;

	if (row->country.n == 0)
		makers_of(out, b, item, row->maker_id != 0 ? row->maker_id : row->org_id, buyer);
	if (out->n == 0)
		zv_vec_push(out, outside_of(b, item, row->country, row->maker_id));
}

/* A way is a firm of its own, so that a node on it can stop without its beginning. */
static uint32_t way_from(struct build *b, const struct zv_chain_row *row, uint32_t firm)
{
	struct zv_chain_firm way = {.kind = ZV_CHAIN_WAY, .nodes = row->via, .from = firm, .item = zv_chain_item_name(&b->all, row->item_id)};

	return add_firm(b, &way);
}

static void add_from(struct build *b, const struct zv_chain_row *row, uint32_t line, uint32_t firm, double share, double most, bool used)
{
	struct zv_chain_from from = {.line = line, .firm = firm, .share = used ? share : 0, .most = most, .day = used ? 0 : row->days,
				     .transit_days = row->transit_days, .lead_days = row->transit_days, .uid = row->uid,
				     .with_item = zv_chain_item_name(&b->all, row->with_item_id)};

	zv_vec_push(&b->from, from);
	if (used && most > share && isfinite(most)) { /* what it could give beyond its share steps in at once */
		from.share = 0;
		from.most = most - share;
		zv_vec_push(&b->from, from);
	}
}

/* What the line usually needs a day: norm x output; 0 where that is not said. */
static double need_of(const struct build *b, const struct zv_chain_row *line)
{
	const struct zv_chain_row *product;
	int64_t at;

	if (line->base == 0 || !zv_map_get(&at, &b->outputs, line->place))
		return 0;
	product = &b->all.products.p[at];
	return (double)line->base * ((double)product->day_base / (double)product->base);
}

/* The most that the source gives, as a share of what the line usually needs a day. */
static double most_of(const struct build *b, const struct zv_chain_row *line, const struct zv_chain_row *source)
{
	double need = need_of(b, line);

	return source->day_base == 0 || source->dim != line->dim || need <= 0 ? INFINITY : (double)source->day_base / need;
}

/* What today's sources without a share of their own have: equal parts of what the others leave. */
struct shares {
	double rest, scale;
};

static struct shares share_out(const struct build *b, size_t last)
{
	struct shares out = {.scale = 1};
	double stated = 0;
	size_t open = 0;

	for (size_t i = last; i != NONE; i = b->before[i]) {
		const struct zv_chain_row *row = &b->all.sources.p[i];

		if (row->state != USED)
			continue;
		if (row->share < 0)
			open++;
		else
			stated += (double)row->share / 100;
	}
	if (stated > 1 || (open == 0 && stated > 0))
		out.scale = 1 / stated;
	if (open > 0 && stated < 1)
		out.rest = (1 - stated) / (double)open;
	return out;
}

static bool steps_in(const struct build *b, size_t i)
{
	return b->all.sources.p[i].state == QUALIFIED || (b->all.sources.p[i].state == PROPOSED && b->counts[i]);
}

/* True when a row says where it comes from today. */
static bool add_stated(struct build *b, const struct zv_chain_row *line, uint32_t at, size_t last)
{
	struct shares shares = share_out(b, last);
	uint32_t buyer = b->lines.p[at].firm;
	bool used_any = false;

	for (size_t i = last; i != NONE; i = b->before[i]) {
		const struct zv_chain_row *row = &b->all.sources.p[i];
		bool used = row->state == USED;
		double share = row->share < 0 ? shares.rest : (double)row->share / 100 * shares.scale;
		double most = most_of(b, line, row);
		firm_list firms = {0};

		if ((used && share <= 0) || (!used && !steps_in(b, i)))
			continue;
		named_by(&firms, b, row, buyer);
		for (size_t k = 0; k < firms.n; k++) {
			uint32_t firm = row->via.n > 0 ? way_from(b, row, firms.p[k]) : firms.p[k];

			add_from(b, row, at, firm, share / (double)firms.n, most / (double)firms.n, used);
		}
		zv_vec_done(&firms);
		used_any = used_any || used;
	}
	return used_any;
}

/* Nobody said: it comes from one's own processes that make it, or from somewhere. */
static void add_unstated(struct build *b, const struct zv_chain_row *line, uint32_t at)
{
	struct zv_chain_row nothing = {0};
	firm_list firms = {0};

	makers_of(&firms, b, line->item_id, line->org_id, b->lines.p[at].firm);
	if (firms.n == 0)
		zv_vec_push(&firms, outside_of(b, line->item_id, ZV_STR(""), 0));
	for (size_t k = 0; k < firms.n; k++)
		add_from(b, &nothing, at, firms.p[k], 1 / (double)firms.n, INFINITY, true);
	zv_vec_done(&firms);
}

static void add_lines(struct build *b)
{
	for (size_t i = 0; i < b->all.lines.n; i++) {
		const struct zv_chain_row *row = &b->all.lines.p[i];
		struct zv_str key = zv_arena_strf(b->arena, "%.*s\x1f%" PRId64, ZV_STR_FMT(row->place), row->item_id);
		struct zv_chain_line line = {.firm = process_of(b, row), .need = (enum zv_chain_need)row->kind, .item_id = row->item_id,
					     .item = zv_chain_item_name(&b->all, row->item_id), .stock_days = row->stock_days,
					     .day_base = need_of(b, row), .dim = row->dim, .first = (uint32_t)b->from.n};
		uint32_t at = (uint32_t)b->lines.n;
		int64_t last;

		zv_vec_push(&b->lines, line);
		b->lines.p[at].stated = zv_map_get(&last, &b->sources, key) && add_stated(b, row, at, (size_t)last);
		if (!b->lines.p[at].stated)
			add_unstated(b, row, at);
		b->lines.p[at].n = (uint32_t)b->from.n - line.first;
	}
}

/* A way takes what comes from its beginning: the days are before the nodes. */
static void add_ways(struct build *b)
{
	size_t n_from = b->from.n;

	for (size_t i = 0; i < n_from; i++) {
		struct zv_chain_from *from = &b->from.p[i];
		uint32_t way = from->firm;
		struct zv_chain_line line = {.firm = way, .need = ZV_CHAIN_NEED_ESSENTIAL, .item = b->firms.p[way].item, .n = 1, .stated = true};
		struct zv_chain_from begin = {.share = 1, .most = INFINITY, .transit_days = from->transit_days, .firm = b->firms.p[way].from};

		if (b->firms.p[way].kind != ZV_CHAIN_WAY)
			continue;
		from->transit_days = 0;
		if (i > 0 && b->from.p[i - 1].firm == way) /* the spare part of the same source */
			continue;
		line.item_id = b->lines.p[from->line].item_id;
		line.first = (uint32_t)b->from.n;
		begin.line = (uint32_t)b->lines.n;
		zv_vec_push(&b->lines, line);
		zv_vec_push(&b->from, begin);
	}
}

/* --- proposed sources that are asked to count ---------------------------------------------------------------------------------------- */

static enum zv_code mark_with(struct build *b, const struct zv_str *with, size_t n_with, struct zv_err *err)
{
	for (size_t w = 0; w < n_with; w++) {
		bool found = false;

		for (size_t i = 0; i < b->all.sources.n; i++) {
			const struct zv_chain_row *row = &b->all.sources.p[i];

			if (!zv_str_eq(with[w], row->uid) && !zv_str_eq(with[w], row->key))
				continue;
			if (row->state != PROPOSED)
				return zv_fail(err, ZV_E_INVALID, "with", N_("The source “%.*s” counts already: it is used or qualified. Leave it out."),
					       ZV_STR_FMT(zv_str_first(with[w], 100)));
			b->counts[i] = true;
			found = true;
		}
		if (!found)
			return zv_fail(err, ZV_E_NOTFOUND, "with", N_("There is no proposed source “%.*s”; “zveno list line_sources” shows keys."),
				       ZV_STR_FMT(zv_str_first(with[w], 100)));
	}
	return ZV_OK;
}

static void chain_sources(struct build *b)
{
	for (size_t i = 0; i < b->all.sources.n; i++) {
		const struct zv_chain_row *row = &b->all.sources.p[i];
		struct zv_str key = zv_arena_strf(b->arena, "%.*s\x1f%" PRId64, ZV_STR_FMT(row->place), row->item_id);
		int64_t before;

		b->before[i] = zv_map_get(&before, &b->sources, key) ? (size_t)before : NONE;
		zv_map_put(&b->sources, key, (int64_t)i);
	}
}

static void count_sources(struct zv_chain_world *w, struct zv_arena *arena)
{
	uint32_t *seen = ZV_ARENA_ARRAY(arena, uint32_t, (size_t)w->n_firms + 1); /* the last line, from 1, that it is a beginning of */

	for (uint32_t l = 0; l < w->n_lines; l++)
		for (uint32_t i = w->lines[l].first; i < w->lines[l].first + w->lines[l].n; i++) {
			uint32_t from = zv_chain_begin(w, w->from[i].firm);

			w->lines[l].sources += seen[from] != l + 1;
			seen[from] = l + 1;
		}
}

static void *kept(const void *p, size_t n, size_t size, struct zv_arena *arena)
{
	void *out = zv_arena_calloc(arena, n + 1, size);

	if (n > 0)
		memcpy(out, p, n * size);
	return out;
}

enum zv_code zv_chain_world_load(struct zv_chain_world *out, struct zv_db *db, const struct zv_who *who, const struct zv_str *with, size_t n_with,
				 struct zv_arena *arena, struct zv_err *err)
{
	struct build b = {.all = {.db = db, .who = who, .arena = arena}, .arena = arena};
	enum zv_code code = zv_chain_rows_load(&b.all, err);

	zv_map_init(&b.places);
	zv_map_init(&b.outside);
	zv_map_init(&b.sources);
	zv_map_init(&b.outputs);
	b.before = ZV_ARENA_ARRAY(arena, size_t, b.all.sources.n + 1);
	b.counts = ZV_ARENA_ARRAY(arena, bool, b.all.sources.n + 1);
	if (code == ZV_OK)
		code = mark_with(&b, with, n_with, err);
	if (code == ZV_OK) {
		chain_sources(&b);
		add_processes(&b);
		add_lines(&b);
		add_ways(&b);
		*out = (struct zv_chain_world){
			.firms = kept(b.firms.p, b.firms.n, sizeof(*b.firms.p), arena),
			.lines = kept(b.lines.p, b.lines.n, sizeof(*b.lines.p), arena),
			.from = kept(b.from.p, b.from.n, sizeof(*b.from.p), arena),
			.makes = kept(b.makes.p, b.makes.n, sizeof(*b.makes.p), arena),
			.n_firms = (uint32_t)b.firms.n,
			.n_lines = (uint32_t)b.lines.n,
			.n_from = (uint32_t)b.from.n,
			.n_makes = (uint32_t)b.makes.n,
		};
		count_sources(out, arena);
	}
	zv_vec_done(&b.firms);
	zv_vec_done(&b.lines);
	zv_vec_done(&b.from);
	zv_vec_done(&b.makes);
	zv_map_done(&b.places);
	zv_map_done(&b.outside);
	zv_map_done(&b.sources);
	zv_map_done(&b.outputs);
	zv_chain_rows_done(&b.all);
	return code;
}

uint32_t zv_chain_begin(const struct zv_chain_world *world, uint32_t firm)
{
	while (world->firms[firm].kind == ZV_CHAIN_WAY)
		firm = world->firms[firm].from;
	return firm;
}

struct zv_str zv_chain_firm_name(const struct zv_chain_world *world, uint32_t at, struct zv_arena *arena)
{
	const struct zv_chain_firm *firm = &world->firms[at];

	if (firm->kind == ZV_CHAIN_WAY)
		return zv_arena_strf(arena, "%.*s → %.*s", ZV_STR_FMT(zv_chain_firm_name(world, firm->from, arena)), ZV_STR_FMT(firm->nodes));
	if (firm->kind == ZV_CHAIN_PROCESS)
		return firm->org.n > 0 ? zv_arena_strf(arena, "%.*s: %.*s", ZV_STR_FMT(firm->org), ZV_STR_FMT(firm->process)) : firm->process;
	if (firm->country.n > 0 && firm->org.n > 0)
		return zv_arena_strf(arena, "%.*s (%.*s, %.*s)", ZV_STR_FMT(firm->item), ZV_STR_FMT(firm->country), ZV_STR_FMT(firm->org));
	if (firm->country.n + firm->org.n > 0)
		return zv_arena_strf(arena, "%.*s (%.*s)", ZV_STR_FMT(firm->item), ZV_STR_FMT(firm->country.n > 0 ? firm->country : firm->org));
	return firm->item;
}
