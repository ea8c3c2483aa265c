/* The score of a pair: legal ids decide where both state them, names and the rest where they do not. */
#include "model/dup.h"

#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"

enum { PHONE_DIGITS = 10, CERTAIN = 1000, BLOCK_LETTERS = 4 };

/*
 * Points out of 1000. The name carries the score; what else agrees or differs moves it. One name in one region is a probable duplicate
 * though the ids differ, since one of them may be mistyped, but then it stays below the threshold of a proposal.
 */
enum { SAME_REGION = 30, OTHER_REGION = -60, SAME_PHONE = 120, SAME_DOMAIN = 100, SAME_ADDRESS = 80, SAME_SKELETON = 1000, OTHER_FORM = -20 };

static struct zv_str folded_words(struct zv_str text, struct zv_arena *arena)
{
	struct zv_name name;

	/* An address is a text of words like a name; its words lose signs in the same way. */
	zv_name_keys(&name, text, arena);
	return name.core;
}

static struct zv_str digits_of(struct zv_str s, struct zv_arena *arena)
{
	char *p = zv_arena_alloc(arena, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (zv_is_digit(s.p[i]))
			p[n++] = s.p[i];
	}
	return (struct zv_str){p, n};
}

static struct zv_str phone_of(struct zv_str phone, struct zv_arena *arena)
{
	struct zv_str digits = digits_of(phone, arena);

	return digits.n < PHONE_DIGITS ? (struct zv_str){NULL, 0} : zv_str_from(digits, digits.n - PHONE_DIGITS);
}

static bool is_public_mail(struct zv_str domain)
{
	static const char *const names[] = {"mail.ru", "bk.ru",     "list.ru",   "inbox.ru",    "yandex.ru", "ya.ru",
					    "gmail.com", "rambler.ru", "icloud.com", "hotmail.com", "outlook.com"};

	for (size_t i = 0; i < ZV_LEN(names); i++) {
		if (zv_str_eq_c(domain, names[i]))
			return true;
	}
	return false;
}

/* "https://www.firm.ru/a", "info@firm.ru" and "firm.ru" are firm.ru. */
static struct zv_str domain_of(struct zv_str site, struct zv_arena *arena)
{
	static const struct zv_str prefixes[] = {ZV_STR_INIT("https://"), ZV_STR_INIT("http://"), ZV_STR_INIT("www.")};
	struct zv_buf folded;
	struct zv_str s;
	ptrdiff_t at;
	size_t end = 0;

	zv_buf_init(&folded, 0);
	zv_utf8_fold(&folded, zv_str_trim(site));
	s = zv_str_dup(arena, zv_buf_str(&folded));
	zv_buf_done(&folded);
	at = zv_str_find_char(s, '@');
	if (at >= 0)
		s = zv_str_from(s, (size_t)at + 1);
	for (size_t i = 0; i < ZV_LEN(prefixes); i++) {
		if (zv_str_starts(s, prefixes[i]))
			s = zv_str_from(s, prefixes[i].n);
	}
	while (end < s.n && strchr("/?#: ,;", s.p[end]) == NULL)
		end++;
	s = zv_str_first(s, end);
	return is_public_mail(s) || zv_str_find_char(s, '.') < 0 ? (struct zv_str){NULL, 0} : s;
}

void zv_dup_key(struct zv_dup_key *out, const struct zv_dup_record *record, struct zv_arena *arena)
{
	zv_name_keys(&out->name, record->name, arena);
	out->region = zv_str_dup(arena, zv_str_trim(record->region));
	out->inn = zv_str_dup(arena, zv_str_trim(record->inn));
	out->kpp = zv_str_dup(arena, zv_str_trim(record->kpp));
	out->ogrn = zv_str_dup(arena, zv_str_trim(record->ogrn));
	out->phone = phone_of(record->phone, arena);
	out->domain = domain_of(record->site, arena);
	out->address = folded_words(record->address, arena);
}

enum agreement { UNSTATED, SAME, DIFFERENT };

