/* The public pages as HTML. Every text that comes from data goes through add_text; there is no other way into the page. */
#include "api/public_page.h"

#include <string.h>

#include "app/demand.h"
#include "base/embed.h"
#include "base/tr.h"
#include "model/quantity.h"

enum { CARDS_HOME = 12, CARDS_LIST = 50, STEPS = 5 };

struct page {
	struct zv_api_call *call;
	struct zv_buf *out;
	struct zv_disclosure_rule rule;
	struct zv_str title;
	int status;
};

/* --- text -------------------------------------------------------------------------------------------------------------------- */

/* The one way of data into the page: inside elements and inside quoted attributes alike. */
static void add_text(struct page *page, struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&':
			zv_buf_add_c(page->out, "&amp;");
			break;
		case '<':
			zv_buf_add_c(page->out, "&lt;");
			break;
		case '>':
			zv_buf_add_c(page->out, "&gt;");
			break;
		case '"':
			zv_buf_add_c(page->out, "&quot;");
			break;
		case '\'':
			zv_buf_add_c(page->out, "&#39;");
			break;
		default:
			zv_buf_add_char(page->out, s.p[i]);
		}
	}
}

/* Our own markup, never data. */
static void raw(struct page *page, const char *markup)
{
	zv_buf_add_c(page->out, markup);
}

static void add_word(struct page *page, const char *msgid)
{
	add_text(page, zv_str_c(zv_tr(msgid)));
}

static void add_number(struct page *page, int64_t value)
{
	zv_buf_addf(page->out, "%" PRId64, value);
}

/* A region, or a federal district, whose name alone is an adjective. */
static void add_place(struct page *page, struct zv_str name, bool district)
{
	add_text(page, district ? zv_arena_strf(page->call->arena, zv_tr(N_("%.*s federal district")), ZV_STR_FMT(name)) : name);
}

/* --- cards --------------------------------------------------------------------------------------------------------------------- */

static void add_codes(struct page *page, const struct zv_demand *demand)
{
	raw(page, "<p class=\"quiet small\">");
	if (demand->cas.n > 0) {
		raw(page, "CAS ");
		add_text(page, demand->cas);
	}
	if (demand->okpd2.n > 0) {
		raw(page, demand->cas.n > 0 ? " · " : "");
		add_text(page, demand->okpd2);
	}
	raw(page, "</p>");
}

static void add_card(struct page *page, const struct zv_demand *demand)
{
	raw(page, "<li><a class=\"card lot\" href=\"/demand/");
	add_text(page, demand->uid);
	raw(page, "\"><h3>");
	add_text(page, demand->name);
	raw(page, "</h3>");
	add_codes(page, demand);
	raw(page, "<p>");
	add_text(page, zv_demand_text(demand, &page->rule, page->call->arena));
	raw(page, "</p></a></li>");
}

static enum zv_code add_cards(struct page *page, const struct zv_demand_query *query, struct zv_err *err)
{
	struct zv_demand *rows;
	size_t n, total;
	enum zv_code code = zv_demand_list(&rows, &n, &total, page->call->db, query, page->call->arena, err);

	if (code != ZV_OK)
		return code;
	if (n == 0) {
		raw(page, "<p class=\"quiet\">");
		add_word(page, N_("Nothing found."));
		raw(page, "</p>");
		return ZV_OK;
	}
	raw(page, "<ul class=\"lots\">");
	for (size_t i = 0; i < n; i++)
		add_card(page, &rows[i]);
	raw(page, "</ul>");
	if (query->from + n < total) {
		raw(page, "<p><a class=\"button\" href=\"/demand\">");
		add_word(page, N_("All demand"));
		raw(page, "</a></p>");
	}
	return ZV_OK;
}

/* --- map ------------------------------------------------------------------------------------------------------------------------ */

/* Equal steps on a scale of roots, as the pages have them (web/src/views/RegionMap.tsx). */
static int step_of(int64_t value, int64_t most)
{
	int step = 0;

	if (value <= 0 || most <= 0)
		return 0;
	while (step < STEPS && (zv_i128)value * STEPS * STEPS > (zv_i128)most * step * step)
		step++;
	return step;
}

static int64_t needs_of(const struct zv_demand_region *rows, size_t n, struct zv_str code)
{
	for (size_t i = 0; i < n; i++) {
		if (!zv_str_eq(rows[i].code, code))
			continue;
		if (rows[i].needs >= 0 || rows[i].district.n == 0)
			return rows[i].needs;
		return needs_of(rows, n, rows[i].district); /* what the district shows together */
	}
	return -1;
}

