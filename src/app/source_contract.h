/* What contract profiles share: columns of a supply that every source writes alike. */
#ifndef ZV_APP_SOURCE_CONTRACT_H
#define ZV_APP_SOURCE_CONTRACT_H

#include "app/source_need.h"

/* Each passes over the empty text; errors name the field. */
ZV_MUST_CHECK enum zv_code zv_supply_code(struct zv_import *im, struct zv_record *record, struct zv_str code, struct zv_arena *arena,
					  struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_supply_day(struct zv_import *im, struct zv_record *record, struct zv_str text, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_supply_sum(struct zv_import *im, struct zv_record *record, struct zv_str text, struct zv_err *err);

extern const struct zv_import_profile zv_source_contracts_44; /* source_contract_44.c */
extern const struct zv_import_profile zv_source_contracts_mos;
extern const struct zv_import_profile zv_source_contract_223; /* source_contract_223.c */

#endif
