/* Organisations out of state registers: EGRUL rows, bidders and customers of the procurement portal; industrial sites of Hotmaps. */
#include "app/source_need.h"
#include "base/decimal.h"
#include "model/ident.h"
#include "model/name.h"

enum { NAME_MAX_CHARS = 500 };

/* --- what they share ------------------------------------------------------------------------------------------------ */

/* The region that an address names in one of its parts, «Российская Федерация, 420103, Татарстан Респ, Казань г»; empty when none does. */
static struct zv_str region_in(struct zv_str address)
{
	const struct zv_region *region;
	struct zv_str rest = address;
	struct zv_str part;

	while (address.n > 0 && zv_str_split(&part, &rest, ',')) {
		part = zv_str_trim(part);
		if (part.n > 3 && zv_regions_find(&region, zv_regions_builtin(), part, "region", NULL) == ZV_OK)
			return region->iso;
	}
	return (struct zv_str){0};
}

/* Decimals past the sixth are left off: a millionth of a degree is 11 cm. False for what stands for "unknown": 0, -200, NA. */
static bool degrees(int64_t *micro, struct zv_str text, int64_t limit)
{
	struct zv_str plain = zv_source_plain(text);
	ptrdiff_t mark = zv_str_find_char(plain, '.') >= 0 ? zv_str_find_char(plain, '.') : zv_str_find_char(plain, ',');

	if (mark >= 0)
		plain = zv_str_first(plain, (size_t)mark + 7);
	if (plain.n == 0 || zv_decimal_parse(micro, plain, 6, "degrees", NULL) != ZV_OK)
		return false;
	return *micro != 0 && *micro >= -limit * 1000000 && *micro <= limit * 1000000;
}

static enum zv_code check_name(struct zv_str name, struct zv_err *err)
{
	return zv_name_check(name, NAME_MAX_CHARS, "name", err);
}

/* INN, KPP and OGRN as they must be; a wrong one is refused with a proposal where there is one, never mended. */
static enum zv_code check_ids(const struct zv_import_org *org, struct zv_err *err)
{
	enum zv_code code = ZV_OK;

	if (org->inn.n == 0)
		return zv_fail(err, ZV_E_INVALID, "inn", N_("The row has no INN."));
	code = zv_inn_check(org->inn, "inn", err);
	if (code == ZV_OK && org->kpp.n > 0)
		code = zv_kpp_check(org->kpp, "kpp", err);
	if (code == ZV_OK && org->ogrn.n > 0)
		code = zv_ogrn_any_check(org->ogrn, "ogrn", err);
	return code;
}

static struct zv_record *plan_org(struct zv_import *im, const struct zv_import_org *org)
{
	struct zv_record *record = zv_import_plan(im, zv_register_find("org"), zv_import_org_key(im, org));

	zv_import_org_fill(im, record, org);
	return record;
}

/* Where the organisation is, when both coordinates are known (0, -200 and NA stand for "unknown"). */
static void plan_site(struct zv_import *im, const struct zv_import_row *row, const struct zv_import_org *org, struct zv_record *record,
		      struct zv_str lat_text, struct zv_str lon_text)
{
	struct zv_import_ref ref = {.planned = record};
	struct zv_record *site;
	int64_t lat;
	int64_t lon;

	if (!degrees(&lat, lat_text, 90) || !degrees(&lon, lon_text, 180))
		return;
	site = zv_import_plan(im, zv_register_find("site"),
			      zv_arena_strf(row->arena, "site:%.*s", ZV_STR_FMT(zv_import_org_key(im, org))));
	zv_import_set_ref(im, site, "org_id", ref);
	zv_import_set_text(im, site, "name", org->address.n > 0 ? org->address : org->name);
	zv_import_set_text(im, site, "region", org->region);
	zv_import_set_text(im, site, "address", org->address);
	zv_import_set_int(im, site, "lat_micro", lat);
	zv_import_set_int(im, site, "lon_micro", lon);
}

/* --- EGRUL ---------------------------------------------------------------------------------------------------------- */

