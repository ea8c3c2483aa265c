/* Compiles a network: firms in an order of locality, links sorted both ways, slots and the part of each link in its slot. */
#include "engine/chain/network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* --- checks ------------------------------------------------------------------------------------------------------------------------------ */

static bool is_amount(double x)
{
	return x >= ZV_CHAIN_AMOUNT_MIN && x <= ZV_CHAIN_AMOUNT_MAX;
}

static enum zv_code check_values(const double *values, uint32_t n, bool zero, const char *name, struct zv_err *err)
{
	for (uint32_t i = 0; values != NULL && i < n; i++) {
		if (isnan(values[i]) && !zero)
			continue;
		if (!is_amount(values[i]) && !(zero && values[i] == 0))
			return zv_fail(err, ZV_E_INVALID, name, N_("%s of firm %u is outside what can be reckoned with."), name, i + 1);
	}
	return ZV_OK;
}

static enum zv_code check_links(const struct zv_chain_input *in, struct zv_err *err)
{
	for (uint32_t i = 0; i < in->n_links; i++) {
		if (in->supplier[i] >= in->n_firms || in->buyer[i] >= in->n_firms)
			return zv_fail(err, ZV_E_INVALID, "links", N_("Link %u names a firm that is not there."), i + 1);
		if (in->amount[i] != 0 && !is_amount(in->amount[i]))
			return zv_fail(err, ZV_E_INVALID, "amount", N_("The amount of link %u is outside what can be reckoned with."), i + 1);
	}
	for (uint32_t i = 0; i < in->n_types; i++)
		if (in->types[i].in >= in->n_sectors || in->types[i].out >= in->n_sectors || in->types[i].kind > ZV_CHAIN_ESSENTIAL)
			return zv_fail(err, ZV_E_INVALID, "ess", N_("Row %u of the kinds of inputs is wrong."), i + 1);
	return ZV_OK;
}

static enum zv_code check(const struct zv_chain_input *in, struct zv_err *err)
{
	enum zv_code code;

	if (in->n_firms > ZV_CHAIN_FIRMS_MAX || in->n_links > ZV_CHAIN_LINKS_MAX || in->n_sectors > ZV_CHAIN_SECTORS_MAX || in->n_types > ZV_CHAIN_LINKS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "firms", N_("The network is too large."));
	for (uint32_t i = 0; i < in->n_firms; i++)
		if (in->sector[i] >= in->n_sectors)
			return zv_fail(err, ZV_E_INVALID, "sector", N_("Firm %u is of a sector that is not there."), i + 1);
	code = check_links(in, err);
	if (code == ZV_OK)
		code = check_values(in->revenue, in->n_firms, false, "revenue", err);
	if (code == ZV_OK)
		code = check_values(in->costs, in->n_firms, false, "costs", err);
	if (code == ZV_OK)
		code = check_values(in->weights, in->n_firms, true, "weights", err);
	return code;
}

/* --- order ------------------------------------------------------------------------------------------------------------------------------- */

struct ranked {
	double size;
	uint32_t sector, firm;
};

static int by_sector_and_size(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->sector != y->sector)
		return x->sector < y->sector ? -1 : 1;
	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return x->firm < y->firm ? -1 : 1;
}

static void renumber(struct zv_chain_network *net, const struct zv_chain_input *in)
{
	struct ranked *ranked = zv_reallocarray(NULL, (size_t)net->n + 1, sizeof(*ranked));

	for (uint32_t i = 0; i < net->n; i++)
		ranked[i] = (struct ranked){0, in->sector[i], i};
	for (uint32_t i = 0; i < in->n_links; i++)
		ranked[in->supplier[i]].size += in->amount[i];
	qsort(ranked, net->n, sizeof(*ranked), by_sector_and_size);
	for (uint32_t i = 0; i < net->n; i++) {
		net->order[i] = ranked[i].firm;
		net->place[ranked[i].firm] = i;
		net->sector[i] = ranked[i].sector;
		net->size[i] = ranked[i].size;
	}
	free(ranked);
}