static enum agreement compare(struct zv_str a, struct zv_str b)
{
	if (a.n == 0 || b.n == 0)
		return UNSTATED;
	return zv_str_eq(a, b) ? SAME : DIFFERENT;
}

/* The score under way and its reasons. */
struct tally {
	int score;
	struct zv_buf reasons;
};

static void add_reason(struct tally *tally, const char *reason)
{
	if (tally->reasons.n > 0)
		zv_buf_add_c(&tally->reasons, "; ");
	zv_buf_add_c(&tally->reasons, reason);
}

static void weigh(struct tally *tally, enum agreement agreement, int same, const char *same_text, int different, const char *different_text)
{
	if (agreement == SAME) {
		tally->score += same;
		add_reason(tally, zv_tr(same_text));
	} else if (agreement == DIFFERENT && different_text != NULL) {
		tally->score += different;
		add_reason(tally, zv_tr(different_text));
	}
}

static void weigh_names(struct tally *tally, const struct zv_dup_key *a, const struct zv_dup_key *b)
{
	int name = zv_name_similarity(a->name.core, b->name.core);

	if (name < CERTAIN && a->name.skeleton.n > 0 && zv_str_eq(a->name.skeleton, b->name.skeleton)) {
		tally->score = SAME_SKELETON;
		add_reason(tally, zv_tr(N_("names look alike though their letters differ")));
		return;
	}
	tally->score = name;
	if (tally->reasons.n > 0)
		zv_buf_add_c(&tally->reasons, "; ");
	zv_buf_addf(&tally->reasons, zv_tr(N_("name %d of 1000")), name);
}

/* True when the ids alone decide that both are one. */
static bool ids_certain(struct tally *tally, const struct zv_dup_key *a, const struct zv_dup_key *b)
{
	bool certain = true;

	if (compare(a->ogrn, b->ogrn) == SAME)
		add_reason(tally, zv_tr(N_("same OGRN")));
	else if (compare(a->inn, b->inn) == SAME && compare(a->kpp, b->kpp) == SAME)
		add_reason(tally, zv_tr(N_("same INN and KPP")));
	else
		certain = false;
	return certain;
}

static void weigh_ids(struct tally *tally, const struct zv_dup_key *a, const struct zv_dup_key *b, struct zv_dup_rules rules)
{
	enum agreement inn = compare(a->inn, b->inn);
	enum agreement ogrn = compare(a->ogrn, b->ogrn);

	if (inn == SAME && compare(a->kpp, b->kpp) == UNSTATED) {
		tally->score = tally->score > rules.propose ? tally->score : rules.propose;
		add_reason(tally, zv_tr(N_("same INN, a KPP is missing")));
	} else if (inn == SAME) {
		tally->score = tally->score > rules.review ? tally->score : rules.review;
		add_reason(tally, zv_tr(N_("same INN, other KPP: perhaps two branches")));
	}
	if (inn == DIFFERENT)
		add_reason(tally, zv_tr(N_("other INN")));
	if (ogrn == DIFFERENT)
		add_reason(tally, zv_tr(N_("other OGRN")));
	if ((inn == DIFFERENT || ogrn == DIFFERENT) && tally->score >= rules.propose)
		tally->score = rules.propose - 1;
}

static enum zv_dup_class class_of(int score, struct zv_dup_rules rules)
{
	if (score >= rules.propose)
		return ZV_DUP_PROPOSE;
	return score >= rules.review ? ZV_DUP_REVIEW : ZV_DUP_NONE;
}

void zv_dup_score(struct zv_dup_result *out, const struct zv_dup_key *a, const struct zv_dup_key *b, struct zv_dup_rules rules,
		  struct zv_arena *arena)
{
	struct tally tally = {0};

