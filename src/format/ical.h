/*
 * iCalendar (RFC 5545), written: content lines of at most 75 octets with CRLF, folded between characters; texts escaped; dates and instants in UTC.
 * The caller gives the order of components and properties, and every date: nothing here looks at a clock.
 */
#ifndef ZV_FORMAT_ICAL_H
#define ZV_FORMAT_ICAL_H

#include "base/buf.h"
#include "base/date.h"

/* "BEGIN:VEVENT" and "END:VEVENT". */
void zv_ical_begin(struct zv_buf *out, const char *component);
void zv_ical_end(struct zv_buf *out, const char *component);

/* A property whose value needs no escaping: "VERSION:2.0". `name` may carry parameters: "DTSTART;VALUE=DATE". */
void zv_ical_plain(struct zv_buf *out, const char *name, struct zv_str value);

/* TEXT: backslash, semicolon, comma and line ends escaped; other control characters are left out. An empty value writes nothing. */
void zv_ical_text(struct zv_buf *out, const char *name, struct zv_str value);

/* "name;VALUE=DATE:20240916"; and "name:20240916T083000Z". */
void zv_ical_date(struct zv_buf *out, const char *name, zv_date date);
void zv_ical_instant(struct zv_buf *out, const char *name, int64_t ms);

#endif
