/*
 * The chain engine on synthetic networks (chain_instance.h): `chain [--seed S] [--threads N] [--causes K] [--only WORDS] [FIRMS...]`, by default 1,000, 10,000 and 100,000. Each row
 * runs in a process of its own, so that its peak of memory is its own. With --causes only every n/K-th firm fails in the last step, and the figure of a whole run is
 * reckoned from it and marked with ~; what is made for all firms before (bounds) is always made for all.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "chain_instance.h"
#include "engine/chain/all.h"
#include "engine/chain/stops.h"

enum { BASE = 10, DENSE_MAX = 1000 };

struct asked {
	uint64_t seed;
	uint32_t threads, causes;
};

struct row {
	const char *name;
	struct zv_chain_all_options options;
	bool dense, what_if, days;
};

static double cpu_now(void)
{
	struct rusage u;

	(void)getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static long peak_mb(void)
{
	struct rusage u;

	(void)getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss / 1024;
}

/* Whole matrices by buyer: parts of essential and of non-essential inputs; and parts of sales by supplier. */
struct dense {
	const struct zv_chain_network *net;
	double *essential, *others, *up;
};

static void dense_make(struct dense *d, const struct zv_chain_network *net)
{
	size_t n = net->n;

	*d = (struct dense){net, zv_calloc(n * n, sizeof(double)), zv_calloc(n * n, sizeof(double)), zv_calloc(n * n, sizeof(double))};
	for (uint32_t i = 0; i < net->n; i++) {
		for (uint32_t l = net->down_start[i]; l < net->down_start[i + 1]; l++) {
			uint32_t slot = net->down_slot[l];

			(net->slot_input[slot] == ZV_CHAIN_NONE ? d->others : d->essential)[net->slot_firm[slot] * n + i] += net->down_part[l];
		}
		for (uint32_t l = net->up_start[i]; l < net->up_start[i + 1]; l++)
			d->up[net->up_supplier[l] * n + i] += net->up_part[l];
	}
}

static void dense_done(struct dense *d)
{
	free(d->up);
	free(d->others);
	free(d->essential);
}

/* Firms stand by sector, so a sector's sum ends where the next begins. */
static double dense_down(const struct dense *d, const double *x, uint32_t j)
{
	const struct zv_chain_network *net = d->net;
	const double *essential = d->essential + (size_t)j * net->n, *others = d->others + (size_t)j * net->n;
	double worst = 0, sum = 0, rest = 0;

	for (uint32_t i = 0; i < net->n; i++) {
		if (i > 0 && net->sector[i] != net->sector[i - 1]) {
			worst = fmax(worst, sum);
			sum = 0;
		}
		sum += essential[i] * x[i];
		rest += others[i] * x[i];
	}
	return fmin(1, fmax(worst, fmax(sum, rest)));
}

/* The published rounds for one cause, both sides together. */
static double dense_one(const struct dense *d, uint32_t cause, double eps, double *work)
{
	uint32_t n = d->net->n;
	double *x = work, *y = work + n, *next_x = work + 2 * (size_t)n, *next_y = work + 3 * (size_t)n;
	double change = 1, index = 0;

	memset(work, 0, 2 * (size_t)n * sizeof(*work));
	x[cause] = y[cause] = 1;
	while (change > eps) {
		change = 0;
		for (uint32_t i = 0; i < n; i++) {
			double sum = 0;

			for (uint32_t j = 0; j < n; j++)
				sum += d->up[(size_t)i * n + j] * y[j];
			next_x[i] = i == cause ? 1 : dense_down(d, x, i);
			next_y[i] = i == cause ? 1 : fmin(1, sum);
			change = fmax(change, fmax(next_x[i] - x[i], next_y[i] - y[i]));
		}
		memcpy(x, next_x, 2 * (size_t)n * sizeof(*x));
	}
	for (uint32_t i = 0; i < n; i++)
		index += d->net->weight[i] * fmax(x[i], y[i]);
	return index;
}

/* --- rows -------------------------------------------------------------------------------------------------------------------------------------- */

static void run_dense(const struct zv_chain_network *net, double eps)
{
	struct dense d;
	double *work = zv_calloc(4 * (size_t)net->n, sizeof(*work)), cpu, sum = 0;
	enum { SAMPLE = 20 };

	dense_make(&d, net);
	cpu = cpu_now();
	for (uint32_t i = 0; i < SAMPLE; i++)
		sum += dense_one(&d, (uint32_t)((uint64_t)i * net->n / SAMPLE), eps, work);
	cpu = (cpu_now() - cpu) / SAMPLE;
	(void)printf("| %u | %u | plain dense rounds, eps %g | ~%.1f | %.3f | %ld | mean index %.3g |\n", net->n, net->n_links, eps, cpu * net->n, 1000 * cpu, peak_mb(), sum / SAMPLE);
	dense_done(&d);
	free(work);
}

