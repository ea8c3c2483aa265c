/* Writes JSON as it goes: no tree, no floats. Commas and colons come by themselves. */
#ifndef ZV_FORMAT_JSON_WRITE_H
#define ZV_FORMAT_JSON_WRITE_H

#include "format/out.h"

enum { ZV_JSON_DEPTH_MAX = 64 };

struct zv_json {
	struct zv_out *out;
	int depth;
	bool after_key;
	bool filled[ZV_JSON_DEPTH_MAX + 1]; /* has this level a value yet */
};

void zv_json_init(struct zv_json *json, struct zv_out *out);

void zv_json_object(struct zv_json *json);
void zv_json_array(struct zv_json *json);
void zv_json_end_object(struct zv_json *json);
void zv_json_end_array(struct zv_json *json);

/* In an object, before each value. */
void zv_json_key(struct zv_json *json, const char *key);

/* Bytes that are not UTF-8 become U+FFFD. The texts are safe inside a <script> as well: < and U+2028 are escaped. */
void zv_json_str(struct zv_json *json, struct zv_str s);
void zv_json_c(struct zv_json *json, const char *s); /* NULL: null */
void zv_json_int(struct zv_json *json, int64_t value);
void zv_json_decimal(struct zv_json *json, int64_t value, int decimals); /* 150050 with 2: 1500.5 */
void zv_json_bool(struct zv_json *json, bool value);
void zv_json_null(struct zv_json *json);

/* JSON that was checked before (a stored document). */
void zv_json_raw(struct zv_json *json, struct zv_str text);

/* Key and value at once. */
void zv_json_key_str(struct zv_json *json, const char *key, struct zv_str s);
void zv_json_key_c(struct zv_json *json, const char *key, const char *s);
void zv_json_key_int(struct zv_json *json, const char *key, int64_t value);
void zv_json_key_decimal(struct zv_json *json, const char *key, int64_t value, int decimals);
void zv_json_key_bool(struct zv_json *json, const char *key, bool value);

/* A line break between top-level values (JSON lines). */
void zv_json_newline(struct zv_json *json);

#endif
