import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ColleagueView, listColleagues } from '../../actions/access/list-colleagues.ts'
import { permit } from '../../actions/access/permit.ts'
import type { Context } from '../../actions/context.ts'
import { changeColleague } from '../../actions/service/change-colleague.ts'
import { sendPasswordLink } from '../../actions/service/invite-colleague.ts'
import { readOrganisationEmail } from '../../actions/service/organisation-mail.ts'
import { HAS_OWN_MAIL, MUTABLE_NOTICES, MUTABLE_WORDS, ROLE_WORDS } from '../../domain/colleague.ts'
import type { Actor } from '../../domain/organisation.ts'
import { Refusal } from '../../domain/refusal.ts'
import { ColleagueChangeBody } from '../api/shapes/service.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { roleChoices } from './colleague-invite.ts'
import { type FieldFault, faultyForm, parse, several, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

async function getColleague(context: Context, actor: Actor, id: string): Promise<ColleagueView> {
  permit(actor, 'colleague.change', {}, { kind: 'user', id })
  const colleague = (await listColleagues(context, actor)).find((one) => one.id === id)
  if (!colleague) throw new Refusal('not-found', 'There is nothing here that you can see.')
  return colleague
}

/** E-mails are ticked that they do get. */
function valuesFor({ role, leave, mutedNotices }: ColleagueView): Values {
  return {
    role,
    from: leave?.from ?? '',
    until: leave?.until ?? '',
    notices: MUTABLE_NOTICES.filter((notice) => !mutedNotices.includes(notice)),
  }
}

function changeFrom(values: Values, { role, id }: ColleagueView, actor: Actor) {
  const [from, until] = [text(values, 'from'), text(values, 'until')]
  const wanted = several(values, 'notices')
  const chosen = text(values, 'role') ?? role
  return {
    ...(id === actor.userId ? {} : { role: chosen }),
    leave: from || until ? { from, until } : null,
    ...(HAS_OWN_MAIL.includes(role) ? { mutedNotices: MUTABLE_NOTICES.filter((one) => !wanted.includes(one)) } : {}),
  }
}

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  sent?: { values: Values; faults: FieldFault[]; status: number },
) {
  const actor = actorOf(request)
  const colleague = await getColleague(request.context, actor, id)
  const part = `${baseOf(actor)}/colleagues`
  const faults = sent?.faults ?? []
  const frame = { title: colleague.name, part, back: { href: part, text: 'People' }, faults }
  const address = `${part}/${colleague.id}`
  const model = {
    colleague,
    role: ROLE_WORDS[colleague.role],
    isYou: colleague.id === actor.userId,
    roles: roleChoices(actor),
    hasOwnMail: HAS_OWN_MAIL.includes(colleague.role),
    notices: MUTABLE_NOTICES.map((notice) => ({ value: notice, text: MUTABLE_WORDS[notice] })),
    form: faultyForm(sent?.values ?? valuesFor(colleague), faults),
    links: {
      save: address,
      remove: `${address}/remove`,
      restore: `${address}/restore`,
      password: `${address}/password`,
      looks: `${baseOf(actor)}/looks/by/${colleague.id}`,
    },
  }
  return show(request, reply, 'colleague', frame, model, sent?.status ?? 200)
}

export function register(app: App): void {
  const address = '/o/:organisation/colleagues/:id'

  app.get(address, atRecord, (request, reply) => page(request, reply, request.params.id))

  app.post(address, atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const values = valuesOf(request.body)
    const colleague = await getColleague(request.context, actor, request.params.id)
    const fields: Record<string, string> = { leave: 'from', mutedNotices: 'notices' }
    const fieldOf = (path: string) => fields[path] ?? path.split('/').at(-1) ?? path
    const { data, faults } = parse(ColleagueChangeBody, changeFrom(values, colleague, actor), fieldOf)
    if (!data) return page(request, reply, request.params.id, { values, faults, status: 400 })
    return carryOut(request, reply, {
      act: (context) => changeColleague(context, actor, colleague.id, data),
      goTo: () => `${baseOf(actor)}/colleagues?done=saved`,
      again: (faults, status) => page(request, reply, request.params.id, { values, faults, status }),
      fieldOf,
    })
  })

  app.get(`${address}/remove`, atRecord, async (request, reply) =>
    removePage(request, reply, request.params.id, [], 200),
  )

  app.post(`${address}/remove`, atRecord, (request, reply) => {
    const actor = actorOf(request)
    return carryOut(request, reply, {
      act: (context) => changeColleague(context, actor, request.params.id, { suspended: true }),
      goTo: () => `${baseOf(actor)}/colleagues?done=removed`,
      again: (faults, status) => removePage(request, reply, request.params.id, faults, status),
    })
  })

  app.post(`${address}/restore`, atRecord, (request, reply) => {
    const actor = actorOf(request)
    return carryOut(request, reply, {
      act: (context) => changeColleague(context, actor, request.params.id, { suspended: false }),
      goTo: () => `${baseOf(actor)}/colleagues?done=restored`,
      again: (faults, status) => page(request, reply, request.params.id, { values: {}, faults, status }),
    })
  })

  app.post(`${address}/password`, atRecord, (request, reply) => {
    const actor = actorOf(request)
    return carryOut<unknown>(request, reply, {
      act: (context) => sendPasswordLink(context, actor, request.params.id),
      goTo: () => `${baseOf(actor)}/colleagues?done=password`,
      again: (faults, status) => page(request, reply, request.params.id, { values: {}, faults, status }),
    })
  })
}

async function removePage(
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  faults: FieldFault[],
  status: number,
) {
  const actor = actorOf(request)
  const colleague = await getColleague(request.context, actor, id)
  const part = `${baseOf(actor)}/colleagues`
  const title = `Remove the access of ${colleague.name}`
  const readsShared =
    colleague.email !== null && colleague.email === (await readOrganisationEmail(request.context, actor))
  const model = {
    title,
    colleague,
    readsShared,
    action: request.url,
    back: part,
    settings: `${baseOf(actor)}/settings`,
  }
  return show(
    request,
    reply,
    'colleague-remove',
    { title: 'Remove access', part, back: { href: part, text: 'People' }, faults },
    model,
    status,
  )
}
