/* A network file compiled, its causes run, the answers in the file's own names. */
#include "app/chain_loss.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/chain_number.h"
#include "base/mem.h"
#include "format/json_write.h"

static void number(struct zv_json *json, double value)
{
	char text[ZV_CHAIN_NUMBER_TEXT];

	zv_chain_number_format(text, value);
	zv_json_raw(json, zv_str_c(text));
}

static void key_number(struct zv_json *json, const char *key, double value)
{
	zv_json_key(json, key);
	number(json, value);
}

/* Names are the users' own: the writer's keys are made of a NUL-ended copy. */
static void key_name(struct zv_json *json, struct zv_str name)
{
	char text[ZV_CHAIN_ID_MAX + 1];

	memcpy(text, name.p, name.n);
	text[name.n] = '\0';
	zv_json_key(json, text);
}

/* --- scenarios as JSON ----------------------------------------------------------------------------------------------------------------------- */

struct answer {
	struct zv_json *json;
	const struct zv_chain_file *file;
	const struct zv_chain_network *net;
	const struct zv_chain_work *work;
	uint32_t *binds; /* slot of each firm of the network */
	uint32_t *suppliers, *start; /* that failed each slot's firm: by firm */
};

/* Suppliers with a loss in the slot that binds, by buyer. */
static void find_suppliers(struct answer *a)
{
	const struct zv_chain_network *net = a->net;
	uint32_t n;
	const uint32_t *touched = zv_chain_loss_touched(&n, a->work);

	memset(a->start, 0, ((size_t)net->n + 2) * sizeof(*a->start));
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < n; i++) {
			uint32_t f = touched[i];

			if (!(zv_chain_loss_felt(a->work, f) > 0))
				continue;
			for (uint32_t l = net->down_start[f]; l < net->down_start[f + 1]; l++) {
				uint32_t buyer = net->slot_firm[net->down_slot[l]];

				if (a->binds[buyer] != net->down_slot[l])
					continue;
				if (pass == 0)
					a->start[buyer + 2]++;
				else
					a->suppliers[a->start[buyer + 1]++] = f;
			}
		}
		for (uint32_t i = 0; pass == 0 && i < net->n; i++)
			a->start[i + 2] += a->start[i + 1];
	}
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The sector of the slot; of non-essential inputs that of all suppliers that failed, if it is one, else null. */
static void write_input(const struct answer *a, uint32_t firm)
{
	const uint32_t *from = a->suppliers + a->start[firm];
	uint32_t n = a->start[firm + 1] - a->start[firm], input = a->net->slot_input[a->binds[firm]];

	if (input == ZV_CHAIN_NONE && n > 0) {
		input = a->net->sector[from[0]];
		for (uint32_t i = 1; i < n; i++)
			input = a->net->sector[from[i]] == input ? input : ZV_CHAIN_NONE;
	}
	zv_json_key(a->json, "input");
	if (input == ZV_CHAIN_NONE)
		zv_json_null(a->json);
	else
		zv_json_str(a->json, a->file->sectors[input]);
}

static void write_binds(struct answer *a)
{
	const struct zv_chain_network *net = a->net;

	for (uint32_t f = 0; f < net->n; f++)
		a->binds[f] = zv_chain_loss_binds(a->work, f);
	find_suppliers(a);
	zv_json_key(a->json, "binds");
	zv_json_object(a->json);
	for (uint32_t i = 0; i < net->n; i++) {
		uint32_t f = net->place[i], *from = a->suppliers + a->start[f], n = a->start[f + 1] - a->start[f];

		if (a->binds[f] == ZV_CHAIN_NONE)
			continue;
		key_name(a->json, a->file->firms[i]);
		zv_json_object(a->json);
		write_input(a, f);
		for (uint32_t k = 0; k < n; k++)
			from[k] = net->order[from[k]];
		qsort(from, n, sizeof(*from), by_number);
		zv_json_key(a->json, "from");
		zv_json_array(a->json);
		for (uint32_t k = 0; k < n; k++)
			if (k == 0 || from[k] != from[k - 1])
				zv_json_str(a->json, a->file->firms[from[k]]);
		zv_json_end_array(a->json);
		zv_json_end_object(a->json);
	}
	zv_json_end_object(a->json);
}

