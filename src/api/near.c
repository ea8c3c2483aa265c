/* What did not come about, and what it lacks. */
#include "api/near.h"

static void add_near(struct zv_api_call *call, const char *key, bool has, const struct zv_lots_near *near, enum zv_dim dim)
{
	zv_json_key(&call->json, key);
	if (!has) {
		zv_json_null(&call->json);
		return;
	}
	zv_json_object(&call->json);
	zv_api_key_qty(call, "qty", near->qty_base, dim);
	zv_api_key_price(call, "price", near->price, dim);
	if (near->reachable_base >= 0) {
		zv_api_key_qty(call, "reachable", near->reachable_base, dim);
	} else {
		zv_json_key(&call->json, "reachable");
		zv_json_null(&call->json);
	}
	if (near->lacks_base > 0) {
		zv_api_key_qty(call, "lacks", near->lacks_base, dim);
	} else {
		zv_json_key(&call->json, "lacks");
		zv_json_null(&call->json);
	}
	if (near->lacks_kop > 0) {
		zv_api_key_amount(call, "lacks_amount", near->lacks_kop);
	} else {
		zv_json_key(&call->json, "lacks_amount");
		zv_json_null(&call->json);
	}
	zv_json_key_str(&call->json, "who", near->who);
	zv_json_end_object(&call->json);
}

void zv_api_unfilled(struct zv_api_call *call, const struct zv_lots_unfilled *unfilled)
{
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "item", unfilled->item);
	zv_json_key_str(&call->json, "maker", unfilled->maker);
	zv_json_key_str(&call->json, "offer", unfilled->offer);
	add_near(call, "below", unfilled->has_below, &unfilled->below, unfilled->dim);
	add_near(call, "above", unfilled->has_above, &unfilled->above, unfilled->dim);
	zv_json_end_object(&call->json);
}
