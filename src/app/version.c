/* The version that the build was told. */
#include "app/version.h"

struct zv_str zv_program_version(void)
{
	return ZV_STR(ZVENO_VERSION);
}
