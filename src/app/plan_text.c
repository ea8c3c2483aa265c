/* One sentence a code, and what would change it. */
#include "app/plan_text.h"

#include "app/lots_text.h"
#include "base/tr.h"
#include "model/money.h"
#include "model/quantity.h"

#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* every format is a constant msgid; msgfmt -c checks the translations */

enum { PPM = 1000000, URUB_A_KOP = 10000, MILLI = 1000, SUM_MOST = 100000 /* five figures */ };

/* --- amounts ------------------------------------------------------------------------------------------------------------- */

int64_t zv_plan_quanta(enum zv_dim dim)
{
	return dim == ZV_DIM_PIECE ? ZV_PLAN_UNIT : 1;
}

int64_t zv_plan_unit_base(enum zv_dim dim)
{
	return ZV_PLAN_UNIT / zv_plan_quanta(dim);
}

struct zv_price zv_plan_price(int64_t urub, enum zv_dim dim)
{
	return (struct zv_price){urub, URUB_A_KOP * zv_plan_unit_base(dim)};
}

struct zv_str zv_plan_price_text(int64_t urub, enum zv_dim dim, struct zv_arena *arena)
{
	char text[ZV_PRICE_TEXT];

	zv_price_format(text, zv_plan_price(urub, dim), dim);
	return zv_str_dup(arena, zv_str_c(text));
}

struct zv_str zv_plan_qty_text(int64_t base, enum zv_dim dim, struct zv_arena *arena)
{
	return zv_lots_qty(base, dim, arena);
}

struct zv_str zv_plan_sum_text(int64_t base, enum zv_dim dim, struct zv_arena *arena)
{
	int64_t unit = 1, rounded;

	while (base / unit >= SUM_MOST)
		unit *= 10;
	if (!zv_add(&rounded, base, unit / 2))
		rounded = base;
	return zv_plan_qty_text(rounded / unit * unit, dim, arena);
}

struct zv_str zv_plan_money_text(int64_t kop, struct zv_arena *arena)
{
	char text[ZV_MONEY_TEXT];

	zv_money_format(text, kop);
	return zv_str_dup(arena, zv_str_c(text));
}

struct zv_str zv_plan_period_text(int32_t quarter, struct zv_arena *arena)
{
	char text[ZV_DATE_TEXT];

	zv_quarter_format(text, quarter);
	return zv_str_dup(arena, zv_str_c(text));
}

struct zv_str zv_plan_ppm_text(int64_t ppm, struct zv_arena *arena)
{
	int64_t hundredths = ppm / 100; /* cut, not rounded: 99.999 % is not all */
	bool russian = zv_str_eq_c(zv_str_c(zv_tr_lang()), "ru");

	return zv_arena_strf(arena, "%" PRId64 "%c%02" PRId64 " %%", hundredths / 100, russian ? ',' : '.', hundredths % 100);
}

int64_t zv_plan_gap_ppm(int64_t objective_kop, int64_t bound_kop, int64_t constant_kop)
{
	zv_i128 over = (zv_i128)objective_kop - bound_kop;
	zv_i128 of = (zv_i128)objective_kop - constant_kop;

	if (over <= 0)
		return 0;
	return of > 0 ? (int64_t)((over * PPM + of - 1) / of) : -1;
}

/* --- why ------------------------------------------------------------------------------------------------------------------- */

static bool code_is(const struct zv_plan_words *w, const char *code)
{
	return zv_str_eq_c(w->code, code);
}

/* The n-th number of the detail, from 0; -1 when there is none. */
static int64_t detail_number(const struct zv_plan_words *w, int n)
{
	struct zv_str part, rest = w->detail;
	int64_t number;

	while (zv_str_split(&part, &rest, ' '))
		if (n-- == 0)
			return zv_str_int(&number, part) ? number : -1;
	return -1;
}

static const char *qty(const struct zv_plan_words *w, int64_t base, struct zv_arena *arena)
{
	return zv_plan_qty_text(base, w->dim, arena).p;
}

