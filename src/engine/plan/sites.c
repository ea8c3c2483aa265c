/* Offers sorted by their resource, by counting. */
#include "engine/plan/sites.h"

#include <stdlib.h>

#include "base/mem.h"

void plan_sites_open(struct plan_sites *out, const struct plan_arcs *arcs)
{
	const struct zv_plan_problem *p = arcs->problem;
	uint32_t *at = zv_calloc((size_t)p->n_resources + 2, sizeof(*at)), alone = 0;

	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		uint32_t resource = p->offers[arcs->offers[o]].resource;

		if (resource == ZV_PLAN_NONE)
			alone++;
		else
			at[resource + 1]++;
	}
	for (uint32_t r = 0; r < p->n_resources; r++)
		at[r + 1] += at[r];
	*out = (struct plan_sites){.n = p->n_resources + alone};
	out->list = zv_calloc((size_t)out->n + 1, sizeof(*out->list));
	out->place = zv_calloc((size_t)arcs->n_offers + 1, sizeof(*out->place));
	for (uint32_t i = 0; i <= out->n; i++)
		out->list[i] = i < p->n_resources ? (struct plan_site){i, at[i]} : (struct plan_site){ZV_PLAN_NONE, at[p->n_resources] + (i - p->n_resources)};
	for (uint32_t o = 0; o < arcs->n_offers; o++) {
		uint32_t resource = p->offers[arcs->offers[o]].resource;

		out->place[at[resource == ZV_PLAN_NONE ? p->n_resources : resource]++] = o;
	}
	free(at);
}

void plan_sites_done(struct plan_sites *sites)
{
	free(sites->list);
	free(sites->place);
	*sites = (struct plan_sites){0};
}

uint32_t plan_site_pairs(const struct plan_sites *sites, const struct plan_arcs *arcs, uint32_t site)
{
	uint32_t n = 0;

	for (uint32_t k = sites->list[site].first; k < sites->list[site + 1].first; k++)
		n += arcs->pair[sites->place[k] + 1] - arcs->pair[sites->place[k]];
	return n;
}
