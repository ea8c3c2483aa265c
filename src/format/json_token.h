/* The letters and words of JSON: what json_read builds on. */
#ifndef ZV_FORMAT_JSON_TOKEN_H
#define ZV_FORMAT_JSON_TOKEN_H

#include "base/buf.h"
#include "format/stream.h"

enum zv_json_token {
	ZV_JSON_END, /* of the text */
	ZV_JSON_OBJECT,
	ZV_JSON_OBJECT_END,
	ZV_JSON_ARRAY,
	ZV_JSON_ARRAY_END,
	ZV_JSON_COLON,
	ZV_JSON_COMMA,
	ZV_JSON_STRING,
	ZV_JSON_NUMBER,
	ZV_JSON_TRUE,
	ZV_JSON_FALSE,
	ZV_JSON_NULL
};

struct zv_json_tokens {
	struct zv_stream *in;
	char *buf;
	size_t at;
	size_t end;
	bool eof;
	int64_t bytes; /* read before `buf` */
	int64_t line;
	struct zv_buf text; /* of the last string or number, in UTF-8 */
};

void zv_json_tokens_init(struct zv_json_tokens *tokens, struct zv_stream *in);
void zv_json_tokens_done(struct zv_json_tokens *tokens);

/* ZV_E_INVALID with the line: no JSON; ZV_E_LIMIT: a string beyond ZV_LIMIT_FIELD. */
ZV_MUST_CHECK enum zv_code zv_json_token_next(enum zv_json_token *out, struct zv_json_tokens *tokens, struct zv_err *err);

/* ZV_E_INVALID at the present place: "Line 3, byte 512: <what>." `what` is a translated sentence part. */
enum zv_code zv_json_token_fail(const struct zv_json_tokens *tokens, const char *what, struct zv_err *err);

#endif
