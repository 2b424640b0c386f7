import type { FastifyReply, FastifyRequest } from 'fastify'
import { readLocalities, Sorting, sortWards } from '../../actions/geography/localities.ts'
import { USUAL_LOCALITIES } from '../../domain/geography.ts'
import { may } from '../../domain/permissions.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atOrganisation, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { type FieldFault, faultyForm, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'

interface Sent {
  values: Values
  faults: FieldFault[]
  status: number
}

async function page(request: FastifyRequest, reply: FastifyReply, sent?: Sent) {
  const actor = actorOf(request)
  const wanted = queryWord(request.query, 'authority')
  const { authority, authorities, wards } = await readLocalities(request.context, actor, wanted)
  const present = Object.fromEntries(wards.map(({ code, locality }) => [code, locality ?? '']))
  const faults = sent?.faults ?? []
  const inUse = Object.values(present).filter(Boolean)
  const base = baseOf(actor)
  const model = {
    authority,
    authorities: authorities.map(({ code, name }) => ({ code, name, isNow: code === authority.code })),
    wards: wards.map(({ code, name }) => ({ code, name, was: present[code] })),
    localities: [...new Set([...USUAL_LOCALITIES, ...inUse])],
    unsorted: wards.filter(({ locality }) => !locality).length,
    form: faultyForm({ ...present, ...sent?.values }, faults),
    action: `${base}/localities?authority=${authority.code}`,
    here: `${base}/localities`,
  }
  const done =
    queryWord(request.query, 'done') === 'sorted' ? 'Saved. People’s pages show the locality from now on.' : undefined
  const isAdministrator = may(actor, 'service.configure')
  const back = isAdministrator
    ? { href: `${base}/settings`, text: 'Settings' }
    : { href: `${base}/directory`, text: 'Directory' }
  const frame = {
    title: 'Localities',
    part: back.href,
    back,
    done,
    faults,
  }
  return show(request, reply, 'localities', frame, model, sent?.status ?? 200)
}

export function register(app: App): void {
  app.get('/o/:organisation/localities', atOrganisation, (request, reply) => page(request, reply))

  app.post('/o/:organisation/localities', atOrganisation, async (request, reply) => {
    const actor = actorOf(request)
    const authority = queryWord(request.query, 'authority') ?? ''
    const values = valuesOf(request.body)
    const codes = Object.keys(values).filter((name) => /^[A-Z]\d{8}$/.test(name))
    const asked = codes.map((code) => [code, { was: text(values, `was.${code}`) ?? '', now: text(values, code) ?? '' }])
    const fieldOf = (path: string) => path.split('/')[0] ?? path
    const { data, faults } = parse(Sorting, Object.fromEntries(asked), fieldOf)
    if (!data) return page(request, reply, { values, faults, status: 400 })
    return carryOut(request, reply, {
      act: (context) => sortWards(context, actor, authority, data),
      goTo: () => `${baseOf(actor)}/localities?authority=${encodeURIComponent(authority)}&done=sorted`,
      again: (faults, status) => page(request, reply, { values, faults, status }),
    })
  })
}
