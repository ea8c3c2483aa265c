/* Values of a JSON network while it is read, and where each stands: a fault says "links[3].amount: “-2” is outside what may stand here." Inside app/chain*. */
#ifndef ZV_APP_CHAIN_PLACE_H
#define ZV_APP_CHAIN_PLACE_H

#include "app/chain_file.h"
#include "format/json_value.h"

enum { CHAIN_PLACE_MAX = 600 };

struct chain_place {
	char text[CHAIN_PLACE_MAX];
	struct zv_err *err;
};

void chain_at(struct chain_place *place, const char *format, ...) ZV_PRINTF(2, 3);

/* ZV_E_INVALID: place, value, and `what`, a half sentence: "is not an array". */
enum zv_code chain_place_bad(struct chain_place *place, const struct zv_json_value *value, const char *what);

/* A member of `object` that is an array; when it is optional and not there, an empty one. Moves the place to it. */
enum zv_code chain_array(const struct zv_json_value **out, struct chain_place *place, const struct zv_json_value *object, const char *name, bool optional);

/* A name, text or number as written, not empty and not too long. */
enum zv_code chain_name(struct zv_str *out, struct chain_place *place, const struct zv_json_value *value);

/* A number, or a text that holds one or a fraction, within min .. max and not between 0 and ZV_CHAIN_AMOUNT_MIN. */
enum zv_code chain_number(double *out, struct chain_place *place, const struct zv_json_value *value, double min, double max);

#endif
