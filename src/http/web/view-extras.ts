/** A question that stands in the way, and its answer once there is one. */
export interface Question {
  id: string
  placementId: string | null
  text: string
  askedAt: Date
  answer: string | null
  answeredAt: Date | null
}

interface ReferralExtras {
  questions?: Question[]
  signposts?: { id: string; text: string; madeAt: Date }[] | null
  redirectedTo?: { name: string } | null
  restartsOn?: string | null
  isDirect?: boolean
  wantedProject?: { id: string; name: string } | null
  onBehalfOf?: { name: string; relationship?: string | null } | null
}

interface PlacementExtras {
  questions?: Question[]
  waitingSince?: Date | null
  restartsOn?: string | null
  redirectedToProject?: { id: string; name: string } | null
}

/** What the pages tell of a referral wherever its view has it. */
export function extrasOf(referral: object): ReferralExtras {
  return referral as ReferralExtras
}

export function placementExtrasOf(placement: object): PlacementExtras {
  return placement as PlacementExtras
}

/** The newest question that nobody has answered yet, and whose time is not over. */
export function openQuestion(questions: Question[] | undefined, placementId: string | null): Question | undefined {
  return questions?.filter((question) => question.placementId === placementId && question.answeredAt === null).at(-1)
}
