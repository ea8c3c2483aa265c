/* Numbers of the chain engine's files: decimals and fractions as shares, and shares as the shortest text that reads back the same. */
#ifndef ZV_APP_CHAIN_NUMBER_H
#define ZV_APP_CHAIN_NUMBER_H

#include "base/str.h"

/* "12.5", "1e-3", "1/3". False: something else, a division by zero, or not finite. */
bool zv_chain_number(double *out, struct zv_str text);

enum { ZV_CHAIN_NUMBER_TEXT = 32 };
void zv_chain_number_format(char out[ZV_CHAIN_NUMBER_TEXT], double value);

#endif
