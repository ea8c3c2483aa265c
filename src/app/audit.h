/* The audit trail as the command line and the API use it: it is the store's own. */
#ifndef ZV_APP_AUDIT_H
#define ZV_APP_AUDIT_H

#include "store/audit.h"

#endif
