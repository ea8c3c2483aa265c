/* libcurl, held short: one scheme, no redirects, no cookies, bounded in time and size. */
#include "net/http_client.h"

#include <curl/curl.h>
#include <pthread.h>
#include <string.h>

#include "base/buf.h"

enum { TIMEOUT_MS = 10000, CONNECT_MS = 5000, MAX = 1 << 20 };

static CURLcode started = CURLE_FAILED_INIT;

static void start(void)
{
	started = curl_global_init(CURL_GLOBAL_DEFAULT);
}

static size_t take(char *p, size_t size, size_t n, void *context)
{
	struct zv_buf *body = context;

	zv_buf_add(body, p, size * n);
	return body->full ? 0 : size * n;
}

/* Loopback by name or number, with a port or without. */
static bool is_loopback(struct zv_str rest)
{
	static const char *const hosts[] = {"127.0.0.1", "localhost", "[::1]"};

	for (size_t i = 0; i < ZV_LEN(hosts); i++) {
		struct zv_str host = zv_str_c(hosts[i]);

		if (!zv_str_starts(rest, host))
			continue;
		if (rest.n == host.n || rest.p[host.n] == ':' || rest.p[host.n] == '/')
			return true;
	}
	return false;
}

bool zv_http_url_check(struct zv_str url, bool insecure)
{
	static const struct zv_str https = ZV_STR_INIT("https://");
	static const struct zv_str http = ZV_STR_INIT("http://");
	struct zv_str rest = zv_str_from(url, https.n);

	for (size_t i = 0; i < url.n; i++) {
		if (url.p[i] <= ' ' || url.p[i] > '~' || url.p[i] == '@' || url.p[i] == '\\' || url.p[i] == '#')
			return false;
	}
	if (zv_str_starts(url, https))
		return rest.n > 0 && rest.p[0] != '/';
	return insecure && zv_str_starts(url, http) && is_loopback(zv_str_from(url, http.n));
}

static enum zv_code fail(CURLcode what, const struct zv_buf *body, const char *url, struct zv_err *err)
{
	if (body->full)
		return zv_fail(err, ZV_E_LIMIT, "", N_("The answer of %s is too long."), url);
	if (what == CURLE_OPERATION_TIMEDOUT)
		return zv_fail(err, ZV_E_IO, "", N_("%s did not answer in time."), url);
	return zv_fail(err, ZV_E_IO, "", N_("%s could not be reached: %s."), url, curl_easy_strerror(what));
}

static void set_options(CURL *curl, const struct zv_http_ask *ask, struct zv_buf *body, struct curl_slist *fields)
{
	long timeout = ask->timeout_ms > 0 ? ask->timeout_ms : TIMEOUT_MS;
	bool plain = strncmp(ask->url, "http:", 5) == 0;

	(void)curl_easy_setopt(curl, CURLOPT_URL, ask->url);
	(void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
	(void)curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	(void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout);
	(void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, timeout < CONNECT_MS ? timeout : (long)CONNECT_MS);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
	(void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
	(void)curl_easy_setopt(curl, CURLOPT_USERAGENT, "Zveno");
	(void)curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (plain)
		(void)curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	if (ask->form.n > 0) {
		(void)curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)ask->form.n);
		(void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS, ask->form.p);
	}
	if (ask->user != NULL) {
		(void)curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
		(void)curl_easy_setopt(curl, CURLOPT_USERNAME, ask->user);
		(void)curl_easy_setopt(curl, CURLOPT_PASSWORD, ask->password);
	}
}

enum zv_code zv_http_fetch(struct zv_http_reply *out, const struct zv_http_ask *ask, struct zv_arena *arena, struct zv_err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct zv_buf body;
	struct zv_buf accept;
	struct curl_slist *fields = NULL;
	CURL *curl = NULL;
	CURLcode done = CURLE_FAILED_INIT;
	long status = 0;
	enum zv_code code = ZV_OK;

	if (!zv_http_url_check(zv_str_c(ask->url), ask->insecure))
		return zv_fail(err, ZV_E_INVALID, "url", N_("“%s” is not an address that is asked over https."), ask->url);
	(void)pthread_once(&once, start);
	zv_buf_init(&body, ask->max > 0 ? ask->max : (size_t)MAX);
	zv_buf_init(&accept, 0);
	zv_buf_addf(&accept, "Accept: %s", ask->accept != NULL ? ask->accept : "application/json");
	if (started == CURLE_OK)
		curl = curl_easy_init();
	if (curl != NULL) {
		fields = curl_slist_append(NULL, zv_buf_c(&accept));
		set_options(curl, ask, &body, fields);
		done = curl_easy_perform(curl);
		(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	}
	if (done != CURLE_OK)
		code = fail(done, &body, ask->url, err);
	else
		*out = (struct zv_http_reply){.status = (int)status, .body = zv_str_dup(arena, zv_buf_str(&body))};
	curl_slist_free_all(fields);
	curl_easy_cleanup(curl);
	zv_buf_done(&accept);
	zv_buf_done(&body);
	return code;
}

void zv_form_escape(struct zv_buf *out, struct zv_str value)
{
	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || zv_is_digit((char)c) || (c != '\0' && strchr("-._~", c) != NULL))
			zv_buf_add_char(out, (char)c);
		else
			zv_buf_addf(out, "%%%02X", c);
	}
}

void zv_form_add(struct zv_buf *out, const char *name, struct zv_str value)
{
	if (out->n > 0)
		zv_buf_add_char(out, '&');
	zv_buf_add_c(out, name);
	zv_buf_add_char(out, '=');
	zv_form_escape(out, value);
}
