/* The clock of an outage: a queue of instants, and at each of them the rates of all that is touched, from above. */
#include "engine/chain/stops.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

static const double tiny = 1e-12; /* of a rate, and of a stock in days */
enum { ROUNDS_MAX = 100000 };

struct firm {
	double rate, cap; /* rate: what it could give */
	double made;      /* what it gives: less where buyers use less */
	double was, sent; /* made and rate at the instant before */
	double lost, since; /* lost until `since` */
	uint32_t at;        /* in touched_firms; UINT32_MAX: not touched */
	bool waits;
};

struct line {
	double stock, lack, since; /* as of `since` */
	double arrives, used;      /* rates since then */
	uint32_t at;
};

struct from {
	double rate; /* of the source, as it arrives here */
	bool in;     /* has stepped in */
};

enum event_kind { OUTAGE_BEGINS, OUTAGE_ENDS, ARRIVES, STEPS_IN, LOOK };

struct event {
	double day;
	uint64_t n; /* in the order in which they were made */
	enum event_kind kind;
	uint32_t of; /* source, or nothing */
	double rate;
};

struct zv_stops {
	struct zv_stops_input in;
	uint32_t *out_start, *out_from;   /* by firm: the sources that it is */
	uint32_t *line_start, *line_list; /* by firm: its lines */
	struct firm *firms;
	struct line *lines;
	struct from *from;
	ZV_VEC(struct event) heap;
	ZV_VEC(struct zv_stops_firm) touched;
	ZV_VEC(struct zv_stops_lack) lacks;
	ZV_VEC(uint32_t) waiting;
	uint64_t made;
	double now;
};

/* --- making -------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code check(const struct zv_stops_input *in, struct zv_err *err)
{
	uint32_t at = 0;

	for (uint32_t l = 0; l < in->n_lines; l++) {
		const struct zv_stops_line *line = &in->lines[l];

		if (line->firm >= in->n_firms || line->first != at || line->n > in->n_from - at || !(line->stock >= 0) || !isfinite(line->stock) ||
		    !(line->weight >= 0 && isfinite(line->weight)))
			return zv_fail(err, ZV_E_INVALID, "lines", "line %u", l);
		at += line->n;
	}
	for (uint32_t i = 0; i < in->n_from; i++) {
		const struct zv_stops_from *from = &in->from[i];

		if (from->line >= in->n_lines || from->firm >= in->n_firms || !(from->share >= 0 && from->share <= 1 + 1e-9) || !(from->most >= 0) ||
		    !(from->day >= 0) || !(from->transit >= 0) || !isfinite(from->day + from->transit))
			return zv_fail(err, ZV_E_INVALID, "from", "source %u", i);
		if (i < in->lines[from->line].first || i >= in->lines[from->line].first + in->lines[from->line].n)
			return zv_fail(err, ZV_E_INVALID, "from", "source %u is not of its line", i);
	}
	return at == in->n_from ? ZV_OK : zv_fail(err, ZV_E_INVALID, "from", "source %u is not of its line", at);
}

static void index_by_firm(struct zv_stops *s)
{
	uint32_t n = s->in.n_firms;

	s->out_start = zv_calloc(n + 2, sizeof(*s->out_start));
	s->line_start = zv_calloc(n + 2, sizeof(*s->line_start));
	s->out_from = zv_calloc(s->in.n_from + 1, sizeof(*s->out_from));
	s->line_list = zv_calloc(s->in.n_lines + 1, sizeof(*s->line_list));
	for (uint32_t i = 0; i < s->in.n_from; i++)
		s->out_start[s->in.from[i].firm + 2]++;
	for (uint32_t l = 0; l < s->in.n_lines; l++)
		s->line_start[s->in.lines[l].firm + 2]++;
	for (uint32_t f = 0; f < n; f++) {
		s->out_start[f + 2] += s->out_start[f + 1];
		s->line_start[f + 2] += s->line_start[f + 1];
	}
	for (uint32_t i = 0; i < s->in.n_from; i++)
		s->out_from[s->out_start[s->in.from[i].firm + 1]++] = i;
	for (uint32_t l = 0; l < s->in.n_lines; l++)
		s->line_list[s->line_start[s->in.lines[l].firm + 1]++] = l;
}

enum zv_code zv_stops_new(struct zv_stops **out, const struct zv_stops_input *input, struct zv_err *err)
{
	enum zv_code code = check(input, err);
	struct zv_stops *s;

	*out = NULL;
	if (code != ZV_OK)
		return code;
	s = zv_calloc(1, sizeof(*s));
	s->in = *input;
	index_by_firm(s);
	s->firms = zv_calloc(input->n_firms + 1, sizeof(*s->firms));
	s->lines = zv_calloc(input->n_lines + 1, sizeof(*s->lines));
	s->from = zv_calloc(input->n_from + 1, sizeof(*s->from));
	for (uint32_t f = 0; f < input->n_firms; f++)
		s->firms[f] = (struct firm){.rate = 1, .cap = 1, .made = 1, .was = 1, .sent = 1, .at = UINT32_MAX};
	for (uint32_t l = 0; l < input->n_lines; l++)
		s->lines[l].at = UINT32_MAX;
	for (uint32_t i = 0; i < input->n_from; i++)
		s->from[i].rate = 1;
	*out = s;
	return ZV_OK;
}

void zv_stops_free(struct zv_stops *s)
{
	if (s == NULL)
		return;
	free(s->out_start);
	free(s->out_from);
	free(s->line_start);
	free(s->line_list);
	free(s->firms);
	free(s->lines);
	free(s->from);
	zv_vec_done(&s->heap);
	zv_vec_done(&s->touched);
	zv_vec_done(&s->lacks);
	zv_vec_done(&s->waiting);
	free(s);
}

/* --- the queue ------------------------------------------------------------------------------------------------------------------------ */

