/* Requests that two readers could understand differently, and how ours must judge them: used alone and over a socket. */
#ifndef TESTS_UNIT_NET_CASES_H
#define TESTS_UNIT_NET_CASES_H

#include "base/str.h"

struct http_case {
	const char *name;
	int status; /* 1: a whole request */
	struct zv_str bytes;
};

extern const struct http_case http_cases[];
extern const int http_cases_n;

#endif
