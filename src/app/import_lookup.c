/* Organisations, items and regions that rows refer to: found once, then by what the file says. */
#include <string.h>

#include "app/import_find.h"
#include "app/import_run.h"
#include "base/hash.h"
#include "base/rng.h"
#include "model/ident.h"
#include "model/name.h"
#include "model/unit.h"
#include "store/item.h"

enum { CACHE_MAX = 200000, KEY_DIGITS = 32 };

void zv_import_lookup_init(struct zv_import *im)
{
	zv_map_init(&im->orgs);
	zv_map_init(&im->items);
	zv_map_init(&im->regions);
	zv_map_init(&im->clean);
	zv_map_init(&im->clean_items);
	zv_map_init(&im->requirements);
	zv_map_init(&im->org_regions);
	zv_buf_init(&im->scratch, 0);
}

void zv_import_lookup_done(struct zv_import *im)
{
	zv_map_done(&im->orgs);
	zv_map_done(&im->items);
	zv_map_done(&im->regions);
	zv_map_done(&im->clean);
	zv_map_done(&im->clean_items);
	zv_map_done(&im->requirements);
	zv_vec_done(&im->canonical);
	zv_map_done(&im->org_regions);
	zv_buf_done(&im->scratch);
}

void zv_import_cache_put(struct zv_map *cache, struct zv_str key, int64_t value)
{
	if (cache->n >= CACHE_MAX) {
		zv_map_done(cache);
		zv_map_init(cache);
	}
	zv_map_put(cache, key, value);
}

struct zv_str zv_import_digest(struct zv_import *im, const struct zv_str *texts, size_t n)
{
	char hex[ZV_DIGEST_HEX];

	zv_buf_reset(&im->scratch);
	for (size_t i = 0; i < n; i++) {
		zv_buf_addf(&im->scratch, "%zu:", texts[i].n);
		zv_buf_add_str(&im->scratch, texts[i]);
	}
	zv_digest_hex(hex, zv_buf_str(&im->scratch));
	im->made_key = zv_str_dup(&im->row_arena, (struct zv_str){ hex, KEY_DIGITS });
	return im->made_key;
}

/* What the file says, as one text in the scratch buffer. */
static struct zv_str signature(struct zv_import *im, const struct zv_str *texts, size_t n)
{
	zv_buf_reset(&im->scratch);
	for (size_t i = 0; i < n; i++) {
		zv_buf_add_str(&im->scratch, texts[i]);
		zv_buf_add_char(&im->scratch, '\x1f');
	}
	return zv_buf_str(&im->scratch);
}

static struct zv_str spaced_key(struct zv_import *im, struct zv_str key)
{
	struct zv_str space = zv_str_c(im->options->name_space);

	return space.n == 0 ? key : zv_arena_strf(&im->row_arena, "%.*s%.*s", ZV_STR_FMT(space), ZV_STR_FMT(key));
}

/* By the public id, or by the key in the source. */
enum zv_code zv_import_find_key(int64_t *id, struct zv_import *im, const char *register_name, struct zv_str key, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find(register_name);
	struct zv_record *record = zv_arena_alloc(&im->row_arena, sizeof(*record));
	enum zv_code code;

	*id = 0;
	if (zv_uid_check(key, reg->uid_kind))
		code = zv_record_by_uid(record, im->db, reg, key, &im->row_arena, err);
	else
		code = zv_record_by_key(record, im->db, reg, im->centre_id, spaced_key(im, key), &im->row_arena, err);
	if (code == ZV_OK)
		*id = record->id;
	return code == ZV_E_NOTFOUND ? ZV_OK : code;
}

/* --- regions ------------------------------------------------------------------------------------------------------- */

enum zv_code zv_import_region(const struct zv_region **out, struct zv_import *im, struct zv_str text, const char *field,
			      struct zv_err *err)
{
	int64_t known;
	enum zv_code code;

