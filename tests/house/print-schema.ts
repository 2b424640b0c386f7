import { generateDrizzleJson, generateSQLiteDrizzleJson } from 'drizzle-kit/api'
import { engine } from '../../src/store/columns.ts'
import * as schema from '../../src/store/schema.ts'

// A process of its own for each engine: the tables are made for one as soon as they are imported. This is what
// drizzle-kit would write down as the newest state.
const snapshot =
  engine === 'postgres' ? generateDrizzleJson({ ...schema }) : await generateSQLiteDrizzleJson({ ...schema })
process.stdout.write(JSON.stringify(snapshot.tables))
