/*
 * Numbers that name a firm, a substance or a class of goods. White space around a number is not part of it; nothing else is
 * mended: a wrong number is refused with the reason and, where there is one, a proposal. err->field is `field`.
 */
#ifndef ZV_MODEL_IDENT_H
#define ZV_MODEL_IDENT_H

#include "base/err.h"
#include "base/str.h"

/*
 * INN, 10 digits for a firm or 12 for a person. The message names the expected check digit ("INN 6299000013: check digit,
 * expected 2"), says when a spreadsheet has wrecked the number (1.6571E+11) and when a lost leading zero would explain it.
 */
ZV_MUST_CHECK enum zv_code zv_inn_check(struct zv_str inn, const char *field, struct zv_err *err);

/* OGRN, 13 digits; OGRNIP, 15 digits. The last takes either by its length. */
ZV_MUST_CHECK enum zv_code zv_ogrn_check(struct zv_str ogrn, const char *field, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_ogrnip_check(struct zv_str ogrnip, const char *field, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_ogrn_any_check(struct zv_str ogrn, const char *field, struct zv_err *err);

/* KPP: 4 digits, 2 digits or Latin capitals, 3 digits. */
ZV_MUST_CHECK enum zv_code zv_kpp_check(struct zv_str kpp, const char *field, struct zv_err *err);

/* CAS registry number with hyphens, 123-54-6. */
ZV_MUST_CHECK enum zv_code zv_cas_check(struct zv_str cas, const char *field, struct zv_err *err);

enum { ZV_CAS_TEXT = 16 };

/* From the form without hyphens, 123546, to 123-54-6. */
ZV_MUST_CHECK enum zv_code zv_cas_from_digits(char out[ZV_CAS_TEXT], struct zv_str digits, const char *field, struct zv_err *err);

/* True when the whole text looks like a CAS number (digits-2 digits-1 digit), right or wrong: then it is meant as one. */
bool zv_cas_looks_like(struct zv_str text);

/* InChIKey: 14, 10 and 1 Latin capitals with hyphens. */
ZV_MUST_CHECK enum zv_code zv_inchikey_check(struct zv_str key, const char *field, struct zv_err *err);

/* GTIN-8, -12, -13 or -14 with its check digit. */
ZV_MUST_CHECK enum zv_code zv_gtin_check(struct zv_str gtin, const char *field, struct zv_err *err);

enum { ZV_STANDARD_TEXT = 96 };

/* "ГОСТ 10003-90", "гост10003–90", "GOST 10003-90" give "gost:10003-90"; ГОСТ Р, ТУ, ОСТ, СТО, ISO, IEC, ASTM, DIN, EN alike. */
ZV_MUST_CHECK enum zv_code zv_standard_parse(char out[ZV_STANDARD_TEXT], struct zv_str text, const char *field, struct zv_err *err);

enum zv_class_scheme {
	ZV_CLASS_OKPD2,
	ZV_CLASS_OKVED2,
	ZV_CLASS_HS,   /* 2, 4 or 6 digits */
	ZV_CLASS_TNVED /* 2, 4, 6 or 10 digits */
};

enum { ZV_CLASS_TEXT = 16 };

/* To the usual writing: 20.14.62.110 and 20.14 for OKPD2 and OKVED2 (dots may be absent), 291419 for HS and TN VED (dots and blanks may be present). */
ZV_MUST_CHECK enum zv_code zv_class_parse(char out[ZV_CLASS_TEXT], enum zv_class_scheme scheme, struct zv_str text, const char *field,
					  struct zv_err *err);

/* 1 for the class at the top, growing downwards; 0 when the code is not in its usual writing. */
int zv_class_level(enum zv_class_scheme scheme, struct zv_str code);

/* The code one step up; false at the top. 20.14.62.111 > 20.14.62.110 > 20.14.62 > 20.14.6 > 20.14 > 20.1 > 20. */
bool zv_class_parent(char out[ZV_CLASS_TEXT], enum zv_class_scheme scheme, struct zv_str code);

/* Steps up the tree to the common node, the longer of both climbs: 0 for equal codes, 1 for parent and child or two sisters; -1 when nothing is common. */
int zv_class_distance(enum zv_class_scheme scheme, struct zv_str a, struct zv_str b);

/* True when `code` is `node` or lies below it. */
bool zv_class_within(enum zv_class_scheme scheme, struct zv_str code, struct zv_str node);

#endif
