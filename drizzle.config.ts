import { defineConfig } from 'drizzle-kit'
import { engine } from './src/store/columns.ts'

export default defineConfig({
  dialect: engine === 'postgres' ? 'postgresql' : 'sqlite',
  schema: './src/store/schema.ts',
  out: `./drizzle/${engine}`,
})