static bool sooner(const struct event *a, const struct event *b)
{
	return a->day < b->day || (a->day == b->day && a->n < b->n);
}

static void plan(struct zv_stops *s, double day, enum event_kind kind, uint32_t of, double rate)
{
	size_t at = s->heap.n;

	zv_vec_push(&s->heap, ((struct event){day, s->made++, kind, of, rate}));
	while (at > 0 && sooner(&s->heap.p[at], &s->heap.p[(at - 1) / 2])) {
		struct event e = s->heap.p[at];

		s->heap.p[at] = s->heap.p[(at - 1) / 2];
		s->heap.p[(at - 1) / 2] = e;
		at = (at - 1) / 2;
	}
}

static struct event next(struct zv_stops *s)
{
	struct event first = s->heap.p[0], last = s->heap.p[--s->heap.n];
	size_t at = 0;

	while (2 * at + 1 < s->heap.n) {
		size_t child = 2 * at + 1;

		if (child + 1 < s->heap.n && sooner(&s->heap.p[child + 1], &s->heap.p[child]))
			child++;
		if (!sooner(&s->heap.p[child], &last))
			break;
		s->heap.p[at] = s->heap.p[child];
		at = child;
	}
	if (s->heap.n > 0)
		s->heap.p[at] = last;
	return first;
}

/* --- what is touched ------------------------------------------------------------------------------------------------------------------ */

static void touch_line(struct zv_stops *s, uint32_t l)
{
	struct line *line = &s->lines[l];

	if (line->at != UINT32_MAX)
		return;
	line->at = (uint32_t)s->lacks.n;
	line->stock = s->in.lines[l].stock;
	line->lack = 0;
	line->since = s->now;
	line->arrives = line->used = 1;
	zv_vec_push(&s->lacks, ((struct zv_stops_lack){.line = l}));
}

static void touch_firm(struct zv_stops *s, uint32_t f)
{
	struct firm *firm = &s->firms[f];

	if (firm->at != UINT32_MAX)
		return;
	firm->at = (uint32_t)s->touched.n;
	firm->lost = 0;
	firm->since = s->now;
	zv_vec_push(&s->touched, ((struct zv_stops_firm){.firm = f, .first = NAN, .stop = NAN, .back = NAN, .line = UINT32_MAX, .by = UINT32_MAX}));
	for (uint32_t i = s->line_start[f]; i < s->line_start[f + 1]; i++)
		touch_line(s, s->line_list[i]);
}

