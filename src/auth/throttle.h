/*
 * Guessing of passwords made slow: by pair of login name and address, and by address. In memory, of fixed size, under a seeded hash. A guess
 * is charged before the password is looked at, so that many at once count as many.
 *
 * Pair: 5 guesses free, then 1 s, 2 s, 4 s ... up to 15 min between guesses; forgotten after 30 min without one or by a success. So whoever
 * guesses a name blocks himself, and the right user at another address is not asked to wait.
 * Address (an IPv6 one counts by its /64): 30 guesses free, then one in two seconds. Loopback has no such limit: it says nothing about who asks.
 * Name: once 20 guesses have failed from anywhere within an hour, an address that has failed once waits at once.
 */
#ifndef ZV_AUTH_THROTTLE_H
#define ZV_AUTH_THROTTLE_H

#include "base/str.h"

struct zv_throttle;

struct zv_throttle *zv_throttle_new(void);
void zv_throttle_free(struct zv_throttle *throttle);

/* Charges a guess. 0: go on; otherwise the seconds to wait, and nothing is charged. Any thread. `now_ms` is of a clock that never jumps. */
int zv_throttle_charge(struct zv_throttle *throttle, struct zv_str login, struct zv_str address, int64_t now_ms);

/* The guess was right: the pair is forgotten, the address gets its guess back. */
void zv_throttle_clear(struct zv_throttle *throttle, struct zv_str login, struct zv_str address, int64_t now_ms);

/* It was neither right nor wrong (a second factor is asked for, the server was busy): the guess is given back. */
void zv_throttle_refund(struct zv_throttle *throttle, struct zv_str login, struct zv_str address, int64_t now_ms);

#endif
