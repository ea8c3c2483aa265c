/* Formula injection: what Excel, LibreOffice and Google take for the start of a formula. */
#include "format/formula.h"

#include "base/utf8.h"

static bool is_skipped(uint32_t c)
{
	return c == ' ' || c == 0xa0 || c == 0xad || (c >= 0x2000 && c <= 0x200f) || c == 0x202f || c == 0x205f ||
	       (c >= 0x2060 && c <= 0x2064) || c == 0x3000 || c == 0xfeff;
}

static bool is_trigger(uint32_t c)
{
	switch (c) {
	case '=':
	case '+':
	case '-':
	case '@':
	case '\t':
	case '\r':
	case '\n':
	case 0:
	case 0xff1d: /* full-width = + - @ */
	case 0xff0b:
	case 0xff0d:
	case 0xff20:
	case 0x2212: /* the minus sign proper, which some programs read as - */
		return true;
	default:
		return false;
	}
}

bool zv_formula_risky(struct zv_str cell)
{
	uint32_t c;

	while (cell.n > 0 && cell.p[0] == '\'')
		cell = zv_str_from(cell, 1);
	while (zv_utf8_next(&c, &cell)) {
		if (!is_skipped(c))
			return is_trigger(c);
	}
	return false;
}

struct zv_str zv_formula_plain(struct zv_str cell)
{
	struct zv_str rest = zv_str_from(cell, 1);

	return cell.n > 0 && cell.p[0] == '\'' && zv_formula_risky(rest) ? rest : cell;
}
