import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { cancelGroup } from '../../../src/actions/directory/cancel-group.ts'
import { hasEntriesToIndex, indexDirectory } from '../../../src/actions/directory/index-directory.ts'
import { searchDirectory } from '../../../src/actions/directory/search-directory.ts'
import { writeDirectory } from '../../../src/demo/directory.ts'
import type { DirectoryFilter } from '../../../src/domain/directory-filter.ts'
import { groups, projectFacets, projects, projectTexts } from '../../../src/store/schema.ts'
import { freshDatabase } from '../../support/database.ts'
import { testContext } from '../../support/small-city.ts'

async function demoDirectory() {
  const { context, clock } = testContext(await freshDatabase())
  const directory = await writeDirectory(context, 'x')
  const slugs = async (filter: DirectoryFilter, limit = 100) =>
    (await searchDirectory(context, filter, { limit })).items.map(({ slug }) => slug)
  return { context, clock, directory, slugs }
}

it('finds by whole words, by their beginnings, by what people call a need, and whatever the accents or marks', async () => {
  const { slugs } = await demoDirectory()
  expect((await slugs({ q: 'garden' }))[0]).toBe('community-roots')
  expect(await slugs({ q: 'gardening' })).toContain('community-roots')
  expect(await slugs({ q: 'allot' })).toContain('community-roots')
  expect(await slugs({ q: 'I need help with bailiffs' })).toContain('debt-and-benefits-advice')
  expect(await slugs({ q: 'lonely' })).toContain('communicare-befriending')
  expect(await slugs({ q: 'I am feeling lonely' })).toEqual(await slugs({ q: 'lonely' }))
  for (const q of ['memory café', 'MEMORY CAFES', 'memory cafe']) expect((await slugs({ q }))[0]).toBe('memory-cafes')
  for (const q of ["men's shed", 'mens shed', 'Men’s Shed']) expect((await slugs({ q }))[0]).toBe('shirley-mens-shed')
  expect((await slugs({ q: 'saints foundation' })).slice().sort()).toEqual([
    'falls-prevention',
    'saints-by-your-side',
    'so14-active',
  ])
  expect(await slugs({ q: 'woodwork xylophone' })).toEqual([])
})

it('finds what is given in a language by its name, in English and in its own', async () => {
  const { slugs } = await demoDirectory()
  const inPolish = (await slugs({ language: 'pl' })).sort()
  expect(inPolish.length).toBeGreaterThan(0)
  for (const q of ['Polish', 'polski']) expect([q, (await slugs({ q })).sort()]).toEqual([q, inPolish])
})

it('takes quotes and operators for what they are: nothing', async () => {
  const { slugs } = await demoDirectory()
  const shed = await slugs({ q: 'shed' })
  for (const q of [
    '"shed',
    'shed"',
    'shed* AND',
    "shed'",
    'shed:*',
    'shed & |',
    '-shed',
    'shed)',
    '(shed',
    'title:shed',
  ])
    expect([
      q,
      (await slugs({ q })).includes('shirley-mens-shed') || q.startsWith('title') || q.endsWith('AND'),
    ]).toEqual([q, true])
  expect(await slugs({ q: '"*' })).toHaveLength(25)
  expect(await slugs({ q: 'NEAR(shed, 2) OR NOT' })).toEqual([])
  expect(shed[0]).toBe('shirley-mens-shed')
  expect(await slugs({ q: 'a'.repeat(5000) })).toEqual([])
})

it('puts what was not checked for 90 days, or never, last', async () => {
  const { slugs } = await demoDirectory()
  const old = ['mayfield-nurseries', 'housing-advice', 'girls-in-parks', 'millbrook-together']
  const all = await slugs({})
  expect(all).toHaveLength(25)
  expect(all.slice(-4).sort()).toEqual([...old].sort())
  const gardening = await slugs({ q: 'plants' })
  expect(gardening.at(-1)).toBe('mayfield-nurseries')
})

