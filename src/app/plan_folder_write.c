/* Writes a problem as a folder: what is read from it again is the same problem. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/plan_folder.h"
#include "base/decimal.h"
#include "base/mem.h"
#include "format/out.h"

enum { PATH_MAX_BYTES = 4096, DECIMALS = 6 };

struct writing {
	const char *dir;
	const struct zv_plan_problem *p;
	const int64_t *bonus;
	struct zv_err *err;
	FILE *file;
	struct zv_out out;
	bool first; /* cell of the row */
};

static void cell(struct writing *w, struct zv_str text)
{
	if (!w->first)
		zv_out_char(&w->out, ',');
	w->first = false;
	if (zv_str_find_char(text, ',') < 0 && zv_str_find_char(text, '"') < 0 && zv_str_find_char(text, '\n') < 0) {
		zv_out_str(&w->out, text);
		return;
	}
	zv_out_char(&w->out, '"');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			zv_out_char(&w->out, '"');
		zv_out_char(&w->out, text.p[i]);
	}
	zv_out_char(&w->out, '"');
}

static void number(struct writing *w, int64_t millionths)
{
	char text[ZV_DECIMAL_TEXT];

	zv_decimal_format(text, millionths, DECIMALS, 0, true);
	cell(w, zv_str_c(text));
}

static void whole(struct writing *w, int64_t value)
{
	char text[ZV_DECIMAL_TEXT];

	zv_decimal_format(text, value, 0, 0, false);
	cell(w, zv_str_c(text));
}

static void real(struct writing *w, double value)
{
	number(w, (int64_t)(value * ZV_PLAN_UNIT + (value < 0 ? -0.5 : 0.5)));
}

static void end(struct writing *w)
{
	zv_out_char(&w->out, '\n');
	w->first = true;
}

static enum zv_code begin(struct writing *w, const char *name, const char *header)
{
	char path[PATH_MAX_BYTES];

	(void)snprintf(path, sizeof(path), "%s/%s", w->dir, name);
	w->file = fopen(path, "wbe");
	if (w->file == NULL)
		return zv_fail(w->err, ZV_E_IO, name, N_("The file %s cannot be written: %s."), path, strerror(errno));
	zv_out_init(&w->out, w->file, 0);
	w->first = true;
	zv_out_c(&w->out, header);
	zv_out_char(&w->out, '\n');
	return ZV_OK;
}

static enum zv_code finish(struct writing *w)
{
	enum zv_code code = zv_out_flush(&w->out, w->err);

	zv_out_done(&w->out);
	if (fclose(w->file) != 0 && code == ZV_OK)
		code = zv_fail(w->err, ZV_E_IO, "", N_("The file %s cannot be written: %s."), w->dir, strerror(errno));
	return code;
}

static enum zv_code write_meta(struct writing *w)
{
	enum zv_code code = begin(w, "meta.csv", "key,value");

	if (code != ZV_OK)
		return code;
	cell(w, ZV_STR("periods"));
	whole(w, w->p->n_periods);
	end(w);
	cell(w, ZV_STR("first_period"));
	whole(w, w->p->first_period);
	end(w);
	cell(w, ZV_STR("candidates"));
	whole(w, w->p->candidates);
	end(w);
	for (int i = 0; i < ZV_PLAN_PRIORITIES; i++) {
		cell(w, (struct zv_str){(const char[]){'b', (char)('1' + i)}, 2});
		number(w, w->bonus[i]);
		end(w);
	}
	return finish(w);
}

static enum zv_code write_regions(struct writing *w)
{
	enum zv_code code = begin(w, "regions.csv", "region,lat,lon,weight");

	if (code != ZV_OK)
		return code;
	for (uint32_t i = 0; i < w->p->n_regions; i++) {
		cell(w, w->p->regions[i].id);
		real(w, w->p->regions[i].lat);
		real(w, w->p->regions[i].lon);
		whole(w, 1);
		end(w);
	}
	return finish(w);
}

/* Only where they are not the estimate. */
static enum zv_code write_distances(struct writing *w)
{
	size_t n = w->p->n_regions;
	double *estimate = zv_calloc(n * n + 1, sizeof(*estimate));
	bool same = true;
	enum zv_code code;

