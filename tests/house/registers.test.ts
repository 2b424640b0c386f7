import { describe, expect, test } from 'vitest'
import { SETTINGS } from '../../src/config.ts'
import { EVENT_WORDS } from '../../src/domain/events.ts'
import { NOTICE_DECISIONS, NOTICES } from '../../src/domain/notices.ts'
import { PLACEMENT_MOVES } from '../../src/domain/placement-moves.ts'
import { REFERRAL_MOVES } from '../../src/domain/referral-moves.ts'
import { REFUSALS } from '../../src/domain/refusal.ts'
import { filesUnder, readText } from './files.ts'
import { differences, headings, NONE, repeated, settingsIn } from './registers.ts'

describe('every refusal code', () => {
  const codes = headings(readText('docs/problems.md'))

  test('is a heading of docs/problems.md, and back', () => {
    expect(differences(Object.keys(REFUSALS), codes)).toEqual(NONE)
  })

  test('stands there once', () => {
    expect(repeated(codes)).toEqual([])
  })
})

describe('every setting', () => {
  test('of src/config.ts is in .env.example, and back', () => {
    // Node's own; who sets it sets it for the whole process, not in a file.
    const ours = SETTINGS.filter((name) => name !== 'NODE_ENV')
    const shown = settingsIn(readText('.env.example'))
    expect(
      differences(
        ours,
        shown.filter((name) => name !== 'NODE_ENV'),
      ),
    ).toEqual(NONE)
    expect(repeated(shown)).toEqual([])
  })
})

describe('every event', () => {
  const moves = [...Object.values(REFERRAL_MOVES), ...Object.values(PLACEMENT_MOVES)].map(({ event }) => event)

  test('has words and a decision about who is told', () => {
    expect(differences(Object.keys(EVENT_WORDS), Object.keys(NOTICE_DECISIONS))).toEqual(NONE)
    expect(differences(moves, Object.keys(EVENT_WORDS)).missing).toEqual([])
  })
})

describe('every notice', () => {
  test('has a template in templates/email, and back', () => {
    const templates = filesUnder('templates/email', '.njk').flatMap(
      ({ path }) => /^templates\/email\/([^/]+)\.njk$/.exec(path)?.[1] ?? [],
    )
    expect(differences(NOTICES, templates)).toEqual(NONE)
  })
})

describe('the rules notice', () => {
  test('what is missing on either side', () => {
    expect(differences(['a', 'b'], ['b', 'c'])).toEqual({ missing: ['a'], invented: ['c'] })
    expect(differences(['a'], ['a'])).toEqual(NONE)
  })

  test('what stands twice', () => {
    expect(repeated(['a', 'b', 'a', 'a'])).toEqual(['a'])
  })

  test('headings, with or without marks, and no others', () => {
    expect(headings('# Problems\n\n## group-full\n\ntext ## no\n\n## `not-found`\n### deeper\n##nearly')).toEqual([
      'group-full',
      'not-found',
    ])
  })

  test('settings, shown or hidden, and no prose', () => {
    const example = '# The port.\nPORT=3000\n\n# SMTP_URL=smtp://localhost\n#HOST=\n# set A=1 to try\nexport NOT=1\n'
    expect(settingsIn(example)).toEqual(['PORT', 'SMTP_URL', 'HOST'])
  })
})
