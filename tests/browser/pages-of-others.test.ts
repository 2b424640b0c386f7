import { afterAll } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { lookAtPagesOf } from './look-at-pages.ts'
import { OTHERS } from './looks.ts'

afterAll(closeBrowser)

lookAtPagesOf(OTHERS)
