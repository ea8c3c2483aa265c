/* Requirements against properties: intervals compared exactly, words by their folded form, and the reason in words. */
#include "base/tr.h"
#include "base/utf8.h"
#include "model/property.h"
#include "model/requirement.h"

/* The end of an interval: twice the value in the common unit, one off when the end itself is outside. */
struct end {
	bool open; /* no end at all */
	zv_i128 at;
};

struct interval {
	struct end lo, hi;
};

enum relation { INSIDE, OUTSIDE_BELOW, OUTSIDE_ABOVE, OVERLAP, NOT_COMPARABLE };

/* Which ends of what is wanted an offer keeps to; several statements on one property may share the work. */
enum { LO_MET = 1, HI_MET = 2, BOTH_MET = 3 };

static bool scale(struct end *out, int64_t value, int64_t num, int64_t den, int nudge)
{
	zv_i128 at;

	if (__builtin_mul_overflow((zv_i128)value * 2, (zv_i128)num, &at) || __builtin_mul_overflow(at, (zv_i128)den, &at))
		return false;
	*out = (struct end){.at = at + nudge};
	return true;
}

/* False when the numbers leave 128 bits. The other unit's denominator makes both sides whole numbers of one size. */
static bool interval_of(struct interval *out, const struct zv_requirement *req, int64_t num, int64_t other_den)
{
	bool ok = true;

	*out = (struct interval){{.open = true}, {.open = true}};
	if (req->lo != INT64_MIN)
		ok = scale(&out->lo, req->lo, num, other_den, req->op == ZV_REQ_GT ? 1 : 0);
	if (req->hi != INT64_MAX)
		ok = scale(&out->hi, req->hi, num, other_den, req->op == ZV_REQ_LT ? -1 : 0) && ok;
	return ok;
}

static bool intervals(struct interval *a, struct interval *b, const struct zv_requirement *x, const struct zv_requirement *y,
		      struct zv_arena *arena)
{
	struct zv_value_unit ux;
	struct zv_value_unit uy;

	if (x->grade && y->grade)
		return interval_of(a, x, 1, 1) && interval_of(b, y, 1, 1);
	if (!x->numeric || !y->numeric)
		return false;
	(void)zv_value_unit_find(&ux, x->unit, arena);
	(void)zv_value_unit_find(&uy, y->unit, arena);
	if (ux.kind != uy.kind || (ux.kind == 0 && !zv_str_eq(ux.text, uy.text)))
		return false;
	return interval_of(a, x, ux.num, uy.den) && interval_of(b, y, uy.num, ux.den);
}

/* How what is offered lies to what is wanted. */
static enum relation relate(unsigned *met, const struct interval *wanted, const struct interval *offered)
{
	*met = 0;
	if (!wanted->lo.open && !offered->hi.open && offered->hi.at < wanted->lo.at)
		return OUTSIDE_BELOW;
	if (!wanted->hi.open && !offered->lo.open && offered->lo.at > wanted->hi.at)
		return OUTSIDE_ABOVE;
	if (wanted->lo.open || (!offered->lo.open && offered->lo.at >= wanted->lo.at))
		*met |= LO_MET;
	if (wanted->hi.open || (!offered->hi.open && offered->hi.at <= wanted->hi.at))
		*met |= HI_MET;
	return *met == BOTH_MET ? INSIDE : OVERLAP;
}

static bool same_word(struct zv_str a, struct zv_str b)
{
	struct zv_buf x;
	struct zv_buf y;
	bool same;

	zv_buf_init(&x, 0);
	zv_buf_init(&y, 0);
	zv_utf8_fold(&x, a);
	zv_utf8_fold(&y, b);
	same = zv_str_eq(zv_buf_str(&x), zv_buf_str(&y));
	zv_buf_done(&x);
	zv_buf_done(&y);
	return same;
}

/* The words a statement allows. */
static void words_of(const struct zv_str **words, size_t *n, const struct zv_requirement *req)
{
	*words = req->op == ZV_REQ_IN ? req->words : &req->lo_text;
	*n = req->op == ZV_REQ_IN ? req->n_words : 1;
}

