/* Stated lengths and chunks: a small machine that looks at each byte of the framing once. */
#include "net/body.h"

enum { BAD = 400, TOO_LARGE = 413, DIGITS_MAX = 8 };

enum state { LENGTH, SIZE, SIZE_LF, CHUNK, CHUNK_CR, CHUNK_LF, END_CR, END_LF, DONE };

void zv_body_init(struct zv_body *body, bool chunked, int64_t length, int64_t max)
{
	*body = (struct zv_body){ .left = chunked ? 0 : length, .max = max, .state = chunked ? SIZE : LENGTH };
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static int take_data(struct zv_body *body, struct zv_str *data, struct zv_str *rest)
{
	*data = zv_str_first(*rest, (size_t)body->left < rest->n ? (size_t)body->left : rest->n);
	*rest = zv_str_from(*rest, data->n);
	body->left -= (int64_t)data->n;
	body->total += (int64_t)data->n;
	return ZV_BODY_DATA;
}

/* The size line has ended. */
static int begin_chunk(struct zv_body *body)
{
	if (body->size > 0 && (int64_t)body->size > body->max - body->total)
		return TOO_LARGE;
	body->left = body->size;
	body->state = body->size > 0 ? CHUNK : END_CR;
	body->size = 0;
	body->digits = 0;
	return 0;
}

static int read_size(struct zv_body *body, char c)
{
	int digit = hex(c);

	if (digit >= 0 && body->digits < DIGITS_MAX) {
		body->size = body->size * 16 + (uint32_t)digit;
		body->digits++;
		return 0;
	}
	if (c != '\r' || body->digits == 0)
		return BAD;
	body->state = SIZE_LF;
	return 0;
}

/* One byte of the framing. 0, or the status of the refusal. */
static int read_frame(struct zv_body *body, char c)
{
	switch ((enum state)body->state) {
	case SIZE:
		return read_size(body, c);
	case SIZE_LF:
		return c == '\n' ? begin_chunk(body) : BAD;
	case CHUNK_CR:
	case END_CR:
		body->state++;
		return c == '\r' ? 0 : BAD;
	case CHUNK_LF:
		body->state = SIZE;
		return c == '\n' ? 0 : BAD;
	case END_LF:
		body->state = DONE;
		return c == '\n' ? 0 : BAD;
	case LENGTH:
	case CHUNK:
	case DONE:
		break;
	}
	return BAD;
}

int zv_body_read(struct zv_body *body, struct zv_str *data, struct zv_str *rest)
{
	*data = (struct zv_str){ 0 };
	for (;;) {
		if (body->state == LENGTH && body->left == 0)
			body->state = DONE;
		if (body->state == CHUNK && body->left == 0)
			body->state = CHUNK_CR;
		if (body->state == DONE)
			return ZV_BODY_DONE;
		if (rest->n == 0)
			return ZV_BODY_MORE;
		if (body->state == LENGTH || body->state == CHUNK)
			return take_data(body, data, rest);
		int bad = read_frame(body, rest->p[0]);
		if (bad != 0)
			return bad;
		*rest = zv_str_from(*rest, 1);
	}
}
