import { rmSync, writeFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { verifyAudit } from '../../src/actions/audit/verify-audit.ts'
import { canonical, digestOf } from '../../src/store/audit-digest.ts'
import { engine } from '../../src/store/columns.ts'
import { auditRows } from '../../src/store/schema.ts'
import { aLook, anEvent, aTrail, byHand } from './trail.ts'

const FORGED = `'0193ffff-0000-7000-8000-000000000000', '2026-11-23T09:00:00.000Z', 'user', 'user-2', 'referral.viewed',
  'referral', 'referral-1', '{}', 'a digest made up by somebody without the key'`
const COLUMNS = 'id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail, digest'

describe('the history that people read', () => {
  test.each([
    ['a reason', `update events set reason = 'person_declined' where subject_version = 3`],
    ['a detail', `update events set detail = '{"outcome":"spoke"}' where subject_version = 3`],
    ['where it belongs', `update events set referral_id = 'another' where subject_version = 3`],
  ])('cannot be rewritten: %s', async (_, statement) => {
    const { verify, url } = await aTrail()
    await byHand(url, statement)
    const { ok, faults } = await verify()
    expect({ ok, faults }).toMatchObject({
      ok: false,
      faults: [{ what: 'this event is not the one that its audit row tells of' }],
    })
  })
})

describe('rows that were kept from being sealed', () => {
  test('are noticed once they reach over a minute', async () => {
    const { verify, url, headFile, context, clock } = await aTrail()
    clock.set('2026-11-23T09:05:00.000Z')
    await aLook(context)
    await byHand(url, 'update audit_rows set sequence = null, seal = null')
    rmSync(headFile)
    expect(await verify()).toMatchObject({
      ok: false,
      faults: [{ what: expect.stringContaining('nothing was sealed') }],
    })
  })
})

describe('an audit trail that nobody touched', () => {
  test('is whole, sealed or not', async () => {
    const { verify, seal, context } = await aTrail({ isSealed: false })
    expect(await verify()).toMatchObject({ ok: true, rows: 8, sealed: 0, unsealed: 8, unsealedSince: context.now() })
    await seal()
    await aLook(context)
    expect(await verify()).toMatchObject({ ok: true, rows: 9, sealed: 8, unsealed: 1, faults: [] })
    await seal()
    expect(await verify()).toMatchObject({ ok: true, sealed: 9, unsealed: 0, unsealedSince: null })
  })

  test('is whole whatever its rows say', async () => {
    const { verify, seal, context, clock } = await aTrail()
    clock.set('2026-03-29T00:59:59.001Z')
    const odd = {
      z: 1,
      a: { y: [{ d: 1.5, c: null }], x: 'Áine “quoted” \\ 👋' },
      n: 1e21,
      at: new Date(0),
      gone: undefined,
    }
    await aLook(context, odd)
    await anEvent(context, 7, odd)
    await seal()
    expect(await verify()).toMatchObject({ ok: true, sealed: 10 })
  })
})

const tampering: [string, string, object][] = [
  ['a row was edited', `update audit_rows set actor_id = 'somebody else' where sequence = 2`, { sequence: 2 }],
  ['a moment was edited', `update audit_rows set at = '2026-11-23T09:00:00.001Z' where sequence = 8`, { sequence: 8 }],
  ['a detail was edited', `update audit_rows set detail = '{"a":1}' where sequence = 8`, { sequence: 8 }],
  [
    'a row was deleted in the middle',
    'delete from audit_rows where sequence = 3',
    { sequence: 3, what: 'rows 3 to 3 are missing' },
  ],
  ['the last row was deleted', 'delete from audit_rows where sequence = 8', { sequence: 8 }],
  ['the last rows were deleted', 'delete from audit_rows where sequence > 4', { sequence: 5 }],
  [
    'all rows were deleted',
    'delete from audit_rows',
    { sequence: 1, what: 'rows 1 to 8 at the end of the chain are missing' },
  ],
  [
    'a row was put in, unsealed',
    `insert into audit_rows (${COLUMNS}) values (${FORGED})`,
    { id: expect.stringContaining('ffff') },
  ],
  [
    'a row was put in at the end, sealed',
    `insert into audit_rows (${COLUMNS}, sequence, seal) values (${FORGED}, 9, 'a seal made up')`,
    { sequence: 9 },
  ],
  [
    'a row was put in between others',
    `update audit_rows set sequence = -sequence - 1 where sequence > 4;
     update audit_rows set sequence = -sequence where sequence < 0;
     insert into audit_rows (${COLUMNS}, sequence, seal) values (${FORGED}, 5, 'a seal made up')`,
    { sequence: 6, what: expect.stringContaining('does not belong in this place') },
  ],
  [
    'two rows changed places',
    `update audit_rows set sequence = 99 where sequence = 2; update audit_rows set sequence = 2 where sequence = 3;
     update audit_rows set sequence = 3 where sequence = 99`,
    { sequence: 2, what: expect.stringContaining('does not belong in this place') },
  ],
  [
    'a row was cut out, and the rest moved up',
    `delete from audit_rows where sequence = 3; update audit_rows set sequence = -sequence + 1 where sequence > 3;
     update audit_rows set sequence = -sequence where sequence < 0`,
    { sequence: 3 },
  ],
  ['a row was unsealed', 'update audit_rows set sequence = null, seal = null where sequence = 5', { sequence: 5 }],
  [
    'an event was deleted',
    'delete from events where subject_version = 2',
    { what: expect.stringContaining('which is not there') },
  ],
  [
    'an event was edited',
    `update events set actor_id = 'somebody else' where subject_version = 2`,
    { what: expect.stringContaining('says something else') },
  ],
]

describe('verification finds that', () => {
  test.each(tampering)('%s', async (_, statement, fault) => {
    const { url, verify } = await aTrail()
    await byHand(url, statement)
    const { ok, faults } = await verify()
    expect(ok).toBe(false)
    expect(faults).toContainEqual(expect.objectContaining(fault))
  })

  test('a row was deleted before it was sealed, by its event', async () => {
    const { url, verify, context } = await aTrail()
    await anEvent(context, 7)
    await byHand(url, 'delete from audit_rows where sequence is null')
    expect((await verify()).faults).toEqual([{ id: expect.any(String), what: 'this event has no audit row' }])
  })

  test('the head outside the database is gone, or another', async () => {
    const { verify, headFile } = await aTrail()
    const head = { sequence: 3, seal: 'of another chain', at: new Date(0) }
    writeFileSync(headFile, JSON.stringify(head))
    expect((await verify()).faults).toEqual([expect.objectContaining({ sequence: 3 })])
    writeFileSync(headFile, 'half a f')
    expect((await verify()).ok).toBe(false)
    rmSync(headFile)
    expect((await verify()).faults).toEqual([{ what: expect.stringContaining('does not say how far') }])
  })

  test.runIf(engine === 'sqlite')('a detail was made unreadable', async () => {
    const { url, verify, seal, context } = await aTrail()
    await aLook(context)
    await byHand(url, `update audit_rows set detail = 'no JSON' where sequence is null or sequence = 2`)
    expect((await verify()).faults).toHaveLength(2)
    expect(await seal()).toMatchObject({ sealed: 0, refused: [expect.any(String)] })
  })

  test('many rows are wrong, without naming them all', async () => {
    const { url, verify, context, seal } = await aTrail()
    for (let n = 0; n < 120; n++) await aLook(context)
    await seal()
    await byHand(url, `update audit_rows set action = 'nothing'`)
    const { ok, faults, sealed } = await verify()
    expect([ok, faults.length, sealed]).toEqual([false, 100, 128])
  })

  test('the key is not the one that the rows were written with', async () => {
    const { context, headFile } = await aTrail()
    const stranger = { ...context, auditKey: new Uint8Array(32).fill(8) }
    expect((await verifyAudit(stranger, headFile)).ok).toBe(false)
  })
})

describe('a digest', () => {
  test('is of what the row says, in any order of its keys', async () => {
    const { context, db } = await aTrail({ isSealed: false })
    await aLook(context, { b: 1, a: { d: 2, c: 3 } })
    const rows = await db.read.select().from(auditRows).where(eq(auditRows.actorKind, 'user'))
    for (const row of rows) expect(digestOf(context.auditKey, row)).toBe(row.digest)
    expect(canonical({ b: [{ z: 1, y: 2 }], a: new Date(0) })).toBe(
      '{"a":"1970-01-01T00:00:00.000Z","b":[{"y":2,"z":1}]}',
    )
    // Half of a surrogate pair is kept as the replacement character.
    expect(canonical('x\uD83D')).toBe('"x\uFFFD"')
    // Every text is spelt as JSON spells it, plain or not, and what is undefined is not said.
    const texts = { 'a b': 'O’Neill "the"\n\\', plain: '0193-a.b:c+d', none: undefined, 10: [undefined, null], 9: 1.5 }
    expect(canonical(texts)).toBe(JSON.stringify(texts))
  })
})
