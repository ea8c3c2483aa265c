/* Finds controlled substances by CAS, classifier code and name (rules generated from data/controlled_substances.csv or added by rows). */
#include "model/control.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/map.h"
#include "base/tr.h"
#include "base/vec.h"
#include "controls.inc.h"
#include "model/ident.h"
#include "model/name.h"
#include "model/number.h"

enum { PHRASE_WORDS = 6, PART_BYTES_MIN = 8, TEXT_WORDS = 200, PPM_DECIMALS = 4, SHOWN_MAX = 80 };

static const struct zv_str kind_cas = ZV_STR_INIT("cas");
static const struct zv_str kind_okpd2 = ZV_STR_INIT("okpd2_prefix");
static const struct zv_str kind_family = ZV_STR_INIT("family");

struct zv_controls {
	ZV_VEC(struct zv_control_rule *) rules;
	struct zv_map by_cas;    /* to a chain: index of the latest rule with this number */
	struct zv_map by_code;   /* OKPD2, likewise */
	struct zv_map by_phrase; /* words of a name in alphabetical order, likewise */
	ZV_VEC(struct link {
		int64_t rule;
		int64_t next; /* -1 at the end */
	}) links;
	struct zv_arena arena;
};

static struct zv_controls *builtin;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const char *const action_names[] = {"none", "info", "permit_check", "refuse_without_permit", "refuse"};

const char *zv_control_action_name(enum zv_control_action action)
{
	return action_names[action];
}

struct zv_controls *zv_controls_new(void)
{
	struct zv_controls *controls = zv_calloc(1, sizeof(*controls));

	zv_map_init(&controls->by_cas);
	zv_map_init(&controls->by_code);
	zv_map_init(&controls->by_phrase);
	zv_arena_init(&controls->arena);
	return controls;
}

void zv_controls_free(struct zv_controls *controls)
{
	if (controls == NULL)
		return;
	zv_vec_done(&controls->rules);
	zv_vec_done(&controls->links);
	zv_map_done(&controls->by_cas);
	zv_map_done(&controls->by_code);
	zv_map_done(&controls->by_phrase);
	zv_arena_done(&controls->arena);
	free(controls);
}

static void add_link(struct zv_controls *controls, struct zv_map *map, struct zv_str key, int64_t rule)
{
	struct link link = {rule, -1};

	if (!zv_map_get(&link.next, map, key))
		link.next = -1;
	zv_map_put(map, key, (int64_t)controls->links.n);
	zv_vec_push(&controls->links, link);
}

static int by_bytes(const void *a, const void *b)
{
	return zv_str_cmp(*(const struct zv_str *)a, *(const struct zv_str *)b);
}

/* Words in alphabetical order, so that «кислота серная» is «серная кислота». */
static void phrase_key(struct zv_buf *out, const struct zv_str *words, size_t n)
{
	struct zv_str sorted[PHRASE_WORDS];

	memcpy(sorted, words, n * sizeof(*words));
	qsort(sorted, n, sizeof(*sorted), by_bytes);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			zv_buf_add_char(out, ' ');
		zv_buf_add_str(out, sorted[i]);
	}
}

static size_t split_words(struct zv_str words[], size_t max, struct zv_str text)
{
	size_t n = 0;

	while (text.n > 0 && n < max && zv_str_split(&words[n], &text, ' '))
		n++;
	return n;
}

static void add_name(struct zv_controls *controls, struct zv_str name, int64_t rule)
{
	struct zv_str words[PHRASE_WORDS + 1];
	struct zv_buf folded;
	struct zv_buf key;
	size_t n;

	zv_buf_init(&folded, 0);
	zv_buf_init(&key, 0);
	zv_name_words(&folded, name);
	n = split_words(words, ZV_LEN(words), zv_buf_str(&folded));
	if (n > 0 && n <= PHRASE_WORDS) {
		phrase_key(&key, words, n);
		add_link(controls, &controls->by_phrase, zv_buf_str(&key), rule);
	}
	zv_buf_done(&key);
	zv_buf_done(&folded);
}

/* A name, and what stands before its bracket: «Ацетон (2-пропанон)» is also «Ацетон». */
static void add_names(struct zv_controls *controls, const struct zv_control_rule *rule, int64_t i)
{
	const struct zv_str names[] = {rule->name_ru, rule->name_en};
	struct zv_str rest = rule->synonyms;
	struct zv_str part;

	for (size_t n = 0; n < ZV_LEN(names); n++) {
		ptrdiff_t bracket = zv_str_find(names[n], ZV_STR(" ("));

		add_name(controls, names[n], i);
		if (bracket > 0)
			add_name(controls, zv_str_first(names[n], (size_t)bracket), i);
	}
	while (rest.n > 0 && zv_str_split(&part, &rest, '|'))
		add_name(controls, part, i);
}

