/** WGS84, in degrees. */
export interface Point {
  latitude: number
  longitude: number
}

const EARTH_RADIUS_KM = 6371.0088

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** As the crow flies, in kilometres with one decimal: more would pretend that a postcode is a front door. */
export function kilometresBetween(a: Point, b: Point): number {
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const chord =
    half(a.latitude, b.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude)
  return Math.round(2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord))) * 10) / 10
}

/** A place that is known by both its numbers. */
export function pointOf(place: { latitude: number | null; longitude: number | null } | undefined): Point | null {
  if (place?.latitude == null || place.longitude == null) return null
  return { latitude: place.latitude, longitude: place.longitude }
}
