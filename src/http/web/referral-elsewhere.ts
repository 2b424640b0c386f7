import { z } from 'zod'
import { listProjects } from '../../actions/directory/list-projects.ts'
import { listTeams } from '../../actions/directory/list-teams.ts'
import { recordUnmetNeed } from '../../actions/referrals/record-unmet-need.ts'
import { answerRedirect, type Redirection, redirectReferral } from '../../actions/referrals/redirect-referral.ts'
import { signpost } from '../../actions/referrals/signpost.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { NEED_CODES } from '../../domain/needs.ts'
import { required, requiredLine, typed } from '../../domain/person.ts'
import { BasisInput } from '../../domain/referral-request.ts'
import { askOn } from '../../domain/signpost.ts'
import { UNMET_REASON_WORDS, UNMET_REASONS } from '../../domain/unmet-need.ts'
import { dayWords } from '../../templates.ts'
import { several, text, type Values } from './forms.ts'
import { baseOf } from './layout.ts'
import { type Asking, type Choice, dayAfter, type Field, type MovePage, movePage } from './move-page.ts'

const FOOTINGS: Choice[] = [
  { value: 'agreed', text: 'The person agreed to it' },
  {
    value: 'direct_care',
    text: 'Direct care',
    hint: { text: 'The team treats people, such as a mental health team.' },
  },
  { value: 'safeguarding', text: 'Safeguarding' },
  { value: 'best_interests', text: 'Best interests' },
]

const Redirecting = z.object({
  to: requiredLine(120, 'The team', 'Choose a team, or write its name'),
  reason: required(500, 'The reason', 'Say why another team is right'),
  footing: z.enum(['agreed', 'direct_care', 'safeguarding', 'best_interests'], {
    error: 'Say why this team may know who the person is',
  }),
})

// Two teams would be one too many, and the one that is not sent to would be lost without a word.
const OneTeam = z
  .object({ otherTeam: z.undefined({ error: 'Choose a team of the list or write a name, not both' }) })
  .and(Redirecting)

/** What was agreed with the person in the action's own words; another footing rests on the same reason. */
function redirectionOf({ to, reason, footing }: z.output<typeof Redirecting>): Redirection {
  if (footing === 'agreed') return { to, reason, consent: { shareWithTeam: true } }
  return { to, reason, basis: BasisInput.parse({ kind: footing, reason }) }
}

const redirect = movePage({
  verb: 'redirect',
  title: ({ view }: Asking<ReferralView>) => `Send ${view.person.fullName} to another team`,
  says: (it) => [
    `The team says by ${dayAfter(it, it.limits.redirect[it.view.priority])} whether it takes the person on. Until then the referral stays in your sight.`,
    'If it says no, or nothing, the referral comes back to you where it was.',
  ],
  fields: async ({ request, actor }) => [
    {
      kind: 'select',
      name: 'team',
      label: 'Team',
      items: [
        { value: '', text: 'Another team, written below' },
        ...(await listTeams(request.context, actor)).map(({ slug, name }) => ({ value: slug, text: name })),
      ],
    },
    {
      kind: 'text',
      name: 'otherTeam',
      label: 'Name of the team, if it is not in the list',
      hint: 'It cannot see the referral in Trellis. Call the team, and record here what it says.',
    },
    { kind: 'area', name: 'reason', label: 'Why this team', hint: 'It is kept in the history.' },
    { kind: 'radios', name: 'footing', label: 'Why may this team know who the person is?', items: FOOTINGS },
  ],
  button: 'Send to this team',
  done: 'Sent. The team decides whether it takes the person on.',
  schema: OneTeam,
  fieldOf: (path) => (path === 'to' ? 'team' : path),
  read: (values) => ({
    to: text(values, 'team') ?? text(values, 'otherTeam'),
    otherTeam: text(values, 'team') && text(values, 'otherTeam'),
    reason: text(values, 'reason'),
    footing: text(values, 'footing'),
  }),
  act: (context, actor, id, data) => redirectReferral(context, actor, id, redirectionOf(data)),
})

/** The team itself answers, and sees the referral only while it is asked. */
export function isAskedTeam({ canSeeWork, allowedActions }: ReferralView): boolean {
  return !canSeeWork && allowedActions.includes('answer-redirect')
}

