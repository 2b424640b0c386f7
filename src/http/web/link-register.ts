import { requirePass, sendCode, useCode } from '../../actions/links/codes.ts'
import { readRegisterLink, takeUpGroup } from '../../actions/links/group-link.ts'
import { openRegister } from '../../actions/placements/open-register.ts'
import { recordRegister } from '../../actions/placements/record-register.ts'
import { Refusal } from '../../domain/refusal.ts'
import { dayWords } from '../../templates.ts'
import { doneIn, queryWord } from './addresses.ts'
import { type FieldFault, faultyForm, text, type Values } from './forms.ts'
import { show } from './layout.ts'
import { type Act, Faulty, firstNameOf, type Sending, type Sent, type Visit } from './link-visit.ts'
import { linesOf, perPersonFaults } from './register.ts'
import { registerRow } from './register-rows.ts'

const DONE = { code: 'A code is on its way to the address that got this link. Type it below.' }

/** How many people the register has, and how to open it. Nobody's name stands on it. */
export async function registerLinkPage({ request, reply, token }: Visit, sent?: Sent): Promise<unknown> {
  const link = await readRegisterLink(request.context, token)
  const faults = sent?.faults ?? []
  const model = {
    ...link,
    action: `/l/${token}`,
    dayWords: dayWords(link.day),
    isAskedForCode: queryWord(request.query, 'done') === 'code' || sent?.values.do === 'open',
    isSaved: link.saved.came + link.saved.missed > 0,
    signIn: `/o/${link.provider.slug}/groups/${link.group.id}/register?on=${link.day}`,
    mayAct: !link.hasEnded && !link.isCancelled,
    form: faultyForm(sent?.values ?? {}, faults),
  }
  const title = `Who came to ${link.group.name}?`
  const status = sent?.status ?? (model.mayAct ? 200 : 410)
  return show(request, reply, 'link-register', { title, faults, done: doneIn(request.query, DONE) }, model, status)
}

interface Opened {
  pass: string
  values?: Values
  faults?: FieldFault[]
  status?: number
  justSaved?: boolean
}

/** The register itself: the answer to a form that carried a code or a pass, so that no address opens it. */
async function openedPage({ request, reply, token }: Visit, opened: Opened): Promise<unknown> {
  const { pass, faults = [], status = 200 } = opened
  const { holder, groupId, day } = await takeUpGroup(request.context, token, 'register')
  const { group, people, saved, next } = await openRegister(request.context, holder, groupId, { day })
  const rows = people.map((placement) => registerRow(placement, '', day))
  const kept = Object.assign({}, ...rows.map((row) => row.kept)) as Values
  const model = {
    action: `/l/${token}`,
    pass,
    group,
    day,
    expected: rows.filter(({ isExpected }) => isExpected),
    others: rows.filter(({ isExpected }) => !isExpected),
    missedTwice: rows.filter(({ missed, isExpected }) => isExpected && missed >= 2),
    saved,
    justSaved: opened.justSaved ?? false,
    hasMore: next !== null,
    form: faultyForm(opened.values ?? kept, faults),
  }
  return show(request, reply, 'link-register-open', { title: `Who came to ${group.name}?`, faults }, model, status)
}

const holding = ({ request, token, values }: Sending) =>
  takeUpGroup(request.context, token, 'register', firstNameOf(values))

const code: Act = {
  async take(it) {
    const { holder } = await holding(it)
    await sendCode(it.request.context, holder)
    return it.reply.redirect(`/l/${it.token}?done=code`, 303)
  },
  again: registerLinkPage,
}

const open: Act = {
  async take(it) {
    const { holder } = await holding(it)
    const pass = await useCode(it.request.context, holder, (text(it.values, 'code') ?? '').replace(/\D/g, ''))
    return openedPage(it, { pass })
  },
  again: registerLinkPage,
}

const save: Act = {
  async take(it) {
    const { request, values } = it
    const { holder, groupId, day } = await holding(it)
    const pass = text(values, 'pass') ?? ''
    requirePass(request.context, holder, pass)
    try {
      const { lines, faults } = linesOf(values)
      if (faults.length > 0) throw new Faulty(faults)
      await recordRegister(request.context, holder, groupId, { sessionOn: day, lines })
    } catch (error) {
      const faults = error instanceof Faulty ? error.faults : registerFaults(error)
      return openedPage(it, { pass, values, faults, status: error instanceof Faulty ? 400 : 409 })
    }
    return openedPage(it, { pass, justSaved: true })
  },
  again: registerLinkPage,
}

function registerFaults(error: unknown): FieldFault[] {
  if (!(error instanceof Refusal) || !['rule', 'invalid', 'stale'].includes(error.kind)) throw error
  const each = perPersonFaults(error)
  return each.length > 0 ? each : [{ field: '', text: error.message }]
}

export const registerActs: Record<string, Act> = { code, open, save }
