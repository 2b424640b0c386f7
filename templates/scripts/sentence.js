// The sentence of a rule follows what is typed: the server makes it, as it does when the button is pressed.
for (const form of document.querySelectorAll('[data-sentence]')) {
  const shown = form.querySelector('#sentence')
  const button = form.querySelector('[name=preview]')
  button.hidden = true
  let pause
  let newest = 0
  async function ask() {
    const mine = ++newest
    const body = new URLSearchParams([...new FormData(form), ['preview', 'yes']])
    const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' }).catch(() => null)
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null
    const words = page?.querySelector('#sentence')?.textContent
    if (mine !== newest) return
    if (words) shown.textContent = words
    // Where it could not be asked, the button still can.
    else button.hidden = false
  }
  form.addEventListener('input', () => {
    clearTimeout(pause)
    pause = setTimeout(ask, 300)
  })
}
