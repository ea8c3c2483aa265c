/* libzveno: dated rules in three values, and support in roubles. Plain C: facts as arrays in, verdicts and sums out, no type of a third party. */
#ifndef ZVENO_RULES_H
#define ZVENO_RULES_H

#include "engine/rules/amount.h"
#include "engine/rules/rules.h"

#endif