enum egrul_column { E_INN, E_OGRN, E_KPP, E_SHORT, E_FULL, E_REGION, E_CITY, E_POSTCODE, E_OKVED, E_STATUS, E_TERMINATED };

static enum zv_code map_egrul(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	const struct zv_region *region;
	struct zv_import_org org = {.inn = c[E_INN], .kpp = c[E_KPP], .ogrn = c[E_OGRN], .name = c[E_FULL], .short_name = c[E_SHORT],
				    .okved = c[E_OKVED], .note = c[E_STATUS], .kind = -1};
	enum zv_code code = check_ids(&org, err);

	if (code == ZV_OK && !zv_source_first(im, zv_import_org_key(im, &org))) {
		ZV_SOURCE_SKIP(im, "inn", N_("The organisation came in an earlier row of this file."));
		return ZV_OK;
	}
	if (code == ZV_OK)
		code = check_name(org.name, err);
	if (code == ZV_OK)
		code = zv_import_region(&region, im, c[E_REGION], "region_name", err);
	if (code != ZV_OK)
		return code;
	if (region != NULL)
		org.region = region->iso;
	org.address = zv_str_trim(zv_arena_strf(row->arena, "%.*s %.*s", ZV_STR_FMT(c[E_POSTCODE]), ZV_STR_FMT(c[E_CITY])));
	if (c[E_STATUS].n > 0 || c[E_TERMINATED].n > 0)
		ZV_SOURCE_WARN(im, "status", N_("The state register bars the organisation: %.*s"),
			       ZV_STR_FMT(c[E_STATUS].n > 0 ? c[E_STATUS] : c[E_TERMINATED]));
	(void)plan_org(im, &org);
	return ZV_OK;
}

static const struct zv_import_column egrul_columns[] = {
	[E_INN] = {.key = "inn", .required = true},
	[E_OGRN] = {.key = "ogrn", .required = true},
	[E_KPP] = {.key = "kpp", .required = true},
	[E_SHORT] = {.key = "name_short", .required = true},
	[E_FULL] = {.key = "name_full", .required = true},
	[E_REGION] = {.key = "region_name", .required = true},
	[E_CITY] = {.key = "city"},
	[E_POSTCODE] = {.key = "postcode"},
	[E_OKVED] = {.key = "okved_main"},
	[E_STATUS] = {.key = "status"},
	[E_TERMINATED] = {.key = "terminated"},
};

const struct zv_import_profile zv_source_egrul = {
	.name = "egrul",
	.label = N_("Organisations of the state register (EGRUL) as a table"),
	.type = ZV_FILE_CSV,
	.columns = egrul_columns,
	.n_columns = ZV_LEN(egrul_columns),
	.state_size = sizeof(struct zv_source_seen),
	.state_done = zv_source_seen_done,
	.registered = true,
	.map = map_egrul,
};

/* --- bidders -------------------------------------------------------------------------------------------------------- */

enum bidder_column { B_ADDRESS, B_INN, B_LON, B_LAT };

/* "Страна: ...; Субъект РФ: Татарстан; Город: Казань; " */
static struct zv_str labelled(struct zv_str address, struct zv_str label)
{
	ptrdiff_t at = zv_str_find(address, label);
	struct zv_str rest;
	ptrdiff_t end;

	if (at < 0)
		return (struct zv_str){0};
	rest = zv_str_from(address, (size_t)at + label.n);
	end = zv_str_find_char(rest, ';');
	return zv_str_trim(end >= 0 ? zv_str_first(rest, (size_t)end) : rest);
}