static void weigh(struct zv_chain_network *net, const struct zv_chain_input *in)
{
	double sum = 0;

	for (uint32_t i = 0; i < net->n; i++) {
		net->weight[i] = in->weights != NULL ? in->weights[net->order[i]] : net->size[i];
		sum += net->weight[i];
	}
	for (uint32_t i = 0; i < net->n && sum > 0; i++)
		net->weight[i] /= sum;
}

/* --- links ------------------------------------------------------------------------------------------------------------------------------- */

/* Links by buyer and, within one, by supplier, so that the order of the rows of a file changes nothing. */
static uint32_t *sort_links(struct zv_chain_network *net, const struct zv_chain_input *in)
{
	uint32_t *start = zv_calloc((size_t)net->n + 2, sizeof(*start));
	uint32_t *by_supplier, *by_buyer;
	uint32_t n = 0;

	for (uint32_t l = 0; l < in->n_links; l++) {
		if (in->amount[l] > 0) {
			start[net->place[in->supplier[l]] + 2]++;
			net->up_start[net->place[in->buyer[l]] + 1]++;
			n++;
		}
	}
	for (uint32_t i = 0; i < net->n; i++) {
		start[i + 2] += start[i + 1];
		net->up_start[i + 1] += net->up_start[i];
	}
	by_supplier = zv_reallocarray(NULL, (size_t)n + 1, sizeof(*by_supplier));
	by_buyer = zv_reallocarray(NULL, (size_t)n + 1, sizeof(*by_buyer));
	for (uint32_t l = 0; l < in->n_links; l++)
		if (in->amount[l] > 0)
			by_supplier[start[net->place[in->supplier[l]] + 1]++] = l;
	memcpy(start, net->up_start, ((size_t)net->n + 1) * sizeof(*start));
	for (uint32_t i = 0; i < n; i++)
		by_buyer[start[net->place[in->buyer[by_supplier[i]]]]++] = by_supplier[i];
	free(by_supplier);
	free(start);
	net->n_links = n;
	return by_buyer;
}

/* The kinds of all inputs of one sector of buyers, as a row that is filled when the sector changes. */
struct kinds {
	const struct zv_chain_type *types;
	uint32_t *start, *at; /* rows of types by `out` */
	uint8_t *row;
	uint32_t sector;
};

static void kinds_init(struct kinds *k, const struct zv_chain_input *in)
{
	*k = (struct kinds){.types = in->types, .sector = ZV_CHAIN_NONE};
	k->start = zv_calloc((size_t)in->n_sectors + 2, sizeof(*k->start));
	k->at = zv_reallocarray(NULL, (size_t)in->n_types + 1, sizeof(*k->at));
	k->row = zv_calloc((size_t)in->n_sectors + 1, 1);
	for (uint32_t i = 0; i < in->n_types; i++)
		k->start[in->types[i].out + 2]++;
	for (uint32_t i = 0; i < in->n_sectors; i++)
		k->start[i + 2] += k->start[i + 1];
	for (uint32_t i = 0; i < in->n_types; i++)
		k->at[k->start[in->types[i].out + 1]++] = i;
}

static void kinds_take(struct kinds *k, uint32_t sector, bool fill)
{
	for (uint32_t i = k->start[sector]; i < k->start[sector + 1]; i++)
		k->row[k->types[k->at[i]].in] = fill ? k->types[k->at[i]].kind : ZV_CHAIN_NEGLIGIBLE;
}

static const uint8_t *kinds_of(struct kinds *k, uint32_t sector)
{
	if (sector != k->sector) {
		if (k->sector != ZV_CHAIN_NONE)
			kinds_take(k, k->sector, false);
		kinds_take(k, sector, true);
		k->sector = sector;
	}
	return k->row;
}

static void kinds_done(struct kinds *k)
{
	free(k->row);
	free(k->at);
	free(k->start);
}