static void add_shapes(struct page *page, const struct zv_demand_region *rows, size_t n, int64_t most)
{
	struct zv_str file, line, code, x, y;

	if (!zv_embed_find(&file, "data/map/ru.paths.csv"))
		return;
	(void)zv_str_split(&line, &file, '\n'); /* header */
	raw(page, "<figure class=\"region-map\"><svg viewBox=\"0 0 2000 1120\" role=\"img\" aria-label=\"");
	add_word(page, N_("Needs by region"));
	raw(page, "\">");
	while (zv_str_split(&line, &file, '\n')) {
		if (line.n == 0 || !zv_str_split(&code, &line, ',') || !zv_str_split(&x, &line, ',') || !zv_str_split(&y, &line, ','))
			continue;
		zv_buf_addf(page->out, "<path class=\"step%d\" d=\"", step_of(needs_of(rows, n, code), most));
		add_text(page, line);
		raw(page, "\"/>");
	}
	raw(page, "</svg></figure>");
}

static void add_region_rows(struct page *page, const struct zv_demand_region *rows, size_t n)
{
	raw(page, "<table class=\"table\"><thead><tr><th scope=\"col\">");
	add_word(page, N_("Region"));
	raw(page, "</th><th scope=\"col\" class=\"num\">");
	add_word(page, N_("Needs"));
	raw(page, "</th></tr></thead><tbody>");
	for (size_t i = 0; i < n; i++) {
		if (rows[i].needs <= 0)
			continue;
		raw(page, "<tr><td>");
		add_place(page, rows[i].name, rows[i].district.n == 0);
		raw(page, "</td><td class=\"num\">");
		add_number(page, rows[i].needs);
		raw(page, "</td></tr>");
	}
	raw(page, "</tbody></table>");
}

static enum zv_code add_map(struct page *page, struct zv_err *err)
{
	struct zv_demand_region *rows;
	struct zv_who nobody;
	int64_t most = 0;
	size_t n;
	enum zv_code code;

	zv_who_public(&nobody, ZV_STR(""));
	code = zv_demand_regions(&rows, &n, page->call->db, &nobody, page->call->arena, err);
	for (size_t i = 0; i < n && code == ZV_OK; i++)
		most = rows[i].needs > most ? rows[i].needs : most;
	if (code != ZV_OK)
		return code;
	raw(page, "<section class=\"section\"><h2>");
	add_word(page, N_("Where it is needed"));
	raw(page, "</h2><div class=\"card pad\">");
	add_shapes(page, rows, n, most);
	add_region_rows(page, rows, n);
	raw(page, "<p class=\"quiet small\">");
	add_word(page, N_("Where a region alone has too few buyers to be shown, its federal district is."));
	raw(page, "</p></div></section>");
	return ZV_OK;
}

/* --- pages ----------------------------------------------------------------------------------------------------------------------- */

static void add_head(struct page *page, struct zv_str title, const char *lead)
{
	raw(page, "<header class=\"head\"><div><h1>");
	add_text(page, title);
	raw(page, "</h1>");
	if (lead != NULL) {
		raw(page, "<p class=\"lead\">");
		add_word(page, lead);
		raw(page, "</p>");
	}
	raw(page, "</div></header>");
}

static enum zv_code home(struct page *page, struct zv_err *err)
{
	struct zv_demand_query query = {.limit = CARDS_HOME};
	enum zv_code code;

	page->title = zv_str_c(zv_tr(N_("Where production is awaited")));
	add_head(page, page->title, N_("Enterprises of the regions pool their needs: a shared lot pays where a single one does not."));
	raw(page, "<div class=\"stack\"><section class=\"section\"><h2>");
	add_word(page, N_("Demand looking for production"));
	raw(page, "</h2>");
	code = add_cards(page, &query, err);
	raw(page, "</section>");
	if (code == ZV_OK)
		code = add_map(page, err);
	raw(page, "</div>");
	return code;
}

static void read_query(struct zv_demand_query *query, const struct zv_target *target)
{
	struct zv_str text;

	*query = (struct zv_demand_query){.limit = CARDS_LIST};
	if (zv_target_param(&query->words, target, "q"))
		query->words = zv_str_first(zv_str_trim(query->words), 200);
	(void)zv_target_param(&query->region, target, "region");
	if (zv_target_param(&text, target, "reached_min") && !zv_str_int(&query->reached_percent, text))
		query->reached_percent = 0;
}

static enum zv_code list(struct page *page, struct zv_err *err)
{
	struct zv_demand_query query;
	enum zv_code code;

