/* Purchase plans and notices under 223-FZ: one need for each position line. Elements are found by their local names. */
#include "app/source_need.h"

enum plan_column {
	P_GUID, P_LINE, P_OKPD2, P_NAME, P_OKEI, P_UNIT, P_QTY, P_IMPOSSIBLE, P_ITEM, P_SUBJECT, P_END, P_REGION, P_PRICE, P_CURRENCY,
	P_ORG, P_SHORT, P_INN, P_KPP, P_OGRN, P_ADDRESS,
};

static const char *const plan_paths[] = {
	[P_GUID] = "guid",
	[P_LINE] = "ordinalNumber",
	[P_OKPD2] = "okpd2/code",
	[P_NAME] = "okpd2/name",
	[P_OKEI] = "okei/code",
	[P_UNIT] = "okei/name",
	[P_QTY] = "qty",
	[P_IMPOSSIBLE] = "impossibleToDetermineAttr",
	[P_ITEM] = "../guid",
	[P_SUBJECT] = "../contractSubject",
	[P_END] = "../contractEndDate",
	[P_REGION] = "../region",
	[P_PRICE] = "../maximumContractPrice",
	[P_CURRENCY] = "../currency/code",
	[P_ORG] = "../planItemCustomer/mainInfo/fullName",
	[P_SHORT] = "../planItemCustomer/mainInfo/shortName",
	[P_INN] = "../planItemCustomer/mainInfo/inn",
	[P_KPP] = "../planItemCustomer/mainInfo/kpp",
	[P_OGRN] = "../planItemCustomer/mainInfo/ogrn",
	[P_ADDRESS] = "../planItemCustomer/mainInfo/legalAddress",
};

static const struct zv_import_column plan_columns[] = {
	[P_GUID] = {.key = "guid"},
	[P_LINE] = {.key = "ordinalNumber", .required = true},
	[P_OKPD2] = {.key = "okpd2/code", .required = true},
	[P_NAME] = {.key = "okpd2/name"},
	[P_OKEI] = {.key = "okei/code"},
	[P_UNIT] = {.key = "okei/name"},
	[P_QTY] = {.key = "qty"},
	[P_IMPOSSIBLE] = {.key = "impossibleToDetermineAttr"},
	[P_ITEM] = {.key = "../guid", .required = true},
	[P_SUBJECT] = {.key = "../contractSubject", .required = true},
	[P_END] = {.key = "../contractEndDate"},
	[P_REGION] = {.key = "../region"},
	[P_PRICE] = {.key = "../maximumContractPrice"},
	[P_CURRENCY] = {.key = "../currency/code"},
	[P_ORG] = {.key = "../planItemCustomer/mainInfo/fullName"},
	[P_SHORT] = {.key = "../planItemCustomer/mainInfo/shortName"},
	[P_INN] = {.key = "../planItemCustomer/mainInfo/inn"},
	[P_KPP] = {.key = "../planItemCustomer/mainInfo/kpp"},
	[P_OGRN] = {.key = "../planItemCustomer/mainInfo/ogrn"},
	[P_ADDRESS] = {.key = "../planItemCustomer/mainInfo/legalAddress"},
};

/* The subject of the contract, and what the line itself is when the two differ. */
static struct zv_str title_of(struct zv_str subject, struct zv_str name, struct zv_arena *arena)
{
	if (subject.n == 0 || name.n == 0 || zv_str_eq(subject, name))
		return subject.n > 0 ? subject : name;
	return zv_arena_strf(arena, "%.*s: %.*s", ZV_STR_FMT(subject), ZV_STR_FMT(name));
}

/* A position of small and middle business stands in the plan a second time, in a list of its own: it is one need all the same. */
static enum zv_code map_plan(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_source_need need = {
		.title = title_of(c[P_SUBJECT], c[P_NAME], row->arena),
		.okpd2 = c[P_OKPD2],
		.qty = c[P_QTY],
		.unit = zv_source_okei(c[P_OKEI], c[P_UNIT]),
		.unit_name = c[P_UNIT],
		.region = c[P_REGION],
		.due = c[P_END],
		.org = {.inn = c[P_INN], .kpp = c[P_KPP], .ogrn = c[P_OGRN], .name = c[P_ORG], .short_name = c[P_SHORT],
			.address = c[P_ADDRESS], .kind = -1},
		.org_prefix = "customer_",
	};

	need.key = zv_arena_strf(row->arena, "plan223:%.*s:%.*s", ZV_STR_FMT(c[P_ITEM]), ZV_STR_FMT(c[P_LINE]));
	if (!zv_source_first(im, need.key)) {
		ZV_SOURCE_SKIP(im, "guid", N_("The position stands in the plan twice (it is also in the list for small business); it counts once."));
		return ZV_OK;
	}
	if (c[P_PRICE].n > 0)
		need.requirements_note = zv_arena_strf(row->arena, "maximumContractPrice %.*s %.*s", ZV_STR_FMT(c[P_PRICE]), ZV_STR_FMT(c[P_CURRENCY]));
	return zv_source_plan_need(im, row, &need, err);
}

