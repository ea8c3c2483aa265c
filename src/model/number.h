/* Numbers for people: groups of thousands and the decimal mark of the thread's language. */
#ifndef ZV_MODEL_NUMBER_H
#define ZV_MODEL_NUMBER_H

#include "base/str.h"

enum { ZV_NUMBER_TEXT = 64, ZV_NUMBER_DECIMALS = 9 };

/* How groups of thousands are parted in English; in Russian always by a plain blank. */
enum zv_groups {
	ZV_GROUPS_BLANK, /* "15 000.5": cannot be mistaken for decimals when it is read again */
	ZV_GROUPS_COMMA  /* "15,000.50": sums of money */
};

/* `plain` is an unsigned or negative decimal with a point, "-1234.50". */
void zv_number_localize(char out[ZV_NUMBER_TEXT], const char *plain, enum zv_groups groups);

/* num / den as a plain decimal, exactly. False when it has more than ZV_NUMBER_DECIMALS decimals. den > 0. */
bool zv_number_exact(char out[ZV_NUMBER_TEXT], zv_i128 num, zv_i128 den);

/* How many decimals the number in the text states, without zeros at its end. */
int zv_number_decimals(struct zv_str text);

/* The longest beginning that can be a number, "15 000,5" of "15 000,5 кг"; blanks at its end are not part of it. */
struct zv_str zv_number_prefix(struct zv_str text);

/* True when the language of the thread is Russian. */
bool zv_number_is_ru(void);

#endif