/* The file has no names. The INN stands for one until a register that has names is imported. */
static enum zv_code map_bidder(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	const struct zv_region *region = NULL;
	struct zv_import_org org = {.inn = c[B_INN], .address = c[B_ADDRESS], .kind = -1};
	enum zv_code code = check_ids(&org, err);

	if (code != ZV_OK)
		return code;
	if (!zv_source_first(im, c[B_INN])) {
		ZV_SOURCE_SKIP(im, "applications.inn", N_("The organisation came in an earlier row of this file."));
		return ZV_OK;
	}
	org.name = zv_arena_strf(row->arena, "ИНН %.*s", ZV_STR_FMT(c[B_INN]));
	if (zv_regions_find(&region, zv_regions_builtin(), labelled(c[B_ADDRESS], ZV_STR("Субъект РФ:")), "region", NULL) == ZV_OK)
		org.region = region->iso;
	else
		org.region = region_in(c[B_ADDRESS]);
	if (zv_str_starts(org.address, ZV_STR("[")))
		org.address = (struct zv_str){0};
	plan_site(im, row, &org, plan_org(im, &org), c[B_LAT], c[B_LON]);
	return ZV_OK;
}

static const struct zv_import_column bidder_columns[] = {
	[B_ADDRESS] = {.key = "applications.postAddress", .required = true},
	[B_INN] = {.key = "applications.inn", .required = true},
	[B_LON] = {.key = "responsibleOrg.long"},
	[B_LAT] = {.key = "responsibleOrg.lat"},
};

const struct zv_import_profile zv_source_eis_bidders = {
	.name = "eis-bidders",
	.label = N_("Bidders of the procurement portal: INN and address"),
	.type = ZV_FILE_CSV,
	.columns = bidder_columns,
	.n_columns = ZV_LEN(bidder_columns),
	.state_size = sizeof(struct zv_source_seen),
	.state_done = zv_source_seen_done,
	.registered = true,
	.map = map_bidder,
};

/* --- customers ------------------------------------------------------------------------------------------------------ */

enum customer_column { C_NUMBER, C_NAME, C_ADDRESS, C_LON, C_LAT };
enum { REGISTER_DIGITS = 11 };

/* Customers come under their number in the portal's register; there is no INN in the file. */
static enum zv_code map_customer(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_import_org org = {.name = c[C_NAME], .address = c[C_ADDRESS], .region = region_in(c[C_ADDRESS]), .kind = -1};
	enum zv_code code;

	if (!zv_is_digits(c[C_NUMBER]) || c[C_NUMBER].n > REGISTER_DIGITS || c[C_NUMBER].n < REGISTER_DIGITS - 1)
		return zv_fail(err, ZV_E_INVALID, "regNum", N_("“%.*s” is no register number of a customer; they have 11 digits."),
			       ZV_STR_FMT(c[C_NUMBER]));
	code = check_name(c[C_NAME], err);
	if (code != ZV_OK)
		return code;
	if (c[C_NUMBER].n < REGISTER_DIGITS)
		ZV_SOURCE_WARN(im, "regNum", N_("The register number has 10 digits instead of 11; 0%.*s would be right. It is kept as it came."),
			       ZV_STR_FMT(c[C_NUMBER]));
	org.key = zv_arena_strf(row->arena, "eis:%.*s", ZV_STR_FMT(c[C_NUMBER]));
	plan_site(im, row, &org, plan_org(im, &org), c[C_LAT], c[C_LON]);
	return ZV_OK;
}

static const struct zv_import_column customer_columns[] = {
	[C_NUMBER] = {.key = "responsibleOrg.regNum", .required = true},
	[C_NAME] = {.key = "responsibleOrg.fullName", .required = true},
	[C_ADDRESS] = {.key = "responsibleOrg.postAddress", .required = true},
	[C_LON] = {.key = "responsibleOrg.long"},
	[C_LAT] = {.key = "responsibleOrg.lat"},
};

const struct zv_import_profile zv_source_eis_customers = {
	.name = "eis-customers",
	.label = N_("Customers of the procurement portal by register number"),
	.type = ZV_FILE_CSV,
	.columns = customer_columns,
	.n_columns = ZV_LEN(customer_columns),
	.registered = true,
	.map = map_customer,
};

/* --- Hotmaps -------------------------------------------------------------------------------------------------------- */

