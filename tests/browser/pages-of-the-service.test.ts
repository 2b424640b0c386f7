import { afterAll } from 'vitest'
import { closeBrowser } from '../support/browser.ts'
import { lookAtPagesOf } from './look-at-pages.ts'
import { SERVICE } from './looks.ts'

afterAll(closeBrowser)

lookAtPagesOf(SERVICE)
