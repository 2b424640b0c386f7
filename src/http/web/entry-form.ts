import type { EntryView } from '../../actions/directory/own-entry-view.ts'
import { ACCESS, PROJECT_STATUSES, type ProjectStatus } from '../../domain/directory.ts'
import { PROJECT_LABELS } from '../../domain/entry-labels.ts'
import { languageName, OFFERED_LANGUAGES } from '../../domain/languages.ts'
import { NEED_CODES, needLabel } from '../../domain/needs.ts'
import { type FieldFault, isTicked, several, text, type Values } from './forms.ts'

const STATUS_WORDS: Record<ProjectStatus, string> = {
  active: 'Runs',
  'temporarily closed': 'Closed for a time',
  inactive: 'Does not run at present',
  defunct: 'Ended for good',
}
export const STATUSES = PROJECT_STATUSES.map((value) => ({ value, text: STATUS_WORDS[value] }))
export const NEED_CHOICES = NEED_CODES.map((value) => ({ value, text: needLabel(value) }))
export const ACCESS_CHOICES = Object.entries(ACCESS).map(([value, words]) => ({ value, text: words }))

export const LANGUAGE_CHOICES = OFFERED_LANGUAGES.map((value) => ({ value, text: languageName(value) }))

export function languageWords(codes: string[] | null): string | null {
  return codes?.length ? codes.map(languageName).join(', ') : null
}

/** What the form asks for in another way than the entry keeps it: pounds, and rare languages by themselves. */
const ASKED: Record<string, Record<string, string>> = {
  costPence: { cost: PROJECT_LABELS.costPence },
  languages: { languages: PROJECT_LABELS.languages, otherLanguages: 'Other languages' },
  rules: {},
  isListed: {},
}

export const LABELS: Record<string, string> = Object.fromEntries(
  Object.entries(PROJECT_LABELS).flatMap(([column, label]) => Object.entries(ASKED[column] ?? { [column]: label })),
)

const LINES = [
  'firstVisit',
  'greeter',
  'howToRefer',
  'costNote',
  'contactName',
  'contactPhone',
  'contactEmail',
] as const

const pounds = (pence: number | null) => (pence === null ? '' : (pence / 100).toFixed(2).replace(/\.00$/, ''))

/** An entry as the fields hold it. */
export function valuesFor(entry: EntryView): Values {
  const languages = entry.languages ?? []
  return {
    name: entry.name,
    summary: entry.summary,
    ...Object.fromEntries(LINES.map((field) => [field, entry[field] ?? ''])),
    url: entry.url ?? '',
    alert: entry.alert ?? '',
    needs: entry.needs.map(({ code }) => code),
    cost: pounds(entry.costPence),
    languages: languages.filter((code) => OFFERED_LANGUAGES.includes(code)),
    otherLanguages: languages.filter((code) => !OFFERED_LANGUAGES.includes(code)).join(', '),
    access: entry.access ?? [],
    interests: (entry.interests ?? []).join(', '),
    status: entry.status,
    ...(entry.isOpenAccess ? { isOpenAccess: 'yes' } : {}),
  }
}

const parts = (typed: string | undefined) =>
  (typed ?? '')
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter(Boolean)

const orNothing = <T>(list: T[]) => (list.length > 0 ? list : null)

/** "2.50", "£2", "free" in pence; what is no amount stays none, and is refused with words. */
function penceOf(typed: string | undefined): number | null {
  if (typed === undefined) return null
  if (/^(free|nothing)$/i.test(typed)) return 0
  const [, whole, pence = '0'] = /^£?\s*(\d{1,4})(?:\.(\d{1,2}))?$/.exec(typed) ?? []
  return whole === undefined ? Number.NaN : Number(whole) * 100 + Number(pence.padEnd(2, '0'))
}

/** The form as details of an entry: what is empty is taken out. */
export function detailsFrom(values: Values) {
  return {
    name: text(values, 'name') ?? '',
    summary: text(values, 'summary') ?? '',
    needs: several(values, 'needs'),
    ...Object.fromEntries(LINES.map((field) => [field, text(values, field) ?? null])),
    url: text(values, 'url') ?? null,
    alert: text(values, 'alert') ?? null,
    costPence: penceOf(text(values, 'cost')),
    languages: orNothing([...several(values, 'languages'), ...parts(text(values, 'otherLanguages'))]),
    access: orNothing(several(values, 'access')),
    interests: orNothing(parts(text(values, 'interests'))),
    ...(text(values, 'status') ? { status: text(values, 'status') } : {}),
    isOpenAccess: isTicked(values, 'isOpenAccess'),
  }
}

const FIELDS: Record<string, string> = { costPence: 'cost', languages: 'otherLanguages' }

/** The form asks for pounds, and the entry keeps pence. */
export function inPounds(faults: FieldFault[]): FieldFault[] {
  return faults.map((fault) =>
    fault.field === 'cost' ? { ...fault, text: 'Enter a cost in pounds, like 2.50, or 0 where it is free' } : fault,
  )
}

/** Where a fault of the shape stands on the page. */
export function fieldOf(path: string): string {
  const [first = ''] = path.split('/')
  return FIELDS[first] ?? first
}
