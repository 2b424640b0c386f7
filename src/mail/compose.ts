import type { Day } from '../domain/day.ts'
import type { Notice } from '../domain/notices.ts'
import { render, renderText } from '../templates.ts'
import { dayIn, timeIn } from '../words/days.ts'
import { ENGLISH } from '../words/files.ts'
import { type Language, language } from '../words/language.ts'

/**
 * All that a message may be made of. There is nothing else here that a template could give away: mail is read by
 * people looking over a shoulder, and shared inboxes are read by whole offices.
 */
export interface NoticeFacts {
  reference: string
  /** The day by which the reader answers; null where an answer is no longer awaited. */
  replyBy: Day | null
  /** That day is past. */
  isLate: boolean
  /** The one page where it is dealt with; for a person, who has no account, at most the calendar file of a visit. */
  link: string | null
  /** Only in mail to the person themselves. */
  firstName: string | null
  /** Only in mail to the person: the service's number, where it has one. */
  phone: string | null
  /** Only in mail to the person about a visit that lies ahead. */
  visit: VisitFacts | null
}

/** A first visit as the person is told of it: never what it is for. */
export interface VisitFacts {
  on: Day
  at: Date
  where: string
  gettingThere: string | null
  greeter: string | null
  /** Whom to call to cancel. */
  phone: string | null
  /** The address of its calendar file. */
  calendar: string
}

export interface Content {
  subject: string
  text: string
  html: string
}

/**
 * Renders a notice. The HTML part is made from the text part, so the two say the same.
 * @param tongue of whoever reads it; only persons are written to in another one than English
 */
export function compose(notice: Notice, facts: NoticeFacts, tongue: Language = language(ENGLISH)): Content {
  const { visit, replyBy } = facts
  const spoken = {
    t: tongue.say,
    isDraft: tongue.isDraft,
    by: replyBy && dayIn(tongue, replyBy),
    when: visit && tongue.say('mail.visit.when', { day: dayIn(tongue, visit.on), time: timeIn(tongue, visit.at) }),
  }
  return composeFrom(`email/${notice}.njk`, { ...facts, ...spoken }, [], tongue)
}

/** @param links further addresses that stand in paragraphs of their own */
export function composeFrom(
  template: string,
  facts: { link: string | null },
  links: string[] = [],
  { tag, direction }: Language = language(ENGLISH),
): Content {
  const part = (name: 'subject' | 'text') => renderText(template, { ...facts, part: `email/parts/${name}.njk` })
  const subject = part('subject').replace(/\s+/g, ' ').trim()
  const paragraphs = part('text')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
  const html = render('email/parts/html.njk', {
    subject,
    tag,
    direction,
    paragraphs,
    links: facts.link ? [facts.link, ...links] : links,
  })
  return { subject, text: `${paragraphs.join('\n\n')}\n`, html }
}

/** What to call somebody at the start of a letter: never a title, never the family name. */
export function firstNameOf({ givenName, fullName }: { givenName: string | null; fullName: string }): string | null {
  const names = (givenName ?? fullName).split(/\s+/).filter((word) => !TITLE.test(word))
  // Whoever wrote "Mrs Khan" has not told us a first name.
  const isTitled = names.length < (givenName ?? fullName).split(/\s+/).length
  return isTitled && names.length < 2 ? null : (names[0] ?? null)
}

const TITLE = /^(mr|mrs|ms|miss|mx|dr|prof|rev|sir|dame|lord|lady)\.?$/i
