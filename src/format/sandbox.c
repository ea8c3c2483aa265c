/* Limits and the seccomp filter. Under AddressSanitizer its own needs are added, or no test of the cage could run. */
#include "format/sandbox.h"

#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/base.h"
#include "format/budget.h"

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif
#ifndef WITH_ASAN
#define WITH_ASAN 0
#endif

enum { SAFE_FD = 64, FALLBACK_FDS = 4096 };

/* Bytes of address space in use: the limit on memory counts from there, as the child inherits all that its parent had mapped. */
static int64_t address_space(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	long long pages = -1;

	if (f == NULL)
		return -1;
	if (fscanf(f, "%lld", &pages) != 1)
		pages = -1;
	(void)fclose(f);
	return pages < 0 ? -1 : pages * sysconf(_SC_PAGESIZE);
}

static bool limit(__rlimit_resource_t resource, int64_t value)
{
	struct rlimit l = {(rlim_t)value, (rlim_t)value + (resource == RLIMIT_CPU)}; /* SIGXCPU comes before SIGKILL */

	return setrlimit(resource, &l) == 0;
}

static bool set_limits(int cpu_s)
{
	int64_t used = WITH_ASAN ? 0 : address_space();

	if (used < 0 || (!WITH_ASAN && !limit(RLIMIT_AS, used + ZV_LIMIT_MEMORY)))
		return false;
	return limit(RLIMIT_CPU, cpu_s) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0);
}

/* Ends with nothing open but 0, 1 and, under ASan, 2 for its reports. */
static bool set_descriptors(int in, int out)
{
	unsigned first_closed = WITH_ASAN ? 3 : 2;

	in = fcntl(in, F_DUPFD, SAFE_FD);
	out = fcntl(out, F_DUPFD, SAFE_FD);
	if (in < 0 || out < 0 || dup2(in, ZV_SANDBOX_IN) < 0 || dup2(out, ZV_SANDBOX_OUT) < 0)
		return false;
	if (close_range(first_closed, UINT_MAX, 0) == 0)
		return true;
	for (unsigned fd = first_closed; fd < FALLBACK_FDS; fd++) /* Linux before 5.9 */
		(void)close((int)fd);
	return true;
}

static bool allow(scmp_filter_ctx filter, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
			return false;
	}
	return true;
}

/* Anonymous memory only, and never executable. */
static bool allow_memory(scmp_filter_ctx filter)
{
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
				SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0), SCMP_A4(SCMP_CMP_MASKED_EQ, UINT32_MAX, UINT32_MAX)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

/* Descriptor 2 is closed but for ASan; a last word about memory may try it and go on. */
static bool allow_files(scmp_filter_ctx filter)
{
	static const int reads[] = {SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(fstat)};

	for (size_t i = 0; i < ZV_LEN(reads); i++) {
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, reads[i], 1, SCMP_A0(SCMP_CMP_EQ, ZV_SANDBOX_IN)) != 0)
			return false;
	}
#ifdef __NR_newfstatat /* how newer C libraries do fstat: only with the empty path */
	if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 2, SCMP_A0(SCMP_CMP_EQ, ZV_SANDBOX_IN),
			     SCMP_A3(SCMP_CMP_MASKED_EQ, 0x1000, 0x1000)) != 0)
		return false;
#endif
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_LE, STDERR_FILENO)) == 0;
}

static bool load_filter(void)
{
	static const int calls[] = {
		SCMP_SYS(brk),          SCMP_SYS(munmap),     SCMP_SYS(mremap),         SCMP_SYS(madvise),
		SCMP_SYS(exit_group),   SCMP_SYS(exit),       SCMP_SYS(rt_sigreturn),   SCMP_SYS(futex),
		SCMP_SYS(getrandom),    SCMP_SYS(clock_gettime),
#if WITH_ASAN
		SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(sigaltstack), SCMP_SYS(getpid), SCMP_SYS(gettid),
		SCMP_SYS(sched_yield), SCMP_SYS(prctl), SCMP_SYS(getrusage),
#endif
	};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool ok = filter != NULL && allow(filter, calls, ZV_LEN(calls)) && allow_memory(filter) && allow_files(filter) &&
		  seccomp_load(filter) == 0; /* sets "no new privileges" first */

	seccomp_release(filter);
	return ok;
}

bool zv_sandbox_enter(int in, int out, int cpu_s)
{
	(void)mallopt(M_ARENA_MAX, 1); /* or a failing malloc counts processors, which the filter punishes */
	(void)signal(SIGPIPE, SIG_DFL);
	(void)signal(SIGXCPU, SIG_DFL);
	(void)signal(SIGTERM, SIG_DFL);
	(void)signal(SIGINT, SIG_DFL);
	return set_descriptors(in, out) && set_limits(cpu_s) && prctl(PR_SET_DUMPABLE, 0) == 0 && load_filter();
}
