import { describe, expect, it } from 'vitest'
import { localAddress } from '../../src/http/web/addresses.ts'
import { needsOf } from '../../src/http/web/draft-form.ts'
import { duePicture } from '../../src/http/web/due-picture.ts'
import { dateOf, faultyForm, several, valuesOf } from '../../src/http/web/forms.ts'
import { londonMoment } from '../../src/http/web/moments.ts'
import { safeWords } from '../../src/http/web/person-words.ts'
import { roomWords } from '../../src/http/web/places-words.ts'
import { progressOf } from '../../src/http/web/progress.ts'
import { dayWords, render, timeWords } from '../../src/templates.ts'

describe('what a form sent', () => {
  it('is read as the person meant it', () => {
    const values = valuesOf({ _csrf: 'x', _key: 'y', text: 'a\r\nb', list: ['1', '2'], day: ' ' })
    expect(values).toEqual({ text: 'a\nb', list: ['1', '2'], day: ' ' })
    expect([several(values, 'list'), several(values, 'text'), several(values, 'none')]).toEqual([
      ['1', '2'],
      ['a\nb'],
      [],
    ])
  })

  it.each([
    [{ 'd-day': '3', 'd-month': '4', 'd-year': '1958' }, '1958-04-03'],
    [{ 'd-day': '3', 'd-month': 'April', 'd-year': '1958' }, '1958-??-03'],
    [{ 'd-day': '3' }, '????-??-03'],
    [{}, undefined],
  ])('%o is the date %s', (values, date) => {
    expect(dateOf(values, 'd')).toBe(date)
  })

  it('shows the first fault of a field beside it', () => {
    const faults = [
      { field: 'a', text: 'first' },
      { field: 'a', text: 'second' },
    ]
    expect(faultyForm({ a: 'x' }, faults)).toEqual({ values: { a: 'x' }, errors: { a: { text: 'first' } } })
  })

  it.each([
    [{ groups: ['0', '1'] }, ['loneliness', 'low_mood']],
    [{ groups: '0', needs: 'bereavement' }, ['bereavement']],
    [{ groups: ['1'], needs: ['low_mood', 'anxiety', 'food'] }, ['low_mood', 'anxiety', 'food']],
  ])('%o are the needs %o', (values, codes) => {
    expect(needsOf(values)).toEqual(codes)
  })
})

describe('words', () => {
  it.each([
    ['2026-11-26', '10:00', '2026-11-26T10:00:00.000Z'],
    ['2026-06-26', '10.30', '2026-06-26T09:30:00.000Z'],
    ['2026-03-29', '01:30', undefined],
    ['2026-06-26', '24:00', undefined],
    ['2026-06-31', '10:00', undefined],
  ])('%s at %s in London is %s', (day, time, moment) => {
    expect(londonMoment(day, time)?.toISOString()).toBe(moment)
  })

  it('writes days and times as people say them', () => {
    expect(dayWords('2026-12-03')).toBe('Thu 3 December')
    const times = ['09:00', '09:05', '12:00', '12:30', '00:15', '17:45'].map((time) =>
      timeWords(new Date(`2026-12-03T${time}:00Z`)),
    )
    expect(times).toEqual(['9am', '9:05am', 'midday', '12:30pm', '12:15am', '5:45pm'])
  })

  it.each([
    [{ capacityKind: 'open', free: null, isFull: false, waiting: 0 }, 'Open to everybody, with no limit'],
    [{ capacityKind: 'places', free: 1, isFull: false, waiting: 2 }, '1 place free, 2 waiting'],
    [{ capacityKind: 'places', free: 0, isFull: true, waiting: 3 }, 'Full, 3 waiting'],
    [{ capacityKind: 'places', free: null, isFull: false, waiting: 0 }, 'Places not confirmed yet'],
    [{ capacityKind: 'one_to_one', free: 2, isFull: false, waiting: 0 }, '2 volunteers free'],
  ] as const)('%o is “%s”', (room, said) => {
    expect(roomWords({ ...room, confirmedAt: null })).toBe(said)
  })

  it('says how it is safe to reach somebody, and nothing is safe that nobody said', () => {
    const nothing = { voicemail: false, text: false, email: false, post: false }
    expect(safeWords(null)).toBe('Only speak to the person: leave and send nothing.')
    expect(safeWords({ ...nothing, text: true, note: 'Mornings.' })).toBe('Safe to send a text. Mornings.')
  })

  it.each([
    ['/o/so-linked/board?whose=all', true],
    ['//evil.example', false],
    ['/\\evil.example', false],
    ['/a\\b', false],
    ['https://evil.example', false],
    ['/a b', false],
    ['', false],
  ])('%s is a page of ours: %s', (address, isOurs) => {
    expect(localAddress(address)).toBe(isOurs ? address : undefined)
  })
})

describe('the line of dots', () => {
  const at = (status: Parameters<typeof progressOf>[0]['status'], ...states: string[]) =>
    progressOf({
      status,
      placements: states.map((state) => ({ status: state as 'sent', projectName: 'Community Roots' })),
    })

  it.each([
    [at('submitted'), 'Step 1 of 5, sent: Waiting for the first call'],
    [at('contacted'), 'Step 2 of 5, called: Finding the right project'],
    [at('active', 'declined', 'seen'), 'Step 2 of 5, called: Waiting for an answer from Community Roots'],
    [at('active', 'booked'), 'Step 3 of 5, matched: Has a place at Community Roots'],
    [at('active', 'started'), 'Step 4 of 5, started: Going to Community Roots'],
    [at('active', 'completed'), 'Step 4 of 5, started: Agreeing what comes next'],
    [at('completed', 'completed'), 'Step 5 of 5, closed: Completed'],
  ])('%#: %o', ({ label }, said) => {
    expect(label).toBe(said)
  })

  it('leaves a step open that was skipped', () => {
    expect(at('unreachable').items.map(({ isDone }) => isDone)).toEqual([true, false, false, false, true])
  })
})

describe('templates', () => {
  it('escape what they are given and refuse to leave a place empty', () => {
    expect(() => render('pages/mail.njk', { mail: {} })).toThrow()
  })
})

describe('who tips over a deadline', () => {
  const due = ['2026-11-22', '2026-11-23', '2026-11-27'].map((day) => ({ day, count: 2, uncalled: 0 }))

  it.each([
    ['2026-11-20', ['Today 0', 'The next working day 4', 'This week 0']],
    ['2026-11-22', ['Today 2', 'Tomorrow 2', 'By Friday 6']],
    ['2026-11-23', ['Today 2', 'Tomorrow 0', 'This week 4']],
  ])('is counted from %s to the Friday that lies ahead', (today, told) => {
    expect(duePicture(due, today).tips.map(({ text, count }) => `${text} ${count}`)).toEqual(told)
  })
})
