/** A question that stands in the way, and its answer once there is one. */
export interface Question {
  id: string
  placementId: string | null
  text: string
  askedAt: Date
  answer: string | null
  answeredAt: Date | null
}

/** The newest question that nobody has answered yet, and whose time is not over. */
export function openQuestion(questions: Question[] | undefined, placementId: string | null): Question | undefined {
  return questions?.filter((question) => question.placementId === placementId && question.answeredAt === null).at(-1)
}
