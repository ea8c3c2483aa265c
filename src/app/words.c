/* One table of words. */
#include "app/words.h"

#include <string.h>

#include "base/tr.h"
#include "base/utf8.h"
#include "model/unit.h"

static const struct zv_word words[] = {
	{ ZV_LIST_STATES, "draft", "draft", "черновик", NULL },
	{ ZV_LIST_STATES, "interest", "interest", "интерес", NULL },
	{ ZV_LIST_STATES, "declared", "declared", "заявлена", "заявлено|объявлена" },
	{ ZV_LIST_STATES, "confirmed", "confirmed", "подтверждена", "подтверждено" },
	{ ZV_LIST_STATES, "contracted", "contracted", "по договору", "законтрактована|договор" },
	{ ZV_LIST_STATES, "closed", "closed", "закрыта", "закрыто" },
	{ ZV_LIST_STATES, "held", "held", "ждёт разрешения", "ждет разрешения" },
	{ ZV_LIST_ORG_KINDS, "enterprise", "enterprise", "предприятие", "завод|организация" },
	{ ZV_LIST_ORG_KINDS, "institute", "institute", "институт", "нии" },
	{ ZV_LIST_ORG_KINDS, "university", "university", "университет", "вуз" },
	{ ZV_LIST_ORG_KINDS, "service", "service", "услуги", "сервис|сервисная организация|service firm" },
	{ ZV_LIST_ORG_KINDS, "centre", "centre", "центр", "center|региональный центр" },
	{ ZV_LIST_ORG_KINDS, "authority", "authority", "орган власти", "ведомство|министерство" },
	{ ZV_LIST_ORG_KINDS, "fund", "fund", "фонд", NULL },
	{ ZV_LIST_ORG_KINDS, "other", "other", "иное", "другое" },
	{ ZV_LIST_YES_NO, "1", "yes", "да", "true|y|+|д" },
	{ ZV_LIST_YES_NO, "0", "no", "нет", "false|n|-|н" },
	{ ZV_LIST_VISIBILITY, "centre", "own centre", "свой центр", "только свой центр|center|own centre only" },
	{ ZV_LIST_VISIBILITY, "matched", "matched makers", "подходящим изготовителям", "matched makers only" },
	{ ZV_LIST_VISIBILITY, "association", "association", "ассоциации", "ассоциация|association only" },
	{ ZV_LIST_VISIBILITY, "public", "public", "всем", "публично|открыто" },
	{ ZV_LIST_STATUS, "declared", "declared", "заявлено", NULL },
	{ ZV_LIST_STATUS, "confirmed_document", "confirmed by document", "подтверждено документом", NULL },
	{ ZV_LIST_STATUS, "confirmed_centre", "confirmed by centre", "подтверждено центром", NULL },
	{ ZV_LIST_RELATIONS, "exact", "exact", "точное", "=" },
	{ ZV_LIST_RELATIONS, "broader", "broader", "шире", ">" },
	{ ZV_LIST_RELATIONS, "narrower", "narrower", "уже", "<" },
	{ ZV_LIST_RELATIONS, "partial", "partial", "частичное", "~" },
	{ ZV_LIST_SUBSTITUTE_STATES, "proposed", "proposed", "предложена", "предложен|предложено" },
	{ ZV_LIST_SUBSTITUTE_STATES, "tested", "tested", "испытана", "испытан|испытано" },
	{ ZV_LIST_SUBSTITUTE_STATES, "qualified", "qualified", "допущена", "допущен|допущено" },
	{ ZV_LIST_ACTIONS, "refuse", "refuse", "отказать", NULL },
	{ ZV_LIST_ACTIONS, "refuse_without_permit", "refuse without permit", "отказать без разрешения", NULL },
	{ ZV_LIST_ACTIONS, "permit_check", "permit check", "проверить разрешение", NULL },
	{ ZV_LIST_ACTIONS, "info", "info", "к сведению", NULL },
	{ ZV_LIST_MATCH_KINDS, "cas", "cas", "номер cas", NULL },
	{ ZV_LIST_MATCH_KINDS, "okpd2_prefix", "okpd2 prefix", "начало кода окпд2", NULL },
	{ ZV_LIST_MATCH_KINDS, "family", "family", "семейство", NULL },
	{ ZV_LIST_CLUSTER_STATES, "planned", "planned", "планируемый", "планируется|создаётся" },
	{ ZV_LIST_CLUSTER_STATES, "filed", "application filed", "подана заявка", "заявка|подана" },
	{ ZV_LIST_CLUSTER_STATES, "in_register", "in the register", "в реестре", "включён в реестр|включен в реестр" },
	{ ZV_LIST_CLUSTER_STATES, "excluded", "excluded", "исключён", "исключен|исключен из реестра" },
	{ ZV_LIST_CLUSTER_STATES, "liquidation", "in liquidation", "в ликвидации", "ликвидация|ликвидируется" },
	{ ZV_LIST_MEMBER_ROLES, "final_producer", "final producer", "конечный производитель", "конечная продукция" },
	{ ZV_LIST_MEMBER_ROLES, "supplier", "supplier", "поставщик", "производитель компонентов" },
	{ ZV_LIST_MEMBER_ROLES, "service", "service", "услуги", "сервис" },
	{ ZV_LIST_MEMBER_ROLES, "education", "education", "образование", "образовательная организация" },
	{ ZV_LIST_MEMBER_ROLES, "science", "science", "наука", "научная организация" },
	{ ZV_LIST_MEMBER_ROLES, "infrastructure", "infrastructure", "инфраструктура", "инфраструктурная организация" },
	{ ZV_LIST_MEMBER_ROLES, "other", "other", "иное", "другое" },
	{ ZV_LIST_CONTRACT_KINDS, "supply", "supply", "поставка", "купля-продажа" },
	{ ZV_LIST_CONTRACT_KINDS, "service", "work or service", "работы или услуги", "услуги|работы|подряд" },
	{ ZV_LIST_CONTRACT_KINDS, "joint_project", "joint project", "совместный проект", NULL },
	{ ZV_LIST_CONTRACT_KINDS, "spic", "special investment contract", "специальный инвестиционный контракт", "спик" },
	{ ZV_LIST_CONTRACT_KINDS, "other", "other", "иное", "другое" },
	{ ZV_LIST_PROJECT_KINDS, "joint", "joint", "совместный", "совместный проект" },
	{ ZV_LIST_PROJECT_KINDS, "design_documentation", "design documentation", "конструкторская документация", "кд" },
	{ ZV_LIST_PROJECT_KINDS, "technological_regulation", "technological regulation", "технологический регламент", "регламент" },
	{ ZV_LIST_PROJECT_KINDS, "rnd", "research and development", "НИОКР", "исследования и разработки|r&d" },
	{ ZV_LIST_PROJECT_KINDS, "investment", "investment", "инвестиционный", "инвестиции" },
	{ ZV_LIST_PROJECT_KINDS, "engineering_centre", "engineering centre", "инжиниринговый центр", NULL },
	{ ZV_LIST_PROJECT_KINDS, "export", "export", "экспортный", "экспорт" },
	{ ZV_LIST_PROJECT_KINDS, "other", "other", "иное", "другой|другое" },
	{ ZV_LIST_PROJECT_STATES, "idea", "idea", "замысел", "идея" },
	{ ZV_LIST_PROJECT_STATES, "active", "active", "идёт", "идет|выполняется|действует" },
	{ ZV_LIST_PROJECT_STATES, "done", "done", "завершён", "завершен|выполнен" },
	{ ZV_LIST_PROJECT_STATES, "stopped", "stopped", "остановлен", NULL },
	{ ZV_LIST_PROJECT_ROLES, "buyer", "buyer", "покупатель", "потребитель" },
	{ ZV_LIST_PROJECT_ROLES, "supplier", "supplier", "поставщик", "изготовитель" },
	{ ZV_LIST_PROJECT_ROLES, "developer", "developer", "разработчик", NULL },
	{ ZV_LIST_PROJECT_ROLES, "service", "service", "услуги", "сервис" },
	{ ZV_LIST_PROJECT_ROLES, "investor", "investor", "инвестор", NULL },
	{ ZV_LIST_INFRA_KINDS, "sez", "special economic zone", "особая экономическая зона", "оэз" },
	{ ZV_LIST_INFRA_KINDS, "industrial_park", "industrial park", "индустриальный парк", "промышленный парк" },
	{ ZV_LIST_INFRA_KINDS, "technopark", "technopark", "технопарк", "технологический парк" },
	{ ZV_LIST_INFRA_KINDS, "engineering_centre", "engineering centre", "инжиниринговый центр", NULL },
	{ ZV_LIST_INFRA_KINDS, "shared_lab", "shared laboratory", "лаборатория общего пользования", "цкп|центр коллективного пользования" },
	{ ZV_LIST_INFRA_KINDS, "advanced_territory", "territory of advanced development", "территория опережающего развития", "тор|тосэр" },
	{ ZV_LIST_INFRA_KINDS, "logistics", "logistics", "логистика", "склад" },
	{ ZV_LIST_INFRA_KINDS, "other", "other", "иное", "другое" },
	{ ZV_LIST_INFRA_STATES, "planned", "planned", "планируется", "строится" },
	{ ZV_LIST_INFRA_STATES, "acting", "acting", "действует", "действующий" },
	{ ZV_LIST_INFRA_STATES, "closed", "closed", "закрыт", NULL },
	{ ZV_LIST_INPUT_KINDS, "essential", "essential", "обязательное", "обязательный|критическое" },
	{ ZV_LIST_INPUT_KINDS, "important", "important", "важное", "важный" },
	{ ZV_LIST_INPUT_KINDS, "non_essential", "non-essential", "необязательное", "необязательный|неважное" },
	{ ZV_LIST_SOURCE_STATES, "proposed", "proposed", "предложен", "предложена" },
	{ ZV_LIST_SOURCE_STATES, "qualified", "qualified", "допущен", "допущена|резерв" },
	{ ZV_LIST_SOURCE_STATES, "used", "used", "используется", "действует" },
};

