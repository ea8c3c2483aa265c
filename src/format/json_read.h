/* Records of JSON or JSON lines as rows (see zv_record_spec). */
#ifndef ZV_FORMAT_JSON_READ_H
#define ZV_FORMAT_JSON_READ_H

#include "format/parse.h"

/*
 * Strict RFC 8259 in UTF-8. Numbers stay the text they are; null is an empty cell; true and false are words. ZV_E_INVALID
 * with the record: bad syntax, a key twice in one object, a lone surrogate, a zero character.
 */
ZV_MUST_CHECK enum zv_code zv_json_read(struct zv_parse *parse, struct zv_err *err);

#endif