/* Five causes from the largest on, one after another, with the binding input of every firm that lost something. */
static void run_what_if(const struct zv_chain_network *net, const char *name, double cut)
{
	const struct zv_chain_options options = {.cut = cut};
	struct zv_chain_work *work = zv_chain_work_new(net);
	struct zv_chain_result result;
	double worst = 0, sum = 0;
	uint32_t bound = 0, largest = 0;
	struct zv_err err;
	enum { RUNS = 20 };

	for (uint32_t i = 0; i < net->n; i++)
		largest = net->size[i] > net->size[largest] ? i : largest;
	for (uint32_t k = 0; k < RUNS; k++) {
		const struct zv_chain_shock shock = {k == 0 ? largest : (uint32_t)((uint64_t)k * net->n / RUNS), 1, 1};
		const uint32_t *touched;
		uint32_t n;
		double cpu;

		/* Laying the network out comes before the first question. */
		if (k == 0 && zv_chain_loss(&result, work, &shock, 1, &options, &err) != ZV_OK)
			break;
		cpu = cpu_now();

		if (zv_chain_loss(&result, work, &shock, 1, &options, &err) != ZV_OK)
			break;
		touched = zv_chain_loss_touched(&n, work);
		for (uint32_t i = 0; i < n; i++)
			bound += zv_chain_loss_binds(work, touched[i]) != ZV_CHAIN_NONE;
		cpu = cpu_now() - cpu;
		sum += cpu;
		worst = fmax(worst, cpu);
	}
	(void)printf("| %u | %u | %s, %d causes | | mean %.2f, worst %.2f | %ld | %u firms explained |\n", net->n, net->n_links, name, RUNS, 1000 * sum / RUNS, 1000 * worst, peak_mb(), bound);
	zv_chain_work_free(work);
}

static void run_all(const struct zv_chain_network *net, const struct row *row, const struct asked *asked)
{
	uint32_t n = asked->causes == 0 || asked->causes > net->n ? net->n : asked->causes;
	uint32_t *causes = zv_calloc(n, sizeof(*causes));
	struct zv_chain_index *out = zv_calloc(n, sizeof(*out));
	struct zv_chain_all_options options = row->options;
	double cpu = cpu_now(), fixed = 0, all, sum = 0, bound = 0;
	struct zv_err err;

	options.threads = asked->threads;
	for (uint32_t i = 0; i < n; i++)
		causes[i] = (uint32_t)((uint64_t)i * net->n / n);
	/* What is made for all firms before the first cause is measured by asking for one alone. */
	if (n < net->n && options.cut > 0) {
		if (zv_chain_all(out, net, causes, 1, &options, &err) != ZV_OK)
			(void)fprintf(stderr, "%s\n", err.text);
		fixed = cpu_now() - cpu;
		cpu = cpu_now();
	}
	if (zv_chain_all(out, net, causes, n, &options, &err) != ZV_OK)
		(void)fprintf(stderr, "%s\n", err.text);
	all = fixed + (cpu_now() - cpu - fixed) * net->n / n;
	for (uint32_t i = 0; i < n; i++) {
		sum += out[i].index;
		bound = out[i].bound > bound || isnan(out[i].bound) ? out[i].bound : bound;
	}
	(void)printf("| %u | %u | %s | %s%.2f | %.4f | %ld | mean index %.4g, greatest bound %.2g |\n", net->n, net->n_links, row->name, n < net->n ? "~" : "", all, 1000 * all / net->n, peak_mb(),
		     sum / n, bound);
	free(out);
	free(causes);
}

