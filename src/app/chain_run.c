/* The engine of stops over a network of the registers, and its answer in roubles and reasons. */
#include "app/chain_run.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/vec.h"
#include "engine/chain/stops.h"

#define MOST_BASE 9e18 /* what fits into an amount */

/* The engine with the arrays that it reads. */
struct clock {
	struct zv_stops *stops;
	struct zv_stops_line *lines;
	struct zv_stops_from *from;
};

static enum zv_code clock_of(struct clock *c, const struct zv_chain_world *w, struct zv_err *err)
{
	struct zv_stops_input in = {.n_firms = w->n_firms, .n_lines = w->n_lines, .n_from = w->n_from};

	*c = (struct clock){.lines = zv_calloc(w->n_lines + 1, sizeof(*c->lines)), .from = zv_calloc(w->n_from + 1, sizeof(*c->from))};
	for (uint32_t l = 0; l < w->n_lines; l++)
		c->lines[l] = (struct zv_stops_line){.firm = w->lines[l].firm, .first = w->lines[l].first, .n = w->lines[l].n,
						     .need = (enum zv_stops_need)w->lines[l].need, .stock = (double)w->lines[l].stock_days};
	for (uint32_t i = 0; i < w->n_from; i++)
		c->from[i] = (struct zv_stops_from){.line = w->from[i].line, .firm = w->from[i].firm, .share = w->from[i].share, .most = w->from[i].most,
						    .day = (double)w->from[i].day, .transit = (double)w->from[i].transit_days};
	in.lines = c->lines;
	in.from = c->from;
	return zv_stops_new(&c->stops, &in, err);
}

static void clock_done(struct clock *c)
{
	zv_stops_free(c->stops);
	free(c->lines);
	free(c->from);
}

static enum zv_code stop(struct clock *c, const uint32_t *firms, uint32_t n, const struct zv_chain_when *when, struct zv_err *err)
{
	const struct zv_stops_outage outage = {.firms = firms, .n = n, .rate = when->rate, .from = when->from, .to = when->to, .horizon = when->days};

	return zv_stops_run(c->stops, &outage, err);
}

static int64_t cost_of(const struct zv_chain_world *w, const struct zv_stops_firm *told)
{
	return llround(told->lost * (double)w->firms[told->firm].day_kop);
}

static int64_t cost_of_all(const struct zv_chain_world *w, const struct zv_stops *stops)
{
	uint32_t n;
	const struct zv_stops_firm *all = zv_stops_firms(stops, &n);
	int64_t sum = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += cost_of(w, &all[i]);
	return sum;
}

/* --- reasons -------------------------------------------------------------------------------------------------------------------------- */

/* From the process back: its line, the firm of the source that lacked, the line of that one. A way adds no step of its own. */
static void explain(struct zv_chain_hit *hit, const struct zv_chain_world *w, const struct zv_stops_firm *all, const uint32_t *at_of, struct zv_arena *arena)
{
	ZV_VEC(struct zv_chain_step) steps = {0};
	struct zv_chain_step *why;
	uint32_t firm = hit->firm;

	while (at_of[firm] != UINT32_MAX && all[at_of[firm]].line != UINT32_MAX) {
		const struct zv_stops_firm *told = &all[at_of[firm]];
		uint32_t supplier = w->from[told->by].firm;

		if (w->firms[firm].kind != ZV_CHAIN_WAY)
			zv_vec_push(&steps, ((struct zv_chain_step){firm, told->line, zv_chain_begin(w, supplier), told->first}));
		firm = supplier;
	}
	why = ZV_ARENA_ARRAY(arena, struct zv_chain_step, steps.n + 1);
	for (size_t i = 0; i < steps.n; i++)
		why[i] = steps.p[steps.n - 1 - i];
	hit->why = why;
	hit->n_why = (uint32_t)steps.n;
	zv_vec_done(&steps);
}

static int by_day(const void *x, const void *y)
{
	const struct zv_chain_hit *a = x, *b = y;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->lost_kop != b->lost_kop)
		return a->lost_kop > b->lost_kop ? -1 : 1;
	return (a->firm > b->firm) - (a->firm < b->firm);
}

