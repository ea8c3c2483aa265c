/* Reading a pack from its text, and what a caller may ask of it. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/rules/parse.h"

struct zv_str rules_source(struct zv_str text, size_t from, size_t to, struct zv_arena *arena)
{
	char *p = zv_arena_alloc(arena, to - from + 1);
	size_t n = 0;
	bool quoted = false;

	for (size_t i = from; i < to; i++) {
		char c = text.p[i];

		if (c == '"' && (i == from || text.p[i - 1] != '\\' || !quoted))
			quoted = !quoted;
		if (!quoted && c == '#') {
			while (i + 1 < to && text.p[i + 1] != '\n')
				i++;
			continue;
		}
		if (!quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
			if (n > 0 && p[n - 1] != ' ')
				p[n++] = ' ';
			continue;
		}
		p[n++] = c;
	}
	while (n > 0 && p[n - 1] == ' ')
		n--;
	p[n] = '\0';
	return (struct zv_str){p, n};
}

static int by_place(const void *a, const void *b)
{
	const struct zv_rules_fault *x = a, *y = b;

	return x->line != y->line ? (x->line > y->line) - (x->line < y->line) : (x->column > y->column) - (x->column < y->column);
}

#define TAKE(out, n_out, vec)                                                                              \
	do {                                                                                               \
		(out) = zv_arena_alloc(p->arena, ((vec)->n + 1) * sizeof(*(vec)->p));                      \
		if ((vec)->n > 0)                                                                          \
			memcpy((out), (vec)->p, (vec)->n * sizeof(*(vec)->p));                             \
		(n_out) = (int)(vec)->n;                                                                   \
	} while (0)

static struct zv_rules_pack *finish(struct rules_parser *p)
{
	struct zv_rules_pack *pack = ZV_ARENA_NEW(p->arena, struct zv_rules_pack);
	int n;

	pack->head = p->head;
	pack->text = p->lexer.text;
	pack->vocabulary = p->vocabulary;
	TAKE(pack->rules, pack->n_rules, &p->rules);
	TAKE(pack->inner, n, &p->inner);
	TAKE(pack->documents, pack->n_documents, &p->documents);
	TAKE(pack->declared, pack->n_declared, &p->declared);
	TAKE(pack->declared_percent, n, &p->declared_percent);
	TAKE(pack->parameters, pack->n_parameters, &p->parameters);
	TAKE(pack->inner_parameters, n, &p->inner_parameters);
	(void)n;
	pack->costs = -1;
	for (int t = 0; t < pack->vocabulary->n_tables; t++) {
		if (!pack->vocabulary->tables[t].single && strcmp(pack->vocabulary->tables[t].name, "costs") == 0)
			pack->costs = t;
	}
	return pack;
}

static void done(struct rules_parser *p)
{
	zv_map_done(&p->document_ids);
	zv_map_done(&p->names);
	zv_map_done(&p->ids);
	zv_vec_done(&p->mentions);
	zv_vec_done(&p->inner_parameters);
	zv_vec_done(&p->parameters);
	zv_vec_done(&p->declared_percent);
	zv_vec_done(&p->declared);
	zv_vec_done(&p->documents);
	zv_vec_done(&p->measures);
	zv_vec_done(&p->inner);
	zv_vec_done(&p->rules);
	zv_vec_done(&p->kids);
}

/* What must hold before the first word is read. */
static bool check_bytes(struct rules_parser *p, struct zv_str text)
{
	ptrdiff_t bad = zv_utf8_check(text);
	struct rules_place place = {1, 1};

	if (text.n > ZV_RULES_PACK_BYTES_MAX) {
		RULES_FAULT(p, place, N_("A pack has at most %d bytes: split it."), ZV_RULES_PACK_BYTES_MAX);
		return false;
	}
	if (bad < 0) {
		bad = zv_str_find_char(text, '\0');
		if (bad < 0)
			return true;
	}
	for (ptrdiff_t i = 0; i < bad; i++) {
		place.column += ((unsigned char)text.p[i] & 0xc0) != 0x80;
		if (text.p[i] == '\n')
			place = (struct rules_place){place.line + 1, 1};
	}
	RULES_FAULT(p, place, N_("Here the pack is not UTF-8 text: save it as UTF-8."));
	return false;
}

enum zv_code zv_rules_parse(struct zv_rules_pack **out, struct zv_rules_fault *faults, size_t *n_faults, struct zv_str text,
			    const struct zv_rules_vocabulary *vocabulary, struct zv_arena *arena, struct zv_err *err)
{
	struct rules_parser p = {.arena = arena, .vocabulary = vocabulary, .faults = faults};
	enum zv_code code = ZV_OK;

	*out = NULL;
	zv_map_init(&p.ids);
	zv_map_init(&p.names);
	zv_map_init(&p.document_ids);
	if (check_bytes(&p, text)) {
		rules_lexer_init(&p.lexer, zv_str_dup(arena, text));
		rules_next(&p);
		rules_read_pack(&p);
	}
	if (p.n_faults > 0) {
		if (faults != NULL && p.n_faults > 1)
			qsort(faults, p.n_faults, sizeof(*faults), by_place);
		code = ZV_E_INVALID;
		if (err != NULL)
			*err = faults != NULL ? faults[0].err : p.first.err;
	} else {
		*out = finish(&p);
	}
	if (n_faults != NULL)
		*n_faults = p.n_faults;
	done(&p);
	return code;
}

const struct zv_rules_pack_head *zv_rules_head(const struct zv_rules_pack *pack)
{
	return &pack->head;
}

const struct zv_rules_rule *zv_rules_all(int *n, const struct zv_rules_pack *pack)
{
	*n = pack->n_rules;
	return pack->rules;
}

int zv_rules_find(const struct zv_rules_pack *pack, struct zv_str id)
{
	for (int i = 0; i < pack->n_rules; i++) {
		if (zv_str_eq(pack->rules[i].id, id))
			return i;
	}
	return -1;
}

const struct zv_rules_document *zv_rules_documents(int *n, const struct zv_rules_pack *pack)
{
	*n = pack->n_documents;
	return pack->documents;
}

const struct zv_rules_declared *zv_rules_declared(int *n, const struct zv_rules_pack *pack)
{
	*n = pack->n_declared;
	return pack->declared;
}

const struct zv_rules_parameter *zv_rules_parameters(int *n, const struct zv_rules_pack *pack)
{
	*n = pack->n_parameters;
	return pack->parameters;
}