static enum zv_code parse_action(enum zv_control_action *out, struct zv_str text, struct zv_err *err)
{
	for (size_t i = 0; i < ZV_LEN(action_names); i++) {
		if (zv_str_eq_c(text, action_names[i])) {
			*out = (enum zv_control_action)i;
			return ZV_OK;
		}
	}
	return zv_fail(err, ZV_E_INVALID, "default_action",
		       N_("“%.*s” is no action; write refuse, refuse_without_permit, permit_check, info or none."),
		       ZV_STR_FMT(zv_str_first(text, SHOWN_MAX)));
}

/* ">=10%"; empty or a reference to the act: no concentration excuses. */
static enum zv_code parse_threshold(int64_t *out_ppm, struct zv_str text, struct zv_err *err)
{
	struct zv_str s = zv_str_trim(text);

	*out_ppm = 0;
	if (s.n == 0 || zv_str_starts(s, ZV_STR("threshold")))
		return ZV_OK;
	if (zv_str_starts(s, ZV_STR(">=")))
		s = zv_str_from(s, 2);
	if (!zv_str_ends(s, ZV_STR("%")))
		return zv_fail(err, ZV_E_INVALID, "concentration_threshold", N_("“%.*s” is no threshold; write it as >=10%%."),
			       ZV_STR_FMT(zv_str_first(text, SHOWN_MAX)));
	return zv_decimal_parse(out_ppm, zv_str_first(s, s.n - 1), PPM_DECIMALS, "concentration_threshold", err);
}

/* The code comes out in its usual writing. */
static enum zv_code check_value(char code[ZV_CLASS_TEXT], const struct zv_control_rule *rule, struct zv_err *err)
{
	if (zv_str_eq(rule->kind, kind_cas))
		return zv_cas_check(rule->value, "match_value", err);
	if (zv_str_eq(rule->kind, kind_okpd2))
		return zv_class_parse(code, ZV_CLASS_OKPD2, rule->value, "match_value", err);
	if (zv_str_eq(rule->kind, kind_family))
		return ZV_OK;
	return zv_fail(err, ZV_E_INVALID, "match_kind", N_("“%.*s” is no kind of rule; write cas, okpd2_prefix or family."),
		       ZV_STR_FMT(zv_str_first(rule->kind, SHOWN_MAX)));
}

enum zv_code zv_controls_add_row(struct zv_controls *controls, const struct zv_str cells[ZV_CONTROL_COLUMNS], struct zv_err *err)
{
	struct zv_control_rule rule = {0};
	struct zv_control_rule *copy;
	int64_t i = (int64_t)controls->rules.n;
	struct zv_str own[ZV_CONTROL_COLUMNS];
	char okpd2[ZV_CLASS_TEXT];
	enum zv_code code;

	for (int c = 0; c < ZV_CONTROL_COLUMNS; c++)
		own[c] = zv_str_dup(&controls->arena, zv_str_trim(cells[c]));
	rule.kind = own[ZV_CONTROL_KIND];
	rule.value = own[ZV_CONTROL_VALUE];
	rule.name_ru = own[ZV_CONTROL_NAME_RU];
	rule.name_en = own[ZV_CONTROL_NAME_EN];
	rule.synonyms = own[ZV_CONTROL_SYNONYMS];
	rule.regime = own[ZV_CONTROL_REGIME];
	rule.entry = own[ZV_CONTROL_ENTRY];
	rule.source = own[ZV_CONTROL_SOURCE];
	rule.as_of = own[ZV_CONTROL_AS_OF];
	code = check_value(okpd2, &rule, err);
	if (code == ZV_OK)
		code = parse_action(&rule.action, own[ZV_CONTROL_ACTION], err);
	if (code == ZV_OK)
		code = parse_threshold(&rule.threshold_ppm, own[ZV_CONTROL_THRESHOLD], err);
	if (code != ZV_OK)
		return code;
	copy = ZV_ARENA_NEW(&controls->arena, struct zv_control_rule);
	*copy = rule;
	zv_vec_push(&controls->rules, copy);
	if (zv_str_eq(rule.kind, kind_cas)) {
		add_link(controls, &controls->by_cas, rule.value, i);
		add_names(controls, copy, i);
	} else if (zv_str_eq(rule.kind, kind_okpd2)) {
		add_link(controls, &controls->by_code, zv_str_c(okpd2), i);
	}
	return ZV_OK;
}

