import { existsSync } from 'node:fs'

// Imported for its effect, before anything else: the tables are made for one engine as soon as they are imported, so
// what .env says of DATABASE_URL must be known by then. What the environment already holds wins.
if (existsSync('.env')) process.loadEnvFile('.env')
