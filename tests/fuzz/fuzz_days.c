/* Networks with stocks and outages from strangers: what is let in is answered, or refused with a sentence, and nothing is lost before it is affected. */
#include "fuzz.h"

#include <math.h>

#include "app/chain_days.h"

enum { FIRMS_MAX = 60, HORIZON = 1000 };

static const char chain[] = "{\"firms\":[{\"id\":\"A\"},{\"id\":\"B\"},{\"id\":\"C\"}],\"links\":[{\"supplier\":\"A\",\"buyer\":\"B\",\"input\":\"a\",\"share\":1,\"kind\":\"essential\",\"transit_days\":2},"
			    "{\"supplier\":\"B\",\"buyer\":\"C\",\"input\":\"b\",\"share\":\"1/2\",\"kind\":\"non-essential\"}],\"stock_days\":{\"B:a\":\"10\"},\"outages\":[{\"firm\":\"A\",\"from\":0,\"to\":30,\"rate\":0}]}";
static const char loop[] = "{\"firms\":[{\"id\":\"A\"},{\"id\":\"B\"}],\"links\":[{\"supplier\":\"A\",\"buyer\":\"B\",\"input\":\"a\",\"share\":0.5},{\"supplier\":\"B\",\"buyer\":\"A\",\"input\":\"b\"}],"
			   "\"outages\":[{\"firm\":\"A\",\"from\":1,\"rate\":0.5},{\"firm\":\"B\",\"from\":3,\"to\":4}],\"policy\":\"order-what-is-used\"}";

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_chain_days_file file;
	struct zv_stops *stops;
	struct zv_err err = {0};

	if (zv_chain_days_read(&file, (struct zv_str){(const char *)p, n}, &err) != ZV_OK) {
		ZV_FUZZ_CHECK(err.text[0] != '\0');
		return 0;
	}
	if (file.n_firms <= FIRMS_MAX) {
		const struct zv_stops_outages outages = {file.outages, file.n_outages, HORIZON};
		enum zv_code code = zv_stops_new(&stops, &file.input, &err);

		ZV_FUZZ_CHECK(code == ZV_OK);
		code = zv_stops_run_all(stops, &outages, &err);
		ZV_FUZZ_CHECK(code == ZV_OK || (code == ZV_E_LIMIT && err.text[0] != '\0'));
		if (code == ZV_OK) {
			uint32_t touched;
			const struct zv_stops_firm *firms = zv_stops_firms(stops, &touched);

			for (uint32_t i = 0; i < touched; i++)
				ZV_FUZZ_CHECK(firms[i].lost >= -1e-6 && firms[i].lost <= HORIZON + 1e-6 && (!isnan(firms[i].first) || firms[i].lost <= 1e-6));
		}
		zv_stops_free(stops);
	}
	zv_chain_days_file_done(&file);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {{chain, sizeof(chain) - 1}, {loop, sizeof(loop) - 1}, {NULL, 0}};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\"share\":", "\"transit_days\":1e6", "\"1/3\"", "\"B:a\":0", "\"rate\":1", "\"to\":null", "\"order-what-is-used\"", "\"kind\":\"non-essential\"", NULL};
