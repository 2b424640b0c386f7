import type { Locator, Page } from 'playwright-core'

/** Seconds of the keystroke-level model: a key, a pointing with its click, a thought, a hand moved, a page loaded. */
const SECONDS = { key: 0.2, click: 1.3, think: 1.2, hand: 0.4, load: 0.33 }
const FARTHEST_TAB = 300

export interface Effort {
  /** Choices and buttons, by mouse or keyboard. Typing into a field is not one. */
  activations: number
  /** Every key, those that move the focus included. */
  keys: number
  /** Pages that came. */
  loads: number
  screens: string[]
  seconds: number
}

/**
 * Somebody at a screen, counted as the budgets of screens.md count. With the keyboard nothing is clicked: the focus
 * walks by Tab, radios by arrows, and what cannot be reached so is a fault.
 */
export function handsOn(page: Page, way: 'mouse' | 'keyboard' = 'mouse') {
  const counted = { activations: 0, keys: 0, loads: 0, hands: 0 }
  const screens = new Set<string>()
  let isAtKeys = way === 'keyboard'

  function moveHand(toKeys: boolean): void {
    if (isAtKeys !== toKeys) counted.hands++
    isAtKeys = toKeys
  }

  async function tap(key: string): Promise<void> {
    counted.keys++
    await page.keyboard.press(key)
  }

  async function walkTo(target: Locator): Promise<void> {
    for (let steps = 0; steps < FARTHEST_TAB; steps++) {
      const where = await target.evaluate((element) => {
        const held = element.ownerDocument.activeElement
        if (held === element) return 'here'
        const [one, other] = [held, element] as unknown as { type?: string; name?: string }[]
        const isSameChoice = one?.type === 'radio' && other?.type === 'radio' && one.name === other.name
        return isSameChoice ? 'among' : 'away'
      })
      if (where === 'here') return
      await tap(where === 'among' ? 'ArrowDown' : 'Tab')
    }
    throw new Error(`The keyboard does not reach ${target.toString()}.`)
  }

  /** A label stands for what it names. */
  async function controlOf(selector: string): Promise<Locator> {
    const found = page.locator(selector).first()
    const id = await found.getAttribute('for', { timeout: 10_000 })
    return id ? page.locator(`[id="${id}"]`) : found
  }

  async function activate(selector: string): Promise<void> {
    counted.activations++
    if (way === 'mouse') {
      moveHand(false)
      return page.locator(selector).first().click()
    }
    const target = await controlOf(selector)
    await walkTo(target)
    const kind = await target.evaluate((element) => {
      const { tagName, type, checked } = element as unknown as { tagName: string; type?: string; checked?: boolean }
      if (tagName === 'A') return 'Enter'
      return type === 'radio' && checked ? 'none' : 'Space'
    })
    if (kind !== 'none') await tap(kind)
  }

  return {
    /** A choice that stays on the page. */
    choose: activate,
    /** A button or link that brings another page. */
    async press(selector: string): Promise<void> {
      await Promise.all([page.waitForEvent('framenavigated'), activate(selector)])
      await page.waitForLoadState()
      counted.loads++
      screens.add(new URL(page.url()).pathname)
    },
    async type(selector: string, text: string): Promise<void> {
      const field = await controlOf(selector)
      if (way === 'keyboard') await walkTo(field)
      else if (!(await field.evaluate((element) => element === element.ownerDocument.activeElement))) {
        moveHand(false)
        await field.click()
      }
      moveHand(true)
      counted.keys += text.length
      await page.keyboard.type(text)
    },
    /** One stroke for the whole text, as from another program's window. */
    async paste(selector: string, text: string): Promise<void> {
      const field = await controlOf(selector)
      if (way === 'keyboard') await walkTo(field)
      else await field.click()
      moveHand(true)
      counted.keys += 2
      await page.keyboard.insertText(text)
    },
    get effort(): Effort {
      const { activations, keys, loads, hands } = counted
      const pointing = way === 'mouse' ? activations * SECONDS.click : 0
      const seconds =
        keys * SECONDS.key + pointing + activations * SECONDS.think + hands * SECONDS.hand + loads * SECONDS.load
      return { activations, keys, loads, screens: [...screens], seconds }
    },
  }
}
