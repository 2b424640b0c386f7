// Fills the form from a pasted text in this browser: the text itself is never sent. Without this the same is done by
// the server, with the same rules.
import { readBanner } from '../../src/domain/banner.ts'
import { londonDay } from '../../src/domain/day.ts'
import { boxesOf, filledIn } from '../../src/http/web/banner-fields.ts'

const box = document.querySelector('[data-banner]')
const notice = document.querySelector('[data-banner-notice]')
const sent = document.querySelector('[name="wasRead"]')

const input = (name) => document.querySelector(`[name="${CSS.escape(name)}"]`)
const frameOf = (field) => document.querySelector(`[data-read="${field}"]`)

function mark(field, isRead) {
  frameOf(field)?.classList.toggle('is-read', isRead)
  for (const name of boxesOf(field)) {
    const others = (input(name).getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && id !== `${field}-read`)
    const all = isRead ? [...others, `${field}-read`] : others
    if (all.length > 0) input(name).setAttribute('aria-describedby', all.join(' '))
    else input(name).removeAttribute('aria-describedby')
  }
  sent.value = [...document.querySelectorAll('[data-read].is-read')].map((frame) => frame.dataset.read).join(' ')
}

function element(tag, text, className) {
  const made = document.createElement(tag)
  made.textContent = text
  if (className) made.className = className
  return made
}

function say({ heading, summary, notes, read }) {
  notice.replaceChildren(element('h2', heading, 'nhsuk-heading-s'))
  if (summary) notice.append(element('p', summary))
  if (notes.length > 0) {
    const list = element('ul', '')
    list.append(...notes.map((note) => element('li', note)))
    notice.append(list)
  }
  notice.classList.toggle('trellis-banner__notice--none', read.length === 0)
  notice.hidden = false
  notice.focus()
}

function fill() {
  if (box.value.trim() === '') return
  const result = filledIn(readBanner(box.value, londonDay(new Date())))
  if (result.read.length > 0) {
    // Another person's text: nothing of the one before may stay behind.
    for (const field of sent.value.split(' ').filter(Boolean)) {
      for (const name of boxesOf(field)) input(name).value = ''
      mark(field, false)
    }
    for (const [name, value] of Object.entries(result.values)) input(name).value = value
    for (const field of result.read) mark(field, true)
    box.value = ''
  }
  say(result)
}

if (box && notice && sent) {
  // Without a name it is no part of the form.
  box.removeAttribute('name')
  document.querySelector('[data-banner-button]')?.remove()
  box.addEventListener('paste', () => setTimeout(fill))
  box.addEventListener('drop', () => setTimeout(fill))
  box.addEventListener('input', (event) => {
    // A whole text at once, as dictation or a text expander brings it. Typing goes on undisturbed.
    if (event.data === null || (event.data?.length ?? 0) > 20) setTimeout(fill)
  })
  box.addEventListener('change', fill)
  for (const frame of document.querySelectorAll('[data-read]'))
    frame.addEventListener('input', () => mark(frame.dataset.read, false))
}
