import { isInDirectory } from '../../domain/directory.ts'
import type { Actor } from '../../domain/organisation.ts'
import { signpost as decide } from '../../domain/referral.ts'
import { Refusal } from '../../domain/refusal.ts'
import { askOn } from '../../domain/signpost.ts'
import type { Db } from '../../store/database.ts'
import { findProject } from '../../store/projects.ts'
import { insertSignpost } from '../../store/signposts.ts'
import type { Context } from '../context.ts'
import { moveReferral } from './move.ts'
import type { ReferralView } from './view.ts'

/** Points the person to something open, with no gatekeeper: counted apart from placements. */
export async function signpost(
  context: Context,
  actor: Actor,
  id: string,
  to: { projectId?: string | undefined; text?: string | undefined },
): Promise<ReferralView> {
  return moveReferral(context, actor, id, 'referral.signpost', async ({ tx, referral, movers, now, limits }) => {
    const step = decide(referral, movers, now, limits)
    const text = await wordsFor(tx, to)
    const signpostId = context.newId()
    return {
      step,
      detail: { signpostId, projectId: to.projectId ?? null },
      andThen: () =>
        insertSignpost(tx, {
          id: signpostId,
          referralId: id,
          projectId: to.projectId ?? null,
          text,
          madeBy: actor.userId,
          madeAt: now,
          askOn: askOn(now),
        }),
    }
  })
}

async function wordsFor(tx: Db, { projectId, text }: { projectId?: string | undefined; text?: string | undefined }) {
  if (!projectId) return text ?? ''
  const project = await findProject(tx, projectId)
  if (!project || !isInDirectory(project))
    throw new Refusal('invalid-input', 'There is no such project.', [
      { pointer: '/projectId', code: 'not-found', detail: 'Choose a project of the directory' },
    ])
  return text || project.name
}