	*out = NULL;
	if (text.n == 0)
		return ZV_OK;
	if (zv_map_get(&known, &im->regions, text)) {
		*out = (const struct zv_region *)(intptr_t)known;
		return ZV_OK;
	}
	code = zv_regions_find(out, zv_regions_builtin(), text, field, err);
	if (code == ZV_OK)
		zv_import_cache_put(&im->regions, text, (int64_t)(intptr_t)*out);
	return code;
}

/* --- organisations ------------------------------------------------------------------------------------------------- */

struct zv_str zv_import_org_key(struct zv_import *im, const struct zv_import_org *org)
{
	if (org->key.n > 0)
		return org->key;
	if (org->inn.n > 0 && org->kpp.n > 0)
		return zv_arena_strf(&im->row_arena, "inn:%.*s:%.*s", ZV_STR_FMT(org->inn), ZV_STR_FMT(org->kpp));
	if (org->inn.n > 0)
		return zv_arena_strf(&im->row_arena, "inn:%.*s", ZV_STR_FMT(org->inn));
	if (org->ogrn.n > 0)
		return zv_arena_strf(&im->row_arena, "ogrn:%.*s", ZV_STR_FMT(org->ogrn));
	return zv_arena_strf(&im->row_arena, "name:%.*s",
			     ZV_STR_FMT(zv_import_digest(im, (struct zv_str[]){ org->name, org->region }, 2)));
}

static enum zv_code check_org_ids(const struct zv_import_org *org, const char *prefix, struct zv_err *err)
{
	char field[48];
	enum zv_code code = ZV_OK;

	(void)snprintf(field, sizeof(field), "%sinn", prefix);
	if (org->inn.n > 0)
		code = zv_inn_check(org->inn, field, err);
	if (code != ZV_OK)
		return code;
	(void)snprintf(field, sizeof(field), "%skpp", prefix);
	if (org->kpp.n > 0)
		code = zv_kpp_check(org->kpp, field, err);
	if (code != ZV_OK)
		return code;
	(void)snprintf(field, sizeof(field), "%sogrn", prefix);
	if (org->ogrn.n > 0)
		code = zv_ogrn_any_check(org->ogrn, field, err);
	return code;
}

/* By key, then INN, then OGRN, then the name if it is the only one. *n counts organisations of that name. */
static enum zv_code find_org(int64_t *id, int *n, struct zv_import *im, const struct zv_import_org *org, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	*id = 0;
	*n = 0;
	if (org->key.n > 0)
		code = zv_import_find_key(id, im, "org", org->key, err);
	if (code == ZV_OK && *id == 0 && org->inn.n > 0)
		code = zv_find_org_inn(id, im->db, org->inn, org->kpp, err);
	if (code == ZV_OK && *id == 0 && org->ogrn.n > 0)
		code = zv_find_org_ogrn(id, im->db, org->ogrn, err);
	if (code == ZV_OK && *id == 0 && org->name.n > 0 && org->key.n + org->inn.n + org->ogrn.n == 0) {
		code = zv_find_org_name(id, n, im->db, org->name, &im->row_arena, err);
		if (*n > 1)
			*id = 0;
	}
	return code;
}

static struct zv_str org_said(const struct zv_import_org *org)
{
	return org->inn.n > 0 ? org->inn : org->key.n > 0 ? org->key : org->ogrn.n > 0 ? org->ogrn : org->name;
}

static enum zv_code org_missing(const struct zv_import_org *org, int same_name, bool create, const char *prefix, struct zv_err *err)
{
	struct zv_str said = org_said(org);
	char field[48];

	(void)snprintf(field, sizeof(field), "%s%s", prefix, org->inn.n > 0 ? "inn" : org->key.n > 0 ? "key" : "name");
	if (said.n == 0)
		return zv_fail(err, ZV_E_INVALID, field, N_("Say which organisation it is: its INN."));
	if (same_name > 1)
		return zv_fail(err, ZV_E_INVALID, field, N_("Several organisations are called “%.*s”. Give the INN."), ZV_STR_FMT(said));
	if (create && org->inn.n > 0)
		return zv_fail(err, ZV_E_NOTFOUND, field,
			       N_("Organisation %.*s is not in the register. Import the file of enterprises first, or add its name to this row."),
			       ZV_STR_FMT(said));
	return zv_fail(err, ZV_E_NOTFOUND, field,
		       N_("Organisation “%.*s” is not in the register. Import the file of enterprises first, or give its INN and name."),
		       ZV_STR_FMT(said));
}