const answerTeam = movePage({
  verb: 'answer-redirect',
  title: ({ view }: Asking<ReferralView>) =>
    view.canSeeWork
      ? `What did ${view.redirectedTo?.name ?? 'the other team'} say?`
      : `Does your team take on ${view.person.fullName}?`,
  says: (it) => {
    const service = it.view.canSeeWork ? 'you' : (it.view.receivingOrganisation?.name ?? 'the service')
    return [
      'If the team takes the person on, the referral closes here. Whoever referred reads your note.',
      `If not, it comes back to ${service}, where it was, with the next step by ${dayAfter(it, it.limits.afterReturn)}.${it.view.canSeeWork ? '' : ' Your team then no longer sees it.'}`,
    ]
  },
  fields: ({ view }) => [
    {
      kind: 'radios',
      name: 'answer',
      label: 'Answer',
      items: [
        { value: 'yes', text: view.canSeeWork ? 'They take the person on' : 'We take the person on' },
        { value: 'no', text: 'Turn back' },
      ],
    },
    { kind: 'area', name: 'note', label: 'Note (optional)', hint: 'One or two sentences: who goes on, or why not.' },
  ],
  button: 'Save',
  done: 'The answer is saved, and everybody concerned is told.',
  goTo: ({ canSeeWork }, actor) => (canSeeWork ? undefined : `${baseOf(actor)}/board?done=answered`),
  schema: z.object({
    answer: z.enum(['yes', 'no'], { error: 'Say whether the team takes the person on' }),
    note: typed(1000, 'The note').optional(),
  }),
  read: (values) => ({ answer: text(values, 'answer'), note: text(values, 'note') }),
  act: (context, actor, id, { answer, note }) =>
    answerRedirect(context, actor, id, { accepted: answer === 'yes', note }),
})

/** Projects of the directory to choose from, by name. */
export async function projectField(
  { request, actor }: Asking<unknown>,
  { label, none, without }: { label: string; none: string; without?: string },
): Promise<Field> {
  const projects = await listProjects(request.context, actor)
  const items = projects.filter(({ id }) => id !== without).map(({ id, name }) => ({ value: id, text: name }))
  return { kind: 'select', name: 'projectId', label, items: [{ value: '', text: none }, ...items] }
}

const Signposting = z
  .object({ projectId: z.string().max(64).optional(), text: typed(300, 'What you pointed them to').optional() })
  .superRefine(({ projectId, text }, context) => {
    if (!projectId && !text)
      context.addIssue({ code: 'custom', path: ['text'], message: 'Choose a project, or write what it is' })
  })

const point = movePage({
  verb: 'signposts',
  title: ({ view }: Asking<ReferralView>) => `Point ${view.person.fullName} to something open`,
  says: ({ now }) => [
    'For something that anybody can go to. Nothing is sent: the person goes there by themselves, and nobody holds a place for them.',
    `It is written down here, and on ${dayWords(askOn(now))} we remind you to ask whether they went.`,
  ],
  fields: async (it) => [
    await projectField(it, { label: 'A project of the directory', none: 'Something else' }),
    {
      kind: 'text',
      name: 'text',
      label: 'If it is something else: what it is',
      hint: 'For example: coffee morning at the library, Tuesdays at 10.',
    },
  ],
  button: 'Save',
  done: 'Written down. In three weeks we remind you to ask whether they went.',
  schema: Signposting,
  read: (values: Values) => ({ projectId: text(values, 'projectId'), text: text(values, 'text') }),
  act: signpost,
})

const Unmet = z.object({
  needs: z.array(z.enum(NEED_CODES)).min(1, 'Choose at least one need'),
  why: z.enum(UNMET_REASONS, { error: 'Say why nothing was found' }),
  note: typed(500, 'The note').optional(),
})

const unmet = movePage({
  verb: 'unmet-needs',
  title: ({ view }: Asking<ReferralView>) => `Nothing was found for ${view.person.fullName}`,
  says: () => [
    'Those who plan services see how many people have a need that nothing meets, by ward and need. They never see who.',
    'The referral stays as it is: look again later, or agree something else.',
  ],
  fields: ({ view }) => [
    {
      kind: 'ticks',
      name: 'needs',
      label: 'Needs that nothing was found for',
      items: view.needs.map(({ code, label }) => ({ value: code, text: label })),
      value: view.needs.map(({ code }) => code),
    },
    {
      kind: 'radios',
      name: 'why',
      label: 'Why',
      items: UNMET_REASONS.map((value) => ({ value, text: UNMET_REASON_WORDS[value] })),
      value: 'nothing_fits',
    },
    {
      kind: 'text',
      name: 'note',
      label: 'What is missing (optional)',
      hint: 'No names. For example: a group in the evening.',
    },
  ],
  button: 'Record it',
  done: 'Recorded. Those who plan services count it.',
  schema: Unmet,
  read: (values: Values) => ({ needs: several(values, 'needs'), why: text(values, 'why'), note: text(values, 'note') }),
  act: recordUnmetNeed,
})

export const REFERRAL_ELSEWHERE: MovePage<ReferralView>[] = [redirect, answerTeam, point, unmet]
