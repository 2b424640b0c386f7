import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import nunjucks from 'nunjucks'
import { type Day, londonClock, londonDay, shortDay, spokenDay, writtenDay } from './domain/day.ts'
import { spacedNhsNumber } from './domain/nhs-number.ts'

/** Our own templates, and the macros of nhsuk-frontend as `nhsuk/components/…`. */
export const TEMPLATES = fileURLToPath(new URL('../templates', import.meta.url))
export const NHSUK = dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json')) + '/dist'

function dayOf(moment: Day | Date): Day {
  return moment instanceof Date ? londonDay(moment) : moment
}

/** "Thu 3 December". */
export function dayWords(moment: Day | Date): string {
  return spokenDay(dayOf(moment)).replace(/^(\w{3})\w*/, '$1')
}

/** "3:05pm", as NHS pages write it. */
export function timeWords(moment: Date): string {
  const { minutes } = londonClock(moment)
  if (minutes === 720) return 'midday'
  const past = minutes % 60
  const hour = Math.floor(minutes / 60) % 12 || 12
  return `${hour}${past ? `:${String(past).padStart(2, '0')}` : ''}${minutes < 720 ? 'am' : 'pm'}`
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** Plain text with its web addresses made into links. Everything is escaped first: this is the only way around it. */
function linked(text: string): nunjucks.runtime.SafeString {
  return new nunjucks.runtime.SafeString(
    escaped(text).replace(/https?:\/\/[^\s<>&"']*[\w/-]/g, (address) => `<a href="${address}">${address}</a>`),
  )
}

/** A reference is never broken at its hyphens. Everything is escaped first, as above. */
function whole(text: string): nunjucks.runtime.SafeString {
  return new nunjucks.runtime.SafeString(
    escaped(text).replace(
      /\bSP-[A-Z\d]{4}-[A-Z\d]{4}\b/g,
      (reference) => `<span class="trellis-nowrap">${reference}</span>`,
    ),
  )
}

function lowerFirst(text: string): string {
  return /^\p{Lu}[\p{Ll} ]/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

interface Counted {
  value: number
}

const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((10_000 * part) / whole) / 100)

/** For bars: each value's share, in per cent, of the largest (or of `top`, where that is larger). */
function ofMost<T extends Counted>(items: T[], top = 0): (T & { share: number })[] {
  const most = Math.max(top, ...items.map(({ value }) => value))
  return items.map((item) => ({ ...item, share: percent(item.value, most) }))
}

/** For parts of a whole, laid end to end: where each begins and how long it is, in per cent. */
function ofWhole<T extends Counted>(items: T[]): (T & { from: number; share: number })[] {
  const sum = (some: Counted[]) => some.reduce((total, { value }) => total + value, 0)
  const whole = sum(items)
  return items.map((item, index) => ({
    ...item,
    from: percent(sum(items.slice(0, index)), whole),
    share: percent(item.value, whole),
  }))
}

const FILTERS = {
  day: dayWords,
  time: timeWords,
  /** For history, where the year matters: "Thu 3 December 2026". */
  dayAndYear: (moment: Day | Date) => `${dayWords(moment)} ${dayOf(moment).slice(0, 4)}`,
  writtenDay: (moment: Day | Date) => writtenDay(dayOf(moment)),
  spokenDay: (moment: Day | Date) => spokenDay(dayOf(moment)),
  shortDay: (moment: Day | Date) => shortDay(dayOf(moment)),
  nhsNumber: spacedNhsNumber,
  /** `3 | plural('place')` is "3 places"; irregular words are given: `plural('person', 'people')`. */
  plural: (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`,
  urls: linked,
  whole,
  ofMost,
  ofWhole,
  /** Labels as one phrase: "Low mood, anxiety or worry". */
  phrase: (labels: string[]) => labels.map((label, index) => (index === 0 ? label : lowerFirst(label))).join(', '),
  /** In the middle of a sentence: "accepted", but "NHS" stays. */
  lowerFirst,
}

function environment(autoescape: boolean): nunjucks.Environment {
  const loader = new nunjucks.FileSystemLoader([TEMPLATES, NHSUK])
  // What is missing in a model is a fault to be found by a test, not an empty place on a page.
  const env = new nunjucks.Environment(loader, {
    autoescape,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  })
  for (const [name, filter] of Object.entries(FILTERS)) env.addFilter(name, filter)
  return env
}

const pages = environment(true)
const plain = environment(false)

/** Renders HTML: everything from the model is escaped. Templates are compiled once and kept. */
export function render(template: string, model: object): string {
  return pages.render(template, model)
}

/** Renders plain text, such as the text part of an e-mail. Nothing is escaped: never for HTML. */
export function renderText(template: string, model: object): string {
  return plain.render(template, model)
}

/**
 * Compiles every page, so that no visitor waits for it: one at a time, with the requests in between. A page that is
 * wanted before its turn is compiled for whoever wants it.
 */
export async function preparePages(): Promise<void> {
  for (const file of readdirSync(templatePath('pages'))) {
    await setImmediate()
    pages.getTemplate(`pages/${file}`, true)
  }
}

export function templatePath(...parts: string[]): string {
  return join(TEMPLATES, ...parts)
}