/* Slots as lines with 5 to 30 days of stock, links as their sources; what the end of each firm does in 90 days. */
static void run_days(const struct zv_chain_network *net, const char *name, const struct asked *asked)
{
	uint32_t n = asked->causes == 0 || asked->causes > net->n ? net->n : asked->causes, n_links = net->down_start[net->n];
	struct zv_stops_line *lines = zv_calloc((size_t)net->n_slots + 1, sizeof(*lines));
	struct zv_stops_from *from = zv_calloc((size_t)n_links + 1, sizeof(*from));
	const struct zv_stops_input in = {.n_firms = net->n, .n_lines = net->n_slots, .n_from = n_links, .lines = lines, .from = from};
	double cpu, lost = 0, worst = 0;
	struct zv_stops *stops;
	struct zv_err err;
	uint32_t at = 0;

	for (uint32_t s = 0; s < net->n_slots; s++)
		lines[s] = (struct zv_stops_line){.firm = net->slot_firm[s], .need = net->slot_input[s] == ZV_CHAIN_NONE ? ZV_STOPS_OTHER : ZV_STOPS_ESSENTIAL, .stock = 5 + s * 7919 % 26};
	for (uint32_t l = 0; l < n_links; l++) {
		lines[net->down_slot[l]].n++;
		lines[net->down_slot[l]].weight += net->down_part[l];
	}
	for (uint32_t s = 0; s < net->n_slots; s++) {
		lines[s].first = at;
		at += lines[s].n;
		lines[s].n = 0;
	}
	for (uint32_t i = 0; i < net->n; i++) {
		for (uint32_t l = net->down_start[i]; l < net->down_start[i + 1]; l++) {
			struct zv_stops_line *line = &lines[net->down_slot[l]];

			from[line->first + line->n++] = (struct zv_stops_from){.line = net->down_slot[l], .firm = i, .share = net->down_part[l] / line->weight};
		}
	}
	for (uint32_t s = 0; s < net->n_slots; s++)
		lines[s].weight = lines[s].need == ZV_STOPS_OTHER ? fmin(1, lines[s].weight) : 0;
	if (zv_stops_new(&stops, &in, &err) != ZV_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	cpu = cpu_now();
	for (uint32_t k = 0; k < n; k++) {
		const uint32_t cause = (uint32_t)((uint64_t)k * net->n / n);
		const struct zv_stops_outage outage = {.firms = &cause, .n = 1, .to = INFINITY, .horizon = 90};
		double before = cpu_now();
		const struct zv_stops_firm *told;
		uint32_t n_told;

		if (zv_stops_run(stops, &outage, &err) != ZV_OK) {
			(void)fprintf(stderr, "%s\n", err.text);
			break;
		}
		told = zv_stops_firms(stops, &n_told);
		for (uint32_t i = 0; i < n_told; i++)
			lost += net->weight[told[i].firm] * told[i].lost;
		worst = fmax(worst, cpu_now() - before);
	}
	cpu = cpu_now() - cpu;
	(void)printf("| %u | %u | %s | %s%.2f | mean %.3f, worst %.1f | %ld | mean loss %.3g days of all output |\n", net->n, net->n_links, name, n < net->n ? "~" : "", cpu * net->n / n,
		     1000 * cpu / n, 1000 * worst, peak_mb(), lost / n);
	zv_stops_free(stops);
	free(from);
	free(lines);
}

/* In a process of its own. The links as they were generated are freed: a peak is that of the network and the work. */
static int run_row(const struct row *row, const struct asked *asked, uint32_t firms)
{
	struct chain_instance instance;
	struct zv_chain_network net;
	struct zv_err err;

	chain_instance_make(&instance, asked->seed, firms);
	if (zv_chain_network_make(&net, &instance.input, &err) != ZV_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	chain_instance_done(&instance);
	if (row->dense)
		run_dense(&net, row->options.eps);
	else if (row->days)
		run_days(&net, row->name, asked);
	else if (row->what_if)
		run_what_if(&net, row->name, row->options.cut);
	else
		run_all(&net, row, asked);
	zv_chain_network_done(&net);
	return fflush(stdout) == 0 ? 0 : 1;
}

static void run_rows(const struct asked *asked, uint32_t firms, const char *only)
{
	static const struct row rows[] = {
		{"plain", {.eps = 1e-2}, true, false, false},
		{"eps 1e-2", {.eps = 1e-2}, false, false, false},
		{"exact", {.cut = 0}, false, false, false},
		{"bounded 1e-5", {.cut = 1e-5}, false, false, false},
		{"bounded 1e-5, downstream only", {.cut = 1e-5, .down_only = true}, false, false, false},
		{"one what-if, losses to 1e-5", {.cut = 1e-5}, false, true, false},
		{"days with stocks", {.cut = 0}, false, false, true},
	};

	for (size_t i = 0; i < ZV_LEN(rows); i++) {
		pid_t child;

		if ((rows[i].dense && firms > DENSE_MAX) || (only != NULL && strstr(rows[i].name, only) == NULL))
			continue;
		child = fork();
		if (child == 0)
			_exit(run_row(&rows[i], asked, firms));
		(void)waitpid(child, NULL, 0);
	}
}

int main(int argc, char **argv)
{
	static const uint32_t usual[] = {1000, 10000, 100000};
	struct asked asked = {.seed = 1, .threads = 1};
	const char *only = NULL;
	bool any = false;

	(void)printf("| firms | links | what | CPU s | ms a cause | peak MB | |\n| --- | --- | --- | --- | --- | --- | --- |\n");
	(void)fflush(stdout);
	for (int i = 1; i < argc; i++) {
		bool value = i + 1 < argc;

		if (value && strcmp(argv[i], "--seed") == 0) {
			asked.seed = strtoull(argv[++i], NULL, BASE);
		} else if (value && strcmp(argv[i], "--threads") == 0) {
			asked.threads = (uint32_t)strtoul(argv[++i], NULL, BASE);
		} else if (value && strcmp(argv[i], "--causes") == 0) {
			asked.causes = (uint32_t)strtoul(argv[++i], NULL, BASE);
		} else if (value && strcmp(argv[i], "--only") == 0) {
			only = argv[++i];
		} else {
			run_rows(&asked, (uint32_t)strtoul(argv[i], NULL, BASE), only);
			any = true;
		}
	}
	for (size_t i = 0; !any && i < ZV_LEN(usual); i++)
		run_rows(&asked, usual[i], only);
	return 0;
}
