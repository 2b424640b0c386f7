import type { Actor } from '../../domain/organisation.ts'
import { type Fault, Refusal } from '../../domain/refusal.ts'
import { changeSettings, type ServiceChange } from '../../domain/service-settings.ts'
import type { Db } from '../../store/database.ts'
import { findAreasOfOthers, findServiceSettings, replaceAreas, saveServiceSettings } from '../../store/organisations.ts'
import type { Context } from '../context.ts'
import { recordAct } from '../record.ts'
import { requireService, type ServiceView, viewService } from './read-service.ts'

const AREAS = [
  { kind: 'practice', of: 'practices' },
  { kind: 'ward', of: 'wards' },
] as const

/**
 * Sets limits, how new referrals are assigned, and whom the service looks after. Days that are set already stay: new
 * limits count for what begins from now on.
 * @param version what the caller read; another number means that somebody changed the settings meanwhile
 */
export async function changeService(
  context: Context,
  actor: Actor,
  version: number,
  change: ServiceChange,
): Promise<ServiceView> {
  requireService(actor)
  const { organisationId } = actor
  return context.db.write(async (tx) => {
    if ((await viewService(tx, actor)).version !== version)
      throw new Refusal('stale-version', 'Somebody changed the settings in the meantime. Look at them again.')
    await requireUntaken(tx, organisationId, change)
    const settings = await findServiceSettings(tx, organisationId)
    await saveServiceSettings(tx, organisationId, changeSettings(settings, change))
    for (const { kind, of } of AREAS) {
      const codes = change.areas?.[of]
      if (!codes) continue
      const areas = [...new Set(codes)].map((code) => ({ id: context.newId(), code }))
      await replaceAreas(tx, organisationId, kind, areas)
    }
    await recordAct(context, tx, actor, {
      action: 'service.configured',
      subjectKind: 'organisation',
      subjectId: organisationId,
      detail: { change },
    })
    return viewService(tx, actor)
  })
}

/** A practice or a ward has one service: two would each leave it to the other. */
async function requireUntaken(tx: Db, organisationId: string, { areas = {} }: ServiceChange): Promise<void> {
  const faults: Fault[] = []
  for (const { kind, of } of AREAS) {
    const codes = areas[of] ?? []
    for (const { code, service } of await findAreasOfOthers(tx, organisationId, kind, codes))
      faults.push({
        pointer: `/areas/${of}/${codes.indexOf(code)}`,
        code: 'taken',
        detail: `${code} is looked after by ${service}. They have to give it up first`,
      })
  }
  if (faults.length > 0) throw new Refusal('invalid-input', faults.map(({ detail }) => `${detail}.`).join(' '), faults)
}