enum notice_column {
	N_GUID, N_LINE, N_OKPD2, N_NAME, N_OKEI, N_UNIT, N_QTY, N_LOT, N_SUBJECT, N_NUMBER, N_ORG, N_SHORT, N_INN, N_KPP, N_OGRN, N_ADDRESS,
};

static const char *const notice_paths[] = {
	[N_GUID] = "guid",
	[N_LINE] = "ordinalNumber",
	[N_OKPD2] = "okpd2/code",
	[N_NAME] = "okpd2/name",
	[N_OKEI] = "okei/code",
	[N_UNIT] = "okei/name",
	[N_QTY] = "qty",
	[N_LOT] = "../ordinalNumber",
	[N_SUBJECT] = "../lotData/subject",
	[N_NUMBER] = "/purchaseNoticeData/registrationNumber",
	[N_ORG] = "/purchaseNoticeData/customer/mainInfo/fullName",
	[N_SHORT] = "/purchaseNoticeData/customer/mainInfo/shortName",
	[N_INN] = "/purchaseNoticeData/customer/mainInfo/inn",
	[N_KPP] = "/purchaseNoticeData/customer/mainInfo/kpp",
	[N_OGRN] = "/purchaseNoticeData/customer/mainInfo/ogrn",
	[N_ADDRESS] = "/purchaseNoticeData/customer/mainInfo/legalAddress",
};

static const struct zv_import_column notice_columns[] = {
	[N_GUID] = {.key = "guid"},
	[N_LINE] = {.key = "ordinalNumber", .required = true},
	[N_OKPD2] = {.key = "okpd2/code", .required = true},
	[N_NAME] = {.key = "okpd2/name"},
	[N_OKEI] = {.key = "okei/code"},
	[N_UNIT] = {.key = "okei/name"},
	[N_QTY] = {.key = "qty"},
	[N_LOT] = {.key = "../ordinalNumber", .required = true},
	[N_SUBJECT] = {.key = "../lotData/subject"},
	[N_NUMBER] = {.key = "/purchaseNoticeData/registrationNumber", .required = true},
	[N_ORG] = {.key = "/purchaseNoticeData/customer/mainInfo/fullName"},
	[N_SHORT] = {.key = "/purchaseNoticeData/customer/mainInfo/shortName"},
	[N_INN] = {.key = "/purchaseNoticeData/customer/mainInfo/inn"},
	[N_KPP] = {.key = "/purchaseNoticeData/customer/mainInfo/kpp"},
	[N_OGRN] = {.key = "/purchaseNoticeData/customer/mainInfo/ogrn"},
	[N_ADDRESS] = {.key = "/purchaseNoticeData/customer/mainInfo/legalAddress"},
};

static enum zv_code map_notice(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_source_need need = {
		.title = title_of(c[N_SUBJECT], c[N_NAME], row->arena),
		.okpd2 = c[N_OKPD2],
		.qty = c[N_QTY],
		.unit = zv_source_okei(c[N_OKEI], c[N_UNIT]),
		.unit_name = c[N_UNIT],
		.org = {.inn = c[N_INN], .kpp = c[N_KPP], .ogrn = c[N_OGRN], .name = c[N_ORG], .short_name = c[N_SHORT],
			.address = c[N_ADDRESS], .kind = -1},
		.org_prefix = "customer_",
	};

	need.key = zv_arena_strf(row->arena, "notice223:%.*s:%.*s:%.*s", ZV_STR_FMT(c[N_NUMBER]), ZV_STR_FMT(c[N_LOT]), ZV_STR_FMT(c[N_LINE]));
	return zv_source_plan_need(im, row, &need, err);
}

static const struct zv_record_spec plan_spec = {
	.record = "purchasePlanItem",
	.list = "purchasePlanDataItemRows/purchasePlanRowItem",
	.columns = plan_paths,
	.n_columns = ZV_LEN(plan_paths),
};
static const struct zv_record_spec notice_spec = {
	.record = "lot", .list = "lotData/lotItems/lotItem", .columns = notice_paths, .n_columns = ZV_LEN(notice_paths),
};

const struct zv_import_profile zv_source_plan223 = {
	.name = "plan223",
	.label = N_("Purchase plan under 223-FZ (XML of the procurement portal)"),
	.type = ZV_FILE_XML,
	.columns = plan_columns,
	.n_columns = ZV_LEN(plan_columns),
	.spec = &plan_spec,
	.state_size = sizeof(struct zv_source_seen),
	.state_done = zv_source_seen_done,
	.registered = true,
	.map = map_plan,
};

const struct zv_import_profile zv_source_notice223 = {
	.name = "notice223",
	.label = N_("Purchase notice under 223-FZ (XML of the procurement portal)"),
	.type = ZV_FILE_XML,
	.columns = notice_columns,
	.n_columns = ZV_LEN(notice_columns),
	.spec = &notice_spec,
	.registered = true,
	.map = map_notice,
};
