/* Snapshot, problem, engine, checker, explanations, rows: the run itself. */
#include "app/plan_run.h"

#include <stdlib.h>
#include <time.h>

#include "app/lots_run.h"
#include "app/plan_keep.h"
#include "app/plan_problem.h"
#include "app/plan_solve.h"
#include "app/settings.h"
#include "app/snapshot.h"
#include "app/version.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "format/json_write.h"

enum { FOLD_AT = 1 << 20, NORMAL_EFFORT = 100, MS_A_S = 1000, NS_A_MS = 1000000 };

/* --- digests ------------------------------------------------------------------------------------------------------------------ */

/* Text that is long is folded: the digest so far goes before what follows. */
static void fold(struct zv_buf *text, bool end)
{
	char digest[ZV_DIGEST_HEX];

	if (!end && text->n < FOLD_AT)
		return;
	zv_digest_hex(digest, zv_buf_str(text));
	zv_buf_reset(text);
	zv_buf_add_c(text, digest);
}

static void digest_offers(struct zv_buf *text, const struct zv_plan_source *source)
{
	const struct zv_plan_problem *p = &source->problem;

	for (uint32_t i = 0; i < p->n_offers; i++) {
		const struct zv_plan_offer *o = &p->offers[i];

		zv_buf_addf(text, "o %.*s %u %u %u %" PRId64 " %" PRId64 " %" PRId64 " %d %d\n", ZV_STR_FMT(o->id), p->makers[o->maker].region,
			    p->makers[o->maker].licensed, o->resource, o->launch, o->moq, o->max, o->lead, o->from);
		for (uint32_t s = 0; s < o->n_tiers; s++)
			zv_buf_addf(text, "%" PRId64 ":%" PRId64 " ", p->tiers[o->first_tier + s].from, p->tiers[o->first_tier + s].price);
		fold(text, false);
	}
	for (size_t i = 0; i < (size_t)p->n_resources * (size_t)p->n_periods; i++) {
		zv_buf_addf(text, "c %" PRId64 "\n", p->capacity_uh[i]);
		fold(text, false);
	}
}

static struct zv_str digest_of_problem(const struct zv_plan_source *source, struct zv_arena *arena)
{
	const struct zv_plan_problem *p = &source->problem;
	struct zv_buf text;
	struct zv_str digest;

	zv_buf_init(&text, 0);
	zv_buf_addf(&text, "%d %d %d\n", source->as_of, p->n_periods, source->first_quarter);
	digest_offers(&text, source);
	for (uint32_t i = 0; i < p->n_needs; i++) {
		const struct zv_plan_need *n = &p->needs[i];

		zv_buf_addf(&text, "n %.*s %u %u %" PRId64 " %" PRId64 " %" PRId64 " %d %d %d %d %d\n", ZV_STR_FMT(n->id), n->product, n->region, n->qty, n->ceiling,
			    n->penalty, n->earliest, n->due, n->priority, n->single, n->licensed);
		fold(&text, false);
	}
	for (uint32_t i = 0; i < p->n_substitutes; i++) {
		zv_buf_addf(&text, "s %u %u\n", p->substitutes[i].product, p->substitutes[i].with);
		fold(&text, false);
	}
	for (uint32_t i = 0; i < p->n_products; i++)
		if (p->products[i].max_share_ppm > 0)
			zv_buf_addf(&text, "m %u %d\n", i, p->products[i].max_share_ppm);
	for (size_t i = 0; i < (size_t)p->n_regions * p->n_regions; i++) {
		zv_buf_addf(&text, "w %.17g\n", p->km[i]);
		fold(&text, false);
	}
	fold(&text, true);
	digest = zv_str_dup(arena, zv_buf_str(&text));
	zv_buf_done(&text);
	return digest;
}

static struct zv_str digest_of_plan(const struct zv_plan_kept *kept, struct zv_arena *arena)
{
	struct zv_buf text;
	struct zv_str digest;

