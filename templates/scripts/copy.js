// A button beside each line for the record. Without this a click on the line selects all of it.
async function copy(line) {
  try {
    await navigator.clipboard.writeText(line.textContent)
    return true
  } catch {
    // Older browsers, and sites without https: select it, and copy what is selected.
    const range = document.createRange()
    range.selectNodeContents(line)
    getSelection().removeAllRanges()
    getSelection().addRange(range)
    return document.execCommand('copy')
  }
}

for (const box of document.querySelectorAll('[data-copy]')) {
  const line = box.querySelector('.trellis-copy')
  const button = document.createElement('button')
  const said = document.createElement('span')
  button.type = 'button'
  button.className = 'nhsuk-button nhsuk-button--secondary nhsuk-button--small trellis-noprint'
  button.textContent = 'Copy'
  button.setAttribute('aria-describedby', line.id)
  said.setAttribute('role', 'status')
  said.className = 'trellis-copied__said'
  button.addEventListener('click', async () => {
    said.textContent = (await copy(line)) ? 'Copied' : 'Press Ctrl and C to copy it'
  })
  box.append(button, said)
}
