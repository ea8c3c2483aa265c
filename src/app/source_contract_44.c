/* Contract lists: those under 44-FZ with unit prices but without units, and the small contracts of the Moscow portal. */
#include "app/source_contract.h"
#include "base/decimal.h"

/* Quantities without a unit are kept in thousandths, prices for a thousand of them: so the price of one piece stays exact. */
enum { THOUSANDTHS = 1000, PRICE_DECIMALS = 6 };

enum list_column { L_NUMBER, L_SIGNED, L_REGION, L_CURRENCY, L_SUPPLIER, L_INN, L_OKPD2, L_OKPD, L_PRICE, L_QTY, L_SUM };

/* ['ООО "ИКС"']: a list of names as a program of the source printed it. *more: there was a second name. */
static struct zv_str first_of_list(struct zv_str text, bool *more)
{
	ptrdiff_t end;
	char quote;

	*more = false;
	if (!zv_str_starts(text, ZV_STR("[")) || text.n < 4)
		return text;
	quote = text.p[1];
	if (quote != '\'' && quote != '"')
		return text;
	text = zv_str_from(text, 2);
	for (end = 0; (size_t)end < text.n; end++) {
		char next = (size_t)end + 1 < text.n ? text.p[end + 1] : ']';

		if (text.p[end] == quote && (next == ',' || next == ']')) {
			*more = next == ',';
			break;
		}
	}
	return zv_str_first(text, (size_t)end);
}

static enum zv_code set_unit_price(struct zv_import *im, struct zv_record *record, struct zv_str text, struct zv_err *err)
{
	int64_t micro;
	int64_t divisor;
	int64_t per = THOUSANDTHS * zv_pow10(PRICE_DECIMALS - 2);
	enum zv_code code;

	if (text.n == 0)
		return ZV_OK;
	code = zv_decimal_parse(&micro, text, PRICE_DECIMALS, "prodPrice", err);
	if (code != ZV_OK)
		return code;
	if (micro <= 0) {
		ZV_SOURCE_WARN(im, "prodPrice", N_("A unit price of %.*s says nothing; it is left out."), ZV_STR_FMT(text));
		return ZV_OK;
	}
	divisor = zv_gcd(micro, per);
	zv_import_set_int(im, record, "unit_kop", micro / divisor);
	zv_import_set_int(im, record, "unit_per", per / divisor);
	return ZV_OK;
}

static enum zv_code set_plain_quantity(struct zv_import *im, struct zv_record *record, struct zv_str text, struct zv_err *err)
{
	int64_t thousandths;
	enum zv_code code;

	if (text.n == 0) {
		ZV_SOURCE_WARN(im, "prodQuantity", N_("The contract states no quantity: it shows who sold what and at which price, not how much."));
		return ZV_OK;
	}
	code = zv_decimal_parse(&thousandths, text, 3, "prodQuantity", err);
	if (code != ZV_OK)
		return code;
	zv_import_set_text(im, record, "qty_text", text);
	zv_import_set_int(im, record, "qty_base", thousandths);
	return ZV_OK;
}

static enum zv_code list_supplier(struct zv_import_ref *out, struct zv_import *im, const struct zv_str *c, struct zv_err *err)
{
	struct zv_import_org org = {.inn = c[L_INN], .kind = -1};
	bool more;

	org.name = first_of_list(c[L_SUPPLIER], &more);
	if (more)
		ZV_SOURCE_WARN(im, "sup_name", N_("The contract names several suppliers; the first one is taken: %.*s."), ZV_STR_FMT(org.name));
	return zv_import_org(out, im, &org, true, "supplier_", err);
}

/* A contract may have two lines that are alike in everything: the second gets a number. */
static struct zv_str list_key(struct zv_import *im, const struct zv_import_row *row)
{
	const struct zv_str *c = row->cells;
	struct zv_str key = zv_arena_strf(row->arena, "44fz:%.*s:%.*s%.*s:%.*s:%.*s", ZV_STR_FMT(c[L_NUMBER]), ZV_STR_FMT(c[L_OKPD2]),
					  ZV_STR_FMT(c[L_OKPD]), ZV_STR_FMT(c[L_PRICE]), ZV_STR_FMT(c[L_QTY]));
	struct zv_str again = key;

	for (int n = 2; !zv_source_first(im, again); n++)
		again = zv_arena_strf(row->arena, "%.*s#%d", ZV_STR_FMT(key), n);
	return again;
}

static enum zv_code check_code(struct zv_import *im, const struct zv_str *c)
{
	if (c[L_OKPD2].n == 0 && c[L_OKPD].n > 0)
		ZV_SOURCE_WARN(im, "OKPD", N_("The contract has only the code %.*s of the old OKPD: it is kept without a code."), ZV_STR_FMT(c[L_OKPD]));
	else if (c[L_OKPD2].n == 0)
		ZV_SOURCE_WARN(im, "OKPD2", N_("The contract line has no code of what was sold."));
	return ZV_OK;
}