static const char *price(const struct zv_plan_words *w, int64_t urub, struct zv_arena *arena)
{
	return zv_plan_price_text(urub, w->dim, arena).p;
}

struct zv_str zv_plan_figure_text(const struct zv_plan_words *w, struct zv_arena *arena)
{
	switch (w->kind) {
	case ZV_PLAN_FIG_QTY:
		return zv_plan_qty_text(w->figure, w->dim, arena);
	case ZV_PLAN_FIG_PRICE:
		return zv_plan_price_text(w->figure, w->dim, arena);
	case ZV_PLAN_FIG_MONEY:
		return zv_plan_money_text(w->figure, arena);
	case ZV_PLAN_FIG_PERIODS:
		return zv_arena_strf(arena, zv_tr_n("%" PRId64 " quarter", "%" PRId64 " quarters", w->figure), w->figure);
	case ZV_PLAN_FIG_HOURS: /* capacity is stated in the unit of the item: one hour of the engine is one unit */
		return zv_plan_qty_text(w->figure * zv_plan_unit_base(w->dim) / MILLI, w->dim, arena);
	case ZV_PLAN_FIG_DAYS:
		return zv_arena_strf(arena, zv_tr_n("%" PRId64 " day", "%" PRId64 " days", w->figure), w->figure);
	default:
		return ZV_STR("");
	}
}

static struct zv_str nomaker_text(const struct zv_plan_words *w, struct zv_arena *arena)
{
	int64_t needs = detail_number(w, 0), base = detail_number(w, 1);
	struct zv_str text = zv_str_c(zv_tr(N_("nobody in the registers offers this")));

	if (w->input.n > 0)
		text = zv_arena_strf(arena, zv_tr(N_("nobody in the registers offers this; what comes nearest is %.*s")), ZV_STR_FMT(w->input));
	if (needs <= 0)
		return text;
	return zv_arena_strf(arena, zv_tr_n("%.*s; %" PRId64 " need waits for a maker: %s", "%.*s; %" PRId64 " needs wait for a maker: %s", needs), ZV_STR_FMT(text),
			     needs, qty(w, base, arena));
}

static struct zv_str controlled_text(const struct zv_plan_words *w, struct zv_arena *arena)
{
	if (zv_str_eq_c(w->detail, "buyer"))
		return zv_str_c(zv_tr(N_("a controlled substance: the buyer has no record of a permit")));
	if (zv_str_eq_c(w->detail, "maker"))
		return zv_str_c(zv_tr(N_("a controlled substance: the maker has no record of a permit")));
	return zv_arena_strf(arena, "%s", zv_tr(N_("a controlled substance: buyer and maker need records of a permit")));
}

static struct zv_str lead_text(const struct zv_plan_words *w, struct zv_arena *arena)
{
	char ready[ZV_DATE_TEXT], due[ZV_DATE_TEXT];

	if (w->kind != ZV_PLAN_FIG_DAYS)
		return zv_arena_strf(arena, zv_tr_n("the earliest delivery is %" PRId64 " quarter too late", "the earliest delivery is %" PRId64 " quarters too late", w->figure),
				     w->figure);
	zv_date_format(ready, (zv_date)detail_number(w, 0));
	zv_date_format(due, (zv_date)detail_number(w, 1));
	return zv_arena_strf(arena, zv_tr_n("ready %s, needed %s (%" PRId64 " day late)", "ready %s, needed %s (%" PRId64 " days late)", w->figure), ready, due,
			     w->figure);
}

static struct zv_str moq_text(const struct zv_plan_words *w, struct zv_arena *arena)
{
	int64_t moq = detail_number(w, 0);

	if (moq < w->figure)
		return zv_arena_strf(arena, zv_tr(N_("the smallest order is not reached: short by %s")), qty(w, w->figure, arena));
	return zv_arena_strf(arena, zv_tr(N_("the pool stands at %s of %s: short by %s")), qty(w, moq - w->figure, arena), qty(w, moq, arena),
			     qty(w, w->figure, arena));
}

static struct zv_str price_text(const struct zv_plan_words *w, struct zv_arena *arena)
{
	int64_t from = detail_number(w, 0);
	const char *delivered = price(w, w->ceiling_urub + w->figure, arena);

