// Says politely that somebody else changed what this page shows. It moves nothing and takes no focus: the link is theirs
// to follow. Without this script the page is as true as when it was opened.
const USUAL = 30_000
const LONGEST = 300_000
const place = document.querySelector('[data-changes]')
let wait = USUAL
let timer = 0

async function look() {
  if (document.hidden) return
  try {
    const answer = await fetch(place.dataset.changes, { headers: { accept: 'application/json' }, redirect: 'manual' })
    // Signed out, or no longer theirs: there is nothing more to ask.
    if (answer.type === 'opaqueredirect' || (answer.status >= 400 && answer.status < 500 && answer.status !== 429)) return
    if (!answer.ok) throw new Error(String(answer.status))
    const { text } = await answer.json()
    if (text && text !== place.dataset.said) say(text)
    wait = USUAL
  } catch {
    wait = Math.min(wait * 2, LONGEST)
  }
  again()
}

function say(text) {
  const link = document.createElement('a')
  link.href = place.dataset.here
  link.textContent = place.dataset.show
  place.replaceChildren(`${text} `, link)
  place.dataset.said = text
}

function again() {
  clearTimeout(timer)
  timer = setTimeout(look, wait)
}

if (place) {
  wait = Number(place.dataset.every) || USUAL
  document.addEventListener('visibilitychange', () => (document.hidden ? clearTimeout(timer) : look()))
  again()
}
