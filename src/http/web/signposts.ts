import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { permit } from '../../actions/access/permit.ts'
import { openProject } from '../../actions/directory/open-project.ts'
import { answerSignpost } from '../../actions/referrals/answer-signpost.ts'
import { listDueSignposts } from '../../actions/referrals/list-due-signposts.ts'
import { listReferrals } from '../../actions/referrals/list-referrals.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { isInDirectory } from '../../domain/directory.ts'
import { statesFor } from '../../domain/moves.ts'
import { REFERRAL_MOVES } from '../../domain/referral-moves.ts'
import { Refusal } from '../../domain/refusal.ts'
import { SIGNPOST_ANSWER_WORDS, SIGNPOST_ANSWERS } from '../../domain/signpost.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, atRecord, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, parse, text, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

/** One press each. */
const BUTTONS = SIGNPOST_ANSWERS.map((value) => ({ value, text: SIGNPOST_ANSWER_WORDS[value] }))

const Answering = z.object({
  signpostId: z.string({ error: 'Choose what this is about' }).max(64),
  answer: z.enum(SIGNPOST_ANSWERS, { error: 'Say whether they went' }),
})

const PEOPLE_SHOWN = 50

/** What they were pointed to, and whether they went, on the page of the person. */
export function signpostLines({ id, status, signposts, canSeeWork }: ReferralView, base: string, today: string) {
  const isAsked = canSeeWork && statesFor(REFERRAL_MOVES.answerSignpost, 'navigator').some((from) => from === status)
  return (signposts ?? []).map((one) => ({
    text: one.text,
    madeAt: one.madeAt,
    answer: one.answer ? SIGNPOST_ANSWER_WORDS[one.answer] : null,
    // Somebody may tell before they are asked.
    buttons: isAsked && one.askOn !== null ? BUTTONS : [],
    isDue: one.askOn !== null && one.askOn <= today,
    askOn: one.askOn,
    id: one.id,
    action: `${base}/referrals/${id}/did-they-go`,
  }))
}

async function duePage(request: FastifyRequest, reply: FastifyReply, faults: FieldFault[] = [], status = 200) {
  const actor = actorOf(request)
  const base = baseOf(actor)
  const path = `${base}/did-they-go`
  const after = queryWord(request.query, 'after')
  const { items, next } = await listDueSignposts(request.context, actor, after)
  const frame = {
    title: 'Did they go?',
    back: { href: `${base}/board`, text: 'Board' },
    faults,
    done: queryWord(request.query, 'done') === 'did-they-go' ? 'Saved.' : undefined,
  }
  const model = {
    rows: items.map(({ id, referralId, reference, personName, text, madeAt, answer }) => ({
      id,
      href: `${base}/referrals/${referralId}`,
      action: `${base}/referrals/${referralId}/did-they-go?from=list`,
      name: personName,
      reference,
      text,
      madeAt,
      isAgain: answer === 'not_yet',
    })),
    buttons: BUTTONS,
    nextHref: next ? `${path}?after=${encodeURIComponent(next)}` : null,
    boardHref: `${base}/board`,
  }
  return show(request, reply, 'did-they-go', frame, model, status)
}

export function register(app: App): void {
  app.get('/o/:organisation/did-they-go', atOrganisation, (request, reply) => duePage(request, reply))

  app.post('/o/:organisation/referrals/:id/did-they-go', atRecord, (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const { data, faults } = parse(Answering, {
      signpostId: text(values, 'signpostId'),
      answer: text(values, 'answer'),
    })
    if (!data) return duePage(request, reply, faults, 400)
    const page =
      queryWord(request.query, 'from') === 'list'
        ? `${baseOf(actor)}/did-they-go?done=did-they-go`
        : `${baseOf(actor)}/referrals/${id}?done=did-they-go`
    return carryOut(request, reply, {
      act: (context) => answerSignpost(context, actor, id, data),
      goTo: () => page,
      again: (faults, status) => duePage(request, reply, faults, status),
    })
  })

  /** From an entry of the directory: whom to point there, one press each. */
  app.get('/o/:organisation/point/:id', atRecord, async (request, reply) => {
    const { context } = request
    const actor = actorOf(request)
    const base = baseOf(actor)
    permit(actor, 'referral.signpost', { receiving: actor.organisationId })
    const project = await openProject(context, actor, request.params.id)
    if (!isInDirectory(project)) throw new Refusal('not-found', 'There is no such project in the directory.')
    const mine = { status: ['contacted', 'active'], as: 'receiving', assignee: 'me', order: 'due' } as const
    const { items } = await listReferrals(context, actor, { ...mine, limit: PEOPLE_SHOWN })
    const model = {
      project: project.name,
      projectId: project.id,
      people: items.map(({ id, personName, reference, needs }) => ({
        name: personName,
        reference,
        needs: needs.map(({ label }) => label),
        meets: needs.some(({ code }) => project.needs.some((need) => need.code === code)),
        action: `${base}/referrals/${id}/do/signposts`,
      })),
      boardHref: `${base}/board`,
    }
    return show(request, reply, 'point', { title: `Point somebody to ${project.name}` }, model)
  })
}