	if (from <= 0)
		return zv_arena_strf(arena, zv_tr(N_("the lowest delivered price %s is above the ceiling %s")), delivered, price(w, w->ceiling_urub, arena));
	return zv_arena_strf(arena, zv_tr(N_("the lowest delivered price %s, at an order of %s, is above the ceiling %s")), delivered, qty(w, from, arena),
			     price(w, w->ceiling_urub, arena));
}

static struct zv_str capacity_text(const struct zv_plan_words *w, struct zv_arena *arena)
{
	struct zv_str lack = zv_plan_figure_text(w, arena);

	if (w->period == 0)
		return zv_arena_strf(arena, zv_tr(N_("the capacity is taken by needs of higher value: short by %.*s")), ZV_STR_FMT(lack));
	return zv_arena_strf(arena, zv_tr(N_("the capacity of %s is taken by needs of higher value: short by %.*s")),
			     zv_plan_period_text(w->period, arena).p, ZV_STR_FMT(lack));
}

static struct zv_str plain_text(const struct zv_plan_words *w, struct zv_arena *arena)
{
	static const struct {
		const char *code;
		const char *msgid;
	} plain[] = {
		{"VALIDITY", N_("the offer is no longer valid")},
		{"PARCEL", N_("the need takes one order alone, and none has that much left")},
		{"SHARE", N_("the maker has the largest share that one maker may have")},
		{"SEARCH", N_("no reason could be proved: a longer search may still place it")},
		{"UNIT", N_("the units of need and offer have no conversion")},
		{"NOPRICE", N_("the maker states no price: ask him")},
		{"NOITEM", N_("no item is named: give a CAS number, an own code or a name of the register")},
		{"NOQUANTITY", N_("the quantity is not stated in a unit that can be added up")},
		{"HELD", N_("held until a permit record is there")},
		{"TOOLARGE", N_("the quantity is above what one plan can hold: part the need")},
	};

	for (size_t i = 0; i < ZV_LEN(plain); i++)
		if (zv_str_eq_c(w->code, plain[i].code))
			return zv_str_c(zv_tr(plain[i].msgid));
	return zv_arena_strf(arena, "%.*s", ZV_STR_FMT(w->code));
}

static struct zv_str sentence(const struct zv_plan_words *w, struct zv_arena *arena)
{
	if (code_is(w, "NOMAKER"))
		return nomaker_text(w, arena);
	if (code_is(w, "CONTROLLED"))
		return controlled_text(w, arena);
	if (code_is(w, "LEAD"))
		return lead_text(w, arena);
	if (code_is(w, "PRICE"))
		return price_text(w, arena);
	if (code_is(w, "MOQ"))
		return moq_text(w, arena);
	if (code_is(w, "LAUNCH"))
		return zv_arena_strf(arena, zv_tr(N_("the volume is there, but %s of the cost of the launch are not earned")), zv_plan_figure_text(w, arena).p);
	if (code_is(w, "CAPACITY"))
		return capacity_text(w, arena);
	if (code_is(w, "PRIORITY") && w->displaced > 0)
		return zv_arena_strf(arena, zv_tr(N_("needs of priority %d would have to give way")), w->displaced);
	if (code_is(w, "PRIORITY"))
		return zv_str_c(zv_tr(N_("other needs, which are served, would have to give way")));
	if (code_is(w, "INPUT"))
		return zv_arena_strf(arena, zv_tr(N_("an input is missing one level down: %.*s")), ZV_STR_FMT(w->input));
	if (code_is(w, "PROPERTY"))
		return w->detail.n > 0 ? w->detail : zv_str_c(zv_tr(N_("a hard requirement is not met")));
	return plain_text(w, arena);
}

struct zv_str zv_plan_why_text(const struct zv_plan_words *words, struct zv_arena *arena)
{
	struct zv_str text = sentence(words, arena);

	if (words->maker.n == 0 || code_is(words, "NOMAKER"))
		return text;
	return zv_arena_strf(arena, "%.*s: %.*s", ZV_STR_FMT(words->maker), ZV_STR_FMT(text));
}

