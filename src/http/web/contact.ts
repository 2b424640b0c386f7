import { z } from 'zod'
import { logContact } from '../../actions/referrals/log-contact.ts'
import { openReferral } from '../../actions/referrals/open-referral.ts'
import type { ReferralView } from '../../actions/referrals/view.ts'
import { CHANNEL_WORDS, CONTACT_CHANNELS, CONTACT_OUTCOMES, CONTACT_WORDS } from '../../domain/contact.ts'
import { typed } from '../../domain/person.ts'
import { actorOf } from '../plugins/auth.ts'
import type { App } from '../site.ts'
import { atRecord, queryWord } from './addresses.ts'
import { carryOut } from './carry-out.ts'
import { requireDoor } from './doors.ts'
import { type FieldFault, type Form, faultyForm, freshForm, parse, text, type Values, valuesOf } from './forms.ts'
import { baseOf, show } from './layout.ts'
import { safeWords } from './person-words.ts'
import { overtaken } from './standing.ts'

const Contact = z.object({
  outcome: z.enum(CONTACT_OUTCOMES, { error: 'Press one of the four buttons to say how it went' }),
  channel: z.enum(CONTACT_CHANNELS, { error: 'Choose how you tried to reach the person' }),
  note: typed(2000, 'The note').optional(),
})

/** The four buttons, the way and a note: one press saves. */
export function contactModel(
  referral: ReferralView,
  base: string,
  form: Form,
  { isMain = true, saysHow = true }: { isMain?: boolean; saysHow?: boolean } = {},
) {
  return {
    form,
    // Where something else comes first, none of the four stands out.
    isMain,
    // Said here, unless the page says it above.
    saysHow,
    action: `${base}/referrals/${referral.id}/contact`,
    phone: referral.person.phone,
    safe: safeWords(referral.person.safeContact),
    outcomes: CONTACT_OUTCOMES.map((value) => ({ value, text: CONTACT_WORDS[value] })),
    channels: CONTACT_CHANNELS.map((value) => ({ value, text: CHANNEL_WORDS[value] })),
  }
}

export function register(app: App): void {
  async function page(
    request: Parameters<typeof show>[0] & { params: { id: string } },
    reply: Parameters<typeof show>[1],
    values: Values,
    faults: FieldFault[] = [],
    status = 200,
  ) {
    const actor = actorOf(request)
    const base = baseOf(actor)
    const referral = await openReferral(request.context, actor, request.params.id)
    if (faults.length === 0) requireDoor(referral, 'contacts')
    const back = { href: `${base}/referrals/${referral.id}`, text: referral.person.fullName }
    const form = faults.length > 0 ? faultyForm(values, faults) : freshForm({ channel: 'phone', note: '', ...values })
    const contact = contactModel(referral, base, form)
    // From the page of what is stuck one goes back there, however often the form has to be sent.
    if (queryWord(request.query, 'from') === 'stuck') contact.action += '?from=stuck'
    const now = await overtaken(request.context, actor, referral, 'contacts', status)
    const model = { contact, name: referral.person.fullName, now }
    return show(request, reply, 'contact', { title: 'Log a contact', back, faults }, model, status)
  }

  app.get('/o/:organisation/referrals/:id/contact', atRecord, (request, reply) => page(request, reply, {}))

  app.post('/o/:organisation/referrals/:id/contact', atRecord, async (request, reply) => {
    const actor = actorOf(request)
    const { id } = request.params
    const values = valuesOf(request.body)
    const { data, faults } = parse(Contact, { ...values, note: text(values, 'note') })
    if (!data) return page(request, reply, values, faults, 400)
    return carryOut(request, reply, {
      act: (context) => logContact(context, actor, id, data),
      // After the first conversation comes the plan, while what was said is fresh.
      goTo: ({ allowedActions }) => {
        const isNext = data.outcome === 'spoke' && allowedActions.includes('activate')
        return `${baseOf(actor)}/referrals/${id}${isNext ? '/plan' : ''}?done=logged`
      },
      again: (refused, status) => page(request, reply, values, refused, status),
    })
  })
}
