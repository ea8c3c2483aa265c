/* Distances. The sine and arc functions are written out, since those of the C library may differ in the last bit between machines;
 * + - * / and sqrt do not. Built with -ffp-contract=off. */
#include <math.h>

#include "model/region.h"

#define PI 3.14159265358979323846
#define EARTH_KM 6371.0088 /* mean radius of the IUGG */

enum { INSIDE_KM = 30, DETOUR_NUM = 5, DETOUR_DEN = 4 };

/* Taylor series of the sine for |x| <= pi/2: the term left out is below 1e-17. */
static double sine_small(double x)
{
	double term = x;
	double sum = x;

	for (int n = 3; n <= 21; n += 2) {
		term = -term * x * x / (double)((n - 1) * n);
		sum += term;
	}
	return sum;
}

/* |x| <= pi. */
static double sine(double x)
{
	if (x > PI / 2)
		x = PI - x;
	else if (x < -PI / 2)
		x = -PI - x;
	return sine_small(x);
}

static double cosine_of_latitude(double x)
{
	return sine_small(PI / 2 - (x < 0 ? -x : x));
}

/* Arc tangent by halving the angle until the series converges in a few terms. x >= 0. */
static double arc_tangent(double x)
{
	double sum = 0;
	double power;
	int halved = 0;

	for (; x > 0.1; halved++)
		x = x / (1 + sqrt(1 + x * x));
	power = x;
	for (int n = 1; n <= 15; n += 2) {
		sum += (n % 4 == 1 ? power : -power) / n;
		power *= x * x;
	}
	for (; halved > 0; halved--)
		sum *= 2;
	return sum;
}

static double radians(double degrees)
{
	return degrees * PI / 180.0;
}

/* The haversine formula. Degrees; the difference of longitudes is within -180..180. */
static double great_circle(double lat_a, double lat_b, double dlat, double dlon)
{
	double s_lat = sine(radians(dlat) / 2);
	double s_lon = sine(radians(dlon) / 2);
	double h = s_lat * s_lat + cosine_of_latitude(radians(lat_a)) * cosine_of_latitude(radians(lat_b)) * s_lon * s_lon;

	if (h >= 1)
		return PI * EARTH_KM;
	return 2 * EARTH_KM * arc_tangent(sqrt(h / (1 - h)));
}

int32_t zv_geo_km(int32_t lat_a, int32_t lon_a, int32_t lat_b, int32_t lon_b)
{
	int32_t dlon = (lon_b - lon_a + 54000) % 36000 - 18000;

	return (int32_t)(great_circle(lat_a / 100.0, lat_b / 100.0, (lat_b - lat_a) / 100.0, dlon / 100.0) + 0.5);
}

double zv_geo_km_exact(double lat_a, double lon_a, double lat_b, double lon_b)
{
	double dlon = lon_b - lon_a;

	if (dlon > 180)
		dlon -= 360;
	else if (dlon < -180)
		dlon += 360;
	return great_circle(lat_a, lat_b, lat_b - lat_a, dlon);
}

int32_t zv_region_km(const struct zv_region *a, const struct zv_region *b)
{
	if (a == b || zv_str_eq(a->iso, b->iso))
		return INSIDE_KM;
	return (zv_geo_km(a->lat_e2, a->lon_e2, b->lat_e2, b->lon_e2) * DETOUR_NUM + DETOUR_DEN / 2) / DETOUR_DEN;
}