	zv_buf_init(&text, 0);
	for (size_t i = 0; i < kept->orders.n; i++) {
		const struct zv_plan_order_row *o = &kept->orders.p[i];

		zv_buf_addf(&text, "%" PRId64 " %d %d %" PRId64 " %" PRId64 "\n", o->offer_id, o->period, o->tier, o->qty_base, o->total_kop);
		fold(&text, false);
	}
	for (size_t i = 0; i < kept->flows.n; i++) {
		const struct zv_plan_flow_row *f = &kept->flows.p[i];

		zv_buf_addf(&text, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n", f->order_n, f->need_id, f->qty_base, f->extra_base);
		fold(&text, false);
	}
	fold(&text, true);
	digest = zv_str_dup(arena, zv_buf_str(&text));
	zv_buf_done(&text);
	return digest;
}

/* --- prices of an earlier plan ---------------------------------------------------------------------------------------------------- */

static void carry_needs(int64_t *out, const struct zv_plan_source *source, const struct zv_plan_price_row *rows, size_t n)
{
	struct zv_map known;

	zv_map_init(&known);
	for (size_t i = 0; i < n; i++)
		zv_map_put_int(&known, rows[i].id, rows[i].price_urub);
	for (uint32_t i = 0; i < source->problem.n_needs; i++) {
		out[i] = INT64_MIN;
		if (!source->needs[i].extra)
			(void)zv_map_get_int(&out[i], &known, source->snapshot->needs[source->needs[i].row].id);
	}
	zv_map_done(&known);
}

static void carry_capacity(int64_t *out, const struct zv_plan_source *source, const struct zv_plan_price_row *rows, size_t n)
{
	for (uint32_t r = 0; r < source->problem.n_resources; r++) {
		int64_t offer = source->snapshot->offers[source->offers[source->resource_offer[r]].row].id;

		for (size_t i = 0; i < n; i++) {
			int32_t period = rows[i].period - source->first_quarter - source->resource_lead[r];

			if (rows[i].id == offer && period >= 0 && period < source->problem.n_periods)
				out[(size_t)r * (size_t)source->problem.n_periods + (size_t)period] = rows[i].price_urub;
		}
	}
}

static enum zv_code load_prices(struct zv_plan_prices *out, const struct zv_plan_source *source, struct zv_db *db, int64_t plan_id, struct zv_arena *arena,
				struct zv_err *err)
{
	struct zv_plan_price_row *needs, *capacity;
	size_t n_needs, n_capacity;
	int64_t *need_prices = ZV_ARENA_ARRAY(arena, int64_t, source->problem.n_needs + 1);
	int64_t *resource_prices = ZV_ARENA_ARRAY(arena, int64_t, (size_t)source->problem.n_resources * (size_t)source->problem.n_periods + 1);
	enum zv_code code = zv_plan_prices(&needs, &n_needs, &capacity, &n_capacity, db, plan_id, arena, err);

	if (code != ZV_OK)
		return code;
	carry_needs(need_prices, source, needs, n_needs);
	carry_capacity(resource_prices, source, capacity, n_capacity);
	*out = (struct zv_plan_prices){need_prices, resource_prices};
	return ZV_OK;
}

/* --- one run -------------------------------------------------------------------------------------------------------------------------- */

struct running {
	const struct zv_plan_run_options *options;
	struct zv_db *db;
	struct zv_arena *arena;
	struct zv_plan_source source;
	struct zv_plan_result result;
	struct zv_plan_checked checked;
	struct zv_plan_explained explained;
	struct zv_plan_row from; /* id 0: from cold */
	struct zv_str problem;
	struct zv_err *err;
};

static int64_t cpu_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * MS_A_S + now.tv_nsec / NS_A_MS;
}

static enum zv_code solve(struct running *r, struct zv_arena *scratch)
{
	struct zv_plan_prices prices;
	struct zv_plan_options options = {
		.iterations = r->options->iterations,
		.effort = r->options->effort,
		.threads = r->options->threads,
		.strict = r->options->strict,
		.stop = r->options->stop,
		.progress = r->options->progress,
		.context = r->options->context,
	};
	enum zv_code code = ZV_OK;

	if (r->from.id != 0) {
		code = load_prices(&prices, &r->source, r->db, r->from.id, scratch, r->err);
		options.prices = &prices;
	}
	return code == ZV_OK ? zv_plan_source_solve(&r->result, &r->checked, &r->source, &options, r->options->keep_stopped, r->err) : code;
}

static struct zv_str options_json(const struct running *r)
{
	struct zv_out out;
	struct zv_json json;
	struct zv_str text;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key_int(&json, "effort", r->options->effort > 0 ? r->options->effort : NORMAL_EFFORT);
	zv_json_key_int(&json, "iterations", r->options->iterations);
	zv_json_end_object(&json);
	text = zv_str_dup(r->arena, zv_out_text(&out));
	zv_out_done(&out);
	return text;
}