static bool same(struct zv_str folded, const char *word, struct zv_buf *other)
{
	zv_buf_reset(other);
	zv_utf8_fold(other, zv_str_c(word));
	return zv_str_eq(folded, zv_buf_str(other));
}

static bool is_word(const struct zv_word *word, struct zv_str folded, struct zv_buf *other)
{
	struct zv_str part, rest = zv_str_c(word->also);

	if (same(folded, word->key, other) || same(folded, word->en, other) || same(folded, word->ru, other))
		return true;
	while (rest.n > 0 && zv_str_split(&part, &rest, '|')) {
		zv_buf_reset(other);
		zv_utf8_fold(other, part);
		if (zv_str_eq(folded, zv_buf_str(other)))
			return true;
	}
	return false;
}

const struct zv_word *zv_word_find(enum zv_import_list list, struct zv_str text)
{
	const struct zv_word *found = NULL;
	struct zv_buf folded, other;

	zv_buf_init(&folded, 0);
	zv_buf_init(&other, 0);
	zv_utf8_fold(&folded, zv_str_trim(text));
	for (size_t i = 0; i < ZV_LEN(words) && found == NULL; i++)
		if (words[i].list == list && is_word(&words[i], zv_buf_str(&folded), &other))
			found = &words[i];
	zv_buf_done(&other);
	zv_buf_done(&folded);
	return found;
}