static void take_hits(struct zv_chain_answer *out, const struct zv_chain_world *w, const struct zv_stops *stops, struct zv_arena *arena)
{
	uint32_t n, *at_of = zv_calloc(w->n_firms + 1, sizeof(*at_of));
	const struct zv_stops_firm *all = zv_stops_firms(stops, &n);
	struct zv_chain_hit *hits = ZV_ARENA_ARRAY(arena, struct zv_chain_hit, n + 1);

	memset(at_of, 0xff, w->n_firms * sizeof(*at_of));
	for (uint32_t i = 0; i < n; i++)
		at_of[all[i].firm] = i;
	for (uint32_t i = 0; i < n; i++) {
		struct zv_chain_hit *hit = &hits[out->n_hits];

		if (isnan(all[i].first) || w->firms[all[i].firm].kind != ZV_CHAIN_PROCESS)
			continue;
		*hit = (struct zv_chain_hit){.firm = all[i].firm, .first = all[i].first, .stop = all[i].stop, .back = all[i].back, .lost = all[i].lost,
					     .lost_kop = cost_of(w, &all[i])};
		explain(hit, w, all, at_of, arena);
		out->lost_kop += hit->lost_kop;
		out->n_hits++;
	}
	if (out->n_hits > 0)
		qsort(hits, out->n_hits, sizeof(*hits), by_day);
	out->hits = hits;
	free(at_of);
}

static void take_bridges(struct zv_chain_answer *out, const struct zv_chain_world *w, const struct zv_stops *stops, struct zv_arena *arena)
{
	uint32_t n;
	const struct zv_stops_lack *all = zv_stops_lacks(stops, &n);
	struct zv_chain_bridge *bridges = ZV_ARENA_ARRAY(arena, struct zv_chain_bridge, n + 1);

	for (uint32_t i = 0; i < n; i++) {
		const struct zv_chain_line *line = &w->lines[all[i].line];

		if (w->firms[line->firm].kind == ZV_CHAIN_PROCESS && line->need != ZV_CHAIN_NEED_OTHER && all[i].days > (double)line->stock_days + 1e-9)
			bridges[out->n_bridges++] = (struct zv_chain_bridge){all[i].line, all[i].days};
	}
	out->bridges = bridges;
}

enum zv_code zv_chain_run(struct zv_chain_answer *out, const struct zv_chain_world *world, const struct zv_chain_cause *cause,
			  const struct zv_chain_when *when, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_chain_answer answer = {0};
	struct zv_chain_when bridged = *when;
	struct clock c;
	enum zv_code code = clock_of(&c, world, err);

	if (code == ZV_OK)
		code = stop(&c, cause->firms, cause->n, when, err);
	if (code == ZV_OK)
		take_hits(&answer, world, c.stops, arena);
	bridged.to = fmin(when->to, when->from + ZV_CHAIN_BRIDGE_DAYS);
	if (code == ZV_OK)
		code = stop(&c, cause->firms, cause->n, &bridged, err);
	if (code == ZV_OK) {
		take_bridges(&answer, world, c.stops, arena);
		*out = answer;
	}
	clock_done(&c);
	return code;
}

enum zv_code zv_chain_lengths(struct zv_chain_answer *answer, const struct zv_chain_world *world, const struct zv_chain_cause *cause,
			      const struct zv_chain_when *when, struct zv_err *err)
{
	static const double lengths[ZV_CHAIN_LENGTHS] = {3, 7, 14, 30, 60, 90, 180};
	struct clock c;
	enum zv_code code = clock_of(&c, world, err);

	answer->n_lengths = 0;
	for (size_t i = 0; i < ZV_LEN(lengths) && code == ZV_OK && when->from + lengths[i] < when->days; i++) {
		struct zv_chain_when lasting = *when;

		lasting.to = when->from + lengths[i];
		code = stop(&c, cause->firms, cause->n, &lasting, err);
		if (code == ZV_OK)
			answer->lengths[answer->n_lengths++] = (struct zv_chain_length){lengths[i], cost_of_all(world, c.stops)};
	}
	clock_done(&c);
	return code;
}

/* --- all causes, pairs ------------------------------------------------------------------------------------------------------------------ */

static int by_cost(const void *x, const void *y)
{
	const struct zv_chain_rank *a = x, *b = y;

	if (a->lost_kop != b->lost_kop)
		return a->lost_kop > b->lost_kop ? -1 : 1;
	return (a->cause > b->cause) - (a->cause < b->cause);
}

