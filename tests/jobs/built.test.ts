import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engine } from '../../src/store/columns.ts'
import { openHandle } from '../../src/store/sqlite.ts'

const ROOT = resolve(import.meta.dirname, '../..')

describe.runIf(engine === 'sqlite')('the built program', { timeout: 120_000 }, () => {
  let home: string
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'trellis-built-'))
    for (const name of ['node_modules', 'templates', 'drizzle', 'docs', 'package.json'])
      symlinkSync(join(ROOT, name), join(home, name))
    execFileSync(process.execPath, [join(ROOT, 'build.mjs'), join(home, 'dist')], { stdio: 'pipe' })
  }, 120_000)
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  function cli(databaseUrl: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl, SECRET: 's'.repeat(40), DEMO: '1' }
    return new Promise((done) => {
      execFile(process.execPath, [join(home, 'dist/cli.js'), ...args], { cwd: home, env }, (error, out, err) =>
        done({ code: error ? Number(error.code) : 0, out, err }),
      )
    })
  }
  const file = () => `file:${join(home, 'service.sqlite')}`

  test('has what V8 compiled beside it, and finds migrations and scripts where they stand', async () => {
    expect(readdirSync(join(home, 'dist'))).toContain('program.cjs.compiled')
    expect(await cli(file(), 'migrate')).toMatchObject({ code: 0, out: expect.stringContaining('0000_foundation') })
    const routes = await cli(file(), 'routes')
    expect(routes.out).toMatch(/GET +\/assets\/banner-[\da-f]{12}\.js/)
  })

  test('says the lines of the source where something fails', async () => {
    const { err } = await cli(`file:${home}`, 'migrate')
    expect(err).toMatch(/at createFile \(src\/store\/sqlite\.ts:\d+\)/)
  })

  test('reads its own rules as they were written, whichever letters are in them', async () => {
    writeFileSync(join(home, 'table.csv'), 'project,organisation\nShirley Men’s Shed,The Łódź café\n')
    expect(await cli(file(), 'directory', 'import', join(home, 'table.csv'))).toMatchObject({ code: 0 })
    const database = openHandle(join(home, 'service.sqlite'), { readonly: true })
    try {
      expect(database.prepare('select title from project_texts').pluck().get()).toBe('shirley mens shed')
    } finally {
      database.close()
    }
  })

  test('starts all the same where what was compiled does not fit', async () => {
    writeFileSync(join(home, 'dist/program.cjs.compiled'), 'compiled by something else')
    expect(await cli(file(), 'verify')).toMatchObject({ code: 0 })
  })
})