static void write_losses(const struct answer *a, const char *key, double (*loss)(const struct zv_chain_work *work, uint32_t firm))
{
	zv_json_key(a->json, key);
	zv_json_object(a->json);
	for (uint32_t i = 0; i < a->net->n; i++) {
		key_name(a->json, a->file->firms[i]);
		number(a->json, loss(a->work, a->net->place[i]));
	}
	zv_json_end_object(a->json);
}

static void write_scenario(struct answer *a, const struct zv_chain_result *result)
{
	zv_json_object(a->json);
	write_losses(a, "loss_down", zv_chain_loss_down);
	write_losses(a, "loss_up", zv_chain_loss_up);
	key_number(a->json, "esri", result->index);
	key_number(a->json, "esri_down", result->down);
	key_number(a->json, "esri_up", result->up);
	zv_json_key_int(a->json, "rounds", result->rounds);
	write_binds(a);
	zv_json_end_object(a->json);
}

static enum zv_code run_scenario(struct answer *a, struct zv_chain_work *work, const struct zv_chain_scenario *scenario, double eps, struct zv_err *err)
{
	const struct zv_chain_options options = {.eps = eps};
	struct zv_chain_shock *shocks = zv_calloc((size_t)scenario->n + 1, sizeof(*shocks));
	struct zv_chain_result result;
	enum zv_code code;

	for (uint32_t i = 0; i < scenario->n; i++)
		shocks[i] = (struct zv_chain_shock){a->net->place[scenario->own[i].firm], scenario->own[i].down, scenario->own[i].up};
	code = zv_chain_loss(&result, work, shocks, scenario->n, &options, err);
	if (code == ZV_OK)
		write_scenario(a, &result);
	free(shocks);
	return code;
}

static enum zv_code write_scenarios(struct zv_out *out, const struct zv_chain_file *file, const struct zv_chain_network *net, double eps, struct zv_err *err)
{
	struct zv_chain_work *work = zv_chain_work_new(net);
	struct zv_json json;
	struct answer a = {.json = &json, .file = file, .net = net, .work = work};
	enum zv_code code = ZV_OK;

	a.binds = zv_calloc((size_t)net->n + 1, sizeof(*a.binds));
	a.start = zv_calloc((size_t)net->n + 2, sizeof(*a.start));
	a.suppliers = zv_calloc((size_t)net->n_links + 1, sizeof(*a.suppliers));
	zv_json_init(&json, out);
	zv_json_object(&json);
	zv_json_key(&json, "scenarios");
	zv_json_array(&json);
	for (uint32_t i = 0; i < file->n_scenarios && code == ZV_OK; i++)
		code = run_scenario(&a, work, &file->scenarios[i], eps, err);
	zv_json_end_array(&json);
	zv_json_end_object(&json);
	zv_out_char(out, '\n');
	free(a.suppliers);
	free(a.start);
	free(a.binds);
	zv_chain_work_free(work);
	return code;
}

/* --- single failures as CSV -------------------------------------------------------------------------------------------------------------------- */

static void csv_name(struct zv_out *out, struct zv_str name)
{
	bool quote = zv_str_find_char(name, ',') >= 0 || zv_str_find_char(name, '"') >= 0 || zv_str_find_char(name, '\n') >= 0 || zv_str_find_char(name, '\r') >= 0;

	if (quote)
		zv_out_char(out, '"');
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '"')
			zv_out_char(out, '"');
		zv_out_char(out, name.p[i]);
	}
	if (quote)
		zv_out_char(out, '"');
}

static void csv_number(struct zv_out *out, double value)
{
	char text[ZV_CHAIN_NUMBER_TEXT];

	zv_out_char(out, ',');
	if (isnan(value))
		return;
	zv_chain_number_format(text, value);
	zv_out_c(out, text);
}

