import { expect, it } from 'vitest'
import { LOOKED_AT_IN_THE_JOURNEY, LOOKS } from '../browser/looks.ts'
import { familyOf, NO_PAGES } from '../browser/routes-looked-at.ts'
import { openApp } from '../support/app.ts'

it('every page is looked at in a browser: a new one takes one line in tests/browser/looks.ts', async () => {
  const { app } = await openApp()
  await app.ready()
  const pages = app.routeBook
    .filter(({ method, path }) => method === 'GET' && !NO_PAGES.some((pattern) => pattern.test(path)))
    .map(({ path }) => familyOf(path))
  const lookedAt = [...LOOKS.map(({ page }) => familyOf(page)), ...LOOKED_AT_IN_THE_JOURNEY]
  expect([...new Set(pages)].filter((page) => !lookedAt.includes(page))).toEqual([])
  expect([...new Set(lookedAt)].filter((page) => page !== '*' && !pages.includes(page))).toEqual([])
})
