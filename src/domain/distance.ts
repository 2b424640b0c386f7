/** WGS84, in degrees. */
export interface Point {
  latitude: number
  longitude: number
}

const EARTH_RADIUS_KM = 6371.0088

const RADIANS = Math.PI / 180

function haversine(from: number, to: number): number {
  return Math.sin(((to - from) * RADIANS) / 2) ** 2
}

/** As the crow flies, in kilometres with one decimal: more would pretend that a postcode is a front door. */
export function kilometresBetween(a: Point, b: Point): number {
  const across = Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS)
  const chord = haversine(a.latitude, b.latitude) + across * haversine(a.longitude, b.longitude)
  return Math.round(2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord))) * 10) / 10
}

/** A place that is known by both its numbers. */
export function pointOf(place: { latitude: number | null; longitude: number | null } | undefined): Point | null {
  if (place?.latitude == null || place.longitude == null) return null
  return { latitude: place.latitude, longitude: place.longitude }
}
