// Makes dist/ from src/: the program with its libraries as one file, because Node spends most of a start on finding and
// compiling a thousand. `npm run build` checks the types before; `npm start` calls this alone. docs/decisions/0009
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const ROOT = import.meta.dirname
const SOURCES = join(ROOT, 'src')
const dist = resolve(process.argv[2] ?? join(ROOT, 'dist'))

// What is native, or reads files of its own that stand beside it.
const LEFT_WHERE_IT_IS = ['better-sqlite3', '@node-rs/argon2', 'pg', '@fastify/swagger', '@fastify/swagger-ui']

/** Our modules still find what stands around them: each believes that it is where it would be without the bundle. */
const ownPlaces = {
  name: 'own places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const place = JSON.stringify(relative(SOURCES, path).replace(/\.ts$/, '.js'))
      const file = `require('node:path').join(__dirname, ${place})`
      const contents = readFileSync(path, 'utf8')
        .replaceAll('import.meta.dirname', `require('node:path').dirname(${file})`)
        .replaceAll('import.meta.url', `require('node:url').pathToFileURL(${file}).href`)
      return { contents, loader: 'ts' }
    })
  },
}

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
await build({
  entryPoints: [join(SOURCES, 'program.ts')],
  outfile: join(dist, 'program.cjs'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The function that Node puts around such a file, for load.js to call.
  banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
  footer: { js: '})' },
  // What comes from outside is then asked for with `require`, as from any other file of this kind.
  supported: { 'dynamic-import': false },
  external: LEFT_WHERE_IT_IS,
  sourcemap: 'external',
  sourcesContent: false,
  plugins: [ownPlaces],
  logLevel: 'warning',
})

// V8 keeps a text with one other letter in it at two bytes each. What the bundler leaves as it is stands in regular
// expressions and comments, where an escape is the same.
const FILE = join(dist, 'program.cjs')
const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
writeFileSync(FILE, readFileSync(FILE, 'utf8').replace(/[^\0-\x7f]/g, escaped))

// Which line of the source each line came from, for errors. The whole map would take seconds and 66 MB to read.
const map = new SourceMap(JSON.parse(readFileSync(`${FILE}.map`, 'utf8')))
const sources = ['']
const lines = readFileSync(FILE, 'utf8')
  .split('\n')
  .map((text, index) => {
    const { originalSource = '', originalLine = 0 } = map.findEntry(index, text.search(/\S|$/))
    const source = relative(ROOT, resolve(dist, originalSource))
    if (!source.startsWith('src/')) return [0, 0]
    if (sources.at(-1) !== source) sources.push(source)
    return [sources.length - 1, originalLine + 1]
  })
writeFileSync(`${FILE}.lines`, JSON.stringify({ sources, lines: lines.flat() }))
rmSync(`${FILE}.map`)

// Browsers get some of our rules as modules, one by one (src/http/web/browser-code.ts): what the pages' scripts import.
const scripts = join(ROOT, 'templates/scripts/*.js')
const { metafile } = await build({
  entryPoints: [scripts],
  bundle: true,
  outdir: dist,
  write: false,
  metafile: true,
  absWorkingDir: ROOT,
})
const shared = Object.keys(metafile.inputs).filter((path) => path.endsWith('.ts'))
const { outputFiles } = await build({
  entryPoints: [...shared.map((path) => join(ROOT, path)), join(SOURCES, 'load.ts')],
  ...{ platform: 'neutral', target: 'es2022', outbase: SOURCES, outdir: dist, write: false },
})
for (const { path, text } of outputFiles) {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text.replace(/(from\s*"\.[^"]*)\.ts"/g, '$1.js"'))
}
for (const way of ['main', 'cli'])
  writeFileSync(join(dist, `${way}.js`), `import { start } from './load.js'\n\nawait start('${way}')\n`)

// Last, because it holds only for the file as it is now. Without it everything works, and starts more slowly.
const folder = mkdtempSync(join(tmpdir(), 'trellis-build-'))
const settings = {
  ...{ NODE_ENV: 'production', DEMO: '0', JOBS: 'off', LOG_LEVEL: 'silent', HOST: '127.0.0.1', PORT: '0' },
  ...{ SECRET: randomBytes(48).toString('base64'), DATABASE_URL: `file:${join(folder, 'empty.sqlite')}` },
}
const code = `import { keepCompiled } from ${JSON.stringify(pathToFileURL(join(dist, 'load.js')))}; await keepCompiled(); process.exit()`
const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
  cwd: folder,
  env: { PATH: process.env.PATH, ...settings },
  stdio: ['ignore', 'ignore', 'inherit'],
})
if (status !== 0) process.stderr.write('What was built could not be started here, so it will start more slowly.\n')
rmSync(folder, { recursive: true, force: true })
