import { findDefaultService } from '../../store/organisations.ts'
import type { Context } from '../context.ts'

/** Whom anybody may ring who does not know which service is theirs. */
export interface Helpline {
  service: string
  phone: string
}

/** The city's own service, where it gave a number; null where there is none to ring. */
export async function readHelpline({ db }: Context): Promise<Helpline | null> {
  const service = await findDefaultService(db.read)
  return service?.phone ? { service: service.name, phone: service.phone } : null
}
