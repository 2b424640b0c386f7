/**
 * Why a request was not carried out. `kind` says what sort of no it is (the doors turn it into a status), `title` is
 * fixed for the code and published in docs/problems.md. A code is never reused for another meaning.
 */
export const REFUSALS = {
  'invalid-input': { kind: 'invalid', title: 'Some of the information is missing or not right' },
  'key-missing': { kind: 'invalid', title: 'An Idempotency-Key is needed' },
  'not-signed-in': { kind: 'unknown-caller', title: 'You need to sign in' },
  'sign-in-failed': { kind: 'unknown-caller', title: 'The e-mail address or password is not right' },
  'not-allowed': { kind: 'forbidden', title: 'Your role does not allow this' },
  'which-organisation': { kind: 'forbidden', title: 'Say which organisation you act for' },
  'form-expired': { kind: 'forbidden', title: 'The form could not be checked' },
  'not-found': { kind: 'hidden', title: 'Not found' },
  'wrong-status': { kind: 'rule', title: 'Not possible in this state' },
  'group-full': { kind: 'rule', title: 'The group is full' },
  'others-waiting': { kind: 'rule', title: 'Others are waiting for this place' },
  'not-eligible': { kind: 'rule', title: 'The project cannot take this person' },
  'intake-paused': { kind: 'rule', title: 'The group is not taking anyone new' },
  'already-placed': { kind: 'rule', title: 'The person already has a place or a request there' },
  'consent-missing': { kind: 'rule', title: 'There is no agreement to share' },
  'need-missing': { kind: 'rule', title: 'No need is recorded' },
  'placement-open': { kind: 'rule', title: 'A placement is still open' },
  'too-few-attempts': { kind: 'rule', title: 'There were too few attempts to reach the person' },
  'below-taken': { kind: 'rule', title: 'More people are in the group than that' },
  'volunteer-taken': { kind: 'rule', title: 'The volunteer has somebody, or is away' },
  'changed-meanwhile': { kind: 'rule', title: 'Somebody changed this in the meantime' },
  'still-running': { kind: 'rule', title: 'The same request is still being carried out' },
  'stale-version': { kind: 'stale', title: 'This is not the newest version' },
  'version-missing': { kind: 'version-missing', title: 'If-Match is needed' },
  'key-reused': { kind: 'key-reused', title: 'The Idempotency-Key was used for another request' },
  'too-many-requests': { kind: 'too-many', title: 'Too many requests' },
  'too-large': { kind: 'too-large', title: 'The request is too large' },
  'wrong-media-type': { kind: 'wrong-media-type', title: 'This content type is not accepted' },
  busy: { kind: 'busy', title: 'The service is too busy' },
  'internal-error': { kind: 'fault', title: 'Something went wrong' },
} as const

export type RefusalCode = keyof typeof REFUSALS
export type RefusalKind = (typeof REFUSALS)[RefusalCode]['kind']

/** One thing that is wrong with the input: where (a JSON pointer), a stable code, and words for the person. */
export interface Fault {
  pointer: string
  code: string
  detail: string
}

/** A no with a reason in the person's words. Thrown by rules and actions; nothing is written. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly faults: Fault[]
  /** The record that stands behind the door, where it exists and the caller may not have it: for the audit only. */
  readonly subject: { kind: string; id: string } | null

  constructor(
    code: RefusalCode,
    detail: string,
    faults: Fault[] = [],
    subject: { kind: string; id: string } | null = null,
  ) {
    super(detail)
    this.code = code
    this.faults = faults
    this.subject = subject
  }

  get kind(): RefusalKind {
    return REFUSALS[this.code].kind
  }
}