/* While the slots are made. slot_of[sector] is that of the buyer at hand when it is not below the buyer's first slot. */
struct slots {
	struct zv_chain_network *net;
	const struct zv_chain_input *in;
	const uint32_t *links; /* by buyer */
	struct kinds kinds;
	uint32_t *slot_of;
	uint32_t *free_at; /* by supplier: where its next link goes */
	double *total;     /* of each slot of the buyer at hand, from its first */
	uint32_t total_cap, slot_cap;
};

static void slot_new(struct slots *s, uint32_t firm, uint32_t input)
{
	struct zv_chain_network *net = s->net;
	uint32_t at = net->n_slots - net->slot_start[firm];

	if (net->n_slots == s->slot_cap) {
		s->slot_cap = s->slot_cap < 1024 ? 1024 : s->slot_cap + s->slot_cap / 2;
		net->slot_firm = zv_reallocarray(net->slot_firm, s->slot_cap, sizeof(*net->slot_firm));
		net->slot_input = zv_reallocarray(net->slot_input, s->slot_cap, sizeof(*net->slot_input));
	}
	if (at >= s->total_cap) {
		s->total_cap = at * 2 + 16;
		s->total = zv_reallocarray(s->total, s->total_cap, sizeof(*s->total));
	}
	net->slot_firm[net->n_slots] = firm;
	net->slot_input[net->n_slots++] = input;
	s->total[at] = 0;
}

/* Essential inputs get their slots in the order of sectors, since firms are sorted by them; the non-essential ones one slot at the end. Returns all purchases. */
static double slots_of_buyer(struct slots *s, uint32_t firm, const uint8_t *kind)
{
	struct zv_chain_network *net = s->net;
	uint32_t first = net->n_slots;
	bool others = false;
	double all = 0;

	net->slot_start[firm] = first;
	for (uint32_t i = net->up_start[firm]; i < net->up_start[firm + 1]; i++) {
		uint32_t sector = s->in->sector[s->in->supplier[s->links[i]]];
		double amount = s->in->amount[s->links[i]];

		all += amount;
		others = others || kind[sector] == ZV_CHAIN_NON_ESSENTIAL;
		if (kind[sector] != ZV_CHAIN_ESSENTIAL)
			continue;
		if (s->slot_of[sector] == ZV_CHAIN_NONE || s->slot_of[sector] < first) {
			s->slot_of[sector] = net->n_slots;
			slot_new(s, firm, sector);
		}
		s->total[s->slot_of[sector] - first] += amount;
	}
	if (others)
		slot_new(s, firm, ZV_CHAIN_NONE);
	return all;
}

static void parts_of_buyer(struct slots *s, uint32_t firm)
{
	struct zv_chain_network *net = s->net;
	const uint8_t *kind = kinds_of(&s->kinds, net->sector[firm]);
	double all = slots_of_buyer(s, firm, kind), adjust = 1;

	if (s->in->costs != NULL && !isnan(s->in->costs[net->order[firm]]))
		adjust = all / s->in->costs[net->order[firm]];
	for (uint32_t i = net->up_start[firm]; i < net->up_start[firm + 1]; i++) {
		uint32_t link = s->links[i], supplier = net->place[s->in->supplier[link]];
		uint32_t sector = net->sector[supplier], at = s->free_at[supplier];
		double amount = s->in->amount[link], sold = net->size[supplier];
		bool essential = kind[sector] == ZV_CHAIN_ESSENTIAL;

		if (s->in->revenue != NULL && !isnan(s->in->revenue[net->order[supplier]]))
			sold = s->in->revenue[net->order[supplier]];
		net->up_supplier[i] = supplier;
		net->up_part[i] = amount / sold;
		if (kind[sector] == ZV_CHAIN_NEGLIGIBLE)
			continue;
		net->down_slot[at] = essential ? s->slot_of[sector] : net->n_slots - 1;
		net->down_part[at] = amount / (essential ? s->total[s->slot_of[sector] - net->slot_start[firm]] : all) * adjust;
		s->free_at[supplier]++;
	}
}

