/* Networks of AND and OR from strangers: what is let in is answered, and every set that comes out stops the target. */
#include "fuzz.h"

#include <stdlib.h>

#include "app/chain_cuts.h"
#include "engine/chain/cuts_state.h"

enum { NODES_MAX = 40, ORDER = 2 };

static const char running[] = "{\"need\":{\"T\":[[{\"k\":1,\"of\":[\"A\",\"B\"]},{\"k\":2,\"of\":[\"C\",\"D\",\"A\"]}],[]],\"A\":[[{\"k\":1,\"of\":[\"T\"]}]],\"E\":[]},\"target\":\"A\",\"mode\":\"running\"}";
static const char cold[] = "{\"need\":{\"T\":[[{\"k\":1,\"of\":[\"A\",\"B\"]}],[{\"k\":0,\"of\":[]}]],\"A\":[[{\"k\":1,\"of\":[\"B\"]}]]},\"target\":\"T\",\"mode\":\"cold-start\",\"more\":1}";

static void set_stops_target(const struct zv_cuts *cuts, uint32_t set, const struct zv_cuts_input *in)
{
	struct cuts_state s;

	cuts_state_open(&s, in);
	for (uint32_t i = cuts->first[set]; i < cuts->first[set + 1]; i++)
		cuts_fail(&s, cuts->node[i]);
	ZV_FUZZ_CHECK(!s.works[in->target]);
	for (uint32_t i = cuts->first[set + 1]; i > cuts->first[set]; i--)
		cuts_unfail(&s, cuts->node[i - 1]);
	ZV_FUZZ_CHECK(s.works[in->target] == cuts->works);
	cuts_state_close(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_chain_cuts_file file;
	struct zv_cuts cuts;
	struct zv_err err = {0};

	if (zv_chain_cuts_read(&file, (struct zv_str){(const char *)p, n}, &err) != ZV_OK) {
		ZV_FUZZ_CHECK(err.text[0] != '\0');
		return 0;
	}
	if (file.input.n_nodes <= NODES_MAX) {
		ZV_FUZZ_CHECK(zv_cuts_find(&cuts, &file.input, ORDER, &err) == ZV_OK);
		for (uint32_t i = 0; i < cuts.n; i++)
			set_stops_target(&cuts, i, &file.input);
		zv_cuts_done(&cuts);
	}
	zv_chain_cuts_file_done(&file);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {{running, sizeof(running) - 1}, {cold, sizeof(cold) - 1}, {NULL, 0}};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\"need\":", "\"k\":1", "\"of\":[", "\"T\"", "\"A\"", "[[{", "}]]", "\"running\"", "\"cold-start\"", "[]", "4294967296", NULL};
