/*
 * Networks of supply from strangers: an input is JSON, or "name\n" and text that takes the place of that file in a small folder. What is let in is compiled and, when
 * it is small, answered.
 */
#include "fuzz.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/chain_file.h"
#include "app/chain_number.h"
#include "engine/chain/loss.h"

static const char *const world[][2] = {
	{"firms.csv", "firm,sector,size,revenue,costs,weight\nA,a,3,,,1\nB,b,2,9,8,2\n\"C, Ltd\",c,1,,1/3,0\n"},
	{"ess.csv", "in_sector,out_sector,type\na,b,2\nb,c,1\nc,a,0\n"},
	{"links.csv", "supplier,buyer,amount\nA,B,2\nB,\"C, Ltd\",1e-3\n\"C, Ltd\",A,0\n"},
};

static const char json[] = "{\"firms\":[{\"id\":\"A\",\"sector\":\"a\"},{\"id\":\"B\",\"sector\":\"b\"}],\"links\":[{\"supplier\":\"A\",\"buyer\":\"B\",\"amount\":\"1/3\"}],\"ess\":[{\"in\":\"a\","
			   "\"out\":\"b\",\"type\":2}],\"substitution\":true,\"revenue\":{\"A\":\"10\"},\"costs\":{\"B\":2},\"weights\":{\"A\":1},\"scenarios\":[{\"shock\":{\"A\":\"1\"},"
			   "\"shock_up\":{\"B\":0.5}}]}";

struct changed {
	struct zv_str name, text;
};

static FILE *open_bytes(const char *p, size_t n)
{
	FILE *file = n > 0 ? fmemopen((void *)(uintptr_t)p, n, "rb") : fopen("/dev/null", "rb");

	ZV_FUZZ_CHECK(file != NULL);
	return file;
}

static FILE *open_world(void *context, const char *name)
{
	const struct changed *changed = context;

	if (zv_str_eq_c(changed->name, name))
		return open_bytes(changed->text.p, changed->text.n);
	for (size_t i = 0; i < ZV_LEN(world); i++)
		if (strcmp(world[i][0], name) == 0)
			return open_bytes(world[i][1], strlen(world[i][1]));
	errno = ENOENT;
	return NULL;
}

static void is_share(double x)
{
	ZV_FUZZ_CHECK(x >= 0 && x <= 1 + 1e-9);
}

static void answer(const struct zv_chain_network *net)
{
	struct zv_chain_work *work = zv_chain_work_new(net);
	const struct zv_chain_options options = {.eps = 1e-3};
	struct zv_chain_result result;
	struct zv_err err;

	for (uint32_t i = 0; i < net->n && i < 4; i++) {
		const struct zv_chain_shock shock = {i, 1, 0.5};

		if (zv_chain_loss(&result, work, &shock, 1, &options, &err) != ZV_OK)
			continue;
		is_share(result.index);
		for (uint32_t f = 0; f < net->n; f++) {
			is_share(zv_chain_loss_down(work, f));
			is_share(zv_chain_loss_up(work, f));
		}
	}
	zv_chain_work_free(work);
}

static void laws(const struct zv_chain_file *file)
{
	struct zv_chain_network net;
	struct zv_err err = {0};

	if (zv_chain_network_make(&net, &file->input, &err) != ZV_OK) {
		ZV_FUZZ_CHECK(err.text[0] != '\0');
		return;
	}
	for (uint32_t i = 0; i < net.n; i++)
		ZV_FUZZ_CHECK(net.place[net.order[i]] == i);
	if (net.n < 50)
		answer(&net);
	zv_chain_network_done(&net);
}

static void number(struct zv_str text)
{
	char out[ZV_CHAIN_NUMBER_TEXT];
	double value, again;

	if (!zv_chain_number(&value, text))
		return;
	zv_chain_number_format(out, value);
	ZV_FUZZ_CHECK(zv_chain_number(&again, zv_str_c(out)) && !(again < value) && !(again > value));
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str input = {(const char *)p, n};
	ptrdiff_t lf = n > 0 ? zv_str_find_char(input, '\n') : -1;
	struct changed changed = {zv_str_first(input, lf < 0 ? n : (size_t)lf), zv_str_from(input, lf < 0 ? n : (size_t)lf + 1)};
	struct zv_chain_file file;
	struct zv_err err = {0};
	enum zv_code code;

	number(zv_str_first(input, 40));
	code = n > 0 && p[0] == '{' ? zv_chain_json_read(&file, input, &err) : zv_chain_folder_read_from(&file, open_world, &changed, &err);
	if (code != ZV_OK) {
		ZV_FUZZ_CHECK(err.text[0] != '\0');
		return 0;
	}
	laws(&file);
	zv_chain_file_done(&file);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static char texts[ZV_LEN(world)][1024];
	static struct zv_str seeds[ZV_LEN(world) + 3];

	for (size_t i = 0; i < ZV_LEN(world); i++)
		seeds[i] = (struct zv_str){texts[i], (size_t)snprintf(texts[i], sizeof(texts[i]), "%s\n%s", world[i][0], world[i][1])};
	seeds[ZV_LEN(world)] = (struct zv_str){json, sizeof(json) - 1};
	seeds[ZV_LEN(world) + 1] = ZV_STR("1/3");
	return seeds;
}

const char *const zv_fuzz_words[] = {",", "\n", "\"", "1/0", "1e18", "1e-18", "-1", "nan", "inf", "0x1", "A", "B", "a", "{", "}", "[", "]", ":", "\"shock\"", "\"amount\"", "\"A\"", "true", NULL};