static int by_number(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

static bool is_of(const struct zv_chain_cause *cause, uint32_t firm)
{
	return bsearch(&firm, cause->firms, cause->n, sizeof(firm), by_number) != NULL;
}

static struct zv_chain_rank rank_of(const struct zv_chain_world *w, const struct zv_chain_cause *cause, const struct zv_stops *stops)
{
	uint32_t n;
	const struct zv_stops_firm *all = zv_stops_firms(stops, &n);
	struct zv_chain_rank out = {.cause = cause, .first = NAN, .lost_kop = cost_of_all(w, stops)};

	for (uint32_t i = 0; i < n; i++) {
		if (isnan(all[i].first) || w->firms[all[i].firm].kind != ZV_CHAIN_PROCESS)
			continue;
		out.processes++;
		if (!is_of(cause, all[i].firm))
			out.first = fmin(out.first, all[i].first);
	}
	return out;
}

/* Of each firm: the fewest sources of an input that it is a source of; 0: of none. A way counts as what it is of. */
static uint32_t *fewest_sources(const struct zv_chain_world *w, struct zv_arena *arena)
{
	uint32_t *fewest = ZV_ARENA_ARRAY(arena, uint32_t, (size_t)w->n_firms + 1);

	for (uint32_t i = 0; i < w->n_from; i++) {
		const struct zv_chain_line *line = &w->lines[w->from[i].line];
		const uint32_t both[] = {w->from[i].firm, zv_chain_begin(w, w->from[i].firm)};

		for (size_t k = 0; k < ZV_LEN(both) && w->firms[line->firm].kind == ZV_CHAIN_PROCESS; k++)
			if (fewest[both[k]] == 0 || line->sources < fewest[both[k]])
				fewest[both[k]] = line->sources;
	}
	return fewest;
}

static uint32_t fewest_of(const struct zv_chain_cause *cause, const uint32_t *fewest)
{
	uint32_t least = 0;

	for (uint32_t i = 0; i < cause->n; i++)
		if (fewest[cause->firms[i]] > 0 && (least == 0 || fewest[cause->firms[i]] < least))
			least = fewest[cause->firms[i]];
	return least;
}

/* Causes of several kinds often stop the same firms: those are run once. */
static int by_stopped(const void *x, const void *y)
{
	const struct zv_chain_cause *a = *(const struct zv_chain_cause *const *)x, *b = *(const struct zv_chain_cause *const *)y;

	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	for (uint32_t i = 0; i < a->n; i++)
		if (a->firms[i] != b->firms[i])
			return a->firms[i] < b->firms[i] ? -1 : 1;
	return 0;
}

/* Portions of the list are taken by threads, each with a clock of its own; what a cause costs does not depend on who reckons it. */
struct ranking {
	const struct zv_chain_world *world;
	const struct zv_chain_cause *causes;
	const struct zv_chain_cause **list; /* by what they stop */
	struct zv_chain_rank *ranks;        /* as the causes */
	const struct zv_chain_when *when;
	const struct zv_chain_watch *watch;
	uint32_t n, next;
	pthread_mutex_t lock;
	enum zv_code code;
	struct zv_err err;
};

enum { PORTION = 32, THREADS_MAX = 16 };

static enum zv_code rank_some(struct ranking *r, struct clock *c, uint32_t at, uint32_t end, struct zv_err *err)
{
	const struct zv_chain_rank *same = NULL;

	for (uint32_t i = at; i < end; i++) {
		struct zv_chain_rank *rank = &r->ranks[r->list[i] - r->causes];
		enum zv_code code;

		if (same != NULL && by_stopped(&same->cause, &r->list[i]) == 0) {
			*rank = *same;
			rank->cause = r->list[i];
			continue;
		}
		code = stop(c, r->list[i]->firms, r->list[i]->n, r->when, err);
		if (code != ZV_OK)
			return code;
		*rank = rank_of(r->world, r->list[i], c->stops);
		same = rank;
	}
	return ZV_OK;
}

static enum zv_code look(const struct zv_chain_watch *watch, uint32_t done, uint32_t all, struct zv_err *err)
{
	if (watch == NULL || watch->go_on(watch->context, done, all))
		return ZV_OK;
	return zv_fail(err, ZV_E_CONFLICT, "", N_("It was stopped before its end."));
}

static void *rank_thread(void *arg)
{
	struct ranking *r = arg;
	struct zv_err err = {0};
	struct clock c;
	enum zv_code code = clock_of(&c, r->world, &err);

	while (code == ZV_OK) {
		uint32_t at;

		(void)pthread_mutex_lock(&r->lock);
		if (r->code == ZV_OK)
			r->code = look(r->watch, r->next, r->n, &r->err);
		at = r->code == ZV_OK ? r->next : r->n;
		r->next = r->n - at < PORTION ? r->n : at + PORTION;
		(void)pthread_mutex_unlock(&r->lock);
		if (at >= r->n)
			break;
		code = rank_some(r, &c, at, r->n - at < PORTION ? r->n : at + PORTION, &err);
	}
	clock_done(&c);
	if (code == ZV_OK)
		return NULL;
	(void)pthread_mutex_lock(&r->lock);
	r->code = code;
	r->err = err;
	(void)pthread_mutex_unlock(&r->lock);
	return NULL;
}

static void rank_all(struct ranking *r, uint32_t n_threads)
{
	pthread_t threads[THREADS_MAX];
	uint32_t started = 0;

	while (started + 1 < n_threads && started < THREADS_MAX && pthread_create(&threads[started], NULL, rank_thread, r) == 0)
		started++;
	(void)rank_thread(r);
	for (uint32_t i = 0; i < started; i++)
		(void)pthread_join(threads[i], NULL);
}

enum zv_code zv_chain_ranking(struct zv_chain_rank **out, const struct zv_chain_world *world, const struct zv_chain_cause *causes, uint32_t n,
			      const struct zv_chain_when *when, uint32_t threads, const struct zv_chain_watch *watch, struct zv_arena *arena, struct zv_err *err)
{
	struct ranking r = {.world = world, .causes = causes, .when = when, .watch = watch, .n = n, .lock = PTHREAD_MUTEX_INITIALIZER};
	const uint32_t *fewest = fewest_sources(world, arena);

	r.ranks = ZV_ARENA_ARRAY(arena, struct zv_chain_rank, n + 1);
	r.list = ZV_ARENA_ARRAY(arena, const struct zv_chain_cause *, n + 1);
	for (uint32_t i = 0; i < n; i++)
		r.list[i] = &causes[i];
	if (n > 0)
		qsort(r.list, n, sizeof(struct zv_chain_cause *), by_stopped);
	rank_all(&r, threads);
	if (r.code != ZV_OK) {
		if (err != NULL)
			*err = r.err;
		return r.code;
	}
	for (uint32_t i = 0; i < n; i++)
		r.ranks[i].sources = fewest_of(&causes[i], fewest);
	if (n > 0)
		qsort(r.ranks, n, sizeof(*r.ranks), by_cost);
	*out = r.ranks;
	return ZV_OK;
}

static int by_firms(const void *x, const void *y)
{
	const struct zv_chain_pair *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

static int by_excess(const void *x, const void *y)
{
	const struct zv_chain_pair *a = x, *b = y;
	int64_t more_a = a->together_kop - a->a_kop - a->b_kop, more_b = b->together_kop - b->a_kop - b->b_kop;

	if (more_a != more_b)
		return more_a > more_b ? -1 : 1;
	return by_firms(x, y);
}

/* Two sources of one line, wherever their ways begin; each pair once. */
static uint32_t candidates(struct zv_chain_pair **out, const struct zv_chain_world *w, struct zv_arena *arena)
{
	ZV_VEC(struct zv_chain_pair) list = {0};
	uint32_t n = 0;

	for (uint32_t l = 0; l < w->n_lines; l++) {
		uint32_t first = w->lines[l].first, end = first + w->lines[l].n;

		for (uint32_t i = first; i < end; i++) {
			for (uint32_t k = i + 1; k < end && list.n < 100 * (size_t)ZV_CHAIN_PAIRS_MAX; k++) {
				uint32_t a = zv_chain_begin(w, w->from[i].firm), b = zv_chain_begin(w, w->from[k].firm);

				if (a != b)
					zv_vec_push(&list, ((struct zv_chain_pair){.a = a < b ? a : b, .b = a < b ? b : a}));
			}
		}
	}
	if (list.n > 0)
		qsort(list.p, list.n, sizeof(*list.p), by_firms);
	*out = ZV_ARENA_ARRAY(arena, struct zv_chain_pair, list.n + 1);
	for (size_t i = 0; i < list.n; i++)
		if (i == 0 || by_firms(&list.p[i - 1], &list.p[i]) != 0)
			(*out)[n++] = list.p[i];
	zv_vec_done(&list);
	return n;
}

static enum zv_code cost_of_firms(int64_t *out, struct clock *c, const struct zv_chain_world *w, const uint32_t *firms, uint32_t n,
				  const struct zv_chain_when *when, struct zv_err *err)
{
	enum zv_code code = stop(c, firms, n, when, err);

	if (code == ZV_OK)
		*out = cost_of_all(w, c->stops);
	return code;
}

enum zv_code zv_chain_pairs(struct zv_chain_pair **out, uint32_t *n, uint32_t *missed, const struct zv_chain_world *world,
			    const struct zv_chain_when *when, const struct zv_chain_watch *watch, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_chain_pair *pairs;
	uint32_t all = candidates(&pairs, world, arena), kept = 0;
	int64_t *alone = ZV_ARENA_ARRAY(arena, int64_t, world->n_firms + 1); /* what each costs by itself; -1: not yet known */
	struct clock c;
	enum zv_code code = clock_of(&c, world, err);

	memset(alone, 0xff, world->n_firms * sizeof(*alone));
	*missed = all > ZV_CHAIN_PAIRS_MAX ? all - ZV_CHAIN_PAIRS_MAX : 0;
	for (uint32_t i = 0; i < all - *missed && code == ZV_OK; i++) {
		struct zv_chain_pair pair = pairs[i];
		const uint32_t both[] = {pair.a, pair.b};

		code = i % PORTION == 0 ? look(watch, i, all - *missed, err) : ZV_OK;
		if (code == ZV_OK)
			code = cost_of_firms(&pair.together_kop, &c, world, both, 2, when, err);
		for (uint32_t k = 0; k < 2 && code == ZV_OK; k++)
			if (alone[both[k]] < 0)
				code = cost_of_firms(&alone[both[k]], &c, world, &both[k], 1, when, err);
		pair.a_kop = alone[pair.a];
		pair.b_kop = alone[pair.b];
		if (code == ZV_OK && pair.together_kop - pair.a_kop - pair.b_kop > 1)
			pairs[kept++] = pair;
	}
	if (code == ZV_OK && kept > 0)
		qsort(pairs, kept, sizeof(*pairs), by_excess);
	*out = pairs;
	*n = kept;
	clock_done(&c);
	return code;
}

/* --- what a need would say ----------------------------------------------------------------------------------------------------------------- */

int64_t zv_chain_lacks(const struct zv_chain_world *world, const struct zv_chain_hit *hit)
{
	double base = hit->n_why > 0 ? world->lines[hit->why[hit->n_why - 1].line].day_base * hit->lost : 0;

	/* Days are sums of differences: what is a whole number but for rounding is one. */
	return base > 0 && base < MOST_BASE ? (int64_t)ceil(base * (1 - 1e-12)) : 0;
}

double zv_chain_survives(const struct zv_chain_answer *answer, const struct zv_chain_when *when)
{
	for (uint32_t i = 0; i < answer->n_hits; i++) /* by first day */
		if (answer->hits[i].n_why > 0)
			return answer->hits[i].first - when->from;
	return NAN;
}

bool zv_chain_asks_recovery(const struct zv_chain_answer *answer, const struct zv_chain_when *when)
{
	return isinf(when->to) && zv_chain_survives(answer, when) < ZV_CHAIN_BRIDGE_DAYS;
}

int64_t zv_chain_lead_days(const struct zv_chain_world *world, uint32_t line)
{
	const struct zv_chain_line *l = &world->lines[line];
	int64_t days = 0;

	for (uint32_t i = l->first; i < l->first + l->n; i++)
		if (world->from[i].share > 0 && world->from[i].lead_days > days)
			days = world->from[i].lead_days;
	return days;
}

/* --- words ------------------------------------------------------------------------------------------------------------------------------ */

struct zv_str zv_chain_why(const struct zv_chain_world *w, const struct zv_chain_hit *hit, struct zv_arena *arena)
{
	struct zv_buf buf;
	struct zv_str out;

	if (hit->n_why == 0)
		return zv_str_c(zv_tr(N_("it is what stops")));
	zv_buf_init(&buf, 0);
	zv_buf_add_str(&buf, zv_chain_firm_name(w, hit->why[0].supplier, arena));
	for (uint32_t i = 0; i < hit->n_why; i++) {
		const struct zv_chain_line *line = &w->lines[hit->why[i].line];
		struct zv_str firm = zv_chain_firm_name(w, hit->why[i].firm, arena);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		zv_buf_addf(&buf, zv_tr(line->sources == 1 ? N_(" → input “%.*s” of %.*s, no other source, days of stock: %" PRId64)
						     : N_(" → input “%.*s” of %.*s, the other sources do not replace it, days of stock: %" PRId64)),
			    ZV_STR_FMT(line->item), ZV_STR_FMT(firm), line->stock_days);
#pragma GCC diagnostic pop
	}
	out = zv_str_dup(arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return out;
}