/* --- what would change it ------------------------------------------------------------------------------------------------------ */

static struct zv_plan_words second_of(const struct zv_plan_words *words)
{
	struct zv_plan_words also = *words;

	also.code = words->also;
	also.kind = words->also_kind;
	also.figure = words->also_figure;
	return also;
}

struct zv_str zv_plan_also_text(const struct zv_plan_words *words, struct zv_arena *arena)
{
	const struct zv_plan_words also = second_of(words);

	return words->also.n > 0 ? zv_plan_figure_text(&also, arena) : ZV_STR("");
}

static struct zv_str one_flip(const struct zv_plan_words *w, struct zv_arena *arena)
{
	struct zv_str figure = zv_plan_figure_text(w, arena);
	static const struct {
		const char *code;
		const char *msgid; /* with the figure */
	} flips[] = {
		{"LEAD", N_("if it may arrive %.*s later")},
		{"PRICE", N_("if its ceiling is %.*s higher")},
		{"MOQ", N_("if the pool grows by %.*s")},
		{"LAUNCH", N_("if the pool pays %.*s more, or the launch costs that much less")},
		{"CAPACITY", N_("if the maker has %.*s more capacity")},
	};

	for (size_t i = 0; i < ZV_LEN(flips); i++)
		if (code_is(w, flips[i].code) && figure.n > 0)
			return zv_arena_strf(arena, zv_tr(flips[i].msgid), ZV_STR_FMT(figure));
	if (code_is(w, "CONTROLLED"))
		return zv_str_c(zv_tr(N_("if the permits are recorded")));
	if (code_is(w, "VALIDITY"))
		return zv_str_c(zv_tr(N_("if the maker renews the offer")));
	if (code_is(w, "PARCEL"))
		return zv_str_c(zv_tr(N_("if it may be split")));
	if (code_is(w, "PRIORITY"))
		return zv_str_c(zv_tr(N_("if it is more urgent than the needs that are served")));
	if (code_is(w, "NOPRICE"))
		return zv_str_c(zv_tr(N_("if the maker states a price")));
	if (code_is(w, "PROPERTY"))
		return zv_str_c(zv_tr(N_("if the maker meets the requirement, or it is not a hard one")));
	return ZV_STR("");
}

struct zv_str zv_plan_flip_text(const struct zv_plan_words *words, struct zv_arena *arena)
{
	const struct zv_plan_words also = second_of(words);
	struct zv_str first = one_flip(words, arena), second;

	second = words->also.n > 0 ? one_flip(&also, arena) : ZV_STR("");
	if (first.n == 0 || second.n == 0)
		return first;
	return zv_arena_strf(arena, zv_tr(N_("%.*s, and %.*s")), ZV_STR_FMT(first), ZV_STR_FMT(second));
}

struct zv_str zv_plan_why_title(struct zv_str code)
{
	static const struct {
		const char *code;
		const char *msgid;
	} titles[] = {
		{"NOMAKER", N_("No maker in the registers")},
		{"CONTROLLED", N_("A permit is missing")},
		{"VALIDITY", N_("The offer is no longer valid")},
		{"LEAD", N_("Delivery would be too late")},
		{"PRICE", N_("The price is above the ceiling")},
		{"MOQ", N_("The smallest order is not reached")},
		{"LAUNCH", N_("The cost of the launch is not earned")},
		{"CAPACITY", N_("The capacity is taken")},
		{"PARCEL", N_("It cannot be split")},
		{"PRIORITY", N_("More urgent needs come first")},
		{"INPUT", N_("An input is missing")},
		{"SHARE", N_("The maker has its largest share")},
		{"SEARCH", N_("No reason could be proved")},
		{"PROPERTY", N_("A hard requirement is not met")},
		{"UNIT", N_("The units have no conversion")},
		{"NOPRICE", N_("The maker states no price")},
		{"NOITEM", N_("No item is named")},
		{"NOQUANTITY", N_("The quantity is not stated")},
		{"HELD", N_("Held until a permit is there")},
		{"TOOLARGE", N_("The quantity is too large for a plan")},
	};

