/* Splits and decodes request targets. Decoding happens once: "%252e" stays "%2e" and is then the name of no file. */
#include "net/target.h"

#include "base/utf8.h"

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

static bool decode(struct zv_str *out, struct zv_str raw, bool in_path, struct zv_arena *arena)
{
	char *p = zv_arena_alloc(arena, raw.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];
		if (c == '%') {
			if (raw.n - i < 3 || hex(raw.p[i + 1]) < 0 || hex(raw.p[i + 2]) < 0)
				return false;
			c = (char)(hex(raw.p[i + 1]) * 16 + hex(raw.p[i + 2]));
			i += 2;
			if (in_path && c == '/')
				return false;
		} else if (c == '+' && !in_path) {
			c = ' ';
		}
		if ((unsigned char)c < ' ' || c == 0x7f || (in_path && c == '\\'))
			return false;
		p[n++] = c;
	}
	p[n] = '\0';
	*out = (struct zv_str){ p, n };
	return zv_utf8_check(*out) < 0;
}

static bool has_dot_segment(struct zv_str path)
{
	struct zv_str part;

	while (zv_str_split(&part, &path, '/'))
		if (zv_str_eq_c(part, ".") || zv_str_eq_c(part, ".."))
			return true;
	return false;
}

static bool parse_params(struct zv_target *target, struct zv_str query, struct zv_arena *arena)
{
	struct zv_str part, known;

	while (zv_str_split(&part, &query, '&')) {
		struct zv_param param = { .value = ZV_STR("") };
		ptrdiff_t mark = zv_str_find_char(part, '=');

		if (part.n == 0)
			continue;
		if (target->n_params == ZV_PARAMS_MAX)
			return false;
		if (!decode(&param.name, mark < 0 ? part : zv_str_first(part, (size_t)mark), false, arena) || param.name.n == 0)
			return false;
		if (mark >= 0 && !decode(&param.value, zv_str_from(part, (size_t)mark + 1), false, arena))
			return false;
		if (zv_target_param(&known, target, param.name.p))
			return false;
		target->params[target->n_params++] = param;
	}
	return true;
}

bool zv_target_parse(struct zv_target *out, struct zv_str raw, struct zv_arena *arena)
{
	ptrdiff_t mark = zv_str_find_char(raw, '?');
	struct zv_str path = mark < 0 ? raw : zv_str_first(raw, (size_t)mark);

	*out = (struct zv_target){ 0 };
	if (path.n == 0 || path.p[0] != '/' || !decode(&out->path, path, true, arena) || has_dot_segment(out->path))
		return false;
	return mark < 0 || parse_params(out, zv_str_from(raw, (size_t)mark + 1), arena);
}

bool zv_target_param(struct zv_str *out, const struct zv_target *target, const char *name)
{
	for (int i = 0; i < target->n_params; i++) {
		if (!zv_str_eq_c(target->params[i].name, name))
			continue;
		*out = target->params[i].value;
		return true;
	}
	return false;
}
