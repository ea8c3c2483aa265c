/* Opens the listening socket, starts and stops the threads. */
#include "net/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "net/loop.h"
#include "net/pending.h"

enum { BACKLOG = 1024, THREADS_MAX = 64, SPARE_FILES = 256, UNSENT_MAX = 131072 };

struct zv_server {
	struct zv_shared shared;
	struct zv_loop *loops;
	int n_loops;   /* initialised */
	int n_running; /* started */
	int port;
};

static void fill_defaults(struct zv_server_options *options)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (options->threads == 0)
		options->threads = processors < 2 ? 2 : (int)processors;
	if (options->threads > THREADS_MAX)
		options->threads = THREADS_MAX;
	if (options->connections_max == 0)
		options->connections_max = 4096;
	if (options->per_peer_max == 0)
		options->per_peer_max = 64;
	if (options->rate_per_s == 0)
		options->rate_per_s = 200;
	if (options->head_ms == 0)
		options->head_ms = 10000;
	if (options->idle_ms == 0)
		options->idle_ms = 30000;
	if (options->body_ms == 0)
		options->body_ms = 30000;
	if (options->write_ms == 0)
		options->write_ms = 10000;
	if (options->stop_ms == 0)
		options->stop_ms = 5000;
}

/* One descriptor a connection: raises the soft limit as far as is needed and allowed. */
static void allow_files(int connections)
{
	struct rlimit limit;
	rlim_t wanted = (rlim_t)connections + SPARE_FILES;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
		return;
	limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

static enum zv_code parse_address(struct sockaddr_storage *out, socklen_t *n, const struct zv_server_options *options, struct zv_err *err)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)out;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)out;
	const char *text = strcmp(options->address, "localhost") == 0 ? "127.0.0.1" : options->address;
	struct zv_peer peer;

	memset(out, 0, sizeof(*out));
	if (options->port < 0 || options->port > 65535)
		return zv_fail(err, ZV_E_INVALID, "port", N_("%d is no port: give a number from 0 to 65535."), options->port);
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)options->port);
		*n = sizeof(*v4);
	} else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)options->port);
		*n = sizeof(*v6);
	} else {
		return zv_fail(err, ZV_E_INVALID, "address", N_("“%s” is not an IP address: give one such as 127.0.0.1."), options->address);
	}
	zv_peer_of(&peer, out);
	if (!peer.loopback && !options->behind_proxy)
		return zv_fail(err, ZV_E_DENIED, "address",
			       N_("%s is open to other machines. Put a proxy with TLS in front and say --behind-proxy, or use 127.0.0.1."),
			       options->address);
	return ZV_OK;
}

static int port_of(int listener)
{
	struct sockaddr_storage bound;
	socklen_t n = sizeof(bound);

	if (getsockname(listener, (struct sockaddr *)&bound, &n) != 0)
		return 0;
	return ntohs(bound.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)(void *)&bound)->sin6_port
						 : ((struct sockaddr_in *)(void *)&bound)->sin_port);
}

static enum zv_code start_listening(struct zv_server *server, struct zv_err *err)
{
	const struct zv_server_options *options = &server->shared.options;
	struct sockaddr_storage address;
	socklen_t n = 0;
	int on = 1, unsent_max = UNSENT_MAX;
	enum zv_code code = parse_address(&address, &n, options, err);

	if (code != ZV_OK)
		return code;
	server->shared.listener = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (server->shared.listener < 0)
		return zv_fail(err, ZV_E_IO, "address", N_("No socket could be opened: %s."), strerror(errno));
	(void)setsockopt(server->shared.listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	/* Connections inherit both. A reader that takes nothing must not fill the kernel's memory with what it does not take. */
	(void)setsockopt(server->shared.listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	(void)setsockopt(server->shared.listener, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent_max, sizeof(unsent_max));
	if (bind(server->shared.listener, (struct sockaddr *)&address, n) != 0 || listen(server->shared.listener, BACKLOG) != 0) {
		if (errno == EADDRINUSE)
			return zv_fail(err, ZV_E_BUSY, "port", N_("Port %d of %s is taken by another program: stop it or choose another --port."),
				       options->port, options->address);
		return zv_fail(err, ZV_E_IO, "port", N_("Port %d of %s cannot be used: %s."), options->port, options->address, strerror(errno));
	}
	server->port = port_of(server->shared.listener);
	return ZV_OK;
}

static enum zv_code start_threads(struct zv_server *server, struct zv_err *err)
{
	int n = server->shared.options.threads;

	server->loops = zv_calloc((size_t)n, sizeof(*server->loops));
	while (server->n_loops < n) {
		enum zv_code code = zv_loop_init(&server->loops[server->n_loops++], &server->shared, err);
		if (code != ZV_OK)
			return code;
	}
	while (server->n_running < n) {
		struct zv_loop *loop = &server->loops[server->n_running];
		if (pthread_create(&loop->thread, NULL, zv_loop_run, loop) != 0)
			return zv_fail(err, ZV_E_LIMIT, "threads", N_("Thread %d of %d could not be started."), server->n_running + 1, n);
		server->n_running++;
	}
	return ZV_OK;
}

enum zv_code zv_server_start(struct zv_server **out, const struct zv_server_options *options, struct zv_err *err)
{
	struct zv_server *server = zv_calloc(1, sizeof(*server));
	enum zv_code code;

	server->shared.options = *options;
	server->shared.listener = -1;
	fill_defaults(&server->shared.options);
	allow_files(server->shared.options.connections_max);
	server->shared.limit = zv_limit_new(server->shared.options.per_peer_max, server->shared.options.rate_per_s);
	code = start_listening(server, err);
	if (code == ZV_OK)
		code = start_threads(server, err);
	if (code != ZV_OK) {
		zv_server_stop(server);
		return code;
	}
	*out = server;
	return ZV_OK;
}

int zv_server_port(const struct zv_server *server)
{
	return server->port;
}

void zv_server_stop(struct zv_server *server)
{
	if (server == NULL)
		return;
	atomic_store(&server->shared.stopping, true);
	for (int i = 0; i < server->n_running; i++)
		zv_inbox_wake(server->loops[i].inbox);
	for (int i = 0; i < server->n_running; i++)
		pthread_join(server->loops[i].thread, NULL);
	for (int i = 0; i < server->n_loops; i++)
		zv_loop_done(&server->loops[i]);
	if (server->shared.listener >= 0)
		close(server->shared.listener);
	zv_limit_free(server->shared.limit);
	free(server->loops);
	free(server);
}
