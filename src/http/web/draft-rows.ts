import type { listDrafts } from '../../actions/referrals/drafts.ts'
import { londonDay } from '../../domain/day.ts'
import { draftForm, faultsInWho, faultsInWhy } from './draft-form.ts'
import { text } from './forms.ts'

type Drafts = Awaited<ReturnType<typeof listDrafts>>

/** What somebody began and did not send: who, how far, until when it is kept, and where to go on. */
export function draftRows(drafts: Drafts, base: string, now: Date) {
  return drafts.map(({ id, content, createdAt, expiresAt }) => {
    const { who, why } = draftForm(content)
    const page = `${base}/refer/${id}`
    const [step, href] =
      faultsInWho(who, now).length > 0
        ? ['Who is not complete', `${base}/refer?draft=${id}`]
        : faultsInWhy(why).length > 0
          ? ['Why is next', `${page}/why`]
          : ['Ready to check and send', `${page}/check`]
    return {
      name: text(who, 'fullName') ?? 'Without a name',
      step,
      href,
      startedAt: createdAt,
      keptUntil: londonDay(expiresAt),
      discard: `${page}/delete`,
    }
  })
}