void zv_import_org_fill(struct zv_import *im, struct zv_record *record, const struct zv_import_org *org)
{
	zv_import_set_text(im, record, "name", org->name);
	zv_import_set_text(im, record, "short_name", org->short_name);
	zv_import_set_text(im, record, "inn", org->inn);
	zv_import_set_text(im, record, "kpp", org->kpp);
	zv_import_set_text(im, record, "ogrn", org->ogrn);
	zv_import_set_text(im, record, "region", org->region);
	zv_import_set_text(im, record, "address", org->address);
	zv_import_set_text(im, record, "okved", org->okved);
	zv_import_set_text(im, record, "phone", org->phone);
	zv_import_set_text(im, record, "site", org->site);
	zv_import_set_text(im, record, "note", org->note);
	if (org->kind >= 0)
		zv_import_set_int(im, record, "kind", org->kind);
	zv_import_default_int(im, record, "kind", 0, -1);
}

/* A row that names the organisation twice plans it once. */
static struct zv_record *planned_org(struct zv_import *im, struct zv_str key)
{
	struct zv_str spaced = spaced_key(im, key);

	for (int i = 0; i < im->n_plans; i++)
		if (strcmp(im->plans[i].reg->name, "org") == 0 && zv_str_eq(im->plans[i].record->source_key, spaced))
			return im->plans[i].record;
	return NULL;
}

static enum zv_code plan_org(struct zv_import_ref *out, struct zv_import *im, const struct zv_import_org *org, const char *prefix,
			     struct zv_err *err)
{
	struct zv_str key = zv_import_org_key(im, org);
	char field[48];
	enum zv_code code;

	out->planned = planned_org(im, key);
	if (out->planned != NULL)
		return ZV_OK;
	(void)snprintf(field, sizeof(field), "%sname", prefix);
	code = zv_name_check(org->name, 500, field, err);
	if (code != ZV_OK)
		return code;
	out->planned = zv_import_plan(im, zv_register_find("org"), key);
	zv_import_org_fill(im, out->planned, org);
	return ZV_OK;
}

enum zv_code zv_import_org_any(struct zv_import_ref *out, struct zv_import *im, const struct zv_import_org *org, bool create,
			       const char *prefix, struct zv_err *err)
{
	struct zv_str said[] = { org->key, org->inn, org->kpp, org->ogrn, org->name };
	int same_name = 0;
	enum zv_code code;

	*out = (struct zv_import_ref){ 0 };
	if (zv_map_get(&out->id, &im->orgs, signature(im, said, ZV_LEN(said))))
		return ZV_OK;
	code = check_org_ids(org, prefix, err);
	if (code == ZV_OK)
		code = find_org(&out->id, &same_name, im, org, err);
	if (code != ZV_OK)
		return code;
	if (out->id != 0) {
		zv_import_cache_put(&im->orgs, signature(im, said, ZV_LEN(said)), out->id);
		return ZV_OK;
	}
	if (create && org->name.n > 0 && same_name == 0 && org->key.n + org->inn.n + org->ogrn.n > 0)
		return plan_org(out, im, org, prefix, err);
	return org_missing(org, same_name, create, prefix, err);
}

