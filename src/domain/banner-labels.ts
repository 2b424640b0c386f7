export type BannerLabel =
  | 'name'
  | 'title'
  | 'given'
  | 'middle'
  | 'family'
  | 'born'
  | 'nhs'
  | 'address'
  | 'town'
  | 'postcode'
  | 'phone'
  | 'email'
  | 'died'
  | 'other'
  | 'kin'

/** A part of a pasted text: what stands behind a label, up to the next one. What stands before all has none. */
export interface Part {
  label: BannerLabel | null
  value: string
}

// Words that are labels wherever they stand, even in a line without colons.
// biome-ignore format: a table reads as a table
const ANYWHERE: [BannerLabel, string][] = [
  ['kin', 'next of kin|nok|emergency contact|carer(?: name| details)?|proxy'],
  ['other', '(?:practice|surgery|gp)(?: name| address| postcode| post code| tel(?:ephone)?| phone| e-?mail| code)+'],
  ['other', 'usual gp|registered gp|named gp|accountable gp|registered with|usual doctor|registration (?:date|status)'],
  ['other', 'emis (?:no\\.?|number)|hospital (?:no\\.?|number)|patient (?:type|id|no\\.?|number)|gender|date registered|last seen'],
  ['died', 'deceased|date of death|died'],
  ['born', 'date of birth|birth date|d\\.?o\\.?b\\.?|born'],
  ['nhs', 'nhs (?:no\\.?|number|num|#)|nhs(?=\\s*:)'],
  ['phone', 'phone and email|(?:home|mobile|work|preferred|contact|main|day(?:time)?|evening) (?:tel(?:ephone)?|phone|mobile|number)(?: no\\.?| number)?|mobile|telephone|tel(?=\\.? ?\\+?[(\\d])'],
  ['email', 'e-?mail(?: address)?'],
  ['postcode', 'post ?code'],
  ['address', '(?:home |usual |current |main )?address(?: line)?(?: \\d)?'],
]

// Everyday words, labels only with a colon behind them, or alone at the start of a line.
// biome-ignore format: a table reads as a table
const WITH_COLON: [BannerLabel, string][] = [
  ['name', 'patient name|patient|full name|name'],
  ['title', 'title'],
  ['given', 'fore ?names?(?:\\(s\\))?|first names?(?:\\(s\\))?|given names?(?:\\(s\\))?|forename\\(s\\)'],
  ['middle', 'middle names?(?:\\(s\\))?|other names?'],
  ['family', 'surname|last name|family name'],
  ['other', 'sex|age|gp|preferred name|known as|previous (?:name|surname)|ethnicity|ethnic origin|religion|marital status|language|main language|spoken language|occupation|nationality'],
  ['phone', 'tel(?: no)?\\.?|phone(?: no\\.?| number)?|home|work|contact(?: no\\.?| number)?'],
  ['address', 'house(?: name| number| no\\.?)?|street|road|locality'],
  ['town', 'town|city|county|post town'],
]

interface Found {
  label: BannerLabel
  start: number
  end: number
}

// Where one of these stands inside a line, what is before it is a name rather than a label.
const OF_A_LINE: BannerLabel[] = ['born', 'nhs', 'died']

const BEFORE = '(^|[\\s|;,(\\[])'

function find(text: string, pattern: string, label: BannerLabel): Found[] {
  return [...text.matchAll(new RegExp(pattern, 'gimu'))].map((match) => {
    const start = match.index + (match[1] ?? '').length
    return { label, start, end: match.index + match[0].length }
  })
}

function labelsIn(text: string): Found[] {
  const all = [
    ...ANYWHERE.flatMap(([label, words]) => find(text, `${BEFORE}(?:${words})(?![\\p{L}\\d@])[ \\t]*:?`, label)),
    ...WITH_COLON.flatMap(([label, words]) => [
      ...find(text, `${BEFORE}(?:${words})[ \\t]*:`, label),
      ...find(text, `^([ \\t]*)(?:${words})(?=\\t| {2,}|[ \\t]*$)`, label),
    ]),
  ]
  // A label that nobody here knows still ends what stood before it, and what it names ("Daughter's phone") is not theirs.
  const unknown = find(text, "^([ \\t]*)\\p{Lu}(?:[\\p{L}./()'’-]| (?! )){1,30}:", 'other')
  const isLine = ({ start, end }: Found) =>
    all.some(({ label, start: inside }) => OF_A_LINE.includes(label) && inside > start && inside < end)
  all.push(...unknown.filter((found) => !isLine(found)))
  // The longest of those that begin together; what lies inside another is part of it. The known come before the unknown.
  all.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Found[] = []
  for (const found of all) if (found.start >= (kept.at(-1)?.end ?? 0)) kept.push(found)
  return kept
}

/** Cuts a text at its labels. After somebody else's (a next of kin) only what can be nobody else's is kept. */
export function partsOf(text: string): Part[] {
  const labels = labelsIn(text)
  const head = { label: null, value: text.slice(0, labels[0]?.start ?? text.length) }
  let isOfKin = false
  return [
    head,
    ...labels.map(({ label, end }, index) => {
      isOfKin ||= label === 'kin'
      const value = text.slice(end, labels[index + 1]?.start ?? text.length)
      return {
        label: isOfKin && label !== 'born' && label !== 'nhs' && label !== 'died' ? ('kin' as const) : label,
        value,
      }
    }),
  ]
}
