import { expect, test } from 'vitest'
import { preparePages } from '../../src/templates.ts'

// They are compiled while the program already listens: a slip in one has to be found here.
test('every page compiles', async () => {
  await expect(preparePages()).resolves.toBeUndefined()
})
