/** Verbs of doing, which say nothing of what is done, and small words. */
const EMPTY_WORDS = new Set(
  'a an and at for in of on or the to with doing going making playing group groups club'.split(' '),
)

// Doubled before an ending: running, swimming, knitting. Others (spelling, sewing) keep their letters.
const DOUBLED = /([bdgmnprt])\1$/

const LEAST_LEFT = 3

/** Lower case, without accents and punctuation: "Café-Treff" is "cafe treff". */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The root that "gardening", "gardener", "gardens" and "garden" share. Not a word: only fit to be compared. */
function rootOf(word: string): string {
  const ending = /(?:ings?|ers?|ed|es|s|y|e)$/.exec(word)
  if (!ending || word.length - ending[0].length < LEAST_LEFT) return word
  const rest = word.slice(0, -ending[0].length)
  const root = /^(?:ing|er|ed)/.test(ending[0]) ? rest.replace(DOUBLED, '$1') : rest
  // "dances" and "dance", "gardeners" and "garden": what an ending leaves may end in another one.
  return root === word ? word : rootOf(root)
}

// The interests of a directory are the same few hundred words at every look, and a word's root never changes.
const known = new Map<string, string[]>()
const REMEMBERED = 5000

/** The roots of the words of a text that say something. */
export function rootsOf(text: string): string[] {
  const before = known.get(text)
  if (before) return before
  const words = folded(text).split(' ')
  const roots = words.filter((word) => word && !EMPTY_WORDS.has(word)).map(rootOf)
  if (known.size < REMEMBERED) known.set(text, roots)
  return roots
}

/** Those of the terms whose words all stand in one of the texts, in any order and form, as they are written there. */
export function termsIn(terms: readonly string[], texts: readonly ReadonlySet<string>[]): string[] {
  return terms.filter((term) => {
    const roots = rootsOf(term)
    return roots.length > 0 && texts.some((text) => roots.every((root) => text.has(root)))
  })
}