	read_query(&query, &page->call->request->target);
	page->title = zv_str_c(zv_tr(N_("Demand looking for production")));
	add_head(page, page->title, N_("Figures over several buyers. No single buyer can be seen in them."));
	raw(page, "<div class=\"stack\"><form class=\"filters\" action=\"/demand\" method=\"get\"><label class=\"grow\">");
	add_word(page, N_("Words"));
	raw(page, " <input class=\"field\" type=\"search\" name=\"q\" value=\"");
	add_text(page, query.words);
	raw(page, "\"></label><label>");
	add_word(page, N_("Confirmed, at least percent of the threshold"));
	raw(page, " <input class=\"field\" name=\"reached_min\" inputmode=\"numeric\" value=\"");
	if (query.reached_percent > 0)
		add_number(page, query.reached_percent);
	raw(page, "\"></label><button class=\"button\" type=\"submit\">");
	add_word(page, N_("Find"));
	raw(page, "</button></form>");
	code = add_cards(page, &query, err);
	raw(page, "</div>");
	return code;
}

static void add_curve(struct page *page, const struct zv_demand *demand)
{
	char text[ZV_QUANTITY_TEXT], price[ZV_PRICE_TEXT];

	if (demand->n_curve == 0)
		return;
	raw(page, "<section class=\"section\"><h2>");
	add_word(page, N_("Price by volume"));
	raw(page, "</h2><table class=\"table\"><thead><tr><th scope=\"col\" class=\"num\">");
	add_word(page, N_("Volume"));
	raw(page, "</th><th scope=\"col\" class=\"num\">");
	add_word(page, N_("Price"));
	raw(page, "</th></tr></thead><tbody>");
	for (size_t i = 0; i < demand->n_curve; i++) {
		zv_quantity_format(text, demand->curve[i].qty_base, demand->dim);
		zv_price_format(price, demand->curve[i].price, demand->dim);
		raw(page, "<tr><td class=\"num\">");
		add_text(page, zv_str_c(text));
		raw(page, "</td><td class=\"num\">");
		add_text(page, zv_str_c(price));
		raw(page, "</td></tr>");
	}
	raw(page, "</tbody></table></section>");
}

static void add_places(struct page *page, const struct zv_demand *demand)
{
	if (demand->n_places == 0)
		return;
	raw(page, "<section class=\"section\"><h2>");
	add_word(page, N_("Where it is needed"));
	raw(page, "</h2><ul>");
	for (size_t i = 0; i < demand->n_places; i++) {
		raw(page, "<li>");
		add_place(page, demand->places[i].name, demand->places[i].district);
		raw(page, ": ");
		zv_buf_addf(page->out, zv_tr_n("%lld buyer", "%lld buyers", demand->places[i].buyers), (long long)demand->places[i].buyers);
		raw(page, "</li>");
	}
	raw(page, "</ul></section>");
}

static enum zv_code item(struct page *page, struct zv_str uid, struct zv_err *err)
{
	struct zv_demand demand;
	char day[ZV_DATE_TEXT];
	enum zv_code code = zv_demand_item(&demand, page->call->db, uid, page->call->arena, err);

	if (code == ZV_E_NOTFOUND) {
		page->status = 404;
		page->title = zv_str_c(zv_tr(N_("There is no such page.")));
		add_head(page, page->title, NULL);
		return ZV_OK;
	}
	if (code != ZV_OK)
		return code;
	page->title = demand.name;
	add_head(page, page->title, NULL);
	add_codes(page, &demand);
	raw(page, "<div class=\"stack\"><div class=\"card pad\"><p>");
	add_text(page, zv_demand_text(&demand, &page->rule, page->call->arena));
	raw(page, "</p></div>");
	add_curve(page, &demand);
	add_places(page, &demand);
	if (demand.as_of != ZV_DATE_NONE) {
		zv_date_format(day, demand.as_of);
		raw(page, "<p class=\"quiet small\">");
		add_word(page, N_("As of"));
		raw(page, " ");
		add_text(page, zv_str_c(day));
		raw(page, "</p>");
	}
	raw(page, "<p><a href=\"/api/v1/public/demand/");
	add_text(page, demand.uid);
	raw(page, "\">JSON</a></p></div>");
	return ZV_OK;
}

/* --- the frame -------------------------------------------------------------------------------------------------------------------- */

static void add_frame_begin(struct page *page)
{
	raw(page, "<header class=\"top\"><div class=\"wrap\"><a class=\"mark\" href=\"/\"><img src=\"/icon.svg\" alt=\"\" width=\"30\" height=\"30\">");
	add_word(page, N_("Zveno"));
	raw(page, "</a><nav class=\"public-menu\"><a href=\"/demand\">");
	add_word(page, N_("Demand"));
	raw(page, "</a></nav></div></header><div class=\"wrap frame alone\"><main id=\"main\">");
}

static enum zv_code write_content(struct page *page, struct zv_str path, struct zv_err *err)
{
	struct zv_str demand = ZV_STR("/demand/");
	enum zv_code code;

