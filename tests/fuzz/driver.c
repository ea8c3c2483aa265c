/*
 * Runs a target without libFuzzer: its seeds, the files of a corpus folder, then mutations of them drawn from a fixed seed.
 * driver [executions [corpus folder]]; driver FILE replays one input; driver seeds FOLDER writes the seeds for libFuzzer.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/rng.h"
#include "base/vec.h"

enum { INPUT_MAX = 4096, MUTATIONS_MAX = 8, SLOW_US = 1000000, SEED = 20260930 };

static struct {
	uint8_t *p; /* on the heap, exactly as long as the input, so that ASan sees a step too far */
	size_t n;
	long long execution;
} now;

static ZV_VEC(struct zv_str) corpus;

/* What was running when it went wrong, for a replay. */
static void keep_input(void)
{
	FILE *f = fopen("fuzz-failure.bin", "wb");

	(void)fprintf(stderr, "execution %lld, input of %zu bytes kept in fuzz-failure.bin\n", now.execution, now.n);
	if (f != NULL) {
		(void)fwrite(now.p, 1, now.n, f);
		(void)fclose(f);
	}
}

/* abort() is a death as well, under handle_abort=1 */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void run(const char *p, size_t n)
{
	int64_t start;

	now.p = zv_realloc(now.p, n > 0 ? n : 1);
	now.n = n;
	if (n > 0)
		memcpy(now.p, p, n);
	start = zv_tick_us();
	(void)LLVMFuzzerTestOneInput(now.p, now.n);
	now.execution++;
	if (zv_tick_us() - start > SLOW_US) {
		(void)fprintf(stderr, "one execution took %lld ms\n", (long long)(zv_tick_us() - start) / 1000);
		keep_input();
		exit(1);
	}
}

static struct zv_str read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p = zv_alloc(1 << 20);
	size_t n = 0;

	if (f != NULL) {
		n = fread(p, 1, 1 << 20, f);
		(void)fclose(f);
	}
	return (struct zv_str){p, n};
}

static void read_corpus(const char *folder)
{
	struct dirent **names;
	int n = scandir(folder, &names, NULL, alphasort);
	char path[4096];

	for (int i = 0; i < n; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]->d_name);
		if (names[i]->d_name[0] != '.')
			zv_vec_push(&corpus, read_file(path));
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

static size_t insert(uint8_t *p, size_t n, size_t at, const void *what, size_t length)
{
	if (n + length > INPUT_MAX)
		return n;
	memmove(p + at + length, p + at, n - at);
	memcpy(p + at, what, length);
	return n + length;
}

static size_t mutate(struct zv_rng *rng, uint8_t *p, size_t n)
{
	static const uint8_t odd[] = {0, 1, 9, 10, 13, 0x1a, ' ', '"', '\'', '&', '<', ',', ';', '0', '9', 0x7f, 0x80, 0xbf, 0xc0, 0xd0, 0xed, 0xf4, 0xfe, 0xff};
	size_t at = zv_rng_below(rng, n + 1);
	size_t length = n - at == 0 ? 0 : zv_rng_below(rng, n - at < 64 ? n - at : 64) + 1;
	size_t words = 0;
	uint8_t copy[64];
	uint8_t c = odd[zv_rng_below(rng, sizeof(odd))];

	while (zv_fuzz_words[words] != NULL)
		words++;
	switch (zv_rng_below(rng, 9)) {
	case 0: /* flip a bit */
		if (at < n)
			p[at] ^= (uint8_t)(1u << zv_rng_below(rng, 8));
		return n;
	case 1:
		if (at < n)
			p[at] = c;
		return n;
	case 2:
		if (at < n)
			p[at] = (uint8_t)zv_rng_next(rng);
		return n;
	case 3: /* cut a piece out */
		memmove(p + at, p + at + length, n - at - length);
		return n - length;
	case 4: /* double a piece */
		memcpy(copy, p + at, length);
		return insert(p, n, at, copy, length);
	case 5:
		return insert(p, n, at, &c, 1);
	case 6: /* a word */
		if (words > 0) {
			const char *word = zv_fuzz_words[zv_rng_below(rng, words)];

			return insert(p, n, at, word, strlen(word));
		}
		return n;
	case 7: { /* a piece of another input */
		struct zv_str other = corpus.p[zv_rng_below(rng, corpus.n)];
		size_t from = zv_rng_below(rng, other.n + 1);
		struct zv_str piece = zv_str_first(zv_str_from(other, from), zv_rng_below(rng, 128));

		return piece.n > 0 ? insert(p, n, at, piece.p, piece.n) : n;
	}
	default: /* rarely the end */
		return zv_rng_below(rng, 4) == 0 ? at : n;
	}
}

static void run_mutations(long long executions)
{
	struct zv_rng rng;
	static uint8_t input[INPUT_MAX];

	zv_rng_init(&rng, SEED);
	while (now.execution < executions) {
		struct zv_str start = zv_str_first(corpus.p[zv_rng_below(&rng, corpus.n)], INPUT_MAX);
		size_t n = start.n;

		if (n > 0)
			memcpy(input, start.p, n);
		for (uint64_t left = 1 + zv_rng_below(&rng, MUTATIONS_MAX); left > 0; left--)
			n = mutate(&rng, input, n);
		run((char *)input, n);
	}
}

static int write_seeds(const char *folder)
{
	char path[4096];
	int i = 0;

	for (const struct zv_str *seed = zv_fuzz_seeds(); seed->p != NULL; seed++, i++) {
		FILE *f;

		(void)snprintf(path, sizeof(path), "%s/seed-%d", folder, i);
		f = fopen(path, "wb");
		if (f == NULL || fwrite(seed->p, 1, seed->n, f) != seed->n || fclose(f) != 0)
			return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct stat st;
	long long executions = argc > 1 ? atoll(argv[1]) : 200000;
	int64_t start = zv_tick_us();
	size_t seeds = 0;
	double seconds;

	if (argc == 3 && strcmp(argv[1], "seeds") == 0)
		return write_seeds(argv[2]);
	if (__sanitizer_set_death_callback != NULL)
		__sanitizer_set_death_callback(keep_input);
	if (argc > 1 && stat(argv[1], &st) == 0) {
		struct zv_str one = read_file(argv[1]);

		run(one.p, one.n);
		return 0;
	}
	for (const struct zv_str *seed = zv_fuzz_seeds(); seed->p != NULL; seed++, seeds++)
		zv_vec_push(&corpus, *seed);
	if (argc > 2)
		read_corpus(argv[2]);
	for (size_t i = 0; i < corpus.n; i++)
		run(corpus.p[i].p, corpus.p[i].n);
	run_mutations(executions);
	seconds = (double)(zv_tick_us() - start) / 1e6;
	(void)printf("seed %d: %lld executions from %zu inputs, %.1f s, %.0f a second\n", SEED, now.execution, corpus.n, seconds,
		     (double)now.execution / seconds);
	for (size_t i = seeds; i < corpus.n; i++)
		free((void *)(uintptr_t)corpus.p[i].p);
	zv_vec_done(&corpus);
	free(now.p);
	return 0;
}
