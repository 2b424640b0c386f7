import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { listCrisisHelp } from '../../actions/directory/list-crisis-help.ts'
import { findToward } from '../../actions/self/find-toward.ts'
import { listPracticeChoices } from '../../actions/self/list-practice-choices.ts'
import { readHelpline } from '../../actions/self/read-helpline.ts'
import {
  answerQuestion,
  beginSelfDraft,
  forgetSelfDraft,
  readSelfDraft,
  type SelfDraft,
  sendSelfDraft,
  turnToward,
} from '../../actions/self/self-draft.ts'
import { londonDay } from '../../domain/day.ts'
import { languageName } from '../../domain/languages.ts'
import { Refusal } from '../../domain/refusal.ts'
import {
  mayBeInDanger,
  openQuestion,
  SELF_QUESTIONS,
  type SelfQuestion,
  towardName,
} from '../../domain/self-referral.ts'
import { dayIn } from '../../words/days.ts'
import { ENGLISH } from '../../words/files.ts'
import { type Language, languagesOn } from '../../words/language.ts'
import type { App } from '../site.ts'
import { inPublic } from './addresses.ts'
import { type FieldFault, type Values, valuesOf } from './forms.ts'
import { chosenInstead, forgetChoice } from './language-choice.ts'
import { closeOwnPage } from './own-page.ts'
import { publicForm, ringModel, showPublic } from './public-page.ts'
import { checkRows } from './self-check.ts'

/** Where somebody goes who must not be seen here. */
const ELSEWHERE = 'https://www.bbc.co.uk/weather'
const COOKIE = 'trellis-answers'
const KEPT_SECONDS = 24 * 3600
// A community centre helps many people in an afternoon from one address; a robot sends a thousand.
const SENDING = { max: 60, timeWindow: 5 * 60_000 }

const atQuestion = {
  config: { access: 'public' },
  schema: { hide: true, params: z.object({ question: z.enum(SELF_QUESTIONS) }) },
} as const

const secretOf = (request: FastifyRequest): string => {
  const kept = request.cookies[COOKIE] ?? ''
  return /^[\w-]{22}$/.test(kept) ? kept : ''
}

function keepSecret(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  const { isSecure } = request.server.site
  void reply.setCookie(COOKIE, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    maxAge: KEPT_SECONDS,
  })
}

const draftOf = (request: FastifyRequest): Promise<SelfDraft | undefined> => {
  const secret = secretOf(request)
  return secret ? readSelfDraft(request.context, secret) : Promise.resolve(undefined)
}

