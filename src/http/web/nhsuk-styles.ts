import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NHSUK } from '../../templates.ts'

const FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",arial,sans-serif'

/** Parts of nhsuk-frontend that no page of ours has. Their rules are half of its styles and stay at home. */
export const LEFT_OUT = [
  ...['header', 'footer', 'hero', 'image', 'carousel', 'promo', 'navigation', 'breadcrumb', 'action-link'],
  ...['card', 'contents-list', 'do-dont-list', 'review-date', 'notification-banner', 'pagination', 'task-list'],
  ...['tabs', 'file-upload', 'scroll', 'code', 'character-count', 'password-input', 'list-panel', 'nav-a-z'],
]

// The light-only colours of nhsuk-frontend by the part they play, as the properties of base.css that the dark palette
// redefines. What is not here stays as it is: fills with white words on them, and the yellow of the focus.
const WORDS: Record<string, string> = {
  '#212b32': 'ink',
  '#4c6272': 'quiet',
  '#005eb8': 'link',
  '#330072': 'link-visited',
  '#7c2855': 'link-hover',
  '#002f5c': 'link-active',
  '#d5281b': 'red',
  '#951c13': 'red',
  '#007f3b': 'green',
}
const GROUNDS: Record<string, string> = {
  '#fff': 'paper',
  '#f0f4f5': 'page',
  '#d8dde0': 'sunk',
  '#e0e4e6': 'hover',
  '#d9e7f4': 'hover-blue',
  '#c7dcef': 'hover-blue',
  '#fff9c4': 'amber-ground',
}
const LINES: Record<string, string> = {
  '#212b32': 'ink',
  '#4c6272': 'field-line',
  '#768692': 'field-line',
  '#aeb7bd': 'line-strong',
  '#d8dde0': 'line',
  '#f0f4f5': 'line',
  '#005eb8': 'blue',
  '#d5281b': 'red',
}

interface Block {
  prelude: string
  /** Rules inside, for @media and the like; declarations otherwise. */
  inside: Block[] | string
}

/** Minified CSS as its blocks. It has no braces in texts, and @charset is the only rule without a block. */
function blocksOf(css: string): Block[] {
  const blocks: Block[] = []
  let at = 0
  while (at < css.length) {
    const open = css.indexOf('{', at)
    if (open < 0) break
    let depth = 1
    let end = open + 1
    for (; depth > 0 && end < css.length; end++) depth += css[end] === '{' ? 1 : css[end] === '}' ? -1 : 0
    const prelude = css.slice(at, open).replace(/^[^{]*;/, '')
    const body = css.slice(open + 1, end - 1)
    blocks.push({ prelude, inside: body.includes('{') ? blocksOf(body) : body })
    at = end
  }
  return blocks
}

const leftOut = new RegExp(`\\.nhsuk-(${LEFT_OUT.join('|')})(?![a-z]|-[a-z])`)
// Old browsers' own dialects, and screens of colours that the person chose: there the system's colours hold.
const isForeign = (prelude: string) => /\\0|-ms-high-contrast:none/.test(prelude)
const keepsItsColours = (prelude: string) => /print|forced-colors/.test(prelude)

function toned(selector: string, declarations: string): string {
  const isFocused = /:focus/.test(selector.replace(/:not\([^)]*\)/g, ''))
  return declarations
    .split(';')
    .map((declaration) => {
      const [property = '', value = ''] = declaration.split(/:(.*)/s)
      if (property.startsWith('--')) return declaration
      if (/^(color|fill)$/.test(property)) return isFocused ? declaration : replaced(declaration, WORDS)
      if (property.startsWith('background')) return replaced(declaration, GROUNDS)
      if (/^(border|outline|box-shadow)/.test(property) && value.includes('#')) return replaced(declaration, LINES)
      return declaration
    })
    .join(';')
}

function replaced(declaration: string, colours: Record<string, string>): string {
  return declaration.replace(/#[\da-f]{3,6}\b/g, (colour) => (colours[colour] ? `var(--${colours[colour]})` : colour))
}

function written(blocks: Block[], hasTones: boolean): string {
  return blocks.map((block) => writtenBlock(block, hasTones)).join('')
}

function writtenBlock({ prelude, inside }: Block, hasTones: boolean): string {
  if (typeof inside !== 'string') {
    if (isForeign(prelude)) return ''
    const rules = written(inside, hasTones && !keepsItsColours(prelude))
    return rules && `${prelude}{${rules}}`
  }
  // Typefaces and pictures that would be fetched from elsewhere.
  if (prelude === '@font-face' || inside.includes('url(')) return ''
  const selectors = prelude.split(/,(?![^(]*\))/).filter((selector) => !leftOut.test(selector))
  if (selectors.length === 0) return ''
  return `${selectors.join(',')}{${hasTones ? toned(prelude, inside) : inside}}`
}

/**
 * nhsuk-frontend's styles made ours: without the NHS's own typeface, which is licensed to the NHS and loaded from
 * outside, without the parts that no page has, and with our colours, so that they are dark where ours are.
 */
export function nhsukStyles(): string {
  const css = readFileSync(join(NHSUK, 'nhsuk/nhsuk-frontend.min.css'), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/font-family:Frutiger W01[^;}]*/g, `font-family:${FONTS}`)
  return written(blocksOf(css), true)
}