static void load(void)
{
	builtin = zv_controls_new();
	for (size_t i = 0; i < ZV_LEN(controls_table); i++) {
		const struct zv_str *row = controls_table[i];
		const struct zv_str cells[ZV_CONTROL_COLUMNS] = {
			[ZV_CONTROL_KIND] = row[CONTROLS_MATCH_KIND],
			[ZV_CONTROL_VALUE] = row[CONTROLS_MATCH_VALUE],
			[ZV_CONTROL_NAME_RU] = row[CONTROLS_NAME_RU],
			[ZV_CONTROL_NAME_EN] = row[CONTROLS_NAME_EN],
			[ZV_CONTROL_SYNONYMS] = row[CONTROLS_SYNONYMS],
			[ZV_CONTROL_REGIME] = row[CONTROLS_REGIME],
			[ZV_CONTROL_ENTRY] = row[CONTROLS_ENTRY],
			[ZV_CONTROL_THRESHOLD] = row[CONTROLS_CONCENTRATION_THRESHOLD],
			[ZV_CONTROL_ACTION] = row[CONTROLS_DEFAULT_ACTION],
			[ZV_CONTROL_SOURCE] = row[CONTROLS_SOURCE],
			[ZV_CONTROL_AS_OF] = row[CONTROLS_AS_OF],
		};

		if (zv_controls_add_row(builtin, cells, NULL) != ZV_OK)
			assert(!"row in data/controlled_substances.csv");
	}
}

const struct zv_controls *zv_controls_builtin(void)
{
	(void)pthread_once(&once, load);
	return builtin;
}

size_t zv_controls_count(const struct zv_controls *controls)
{
	return controls->rules.n;
}

const struct zv_control_rule *zv_controls_at(const struct zv_controls *controls, size_t i)
{
	return controls->rules.p[i];
}

/* The hits of one question under way. */
struct search {
	const struct zv_controls *controls;
	const struct zv_control_query *query;
	struct zv_arena *arena;
	struct {
		struct zv_control_hit *p;
		size_t n;
		size_t cap;
	} hits;
};

/* Uncertain hits ask for a permit record or an expert; they refuse nothing by themselves. */
static void add_hit(struct search *search, const struct zv_control_rule *rule, bool certain)
{
	struct zv_control_hit hit = {rule, rule->action, certain};

	if (rule->threshold_ppm > 0 && search->query->concentration_ppm > 0 &&
	    search->query->concentration_ppm < rule->threshold_ppm)
		return;
	if (!certain && hit.action > ZV_CONTROL_PERMIT_CHECK)
		hit.action = ZV_CONTROL_PERMIT_CHECK;
	for (size_t i = 0; i < search->hits.n; i++) {
		if (search->hits.p[i].rule != rule)
			continue;
		if (hit.action > search->hits.p[i].action || (certain && !search->hits.p[i].certain))
			search->hits.p[i] = hit;
		return;
	}
	zv_vec_push(&search->hits, hit);
}

static void add_chain(struct search *search, const struct zv_map *map, struct zv_str key, bool certain)
{
	int64_t at;

	if (!zv_map_get(&at, map, key))
		return;
	for (; at >= 0; at = search->controls->links.p[at].next)
		add_hit(search, search->controls->rules.p[search->controls->links.p[at].rule], certain);
}

/* Every run of up to six words of a name; the whole name is certain. Short runs such as VX count only as a whole name. */
static void search_phrases(struct search *search, struct zv_str folded)
{
	struct zv_str *words = ZV_ARENA_ARRAY(search->arena, struct zv_str, TEXT_WORDS);
	size_t n = split_words(words, TEXT_WORDS, folded);
	struct zv_buf key;

	zv_buf_init(&key, 0);
	for (size_t from = 0; from < n; from++) {
		for (size_t length = 1; length <= PHRASE_WORDS && from + length <= n; length++) {
			bool whole = length == n;

			zv_buf_reset(&key);
			phrase_key(&key, words + from, length);
			if (whole || key.n >= PART_BYTES_MIN)
				add_chain(search, &search->controls->by_phrase, zv_buf_str(&key), whole);
		}
	}
	zv_buf_done(&key);
}

static struct zv_str without_blanks(struct zv_str s, struct zv_arena *arena)
{
	char *p = zv_arena_alloc(arena, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != ' ')
			p[n++] = s.p[i];
	}
	return (struct zv_str){p, n};
}

