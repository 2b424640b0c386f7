import type { SourceFile } from './files.ts'

type Rule = [fault: string, pattern: RegExp]

const EVERYWHERE: Rule[] = [
  ['lets text through as markup', /\|\s*safe\b/],
  ['turns escaping off', /\{%-?\s*autoescape\s+false/],
  ['has a handler in an attribute', /<[^>]*\son[a-z]+\s*=/i],
  ['has an address that runs code', /(href|src|action)\s*=\s*["']?\s*javascript:/i],
  ['has a script that is no file of ours', /<script(?![^>]*\ssrc="(\/|\{\{))/i],
]

// Mail has nowhere else to say how it looks; pages have a style sheet, and a policy that ignores anything else.
const ON_PAGES: Rule[] = [
  ['has a style in an attribute', /<[^>]*\sstyle\s*=/i],
  ['has a style element', /<style\b/i],
]

/** What a template may not contain, so that no text of a person can become markup or code. */
export function templateFaults(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const rules = path.startsWith('templates/email/') ? EVERYWHERE : [...EVERYWHERE, ...ON_PAGES]
    return rules.filter(([, pattern]) => pattern.test(text)).map(([fault]) => `${path} ${fault}`)
  })
}
