import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import { withoutParameters } from './store/failures.ts'

/** JSON lines on standard output: ids and codes, never what anybody typed. */
export function openLog(level: string, to: DestinationStream = pino.destination(1)): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: pino.stdSerializers.err },
    hooks: {
      // pino copies an error's message before any serializer sees it, and a database driver's holds people's data.
      logMethod(args, method) {
        const [first] = args as unknown[]
        if (first instanceof Error) args[0] = { err: withoutParameters(first) }
        else if (typeof first === 'object' && first !== null && 'err' in first)
          args[0] = { ...first, err: withoutParameters(first.err) }
        return method.apply(this, args)
      },
    },
  }
  return pino(options, to)
}
