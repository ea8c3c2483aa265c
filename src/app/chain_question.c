/* Questions about production chains: words checked, the network loaded, the answer reckoned. */
#include "app/chain_question.h"

#include <math.h>

#include "app/chain_number.h"

enum { SHOWN = 40 };
#define PART '|'

static enum zv_code read_day(int64_t *out, struct zv_str text, const char *name, int64_t min, struct zv_err *err)
{
	if (text.n == 0)
		return ZV_OK;
	if (!zv_str_int(out, text) || *out < min || *out > ZV_CHAIN_DAYS_MAX)
		return zv_fail(err, ZV_E_INVALID, name, N_("“%.*s” is no day from %" PRId64 " to %d."), ZV_STR_FMT(zv_str_first(text, SHOWN)), min, ZV_CHAIN_DAYS_MAX);
	return ZV_OK;
}

static enum zv_code read_when(struct zv_chain_when *out, const struct zv_chain_words *words, struct zv_err *err)
{
	int64_t days = ZV_CHAIN_DAYS, from = 0, to = -1;
	enum zv_code code = read_day(&days, words->days, "days", 1, err);

	if (code == ZV_OK)
		code = read_day(&from, words->from, "from", 0, err);
	if (code == ZV_OK)
		code = read_day(&to, words->to, "to", 0, err);
	if (code != ZV_OK)
		return code;
	if (to >= 0 && to <= from)
		return zv_fail(err, ZV_E_INVALID, "to", N_("The outage ends on day %" PRId64 ", before it has begun on day %" PRId64 "."), to, from);
	*out = (struct zv_chain_when){.from = (double)from, .to = to < 0 ? INFINITY : (double)to, .days = (double)days};
	if (words->rate.n > 0 && (!zv_chain_number(&out->rate, words->rate) || !(out->rate >= 0 && out->rate < 1)))
		return zv_fail(err, ZV_E_INVALID, "rate", N_("“%.*s” is not a number from 0 and below 1, such as 0.4."), ZV_STR_FMT(zv_str_first(words->rate, SHOWN)));
	return ZV_OK;
}

static enum zv_code read_names(struct zv_str *names, size_t *n, struct zv_str text, const char *name, struct zv_err *err)
{
	struct zv_str part;

	*n = 0;
	while (zv_str_split(&part, &text, PART)) {
		if (part.n == 0)
			continue;
		if (*n == ZV_CHAIN_NAMES_MAX)
			return zv_fail(err, ZV_E_LIMIT, name, N_("There are more than %d of “%s”."), ZV_CHAIN_NAMES_MAX, name);
		names[(*n)++] = part;
	}
	return ZV_OK;
}

enum zv_code zv_chain_question_read(struct zv_chain_question *out, const struct zv_chain_words *words, struct zv_err *err)
{
	enum zv_code code = read_when(&out->when, words, err);

	if (code == ZV_OK)
		code = read_names(out->causes, &out->n_causes, words->cause, "cause", err);
	return code == ZV_OK ? read_names(out->with, &out->n_with, words->with, "with", err) : code;
}

enum zv_code zv_chain_kind_read(int *out, struct zv_str word, struct zv_err *err)
{
	enum zv_chain_cause_kind kind;

	*out = -1;
	if (word.n == 0)
		return ZV_OK;
	if (!zv_chain_cause_parse(&kind, word))
		return zv_fail(err, ZV_E_INVALID, "kind", N_("“%.*s” is no kind of cause: enterprise, process, item, import, country, region, owner or node."),
			       ZV_STR_FMT(zv_str_first(word, SHOWN)));
	*out = (int)kind;
	return ZV_OK;
}

enum zv_code zv_chain_at_once(const struct zv_chain_asked *asked, int kind, struct zv_err *err)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < asked->n_causes; i++)
		n += kind < 0 || (int)asked->causes[i].kind == kind;
	if (n <= ZV_CHAIN_AT_ONCE)
		return ZV_OK;
	return zv_fail(err, ZV_E_INVALID, "kind", N_("%u causes are more than can be reckoned while one waits (%d): let it be done as a job, or choose a kind."), n,
		       ZV_CHAIN_AT_ONCE);
}

enum zv_code zv_chain_asked_load(struct zv_chain_asked *asked, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_chain_world_load(&asked->world, db, who, asked->question.with, asked->question.n_with, arena, err);

	if (code == ZV_OK)
		zv_chain_causes(&asked->causes, &asked->n_causes, &asked->world, arena);
	return code;
}

enum zv_code zv_chain_ask(struct zv_chain_asked *asked, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_chain_question *q = &asked->question;
	enum zv_code code;

	if (q->n_causes == 0)
		return zv_fail(err, ZV_E_INVALID, "cause", N_("Say what stops: kind:name, such as import:ITEM@COUNTRY."));
	code = zv_chain_asked_load(asked, db, who, arena, err);
	for (size_t i = 0; i < q->n_causes && code == ZV_OK; i++)
		code = zv_chain_cause_find(&asked->parts[i], asked->causes, asked->n_causes, q->causes[i], err);
	if (code != ZV_OK)
		return code;
	zv_chain_cause_union(&asked->cause, asked->parts, (uint32_t)q->n_causes, arena);
	return zv_chain_run(&asked->answer, &asked->world, &asked->cause, &q->when, arena, err);
}
