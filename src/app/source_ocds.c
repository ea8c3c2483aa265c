/* OCDS releases: one need for each item of the tender, or of its planning. Organisations stay under their own register's scheme. */
#include "app/source_need.h"

enum column {
	OCID, ITEM, DESCRIPTION, CLASS_SCHEME, CLASS_ID, CLASS_NAME, QTY, UNIT_SCHEME, UNIT_ID, UNIT_NAME, DUE,
	ORG_ID, ORG_NAME, ORG_SCHEME, ORG_NUMBER, COLUMNS,
};

#define ITEM_PATHS                                                                                        \
	[OCID] = "../ocid", [ITEM] = "id", [DESCRIPTION] = "description", [CLASS_SCHEME] = "classification/scheme", \
	[CLASS_ID] = "classification/id", [CLASS_NAME] = "classification/description", [QTY] = "quantity", \
	[UNIT_SCHEME] = "unit/scheme", [UNIT_ID] = "unit/id", [UNIT_NAME] = "unit/name", [DUE] = "deliveryDate/endDate", \
	[ORG_ID] = "../buyer/id", [ORG_NAME] = "../buyer/name", [ORG_SCHEME] = "../buyer/identifier/scheme", \
	[ORG_NUMBER] = "../buyer/identifier/id"

static const char *const paths[COLUMNS] = {ITEM_PATHS};

static const struct zv_import_column columns[COLUMNS] = {
	[OCID] = {.key = "../ocid", .required = true},
	[ITEM] = {.key = "id", .required = true},
	[DESCRIPTION] = {.key = "description"},
	[CLASS_SCHEME] = {.key = "classification/scheme"},
	[CLASS_ID] = {.key = "classification/id"},
	[CLASS_NAME] = {.key = "classification/description"},
	[QTY] = {.key = "quantity"},
	[UNIT_SCHEME] = {.key = "unit/scheme"},
	[UNIT_ID] = {.key = "unit/id"},
	[UNIT_NAME] = {.key = "unit/name"},
	[DUE] = {.key = "deliveryDate/endDate"},
	[ORG_ID] = {.key = "../buyer/id"},
	[ORG_NAME] = {.key = "../buyer/name"},
	[ORG_SCHEME] = {.key = "../buyer/identifier/scheme"},
	[ORG_NUMBER] = {.key = "../buyer/identifier/id"},
};

/* A number of RU-INN is an INN; any other register's number is a key under its scheme and never mistaken for one. */
static void fill_org(struct zv_import_org *org, const struct zv_str *c, struct zv_arena *arena)
{
	*org = (struct zv_import_org){.name = c[ORG_NAME], .kind = -1};
	if (zv_str_eq_c(c[ORG_SCHEME], "RU-INN"))
		org->inn = c[ORG_NUMBER];
	else if (c[ORG_SCHEME].n > 0 && c[ORG_NUMBER].n > 0)
		org->key = zv_arena_strf(arena, "%.*s:%.*s", ZV_STR_FMT(c[ORG_SCHEME]), ZV_STR_FMT(c[ORG_NUMBER]));
	else
		org->key = c[ORG_ID];
}

static enum zv_code map(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	bool rec20 = zv_str_eq_c(c[UNIT_SCHEME], "UNCEFACT");
	struct zv_source_need need = {
		.title = c[DESCRIPTION].n > 0 ? c[DESCRIPTION] : c[CLASS_NAME],
		.qty = c[QTY],
		.unit = rec20 ? c[UNIT_ID] : c[UNIT_NAME],
		.unit_name = c[UNIT_NAME],
		.due = c[DUE],
		.org_prefix = "buyer_",
	};

	if (c[OCID].n == 0)
		return zv_fail(err, ZV_E_INVALID, "ocid", N_("This is no OCDS release: it has no ocid."));
	if (c[ITEM].n == 0) {
		ZV_SOURCE_SKIP(im, "id", N_("The release has no item here."));
		return ZV_OK;
	}
	need.key = zv_arena_strf(row->arena, "%.*s:%.*s", ZV_STR_FMT(c[OCID]), ZV_STR_FMT(c[ITEM]));
	if (zv_str_eq_c(c[CLASS_SCHEME], "OKPD2"))
		need.okpd2 = c[CLASS_ID];
	else if (c[CLASS_ID].n > 0)
		need.requirements_note = zv_arena_strf(row->arena, "%.*s %.*s %.*s", ZV_STR_FMT(c[CLASS_SCHEME]), ZV_STR_FMT(c[CLASS_ID]),
						       ZV_STR_FMT(c[CLASS_NAME]));
	fill_org(&need.org, c, row->arena);
	if (!zv_source_first(im, need.key)) {
		ZV_SOURCE_SKIP(im, "id", N_("The item came in an earlier release of the same process; it counts once."));
		return ZV_OK;
	}
	return zv_source_plan_need(im, row, &need, err);
}

static const struct zv_record_spec tender_spec = {.list = "tender/items", .columns = paths, .n_columns = COLUMNS};
static const struct zv_record_spec planning_spec = {.list = "planning/tender/items", .columns = paths, .n_columns = COLUMNS};

const struct zv_import_profile zv_source_ocds = {
	.name = "ocds",
	.label = N_("OCDS releases: items of tenders"),
	.type = ZV_FILE_JSON,
	.columns = columns,
	.n_columns = COLUMNS,
	.spec = &tender_spec,
	.state_size = sizeof(struct zv_source_seen),
	.state_done = zv_source_seen_done,
	.registered = true,
	.map = map,
};

const struct zv_import_profile zv_source_ocds_planning = {
	.name = "ocds-planning",
	.label = N_("OCDS releases: items of the planning stage"),
	.type = ZV_FILE_JSON,
	.columns = columns,
	.n_columns = COLUMNS,
	.spec = &planning_spec,
	.state_size = sizeof(struct zv_source_seen),
	.state_done = zv_source_seen_done,
	.registered = true,
	.map = map,
};
