import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PLACEMENT_WORDS } from '../../src/domain/placement-moves.ts'
import { REFERRAL_WORDS } from '../../src/domain/referral-moves.ts'
import { placementTag, referralTag } from '../../src/http/web/tags.ts'
import { templatePath } from '../../src/templates.ts'

const styles = readdirSync(templatePath('styles'))
  .filter((file) => file.endsWith('.css'))
  .map((file) => ({ file, css: readFileSync(templatePath('styles', file), 'utf8') }))

it('every state has one word and one colour, and every colour is drawn by day and by night', () => {
  const tags = [
    ...(Object.keys(REFERRAL_WORDS) as (keyof typeof REFERRAL_WORDS)[]).map(referralTag),
    ...(Object.keys(PLACEMENT_WORDS) as (keyof typeof PLACEMENT_WORDS)[]).map(placementTag),
  ]
  expect(tags.every(({ text }) => text.length > 2)).toBe(true)
  const base = styles.find(({ file }) => file === 'base.css')?.css ?? ''
  for (const colour of new Set(tags.map(({ colour }) => colour))) {
    const name = colour.replace('aqua-green', 'aqua')
    expect([colour, base.match(new RegExp(`--tag-${name}: #`, 'g'))?.length]).toEqual([colour, 2])
    if (colour !== 'blue') expect(base).toContain(`.nhsuk-tag--${colour} {`)
  }
})

it('the words of states stand in one place: no template writes a state by hand', () => {
  const words = [...Object.values(REFERRAL_WORDS), ...Object.values(PLACEMENT_WORDS)]
  for (const file of readdirSync(templatePath('pages'))) {
    const text = readFileSync(templatePath('pages', file), 'utf8')
    const byHand = words.filter((word) => text.includes(`tag("${word}"`) || text.includes(`>${word}</strong>`))
    expect([file, byHand]).toEqual([file, file === 'start.njk' ? byHand : []])
  }
})

it('colours are named in base.css, and paper is white: no other file makes one', () => {
  for (const { file, css } of styles.filter(({ file }) => file !== 'base.css' && file !== 'print.css'))
    expect([file, css.match(/#[\da-f]{3,8}\b(?=[^{}]*;)|rgba?\(/gi) ?? []]).toEqual([file, []])
})

it('the styles of our own stay small', async () => {
  const { gzipSync } = await import('node:zlib')
  expect(gzipSync(styles.map(({ css }) => css).join('\n')).length).toBeLessThan(12_000)
})