static void forget_all(struct zv_stops *s)
{
	for (size_t i = 0; i < s->touched.n; i++) {
		uint32_t f = s->touched.p[i].firm;

		s->firms[f] = (struct firm){.rate = 1, .cap = 1, .made = 1, .was = 1, .sent = 1, .at = UINT32_MAX};
		for (uint32_t k = s->line_start[f]; k < s->line_start[f + 1]; k++) {
			const struct zv_stops_line *line = &s->in.lines[s->line_list[k]];

			for (uint32_t j = line->first; j < line->first + line->n; j++)
				s->from[j] = (struct from){.rate = 1};
		}
	}
	for (size_t i = 0; i < s->lacks.n; i++)
		s->lines[s->lacks.p[i].line].at = UINT32_MAX;
	s->touched.n = s->lacks.n = s->heap.n = s->waiting.n = 0;
	s->made = 0;
	s->now = 0;
}

/* --- rates at one instant ------------------------------------------------------------------------------------------------------------- */

static double arriving(const struct zv_stops *s, uint32_t l)
{
	const struct zv_stops_line *line = &s->in.lines[l];
	double used = 0, more = 0;

	for (uint32_t i = line->first; i < line->first + line->n; i++) {
		const struct zv_stops_from *from = &s->in.from[i];
		double rate = from->transit > 0 ? s->from[i].rate : s->firms[from->firm].rate;

		if (from->share > 0)
			used += from->share * (1 - rate);
		else if (s->from[i].in)
			more += fmin(from->most, 1) * rate;
	}
	used = 1 - used + more;
	return used > 1 - tiny ? 1 : used < tiny ? 0 : used;
}

/* What an empty line leaves of the rate; of other lines, what it takes off. */
static double limit_of(const struct zv_stops *s, uint32_t l)
{
	double arrives = arriving(s, l);

	return s->in.lines[l].need == ZV_STOPS_ESSENTIAL ? arrives : (1 + arrives) / 2;
}

static double rate_of(const struct zv_stops *s, uint32_t f, uint32_t *line)
{
	double rate = s->firms[f].cap, off = 0, most = 0;
	uint32_t heaviest = UINT32_MAX;

	*line = UINT32_MAX;
	for (uint32_t i = s->line_start[f]; i < s->line_start[f + 1]; i++) {
		uint32_t l = s->line_list[i];
		double limit;

		if (s->lines[l].stock > tiny)
			continue;
		if (s->in.lines[l].need == ZV_STOPS_OTHER) {
			double takes = s->in.lines[l].weight > 0 ? s->in.lines[l].weight * (1 - arriving(s, l)) : 0;

			off += takes;
			heaviest = takes > most ? l : heaviest;
			most = fmax(most, takes);
			continue;
		}
		limit = limit_of(s, l);
		if (limit < rate) {
			rate = limit;
			*line = l;
		}
	}
	if (1 - off < rate) {
		rate = off < 1 - tiny ? 1 - off : 0;
		*line = heaviest;
	}
	return rate;
}

static void wait_for(struct zv_stops *s, uint32_t f)
{
	if (s->firms[f].waits)
		return;
	s->firms[f].waits = true;
	zv_vec_push(&s->waiting, f);
}

/* Buyers of a firm whose rate went down, without a way between. */
static void tell_buyers(struct zv_stops *s, uint32_t f)
{
	for (uint32_t i = s->out_start[f]; i < s->out_start[f + 1]; i++) {
		const struct zv_stops_from *from = &s->in.from[s->out_from[i]];
		uint32_t buyer = s->in.lines[from->line].firm;

		if (from->transit > 0)
			continue;
		touch_firm(s, buyer);
		wait_for(s, buyer);
	}
}

/* The source of a line that lacks most, among today's; else any. */
static uint32_t lacks_most(const struct zv_stops *s, uint32_t l)
{
	const struct zv_stops_line *line = &s->in.lines[l];
	uint32_t worst = line->n > 0 ? line->first : UINT32_MAX;
	double most = -1;

	for (uint32_t i = line->first; i < line->first + line->n; i++) {
		const struct zv_stops_from *from = &s->in.from[i];
		double lack = from->share * (1 - (from->transit > 0 ? s->from[i].rate : s->firms[from->firm].rate));

		if (lack <= most)
			continue;
		most = lack;
		worst = i;
	}
	return worst;
}

