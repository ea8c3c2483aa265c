/* Rows as unambiguous bytes. The form is for ever: digests that are stored depend on it. */
#include "store/element.h"

#include <string.h>

enum { NUMBER_MAX = 10 };

/* Seven bits a byte, low ones first; the last byte is below 128. */
static char *put_number(char *p, uint64_t n)
{
	for (; n >= 128; n >>= 7)
		*p++ = (char)(n | 128);
	*p++ = (char)n;
	return p;
}

/* Names are of small letters, so that the capital behind one ends it and tells the type. */
static char *put_name(char *p, const char *name, size_t n, char type)
{
	memcpy(p, name, n);
	p[n] = type;
	return p + n + 1;
}

static void add(struct zv_buf *out, const char *name, char type, uint64_t number, struct zv_str text)
{
	size_t n = strlen(name);
	char *start = zv_buf_reserve(out, n + 1 + NUMBER_MAX + text.n);
	char *p = put_number(put_name(start, name, n, type), number);

	if (text.n > 0)
		memcpy(p, text.p, text.n);
	out->n += (size_t)(p - start) + text.n;
}

void zv_element_start(struct zv_buf *out, const char *table)
{
	zv_buf_reset(out);
	add(out, table, 'R', 1, ZV_STR(""));
}

/* The sign goes to the lowest bit. */
void zv_element_int(struct zv_buf *out, const char *column, int64_t value)
{
	add(out, column, 'I', (uint64_t)value << 1 ^ (uint64_t)(value >> 63), ZV_STR(""));
}

void zv_element_text(struct zv_buf *out, const char *column, struct zv_str value)
{
	add(out, column, 'T', value.n, value);
}

void zv_element_record(struct zv_buf *out, const struct zv_register *reg, const struct zv_record *record)
{
	zv_element_start(out, reg->name);
	zv_element_int(out, "id", record->id);
	zv_element_int(out, "centre_id", record->centre_id);
	zv_element_text(out, "uid", record->uid);
	zv_element_text(out, "source_key", record->source_key);
	zv_element_int(out, "batch_id", record->batch_id);
	zv_element_int(out, "line", record->line);
	zv_element_int(out, "said_on", record->said_on);
	zv_element_int(out, "status", record->status);
	for (int i = 0; i < reg->n_columns; i++) {
		const struct zv_value *value = &record->values[i];

		if (value->null)
			continue;
		if (reg->columns[i].type == ZV_COL_TEXT)
			zv_element_text(out, reg->columns[i].name, value->s);
		else
			zv_element_int(out, reg->columns[i].name, value->i);
	}
}

void zv_element_fact(struct zv_buf *out, const struct zv_trail_fact *fact)
{
	zv_element_start(out, "fact");
	zv_element_int(out, "id", fact->id);
	zv_element_int(out, "centre_id", fact->centre_id);
	zv_element_int(out, "entity", fact->entity);
	zv_element_int(out, "row_id", fact->row_id);
	zv_element_text(out, "field", fact->field);
	if (!fact->value_int.null)
		zv_element_int(out, "value_int", fact->value_int.i);
	if (!fact->value_text.null)
		zv_element_text(out, "value_text", fact->value_text.s);
	zv_element_int(out, "state", fact->state);
	zv_element_int(out, "status", fact->status);
	zv_element_int(out, "said_on", fact->said_on);
	zv_element_int(out, "batch_id", fact->batch_id);
	zv_element_int(out, "line", fact->line);
	zv_element_int(out, "recorded_ms", fact->recorded_ms);
	if (fact->replaced_by != 0)
		zv_element_int(out, "replaced_by", fact->replaced_by);
}

void zv_element_batch(struct zv_buf *out, const struct zv_batch *batch)
{
	zv_element_start(out, "batch");
	zv_element_int(out, "id", batch->id);
	zv_element_int(out, "centre_id", batch->centre_id);
	zv_element_text(out, "uid", batch->uid);
	zv_element_text(out, "kind", batch->kind);
	zv_element_text(out, "actor", batch->actor);
	zv_element_text(out, "source", batch->source);
	zv_element_text(out, "digest", batch->digest);
	zv_element_int(out, "started_ms", batch->started_ms);
	zv_element_int(out, "state", batch->state);
	zv_element_int(out, "n_new", batch->n_new);
	zv_element_int(out, "n_changed", batch->n_changed);
	zv_element_int(out, "n_same", batch->n_same);
	zv_element_int(out, "n_error", batch->n_error);
	zv_element_int(out, "n_held", batch->n_held);
}
