/* A client over a plain socket on loopback, for the tests of the server. */
#ifndef TESTS_UNIT_NET_CLIENT_H
#define TESTS_UNIT_NET_CLIENT_H

#include "net/server.h"

/* The server that the client talks to. */
extern struct zv_server *client_server;

int dial(void);
int dial_with(int receive_buffer);
void say(int fd, struct zv_str bytes);

/* Everything until the server closes; fails when it does not within the patience. The caller frees. */
char *hear_all(int fd);

/* What comes until `what` is in it. The caller frees. */
char *hear_until(int fd, const char *what);

/* Says it, ends its own direction, hears all. The caller frees. */
char *ask(struct zv_str bytes);

int count(const char *text, const char *what);
bool starts(const char *text, const char *with);

#endif