/* What first lowers a firm was lowered before it, so that reasons lead back to the cause and never round a loop. */
static void explain(struct zv_stops *s, uint32_t f, uint32_t line)
{
	struct zv_stops_firm *t = &s->touched.p[s->firms[f].at];

	if (!isnan(t->first) || t->line != UINT32_MAX)
		return;
	t->line = line;
	t->by = lacks_most(s, line);
}

/* From the highest rates downwards, until nothing changes. */
static enum zv_code settle(struct zv_stops *s, struct zv_err *err)
{
	uint64_t rounds = 0;

	for (size_t i = 0; i < s->touched.n; i++) {
		uint32_t f = s->touched.p[i].firm;

		s->firms[f].rate = s->firms[f].cap;
		if (isnan(s->touched.p[i].first))
			s->touched.p[i].line = s->touched.p[i].by = UINT32_MAX;
		wait_for(s, f);
	}
	for (size_t i = 0, n = s->touched.n; i < n; i++)
		if (s->firms[s->touched.p[i].firm].rate < 1)
			tell_buyers(s, s->touched.p[i].firm);
	for (size_t head = 0; head < s->waiting.n; head++) {
		uint32_t f = s->waiting.p[head], line;
		double rate;

		s->firms[f].waits = false;
		rate = rate_of(s, f, &line);
		if (rate < s->firms[f].rate - tiny) {
			s->firms[f].rate = rate;
			explain(s, f, line);
			tell_buyers(s, f);
		}
		if (++rounds > (uint64_t)ROUNDS_MAX + 1000 * (uint64_t)s->touched.n)
			return zv_fail(err, ZV_E_LIMIT, "rounds", N_("The rates of a loop do not settle. Look for a process that needs nearly all of what it makes itself."));
	}
	s->waiting.n = 0;
	return ZV_OK;
}

/* --- what buyers use -------------------------------------------------------------------------------------------------------------------- */

/* The part of what the firm could give that is ordered. */
static double ordered(const struct zv_stops *s, uint32_t f)
{
	double wanted = 0, all = 0;

	for (uint32_t i = s->out_start[f]; i < s->out_start[f + 1]; i++) {
		const struct zv_stops_from *from = &s->in.from[s->out_from[i]];
		const struct zv_stops_line *line = &s->in.lines[from->line];
		double part = from->share * (line->need == ZV_STOPS_OTHER ? line->weight : 1), arrives = arriving(s, from->line), used = s->firms[line->firm].made;

		all += part;
		wanted += part * (used < arrives ? used / arrives : 1);
	}
	return all > 0 ? wanted / all : 1;
}

static void tell_suppliers(struct zv_stops *s, uint32_t f)
{
	for (uint32_t k = s->line_start[f]; k < s->line_start[f + 1]; k++) {
		const struct zv_stops_line *line = &s->in.lines[s->line_list[k]];

		for (uint32_t i = line->first; i < line->first + line->n; i++) {
			touch_firm(s, s->in.from[i].firm);
			wait_for(s, s->in.from[i].firm);
		}
	}
}

/* From what could be given downwards, until nothing changes. */
static enum zv_code follow_orders(struct zv_stops *s, struct zv_err *err)
{
	uint64_t rounds = 0;

	for (size_t i = 0; i < s->touched.n; i++)
		s->firms[s->touched.p[i].firm].made = s->firms[s->touched.p[i].firm].rate;
	for (size_t i = 0, n = s->touched.n; i < n && s->in.orders_follow_use; i++)
		if (s->firms[s->touched.p[i].firm].made < 1)
			tell_suppliers(s, s->touched.p[i].firm);
	for (size_t head = 0; head < s->waiting.n; head++) {
		struct firm *firm = &s->firms[s->waiting.p[head]];
		double made;

		firm->waits = false;
		made = firm->rate * ordered(s, s->waiting.p[head]);
		if (made < firm->made - tiny) {
			firm->made = made;
			tell_suppliers(s, s->waiting.p[head]);
		}
		if (++rounds > (uint64_t)ROUNDS_MAX + 1000 * (uint64_t)s->touched.n)
			return zv_fail(err, ZV_E_LIMIT, "rounds", N_("The rates of a loop do not settle. Look for a process that needs nearly all of what it makes itself."));
	}
	s->waiting.n = 0;
	return ZV_OK;
}

