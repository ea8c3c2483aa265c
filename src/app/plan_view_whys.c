/* Needs that a plan leaves over, those that the person may see. */
#include "app/plan_text.h"
#include "app/plan_view.h"
#include "app/plan_view_inner.h"

enum { BATCH = 200 };

static struct zv_plan_words words_of(const struct zv_plan_v_why *why)
{
	return (struct zv_plan_words){
		.code = why->row.code,
		.dim = (enum zv_dim)why->row.dim,
		.qty_base = why->row.qty_base,
		.ceiling_urub = why->row.ceiling_urub,
		.kind = why->row.kind,
		.figure = why->row.figure,
		.period = why->row.period,
		.displaced = why->row.displaced,
		.verified = why->row.verified,
		.also = why->row.also,
		.also_kind = why->row.also_kind,
		.also_figure = why->row.also_figure,
		.detail = why->row.detail,
		.item = why->need.item,
		.maker = why->has_offer ? why->offer.maker : ZV_STR(""),
		.input = why->input,
	};
}

/* A need of somebody else: that it is left over, and by which kind of reason. */
static void hide(struct zv_plan_v_why *why)
{
	why->row.value_kop = why->row.ceiling_urub = ZV_PLAN_HIDDEN;
	why->row.figure = 0;
	why->has_offer = false;
	why->row.also = ZV_STR("");
	why->text = zv_plan_why_title(why->row.code);
	why->figure = why->also_figure = why->flip = why->input = ZV_STR("");
}

/* *fits: the row belongs to what is asked for, and may be seen. */
static enum zv_code view_why(struct zv_plan_v_why *out, bool *fits, const struct zv_plan_seeing *seeing, const struct zv_plan_why_row *row, struct zv_str q,
			     struct zv_err *err)
{
	struct zv_plan_words words;
	struct zv_str ignored;
	enum zv_code code;

	*out = (struct zv_plan_v_why){.row = *row, .input = ZV_STR("")};
	code = zv_plan_view_need(&out->need, seeing, row->need_id, err);
	*fits = code == ZV_OK && out->need.sight != ZV_SIGHT_NONE;
	if (*fits && row->offer_id != 0) {
		code = zv_plan_view_offer(&out->offer, seeing, row->offer_id, err);
		out->has_offer = true;
	}
	if (code == ZV_OK && *fits && q.n > 0)
		*fits = plan_text_has(out->need.item, q) || plan_text_has(out->need.org, q) || plan_text_has(out->need.key, q);
	if (code == ZV_OK && *fits)
		code = zv_plan_view_item(&out->input, &ignored, seeing, row->input_id, err);
	if (code != ZV_OK || !*fits)
		return code;
	if (out->need.sight != ZV_SIGHT_FULL) {
		hide(out);
		return ZV_OK;
	}
	words = words_of(out);
	if (!seeing->all && zv_str_eq_c(row->code, "NOMAKER"))
		words.detail = ZV_STR(""); /* what others wait for */
	out->text = zv_plan_why_text(&words, seeing->arena);
	out->figure = zv_plan_figure_text(&words, seeing->arena);
	out->also_figure = zv_plan_also_text(&words, seeing->arena);
	out->flip = zv_plan_flip_text(&words, seeing->arena);
	return ZV_OK;
}

/* --- where the rows come from ----------------------------------------------------------------------------------------------------------- */

/* Of needs that the person may see, in their order; *last: behind which to go on, 0: there are no more. */
static enum zv_code seen_rows(struct zv_plan_why_row *rows, size_t *n, int64_t *last, const struct zv_plan_seeing *seeing, int64_t plan_id, int64_t after,
			      struct zv_err *err)
{
	int64_t ids[BATCH];
	size_t n_ids = 0;
	enum zv_code code = zv_sight_next(ids, &n_ids, BATCH, seeing->db, seeing->who, zv_register_find("need"), after, err);

	*n = 0;
	*last = code == ZV_OK && n_ids == BATCH ? ids[BATCH - 1] : 0;
	for (size_t i = 0; i < n_ids && code == ZV_OK; i++) {
		bool found;

		code = zv_plan_why_of_need(&found, &rows[*n], seeing->db, plan_id, ids[i], seeing->arena, err);
		*n += code == ZV_OK && found;
	}
	return code;
}

static enum zv_code all_rows(struct zv_plan_why_row *rows, size_t *n, int64_t *last, const struct zv_plan_seeing *seeing, int64_t plan_id,
			     const struct zv_plan_whys_ask *ask, int64_t after, struct zv_err *err)
{
	struct zv_plan_why_query query = {
		.plan_id = plan_id, .code = ask->code, .region = ask->region, .priority = ask->priority, .after_need = after, .limit = BATCH};
	struct zv_plan_why_row *got;
	enum zv_code code = zv_plan_whys(&got, n, seeing->db, &query, seeing->arena, err);

	*last = 0;
	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < *n; i++)
		rows[i] = got[i];
	if (*n == BATCH)
		*last = rows[BATCH - 1].need_id;
	return ZV_OK;
}

static bool asked_for(const struct zv_plan_why_row *row, const struct zv_plan_v_need *need, const struct zv_plan_whys_ask *ask)
{
	return (ask->code.n == 0 || zv_str_eq(ask->code, row->code)) && (ask->priority == 0 || ask->priority == row->priority) &&
	       (ask->region.n == 0 || zv_str_eq(ask->region, need->region));
}

enum zv_code zv_plan_view_whys(struct zv_plan_v_why **out, size_t *n, int64_t *next, const struct zv_plan_seeing *seeing, int64_t plan_id,
			       const struct zv_plan_whys_ask *ask, struct zv_err *err)
{
	struct zv_plan_why_row *rows = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_why_row, BATCH);
	struct zv_str q = plan_folded(zv_str_trim(ask->q), seeing->arena);
	int64_t after = ask->after, last;
	enum zv_code code = ZV_OK;

	*out = ZV_ARENA_ARRAY(seeing->arena, struct zv_plan_v_why, (size_t)ask->limit + 1);
	*n = 0;
	*next = 0;
	do {
		size_t got = 0;

		code = seeing->all ? all_rows(rows, &got, &last, seeing, plan_id, ask, after, err) : seen_rows(rows, &got, &last, seeing, plan_id, after, err);
		for (size_t i = 0; i < got && code == ZV_OK && *next == 0; i++) {
			bool fits = false;

			code = view_why(&(*out)[*n], &fits, seeing, &rows[i], q, err);
			if (code != ZV_OK || !fits || !asked_for(&rows[i], &(*out)[*n].need, ask))
				continue;
			if (++*n > (size_t)ask->limit) { /* one more than asked for: there is a next page */
				*n = (size_t)ask->limit;
				*next = (*out)[*n - 1].row.need_id;
			}
		}
		after = last;
	} while (code == ZV_OK && *next == 0 && after != 0);
	return code;
}
