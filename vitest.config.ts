import { defineConfig } from 'vitest/config'

/** What needs a database runs once on each engine: the same files, the same promises. */
const onADatabase = ['store', 'actions', 'api', 'web', 'jobs', 'mail', 'audit', 'demo', 'journeys'].map(
  (room) => `tests/${room}/**/*.test.ts`,
)

/** Said once on SQLite at every change; on a server too, where there is time: `npm run test:long`. */
const inTheLongRun = process.env.WHOLE
  ? []
  : [
      'tests/api/every-move-*.test.ts',
      'tests/demo/city.test.ts',
      'tests/demo/seeds-ways-in.test.ts',
      'tests/jobs/cli.test.ts',
      'tests/jobs/built.test.ts',
      'tests/api/open-referral.test.ts',
      'tests/api/open-referral-filters.test.ts',
      // What these try of the doors does not know which engine is behind them: actions, store, races, search, one whole
      // journey and random histories run on both.
      'tests/web/**',
      ...[
        'access',
        'asking',
        'config',
        'direct',
        'fuzz',
        'input',
        'log',
        'openapi',
        'pausing',
        'people',
        'plumbing',
        'rules',
        'service',
        'sessions',
      ].map((file) => `tests/api/${file}.test.ts`),
      ...['not-to-be-sent', 'trouble', 'templates'].map((file) => `tests/mail/${file}.test.ts`),
    ]

// A page in a real browser, with every rule of accessibility, takes seconds on a busy machine.
const patient = { testTimeout: 180_000, hookTimeout: 60_000 }

// The whole journey once more on a server; what a page looks like does not depend on the engine.
const journeyOnAServer = {
  extends: true as const,
  test: {
    name: 'browser-postgres',
    include: ['tests/browser/journey.test.ts'],
    env: { DATABASE_URL: 'postgres://' },
    globalSetup: 'tests/support/postgres.ts',
    ...patient,
  },
}

export default defineConfig({
  test: {
    // better-sqlite3 is native code: processes, not threads. One for each of two cores.
    pool: 'forks',
    maxWorkers: 2,
    // Nothing is mocked and every test has a database of its own, so files may share a worker and what it has imported.
    isolate: false,
    // A test that plays twenty referrals through a real server on a busy machine needs more than five seconds.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'domain',
          include: ['domain', 'house', 'templates'].map((room) => `tests/${room}/**/*.test.ts`),
        },
      },
      {
        extends: true,
        // columns.ts reads only the engine from here; each test opens a file of its own.
        test: { name: 'sqlite', include: onADatabase, env: { DATABASE_URL: 'sqlite' } },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: onADatabase,
          exclude: inTheLongRun,
          env: { DATABASE_URL: 'postgres://' },
          globalSetup: 'tests/support/postgres.ts',
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['tests/browser/**/*.test.ts'], env: { DATABASE_URL: 'sqlite' }, ...patient },
      },
      ...(process.env.WHOLE ? [journeyOnAServer] : []),
    ],
  },
})
