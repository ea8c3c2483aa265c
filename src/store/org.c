/* Organisations: enterprises, institutes, universities, centres, authorities, funds. */
#include "store/org.h"

#include "store/lookup.h"
#include "store/register_list.h"
#include "store/register_sql.h"

/* By the numbers that are stored: never renumber. */
static const char *const kinds[] = {
	N_("enterprise"), N_("institute"), N_("university"), N_("service"), N_("centre"), N_("authority"),
	N_("fund"), N_("other"), NULL,
};

#define COLUMNS(X) \
	X(name, .type = ZV_COL_TEXT, .fact = true, .label = N_("Name")) \
	X(short_name, .type = ZV_COL_TEXT, .fact = true, .label = N_("Short name")) \
	X(name_key, .type = ZV_COL_TEXT, .with = "name", .label = N_("Name as compared")) \
	X(kind, .type = ZV_COL_ENUM, .fact = true, .words = kinds, .label = N_("Kind")) \
	X(inn, .type = ZV_COL_TEXT, .fact = true, .label = N_("INN")) \
	X(kpp, .type = ZV_COL_TEXT, .fact = true, .label = N_("KPP")) \
	X(ogrn, .type = ZV_COL_TEXT, .fact = true, .label = N_("OGRN")) \
	X(region, .type = ZV_COL_TEXT, .fact = true, .label = N_("Region")) \
	X(address, .type = ZV_COL_TEXT, .fact = true, .label = N_("Address")) \
	X(okved, .type = ZV_COL_TEXT, .fact = true, .label = N_("Activity (OKVED2)")) \
	X(phone, .type = ZV_COL_TEXT, .fact = true, .label = N_("Phone")) \
	X(site, .type = ZV_COL_TEXT, .fact = true, .label = N_("Web site")) \
	X(note, .type = ZV_COL_TEXT, .fact = true, .label = N_("Note"))

static const struct zv_column columns[] = {COLUMNS(ZV_COLUMN)};

/* One that was merged into another is in no list; by its id or public name it is still found. */
#define LIVE "NOT EXISTS (SELECT 1 FROM org_merge m WHERE m.from_id = org.id)"

const struct zv_register zv_register_org = {
	.name = "org",
	.plural = "orgs",
	.uid_kind = "org",
	.label = N_("Organisations"),
	.entity = 1,
	.columns = columns,
	.n_columns = ZV_LEN(columns),
	ZV_REGISTER_LIVE_SQL("org", "1", COLUMNS(ZV_COLUMN_SQL), 13, " AND " LIVE, " WHERE " LIVE),
};

/* One that was merged stands for the one that it was merged into. */
#define IDS "SELECT DISTINCT COALESCE(m.to_id, o.id) FROM org o LEFT JOIN org_merge m ON m.from_id = o.id WHERE "

enum zv_code zv_orgs_by_inn(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str inn, struct zv_str kpp, struct zv_err *err)
{
	const struct zv_str keys[] = {inn, kpp};

	if (kpp.n == 0)
		return zv_lookup(ids, n, max, db, IDS "o.inn = $1 ORDER BY 1 LIMIT $2", keys, 1, err);
	return zv_lookup(ids, n, max, db, IDS "o.inn = $1 AND o.kpp = $2 ORDER BY 1 LIMIT $3", keys, 2, err);
}

enum zv_code zv_orgs_by_ogrn(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str ogrn, struct zv_err *err)
{
	return zv_lookup(ids, n, max, db, IDS "o.ogrn = $1 ORDER BY 1 LIMIT $2", &ogrn, 1, err);
}

enum zv_code zv_orgs_by_name_key(int64_t *ids, size_t *n, size_t max, struct zv_db *db, struct zv_str name_key, struct zv_err *err)
{
	return zv_lookup(ids, n, max, db, IDS "o.name_key = $1 ORDER BY 1 LIMIT $2", &name_key, 1, err);
}
