import { describe, expect, test } from 'vitest'
import { filesUnder } from './files.ts'
import { circles, circlesOfFolders, importFaults, importsOf, roomOf } from './imports.ts'

const ours = filesUnder('src', '.ts')

function file(path: string, ...imports: string[]) {
  return { path, text: imports.map((name) => `import { x } from '${name}'`).join('\n') }
}

describe('imports point down only', () => {
  test('in this house', () => {
    expect(ours.length).toBeGreaterThan(0)
    expect(importFaults(ours)).toEqual([])
  })

  test.each([
    ['domain', 'src/domain/day.ts', '../store/database.ts'],
    ['domain', 'src/domain/day.ts', 'node:fs'],
    ['domain', 'src/domain/day.ts', 'uuidv7'],
    ['standards', 'src/standards/fhir.ts', '../store/people.ts'],
    ['templates', 'src/templates.ts', './mail/compose.ts'],
    ['mail', 'src/mail/mailer.ts', '../store/outbox.ts'],
    ['store', 'src/store/people.ts', '../actions/record.ts'],
    ['actions', 'src/actions/context.ts', '../http/site.ts'],
    ['actions', 'src/actions/placements/view.ts', '../../templates.ts'],
    ['actions', 'src/actions/context.ts', '../config.ts'],
    ['actions', 'src/actions/context.ts', 'drizzle-orm/pg-core'],
    ['jobs', 'src/jobs/jobs.ts', '../store/outbox.ts'],
    ['http', 'src/http/web/home.ts', '../../store/people.ts'],
    ['http', 'src/http/web/home.ts', '../../jobs/jobs.ts'],
    ['http', 'src/http/web/home.ts', '../../app.ts'],
    ['http', 'src/http/web/home.ts', '../../../tests/support/app.ts'],
    ['a floor', 'src/store/people.ts', '../demo/people.ts'],
    ['a room that is not there', 'src/services/people.ts', '../domain/day.ts'],
  ])('%s may not: %s imports %s', (_, path, name) => {
    expect(importFaults([file(path, name)])).toHaveLength(1)
  })

  test.each([
    ['src/domain/person.ts', ['zod', './day.ts']],
    ['src/store/people.ts', ['drizzle-orm', 'node:fs', '../domain/day.ts', './schema/people.ts']],
    ['src/actions/record.ts', ['../domain/events.ts', '../store/events.ts', '../mail/compose.ts']],
    ['src/jobs/jobs.ts', ['../actions/context.ts', '../domain/day.ts']],
    ['src/mail/compose.ts', ['../domain/day.ts', '../templates.ts', 'nodemailer']],
    ['src/http/api/people.ts', ['fastify', '../../standards/fhir.ts', '../../templates.ts', '../plugins/auth.ts']],
    ['src/app.ts', ['./http/site.ts', './store/database.ts', 'fastify']],
    ['src/demo/people.ts', ['../store/people.ts', '../domain/person.ts']],
  ])('%s may import %j', (path, names) => {
    expect(importFaults([file(path, ...names)])).toEqual([])
  })

  test('a type, a re-export and a late import are imports too', () => {
    const text = [
      "import type { A } from '../store/a.ts'",
      "export { b } from '../store/b.ts'",
      "export * from '../store/c.ts'",
      "const d = await import('../store/d.ts')",
      "import '../store/e.ts'",
    ].join('\n')
    expect(importsOf({ path: 'src/http/x.ts', text }).map(({ to }) => to.slice(-4))).toEqual(
      expect.arrayContaining(['a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts'].map((name) => name.slice(-4))),
    )
    expect(importFaults([{ path: 'src/http/x.ts', text }])).toHaveLength(5)
  })

  test('every file stands in a room', () => {
    expect(roomOf('src/domain/day.ts')).toBe('domain')
    expect(roomOf('src/templates.ts')).toBe('templates')
    expect(roomOf('src/main.ts')).toBe('roof')
    expect(roomOf('src/toString/x.ts')).toBeUndefined()
  })
})

describe('no circles between files', () => {
  test('in this house', () => {
    expect(circles(ours)).toEqual([])
  })

  test('a circle of three is found, and only that', () => {
    const files = [
      file('src/domain/a.ts', './b.ts', './z.ts'),
      file('src/domain/b.ts', './c.ts'),
      file('src/domain/c.ts', './a.ts'),
      file('src/domain/z.ts'),
    ]
    expect(circles(files)).toEqual(['src/domain/a.ts → src/domain/b.ts → src/domain/c.ts → src/domain/a.ts'])
  })

  test('a circle of types counts, a shared neighbour does not', () => {
    const types = { path: 'src/domain/a.ts', text: "import type { B } from './b.ts'" }
    expect(circles([types, file('src/domain/b.ts', './a.ts')])).toHaveLength(1)
    const diamond = [file('src/a.ts', './b.ts', './c.ts'), file('src/b.ts', './d.ts'), file('src/c.ts', './d.ts')]
    expect(circles([...diamond, file('src/d.ts')])).toEqual([])
  })
})

describe('no circles between the folders of the actions', () => {
  test('in this house', () => {
    expect(circlesOfFolders(ours, 'src/actions')).toEqual([])
  })

  test('files that make no circle may still make one of their folders', () => {
    const files = [
      file('src/actions/people/a.ts', '../referrals/b.ts'),
      file('src/actions/people/c.ts'),
      file('src/actions/referrals/b.ts'),
      file('src/actions/referrals/d.ts', '../people/c.ts'),
    ]
    expect(circles(files)).toEqual([])
    expect(circlesOfFolders(files, 'src/actions')).toEqual(['people → referrals → people'])
  })
})