static enum zv_code map_list(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_import_ref supplier;
	struct zv_record *record;
	enum zv_code code;

	if (c[L_NUMBER].n == 0)
		return zv_fail(err, ZV_E_INVALID, "regNum", N_("The contract has no register number."));
	if (!zv_str_eq_c(c[L_CURRENCY], "RUB"))
		return zv_fail(err, ZV_E_UNSUPPORTED, "currencyCode", N_("The contract is in %.*s; only roubles are compared."), ZV_STR_FMT(c[L_CURRENCY]));
	code = list_supplier(&supplier, im, c, err);
	if (code == ZV_OK)
		code = check_code(im, c);
	if (code != ZV_OK)
		return code;
	record = zv_import_plan(im, zv_register_find("supply"), list_key(im, row));
	zv_import_set_ref(im, record, "supplier_id", supplier);
	code = zv_supply_code(im, record, c[L_OKPD2], row->arena, err);
	if (code == ZV_OK)
		code = zv_supply_day(im, record, c[L_SIGNED], err);
	if (code == ZV_OK)
		code = set_plain_quantity(im, record, c[L_QTY], err);
	if (code == ZV_OK)
		code = set_unit_price(im, record, c[L_PRICE], err);
	return code == ZV_OK ? zv_supply_sum(im, record, c[L_SUM], err) : code;
}

static const struct zv_import_column list_columns[] = {
	[L_NUMBER] = {.key = "regNum", .required = true},
	[L_SIGNED] = {.key = "signDate", .required = true},
	[L_REGION] = {.key = "regionCode"},
	[L_CURRENCY] = {.key = "currencyCode", .required = true},
	[L_SUPPLIER] = {.key = "sup_name", .required = true},
	[L_INN] = {.key = "sup_inn", .required = true},
	[L_OKPD2] = {.key = "OKPD2", .required = true},
	[L_OKPD] = {.key = "OKPD"},
	[L_PRICE] = {.key = "prodPrice", .required = true},
	[L_QTY] = {.key = "prodQuantity", .required = true},
	[L_SUM] = {.key = "prodSum"},
};

const struct zv_import_profile zv_source_contracts_44 = {
	.name = "contracts-44fz",
	.label = N_("Contracts under 44-FZ with unit prices"),
	.type = ZV_FILE_CSV,
	.columns = list_columns,
	.n_columns = ZV_LEN(list_columns),
	.state_size = sizeof(struct zv_source_seen),
	.state_done = zv_source_seen_done,
	.registered = true,
	.map = map_list,
};

/* --- the city portal ----------------------------------------------------------------------------------------------- */

enum portal_column { M_TITLE, M_ID, M_SUM, M_SIGNED, M_CATEGORY, M_CUSTOMER, M_CUSTOMER_INN, M_SUPPLIER, M_SUPPLIER_INN };

static enum zv_code map_portal(struct zv_import *im, const struct zv_import_row *row, struct zv_err *err)
{
	const struct zv_str *c = row->cells;
	struct zv_import_org supplier = {.inn = c[M_SUPPLIER_INN], .name = c[M_SUPPLIER], .kind = -1};
	struct zv_import_org customer = {.inn = c[M_CUSTOMER_INN], .name = c[M_CUSTOMER], .kind = -1};
	struct zv_import_ref from;
	struct zv_import_ref to;
	struct zv_record *record;
	enum zv_code code;

	if (c[M_ID].n == 0)
		return zv_fail(err, ZV_E_INVALID, "ID контракта", N_("The contract has no register number."));
	code = zv_import_org(&from, im, &supplier, true, "supplier_", err);
	if (code == ZV_OK)
		code = zv_import_org(&to, im, &customer, true, "customer_", err);
	if (code != ZV_OK)
		return code;
	record = zv_import_plan(im, zv_register_find("supply"), zv_arena_strf(row->arena, "mos:%.*s", ZV_STR_FMT(c[M_ID])));
	zv_import_set_ref(im, record, "supplier_id", from);
	zv_import_set_ref(im, record, "customer_id", to);
	zv_import_set_text(im, record, "title", c[M_TITLE]);
	code = zv_supply_day(im, record, c[M_SIGNED], err);
	return code == ZV_OK ? zv_supply_sum(im, record, zv_source_plain(c[M_SUM]), err) : code;
}

static const struct zv_import_column portal_columns[] = {
	[M_TITLE] = {.key = "Наименование контракта", .required = true},
	[M_ID] = {.key = "ID контракта", .required = true},
	[M_SUM] = {.key = "Сумма контракта", .required = true},
	[M_SIGNED] = {.key = "Дата заключения контракта", .required = true},
	[M_CATEGORY] = {.key = "Категория ПП первой позиции спецификации"},
	[M_CUSTOMER] = {.key = "Наименование заказчика", .required = true},
	[M_CUSTOMER_INN] = {.key = "ИНН заказчика", .required = true},
	[M_SUPPLIER] = {.key = "Наименование поставщика", .required = true},
	[M_SUPPLIER_INN] = {.key = "ИНН поставщика", .required = true},
};

const struct zv_import_profile zv_source_contracts_mos = {
	.name = "contracts-mos",
	.label = N_("Small contracts of the Moscow portal"),
	.type = ZV_FILE_CSV,
	.columns = portal_columns,
	.n_columns = ZV_LEN(portal_columns),
	.registered = true,
	.map = map_portal,
};
