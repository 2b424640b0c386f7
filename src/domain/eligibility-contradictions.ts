import { takesFrom } from './eligibility.ts'
import { asCompared } from './eligibility-questions.ts'
import { type EligibilityRule, ROUTE_KINDS, type RouteKind, type RuleKind, type RuleOf } from './eligibility-rules.ts'
import { AS_GENDER, ruleSentence } from './eligibility-words.ts'

/** What there is to choose from. What is undefined was never loaded, and is then judged by its form alone. */
export interface World {
  wards: ReadonlySet<string>
  localities: ReadonlySet<string>
  lsoas?: ReadonlySet<string> | undefined
  districts?: ReadonlySet<string> | undefined
  /** Organisations by their short names, and what kind each is. */
  organisations: ReadonlyMap<string, RouteKind>
  /** The part of the city that a ward belongs to. */
  localityOf?: ReadonlyMap<string, string> | undefined
}

/** Why nobody could ever meet a rule: which of the rules, and the reason in words. */
export interface Contradiction {
  index: number
  rule: RuleKind
  text: string
}

/** Rules that hold beside the ones that are looked at, and whose they are: "Community Roots". */
export interface Beside {
  whose: string
  rules: EligibilityRule[]
}

const listed = (parts: string[]) => parts.map((part) => `“${part}”`).join(', ')
const inside = (text: string) => text.replace(/^For /, 'for ').replace(/^Mostly /, 'mostly ')

/** The rule by itself. */
function alone(rule: EligibilityRule, world: World): string[] {
  switch (rule.rule) {
    case 'age':
      return ageFaults(rule)
    case 'area':
      return areaFaults(rule, world)
    case 'route':
      return routeFaults(rule, world)
    case 'gender_focus':
      return rule.gender === 'not_stated' ? ['Choose a gender. A group cannot be for a gender that nobody stated'] : []
    default:
      return []
  }
}

function ageFaults({ min, max }: RuleOf<'age'>): string[] {
  if (min === undefined && max === undefined) return ['Say from which age, or up to which age']
  if (min !== undefined && max !== undefined && min > max)
    return [`Nobody is ${min} or over and ${max} or under. The first age must not be above the second`]
  return []
}

function unknown(what: string, given: string[] | undefined, there: ReadonlySet<string> | undefined): string[] {
  const missing = there ? (given ?? []).filter((one) => !there.has(one)) : []
  return missing.length > 0 ? [`There is no ${what} ${listed(missing)}`] : []
}

const DISTRICT = /^[A-Z]{1,2}\d[A-Z\d]?$/
const LSOA = /^[EW]01\d{6}$/

function areaFaults(rule: RuleOf<'area'>, world: World): string[] {
  const { wards, districts, localities = [], lsoas = [] } = rule
  if ([wards, districts, localities, lsoas].every((places) => places.length === 0))
    return ['Choose at least one ward, part of the city, neighbourhood or postcode district']
  const oddDistricts = districts.filter((district) => !DISTRICT.test(district))
  const oddLsoas = lsoas.filter((code) => !LSOA.test(code))
  return [
    ...unknown('ward', wards, world.wards),
    ...unknown('part of the city', localities, world.localities),
    ...(oddDistricts.length > 0 ? [`${listed(oddDistricts)} is no postcode district, like SO14`] : []),
    ...unknown(
      'postcode district',
      districts.filter((one) => DISTRICT.test(one)),
      world.districts,
    ),
    ...(oddLsoas.length > 0 ? [`${listed(oddLsoas)} is no neighbourhood code, like E01017140`] : []),
    ...unknown(
      'neighbourhood',
      lsoas.filter((one) => LSOA.test(one)),
      world.lsoas,
    ),
  ]
}

const isOnlySelf = ({ kinds, organisations }: RuleOf<'route'>) =>
  kinds.length > 0 && kinds.every((kind) => kind === 'self') && organisations.length === 0

const BY_INVITATION = 'people can only come by themselves, and nobody could invite them. Choose one of the two'

function routeFaults(rule: RuleOf<'route'>, world: World): string[] {
  const { kinds, organisations, invitedTo } = rule
  if (kinds.length === 0 && organisations.length === 0 && !invitedTo)
    return ['Nobody could refer. Choose who may, or let people come by invitation']
  if (invitedTo && isOnlySelf(rule)) return [`This is by invitation, yet ${BY_INVITATION}`]
  return unknown('organisation', organisations, new Set(world.organisations.keys()))
}

const common = (one: string[] | undefined, other: string[] | undefined) =>
  (one ?? []).some((place) => (other ?? []).includes(place))

