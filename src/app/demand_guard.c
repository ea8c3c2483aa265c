/* The rule of disclosure over sums, over their differences, and over differences in time. */
#include "app/demand_guard.h"

enum figure { FIRM, EXTRA, CONFIRMED, CONFIRMED_EXTRA, UNCONFIRMED, UNCONFIRMED_EXTRA, FIGURES };

static int64_t figure_of(const struct zv_demand_part *part, enum figure figure)
{
	switch (figure) {
	case FIRM:
		return part->firm_base;
	case EXTRA:
		return part->extra_base;
	case CONFIRMED:
		return part->confirmed_base;
	case CONFIRMED_EXTRA:
		return part->confirmed_extra_base;
	case UNCONFIRMED:
		return part->firm_base - part->confirmed_base;
	case UNCONFIRMED_EXTRA:
		return part->extra_base - part->confirmed_extra_base;
	case FIGURES:
		break;
	}
	return 0;
}

/* How many stand behind a sum of magnitudes, and how much the largest has. */
struct behind {
	size_t n;
	int64_t largest, total;
	bool overflow;
};

static void stand(struct behind *behind, int64_t value)
{
	int64_t size = value < 0 ? -value : value;

	if (size == 0)
		return;
	behind->n++;
	if (size > behind->largest)
		behind->largest = size;
	if (!zv_add(&behind->total, behind->total, size))
		behind->overflow = true;
}

static bool is_safe(const struct behind *behind, const struct zv_disclosure_rule *rule)
{
	return !behind->overflow && (behind->n == 0 || zv_disclosure_allows(rule, behind->n, behind->largest, behind->total));
}

static struct behind behind_of(const struct zv_demand_part *parts, size_t n, enum figure figure)
{
	struct behind behind = {0};

	for (size_t i = 0; i < n; i++)
		stand(&behind, figure_of(&parts[i], figure));
	return behind;
}

/* A sum that may be shown, or -1. `rest` is what is left when it is taken from a sum that is shown beside it. */
static int64_t shown(const struct zv_demand_part *parts, size_t n, enum figure figure, enum figure rest, const struct zv_disclosure_rule *rule)
{
	struct behind sum = behind_of(parts, n, figure);
	struct behind left = behind_of(parts, n, rest);

	return is_safe(&sum, rule) && (rest == figure || is_safe(&left, rule)) ? sum.total : -1;
}

void zv_demand_sum(struct zv_demand_sums *out, const struct zv_demand_part *parts, size_t n, const struct zv_disclosure_rule *rule)
{
	struct behind firm = behind_of(parts, n, FIRM);

	*out = (struct zv_demand_sums){-1, -1, -1, -1, firm.n, false};
	if (firm.n < (size_t)rule->k)
		return;
	out->dominated = !is_safe(&firm, rule);
	if (out->dominated)
		return;
	out->firm_base = firm.total;
	out->extra_base = shown(parts, n, EXTRA, EXTRA, rule);
	out->confirmed_base = shown(parts, n, CONFIRMED, UNCONFIRMED, rule);
	out->confirmed_extra_base = shown(parts, n, CONFIRMED_EXTRA, UNCONFIRMED_EXTRA, rule);
}

static const struct zv_demand_part *next_of(const struct zv_demand_part *parts, size_t n, size_t *at, int64_t org_id)
{
	static const struct zv_demand_part nothing;

	return *at < n && parts[*at].org_id == org_id ? &parts[(*at)++] : &nothing;
}

bool zv_demand_may_follow(const struct zv_demand_part *old, size_t n_old, const struct zv_demand_part *new, size_t n_new,
			  const struct zv_disclosure_rule *rule)
{
	struct behind changes[FIGURES] = {0};
	size_t a = 0, b = 0;

	while (a < n_old || b < n_new) {
		bool from_old = b >= n_new || (a < n_old && old[a].org_id <= new[b].org_id);
		int64_t org_id = from_old ? old[a].org_id : new[b].org_id;
		const struct zv_demand_part *was = next_of(old, n_old, &a, org_id);
		const struct zv_demand_part *is = next_of(new, n_new, &b, org_id);

		for (int i = 0; i < FIGURES; i++)
			stand(&changes[i], figure_of(is, (enum figure)i) - figure_of(was, (enum figure)i));
	}
	for (int i = 0; i < FIGURES; i++)
		if (!is_safe(&changes[i], rule))
			return false;
	return true;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

void zv_demand_seen(struct zv_demand_part *new, size_t n_new, const struct zv_demand_part *old, size_t n_old, const struct zv_demand_sums *sums)
{
	size_t a = 0;

	for (size_t b = 0; b < n_new; b++) {
		const struct zv_demand_part *was;

		while (a < n_old && old[a].org_id < new[b].org_id)
			a++;
		was = next_of(old, n_old, &a, new[b].org_id);
		if (sums->confirmed_base < 0)
			new[b].confirmed_base = least(was->confirmed_base, new[b].firm_base);
		if (sums->confirmed_extra_base < 0)
			new[b].confirmed_extra_base = least(was->confirmed_extra_base, new[b].extra_base);
	}
}