static bool has_word(const struct zv_requirement *req, struct zv_str word)
{
	const struct zv_str *words;
	size_t n;

	words_of(&words, &n, req);
	for (size_t i = 0; i < n; i++) {
		if (same_word(words[i], word))
			return true;
	}
	return false;
}

static enum relation relate_words(const struct zv_requirement *wanted, const struct zv_requirement *offered)
{
	const struct zv_str *words;
	size_t n;
	size_t inside = 0;

	words_of(&words, &n, offered);
	for (size_t i = 0; i < n; i++)
		inside += has_word(wanted, words[i]);
	return inside == n ? INSIDE : inside == 0 ? OUTSIDE_BELOW : OVERLAP;
}

static bool by_words(const struct zv_requirement *req)
{
	return req->op == ZV_REQ_IN || (!req->numeric && !req->grade);
}

static enum relation relation_of(unsigned *met, const struct zv_requirement *wanted, const struct zv_requirement *offered,
				 struct zv_arena *arena)
{
	struct interval a;
	struct interval b;

	*met = 0;
	if ((by_words(wanted) || by_words(offered)) && (wanted->op == ZV_REQ_IN || wanted->op == ZV_REQ_EQ) &&
	    (offered->op == ZV_REQ_IN || offered->op == ZV_REQ_EQ))
		return relate_words(wanted, offered);
	return intervals(&a, &b, wanted, offered, arena) ? relate(met, &a, &b) : NOT_COMPARABLE;
}

static struct zv_str value_text(const struct zv_requirement *req, bool with_unit, struct zv_arena *arena)
{
	struct zv_requirement shown = *req;
	struct zv_str text;
	struct zv_buf buf;

	if (!with_unit)
		shown.unit = (struct zv_str){NULL, 0};
	zv_buf_init(&buf, 0);
	zv_requirement_format_value(&buf, &shown);
	text = zv_buf_str(&buf);
	if (req->op == ZV_REQ_EQ) /* "98.0", not "= 98.0" */
		text = zv_str_from(text, 2);
	text = zv_str_dup(arena, text);
	zv_buf_done(&buf);
	return text;
}

static struct zv_str with_unit(struct zv_str bound, const struct zv_requirement *req, bool units, struct zv_arena *arena)
{
	return units && req->unit.n > 0 ? zv_arena_strf(arena, "%.*s %.*s", ZV_STR_FMT(bound), ZV_STR_FMT(req->unit)) : bound;
}

/* "purity 98.0 < 99.0"; the units are written only where they differ. */
static struct zv_str fail_text(const struct zv_requirement *wanted, const struct zv_requirement *offered, enum relation relation,
			       struct zv_arena *arena)
{
	bool units = !zv_str_eq(wanted->unit, offered->unit);
	struct zv_str label = zv_property_label(wanted->property);
	struct zv_str have = value_text(offered, units, arena);
	struct zv_str bound;
	const char *sign;

	if (by_words(wanted))
		return zv_arena_strf(arena, zv_tr(N_("%.*s %.*s is not %.*s")), ZV_STR_FMT(label), ZV_STR_FMT(have),
				     ZV_STR_FMT(value_text(wanted, units, arena)));
	bound = relation == OUTSIDE_BELOW ? wanted->lo_text : wanted->hi_text;
	sign = relation == OUTSIDE_BELOW ? (wanted->op == ZV_REQ_GT ? "<=" : "<") : (wanted->op == ZV_REQ_LT ? ">=" : ">");
	return zv_arena_strf(arena, "%.*s %.*s %s %.*s", ZV_STR_FMT(label), ZV_STR_FMT(have), sign,
			     ZV_STR_FMT(with_unit(bound, wanted, units, arena)));
}

static struct zv_str pass_text(const struct zv_requirement *wanted, const struct zv_requirement *offered, struct zv_arena *arena)
{
	bool units = !zv_str_eq(wanted->unit, offered->unit);
	struct zv_str label = zv_property_label(wanted->property);
	struct zv_str have = value_text(offered, units, arena);
	struct zv_buf buf;
	struct zv_str text;

