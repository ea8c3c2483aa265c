/* Which version of the program this is. */
#ifndef ZV_APP_VERSION_H
#define ZV_APP_VERSION_H

#include "base/str.h"

/* "0.1.0"; lives for ever. */
struct zv_str zv_program_version(void);

#endif
