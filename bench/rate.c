/*
 * Asks at a fixed rate, whether answers come or not (an open loop, which wrk has not): bench_rate PORT RATE SECONDS CONNECTIONS < REQUEST
 * REQUEST: the bytes of one request with keep-alive. A request that finds no free connection waits, and its time counts from when it was due. Prints one line:
 * due, asked, answered 2xx, 429 and 503, other, never answered; p50, p99 and max in ms of the 2xx since they were due; the longest wait for any answer since it
 * was asked.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { IN_MAX = 1 << 18, REQUEST_MAX = 1 << 16, EVENTS = 256, PATIENCE_US = 15000000 };

struct conn {
	struct conn *next_free;
	int fd;
	int64_t due_us;
	int64_t sent_us;
	size_t n;
	char *in;
};

static struct sockaddr_in address;
static char request[REQUEST_MAX];
static size_t request_n;
static int epoll;
static struct conn *free_conns;
static uint32_t *good_us;
static size_t n_good, n_refused, n_other, n_lost;
static int64_t longest_us;

static int64_t now_us(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static void dial(struct conn *conn)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = conn };
	int on = 1;

	conn->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (conn->fd < 0 || connect(conn->fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
		perror("connect");
		exit(1);
	}
	(void)setsockopt(conn->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	(void)epoll_ctl(epoll, EPOLL_CTL_ADD, conn->fd, &event);
}

static void give_back(struct conn *conn)
{
	conn->due_us = 0;
	conn->n = 0;
	conn->next_free = free_conns;
	free_conns = conn;
}

static void ask(struct conn *conn, int64_t due_us)
{
	conn->due_us = due_us;
	conn->sent_us = now_us();
	if (send(conn->fd, request, request_n, MSG_NOSIGNAL) != (ssize_t)request_n) {
		close(conn->fd);
		dial(conn);
		(void)!send(conn->fd, request, request_n, MSG_NOSIGNAL);
	}
}

static void count(int status, int64_t us)
{
	if (status >= 200 && status < 300) {
		good_us[n_good++] = (uint32_t)us;
	} else if (status == 429 || status == 503) {
		n_refused++;
	} else {
		n_other++;
	}
}

/* True when a whole answer is in. */
static bool whole(const struct conn *conn)
{
	const char *end = strstr(conn->in, "\r\n\r\n"), *length = strcasestr(conn->in, "\r\nContent-Length: ");

	return end != NULL && conn->n >= (size_t)(end + 4 - conn->in) + (length != NULL && length < end ? strtoul(length + 18, NULL, 10) : 0);
}

static void hear(struct conn *conn)
{
	ssize_t n = recv(conn->fd, conn->in + conn->n, IN_MAX - 1 - conn->n, 0);
	bool asked = conn->due_us != 0;

	if (n <= 0) {
		close(conn->fd);
		dial(conn);
		if (asked) {
			n_lost++;
			give_back(conn);
		}
		return;
	}
	conn->n += (size_t)n;
	conn->in[conn->n] = '\0';
	if (!asked || !whole(conn))
		return;
	int64_t now = now_us();
	longest_us = now - conn->sent_us > longest_us ? now - conn->sent_us : longest_us;
	count(atoi(conn->in + 9), now - conn->due_us);
	give_back(conn);
}

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static double good_ms(size_t percent)
{
	return n_good == 0 ? 0 : good_us[(n_good - 1) * percent / 100] / 1e3;
}

int main(int argc, char **argv)
{
	struct epoll_event events[EVENTS];

	if (argc != 5) {
		fprintf(stderr, "usage: bench_rate PORT RATE SECONDS CONNECTIONS < REQUEST\n");
		return 2;
	}
	int64_t rate = atoll(argv[2]), total = rate * atoll(argv[3]), asked = 0;
	int n_conns = atoi(argv[4]);
	address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	request_n = fread(request, 1, sizeof(request), stdin);
	epoll = epoll_create1(EPOLL_CLOEXEC);
	good_us = calloc((size_t)total + 1, sizeof(*good_us));
	struct conn *conns = calloc((size_t)n_conns, sizeof(*conns));
	for (int i = 0; i < n_conns; i++) {
		conns[i].in = malloc(IN_MAX);
		dial(&conns[i]);
		give_back(&conns[i]);
	}
	int64_t begin = now_us(), end = begin + atoll(argv[3]) * 1000000;
	for (;;) {
		int64_t now = now_us();
		/* What is due and finds no connection stays due. */
		while (asked < total && now < end && free_conns != NULL && begin + asked * 1000000 / rate <= now) {
			struct conn *conn = free_conns;
			free_conns = conn->next_free;
			ask(conn, begin + asked++ * 1000000 / rate);
		}
		if (n_good + n_refused + n_other + n_lost == (size_t)asked && (asked == total || now >= end))
			break;
		if (now > end + PATIENCE_US)
			break;
		int n = epoll_wait(epoll, events, EVENTS, 1);
		for (int i = 0; i < n; i++)
			hear(events[i].data.ptr);
	}
	double seconds = (double)(now_us() - begin) / 1e6;
	qsort(good_us, n_good, sizeof(*good_us), by_size);
	printf("due %lld  asked %lld  good %zu (%.0f/s)  refused %zu  other %zu  lost %zu  p50 %.1f  p99 %.1f  max %.1f ms  longest wait %.1f ms\n", (long long)total,
	       (long long)asked, n_good, (double)n_good / seconds, n_refused, n_other, n_lost + (size_t)asked - n_good - n_refused - n_other - n_lost, good_ms(50),
	       good_ms(99), good_ms(100), (double)longest_us / 1e3);
	return 0;
}
