/* Dials, says, hears. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "client.h"

enum { PATIENCE_MS = 5000 };

struct zv_server *client_server;

int dial_with(int receive_buffer)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)zv_server_port(client_server)),
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timeval patience = { .tv_sec = PATIENCE_MS / 1000 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)), 0);
	if (receive_buffer > 0)
		assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof(receive_buffer)), 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

int dial(void)
{
	return dial_with(0);
}

void say(int fd, struct zv_str bytes)
{
	assert_int_equal(send(fd, bytes.p, bytes.n, MSG_NOSIGNAL), (ssize_t)bytes.n);
}

static char *hear(int fd, const char *what)
{
	size_t n = 0, cap = 1 << 16;
	char *all = malloc(cap);
	ssize_t got;

	assert_non_null(all);
	all[0] = '\0';
	while ((what == NULL || strstr(all, what) == NULL) && (got = recv(fd, all + n, cap - n - 1, 0)) != 0) {
		assert_true(got > 0);
		n += (size_t)got;
		all[n] = '\0';
		if (cap - n < 4096) {
			cap *= 2;
			all = realloc(all, cap);
			assert_non_null(all);
		}
	}
	return all;
}

char *hear_all(int fd)
{
	return hear(fd, NULL);
}

char *hear_until(int fd, const char *what)
{
	char *all = hear(fd, what);

	if (strstr(all, what) == NULL)
		fail_msg("“%s” did not come: %s", what, all);
	return all;
}

int count(const char *text, const char *what)
{
	int n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

bool starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

char *ask(struct zv_str bytes)
{
	int fd = dial();

	say(fd, bytes);
	assert_int_equal(shutdown(fd, SHUT_WR), 0);
	char *all = hear_all(fd);
	close(fd);
	return all;
}
