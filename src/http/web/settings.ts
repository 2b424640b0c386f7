import type { FastifyReply, FastifyRequest } from 'fastify'
import { changeService } from '../../actions/service/change-service.ts'
import {
  changeOrganisationEmail,
  OrganisationMail,
  readOrganisationEmail,
} from '../../actions/service/organisation-mail.ts'
import { changeServicePhone, readServicePhone, ServicePhone } from '../../actions/service/organisation-phone.ts'
import { readService } from '../../actions/service/read-service.ts'
import { isSameJson } from '../../domain/json.ts'
import { LIMITS } from '../../domain/next-action.ts'
import { ServiceChange } from '../../domain/service-settings.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, doneIn } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, isTicked, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { LIMIT_GROUPS, limitValues, PRIORITIES } from './settings-words.ts'

const DONE: Record<string, string> = {
  limits: 'Saved. Days that are set already stay; the new limits count for what begins from now on.',
  email: 'Saved. Messages for the organisation go to this address from now on.',
  phone: 'Saved. Letters and pages give this number from now on.',
}

interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}

/** What somebody else set meanwhile, where it is not what was typed. */
function differences(sent: Values, present: Record<string, string>): Record<string, string> {
  const others = Object.entries(present).filter(([name, now]) => name in sent && text(sent, name) !== now)
  return Object.fromEntries(others.map(([name, now]) => [name, now]))
}

async function page(request: FastifyRequest, reply: FastifyReply, sent?: Sent) {
  const actor = actorOf(request)
  const email = await readOrganisationEmail(request.context, actor)
  const isService = actor.organisationKind === 'navigation_service'
  const service = isService ? await readService(request.context, actor) : null
  const phone = isService ? await readServicePhone(request.context, actor) : null
  const present = {
    email: email ?? '',
    phone: phone ?? '',
    ...(service ? limitValues(service.limits) : {}),
  }
  const faults = sent?.faults ?? []
  const values: Values = {
    ...present,
    ...(service?.assignsAutomatically ? { assigns: 'yes' } : {}),
    ...(sent?.values ?? {}),
  }
  const part = `${baseOf(actor)}/settings`
  const model = {
    name: actor.organisationName,
    form: faultyForm(values, faults),
    meanwhile: sent?.status === 409 ? differences(sent.values, present) : {},
    was: { email: email ?? '', phone: phone ?? '' },
    service: service && { version: service.version, groups: LIMIT_GROUPS },
    links: {
      limits: `${part}/limits`,
      email: `${part}/email`,
      phone: `${part}/phone`,
      people: `${baseOf(actor)}/colleagues`,
      localities: `${baseOf(actor)}/localities`,
    },
  }
  const done = doneIn(request.query, DONE)
  return show(request, reply, 'settings', { title: 'Settings', part, done, faults }, model, sent?.status ?? 200)
}

/** A field left empty, or holding what is usual, gives the limit back to the model. */
function limitsFrom(values: Values) {
  const number = (name: string) => {
    const typed = text(values, name)
    return typed === undefined ? undefined : /^-?\d+$/.test(typed) ? Number(typed) : Number.NaN
  }
  return Object.fromEntries(
    Object.entries(LIMITS).map(([name, usual]) => {
      if (typeof usual === 'number') {
        const given = number(name) ?? usual
        return [name, given === usual ? null : given]
      }
      const each = PRIORITIES.map((one) => [one, number(`${name}.${one}`) ?? usual[one]])
      const given = Object.fromEntries(each)
      return [name, isSameJson(given, usual) ? null : given]
    }),
  )
}

const fieldOf = (path: string) => path.replace(/^limits\//, '').replaceAll('/', '.')

export function register(app: App): void {
  app.get('/o/:organisation/settings', atOrganisation, (request, reply) => page(request, reply))

  app.post('/o/:organisation/settings/limits', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    const { version, ...values } = valuesOf(request.body)
    const change = { limits: limitsFrom(values), assignsAutomatically: isTicked(values, 'assigns') }
    const { data, faults } = parse(ServiceChange, change, fieldOf)
    if (!data) return page(request, reply, { values, faults, status: 400 })
    return carryOut(request, reply, {
      act: (context) => changeService(context, actor, Number(version), data),
      goTo: () => `${baseOf(actor)}/settings?done=limits`,
      again: (faults, status) => page(request, reply, { values, faults, status }),
      fieldOf,
    })
  })

  app.post('/o/:organisation/settings/email', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    const { was, ...values } = valuesOf(request.body)
    const { data, faults } = parse(OrganisationMail, { email: text(values, 'email') ?? '' })
    if (!data) return page(request, reply, { values, faults, status: 400 })
    return carryOut(request, reply, {
      act: (context) => changeOrganisationEmail(context, actor, String(was ?? '') || null, data),
      goTo: () => `${baseOf(actor)}/settings?done=email`,
      again: (faults, status) => page(request, reply, { values, faults, status }),
    })
  })

  app.post('/o/:organisation/settings/phone', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    const { was, ...values } = valuesOf(request.body)
    const { data, faults } = parse(ServicePhone, { phone: text(values, 'phone') ?? null })
    if (!data) return page(request, reply, { values, faults, status: 400 })
    return carryOut(request, reply, {
      act: (context) => changeServicePhone(context, actor, String(was ?? '') || null, data),
      goTo: () => `${baseOf(actor)}/settings?done=phone`,
      again: (faults, status) => page(request, reply, { values, faults, status }),
    })
  })
}
