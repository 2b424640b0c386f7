import { connect, type Socket } from 'node:net'
import { quantile } from './numbers.ts'

/** What was answered, and how long it took. */
export interface Load {
  perSecond: number
  answers: number
  p50: number
  p99: number
  /** Answers other than the one that was expected. There should be none. */
  odd: number
  bytes: number
}

export interface Request {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
}

interface Plan {
  port: number
  connections: number
  /** How long to go on; or after how many answers to stop. */
  forMs?: number
  answers?: number
  expected: number
  next(): Request
}

/** Keeps so many connections busy, one request at a time on each. Smaller than autocannon, so that it takes less of the machine. */
export async function load(plan: Plan): Promise<Load> {
  const times: number[] = []
  let odd = 0
  let bytes = 0
  let sent = 0
  const most = plan.answers ?? Number.POSITIVE_INFINITY
  const began = performance.now()
  const endAt = began + (plan.forMs ?? Number.POSITIVE_INFINITY)
  await Promise.all(
    Array.from({ length: plan.connections }, async () => {
      const line = await open(plan.port)
      while (performance.now() < endAt && sent < most) {
        sent++
        const at = performance.now()
        const { status, length } = await line.ask(plan.next())
        times.push(performance.now() - at)
        bytes += length
        if (status !== plan.expected) odd++
      }
      line.close()
    }),
  )
  const seconds = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)]
  return { perSecond: times.length / seconds, answers: times.length, p50, p99, odd, bytes: bytes / times.length }
}

interface Line {
  ask(request: Request): Promise<{ status: number; length: number }>
  close(): void
}

async function open(port: number): Promise<Line> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject)
  })
  let answered: (answer: { status: number; length: number }) => void = () => {}
  let failed: (error: Error) => void = () => {}
  let status = 0
  let length = 0
  let missing = 0
  socket.on('data', (data) => {
    let from = 0
    if (missing === 0) {
      const end = data.indexOf('\r\n\r\n')
      // The servers of the bench write the head of an answer in one piece.
      const head = data.toString('latin1', 0, end)
      status = Number(head.slice(9, 12))
      length = missing = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
      from = end + 4
    }
    missing -= data.length - from
    if (missing === 0) answered({ status, length })
  })
  socket.on('error', (error) => failed(error))
  socket.on('close', () => failed(new Error('The server hung up.')))
  return {
    ask({ method, path, headers = {}, body }) {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      const content =
        body === undefined ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
      return new Promise((resolve, reject) => {
        answered = resolve
        failed = reject
        socket.write(`${method} ${path} HTTP/1.1\r\nhost: bench\r\n${lines.join('')}${content}\r\n${body ?? ''}`)
      })
    },
    close: () => socket.destroy(),
  }
}

export type Headers = Record<string, string>

/** The same page or list again and again. */
export function get(
  server: { port: number },
  path: string,
  headers: Headers,
  more: { connections: number; answers: number },
): Promise<Load> {
  return load({ port: server.port, expected: 200, next: () => ({ method: 'GET', path, headers }), ...more })
}
