import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

// npx tsx bench/geography.ts [--rows 3000000] [--twice]: a list of postcodes as large as the country's, invented, is
// imported while a service on the same database goes on writing. DATABASE_URL names another database than the usual file.
const option = (name: string) => process.argv[process.argv.indexOf(`--${name}`) + 1]
const rows = process.argv.includes('--rows') ? Number(option('rows')) : 3_000_000
const folder = process.env.BENCH_DIR ?? join(tmpdir(), 'trellis-bench')
const file = join(folder, `nspl-${rows}.csv`)
const root = join(import.meta.dirname, '..')
const url = process.env.DATABASE_URL || `file:${join(folder, 'geography.sqlite')}`
const env = { ...process.env, DATABASE_URL: url, SECRET: 's'.repeat(40) }
// The tables are made for the engine that the environment names, so it comes first.
process.env.DATABASE_URL = url
const say = (line: string) => process.stdout.write(`${line}\n`)

const HEADER =
  'pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad25cd,wd25cd,nhser24cd,ctry25cd,' +
  'rgn25cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl24cd,bua24cd,ruc21ind,oac11ind,lat,long,' +
  'lep21cd1,lep21cd2,pfa23cd,imd20ind,icb23cd'
const AREAS =
  'AB B BA BD BH BN BR BS CB CF CH CM CO CR CV DA DE DH DN E EH EX G GL GU HA HP HU IP KT L LE LN LS M ME MK N NE NG NP NR NW OX PE PL PO PR RG RH S SA SE SL SN SO SP ST SW TN TQ TS W WA WD WF WN WR WS WV YO'.split(
    ' ',
  )
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ'

function* postcodes(): Generator<string> {
  for (const area of AREAS)
    for (let district = 1; district < 20; district++)
      for (let sector = 0; sector < 10; sector++)
        for (const one of LETTERS) for (const two of LETTERS) yield `${area}${district} ${sector}${one}${two}`
}

async function generate(): Promise<void> {
  const out = createWriteStream(file)
  out.write(`${HEADER}\r\n`)
  let count = 0
  let chunk = ''
  for (const postcode of postcodes()) {
    if (count++ === rows) break
    const bare = postcode.replace(' ', '')
    const code = (letter: string, of: number) => `${letter}${String(1_000_000 + (count % of)).padStart(8, '0')}`
    const ended = count % 3 === 0 ? '201905' : ''
    const ward = code('E', 7_000)
    chunk +=
      `${bare},${postcode},${postcode},198001,${ended},0,442294,112126,1,E00086${count % 1_000},E99999999,E99999999,` +
      `E06000045,${ward},E40000005,E92000001,E12000008,E14001498,E30000267,TLJ32,E65000001,${code('E', 33_755)},` +
      `E02003571,E33000001,E38000253,E63009999,UN1,2B1,${(50 + (count % 900) / 100).toFixed(6)},` +
      `${(-5 + (count % 700) / 100).toFixed(6)},E37000000,,E23000030,${count % 32_844},E54000042\r\n`
    if (chunk.length > 1 << 20) {
      if (!out.write(chunk)) await new Promise<void>((resolve) => out.once('drain', () => resolve()))
      chunk = ''
    }
  }
  await new Promise((resolve) => out.end(chunk, () => resolve(undefined)))
}

/** Runs a command of ours and answers how long it took and how much memory it held at most. */
async function run(args: string[]): Promise<{ seconds: number; cpu: number; megabytes: number; said: string }> {
  const began = performance.now()
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], { cwd: root, env })
  let said = ''
  let megabytes = 0
  let cpu = 0
  child.stdout.on('data', (text) => {
    said += text
  })
  child.stderr.on('data', (text) => {
    said += text
  })
  const watch = setInterval(() => {
    const status = existsSync(`/proc/${child.pid}/status`) ? readFileSync(`/proc/${child.pid}/status`, 'utf8') : ''
    const stat = status ? readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ') : []
    // In hundredths of a second: on a machine with other work it says more than the clock.
    cpu = Math.max(cpu, (Number(stat[13] ?? 0) + Number(stat[14] ?? 0)) / 100)
    megabytes = Math.max(megabytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
  }, 100)
  const code = await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(watch)
  if (code !== 0) throw new Error(said)
  return { seconds: (performance.now() - began) / 1000, cpu, megabytes, said: said.trim() }
}

/** Writes a little, ten times a second, as a service does, until it is stopped: how long each write took. */
async function keepWriting(isOver: () => boolean): Promise<number[]> {
  const { openDatabase } = await import('../src/store/database.ts')
  const { wards } = await import('../src/store/schema.ts')
  const db = await openDatabase(url)
  const took: number[] = []
  for (let nth = 0; !isOver(); nth++) {
    const began = performance.now()
    const ward = { code: 'X00000001', name: `${nth}`, authorityCode: null, authorityName: null, locality: null }
    await db.write((tx) =>
      tx
        .insert(wards)
        .values(ward)
        .onConflictDoUpdate({ target: wards.code, set: { name: ward.name } }),
    )
    took.push(performance.now() - began)
    await sleep(100)
  }
  await db.close()
  return took.sort((a, b) => a - b)
}

mkdirSync(folder, { recursive: true })
if (!existsSync(file)) await generate()
say(`${file}: ${Math.round(statSync(file).size / 1e6)} MB`)
if (url.startsWith('file:')) for (const end of ['', '-wal', '-shm']) rmSync(url.slice(5) + end, { force: true })
await run(['migrate'])
for (const what of process.argv.includes('--twice') ? ['first', 'the same again'] : ['first']) {
  let isOver = false
  const writing = keepWriting(() => isOver)
  const { seconds, cpu, megabytes, said } = await run(['geography', 'import', '--nspl', file])
  isOver = true
  const took = await writing
  const at = (share: number) => Math.round(took[Math.floor(took.length * share)] ?? 0)
  say(said)
  say(`${what}: ${seconds.toFixed(0)} s (${cpu.toFixed(0)} s of a processor), ${megabytes.toFixed(0)} MB at most`)
  say(
    `writes of others meanwhile: ${took.length}; median ${at(0.5)} ms, 99th ${at(0.99)} ms, longest ${at(1 - 1e-9)} ms`,
  )
}
