import type { Page } from 'playwright-core'

const MOST_PAGES = 120
// Addresses differ by their ids, pages by what stands in the address around them and by the state that they show.
const WAIT_TO_SEE_MORE = 3

const kindOf = (path: string) =>
  path.replace(/[0-9a-f-]{36}/g, ':id').replace(/(?<=\/directory\/)[a-z0-9-]+/, ':project')

/**
 * Follows the links of our pages from where somebody begins, and looks at every kind of page in every state that is come
 * across: a few of each, never the same twice. Nothing is sent. Answers with the number of pages, and what is wrong.
 */
export async function crawl(
  page: Page,
  who: string,
  look: (page: Page, name: string) => Promise<void>,
): Promise<{ pages: number; faults: string[] }> {
  const waiting = [new URL(page.url()).pathname]
  const known = new Set(waiting)
  const seen = new Set<string>()
  const faults: string[] = []
  const opened = new Map<string, number>()
  for (let path = waiting.shift(); path && seen.size < MOST_PAGES; path = waiting.shift()) {
    const kind = kindOf(path)
    const times = opened.get(kind) ?? 0
    opened.set(kind, times + 1)
    // Most of a kind look alike: a dozen are opened, those that show something new are looked at.
    if (times > WAIT_TO_SEE_MORE * 4) continue
    const answer = await page.goto(path)
    // What a machine reads (whether the service is ready) is no page.
    if (!answer?.headers()['content-type']?.startsWith('text/html')) continue
    const state = await page.locator('main .nhsuk-tag').allTextContents()
    const name = `${who} ${kind.replace(/\?.*/, '')} ${[...new Set(state)].slice(0, 1).join()}`.replace(
      /[^\w:.-]+/g,
      '-',
    )
    if (!seen.has(name)) await look(page, name).catch((error: Error) => faults.push(`${path}: ${error.message}`))
    seen.add(name)
    const links = await page
      .locator('main a[href^="/"], nav a[href^="/"]')
      .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''))
    for (const link of links.map((href) => href.replace(/#.*/, ''))) {
      if (link === '' || known.has(link) || link.startsWith('/api/')) continue
      known.add(link)
      waiting.push(link)
    }
  }
  return { pages: seen.size, faults }
}