it('narrows down by each fact, and by all together', async () => {
  const { slugs } = await demoDirectory()
  expect(await slugs({ need: 'falls' })).toEqual(['falls-prevention'])
  expect(await slugs({ district: 'SO18' })).toContain('peer-recovery-groups')
  expect(await slugs({ district: 'SO18' })).not.toContain('shirley-mens-shed')
  // It comes to people wherever they live.
  expect(await slugs({ ward: 'E05015506' })).toEqual(
    expect.arrayContaining(['mayfield-nurseries', 'amparo', 'kooth-online']),
  )
  expect(await slugs({ ward: 'E05015506' })).not.toContain('community-roots')
  expect(await slugs({ day: 7 })).toEqual(['the-lighthouse', 'girls-in-parks'])
  expect(await slugs({ free: true })).not.toContain('shirley-mens-shed')
  expect(await slugs({ language: 'zh' })).toEqual(['memory-cafes', 'so-links-networks', 'st-marys-pilot'])
  expect(await slugs({ access: ['hearing_loop', 'quiet_space'] })).toContain('peer-recovery-groups')
  expect(await slugs({ self: true })).toContain('community-roots')
  expect(await slugs({ self: true })).not.toContain('mayfield-nurseries')
  expect(await slugs({ q: 'talk', day: 2, language: 'en', free: true, district: 'SO14' })).toContain(
    'solent-mind-peer-groups',
  )
  expect(await slugs({ locality: 'Nowhere' })).not.toContain('community-roots')
})

it('has room only where a free place is confirmed and the group takes people', async () => {
  const { context, clock, slugs } = await demoDirectory()
  expect(await slugs({ room: true, need: 'work_skills' })).toContain('mayfield-nurseries')
  await context.db.write((tx) => tx.update(groups).set({ intakePaused: true }))
  expect(await slugs({ room: true })).toEqual([])
  await context.db.write((tx) => tx.update(groups).set({ intakePaused: false }))
  expect((await slugs({ room: true })).length).toBeGreaterThan(20)
  clock.set('2026-12-13T09:00:00Z')
  expect(await slugs({ room: true })).toEqual([])
})

it('goes on page by page: everything once, in one order', async () => {
  const { context, slugs } = await demoDirectory()
  for (const filter of [{}, { q: 'you' }, { q: 'walk' }]) {
    const whole = await slugs(filter)
    const paged: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await searchDirectory(context, filter, { after, limit: 3 })
      expect(page.total).toBe(whole.length)
      paged.push(...page.items.map(({ slug }) => slug))
      if (!page.next) break
      after = page.next
    }
    expect(paged).toEqual(whole)
  }
  for (const after of [
    '',
    'x',
    Buffer.from('[0,1,"a"]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ])
    await expect(searchDirectory(context, {}, { after })).rejects.toMatchObject({ code: 'invalid-input' })
})

it('finds an entry as it stands now, and none that left the directory', async () => {
  const { context, directory, slugs } = await demoDirectory()
  expect(await hasEntriesToIndex(context)).toBe(false)
  const saints = directory.actors.find(({ organisation }) => organisation === 'saints-foundation')
  const football = (await context.db.read.select().from(groups)).find(({ name }) => name === 'Walking football')
  if (!saints || !football) throw new Error('The demonstration has changed.')
  await cancelGroup(context, { ...saints, role: 'provider_worker' }, football.id, { reason: 'The pitch is lost.' })
  expect(await slugs({ q: 'hoglands' })).toEqual([])
  expect((await slugs({ q: 'so14 active' }))[0]).toBe('so14-active')
  // Somebody forgot to say so: the job sees it.
  const change = (values: object) =>
    context.db.write((tx) => tx.update(projects).set(values).where(eq(projects.slug, 'so14-active')))
  await change({ name: 'Zorbing for all', version: 2 })
  expect(await indexDirectory(context)).toBe(1)
  expect(await slugs({ q: 'zorb' })).toEqual(['so14-active'])
  await change({ status: 'defunct' })
  expect(await slugs({ q: 'zorb' })).toEqual([])
  expect(await indexDirectory(context)).toBe(1)
  expect(await hasEntriesToIndex(context)).toBe(false)
})

it('fills a database that had projects before, and looks again each day', async () => {
  const { context, clock, slugs } = await demoDirectory()
  await context.db.write(async (tx) => {
    await tx.delete(projectFacets)
    await tx.delete(projectTexts)
  })
  expect(await slugs({ q: 'shed' })).toEqual([])
  expect(await indexDirectory(context)).toBe(25)
  expect((await slugs({ q: 'shed' }))[0]).toBe('shirley-mens-shed')
  expect(await indexDirectory(context)).toBe(0)
  clock.set('2027-03-21T09:00:00Z')
  expect(await indexDirectory(context)).toBe(25)
  // The courses have ended by now.
  expect(await slugs({ q: 'coaches', day: 5 })).not.toContain('falls-prevention')
})