	zv_buf_init(&tally.reasons, 0);
	if (ids_certain(&tally, a, b)) {
		*out = (struct zv_dup_result){CERTAIN, ZV_DUP_CERTAIN, zv_str_dup(arena, zv_buf_str(&tally.reasons))};
		zv_buf_done(&tally.reasons);
		return;
	}
	weigh_names(&tally, a, b);
	weigh(&tally, compare(a->region, b->region), SAME_REGION, N_("same region"), OTHER_REGION, N_("other region"));
	weigh(&tally, compare(a->phone, b->phone), SAME_PHONE, N_("same phone"), 0, NULL);
	weigh(&tally, compare(a->domain, b->domain), SAME_DOMAIN, N_("same site"), 0, NULL);
	weigh(&tally, compare(a->address, b->address), SAME_ADDRESS, N_("same address"), 0, NULL);
	if (compare(a->name.form, b->name.form) == DIFFERENT)
		weigh(&tally, DIFFERENT, 0, NULL, OTHER_FORM, N_("other legal form"));
	weigh_ids(&tally, a, b, rules);
	/* Only ids make a pair certain. */
	tally.score = tally.score < 0 ? 0 : tally.score >= CERTAIN ? CERTAIN - 1 : tally.score;
	*out = (struct zv_dup_result){tally.score, class_of(tally.score, rules), zv_str_dup(arena, zv_buf_str(&tally.reasons))};
	zv_buf_done(&tally.reasons);
}

/* The first letters of a word, whole characters. */
static struct zv_str beginning(struct zv_str word)
{
	struct zv_str rest = word;
	uint32_t c;

	for (int i = 0; i < BLOCK_LETTERS && zv_utf8_next(&c, &rest); i++)
		;
	return zv_str_first(word, word.n - rest.n);
}

size_t zv_dup_blocks(struct zv_str out[ZV_DUP_BLOCKS], const struct zv_dup_key *key, struct zv_arena *arena)
{
	const struct {
		const char *kind;
		struct zv_str value;
	} fields[] = {{"inn", key->inn}, {"ogrn", key->ogrn}, {"phone", key->phone}, {"site", key->domain}, {"look", key->name.skeleton}};
	struct zv_str rest = key->name.core;
	struct zv_str word;
	size_t n = 0;

	for (size_t i = 0; i < ZV_LEN(fields); i++) {
		if (fields[i].value.n > 0)
			out[n++] = zv_arena_strf(arena, "%s:%.*s", fields[i].kind, ZV_STR_FMT(fields[i].value));
	}
	while (rest.n > 0 && n < ZV_DUP_BLOCKS && zv_str_split(&word, &rest, ' ')) {
		if (zv_utf8_count(word) >= 3)
			out[n++] = zv_arena_strf(arena, "word:%.*s", ZV_STR_FMT(beginning(word)));
	}
	return n;
}

static void side(char out[ZV_DIGEST_HEX], const struct zv_dup_key *key)
{
	const struct zv_str fields[] = {key->name.core, key->name.form, key->address, key->inn, key->kpp, key->ogrn};
	struct zv_buf text;

	zv_buf_init(&text, 0);
	for (size_t i = 0; i < ZV_LEN(fields); i++)
		zv_buf_addf(&text, "%zu:%.*s,", fields[i].n, ZV_STR_FMT(fields[i]));
	zv_digest_hex(out, zv_buf_str(&text));
	zv_buf_done(&text);
}

void zv_dup_fingerprint(char out[ZV_DIGEST_HEX], const struct zv_dup_key *a, const struct zv_dup_key *b)
{
	char one[ZV_DIGEST_HEX];
	char other[ZV_DIGEST_HEX];
	char both[ZV_DIGEST_HEX * 2];
	bool swap;

	side(one, a);
	side(other, b);
	swap = strcmp(one, other) > 0;
	memcpy(both, swap ? other : one, ZV_DIGEST_HEX - 1);
	memcpy(both + ZV_DIGEST_HEX - 1, swap ? one : other, ZV_DIGEST_HEX - 1);
	zv_digest_hex(out, (struct zv_str){both, 2 * (ZV_DIGEST_HEX - 1)});
}