static enum zv_code keep(struct running *r, int64_t cpu, struct zv_plan_row *out)
{
	const struct zv_plan_answer answer = {&r->source, &r->result, &r->checked, &r->explained};
	struct zv_plan_kept kept = {0};
	char day[ZV_DATE_TEXT];
	enum zv_code code = zv_plan_kept_fill(&kept, &answer, r->arena, r->err);

	zv_date_format(day, r->source.as_of);
	kept.head.title = r->options->title.n > 0 ? r->options->title : zv_str_dup(r->arena, zv_str_c(day));
	kept.head.made_by = zv_str_c(r->options->actor != NULL ? r->options->actor : "local");
	kept.head.strict = r->options->strict;
	kept.head.nightly = r->options->nightly;
	kept.head.from_uid = r->from.id != 0 ? r->from.uid : ZV_STR("");
	kept.head.cpu_ms = cpu;
	kept.head.program = zv_program_version();
	kept.head.problem = r->problem;
	kept.head.digest = digest_of_plan(&kept, r->arena);
	kept.head.options = options_json(r);
	kept.head.uid = ZV_STR("");
	if (code == ZV_OK)
		code = r->options->store != NULL ? r->options->store(r->options->context, &kept, r->err) : zv_plan_keep(&kept, r->db, r->arena, r->err);
	if (code == ZV_OK)
		*out = kept.head;
	zv_plan_kept_done(&kept);
	return code;
}

static enum zv_code find_from(struct running *r)
{
	return r->options->from.n > 0 ? zv_plan_by_uid(&r->from, r->db, r->options->from, r->arena, r->err) : ZV_OK;
}

/* *known: the newest plan answers the same question. */
static enum zv_code known_already(bool *known, struct running *r, struct zv_plan_row *latest)
{
	bool found;
	enum zv_code code;

	*known = false;
	if (!r->options->only_new)
		return ZV_OK;
	code = zv_plan_latest(&found, latest, r->db, 0, r->arena, r->err);
	*known = code == ZV_OK && found && latest->strict == r->options->strict && zv_str_eq(latest->problem, r->problem) && !latest->stopped;
	return code;
}

static enum zv_code run_on(struct running *r, struct zv_plan_row *out)
{
	struct zv_arena scratch;
	struct zv_plan_row latest;
	int64_t began = cpu_ms();
	bool known;
	enum zv_code code;

	r->problem = digest_of_problem(&r->source, r->arena);
	code = known_already(&known, r, &latest);
	if (code != ZV_OK || known)
		return code;
	zv_arena_init(&scratch);
	code = solve(r, &scratch);
	if (code == ZV_OK)
		code = zv_plan_explain(&r->explained, &r->source.problem, &r->result, 0, &scratch, r->err);
	if (code == ZV_OK)
		code = keep(r, cpu_ms() - began, out);
	zv_plan_result_done(&r->result);
	zv_arena_done(&scratch);
	return code;
}

static enum zv_code set_share(struct running *r)
{
	struct zv_str text;
	int64_t percent;
	bool given;
	enum zv_code code = zv_setting_read(&text, &given, r->db, ZV_STR("plan.max_share"), r->arena, r->err);

	if (code == ZV_OK && zv_str_int(&percent, text))
		zv_plan_source_share(&r->source, percent);
	return code;
}

enum zv_code zv_plan_run(struct zv_plan_row *out, struct zv_db *db, const struct zv_plan_run_options *options, struct zv_arena *arena, struct zv_err *err)
{
	struct running r = {.options = options, .db = db, .arena = arena, .err = err};
	struct zv_snapshot snapshot;
	zv_date as_of;
	enum zv_code code = zv_as_of(&as_of, db, options->as_of, err);

	*out = (struct zv_plan_row){.uid = ZV_STR("")};
	if (code == ZV_OK)
		code = find_from(&r);
	if (code != ZV_OK)
		return code;
	code = zv_snapshot_load(&snapshot, db, (struct zv_snapshot_wish){0}, err);
	if (code == ZV_OK) {
		code = zv_plan_source_build(&r.source, &snapshot, as_of, err);
		if (code == ZV_OK)
			code = set_share(&r);
		if (code == ZV_OK)
			code = run_on(&r, out);
		zv_plan_source_done(&r.source);
	}
	zv_snapshot_done(&snapshot);
	return code;
}