/** Two areas are apart where both are given in the same measure, and share no place. */
function areApart(one: RuleOf<'area'>, other: RuleOf<'area'>, { localityOf }: World): boolean {
  const exact = ({ wards, localities = [], lsoas = [] }: RuleOf<'area'>) => [
    wards.length > 0,
    localities.length > 0,
    lsoas.length > 0,
  ]
  const [byOne, byOther] = [exact(one), exact(other)]
  const isSameMeasure = byOne.every((isGiven, index) => isGiven === byOther[index])
  if (isSameMeasure) {
    const isByDistrict = !byOne.includes(true)
    if (isByDistrict) return !common(one.districts, other.districts)
    return (
      !common(one.wards, other.wards) && !common(one.localities, other.localities) && !common(one.lsoas, other.lsoas)
    )
  }
  const wardsApart = ({ wards, lsoas }: RuleOf<'area'>, { localities, wards: others, lsoas: more }: RuleOf<'area'>) =>
    wards.length > 0 &&
    !lsoas?.length &&
    !more?.length &&
    others.length === 0 &&
    Boolean(localities?.length) &&
    wards.every((ward) => {
      const locality = localityOf?.get(ward)
      return locality !== undefined && !localities?.includes(locality)
    })
  return wardsApart(one, other) || wardsApart(other, one)
}

/** Whether any referral there could be passes both: from each kind and organisation, straight or through a navigator. */
function sharesAWay(one: RuleOf<'route'>, other: RuleOf<'route'>, { organisations }: World): boolean {
  const named = [...one.organisations, ...other.organisations].flatMap((slug) => {
    const kind = organisations.get(slug)
    return kind ? [{ kind, organisation: slug }] : []
  })
  const origins = [...ROUTE_KINDS.map((kind) => ({ kind, organisation: null })), ...named]
  const navigator = { kind: 'navigation_service' as const, organisation: null }
  const passes = (rule: RuleOf<'route'>, origin: (typeof origins)[number]) =>
    Boolean(rule.invitedTo) || takesFrom(rule, origin) || (!rule.originalOnly && takesFrom(rule, navigator))
  return origins.some((origin) => passes(one, origin) && passes(other, origin))
}

function routesDisagree(one: RuleOf<'route'>, other: RuleOf<'route'>, world: World): string | undefined {
  const [self, invited] = isOnlySelf(one) ? [one, other] : [other, one]
  if (isOnlySelf(self) && invited.invitedTo && !takesFrom(invited, { kind: 'self', organisation: null }))
    return BY_INVITATION
  return sharesAWay(one, other, world) ? undefined : 'no referral could come by both ways'
}

/** Why two rules cannot both be met; undefined where somebody could. */
function together(one: EligibilityRule, other: EligibilityRule, world: World): string | undefined {
  if (one.rule === 'age' && other.rule === 'age') {
    const min = Math.max(one.min ?? 0, other.min ?? 0)
    const max = Math.min(one.max ?? 200, other.max ?? 200)
    return min > max ? `nobody is ${min} or over and ${max} or under` : undefined
  }
  if (one.rule === 'area' && other.rule === 'area')
    return areApart(one, other, world) ? 'nobody lives in both' : undefined
  if (one.rule === 'route' && other.rule === 'route') return routesDisagree(one, other, world)
  if (one.rule === 'gender_focus' && other.rule === 'gender_focus')
    return one.refuses && other.refuses && one.gender !== other.gender
      ? `nobody describes themselves as ${AS_GENDER[one.gender]} and ${AS_GENDER[other.gender]}`
      : undefined
  if (one.rule === 'diagnosis' && other.rule === 'exclusion') return allExcluded(one, other)
  if (one.rule === 'exclusion' && other.rule === 'diagnosis') return allExcluded(other, one)
  if (one.rule === 'ask' && other.rule === 'ask')
    return asCompared(one.question) === asCompared(other.question) && one.wants !== other.wants
      ? 'the same question cannot want yes and no'
      : undefined
  return undefined
}

function allExcluded(wanted: RuleOf<'diagnosis'>, { diagnoses = [] }: RuleOf<'exclusion'>): string | undefined {
  const out = diagnoses.map(asCompared)
  return wanted.anyOf.every((code) => out.includes(asCompared(code))) ? 'everybody it is for is left out' : undefined
}

/**
 * What nobody could ever meet, of these rules by themselves, together, and beside the rules that hold with them (a
 * project's beside a group's). Each fault names both sides.
 */
export function contradictions(rules: EligibilityRule[], world: World, beside: Beside[] = []): Contradiction[] {
  return rules.flatMap((rule, index) => {
    const here = (text: string): Contradiction => ({ index, rule: rule.rule, text })
    const own = alone(rule, world)
    if (own.length > 0) return own.map(here)
    const sound = (other: EligibilityRule) => alone(other, world).length === 0
    const earlier = rules.slice(0, index).filter(sound)
    const others = beside.flatMap(({ whose, rules }) => rules.filter(sound).map((other) => ({ whose, other })))
    const against = (other: EligibilityRule, whose: string) => {
      const why = together(rule, other, world)
      return why ? [here(`${ruleSentence(rule)}, yet ${whose}${inside(ruleSentence(other))}: ${why}`)] : []
    }
    return [
      ...earlier.flatMap((other) => against(other, '')),
      ...others.flatMap(({ whose, other }) => against(other, `${whose} is `)),
    ]
  })
}