	if (wanted->op == ZV_REQ_EQ)
		return zv_arena_strf(arena, "%.*s %.*s", ZV_STR_FMT(label), ZV_STR_FMT(have));
	zv_buf_init(&buf, 0);
	zv_buf_addf(&buf, "%.*s %.*s %s%.*s", ZV_STR_FMT(label), ZV_STR_FMT(have), wanted->op == ZV_REQ_RANGE ? "in " : "",
		    ZV_STR_FMT(value_text(wanted, units, arena)));
	text = zv_str_dup(arena, zv_buf_str(&buf));
	zv_buf_done(&buf);
	return text;
}

static struct zv_str unknown_text(const struct zv_requirement *wanted, const struct zv_requirement *offered, bool comparable,
				  struct zv_arena *arena)
{
	struct zv_str label = zv_property_label(wanted->property);
	struct zv_str need = value_text(wanted, true, arena);

	if (offered == NULL)
		return zv_arena_strf(arena, zv_tr(N_("%.*s is not stated, %.*s is needed")), ZV_STR_FMT(label), ZV_STR_FMT(need));
	if (!comparable)
		return zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s and %.*s cannot be compared")), ZV_STR_FMT(label),
				     ZV_STR_FMT(value_text(offered, true, arena)), ZV_STR_FMT(need));
	return zv_arena_strf(arena, zv_tr(N_("%.*s: %.*s leaves open whether %.*s is met")), ZV_STR_FMT(label),
			     ZV_STR_FMT(value_text(offered, true, arena)), ZV_STR_FMT(need));
}

/* Several statements on one property all hold: one outside is enough to fail, one inside is enough to pass. */
void zv_requirement_test(struct zv_req_result *out, const struct zv_requirement *wanted, const struct zv_requirements *properties,
			 struct zv_arena *arena)
{
	const struct zv_requirement *open = NULL;
	const struct zv_requirement *inside = NULL;
	bool comparable = false;
	unsigned met_by_all = 0;

	for (size_t i = 0; i < properties->n; i++) {
		const struct zv_requirement *offered = &properties->p[i];
		enum relation relation;
		unsigned met;

		if (!zv_str_eq(offered->property, wanted->property))
			continue;
		relation = relation_of(&met, wanted, offered, arena);
		met_by_all |= met;
		if (relation == OUTSIDE_BELOW || relation == OUTSIDE_ABOVE) {
			*out = (struct zv_req_result){ZV_REQ_FAIL, fail_text(wanted, offered, relation, arena)};
			return;
		}
		if (relation == INSIDE || met_by_all == BOTH_MET) {
			inside = offered;
		} else {
			open = offered;
			comparable = relation == OVERLAP;
		}
	}
	if (inside != NULL)
		*out = (struct zv_req_result){ZV_REQ_PASS, pass_text(wanted, inside, arena)};
	else
		*out = (struct zv_req_result){ZV_REQ_UNKNOWN, unknown_text(wanted, open, comparable, arena)};
}

bool zv_requirements_compatible(const struct zv_requirements *a, const struct zv_requirements *b, struct zv_str *why, struct zv_arena *arena)
{
	for (size_t i = 0; i < a->n; i++) {
		for (size_t j = 0; j < b->n; j++) {
			const struct zv_requirement *x = &a->p[i];
			const struct zv_requirement *y = &b->p[j];
			enum relation relation;
			unsigned met;

			if (!x->hard || !y->hard || !zv_str_eq(x->property, y->property))
				continue;
			relation = relation_of(&met, x, y, arena);
			if (relation == INSIDE || relation == OVERLAP)
				continue;
			if (why != NULL)
				*why = zv_arena_strf(arena, "%.*s: %.*s / %.*s", ZV_STR_FMT(zv_property_label(x->property)),
						     ZV_STR_FMT(value_text(x, true, arena)), ZV_STR_FMT(value_text(y, true, arena)));
			return false;
		}
	}
	return true;
}
