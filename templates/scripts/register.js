// A register is filled in where the signal is poor: what was chosen stays on the page until it is saved.
const form = document.querySelector('#register')
const state = document.querySelector('#register-state')
const KEPT_MS = 12 * 3_600_000

function say(text, isBad) {
  const line = document.createElement('p')
  line.textContent = text
  state.replaceChildren(line)
  state.classList.remove('trellis-done--quiet')
  state.classList.toggle('trellis-done--bad', isBad)
  if (isBad) state.scrollIntoView({ block: 'center' })
}

// Ids and choices only, in this window only: reasons may be about health, and are not kept.
// By whose page it is, and by the address of the form: after a new sign-in it may stand on another page.
const owner = form && `register ${form.dataset.owner} `
const key = form && `${owner}${new URL(form.action).pathname} ${form.elements.on.value}`

function choices() {
  return [...form.querySelectorAll('input[type=radio]:checked, input[type=checkbox]:checked')].map(({ id }) => id)
}

// Whoever signed in to this window before leaves nothing behind for the next.
function forgetOthers() {
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith('register ') && !name.startsWith(owner)) sessionStorage.removeItem(name)
}

function keep() {
  sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), ids: choices() }))
}

function bringBack() {
  const { at = 0, ids = [] } = JSON.parse(sessionStorage.getItem(key) ?? '{}')
  const boxes = ids.map((id) => document.getElementById(id)).filter((box) => box && !box.checked)
  if (boxes.length === 0 || Date.now() - at > KEPT_MS) return
  for (const box of boxes) box.checked = true
  say('What you chose is back. It is not saved yet: press Save.', false)
}

async function save(event) {
  event.preventDefault()
  keep()
  const answer = await fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
    redirect: 'manual',
  }).catch(() => null)
  if (!answer) return say('Not saved yet. You are offline. Press Save again when you have a signal.', true)
  if (answer.type === 'opaqueredirect') return location.assign(form.dataset.next)
  // Nothing was saved: sent again as the browser sends it, so that the answer is the page, the one to sign in included.
  form.submit()
}

if (form) {
  forgetOthers()
  if (form.dataset.saved === 'yes') sessionStorage.removeItem(key)
  else if (form.dataset.sent !== 'yes') bringBack()
  form.addEventListener('change', keep)
  form.addEventListener('submit', save)
  document.querySelector('#everybody')?.addEventListener('click', (event) => {
    event.preventDefault()
    for (const box of form.querySelectorAll('input[type=radio][value=yes]')) box.checked = true
    keep()
    say('Everybody is set to “Came”. Change who did not come, then press Save.', false)
  })
}
