/* Where a project can stand. */
#include "api/operations.h"
#include "app/infra_search.h"
#include "base/tr.h"

enum { LIMIT = 50, SERVICES_MAX = 500 };
static const int64_t figure_max = 1000000000000;

/* A whole number from `min`; *out keeps its value when it is not given. */
static enum zv_code read_number(int64_t *out, const struct zv_api_call *call, const char *name, int64_t max, struct zv_err *err)
{
	struct zv_str text;

	if (!zv_target_param(&text, &call->request->target, name) || text.n == 0)
		return ZV_OK;
	if (!zv_str_int(out, text) || *out < 0 || *out > max)
		return zv_fail(err, ZV_E_INVALID, name, N_("“%.*s” is no whole number from 0 to %" PRId64 "."), ZV_STR_FMT(zv_str_first(text, 40)), max);
	return ZV_OK;
}

static enum zv_code read_flag(int *out, const struct zv_api_call *call, const char *name, struct zv_err *err)
{
	struct zv_str text;

	if (!zv_target_param(&text, &call->request->target, name) || text.n == 0)
		return ZV_OK;
	if (!zv_str_eq_c(text, "true") && !zv_str_eq_c(text, "false"))
		return zv_fail(err, ZV_E_INVALID, name, N_("Write true or false."));
	*out = zv_str_eq_c(text, "true") ? 1 : 0;
	return ZV_OK;
}

static enum zv_code read_figures(struct zv_infra_ask *ask, const struct zv_api_call *call, struct zv_err *err)
{
	const struct {
		const char *name;
		int64_t *to;
	} figures[] = {{"land_m2", &ask->land_m2}, {"floor_m2", &ask->floor_m2}, {"power_kw", &ask->power_kw}, {"gas_m3h", &ask->gas_m3h}, {"water_m3d", &ask->water_m3d}};
	int64_t class = -1;
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < ZV_LEN(figures) && code == ZV_OK; i++)
		code = read_number(figures[i].to, call, figures[i].name, figure_max, err);
	if (code == ZV_OK)
		code = read_number(&class, call, "hazard_class", 5, err);
	if (code == ZV_OK && class == 0)
		code = zv_fail(err, ZV_E_INVALID, "hazard_class", N_("Sanitary classes are 1 to 5, 1 the most dangerous."));
	ask->hazard_class = (int)class;
	if (code == ZV_OK)
		code = read_flag(&ask->rail, call, "rail", err);
	return code == ZV_OK ? read_flag(&ask->technological, call, "technological", err) : code;
}

static enum zv_code read_ask(struct zv_infra_ask *ask, const struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"project", "region", "near", "land_m2", "floor_m2", "power_kw", "gas_m3h", "water_m3d", "rail",
					    "hazard_class", "services", "technological", "limit", NULL};
	const struct zv_target *target = &call->request->target;
	int limit = LIMIT;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = read_figures(ask, call, err);
	if (code != ZV_OK)
		return code;
	ask->limit = (size_t)limit;
	(void)zv_target_param(&ask->project, target, "project");
	(void)zv_target_param(&ask->region, target, "region");
	(void)zv_target_param(&ask->near, target, "near");
	(void)zv_target_param(&ask->services, target, "services");
	if (ask->services.n > SERVICES_MAX)
		return zv_fail(err, ZV_E_LIMIT, "services", N_("Shorten the services to %d bytes."), SERVICES_MAX);
	return ZV_OK;
}

static void add_checks(struct zv_api_call *call, const struct zv_infra_place *place)
{
	zv_json_key(&call->json, "checks");
	zv_json_array(&call->json);
	for (size_t i = 0; i < place->n_checks; i++) {
		const struct zv_infra_check *check = &place->checks[i];

		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "name", zv_infra_check_name(check->kind));
		zv_json_key_c(&call->json, "label", zv_tr(zv_infra_check_label(check->kind)));
		zv_json_key_str(&call->json, "need", check->need);
		zv_api_key_str_or_null(call, "have", check->have);
		zv_json_key_c(&call->json, "truth", zv_infra_truth_name(check->truth));
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void key_truth(struct zv_api_call *call, const char *key, int value)
{
	zv_json_key(&call->json, key);
	if (value < 0)
		zv_json_null(&call->json);
	else
		zv_json_bool(&call->json, value > 0);
}

static void add_place(struct zv_api_call *call, const struct zv_infra_place *place)
{
	zv_json_object(&call->json);
	zv_api_key_named(call, "infra", "infra", place->uid, place->name);
	zv_json_key_c(&call->json, "kind", zv_infra_kind_name(place->kind));
	zv_json_key_c(&call->json, "state", zv_infra_state_name(place->state));
	if (place->region.n > 0) {
		zv_api_key_region(call, place->region);
	} else {
		zv_json_key(&call->json, "region");
		zv_json_null(&call->json);
	}
	key_truth(call, "technological", place->technological);
	key_truth(call, "fits", place->fits == ZV_INFRA_UNKNOWN ? -1 : place->fits == ZV_INFRA_PASS);
	zv_json_key(&call->json, "distance_km");
	if (place->km < 0)
		zv_json_null(&call->json);
	else
		zv_json_int(&call->json, place->km);
	add_checks(call, place);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_infra_search(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_infra_ask ask = ZV_INFRA_ASK_NONE;
	struct zv_infra_found found;
	enum zv_code code = read_ask(&ask, call, err);

	if (code == ZV_OK)
		code = zv_infra_search(&found, call->db, call->who, &ask, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	if (found.project_uid.n > 0) {
		zv_api_key_named(call, "project", "project", found.project_uid, found.project);
	} else {
		zv_json_key(&call->json, "project");
		zv_json_null(&call->json);
	}
	zv_json_key(&call->json, "counts");
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "fits", found.n_fits);
	zv_json_key_int(&call->json, "unknown", found.n_unknown);
	zv_json_key_int(&call->json, "unfit", found.n_unfit);
	zv_json_end_object(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	for (size_t i = 0; i < found.n; i++)
		add_place(call, &found.places[i]);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	call->rows = (int64_t)found.n;
	return ZV_OK;
}
