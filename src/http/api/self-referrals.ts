import { submitSelfReferral } from '../../actions/referrals/submit-referral.ts'
import { SelfReferralRequest } from '../../domain/referral-request.ts'
import { ENGLISH } from '../../words/files.ts'
import { language } from '../../words/language.ts'
import type { App } from '../site.ts'
import { carryOutForAnybody } from './answering.ts'
import { described } from './shapes/basics.ts'
import { LookUpBody, SelfReceiptShape, StatusShape } from './shapes/self.ts'

// As many as tries to sign in from one address: a community centre helps many people in an afternoon, a flood is more.
const rateLimit = { max: 60, timeWindow: 5 * 60_000 }

/** Somebody asks for themselves, or for somebody they care for. The answer says nothing of their health. */
export async function addSelfReferrals(app: App): Promise<void> {
  app.post(
    '/self-referrals',
    {
      config: { access: 'public', key: 'required', rateLimit },
      schema: {
        ...described('Referrals', 'submitSelfReferral', 'Refer yourself, or somebody you care for', {
          201: SelfReceiptShape,
        }),
        body: SelfReferralRequest,
      },
    },
    (request, reply) => carryOutForAnybody(request, reply, 201, (context) => submitSelfReferral(context, request.body)),
  )

  app.post(
    '/status-lookups',
    {
      config: { access: 'public' },
      schema: {
        ...described(
          'Referrals',
          'lookUpStatus',
          'Where is my referral? By reference and date of birth; it only shows',
          {
            200: StatusShape,
          },
        ),
        body: LookUpBody,
      },
    },
    async (request) => {
      const { step, service, phone, next } = await app.tryToLookUp(request, request.body)
      const { say } = language(ENGLISH)
      const words = say(`where.next.${next?.what ?? 'closed'}`)
      return { step, service, servicePhone: phone, next: words, due: next?.due ?? null }
    },
  )
}
