/*
 * Files of others: classifiers, state registers, procurement. A kind or a profile here is a small table and one function; the
 * list of all kinds is in import_kinds.c. What each source is like is said in docs/guide/sources.md.
 */
#ifndef ZV_APP_SOURCES_H
#define ZV_APP_SOURCES_H

#include "app/import_kind.h"

/* Kinds that have no template of their own: source_okpd2.c, source_units.c, source_goods.c */
extern const struct zv_import_kind zv_source_kind_okpd2;
extern const struct zv_import_kind zv_source_kind_okved2;
extern const struct zv_import_kind zv_source_kind_okei;
extern const struct zv_import_kind zv_source_kind_rec20;
extern const struct zv_import_kind zv_source_kind_hs;
extern const struct zv_import_kind zv_source_kind_cn;
extern const struct zv_import_kind zv_source_kind_tnved;
extern const struct zv_import_kind zv_source_kind_cpa;
extern const struct zv_import_kind zv_source_kind_cpv;
extern const struct zv_import_kind zv_source_kind_supplies; /* source_contract.c */

/* Profiles of kinds that have one */
extern const struct zv_import_profile zv_source_cpa_cn;       /* crosswalks: source_crosswalk.c */
extern const struct zv_import_profile zv_source_cpa_cpc;
extern const struct zv_import_profile zv_source_nace_cpa;
extern const struct zv_import_profile zv_source_cn_cn;
extern const struct zv_import_profile zv_source_egrul;        /* organisations: source_org.c */
extern const struct zv_import_profile zv_source_eis_bidders;
extern const struct zv_import_profile zv_source_eis_customers;
extern const struct zv_import_profile zv_source_hotmaps;
extern const struct zv_import_profile zv_source_plan223;      /* needs: source_plan223.c, source_ocds.c, source_notices.c */
extern const struct zv_import_profile zv_source_notice223;
extern const struct zv_import_profile zv_source_ocds;
extern const struct zv_import_profile zv_source_ocds_planning;
extern const struct zv_import_profile zv_source_eis_notices;
extern const struct zv_import_profile zv_source_reference_substances; /* items: source_reference.c */
extern const struct zv_import_profile zv_source_substances;    /* items: source_substance.c */
extern const struct zv_import_profile zv_source_cas_list;
extern const struct zv_import_profile zv_source_cas_registry;
extern const struct zv_import_profile zv_source_processes_out; /* products, recipes: source_process.c */
extern const struct zv_import_profile zv_source_processes_in;
extern const struct zv_import_profile zv_source_io_out;
extern const struct zv_import_profile zv_source_io_in;
extern const struct zv_import_profile zv_source_customs;       /* supply: source_notices.c */

/* --- what several profiles share: source_class.c --------------------------------------------------------------------- */

/* Counts the row as skipped, or warns about it, with a sentence like that of zv_fail. */
#define ZV_SOURCE_SKIP(im, field, ...)                                               \
	do {                                                                         \
		struct zv_err skip_why = {0};                                        \
		(void)zv_fail(&skip_why, ZV_E_INVALID, (field), __VA_ARGS__);        \
		zv_import_skip((im), &skip_why);                                     \
	} while (0)

#define ZV_SOURCE_WARN(im, field, ...)                                               \
	do {                                                                         \
		struct zv_err warn_why = {0};                                        \
		(void)zv_fail(&warn_why, ZV_E_INVALID, (field), __VA_ARGS__);        \
		zv_import_warn((im), &warn_why);                                     \
	} while (0)

struct zv_source_code {
	const char *scheme;  /* "OKPD2" */
	const char *edition; /* when the setting "edition" is not given; NULL: "current" */
	struct zv_str code, name, name_en, parent, note, symbol;
};

/* Plans one code of a classifier. ZV_E_INVALID without a code or a name. */
ZV_MUST_CHECK enum zv_code zv_source_plan_code(struct zv_import *im, const struct zv_import_row *row, const struct zv_source_code *c,
					       struct zv_err *err);

/* The empty text for «NULL», «NA», «-», "NaN" in any case: what tables write for "not stated". */
struct zv_str zv_source_plain(struct zv_str cell);

#endif
