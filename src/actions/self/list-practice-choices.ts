import { listPractices } from '../../store/organisations.ts'
import type { Context } from '../context.ts'

export interface PracticeChoice {
  odsCode: string
  name: string
}

/** The surgeries that work with the service, for whoever says which is theirs. */
export async function listPracticeChoices({ db }: Context): Promise<PracticeChoice[]> {
  return listPractices(db.read)
}
