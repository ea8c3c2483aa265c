/* A folder of files becomes a problem: the files in the order in which they refer to one another, then the check of the whole. */
#include "app/plan_folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/plan_folder_inner.h"

enum { PATH_MAX_BYTES = 4096 };

/* The arrays of a problem are const for its readers. */
static void free_array(const void *array)
{
	free((void *)(uintptr_t)array);
}

void zv_plan_folder_done(struct zv_plan_folder *folder)
{
	struct zv_plan_problem *p = &folder->problem;
	const void *const arrays[] = {p->products,    p->regions,     p->makers, p->resources, p->capacity_uh, p->offers, p->tiers,
				      p->needs,       p->enterprises, p->km,     p->boms,      p->commitments, p->costs,  p->substitutes};

	for (size_t i = 0; i < ZV_LEN(arrays); i++)
		free_array(arrays[i]);
	free(folder->warnings);
	zv_arena_done(&folder->arena);
	*folder = (struct zv_plan_folder){0};
}

static void done(struct folder *f)
{
	zv_map_done(&f->regions.by_id);
	zv_map_done(&f->products.by_id);
	zv_map_done(&f->makers.by_id);
	zv_map_done(&f->resources.by_id);
	zv_map_done(&f->offers.by_id);
	zv_vec_done(&f->hours);
}

static void init(struct folder *f, struct zv_plan_folder *out, zv_plan_folder_open *open, void *context, struct zv_err *err)
{
	*f = (struct folder){.out = out, .open = open, .context = context, .err = err, .named_min = FOLDER_ALWAYS_UNTIL, .named_max = FOLDER_ALWAYS_FROM};
	*out = (struct zv_plan_folder){0};
	zv_arena_init(&out->arena);
	f->regions.file = "regions.csv";
	f->products.file = "products.csv";
	f->makers.file = "makers.csv";
	f->resources.file = "resources.csv";
	f->offers.file = "offers.csv";
	zv_map_init(&f->regions.by_id);
	zv_map_init(&f->products.by_id);
	zv_map_init(&f->makers.by_id);
	zv_map_init(&f->resources.by_id);
	zv_map_init(&f->offers.by_id);
}

enum zv_code zv_plan_folder_read_from(struct zv_plan_folder *out, zv_plan_folder_open *open, void *context, struct zv_err *err)
{
	static enum zv_code (*const steps[])(struct folder *) = {
		folder_read_meta,   folder_read_regions, folder_read_distances,   folder_read_products, folder_read_makers,	 folder_read_resources, folder_read_offers,
		folder_read_tiers,  folder_read_needs,   folder_read_substitutes, folder_read_bom,	  folder_read_commitments, folder_read_costs,
		folder_count_periods,
	};
	struct folder f;
	enum zv_code code = ZV_OK;

	init(&f, out, open, context, err);
	for (size_t i = 0; i < ZV_LEN(steps) && code == ZV_OK; i++)
		code = steps[i](&f);
	if (code == ZV_OK)
		code = zv_plan_problem_check(&out->problem, err);
	out->warnings = f.warnings.p;
	out->n_warnings = f.warnings.n;
	done(&f);
	if (code != ZV_OK)
		zv_plan_folder_done(out);
	return code;
}

static FILE *open_in(void *context, const char *name)
{
	char path[PATH_MAX_BYTES];

	if (snprintf(path, sizeof(path), "%s/%s", (const char *)context, name) >= (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	return fopen(path, "rbe");
}

enum zv_code zv_plan_folder_read(struct zv_plan_folder *out, const char *dir, struct zv_err *err)
{
	union {
		const char *text;
		void *context;
	} borrowed = {.text = dir};

	return zv_plan_folder_read_from(out, open_in, borrowed.context, err);
}
