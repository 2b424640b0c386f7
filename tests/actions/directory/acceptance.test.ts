import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { acceptPlacement } from '../../../src/actions/placements/accept-placement.ts'
import { projects } from '../../../src/store/schema.ts'
import { openApp, type TestApp } from '../../support/app.ts'
import type { City, TestProject } from '../../support/given.ts'
import { visitor } from '../../web/visitor.ts'

let test: TestApp
let city: City

beforeEach(async () => {
  test = await openApp()
  city = await test.given.city({ places: 1 })
})

const entry = async () =>
  (await test.context.db.read.select().from(projects).where(eq(projects.id, city.project.id)))[0]
const set = (changes: Partial<TestProject>) =>
  test.context.db.write((tx) => tx.update(projects).set(changes).where(eq(projects.id, city.project.id)))
const accepted = async () => {
  const { id } = await test.given.referral(city).sent()
  return acceptPlacement(test.context, city.worker, id)
}

describe('a project that takes somebody in', () => {
  it.each([null, '2026-08-01', '2026-11-22'])(
    'whose entry was confirmed on %s: counts as confirmed today',
    async (assuredOn) => {
      await set({ assuredOn, assuredBy: city.worker.userId })
      await accepted()
      // Nobody read it through, so nobody is named, and whoever is changing it is not in the way.
      expect(await entry()).toMatchObject({ assuredOn: '2026-11-23', assuredBy: null, version: 1 })
    },
  )

  it('on the same day again: writes nothing of the entry, and whoever confirmed it stays', async () => {
    await set({ assuredOn: '2026-11-23', assuredBy: city.worker.userId })
    await accepted()
    expect(await entry()).toMatchObject({ assuredOn: '2026-11-23', assuredBy: city.worker.userId })
  })

  it('is not told so by a refused acceptance', async () => {
    await accepted()
    await set({ assuredOn: '2026-08-01' })
    await expect(accepted()).rejects.toThrow('The only place is taken')
    expect(await entry()).toMatchObject({ assuredOn: '2026-08-01' })
  })
})

it('a crisis offer that is full is not told to make anybody wait', async () => {
  await set({ isCrisis: true })
  await accepted()
  const { id } = await test.given.referral(city).sent()
  const words = 'A crisis offer has no waiting list. Add a place, or decline so that help is found now.'
  await expect(acceptPlacement(test.context, city.worker, id)).rejects.toThrow(words)
  const { html } = await visitor(test.app, city.worker).get(`/o/${city.provider.slug}/placements/${id}`)
  expect(html).toContain('There is no waiting list here.')
  expect(html).not.toContain('Put them on the waiting list')
})