struct zv_str zv_word_text(enum zv_import_list list, const char *key)
{
	bool ru = strcmp(zv_tr_lang(), "ru") == 0;

	for (size_t i = 0; i < ZV_LEN(words); i++)
		if (words[i].list == list && strcmp(words[i].key, key) == 0)
			return zv_str_c(ru ? words[i].ru : words[i].en);
	return zv_str_c(key);
}

struct zv_str zv_word_said(const char *key, struct zv_arena *arena)
{
	const char *text = zv_tr(key);
	size_t n = strlen(key);
	char *said;

	if (text != key || strchr(key, '_') == NULL)
		return zv_str_c(text);
	said = zv_arena_alloc(arena, n + 1);
	for (size_t i = 0; i <= n; i++)
		said[i] = (char)(key[i] == '_' ? ' ' : key[i]);
	return (struct zv_str){said, n};
}

static struct zv_str *regions_of(size_t *n, bool ru, struct zv_arena *arena)
{
	const struct zv_regions *regions = zv_regions_builtin();
	struct zv_str *out = ZV_ARENA_ARRAY(arena, struct zv_str, zv_regions_count(regions) + 1);

	*n = zv_regions_count(regions);
	for (size_t i = 0; i < *n; i++)
		out[i] = ru ? zv_regions_at(regions, i)->name_ru : zv_regions_at(regions, i)->name_en;
	return out;
}

