/* Products first, then inputs of processes. */
#include "app/chain_item.h"

#include "base/buf.h"
#include "base/tr.h"
#include "base/utf8.h"

enum { SHOWN = 60 };

static bool same_name(struct zv_str a, struct zv_str folded)
{
	struct zv_buf buf;
	bool same;

	zv_buf_init(&buf, 0);
	zv_utf8_fold(&buf, a);
	same = zv_str_eq(zv_buf_str(&buf), folded);
	zv_buf_done(&buf);
	return same;
}

static bool find(int64_t *item_id, struct zv_str *item, const struct zv_chain_world *w, struct zv_str folded)
{
	for (uint32_t m = 0; m < w->n_makes; m++)
		if (same_name(w->makes[m].item, folded)) {
			*item_id = w->makes[m].item_id;
			*item = w->makes[m].item;
			return true;
		}
	for (uint32_t l = 0; l < w->n_lines; l++)
		if (w->firms[w->lines[l].firm].kind == ZV_CHAIN_PROCESS && same_name(w->lines[l].item, folded)) {
			*item_id = w->lines[l].item_id;
			*item = w->lines[l].item;
			return true;
		}
	return false;
}

enum zv_code zv_chain_item_find(int64_t *item_id, struct zv_str *item, const struct zv_chain_world *world, struct zv_str name, struct zv_err *err)
{
	struct zv_buf folded;
	bool found;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, zv_str_trim(name));
	found = find(item_id, item, world, zv_buf_str(&folded));
	zv_buf_done(&folded);
	if (!found)
		return zv_fail(err, ZV_E_NOTFOUND, "item", N_("No recipe and no product that you may see names “%.*s”."), ZV_STR_FMT(zv_utf8_first(name, SHOWN)));
	return ZV_OK;
}