/* An import that may write one organisation only takes it where none is named, and says the same of every other, known or not. */
enum zv_code zv_import_org(struct zv_import_ref *out, struct zv_import *im, const struct zv_import_org *org, bool create,
			   const char *prefix, struct zv_err *err)
{
	int64_t own = im->options->own_org;
	int plans = im->n_plans;
	char field[48];
	enum zv_code code;

	if (own != 0 && org->key.n + org->inn.n + org->ogrn.n + org->name.n == 0) {
		*out = (struct zv_import_ref){ .id = own };
		return ZV_OK;
	}
	code = zv_import_org_any(out, im, org, create, prefix, err);
	if (own == 0 || (code == ZV_OK && out->planned == NULL && out->id == own) || code == ZV_E_IO || code == ZV_E_BUSY || code == ZV_E_BUG)
		return code;
	im->n_plans = plans;
	(void)snprintf(field, sizeof(field), "%s%s", prefix, org->inn.n > 0 ? "inn" : "");
	return zv_fail(err, ZV_E_DENIED, org->inn.n > 0 ? field : "", N_("This is a row of another organisation than yours. Leave it out."));
}

enum zv_code zv_import_org_region(struct zv_str *out, struct zv_import *im, int64_t org_id, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("org");
	const struct zv_region *region;
	struct zv_record *record;
	int64_t known;
	int at = zv_import_column_at(im, reg, "region");
	enum zv_code code;

	*out = ZV_STR("");
	if (zv_map_get_int(&known, &im->org_regions, org_id)) {
		if (known != 0)
			*out = ((const struct zv_region *)(intptr_t)known)->iso;
		return ZV_OK;
	}
	record = zv_arena_alloc(&im->row_arena, sizeof(*record));
	code = zv_record_by_id(record, im->db, reg, org_id, &im->row_arena, err);
	if (code != ZV_OK)
		return code;
	region = record->values[at].null ? NULL : zv_region_by_iso(zv_regions_builtin(), record->values[at].s);
	zv_map_put_int(&im->org_regions, org_id, (int64_t)(intptr_t)region);
	if (region != NULL)
		*out = region->iso;
	return ZV_OK;
}

/* --- items --------------------------------------------------------------------------------------------------------- */

struct zv_str zv_import_item_key(struct zv_import *im, const struct zv_import_item *item)
{
	if (item->key.n > 0)
		return item->key;
	if (item->cas.n > 0)
		return zv_arena_strf(&im->row_arena, "cas:%.*s", ZV_STR_FMT(item->cas));
	return zv_arena_strf(&im->row_arena, "name:%.*s", ZV_STR_FMT(zv_import_digest(im, &item->name, 1)));
}

/* An item that the sender does not see is not there. */
static enum zv_code unless_hidden(int64_t *id, struct zv_import *im, struct zv_err *err)
{
	bool seen = true;
	enum zv_code code = ZV_OK;

	if (*id != 0 && im->options->sees_item != NULL)
		code = im->options->sees_item(&seen, im->options->context, *id, err);
	if (code == ZV_OK && !seen)
		*id = 0;
	return code;
}

/* The only one of this code. */
static enum zv_code find_okpd2(int64_t *id, struct zv_import *im, struct zv_str okpd2, struct zv_err *err)
{
	enum { LOOKED_AT = 1000 };
	int64_t ids[LOOKED_AT], only = 0;
	size_t n = 0;
	int seen = 0;
	enum zv_code code = zv_items_by_okpd2(ids, &n, im->options->sees_item == NULL ? 2 : LOOKED_AT, im->db, okpd2, err);

	for (size_t i = 0; i < n && code == ZV_OK && seen < 2; i++) {
		int64_t one = ids[i];

		code = unless_hidden(&one, im, err);
		if (one != 0 && ++seen == 1)
			only = one;
	}
	*id = seen == 1 ? only : 0;
	return code;
}

/*
 * By name, and by number together with a name, a hidden item is taken too, or its needs would never come together with these: the sender has
 * said what it is, and the answer is that for a new one. By key or number alone it would tell the name.
 */
