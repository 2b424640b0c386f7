import type { Command } from 'commander'
import type { Context } from './actions/context.ts'
import { recordBounce } from './actions/outbox/record-bounce.ts'
import type { Config } from './config.ts'

/** Longer reports carry more than a report needs. */
const MOST_BYTES = 5_000_000
/** EX_TEMPFAIL of sysexits.h: a mail server brings it again. */
const COME_AGAIN = 75

interface Roof {
  withContext<T>(work: (context: Context, config: Config) => Promise<T>): Promise<T>
  say(line: string): void
}

/** For the pipe of a mail server: what came back is on the referral within a second. */
export function addBounceCommand(program: Command, { withContext, say }: Roof): void {
  program
    .command('bounce')
    .description('read one delivery report of a mail server from standard input')
    .action(async () => {
      const source = await readAtMost(process.stdin, MOST_BYTES)
      const { readBounce } = await import('./mail/bounce.ts')
      // A mail server takes any other exit code for a reason to answer the report, which must not be.
      try {
        await withContext(async (context, config) => {
          const bounce = source && (await readBounce(source, config.mailFrom))
          if (!bounce) return say('Nothing to do: this is no report about a message of ours.')
          if (!bounce.isFinal) return say(`Nothing to do: ${bounce.outboxId} may still arrive (${bounce.status}).`)
          const outcome = await recordBounce(context, bounce)
          say(`${bounce.outboxId}: ${outcome} (${bounce.status})`)
          if (outcome === 'not-yet') process.exitCode = COME_AGAIN
        })
      } catch (error) {
        process.exitCode = COME_AGAIN
        throw error
      }
    })
}

async function readAtMost(stream: AsyncIterable<Buffer | string>, most: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    // Read to its end all the same, so that the mail server does not find a broken pipe.
    if (length <= most) chunks.push(Buffer.from(chunk))
  }
  return length <= most ? Buffer.concat(chunks) : undefined
}
