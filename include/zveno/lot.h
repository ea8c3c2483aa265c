/* libzveno: lots and their fair split. Plain C: arrays in, results out, no type of a third party. */
#ifndef ZVENO_LOT_H
#define ZVENO_LOT_H

#include "engine/lot/lot.h"
#include "engine/lot/split.h"

#endif