/* The units that needs and offers are written in, not all of the classifier. */
static struct zv_str *units_of(size_t *n, bool ru, struct zv_arena *arena)
{
	struct zv_str *out = ZV_ARENA_ARRAY(arena, struct zv_str, zv_unit_count() + 1);

	*n = 0;
	for (size_t i = 0; i < zv_unit_count(); i++) {
		const struct zv_unit *unit = zv_unit_at(i);

		if (zv_dim_poolable(unit->dim) && (ru ? unit->symbol_ru : unit->symbol_en).n > 0)
			out[(*n)++] = ru ? unit->symbol_ru : unit->symbol_en;
	}
	return out;
}

struct zv_str *zv_words_of(size_t *n, enum zv_import_list list, const char *lang, struct zv_arena *arena)
{
	bool ru = strcmp(lang, "ru") == 0;
	struct zv_str *out;

	if (list == ZV_LIST_REGIONS)
		return regions_of(n, ru, arena);
	if (list == ZV_LIST_UNITS)
		return units_of(n, ru, arena);
	out = ZV_ARENA_ARRAY(arena, struct zv_str, ZV_LEN(words) + 1);
	*n = 0;
	for (size_t i = 0; i < ZV_LEN(words); i++)
		if (words[i].list == list)
			out[(*n)++] = zv_str_c(ru ? words[i].ru : words[i].en);
	return out;
}

const char *zv_list_label(enum zv_import_list list)
{
	static const char *const labels[ZV_LIST_COUNT] = {
		[ZV_LIST_NONE] = "",
		[ZV_LIST_REGIONS] = N_("Regions"),
		[ZV_LIST_UNITS] = N_("Units"),
		[ZV_LIST_STATES] = N_("States of a need"),
		[ZV_LIST_ORG_KINDS] = N_("Kinds of organisation"),
		[ZV_LIST_YES_NO] = N_("Yes or no"),
		[ZV_LIST_VISIBILITY] = N_("Visible to"),
		[ZV_LIST_STATUS] = N_("How sure"),
		[ZV_LIST_RELATIONS] = N_("Relations of codes"),
		[ZV_LIST_SUBSTITUTE_STATES] = N_("States of a substitute"),
		[ZV_LIST_ACTIONS] = N_("Actions"),
		[ZV_LIST_MATCH_KINDS] = N_("Found by"),
		[ZV_LIST_CLUSTER_STATES] = N_("States of a cluster"),
		[ZV_LIST_MEMBER_ROLES] = N_("Roles in a cluster"),
		[ZV_LIST_CONTRACT_KINDS] = N_("Kinds of contract"),
		[ZV_LIST_PROJECT_KINDS] = N_("Kinds of project"),
		[ZV_LIST_PROJECT_STATES] = N_("States of a project"),
		[ZV_LIST_PROJECT_ROLES] = N_("Roles in a project"),
		[ZV_LIST_INFRA_KINDS] = N_("Kinds of infrastructure"),
		[ZV_LIST_INFRA_STATES] = N_("States of infrastructure"),
		[ZV_LIST_INPUT_KINDS] = N_("How an input is needed"),
		[ZV_LIST_SOURCE_STATES] = N_("States of a source"),
	};

	return (unsigned)list < ZV_LIST_COUNT ? labels[list] : "";
}
