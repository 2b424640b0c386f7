import type { FastifyReply, FastifyRequest } from 'fastify'
import { type LinkView, readLink, useLink } from '../../actions/access/use-link.ts'
import { NewPassword, PASSWORD_LENGTH, ROLE_WORDS } from '../../domain/colleague.ts'
import { answerable, type FieldFault, faultsOf, faultyForm, parse, statusOf, type Values, valuesOf } from './forms.ts'
import { show } from './layout.ts'

const WORDS: Record<Exclude<LinkView['state'], 'open'>, string> = {
  used: 'This link was used already. If that was you, sign in.',
  cancelled: 'This link does not work any more. There may be a newer e-mail, or the invitation was taken back.',
  expired: 'This link has run out. Ask your administrator for another.',
}

function titleOf({ kind, organisation }: LinkView): string {
  return kind === 'invitation' ? `Join ${organisation.name}` : 'Choose a new password'
}

async function page(request: FastifyRequest, reply: FastifyReply, token: string, faults: FieldFault[], status: number) {
  const link = await readLink(request.context, token)
  if (link.state !== 'open') {
    const model = { title: 'This link does not work', words: WORDS[link.state], link }
    return show(request, reply, 'access-link-dead', { title: model.title }, model, status === 200 ? 410 : status)
  }
  const title = titleOf(link)
  // A password is never sent back to a page.
  const model = {
    title,
    link,
    role: link.role && ROLE_WORDS[link.role],
    form: faultyForm({}, faults),
    least: PASSWORD_LENGTH.least,
    action: `/l/${token}`,
  }
  return show(request, reply, 'access-link', { title, faults }, model, status)
}

/** The password as typed, or what is wrong with it. Nothing is trimmed: a space may be part of it. */
function passwordOf(values: Values): { password?: string; faults: FieldFault[] } {
  const { data, faults } = parse(NewPassword, String(values.password ?? ''), () => 'password')
  if (data !== undefined && values.again !== values.password)
    return { faults: [{ field: 'again', text: 'The two passwords are not the same. Type it again' }] }
  return data === undefined ? { faults } : { password: data, faults: [] }
}

/** An invitation, or a link for a new password. */
export function accessLinkPage(request: FastifyRequest, reply: FastifyReply, token: string) {
  return page(request, reply, token, [], 200)
}

export async function useAccessLink(request: FastifyRequest, reply: FastifyReply, token: string) {
  const { isKnown, kind } = await readLink(request.context, token)
  const joins = kind === 'invitation' && isKnown
  const { password, faults } = joins ? { faults: [] } : passwordOf(valuesOf(request.body))
  if (faults.length > 0) return page(request, reply, token, faults, 400)
  try {
    await useLink(request.context, token, password ?? null)
  } catch (error) {
    const refusal = answerable(error)
    return page(request, reply, token, faultsOf(refusal), statusOf(refusal))
  }
  return reply.redirect(`/sign-in?done=${joins ? 'joined' : 'password'}`, 303)
}