/* --- time ------------------------------------------------------------------------------------------------------------------------------ */

static void advance(struct zv_stops *s, double day)
{
	for (size_t i = 0; i < s->touched.n; i++) {
		struct firm *firm = &s->firms[s->touched.p[i].firm];

		firm->lost += (1 - firm->made) * (day - firm->since);
		firm->since = day;
	}
	for (size_t i = 0; i < s->lacks.n; i++) {
		struct line *line = &s->lines[s->lacks.p[i].line];
		double passed = day - line->since;

		line->lack += (1 - line->arrives) * passed;
		line->stock += (line->arrives - line->used) * passed;
		if (line->stock < 1e-9)
			line->stock = 0;
		line->since = day;
	}
	s->now = day;
}

/* What changed at this instant: marks days, sends rates on their way. */
static void note_changes(struct zv_stops *s)
{
	for (size_t i = 0; i < s->touched.n; i++) {
		struct zv_stops_firm *t = &s->touched.p[i];
		double rate = s->firms[t->firm].made, old = s->firms[t->firm].was, gives = s->firms[t->firm].rate, sent = s->firms[t->firm].sent;

		if (rate < 1 - tiny && isnan(t->first))
			t->first = s->now;
		if (rate <= tiny && isnan(t->stop))
			t->stop = s->now;
		if (rate >= 1 - tiny && old < 1 - tiny)
			t->back = s->now;
		else if (rate < 1 - tiny)
			t->back = NAN;
		s->firms[t->firm].was = rate;
		s->firms[t->firm].sent = gives;
		if (fabs(gives - sent) <= tiny)
			continue;
		for (uint32_t k = s->out_start[t->firm]; k < s->out_start[t->firm + 1]; k++) {
			const struct zv_stops_from *from = &s->in.from[s->out_from[k]];

			if (from->transit > 0)
				plan(s, s->now + from->transit, ARRIVES, s->out_from[k], gives);
		}
	}
}

/* New slopes; the first instant at which a line empties. */
static void look_ahead(struct zv_stops *s)
{
	double soonest = INFINITY;

	for (size_t i = 0; i < s->lacks.n; i++) {
		uint32_t l = s->lacks.p[i].line;
		struct line *line = &s->lines[l];

		line->arrives = arriving(s, l);
		line->used = s->firms[s->in.lines[l].firm].made;
		if (line->stock <= tiny) {
			line->stock = 0;
			line->used = fmin(line->used, line->arrives); /* what is not there is not used: lines that are no limit */
		}
		if (s->in.orders_follow_use)
			line->arrives = fmin(line->arrives, line->used);
		if (line->stock > tiny && line->arrives < line->used - tiny)
			soonest = fmin(soonest, s->now + line->stock / (line->used - line->arrives));
	}
	if (isfinite(soonest))
		plan(s, fmax(soonest, s->now), LOOK, 0, 0);
}

/* What the outages of this instant leave of the firms of one of them. */
static void cap_firms(struct zv_stops *s, const struct zv_stops_outage *one, const struct zv_stops_outages *o)
{
	for (uint32_t i = 0; i < one->n; i++) {
		touch_firm(s, one->firms[i]);
		s->firms[one->firms[i]].cap = 1;
	}
	for (uint32_t k = 0; k < o->n; k++) {
		const struct zv_stops_outage *other = &o->all[k];

		for (uint32_t i = 0; i < other->n && other->from <= s->now + 1e-9 && s->now < other->to - 1e-9; i++) {
			touch_firm(s, other->firms[i]);
			s->firms[other->firms[i]].cap = fmin(s->firms[other->firms[i]].cap, other->rate);
		}
	}
}

static void apply(struct zv_stops *s, const struct event *e, const struct zv_stops_outages *o)
{
	uint32_t buyer;

	switch (e->kind) {
	case OUTAGE_BEGINS:
	case OUTAGE_ENDS:
		cap_firms(s, &o->all[e->of], o);
		break;
	case ARRIVES:
		s->from[e->of].rate = e->rate;
		buyer = s->in.lines[s->in.from[e->of].line].firm;
		touch_firm(s, buyer);
		break;
	case STEPS_IN:
		s->from[e->of].in = true;
		break;
	case LOOK:
		break;
	}
}

