/**
 * Postcode areas in use (Royal Mail, as listed by the Office for National Statistics): a postcode outside them is a slip.
 */
const AREAS = new Set(
  (
    'AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY ' +
    'G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR ' +
    'NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA ' +
    'WC WD WF WN WR WS WV YO ZE'
  ).split(' '),
)

/** Only in London does a letter end the first half: EC1A, W1T. */
const LETTERED = new Set(['E', 'EC', 'N', 'NW', 'SE', 'SW', 'W', 'WC'])

/** "SO14 3AB" from any spacing and case; undefined where it cannot be a postcode. */
export function normalisePostcode(text: string): string | undefined {
  const match = /^([A-Z]{1,2})(\d[A-Z\d]?)(\d[ABD-HJLNP-UW-Z]{2})$/.exec(text.toUpperCase().replace(/[\s-]/g, ''))
  if (!match?.[1] || !match[2] || !AREAS.has(match[1])) return undefined
  if (/[A-Z]$/.test(match[2]) && !LETTERED.has(match[1])) return undefined
  return `${match[1]}${match[2]} ${match[3]}`
}

/** "SO14" from "SO14 3AB". */
export function postcodeDistrict(postcode: string): string {
  return postcode.split(' ')[0] ?? postcode
}

/** Until the official geography is loaded, residence is judged by postcode district, and shown as approximate. */
export const SOUTHAMPTON_DISTRICTS = ['SO14', 'SO15', 'SO16', 'SO17', 'SO18', 'SO19']

/** The code of the city's own authority. */
export const CITY_AUTHORITY = 'E06000045'

/** The city's electoral wards of 2023 in the order of their codes, E05015490 to E05015506. */
export const WARDS = [
  'Banister & Polygon',
  'Bargate',
  'Bassett',
  'Bevois',
  'Bitterne Park',
  'Coxford',
  'Freemantle',
  'Harefield',
  'Millbrook',
  'Peartree',
  'Portswood',
  'Redbridge',
  'Shirley',
  'Sholing',
  'Swaythling',
  'Thornhill',
  'Woolston',
].map((name, index) => ({ code: `E050${15490 + index}`, name }))

export function wardName(code: string): string | undefined {
  return WARDS.find((ward) => ward.code === code)?.name
}

/** How wards of the official list are called, by their codes. */
export interface WardNames {
  get(code: string): { name: string; authorityName: string | null } | undefined
}

const NO_NAMES: WardNames = { get: () => undefined }

/** A ward of the city by its name, one of elsewhere with its authority; undefined where no list names it. */
export function wardShown(code: string, names: WardNames = NO_NAMES): string | undefined {
  const ofTheCity = wardName(code)
  if (ofTheCity) return ofTheCity
  const listed = names.get(code)
  return listed && [listed.name, listed.authorityName].filter(Boolean).join(', ')
}

/** Where somebody lives, as far as a project that has not accepted them may know. */
export function areaShown(
  place: { wardCode: string | null; postcode: string | null },
  names: WardNames = NO_NAMES,
): string {
  const ward = place.wardCode && wardShown(place.wardCode, names)
  if (ward) return ward
  if (place.postcode) return `${postcodeDistrict(place.postcode)} (approximate)`
  return 'Not known'
}
