const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '’', nbsp: ' ', ndash: '–' }

/** Ends of lines in what a machine wrote for a browser. */
const BREAKS = /<(?:br|p|\/p|div|\/div|li|\/li|h[1-6]|\/h[1-6]|tr|\/tr)\b[^<>]*>/gi
// Never shown, and where writing may run backwards or hide: it makes one text look like another.
const UNSEEN = /(?![\n\t])\p{Cc}|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu
const SILENT = [
  ['<!--', '-->'],
  ...['script', 'style', 'iframe', 'object', 'template', 'noscript', 'svg'].map((name) => [`<${name}`, `</${name}`]),
] as [string, string][]

/** Words without mark-up, as one might have typed them. What stays is text: nobody may draw it as HTML. */
export function plainText(markup: string): string {
  const words = withoutSilent(markup)
    .replace(BREAKS, '\n')
    .replace(/<\/?[a-z!][^<>]*>/gi, '')
  return decoded(words)
    .replace(UNSEEN, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Takes out comments and elements whose inside is no text, in one pass each: a text of brackets may not cost more than its length. */
function withoutSilent(markup: string): string {
  let rest = markup
  for (const [opening, closing] of SILENT) {
    // Letter for letter: a capital İ in small letters would be two, and every place after it another one.
    const lower = rest.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    const kept: string[] = []
    let at = 0
    for (let start = lower.indexOf(opening); start >= 0; start = lower.indexOf(opening, at)) {
      kept.push(rest.slice(at, start))
      const end = lower.indexOf(closing, start)
      const close = end < 0 ? -1 : lower.indexOf('>', end)
      at = close < 0 ? rest.length : close + 1
    }
    rest = kept.join('') + rest.slice(at)
  }
  return rest
}

function decoded(text: string): string {
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

/** At most so many characters, with a sign where more stood. */
export function cutTo(text: string, most: number): string {
  return text.length <= most ? text : `${upTo(text, most - 1).trimEnd()}…`
}

/** The beginning of a text. Half of a pair that the cut went through is left out: no database keeps it. */
export function upTo(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '')
}