/* Rows by supplier were made as long as if no link were negligible: what is left over goes. */
static void close_gaps(struct zv_chain_network *net, const uint32_t *end)
{
	uint32_t to = 0;

	for (uint32_t i = 0; i < net->n; i++) {
		uint32_t from = net->down_start[i], n = end[i] - from;

		memmove(net->down_slot + to, net->down_slot + from, n * sizeof(*net->down_slot));
		memmove(net->down_part + to, net->down_part + from, n * sizeof(*net->down_part));
		net->down_start[i] = to;
		to += n;
	}
	net->down_start[net->n] = to;
}

static void connect(struct zv_chain_network *net, const struct zv_chain_input *in)
{
	uint32_t *links = sort_links(net, in);
	struct slots s = {.net = net, .in = in, .links = links};

	kinds_init(&s.kinds, in);
	s.slot_of = zv_reallocarray(NULL, (size_t)in->n_sectors + 1, sizeof(*s.slot_of));
	memset(s.slot_of, 0xff, ((size_t)in->n_sectors + 1) * sizeof(*s.slot_of));
	net->down_slot = zv_reallocarray(NULL, (size_t)net->n_links + 1, sizeof(*net->down_slot));
	net->down_part = zv_reallocarray(NULL, (size_t)net->n_links + 1, sizeof(*net->down_part));
	net->up_supplier = zv_reallocarray(NULL, (size_t)net->n_links + 1, sizeof(*net->up_supplier));
	net->up_part = zv_reallocarray(NULL, (size_t)net->n_links + 1, sizeof(*net->up_part));
	for (uint32_t i = 0; i < net->n_links; i++)
		net->down_start[net->place[in->supplier[links[i]]] + 1]++;
	for (uint32_t i = 0; i < net->n; i++)
		net->down_start[i + 1] += net->down_start[i];
	s.free_at = zv_reallocarray(NULL, (size_t)net->n + 1, sizeof(*s.free_at));
	memcpy(s.free_at, net->down_start, (size_t)net->n * sizeof(*s.free_at));
	for (uint32_t i = 0; i < net->n; i++)
		parts_of_buyer(&s, i);
	net->slot_start[net->n] = net->n_slots;
	close_gaps(net, s.free_at);
	free(s.free_at);
	free(s.slot_of);
	free(s.total);
	kinds_done(&s.kinds);
	free(links);
}

enum zv_code zv_chain_network_make(struct zv_chain_network *out, const struct zv_chain_input *input, struct zv_err *err)
{
	struct zv_chain_network net = {.n = input->n_firms, .n_sectors = input->n_sectors, .substitution = input->substitution};
	size_t n = (size_t)input->n_firms + 1;
	enum zv_code code = check(input, err);

	if (code != ZV_OK)
		return code;
	net.order = zv_calloc(n, sizeof(*net.order));
	net.place = zv_calloc(n, sizeof(*net.place));
	net.sector = zv_calloc(n, sizeof(*net.sector));
	net.weight = zv_calloc(n, sizeof(*net.weight));
	net.size = zv_calloc(n, sizeof(*net.size));
	net.down_start = zv_calloc(n + 1, sizeof(*net.down_start));
	net.up_start = zv_calloc(n + 1, sizeof(*net.up_start));
	net.slot_start = zv_calloc(n + 1, sizeof(*net.slot_start));
	renumber(&net, input);
	weigh(&net, input);
	connect(&net, input);
	*out = net;
	return ZV_OK;
}

void zv_chain_network_done(struct zv_chain_network *network)
{
	void *const arrays[] = {network->order,	    network->place,	network->sector,    network->weight,    network->size,	network->down_start, network->down_slot,
				network->down_part, network->up_start, network->up_supplier, network->up_part, network->slot_start, network->slot_firm, network->slot_input};

	for (size_t i = 0; i < ZV_LEN(arrays); i++)
		free(arrays[i]);
	*network = (struct zv_chain_network){0};
}
