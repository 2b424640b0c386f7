import { HtmlValidate } from 'html-validate'

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // A button in a form submits it, which is what all of ours are for.
    'no-implicit-button-type': 'off',
    // nhsuk-frontend says role="group" on its fieldsets, for old screen readers.
    'no-redundant-role': 'off',
  },
})

const known = new Map<string, string[]>()

/** The markup without what differs from person to person: pages of one build are read once. */
function buildOf(html: string): string {
  return html
    .replace(/>[^<]+</g, '><')
    .replace(/ (?:value|href|action|title|datetime|cx|d|points)="[^"]*"/g, '')
    .replace(/[0-9a-f-]{36}/g, '')
}

/** What the standard of HTML, and its rules of accessibility, find wrong with a page. */
export function markupFaults(html: string): string[] {
  const build = buildOf(html)
  const before = known.get(build)
  if (before) return before
  const lines = html.split('\n')
  const faults = validator
    .validateStringSync(html)
    .results.flatMap(({ messages }) => messages)
    .map(({ ruleId, message, line }) => `${ruleId}: ${message} in ${lines[line - 1]?.trim().slice(0, 200)}`)
  known.set(build, faults)
  return faults
}