	zv_plan_distances(estimate, w->p->regions, w->p->n_regions);
	for (size_t i = 0; i < n * n; i++)
		same = same && !(estimate[i] < w->p->km[i]) && !(estimate[i] > w->p->km[i]);
	free(estimate);
	if (same)
		return ZV_OK;
	code = begin(w, "distances.csv", "region_a,region_b,km");
	if (code != ZV_OK)
		return code;
	for (size_t i = 0; i < n * n; i++) {
		cell(w, w->p->regions[i / n].id);
		cell(w, w->p->regions[i % n].id);
		real(w, w->p->km[i]);
		end(w);
	}
	return finish(w);
}

static enum zv_code write_products(struct writing *w)
{
	enum zv_code code = begin(w, "products.csv", "product,family,base_price,freight_rate,controlled,max_share");

	if (code != ZV_OK)
		return code;
	for (uint32_t i = 0; i < w->p->n_products; i++) {
		const struct zv_plan_product *product = &w->p->products[i];

		cell(w, product->id);
		cell(w, ZV_STR(""));
		cell(w, ZV_STR(""));
		number(w, product->freight_rate);
		whole(w, product->controlled);
		if (product->max_share_ppm > 0)
			number(w, product->max_share_ppm);
		else
			cell(w, ZV_STR(""));
		end(w);
	}
	return finish(w);
}

static enum zv_code write_makers(struct writing *w)
{
	enum zv_code code = begin(w, "makers.csv", "maker,region,family,licensed");

	if (code != ZV_OK)
		return code;
	for (uint32_t i = 0; i < w->p->n_makers; i++) {
		cell(w, w->p->makers[i].id);
		cell(w, w->p->regions[w->p->makers[i].region].id);
		cell(w, ZV_STR(""));
		whole(w, w->p->makers[i].licensed);
		end(w);
	}
	return finish(w);
}

static enum zv_code write_resources(struct writing *w)
{
	enum zv_code code = begin(w, "resources.csv", "resource,maker,period,capacity_h");

	if (code != ZV_OK)
		return code;
	for (uint32_t i = 0; i < w->p->n_resources; i++) {
		for (int32_t t = 0; t < w->p->n_periods; t++) {
			cell(w, w->p->resources[i].id);
			cell(w, w->p->resources[i].maker != ZV_PLAN_NONE ? w->p->makers[w->p->resources[i].maker].id : ZV_STR(""));
			whole(w, t + w->p->first_period);
			number(w, w->p->capacity_uh[(size_t)i * (size_t)w->p->n_periods + (size_t)t]);
			end(w);
		}
	}
	return finish(w);
}

static enum zv_code write_offers(struct writing *w)
{
	enum zv_code code = begin(w, "offers.csv", "offer,maker,product,resource,hours_per_t,launch_cost,moq_t,max_t,lead,setup_h,discount,from_period,until_period");

	if (code != ZV_OK)
		return code;
	for (uint32_t i = 0; i < w->p->n_offers; i++) {
		const struct zv_plan_offer *offer = &w->p->offers[i];

		cell(w, offer->id);
		cell(w, w->p->makers[offer->maker].id);
		cell(w, w->p->products[offer->product].id);
		cell(w, offer->resource != ZV_PLAN_NONE ? w->p->resources[offer->resource].id : ZV_STR(""));
		number(w, offer->hours_uh);
		number(w, offer->launch);
		number(w, offer->moq);
		number(w, offer->max);
		whole(w, offer->lead);
		number(w, offer->setup_uh);
		cell(w, offer->incremental ? ZV_STR("incremental") : ZV_STR("all-units"));
		whole(w, offer->from + w->p->first_period);
		whole(w, offer->until + w->p->first_period);
		end(w);
	}
	return finish(w);
}

static enum zv_code write_tiers(struct writing *w)
{
	enum zv_code code = begin(w, "tiers.csv", "offer,tier,from_t,unit_price");

	if (code != ZV_OK)
		return code;
	for (uint32_t i = 0; i < w->p->n_offers; i++) {
		for (uint32_t s = 0; s < w->p->offers[i].n_tiers; s++) {
			const struct zv_plan_tier *tier = &w->p->tiers[w->p->offers[i].first_tier + s];

			cell(w, w->p->offers[i].id);
			whole(w, s);
			number(w, tier->from);
			number(w, tier->price);
			end(w);
		}
	}
	return finish(w);
}

