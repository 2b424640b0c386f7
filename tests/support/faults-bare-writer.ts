import { setImmediate } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'

// A process of its own, without the service: `node faults-bare-writer.ts FILE NORMAL|FULL` commits one row after
// another and says each number once its commit has returned. Somebody else ends it.
const [file = '', synchronous = ''] = process.argv.slice(2)
const handle = new Sqlite(file)
handle.pragma('journal_mode = WAL')
handle.pragma(`synchronous = ${synchronous}`)
const insert = handle.prepare('insert into kept (number) values (?)')
for (let number = 1; ; number++) {
  insert.run(number)
  process.stdout.write(`${number}\n`)
  await setImmediate()
}