static void write_rows(struct zv_out *out, const struct zv_chain_file *file, const uint32_t *firms, const struct zv_chain_index *rows, uint32_t n)
{
	char rounds[ZV_CHAIN_NUMBER_TEXT];

	zv_out_c(out, "firm,esri,esri_down,esri_up,rounds,error_bound\n");
	for (uint32_t i = 0; i < n; i++) {
		csv_name(out, file->firms[firms[i]]);
		csv_number(out, rows[i].index);
		csv_number(out, rows[i].down);
		csv_number(out, rows[i].up);
		(void)snprintf(rounds, sizeof(rounds), ",%u", rows[i].rounds);
		zv_out_c(out, rounds);
		csv_number(out, rows[i].bound);
		zv_out_char(out, '\n');
	}
}

static enum zv_code write_firms(struct zv_out *out, const struct zv_chain_file *file, const struct zv_chain_network *net, const struct zv_chain_loss_ask *ask,
				struct zv_err *err)
{
	uint32_t n = ask->firms != NULL ? ask->n_firms : file->input.n_firms;
	uint32_t *firms = zv_calloc((size_t)n + 1, sizeof(*firms)), *causes = zv_calloc((size_t)n + 1, sizeof(*causes));
	struct zv_chain_index *rows = zv_calloc((size_t)n + 1, sizeof(*rows));
	enum zv_code code;

	for (uint32_t i = 0; i < n; i++) {
		firms[i] = ask->firms != NULL ? ask->firms[i] : i;
		causes[i] = net->place[firms[i]];
	}
	code = zv_chain_all(rows, net, causes, n, &ask->options, err);
	if (code == ZV_OK)
		write_rows(out, file, firms, rows, n);
	free(rows);
	free(causes);
	free(firms);
	return code;
}

enum zv_code zv_chain_loss_answer(struct zv_out *out, const struct zv_chain_file *file, const struct zv_chain_loss_ask *ask, struct zv_err *err)
{
	bool scenarios = file->json && ask->firms == NULL && !ask->all;
	struct zv_chain_network net;
	enum zv_code code;

	if (scenarios && file->n_scenarios == 0)
		return zv_fail(err, ZV_E_INVALID, "scenarios", N_("The file has no scenarios: add some, or give --firms all."));
	code = zv_chain_network_make(&net, &file->input, err);
	if (code != ZV_OK)
		return code;
	code = scenarios ? write_scenarios(out, file, &net, ask->options.eps, err) : write_firms(out, file, &net, ask, err);
	zv_chain_network_done(&net);
	return code != ZV_OK ? code : zv_out_flush(out, err);
}

/* --- where it goes ------------------------------------------------------------------------------------------------------------------------------- */

static enum zv_code cannot_write(const struct zv_chain_sink *sink, struct zv_err *err)
{
	return zv_fail(err, ZV_E_IO, "", N_("The file %s cannot be written: %s."), sink->path, strerror(errno));
}

enum zv_code zv_chain_sink_begin(struct zv_chain_sink *sink, const char *path, FILE *standard, struct zv_err *err)
{
	struct stat st;

	*sink = (struct zv_chain_sink){.path = path, .file = standard};
	if (path == NULL)
		return ZV_OK;
	sink->special = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
	if (snprintf(sink->part, sizeof(sink->part), sink->special ? "%s" : "%s.part", path) >= (int)sizeof(sink->part)) {
		errno = ENAMETOOLONG;
		return cannot_write(sink, err);
	}
	sink->file = fopen(sink->part, "wbe");
	return sink->file != NULL ? ZV_OK : cannot_write(sink, err);
}

enum zv_code zv_chain_sink_end(struct zv_chain_sink *sink, enum zv_code code, struct zv_err *err)
{
	if (sink->path == NULL)
		return code;
	if (!sink->special && code == ZV_OK && fsync(fileno(sink->file)) != 0)
		code = cannot_write(sink, err);
	if (fclose(sink->file) != 0 && code == ZV_OK)
		code = cannot_write(sink, err);
	if (code == ZV_OK && !sink->special && rename(sink->part, sink->path) != 0)
		code = cannot_write(sink, err);
	if (code != ZV_OK && !sink->special)
		(void)unlink(sink->part);
	return code;
}