static enum zv_code write_needs(struct writing *w)
{
	enum zv_code code = begin(w, "needs.csv", "need,enterprise,region,product,qty_t,earliest,due,max_price,priority,single,licensed,parcel_t");

	if (code != ZV_OK)
		return code;
	for (uint32_t i = 0; i < w->p->n_needs; i++) {
		const struct zv_plan_need *need = &w->p->needs[i];

		cell(w, need->id);
		cell(w, w->p->enterprises[need->enterprise]);
		cell(w, w->p->regions[need->region].id);
		cell(w, w->p->products[need->product].id);
		number(w, need->qty);
		whole(w, need->earliest + w->p->first_period);
		whole(w, need->due + w->p->first_period);
		number(w, need->ceiling);
		whole(w, need->priority);
		whole(w, need->single);
		whole(w, need->licensed);
		number(w, need->parcel);
		end(w);
	}
	return finish(w);
}

static enum zv_code write_pairs(struct writing *w)
{
	const struct zv_plan_problem *p = w->p;
	enum zv_code code = ZV_OK;

	if (p->n_substitutes > 0)
		code = begin(w, "substitutes.csv", "product,substitute,extra_cost");
	for (uint32_t i = 0; i < p->n_substitutes && code == ZV_OK; i++) {
		cell(w, p->products[p->substitutes[i].product].id);
		cell(w, p->products[p->substitutes[i].with].id);
		number(w, p->substitutes[i].extra);
		end(w);
	}
	if (p->n_substitutes > 0 && code == ZV_OK)
		code = finish(w);
	if (p->n_boms > 0 && code == ZV_OK)
		code = begin(w, "bom.csv", "product,input,t_per_t,lag,outside_price");
	for (uint32_t i = 0; i < p->n_boms && code == ZV_OK; i++) {
		cell(w, p->products[p->boms[i].product].id);
		cell(w, p->products[p->boms[i].input].id);
		number(w, p->boms[i].ppm);
		whole(w, p->boms[i].lag);
		number(w, p->boms[i].price);
		end(w);
	}
	return p->n_boms > 0 && code == ZV_OK ? finish(w) : code;
}

static enum zv_code write_signed_and_costs(struct writing *w)
{
	const struct zv_plan_problem *p = w->p;
	enum zv_code code = ZV_OK;

	if (p->n_commitments > 0)
		code = begin(w, "commitments.csv", "need,offer,period,t");
	for (uint32_t i = 0; i < p->n_commitments && code == ZV_OK; i++) {
		cell(w, p->needs[p->commitments[i].need].id);
		cell(w, p->offers[p->commitments[i].offer].id);
		whole(w, p->commitments[i].period + p->first_period);
		number(w, p->commitments[i].qty);
		end(w);
	}
	if (p->n_commitments > 0 && code == ZV_OK)
		code = finish(w);
	if (p->n_costs > 0 && code == ZV_OK)
		code = begin(w, "costs.csv", "offer,region,delivered_cost");
	for (uint32_t i = 0; i < p->n_costs && code == ZV_OK; i++) {
		cell(w, p->offers[p->costs[i].offer].id);
		cell(w, p->regions[p->costs[i].region].id);
		number(w, p->costs[i].cost);
		end(w);
	}
	return p->n_costs > 0 && code == ZV_OK ? finish(w) : code;
}

enum zv_code zv_plan_folder_write(const char *dir, const struct zv_plan_problem *problem, const int64_t bonus[ZV_PLAN_PRIORITIES], struct zv_err *err)
{
	static enum zv_code (*const steps[])(struct writing *) = {write_meta,   write_regions, write_distances, write_products, write_makers,		write_resources,
								  write_offers, write_tiers,   write_needs,	write_pairs,	write_signed_and_costs};
	struct writing w = {.dir = dir, .p = problem, .bonus = bonus, .err = err};
	enum zv_code code = ZV_OK;

	if (mkdir(dir, 0777) != 0 && errno != EEXIST)
		return zv_fail(err, ZV_E_IO, "", N_("The folder %s cannot be made: %s."), dir, strerror(errno));
	for (size_t i = 0; i < ZV_LEN(steps) && code == ZV_OK; i++)
		code = steps[i](&w);
	return code;
}