static bool points_to_family(const struct zv_control_rule *rule, struct zv_str joined)
{
	struct zv_str rest = rule->synonyms;
	struct zv_str part;

	while (rest.n > 0 && zv_str_split(&part, &rest, '|')) {
		if (part.n > 0 && zv_str_find(joined, part) >= 0)
			return true;
	}
	return false;
}

/* A family has no number: parts of names point to it, an expert decides. */
static void search_families(struct search *search, struct zv_str folded)
{
	struct zv_str joined = without_blanks(folded, search->arena);

	for (size_t i = 0; i < search->controls->rules.n; i++) {
		const struct zv_control_rule *rule = search->controls->rules.p[i];

		if (zv_str_eq(rule->kind, kind_family) && points_to_family(rule, joined))
			add_hit(search, rule, false);
	}
}

static void search_code(struct search *search)
{
	char code[ZV_CLASS_TEXT];

	if (zv_str_trim(search->query->okpd2).n == 0 ||
	    zv_class_parse(code, ZV_CLASS_OKPD2, search->query->okpd2, "", NULL) != ZV_OK)
		return;
	do
		add_chain(search, &search->controls->by_code, zv_str_c(code), true);
	while (zv_class_parent(code, ZV_CLASS_OKPD2, zv_str_c(code)));
}

static int strictest_first(const void *a, const void *b)
{
	const struct zv_control_hit *x = a;
	const struct zv_control_hit *y = b;

	if (x->action != y->action)
		return x->action < y->action ? 1 : -1;
	if (x->certain != y->certain)
		return x->certain ? -1 : 1;
	return zv_str_cmp(x->rule->entry, y->rule->entry);
}

/* A permit record is asked for; nobody is accused. */
static struct zv_str sentence(const struct zv_control_hit *hit, struct zv_arena *arena)
{
	const struct zv_control_rule *rule = hit->rule;
	struct zv_str name = zv_number_is_ru() ? rule->name_ru : rule->name_en;

	if (!hit->certain)
		return zv_arena_strf(arena, zv_tr(N_("By its name this may be “%.*s” (%.*s %.*s): a permit record or an expert's note is needed.")),
				     ZV_STR_FMT(name), ZV_STR_FMT(rule->regime), ZV_STR_FMT(rule->entry));
	if (hit->action == ZV_CONTROL_REFUSE)
		return zv_arena_strf(arena, zv_tr(N_("“%.*s” (%.*s %.*s) cannot be kept or published here.")), ZV_STR_FMT(name),
				     ZV_STR_FMT(rule->regime), ZV_STR_FMT(rule->entry));
	if (hit->action == ZV_CONTROL_INFO)
		return zv_arena_strf(arena, zv_tr(N_("“%.*s” (%.*s %.*s): a licence may be needed; nothing is held back.")),
				     ZV_STR_FMT(name), ZV_STR_FMT(rule->regime), ZV_STR_FMT(rule->entry));
	return zv_arena_strf(arena, zv_tr(N_("A permit record is needed for “%.*s” (%.*s %.*s).")), ZV_STR_FMT(name),
			     ZV_STR_FMT(rule->regime), ZV_STR_FMT(rule->entry));
}

void zv_control_check(struct zv_control_result *out, const struct zv_controls *controls, const struct zv_control_query *query,
		      struct zv_arena *arena)
{
	struct search search = {.controls = controls, .query = query, .arena = arena};
	struct zv_control_hit *hits;
	struct zv_buf folded;

	zv_buf_init(&folded, 0);
	add_chain(&search, &controls->by_cas, zv_str_trim(query->cas), true);
	search_code(&search);
	for (size_t i = 0; i < query->n_names; i++) {
		zv_buf_reset(&folded);
		zv_name_words(&folded, query->names[i]);
		search_phrases(&search, zv_buf_str(&folded));
		search_families(&search, zv_buf_str(&folded));
	}
	zv_buf_done(&folded);
	*out = (struct zv_control_result){0};
	if (search.hits.n > 0) {
		qsort(search.hits.p, search.hits.n, sizeof(*search.hits.p), strictest_first);
		hits = ZV_ARENA_ARRAY(arena, struct zv_control_hit, search.hits.n);
		memcpy(hits, search.hits.p, search.hits.n * sizeof(*hits));
		*out = (struct zv_control_result){hits[0].action, hits, search.hits.n, sentence(&hits[0], arena)};
	}
	zv_vec_done(&search.hits);
}