	for (size_t i = 0; i < ZV_LEN(titles); i++)
		if (zv_str_eq_c(code, titles[i].code))
			return zv_str_c(zv_tr(titles[i].msgid));
	return code;
}

/* --- near a launch ---------------------------------------------------------------------------------------------------------------- */

struct zv_str zv_plan_unlock_text(const struct zv_plan_unlock_words *w, struct zv_arena *arena)
{
	const char *pool = zv_plan_qty_text(w->pool_base, w->dim, arena).p;
	const char *when = zv_plan_period_text(w->period, arena).p;
	struct zv_str lack = w->lack_base > 0 ? zv_plan_qty_text(w->lack_base, w->dim, arena) : zv_plan_money_text(w->lack_kop, arena);
	struct zv_str text;

	if (w->lack_base > 0)
		text = zv_arena_strf(arena, zv_tr(N_("%.*s, %.*s, %s: the pool stands at %s, short by %.*s")), ZV_STR_FMT(w->maker), ZV_STR_FMT(w->item), when,
				     pool, ZV_STR_FMT(lack));
	else
		text = zv_arena_strf(arena, zv_tr(N_("%.*s, %.*s, %s: the pool of %s does not earn %.*s of the cost")), ZV_STR_FMT(w->maker), ZV_STR_FMT(w->item),
				     when, pool, ZV_STR_FMT(lack));
	if (w->extra_base <= 0)
		return text;
	return zv_arena_strf(arena, zv_tr(N_("%.*s; %s more from %.*s at %s would launch it")), ZV_STR_FMT(text),
			     zv_plan_qty_text(w->extra_base, w->dim, arena).p, ZV_STR_FMT(w->region), zv_plan_price_text(w->extra_urub, w->dim, arena).p);
}

struct zv_str zv_plan_joiner_text(int64_t qty_base, int64_t raise_urub, enum zv_dim dim, struct zv_arena *arena)
{
	const char *quantity = zv_plan_qty_text(qty_base, dim, arena).p;

	if (raise_urub == 0)
		return zv_arena_strf(arena, zv_tr(N_("%s would join if its delivery could move by a quarter")), quantity);
	return zv_arena_strf(arena, zv_tr(N_("%s would join if its ceiling were %s higher")), quantity, zv_plan_price_text(raise_urub, dim, arena).p);
}

struct zv_str zv_plan_next_tier_text(int64_t lack_base, int64_t saves_urub, enum zv_dim dim, struct zv_arena *arena)
{
	return zv_arena_strf(arena, zv_tr(N_("%s more brings the order to the next price: every member saves %s")),
			     zv_plan_qty_text(lack_base, dim, arena).p, zv_plan_price_text(saves_urub, dim, arena).p);
}

struct zv_str zv_plan_missing_text(int64_t needs, int64_t regions, int64_t moq_base, int64_t price_urub, enum zv_dim dim, struct zv_arena *arena)
{
	struct zv_str where = zv_arena_strf(arena, zv_tr_n("in %" PRId64 " region", "in %" PRId64 " regions", regions), regions);

	return zv_arena_strf(arena,
			     zv_tr_n("a maker with a smallest order below %s and a delivered price below %s would serve %" PRId64 " need %.*s",
				     "a maker with a smallest order below %s and a delivered price below %s would serve %" PRId64 " needs %.*s", needs),
			     zv_plan_qty_text(moq_base, dim, arena).p, zv_plan_price_text(price_urub, dim, arena).p, needs, ZV_STR_FMT(where));
}

struct zv_str zv_plan_hour_text(int32_t period, int64_t price_urub, enum zv_dim dim, struct zv_arena *arena)
{
	return zv_arena_strf(arena, zv_tr(N_("one more %s of capacity in %s is worth %s")), zv_plan_qty_text(zv_plan_unit_base(dim), dim, arena).p,
			     zv_plan_period_text(period, arena).p, zv_plan_money_text(price_urub / URUB_A_KOP, arena).p);
}