/** The pages of one language. English has no prefix. */
function pagesIn(app: App, tongue: Language): void {
  const base = `${tongue.prefix}/refer-yourself`
  const { say } = tongue
  const at = (page: string) => `${base}/${page}`
  // Whoever asks in Polish is written to in Polish, and was not asked twice.
  const written = tongue.code === ENGLISH ? undefined : languageName(tongue.code)

  function frame(title: string, more: { back?: string; faults?: FieldFault[]; leaves?: boolean } = {}) {
    return {
      tongue,
      title,
      leave: more.leaves === false ? null : at('leave'),
      back: more.back ?? null,
      faults: more.faults ?? [],
    }
  }

  function gone(request: FastifyRequest, reply: FastifyReply) {
    return showPublic(request, reply, 'self-gone', frame(say('self.gone.title')), { again: base }, 410)
  }

  async function question(
    request: FastifyRequest,
    reply: FastifyReply,
    name: SelfQuestion,
    values: Values,
    faults: FieldFault[] = [],
  ) {
    const step = SELF_QUESTIONS.indexOf(name)
    const isOther = values.who === 'other' || values.who === 'child'
    const title = isOther && name in OTHERS ? say(`self.${name}.title.other`) : say(`self.${name}.title`)
    const before = SELF_QUESTIONS[step - 1]
    const model = {
      name,
      isOther,
      title,
      step: say('self.step', { step: step + 1, steps: SELF_QUESTIONS.length }),
      form: publicForm(tongue, values, faults),
      action: at(name),
      toward: towardName(values),
      practices: name === 'gp' ? await listPracticeChoices(request.context) : [],
    }
    return showPublic(
      request,
      reply,
      'self-question',
      frame(title, { back: before ? at(before) : base, faults }),
      model,
    )
  }

  app.get(base, inPublic, async (request, reply) => {
    const elsewhere = tongue.code === ENGLISH && chosenInstead(request, base)
    if (elsewhere) return reply.header('cache-control', 'no-store').redirect(elsewhere, 302)
    const draft = await draftOf(request)
    const hasBegun = draft !== undefined && draft.receipt === null && draft.answered.length > 0
    const on = draft && (openQuestion(draft.answers, draft.answered, londonDay(request.context.now())) ?? 'check')
    const ring = ringModel(tongue, await readHelpline(request.context))
    const where = `${tongue.prefix}/where`
    const model = { hasBegun, on: at(on ?? 'who'), action: at('begin'), where, ring }
    return showPublic(request, reply, 'self-start', { ...frame(say('self.start.title')), isOpen: true }, model)
  })

  app.post(
    `${base}/begin`,
    { ...inPublic, config: { ...inPublic.config, rateLimit: SENDING } },
    async (request, reply) => {
      const before = secretOf(request)
      const { project, group } = valuesOf(request.body)
      const toward =
        typeof project === 'string' && typeof group === 'string'
          ? await findToward(request.context, { project, group })
          : undefined
      // Whoever comes from a project's page goes on with what they have answered; who starts anew keeps nothing.
      if (toward && before && (await turnToward(request.context, before, toward)))
        return reply.redirect(at('check'), 303)
      if (before) await forgetSelfDraft(request.context, before)
      keepSecret(request, reply, await beginSelfDraft(request.context, toward))
      return reply.redirect(at('who'), 303)
    },
  )

  app.get(`${base}/check`, inPublic, async (request, reply) => {
    const draft = await draftOf(request)
    if (!draft) return gone(request, reply)
    if (draft.receipt) return reply.redirect(at('done'), 303)
    const open = openQuestion(draft.answers, draft.answered, londonDay(request.context.now()))
    if (open) return reply.redirect(at(open), 303)
    const practices = await listPracticeChoices(request.context)
    const model = { ...checkRows(draft.answers, tongue, practices, at), action: at('send') }
    return showPublic(request, reply, 'self-check', frame(say('self.check.title'), { back: at('consent') }), model)
  })

  app.get(`${base}/help-now`, inPublic, async (request, reply) => {
    if (!(await draftOf(request))) return gone(request, reply)
    const crisis = await listCrisisHelp(request.context)
    const model = { on: at('name'), crisis: crisis.map(({ name, slug }) => ({ name, href: `/directory/${slug}` })) }
    return showPublic(request, reply, 'self-help-now', frame(say('self.help-now.title'), { back: at('more') }), model)
  })

  app.get(`${base}/done`, inPublic, async (request, reply) => {
    const receipt = (await draftOf(request))?.receipt
    if (!receipt) return gone(request, reply)
    return showPublic(request, reply, 'self-done', frame(say('self.done.title')), {
      receipt,
      by: receipt.dueOn && dayIn(tongue, receipt.dueOn),
    })
  })

  app.post(
    `${base}/send`,
    { ...inPublic, config: { ...inPublic.config, rateLimit: SENDING } },
    async (request, reply) => {
      const secret = secretOf(request)
      if (!secret || !(await readSelfDraft(request.context, secret))) return gone(request, reply)
      try {
        await sendSelfDraft(request.context, secret, written)
      } catch (error) {
        // Sent by another click meanwhile, or not answered to the end: either way its page says what is next.
        if (!(error instanceof Refusal && error.kind === 'rule')) throw error
        return reply.redirect(at('check'), 303)
      }
      return reply.redirect(at('done'), 303)
    },
  )

  app.post(`${base}/leave`, inPublic, async (request, reply) => {
    const secret = secretOf(request)
    if (secret) await forgetSelfDraft(request.context, secret)
    void reply.clearCookie(COOKIE, { path: '/' })
    closeOwnPage(reply)
    forgetChoice(reply)
    // So that going back shows nothing either.
    void reply.header('Clear-Site-Data', '"cache"')
    return showPublic(request, reply, 'self-leave', frame(say('self.leave.title'), { leaves: false }), {
      elsewhere: ELSEWHERE,
    })
  })

  app.get(`${base}/:question`, atQuestion, async (request, reply) => {
    const draft = await draftOf(request)
    if (!draft) return gone(request, reply)
    if (draft.receipt) return reply.redirect(at('done'), 303)
    return question(request, reply, request.params.question, draft.answers)
  })

  app.post(`${base}/:question`, atQuestion, async (request, reply) => {
    const name = request.params.question
    const values = answersOf(name, valuesOf(request.body))
    const draft = await draftOf(request)
    if (!draft) return gone(request, reply)
    if (draft.receipt) return reply.redirect(at('done'), 303)
    const faults = await answerQuestion(request.context, secretOf(request), name, values)
    const answers = { ...draft.answers, ...values }
    if (faults.length > 0)
      return question(
        request,
        reply,
        name,
        answers,
        faults.map(({ field, says }) => ({ field, text: say(says) })),
      )
    if (name === 'more' && mayBeInDanger(answers)) return reply.redirect(at('help-now'), 303)
    const hasAll = SELF_QUESTIONS.every((one) => one === name || draft.answered.includes(one))
    const next = SELF_QUESTIONS[SELF_QUESTIONS.indexOf(name) + 1]
    return reply.redirect(at(hasAll ? 'check' : (next ?? 'check')), 303)
  })
}

/** Questions that are asked of another person in other words. */
const OTHERS = { name: true, contact: true, home: true, gp: true, born: true, talk: true }

/** Every field of a question: a box that is not ticked is not sent, and has to be taken back all the same. */
const FIELDS: Record<SelfQuestion, { texts: string[]; boxes?: string[] }> = {
  who: { texts: ['who', 'byName', 'relationship'] },
  help: { texts: [], boxes: ['help'] },
  more: { texts: ['more'] },
  name: { texts: ['name'] },
  contact: { texts: ['phone', 'email', 'safeNote'], boxes: ['safe'] },
  home: { texts: ['line1', 'line2', 'town', 'postcode'], boxes: ['noFixedAddress'] },
  gp: { texts: ['practice', 'tellPractice'] },
  born: { texts: ['born-day', 'born-month', 'born-year'] },
  talk: { texts: ['language', 'communication'], boxes: ['interpreter'] },
  consent: { texts: ['consent', 'projects'] },
}

// Far more than any of them may have: what is longer never reaches the database.
const LONGEST = 4000

function answersOf(question: SelfQuestion, values: Values): Values {
  const { texts, boxes = [] } = FIELDS[question]
  const text = (name: string) => String([values[name] ?? ''].flat()[0] ?? '').slice(0, LONGEST)
  const ticked = (name: string) =>
    [values[name] ?? []]
      .flat()
      .slice(0, 20)
      .map((value) => value.slice(0, 40))
  return Object.fromEntries([...texts.map((name) => [name, text(name)]), ...boxes.map((name) => [name, ticked(name)])])
}

export function register(app: App): void {
  for (const tongue of languagesOn({ withDrafts: app.site.isDemo })) pagesIn(app, tongue)
}
