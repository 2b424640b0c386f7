const TITLES =
  'mr|mrs|ms|miss|mx|master|dr|doctor|prof|professor|sir|dame|lady|lord|rev|revd|reverend|father|sister|fr|sr'
const TITLE_FIRST = new RegExp(`^(?:${TITLES})\\b\\.?\\s+(?=\\S)`, 'i')
const TITLE_LAST = new RegExp(`[\\s,]+\\(?(?:${TITLES})\\b\\.?\\)?$`, 'i')
const GENDER_LAST = /[\s,]+\(?(?:[MF]|male|female)\)?$/i
const IN_BRACKETS = /\s*\([^)]*\)\s*/g
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}\p{Cf} .'’‘`-]*$/u
const MOST_WORDS = 7
const LONGEST = 120
// Scripts whose writers put the family first and leave no gap.
const FAMILY_FIRST = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]+$/u

const isShouted = (word: string) => word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase()

/** "O'BRIEN-ÑANDÚ" as people write it: "O'Brien-Ñandú". Anything that is not all capitals stays as it is. */
function spoken(word: string): string {
  if (!isShouted(word)) return word
  return word
    .toLowerCase()
    .replace(/(^|[-'’‘`.])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/^Mc(\p{L})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`)
}

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean)
const said = (words: string[]) => words.map(spoken).join(' ')

function joined(given: string, family: string): string {
  if (FAMILY_FIRST.test(given) && FAMILY_FIRST.test(family)) return family + given
  return said([...wordsOf(given), ...wordsOf(family)])
}

/** "SMITH Jane" has its family name in front; "Jane SMITH" and "JANE SMITH" have not. */
function inSpokenOrder(words: string[]): string {
  const shouted = words.findIndex((word) => !isShouted(word))
  return shouted > 0 ? said([...words.slice(shouted), ...words.slice(0, shouted)]) : said(words)
}

function plain(text: string): string {
  return text
    .replace(IN_BRACKETS, ' ')
    .replace(/[*"“”]/g, '')
    .trim()
    .replace(TITLE_FIRST, '')
    .replace(GENDER_LAST, '')
    .replace(TITLE_LAST, '')
    .replace(/[\s,،:;|-]+$/u, '')
    .trim()
}

/** A name as a record shows it, in the order in which it is spoken; undefined where it cannot be a name. */
export function nameFrom(text: string): string | undefined {
  const [first = '', ...others] = plain(text)
    .split(/[,،]/u)
    .map((part) => part.trim())
  const behind = others.map((part) => plain(` ${part}`)).filter(Boolean)
  const name = behind.length > 0 ? joined(behind.join(' '), first) : inSpokenOrder(wordsOf(first))
  return isName(name) ? name : undefined
}

/** A name given in parts, as forms have it. */
export function nameOfParts(given: string, middle: string, family: string): string | undefined {
  const name = joined([given, middle].map(plain).filter(Boolean).join(' '), plain(family)).trim()
  return isName(name) ? name : undefined
}

function isName(text: string): boolean {
  return NAME.test(text) && text.length <= LONGEST && wordsOf(text).length <= MOST_WORDS
}

/** Whether each word begins as names do: with a capital, a small word like "van", or in a script without capitals. */
export function looksLikeName(name: string): boolean {
  const small = /^(van|von|der|den|de|da|di|du|del|della|la|le|el|al|bin|bint|ibn|ap|dos|das|y|e)$/
  return wordsOf(name).every((word) => small.test(word) || /^(\p{Lu}|\p{Lo}|al-|d['’]\p{Lu})/u.test(word))
}