	add_frame_begin(page);
	if (zv_str_eq_c(path, "/"))
		code = home(page, err);
	else if (zv_str_starts(path, demand))
		code = item(page, zv_str_from(path, demand.n), err);
	else
		code = list(page, err);
	raw(page, "</main></div>");
	return code;
}

/* Copies the template up to `until` and leaves what comes behind it; false when it is not there. */
static bool copy_until(struct zv_buf *out, struct zv_str *rest, struct zv_str until, bool with)
{
	ptrdiff_t at = zv_str_find(*rest, until);

	if (at < 0)
		return false;
	zv_buf_add_str(out, zv_str_first(*rest, (size_t)at + (with ? until.n : 0)));
	*rest = zv_str_from(*rest, (size_t)at + until.n);
	return true;
}

/* The start page with its language, title and content. */
static bool compose(struct page *page, struct zv_str template, struct zv_str content)
{
	struct zv_buf *out = page->call->answer->body;
	struct zv_str rest = template, dropped;

	if (!copy_until(out, &rest, ZV_STR("<html lang=\""), true) || !zv_str_split(&dropped, &rest, '"'))
		return false;
	zv_buf_addf(out, "%s\"", zv_tr_lang());
	if (!copy_until(out, &rest, ZV_STR("<title>"), true))
		return false;
	page->out = out;
	add_text(page, page->title);
	zv_buf_add_c(out, " · ");
	dropped = zv_str_first(rest, 0);
	if (!zv_str_split(&dropped, &rest, '<'))
		return false;
	add_word(page, N_("Zveno"));
	zv_buf_add_char(out, '<');
	if (!copy_until(out, &rest, ZV_STR("<div id=\"app\">"), true))
		return false;
	zv_buf_add_str(out, content);
	/* The page says all without scripts; that they are off need not be told. */
	if (copy_until(out, &rest, ZV_STR("<noscript>"), false) && zv_str_find(rest, ZV_STR("</noscript>")) >= 0)
		rest = zv_str_from(rest, (size_t)zv_str_find(rest, ZV_STR("</noscript>")) + sizeof("</noscript>") - 1);
	zv_buf_add_str(out, rest);
	return true;
}

static bool is_one(const struct zv_api_call *call)
{
	struct zv_str path = call->request->target.path;

	if (zv_str_eq_c(path, "/"))
		return zv_str_find(zv_head_field(call->request->head, call->request->bytes, "cookie"), ZV_STR("__Host-zv=")) < 0;
	return zv_str_eq_c(path, "/demand") || (zv_str_starts(path, ZV_STR("/demand/")) && path.n > sizeof("/demand/") - 1);
}

/* The first page counts all needs: it is kept until the registers or the publication change. */
static bool key_of(struct zv_str *key, uint64_t *stamp, struct zv_api_call *call)
{
	struct zv_str version;
	struct zv_err err;

	if (!zv_str_eq_c(call->request->target.path, "/") || zv_view_version(stamp, call->db, &err) != ZV_OK ||
	    zv_demand_version(&version, call->db, call->arena, &err) != ZV_OK)
		return false;
	*key = zv_arena_strf(call->arena, "page %s %.*s", zv_tr_lang(), ZV_STR_FMT(version));
	return true;
}

static bool write_page(struct page *page, struct zv_str template)
{
	struct zv_api_call *call = page->call;
	struct zv_buf content;
	struct zv_str key;
	struct zv_err err;
	uint64_t stamp = 0;
	bool done = false, kept = key_of(&key, &stamp, call);

	if (kept && zv_cache_get(call->answer->body, call->answer->etag, call->cache, key, stamp))
		return true;
	zv_buf_init(&content, 0);
	page->out = &content;
	if (zv_disclosure_rule_load(&page->rule, call->db, &err) == ZV_OK && write_content(page, call->request->target.path, &err) == ZV_OK)
		done = compose(page, template, zv_buf_str(&content));
	zv_buf_done(&content);
	if (done && kept)
		zv_cache_put(call->cache, key, stamp, zv_buf_str(call->answer->body));
	return done;
}

bool zv_public_page(struct zv_api_call *call)
{
	struct page page = {.call = call, .status = 200};
	struct zv_str template;

	if (!is_one(call) || !zv_embed_find(&template, "web/dist/index.html"))
		return false;
	if (!write_page(&page, template)) { /* without its facts the start page still is one */
		zv_buf_reset(call->answer->body);
		return false;
	}
	call->answer->status = page.status;
	call->answer->type = "text/html; charset=utf-8";
	call->answer->cache = "no-cache";
	call->answer->vary = "Accept-Language, Cookie";
	return true;
}
