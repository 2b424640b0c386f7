import { expect, test } from 'vitest'
import { describeStates } from './state-diagrams.ts'

test('docs/states.md shows the transition tables as they are', async () => {
  await expect(describeStates()).toMatchFileSnapshot('../../docs/states.md')
})