/* Sources that may step in are asked when their line is first met. */
static void plan_steps(struct zv_stops *s, size_t *met, double begin)
{
	for (; *met < s->lacks.n; ++*met) {
		const struct zv_stops_line *line = &s->in.lines[s->lacks.p[*met].line];

		for (uint32_t i = line->first; i < line->first + line->n; i++) {
			double day = begin + s->in.from[i].day;

			if (s->in.from[i].share > 0)
				continue;
			if (day <= s->now)
				s->from[i].in = true;
			else
				plan(s, day, STEPS_IN, i, 0);
		}
	}
}

static enum zv_code plan_outages(struct zv_stops *s, double *begin, const struct zv_stops_outages *o, struct zv_err *err)
{
	*begin = INFINITY;
	for (uint32_t k = 0; k < o->n; k++) {
		const struct zv_stops_outage *one = &o->all[k];

		for (uint32_t i = 0; i < one->n; i++)
			if (one->firms[i] >= s->in.n_firms)
				return zv_fail(err, ZV_E_INVALID, "firms", "firm %u", one->firms[i]);
		plan(s, one->from, OUTAGE_BEGINS, k, 0);
		if (isfinite(one->to))
			plan(s, one->to, OUTAGE_ENDS, k, 0);
		*begin = fmin(*begin, one->from);
	}
	return ZV_OK;
}

/* Everything that happens at the first instant of the queue. */
static enum zv_code instant(struct zv_stops *s, const struct zv_stops_outages *o, size_t *met, uint64_t *events, double begin, struct zv_err *err)
{
	double day = s->heap.p[0].day;
	enum zv_code code = ZV_OK;

	advance(s, day);
	while (s->heap.n > 0 && s->heap.p[0].day <= day + 1e-9) {
		struct event e = next(s);

		apply(s, &e, o);
		if (++*events > ZV_STOPS_EVENTS_MAX)
			return zv_fail(err, ZV_E_LIMIT, "events", N_("An outage leads to more than %d changes. Ask for a shorter time, or for fewer firms."), ZV_STOPS_EVENTS_MAX);
	}
	do { /* what is touched while rates settle may have sources that step in at once */
		plan_steps(s, met, begin);
		code = settle(s, err);
		if (code == ZV_OK)
			code = follow_orders(s, err);
	} while (code == ZV_OK && *met < s->lacks.n);
	if (code != ZV_OK)
		return code;
	note_changes(s);
	look_ahead(s);
	return ZV_OK;
}

enum zv_code zv_stops_run_all(struct zv_stops *s, const struct zv_stops_outages *o, struct zv_err *err)
{
	size_t met = 0;
	uint64_t events = 0;
	double begin;
	enum zv_code code;

	forget_all(s);
	code = plan_outages(s, &begin, o, err);
	while (code == ZV_OK && s->heap.n > 0 && s->heap.p[0].day < o->horizon)
		code = instant(s, o, &met, &events, begin, err);
	if (code == ZV_OK && isfinite(o->horizon))
		advance(s, o->horizon);
	for (size_t i = 0; i < s->touched.n; i++) {
		const struct firm *firm = &s->firms[s->touched.p[i].firm];

		s->touched.p[i].lost = !isfinite(o->horizon) && firm->made < 1 - tiny ? INFINITY : firm->lost;
	}
	for (size_t i = 0; i < s->lacks.n; i++)
		s->lacks.p[i].days = s->lines[s->lacks.p[i].line].lack;
	return code;
}

enum zv_code zv_stops_run(struct zv_stops *s, const struct zv_stops_outage *o, struct zv_err *err)
{
	return zv_stops_run_all(s, &(struct zv_stops_outages){o, 1, o->horizon}, err);
}

const struct zv_stops_firm *zv_stops_firms(const struct zv_stops *s, uint32_t *n)
{
	*n = (uint32_t)s->touched.n;
	return s->touched.p;
}

const struct zv_stops_lack *zv_stops_lacks(const struct zv_stops *s, uint32_t *n)
{
	*n = (uint32_t)s->lacks.n;
	return s->lacks.p;
}
