import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ChainBroken } from '../../src/actions/audit/audit-head.ts'
import { sealAudit } from '../../src/actions/audit/seal-audit.ts'
import { openDatabase } from '../../src/store/database.ts'
import { aLook, aTrail, byHand } from './trail.ts'

const headIn = (file: string) => JSON.parse(readFileSync(file, 'utf8'))

describe('sealing', () => {
  test('keeps the head outside the database, whole and for our eyes only', async () => {
    const { context, headFile, seal } = await aTrail()
    expect(headIn(headFile)).toMatchObject({ sequence: 8, at: context.now().toISOString() })
    await aLook(context)
    expect(await seal()).toEqual({ sealed: 1, refused: [] })
    expect(headIn(headFile).sequence).toBe(9)
    expect(statSync(headFile).mode & 0o777).toBe(0o600)
    expect(readdirSync(dirname(headFile))).toEqual(['audit-head.json'])
  })

  test('goes on in batches until nothing is left', async () => {
    const { context, seal, verify } = await aTrail({ isSealed: false })
    await Promise.all(Array.from({ length: 600 }, () => aLook(context)))
    expect(await seal()).toEqual({ sealed: 608, refused: [] })
    expect(await verify()).toMatchObject({ ok: true, sealed: 608, unsealed: 0 })
  })

  test('leaves out what was not written by us, and says so', async () => {
    const { url, context, seal, verify } = await aTrail()
    await aLook(context)
    await byHand(url, `update audit_rows set action = 'nothing' where sequence is null`)
    await aLook(context)
    const { sealed, refused } = await seal()
    expect([sealed, refused.length]).toEqual([1, 1])
    expect(await verify()).toMatchObject({ ok: false, sealed: 9, unsealed: 1 })
  })

  test('stops when the chain was cut, so that the evidence stays', async () => {
    const { url, context, headFile, seal } = await aTrail()
    await byHand(url, 'delete from audit_rows where sequence > 5')
    await aLook(context)
    await expect(seal()).rejects.toThrow(ChainBroken)
    expect(headIn(headFile).sequence).toBe(8)
    await byHand(url, 'delete from audit_rows')
    await expect(seal()).rejects.toThrow('reached row 8')
  })

  test('catches up with a head that a crash left behind', async () => {
    const { context, headFile, seal, verify } = await aTrail()
    const before = readFileSync(headFile)
    await aLook(context)
    await seal()
    writeFileSync(headFile, before)
    expect((await verify()).ok).toBe(true)
    expect(await seal()).toEqual({ sealed: 0, refused: [] })
    expect(headIn(headFile).sequence).toBe(9)
  })

  test('by several at once makes one chain', async () => {
    const { url, context, headFile, seal, verify } = await aTrail({ isSealed: false })
    const other = await openDatabase(url)
    try {
      for (let round = 0; round < 5; round++) {
        const writing = Array.from({ length: 300 }, () => aLook(context))
        const sealing = [seal(), sealAudit({ ...context, db: other }, headFile), seal()]
        await Promise.all([...writing, ...sealing])
      }
      await seal()
    } finally {
      await other.close()
    }
    expect(await verify()).toMatchObject({ ok: true, sealed: 1508, unsealed: 0 })
  })
})
