import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { createUser } from '../../src/actions/access/create-user.ts'
import { signIn } from '../../src/actions/access/sign-in.ts'
import { engine } from '../../src/store/columns.ts'
import { openDatabase } from '../../src/store/database.ts'
import { getDefaultService } from '../../src/store/organisations.ts'
import { auditRows, referrals } from '../../src/store/schema.ts'
import { emptyUrl, freshDatabase, freshFolder } from '../support/database.ts'
import { wholeAuthority } from '../support/official-files.ts'
import { testContext } from '../support/small-city.ts'

interface Said {
  code: number
  out: string
  err: string
}

const root = join(import.meta.dirname, '../..')
const CREATE = [
  'create-user',
  '--email',
  'Ada@so-linked.example',
  '--organisation',
  'so-linked',
  '--role',
  'navigator',
  '--password-stdin',
]
const A_NEW_SERVICE = ['--organisation-name', 'SO Linked', '--organisation-kind', 'navigation_service']

describe('the command line', { timeout: 120_000 }, () => {
  let url: string
  let folder: string
  beforeEach(async () => {
    url = await emptyUrl()
    folder = freshFolder()
  })

  function trellis(args: string[], input = ''): Promise<Said> {
    const env = { PATH: process.env.PATH, DATABASE_URL: url, SECRET: 's'.repeat(40), DEMO: '1' }
    const command = ['--import', join(root, 'node_modules/tsx/dist/esm/index.mjs'), join(root, 'src/cli.ts'), ...args]
    return new Promise((resolve) => {
      // In a folder of its own: what it keeps under data/ must not meet anybody else's.
      const child = execFile(process.execPath, command, { cwd: folder, env }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      )
      child.stdin?.end(input)
    })
  }

  test('brings a database up, lets somebody in, runs the jobs and proves it all', async () => {
    expect(await trellis(['migrate'])).toMatchObject({ code: 0, out: expect.stringContaining('Applied') })
    expect(await trellis([...CREATE, ...A_NEW_SERVICE], 'a long password\n')).toMatchObject({ code: 0, err: '' })
    expect(await trellis(['run-job', 'all'])).toMatchObject({ out: expect.stringContaining('seal-audit: done') })
    const { code, out } = await trellis(['verify'])
    expect([code, out.match(/^ok /gm)?.length]).toEqual([0, 3])
    expect(out).toContain('2 rows, 2 sealed, 0 not yet')

    const db = await openDatabase(url)
    const { user } = await signIn(testContext(db).context, {
      email: 'ada@so-linked.example',
      password: 'a long password',
    })
    expect(user.memberships).toMatchObject([{ role: 'navigator', organisation: 'so-linked' }])
    await db.write((tx) => tx.delete(auditRows).where(eq(auditRows.sequence, 2)))
    await db.close()
    const missing = 'rows 2 to 2 at the end of the chain are missing'
    expect(await trellis(['verify'])).toMatchObject({ code: 1, out: expect.stringContaining(missing) })
  })

  test('fills an empty database, and copies it', async () => {
    const seeded = await trellis(['seed', '--referrals', '12', '--as-of', '2026-11-23'])
    expect(seeded).toMatchObject({ code: 0, out: expect.stringContaining('The city is ready') })
    expect(await trellis(['verify'])).toMatchObject({ code: 0 })
    const all = await trellis(['run-job', 'all'])
    expect([all.code, all.err, all.out.trim().split('\n').length]).toEqual([0, '', 22])
    expect(all.out.match(/^[a-z-]+: done$/gm)).toHaveLength(22)
    const copied = await trellis(['backup', 'copy.sqlite'])
    if (engine === 'postgres') return expect(copied).toMatchObject({ code: 1, err: expect.stringContaining('pg_dump') })
    expect(copied.out).toContain('integrity proved')
    const copy = await openDatabase(join(folder, 'copy.sqlite'))
    expect(await copy.read.$count(auditRows)).toBeGreaterThan(50)
    await copy.close()
  })

  test('tells by its exit code when a promise is broken', async () => {
    await trellis(['seed', '--referrals', '3', '--as-of', '2026-11-23'])
    const db = await openDatabase(url)
    await db.write((tx) => tx.update(referrals).set({ closingReason: 'none' }))
    await db.close()
    const night = await trellis(['run-job', 'check-invariants'])
    expect(night).toMatchObject({ code: 1, out: 'check-invariants: failed\n' })
    expect(night.err).toMatch(/^\d promises are broken: referral [\w-]+ is not what its history says: closingReason/)
    expect(night.err).not.toContain(' at ')
    expect(await trellis(['run-job', 'breakfast'])).toMatchObject({ code: 1, err: expect.stringContaining('remind') })
  })

  test('loads official files, one line for each step; of a wrong one it says so and loads none', async () => {
    await trellis(['migrate'])
    const { nspl, imd, wards, practices } = wholeAuthority()
    const names = ['--nspl', nspl, '--imd', imd, '--wards', wards, '--practices', practices]
    const loaded = await trellis(['geography', 'import', ...names])
    expect(loaded).toMatchObject({ code: 0, err: '' })
    expect(loaded.out.trim().split('\n')).toEqual([
      'wards.csv: Neighbourhoods of 2021, best fit to wards of 2026; 2 rows, all of them right',
      'imd.csv: Index of Multiple Deprivation 2025, neighbourhoods of 2021; 2 rows, all of them right',
      'epraccur.csv: ODS practices (epraccur), by position; 3 rows, all of them right',
      'nspl.csv: NSPL, wards of 2026, neighbourhoods of 2021; 5 rows, all of them right',
      'wards.csv: 2 neighbourhoods with their wards loaded',
      'imd.csv: 2 neighbourhoods with their deprivation loaded',
      'epraccur.csv: 2 practices loaded, 1 left out: of no present form',
      'nspl.csv: 4 postcodes loaded, 1 left out: of no present form',
      '0 people and 0 places now lie in another ward or neighbourhood',
      expect.stringContaining('Open Government Licence'),
    ])
    const swapped = await trellis(['geography', 'import', '--nspl', imd, '--imd', nspl])
    expect([swapped.code, swapped.out, swapped.err.trim().split('\n').length]).toEqual([1, '', 3])
    expect(swapped.err).toContain('imd.csv: This is not a postcode list (NSPL or ONSPD). It looks like the Index')
    expect(swapped.err).toMatch(/Nothing was imported\.\n$/)
    expect(await trellis(['geography', 'import'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Name a file'),
    })
  })

  test('lists where each language stands, and records a reader only of a language that there is', async () => {
    const { code, out } = await trellis(['words'])
    expect(code).toBe(0)
    expect(out).toMatch(/^pl +Polski +(on|off): /m)
    for (const wrong of [
      ['--reviewed', 'xx', '--by', 'Ola'],
      ['--reviewed', 'pl'],
    ])
      expect(await trellis(['words', ...wrong])).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('Say which language was read and by whom'),
      })
  })

  test('lists every way in, without a database', async () => {
    const { code, out } = await trellis(['routes', '--json'])
    expect(code).toBe(0)
    const [refer] = JSON.parse(out).filter(({ path }: { path: string }) => path === '/api/v1/referrals')
    expect(refer).toEqual({
      method: expect.any(String),
      path: '/api/v1/referrals',
      access: 'signed-in',
      operationId: expect.any(String),
    })
  })
})

