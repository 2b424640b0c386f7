import Sqlite from 'better-sqlite3'
import Fastify from 'fastify'

/**
 * The floor: what is left of a referral service without a service in it. One table, one INSERT and one commit each,
 * on disk before the answer; nobody is asked who they are, nothing is checked, nothing else is kept.
 */
interface Body {
  person: {
    fullName: string
    dateOfBirth: string
    nhsNumber: string
    phone: string
    email: string
    address: { lines: string[]; postcode: string }
  }
  needs: string[]
  reason: string
  whatMattersToMe: string
  priority: string
}

const [file = '', port = '0'] = process.argv.slice(2)
const db = new Sqlite(file)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec(`create table if not exists referrals (
  id text primary key, received_at text not null, full_name text not null, date_of_birth text not null, nhs_number text,
  phone text, email text, address text, postcode text, needs text not null, reason text not null, matters text, priority text
)`)
const insert = db.prepare('insert into referrals values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
const latest = db.prepare('select * from referrals order by id desc limit ?')

let last = 0
const nextId = () => `${Date.now().toString(16).padStart(12, '0')}-${(++last).toString(16).padStart(12, '0')}`

const app = Fastify()
app.post<{ Body: Body }>('/api/v1/referrals', async ({ body }, reply) => {
  const { person, needs, reason, whatMattersToMe, priority } = body
  const { fullName, dateOfBirth, nhsNumber, phone, email, address } = person
  const id = nextId()
  const lines = JSON.stringify(address.lines)
  const at = new Date().toISOString()
  const { postcode } = address
  const all = [fullName, dateOfBirth, nhsNumber, phone, email, lines, postcode, JSON.stringify(needs), reason]
  insert.run(id, at, ...all, whatMattersToMe, priority)
  return reply.status(201).send({ id, receivedAt: at, status: 'submitted' })
})
app.get<{ Querystring: { limit?: string } }>('/api/v1/referrals', async ({ query }) => {
  const rows = latest.all(Number(query.limit ?? 50)) as { needs: string; address: string }[]
  return { items: rows.map((row) => ({ ...row, needs: JSON.parse(row.needs), address: JSON.parse(row.address) })) }
})
app.get('/health/ready', async () => ({ status: 'ok' }))

await app.listen({ host: '127.0.0.1', port: Number(port) })
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)))
