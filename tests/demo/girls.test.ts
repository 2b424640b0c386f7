import { expect, it } from 'vitest'
import { PROJECTS } from '../../src/demo/projects.ts'

it('Teenage girls in parks is mostly for girls, and no match for whoever only wants to move more', () => {
  const { needs, rules, summary } = PROJECTS.find(({ slug }) => slug === 'girls-in-parks') ?? {}
  expect(needs).toEqual(['young_person'])
  expect(rules).toEqual([{ rule: 'gender_focus', gender: 'woman', refuses: false }])
  expect(summary).toContain('11 to 17')
})