describe('letting somebody in', () => {
  const ada = {
    email: 'Ada@so-linked.example',
    name: 'Ada',
    role: 'navigator' as const,
    organisation: 'so-linked',
    password: 'a long password',
  }
  const newOrganisation = { name: 'SO Linked', kind: 'navigation_service' as const }

  test('makes an organisation only when asked to', async () => {
    const { context } = testContext(await freshDatabase())
    await expect(createUser(context, ada)).rejects.toThrow('There is no organisation so-linked')
    expect(await context.db.read.$count(auditRows)).toBe(0)
    await createUser(context, { ...ada, newOrganisation })
    expect(await getDefaultService(context.db.read)).toMatchObject({
      slug: 'so-linked',
      email: 'ada@so-linked.example',
    })
    const actions = await context.db.read.select({ action: auditRows.action }).from(auditRows)
    expect(actions.map(({ action }) => action).sort()).toEqual(['organisation.created', 'user.created'])
  })

  test('lets a user join another organisation, once, with the password they have', async () => {
    const { context } = testContext(await freshDatabase())
    await createUser(context, { ...ada, newOrganisation })
    const shed = { organisation: 'mens-shed', newOrganisation: { name: 'Shed', kind: 'provider' as const } }
    const again = { ...ada, ...shed, role: 'provider_worker' as const, password: 'another long password' }
    expect(await createUser(context, again)).toMatchObject({ isNew: false })
    await expect(createUser(context, again)).rejects.toThrow('ada@so-linked.example already belongs to mens-shed')
    const { user } = await signIn(context, ada)
    expect(user.memberships.map(({ organisation }) => organisation).sort()).toEqual(['mens-shed', 'so-linked'])
  })

  test('says all that is wrong at once', async () => {
    const { context } = testContext(await freshDatabase())
    const wrong = { ...ada, email: 'ada', password: 'short' }
    await expect(createUser(context, wrong)).rejects.toThrow(/e-mail address.*12 characters/)
  })
})
