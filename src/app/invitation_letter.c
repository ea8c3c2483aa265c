/*
 * The letter of an invitation. It names the contracts of the invited organisation itself; what members need and import is said in general, since
 * whose need it is may be no matter of the reader's.
 */
#include <string.h>

#include "app/invitations.h"
#include "app/tasks_inner.h"
#include "base/buf.h"
#include "base/tr.h"

struct writing {
	struct zv_buf buf;
	struct zv_arena *arena;
};

static void line(struct writing *w, struct zv_str text)
{
	zv_buf_add_str(&w->buf, text);
	zv_buf_add_char(&w->buf, '\n');
}

static void paragraph(struct writing *w, struct zv_str text)
{
	line(w, text);
	zv_buf_add_char(&w->buf, '\n');
}

static bool is_open_to_it(const struct zv_reason *reason)
{
	return reason->kind == ZV_REASON_SELLS || reason->kind == ZV_REASON_BUYS;
}

static struct zv_str own_contract(const struct zv_reason *reason, struct zv_arena *arena)
{
	struct zv_str about = zv_reason_about(reason, arena);

	if (reason->kind == ZV_REASON_SELLS)
		return zv_arena_strf(arena, zv_tr(N_("— you supply %.*s%.*s;")), ZV_STR_FMT(reason->member), ZV_STR_FMT(about));
	return zv_arena_strf(arena, zv_tr(N_("— you buy from %.*s%.*s;")), ZV_STR_FMT(reason->member), ZV_STR_FMT(about));
}

static void add_reasons(struct writing *w, const struct zv_reason *reasons, size_t n)
{
	size_t told = 0;
	bool imported = false, needed = false;

	for (size_t i = 0; i < n; i++) {
		told += is_open_to_it(&reasons[i]);
		imported = imported || reasons[i].kind == ZV_REASON_IMPORTED;
		needed = needed || reasons[i].kind == ZV_REASON_NEEDED;
	}
	if (told > 0)
		line(w, zv_str_c(zv_tr(N_("You work with members of the cluster already:"))));
	for (size_t i = 0; i < n; i++)
		if (is_open_to_it(&reasons[i]))
			line(w, own_contract(&reasons[i], w->arena));
	if (told > 0)
		zv_buf_add_char(&w->buf, '\n');
	if (imported)
		paragraph(w, zv_str_c(zv_tr(N_("Members of the cluster import what you could supply."))));
	else if (needed)
		paragraph(w, zv_str_c(zv_tr(N_("Members of the cluster need what you could supply."))));
}

static void add_effect(struct writing *w, const struct zv_effect *effect)
{
	if (effect->pack.n == 0)
		return;
	if (effect->after.passed > effect->before.passed)
		paragraph(w, zv_arena_strf(w->arena,
					   zv_tr(N_("With you the cluster would meet %d criteria of %d of “%.*s”; without you it meets %d.")), effect->after.passed,
					   effect->after.passed + effect->after.failed + effect->after.unknown, ZV_STR_FMT(effect->pack_title),
					   effect->before.passed));
}

struct zv_str zv_invitation_letter(const struct zv_cluster *cluster, struct zv_str specialised, struct zv_str org, const struct zv_reason *reasons, size_t n,
				   const struct zv_effect *effect, zv_date today, zv_date due, struct zv_arena *arena)
{
	struct writing w = {.arena = arena};
	struct zv_str name = zv_cluster_title(cluster);
	struct zv_str out;

	zv_buf_init(&w.buf, 0);
	paragraph(&w, zv_task_date(today, arena));
	paragraph(&w, zv_arena_strf(arena, zv_tr(N_("To: %.*s")), ZV_STR_FMT(org)));
	paragraph(&w, zv_arena_strf(arena, zv_tr(N_("Invitation to join the industrial cluster: %.*s")), ZV_STR_FMT(name)));
	paragraph(&w, zv_str_c(zv_tr(N_("We invite you to take part in the cluster. Its members supply one another, carry out joint projects and may apply for the "
					"measures of support that are there for members of registered clusters."))));
	add_reasons(&w, reasons, n);
	add_effect(&w, effect);
	if (due != ZV_DATE_NONE)
		paragraph(&w, zv_arena_strf(arena, zv_tr(N_("Please answer by %.*s.")), ZV_STR_FMT(zv_task_date(due, arena))));
	if (specialised.n > 0)
		line(&w, zv_arena_strf(arena, zv_tr(N_("The specialised organisation of the cluster: %.*s")), ZV_STR_FMT(specialised)));
	out = zv_str_dup(arena, zv_str_trim(zv_buf_str(&w.buf)));
	zv_buf_done(&w.buf);
	return out;
}
