/* A measure in words: names of what it is, and its lines in the pack. */
#include <string.h>

#include "app/measures.h"
#include "base/tr.h"

/* --- words -------------------------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *name, *label;
} statuses[] = {
	[ZV_RULES_ACTIVE] = {"active", N_("active")},
	[ZV_RULES_CLOSED] = {"closed", N_("closed")},
	[ZV_RULES_ANNOUNCED] = {"announced", N_("announced, not working yet")},
	[ZV_RULES_PROPOSED] = {"proposed", N_("a proposal only")},
	[ZV_RULES_CONDITIONAL] = {"conditional", N_("through another measure")},
	[ZV_RULES_REGIONAL_ONLY] = {"regional_only", N_("by the rules of a region")},
	[ZV_RULES_TO_CHECK] = {"to_check", N_("to be checked")},
	[ZV_RULES_SUSPENDED] = {"suspended", N_("suspended in practice")},
};

const char *zv_measure_status_name(enum zv_rules_status status)
{
	return statuses[status].name;
}

const char *zv_measure_status_label(enum zv_rules_status status)
{
	return statuses[status].label;
}

bool zv_measure_status_parse(enum zv_rules_status *out, struct zv_str name)
{
	for (size_t i = 0; i < ZV_LEN(statuses); i++) {
		if (!zv_str_eq_c(name, statuses[i].name))
			continue;
		*out = (enum zv_rules_status)i;
		return true;
	}
	return false;
}

const char *zv_measure_confidence_name(enum zv_rules_confidence confidence)
{
	static const char *const names[] = {[ZV_RULES_HIGH] = "high", [ZV_RULES_MEDIUM] = "medium", [ZV_RULES_LOW] = "low"};

	return names[confidence];
}

const char *zv_measure_level_name(enum zv_rules_level level)
{
	static const char *const names[] = {[ZV_RULES_FEDERAL] = "federal", [ZV_RULES_REGIONAL] = "regional", [ZV_RULES_OWN] = "own"};

	return names[level];
}

const char *zv_measure_form_label(struct zv_str form)
{
	static const struct {
		const char *name, *label;
	} forms[] = {
		{"subsidy", N_("subsidy")},   {"grant", N_("grant")},       {"loan", N_("loan")},
		{"guarantee", N_("guarantee")}, {"tax", N_("tax relief")},    {"contract", N_("investment contract")},
		{"service", N_("a service")},   {"land", N_("land")},         {"procurement", N_("procurement")},
		{"transfer", N_("transfer to a region")},
	};

	for (size_t i = 0; i < ZV_LEN(forms); i++)
		if (zv_str_eq_c(form, forms[i].name))
			return forms[i].label;
	return NULL;
}

const char *zv_measure_truth_name(enum zv_truth truth)
{
	static const char *const names[] = {[ZV_NO] = "not_eligible", [ZV_UNKNOWN] = "unknown", [ZV_YES] = "eligible"};

	return names[truth];
}

const char *zv_measure_truth_label(enum zv_truth truth)
{
	static const char *const labels[] = {[ZV_NO] = N_("not eligible"), [ZV_UNKNOWN] = N_("unknown"), [ZV_YES] = N_("eligible")};

	return labels[truth];
}

enum zv_measure_phase zv_measure_phase(zv_date from, zv_date to, zv_date on)
{
	if (to != ZV_DATE_NONE && to < on)
		return ZV_MEASURE_PAST;
	return from != ZV_DATE_NONE && from > on ? ZV_MEASURE_COMING : ZV_MEASURE_OPEN;
}

const char *zv_measure_phase_name(enum zv_measure_phase phase)
{
	static const char *const names[] = {[ZV_MEASURE_PAST] = "past", [ZV_MEASURE_OPEN] = "open", [ZV_MEASURE_COMING] = "coming"};

	return names[phase];
}

/* --- the text of a measure ------------------------------------------------------------------------------------------------------------- */

/* From the line of the rule up to the bracket that closes it; brackets in texts and comments do not count. */
struct zv_str zv_measure_text(const struct zv_measure *measure)
{
	struct zv_str rest = measure->pack->text;
	int depth = 0;
	bool quoted = false, comment = false;

	for (int line = 1; line < measure->rule->line; line++) {
		ptrdiff_t end = zv_str_find_char(rest, '\n');

		if (end < 0)
			return ZV_STR("");
		rest = zv_str_from(rest, (size_t)end + 1);
	}
	for (size_t i = 0; i < rest.n; i++) {
		char c = rest.p[i];

		if (comment)
			comment = c != '\n';
		else if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && c == '#')
			comment = true;
		else if (!quoted && c == '{')
			depth++;
		else if (!quoted && c == '}' && --depth == 0)
			return zv_str_trim(zv_str_first(rest, i + 1));
	}
	return zv_str_trim(rest);
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || zv_is_digit(c) || c == '_' || c == '.';
}

bool zv_measure_uses(const struct zv_measure *measure, struct zv_str name)
{
	struct zv_str text = zv_measure_text(measure);
	bool quoted = false;

	if (name.n == 0)
		return false;
	for (size_t i = 0; i + name.n <= text.n; i++) {
		char before = i > 0 ? text.p[i - 1] : ' ', after = i + name.n < text.n ? text.p[i + name.n] : ' ';

		if (text.p[i] == '"' && before != '\\')
			quoted = !quoted;
		if (!quoted && !is_name_char(before) && !is_name_char(after) && memcmp(text.p + i, name.p, name.n) == 0)
			return true;
	}
	return false;
}
