import type { Choices } from '../../actions/directory/open-project.ts'
import type { EligibilityRule, RouteKind, RuleKind } from '../../domain/eligibility-rules.ts'
import { REFERRING_KINDS, ROUTE_WORDS, routeSays } from '../../domain/eligibility-words.ts'
import { GENDERS } from '../../domain/person.ts'
import { NEED_CHOICES } from './entry-form.ts'
import { isTicked, several, text, type Values } from './forms.ts'

/** Organisations that people expect to find by name; any other is typed. */
const NAMED_KINDS: RouteKind[] = [
  'referral_partner',
  'probation',
  'social_care',
  'school',
  'mental_health_team',
  'health_service',
]
const MOST_NAMED = 40

/** The words of a form as a list: commas and line ends part them. */
const parts = (typed: string | undefined) =>
  (typed ?? '')
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter(Boolean)

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

function either(names: string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

/** What there is to choose from on the form of a rule. */
export function ruleChoices({ organisations, wards, localities }: Choices) {
  return {
    needs: NEED_CHOICES,
    kinds: REFERRING_KINDS.map((value) => ({ value, text: capital(ROUTE_WORDS[value].many) })),
    organisations: organisations
      .filter(({ kind }) => NAMED_KINDS.includes(kind))
      .slice(0, MOST_NAMED)
      .map(({ slug, name }) => ({ value: slug, text: name })),
    wards: wards.map(({ code, name }) => ({ value: code, text: name })),
    localities: localities.map((value) => ({ value, text: value })),
    genders: GENDERS.filter((one) => one !== 'not_stated').map((value) => ({
      value,
      text: { woman: 'Women', man: 'Men', non_binary: 'Non-binary people', other: 'People of other genders' }[value],
    })),
  }
}

/** A number as it was typed; what is no number is refused with words. */
const number = (typed: string | undefined) =>
  typed === undefined ? undefined : /^\d{1,4}$/.test(typed) ? Number(typed) : Number.NaN

function areaFrom(values: Values, choices: Choices, home: Home) {
  const wards = several(values, 'wards')
  const localities = several(values, 'localities')
  const districts = parts(text(values, 'districts')).map((district) => district.toUpperCase().replace(/\s/g, ''))
  const lsoas = parts(text(values, 'lsoas')).map((code) => code.toUpperCase())
  const names = wards.map((code) => choices.wards.find((ward) => ward.code === code)?.name ?? code)
  const exact = [...localities, ...names]
  const said =
    exact.length > 0
      ? exact
      : districts.length > 0
        ? districts
        : lsoas.length > 0
          ? [`the neighbourhoods of ${home.project}`]
          : ['the area']
  return {
    rule: 'area',
    wards,
    districts,
    ...(localities.length > 0 ? { localities } : {}),
    ...(lsoas.length > 0 ? { lsoas } : {}),
    name: text(values, 'areaName') ?? either(said),
  }
}

/** @param home what people would be invited to: the group, or the project */
function routeFrom(values: Values, { organisations }: Choices, home: Home) {
  const known = new Map(
    organisations.flatMap(({ slug, name }) => [
      [slug, slug],
      [name.toLowerCase(), slug],
    ]),
  )
  const typed = parts(text(values, 'otherOrganisations')).map((name) => known.get(name.toLowerCase()) ?? name)
  const isInvited = isTicked(values, 'invited')
  const route = {
    kinds: several(values, 'kinds') as RouteKind[],
    // Whoever invites may refer whom they invited.
    organisations: [...new Set([...several(values, 'organisations'), ...typed, ...(isInvited ? [home.provider] : [])])],
    originalOnly: isTicked(values, 'originalOnly'),
    ...(isInvited ? { invitedTo: home.name } : {}),
  }
  const named = { ...route, organisations: route.organisations.filter((slug) => !isInvited || slug !== home.provider) }
  const nameOf = (slug: string) => organisations.find((one) => one.slug === slug)?.name ?? slug
  return {
    rule: 'route',
    ...route,
    says: text(values, 'says')?.replace(/\s+/g, ' ') ?? (routeSays(named, nameOf) || 'Nobody can refer'),
  }
}

export interface Home {
  /** The project's, or the group's. */
  name: string
  project: string
  /** The provider, by its short name. */
  provider: string
}

/** A posted form as the rule it means; a shape that was not filled in is refused with words. */
export function ruleFrom(kind: RuleKind, values: Values, choices: Choices, home: Home): unknown {
  switch (kind) {
    case 'age':
      return { rule: kind, min: number(text(values, 'min')), max: number(text(values, 'max')) }
    case 'area':
      return areaFrom(values, choices, home)
    case 'route':
      return routeFrom(values, choices, home)
    case 'need':
      return { rule: kind, anyOf: several(values, 'anyOf') }
    case 'diagnosis':
    case 'recovering_from': {
      const name = text(values, 'name') ?? ''
      const codes = parts(text(values, 'codes'))
      return { rule: kind, name, anyOf: codes.length > 0 ? codes : parts(name) }
    }
    case 'gender_focus':
      return { rule: kind, gender: text(values, 'gender'), refuses: text(values, 'refuses') === 'yes' }
    case 'exclusion': {
      const diagnoses = parts(text(values, 'codes'))
      return { rule: kind, who: text(values, 'who') ?? '', ...(diagnoses.length > 0 ? { diagnoses } : {}) }
    }
    case 'ask':
      return { rule: kind, question: text(values, 'question') ?? '', wants: text(values, 'wants') }
    default:
      return { rule: kind }
  }
}

/** A rule as the fields of its form hold it. */
export function ruleValues(rule: EligibilityRule, { organisations }: Choices, home: Home): Values {
  switch (rule.rule) {
    case 'age':
      return { min: String(rule.min ?? ''), max: String(rule.max ?? '') }
    case 'area':
      return {
        wards: rule.wards,
        localities: rule.localities ?? [],
        districts: rule.districts.join(', '),
        lsoas: (rule.lsoas ?? []).join('\n'),
        areaName: rule.name,
      }
    case 'route': {
      const shown = organisations.filter(({ kind }) => NAMED_KINDS.includes(kind)).slice(0, MOST_NAMED)
      const isShown = (slug: string) => shown.some((one) => one.slug === slug)
      const own = rule.organisations.filter((slug) => !rule.invitedTo || slug !== home.provider)
      const nameOf = (slug: string) => organisations.find((one) => one.slug === slug)?.name ?? slug
      return {
        kinds: rule.kinds,
        organisations: own.filter(isShown),
        otherOrganisations: own
          .filter((slug) => !isShown(slug))
          .map(nameOf)
          .join('\n'),
        says: rule.says === routeSays({ ...rule, organisations: own }, nameOf) ? '' : rule.says,
        ...(rule.originalOnly ? { originalOnly: 'yes' } : {}),
        ...(rule.invitedTo ? { invited: 'yes' } : {}),
      }
    }
    case 'need':
      return { anyOf: rule.anyOf }
    case 'diagnosis':
    case 'recovering_from':
      return { name: rule.name, codes: rule.anyOf.join(', ') }
    case 'gender_focus':
      return { gender: rule.gender, refuses: rule.refuses ? 'yes' : 'no' }
    case 'exclusion':
      return { who: rule.who, codes: (rule.diagnoses ?? []).join(', ') }
    case 'ask':
      return { question: rule.question, wants: rule.wants }
    default:
      return {}
  }
}

/** The first field of each form, where a fault of the whole rule stands. */
export const FIRST_FIELD: Record<RuleKind, string> = {
  age: 'min',
  area: 'wards',
  route: 'kinds',
  need: 'anyOf',
  diagnosis: 'name',
  recovering_from: 'name',
  severe_mental_illness: '',
  fall_or_at_risk: '',
  travel: '',
  gender_focus: 'gender',
  exclusion: 'who',
  ask: 'question',
}