static enum zv_code find_item(int64_t *id, struct zv_import *im, const struct zv_import_item *item, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	*id = 0;
	if (item->cas.n > 0)
		code = zv_find_item_cas(id, im->db, item->cas, err);
	if (code == ZV_OK && item->name.n == 0)
		code = unless_hidden(id, im, err);
	if (code == ZV_OK && *id == 0 && item->key.n > 0) {
		code = zv_import_find_key(id, im, "item", item->key, err);
		if (code == ZV_OK)
			code = unless_hidden(id, im, err);
	}
	if (code == ZV_OK && *id == 0 && item->name.n > 0 && item->cas.n == 0)
		code = zv_find_item_name(id, im->db, item->name, err);
	if (code == ZV_OK && *id == 0 && item->okpd2.n > 0 && item->name.n + item->cas.n + item->key.n == 0)
		code = find_okpd2(id, im, item->okpd2, err);
	return code;
}

void zv_import_item_fill(struct zv_import *im, struct zv_record *record, const struct zv_import_item *item)
{
	zv_import_set_text(im, record, "name", item->name);
	zv_import_set_text(im, record, "name_en", item->name_en);
	zv_import_set_text(im, record, "synonyms", item->synonyms);
	zv_import_set_text(im, record, "cas", item->cas);
	zv_import_set_text(im, record, "okpd2", item->okpd2);
	zv_import_set_text(im, record, "hs", item->hs);
	zv_import_set_text(im, record, "gost", item->gost);
	zv_import_set_text(im, record, "inchikey", item->inchikey);
	if (item->dim != ZV_DIM_NONE)
		zv_import_set_int(im, record, "dim", item->dim);
	if (item->density_mg_l > 0)
		zv_import_set_int(im, record, "density_mg_l", item->density_mg_l);
	zv_import_default_int(im, record, "control", ZV_CONTROL_NONE, -1);
}

static struct zv_record *planned_item(struct zv_import *im, struct zv_str key)
{
	struct zv_str spaced = spaced_key(im, key);

	for (int i = 0; i < im->n_plans; i++)
		if (strcmp(im->plans[i].reg->name, "item") == 0 && zv_str_eq(im->plans[i].record->source_key, spaced))
			return im->plans[i].record;
	return NULL;
}

static enum zv_code plan_item(struct zv_import_ref *out, struct zv_import *im, const struct zv_import_item *item, struct zv_err *err)
{
	struct zv_str key = zv_import_item_key(im, item);
	enum zv_code code;

	out->planned = planned_item(im, key);
	if (out->planned != NULL)
		return ZV_OK;
	code = zv_name_check(item->name, 500, "item", err);
	if (code != ZV_OK)
		return code;
	out->planned = zv_import_plan(im, zv_register_find("item"), key);
	zv_import_item_fill(im, out->planned, item);
	return ZV_OK;
}

enum zv_code zv_import_item(struct zv_import_ref *out, struct zv_import *im, const struct zv_import_item *item, bool create,
			    struct zv_err *err)
{
	struct zv_str said[] = { item->key, item->cas, item->okpd2, item->name };
	enum zv_code code = ZV_OK;

	*out = (struct zv_import_ref){ 0 };
	if (zv_map_get(&out->id, &im->items, signature(im, said, ZV_LEN(said))))
		return ZV_OK;
	if (item->cas.n > 0)
		code = zv_cas_check(item->cas, "cas", err);
	if (code == ZV_OK)
		code = find_item(&out->id, im, item, err);
	if (code != ZV_OK)
		return code;
	if (out->id != 0) {
		zv_import_cache_put(&im->items, signature(im, said, ZV_LEN(said)), out->id);
		return ZV_OK;
	}
	if (create && item->name.n > 0)
		return plan_item(out, im, item, err);
	if (item->key.n + item->cas.n + item->name.n + item->okpd2.n == 0)
		return zv_fail(err, ZV_E_INVALID, "item", N_("Say which item it is: its name, CAS number or OKPD2 code."));
	return zv_fail(err, ZV_E_NOTFOUND, item->cas.n > 0 ? "cas" : "item",
		       N_("Item “%.*s” is not in the register. Import the file of items first, or give its name."),
		       ZV_STR_FMT(item->cas.n > 0 ? item->cas : item->key.n > 0 ? item->key : item->name.n > 0 ? item->name : item->okpd2));
}
