import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { REQUEST } from '../api/requests.ts'
import { PASSWORD } from './given.ts'

/** One request that somebody means to have carried out once, however often it has to be sent. */
export interface Order {
  key: string
  sent: number
  /** What came back with 201, to the byte. */
  answer?: string
}

interface Reply {
  status: number
  text: string
}

/**
 * People who refer over HTTP as fast as they are answered. Each has one request on its way at a time, and sends it again
 * with the same key after the service has gone away under it.
 */
export class Writers {
  readonly orders: Order[] = []
  /** Whatever happened that should not: another answer than 201, or another one than the first. */
  readonly strange: string[] = []
  /** How often a key came again: without an answer so far, and with one. */
  repeated = 0
  replayed = 0
  /** How often the service said that it is too busy. */
  busy = 0
  readonly #base: string
  readonly #names: string[]
  readonly #tokens: string[] = []
  /** Of each writer: what it sent last. */
  readonly #last: (Order | undefined)[] = []
  /** Of each writer: what was answered last. */
  readonly #heard: (Order | undefined)[] = []
  #agent = new Agent({ keepAlive: true })
  #isOver = true
  #onAnswer: () => void = () => {}

  constructor(base: string, names: string[]) {
    this.#base = base
    this.#names = names
  }

  async signIn(): Promise<void> {
    for (const email of this.#names) {
      const { status, text } = await this.#post('/api/v1/sessions', { email, password: PASSWORD })
      if (status !== 201) throw new Error(`${email} may not sign in: ${status} ${text}`)
      this.#tokens.push(JSON.parse(text).token)
    }
  }

  /** All of them write until `kill` has run and the last of them has noticed. */
  async writeUntil(kill: () => Promise<void>): Promise<void> {
    this.#isOver = false
    this.#agent = new Agent({ keepAlive: true })
    const all = this.#tokens.map((_, n) => this.#write(n))
    await kill()
    this.#isOver = true
    await Promise.all(all)
    this.#agent.destroy()
  }

  /** The moment at which somebody has the nth answer from now: others may be written and not yet told. */
  answers(count: number): Promise<void> {
    let left = count
    return new Promise((resolve) => {
      this.#onAnswer = () => {
        left--
        if (left === 0) resolve()
      }
    })
  }

  /** What had no answer is sent once more. */
  async settle(): Promise<void> {
    this.#agent = new Agent({ keepAlive: true })
    await Promise.all(this.#tokens.map((_, n) => this.#repeatLast(n)))
    this.#agent.destroy()
  }

  get answered(): Order[] {
    return this.orders.filter(({ answer }) => answer)
  }

  async #write(n: number): Promise<void> {
    if (!(await this.#repeatLast(n))) return
    while (!this.#isOver) {
      const order: Order = { key: `trial-${n}-${this.orders.length}`, sent: 0 }
      this.orders.push(order)
      this.#last[n] = order
      if (!(await this.#send(n, order))) return
    }
  }

  // What had an answer before the service went away must have the same one after.
  async #repeatLast(n: number): Promise<boolean> {
    const again = new Set([this.#heard[n], this.#last[n]])
    for (const order of again) if (order && !(await this.#send(n, order))) return false
    return true
  }

  /** False where the service went away instead of answering. */
  async #send(n: number, order: Order): Promise<boolean> {
    if (order.answer) this.replayed++
    else if (order.sent > 0) this.repeated++
    order.sent++
    const headers = { authorization: `Bearer ${this.#tokens[n]}`, 'idempotency-key': order.key }
    const body = { ...REQUEST, reason: order.key }
    const reply = await this.#post('/api/v1/referrals', body, headers).catch(() => undefined)
    if (!reply) return false
    if (reply.status === 503) {
      // "Nothing was saved. Try again in a moment."
      this.busy++
      await sleep(100)
      return this.#send(n, order)
    }
    if (reply.status !== 201) this.strange.push(`${order.key}: ${reply.status} ${reply.text}`)
    else if (order.answer && order.answer !== reply.text) this.strange.push(`${order.key}: answered in two ways`)
    else order.answer = reply.text
    this.#heard[n] = order
    this.#onAnswer()
    return true
  }

  #post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const options = {
        method: 'POST',
        agent: this.#agent,
        headers: { ...headers, 'content-type': 'application/json' },
        // Far beyond any answer of a service that is there: a test that hangs says nothing.
        timeout: 60_000,
      }
      const going = request(`${this.#base}${path}`, options, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part) => (text += part))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
        response.on('error', reject)
        // Cut off in the middle of an answer: that is no answer.
        response.on('aborted', () => reject(new Error('cut off')))
      })
      going.on('timeout', () => going.destroy(new Error('no answer in a minute')))
      going.on('error', reject)
      going.end(JSON.stringify(body))
    })
  }
}
