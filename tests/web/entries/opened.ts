import { openApp } from '../../support/app.ts'
import { type Visitor, visitor } from '../visitor.ts'

type Fields = Record<string, string | string[]>

export async function opened() {
  const { app, context, given, call } = await openApp()
  const city = await given.city()
  const admin = await given.user('organisation_admin', city.provider)
  const base = `/o/${city.provider.slug}`
  return {
    ...city,
    app,
    given,
    context,
    call,
    admin,
    base,
    page: `${base}/projects/${city.project.id}`,
    browser: visitor(app, city.worker),
  }
}

export const versionOf = async (browser: Visitor, path: string) =>
  /name="version" value="(\d+)"/.exec((await browser.get(path)).html)?.[1] ?? ''

export async function save(browser: Visitor, path: string, fields: Fields) {
  return browser.send(path, { version: await versionOf(browser, path), ...fields })
}

export const ENTRY = {
  name: 'Community Roots',
  summary: 'An allotment.',
  needs: ['loneliness'],
  status: 'active',
}
