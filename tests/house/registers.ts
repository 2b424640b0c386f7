/** What stands on one side only. Both lists empty means that code and paper say the same. */
export function differences(
  code: Iterable<string>,
  paper: Iterable<string>,
): { missing: string[]; invented: string[] } {
  const [inCode, onPaper] = [new Set(code), new Set(paper)]
  return {
    missing: [...inCode].filter((name) => !onPaper.has(name)).sort(),
    invented: [...onPaper].filter((name) => !inCode.has(name)).sort(),
  }
}

export const NONE = { missing: [], invented: [] }

export function repeated(names: string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}

/** The headings of second rank in a page: `## group-full` or ``## `group-full` ``. */
export function headings(markdown: string): string[] {
  return [...markdown.matchAll(/^## +`?([^`\n]+?)`? *$/gm)].map(([, heading = '']) => heading)
}

/** The settings of an example environment, those that are only shown behind a `#` included. */
export function settingsIn(example: string): string[] {
  return [...example.matchAll(/^(?:# ?)?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name)
}