enum hotmaps_column { H_ID, H_COMPANY, H_SITE, H_ADDRESS, H_CITY, H_COUNTRY, H_GEOM, H_SECTOR };

/* "SRID=4326;POINT(15.067806 47.03378)": longitude, latitude. */
static void point_of(struct zv_str *lat, struct zv_str *lon, struct zv_str geom)
{
	ptrdiff_t open = zv_str_find_char(geom, '(');
	ptrdiff_t blank = zv_str_find_char(geom, ' ');
	ptrdiff_t close = zv_str_find_char(geom, ')');

	*lat = *lon = (struct zv_str){0};
	if (open < 0 || blank < open || close < blank)
		return;
	*lon = zv_str_first(zv_str_from(geom, (size_t)open + 1), (size_t)(blank - open - 1));
	*lat = zv_str_first(zv_str_from(geom, (size_t)blank + 1), (size_t)(close - blank - 1));
}

static void warn_lost_letters(struct zv_import *im, struct zv_str text)
{
	if (zv_str_find_char(text, '?') >= 0)
		ZV_SOURCE_WARN(im, "CompanyName", N_("Letters were lost to “?” before the file came here: %.*s."), ZV_STR_FMT(text));
}

static enum zv_code map_hotmaps(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_import_org org = {.name = c[H_COMPANY].n > 0 ? c[H_COMPANY] : c[H_SITE], .kind = -1};
	struct zv_import_ref ref;
	struct zv_record *site;
	struct zv_str lat_text;
	struct zv_str lon_text;
	int64_t lat;
	int64_t lon;
	enum zv_code code = check_name(org.name, err);

	if (code != ZV_OK)
		return code;
	org.key = zv_arena_strf(row->arena, "hotmaps:%.*s", ZV_STR_FMT(zv_import_digest(im, (struct zv_str[]){org.name, c[H_COUNTRY]}, 2)));
	org.note = c[H_COUNTRY];
	code = zv_import_org(&ref, im, &org, true, "company_", err);
	if (code != ZV_OK)
		return code;
	warn_lost_letters(im, org.name);
	site = zv_import_plan(im, zv_register_find("site"), zv_arena_strf(row->arena, "hotmaps:%.*s", ZV_STR_FMT(c[H_ID])));
	zv_import_set_ref(im, site, "org_id", ref);
	zv_import_set_text(im, site, "name", c[H_SITE].n > 0 ? c[H_SITE] : org.name);
	zv_import_set_text(im, site, "address", zv_str_trim(zv_arena_strf(row->arena, "%.*s %.*s %.*s", ZV_STR_FMT(c[H_ADDRESS]),
									   ZV_STR_FMT(c[H_CITY]), ZV_STR_FMT(c[H_COUNTRY]))));
	point_of(&lat_text, &lon_text, c[H_GEOM]);
	if (degrees(&lat, lat_text, 90) && degrees(&lon, lon_text, 180)) {
		zv_import_set_int(im, site, "lat_micro", lat);
		zv_import_set_int(im, site, "lon_micro", lon);
	} else {
		ZV_SOURCE_WARN(im, "geom", N_("The site has no coordinates."));
	}
	return ZV_OK;
}

static const struct zv_import_column hotmaps_columns[] = {
	[H_ID] = {.key = "SiteID", .required = true},
	[H_COMPANY] = {.key = "CompanyName", .required = true},
	[H_SITE] = {.key = "SiteName", .required = true},
	[H_ADDRESS] = {.key = "Address"},
	[H_CITY] = {.key = "City"},
	[H_COUNTRY] = {.key = "Country", .required = true},
	[H_GEOM] = {.key = "geom", .required = true},
	[H_SECTOR] = {.key = "Subsector"},
};

const struct zv_import_profile zv_source_hotmaps = {
	.name = "hotmaps",
	.label = N_("Industrial sites of Hotmaps"),
	.type = ZV_FILE_CSV,
	.columns = hotmaps_columns,
	.n_columns = ZV_LEN(hotmaps_columns),
	.registered = true,
	.map = map_hotmaps,
};
