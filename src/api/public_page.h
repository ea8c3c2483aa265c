/* Pages that the server writes itself (feature I1): public facts in the page, so that it is read, printed and linked without JavaScript. */
#ifndef ZV_API_PUBLIC_PAGE_H
#define ZV_API_PUBLIC_PAGE_H

#include "api/call.h"

/*
 * Writes the page of the address into the answer, around the start page of the program: /, /demand and /demand/{uid}. False when it is none of
 * them, the program carries no pages, or somebody is signed in at /: then the start page alone is the answer. Scripts, where there are
 * any, take the page over. call->db must be there.
 */
bool zv_public_page(struct zv_api_call *call);

#endif
