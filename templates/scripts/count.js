// Says how many characters are left while somebody types. The limit is in the hint, and the server keeps it.
for (const frame of document.querySelectorAll('[data-count]')) {
  const field = frame.querySelector('textarea')
  const most = Number(frame.dataset.count)
  const shown = document.createElement('p')
  const spoken = document.createElement('p')
  shown.className = 'nhsuk-hint trellis-count-left'
  shown.setAttribute('aria-hidden', 'true')
  spoken.className = 'nhsuk-u-visually-hidden'
  spoken.setAttribute('role', 'status')
  let pause
  function say() {
    // Trimmed, and an end of line is one character: as the server counts.
    const left = most - field.value.trim().length
    const words = left < 0 ? `${-left} too many` : `${left} left`
    shown.textContent = `${words.replace(/^(\d+)/, '$1 character' + (Math.abs(left) === 1 ? '' : 's'))}`
    shown.classList.toggle('is-over', left < 0)
    clearTimeout(pause)
    // Only when it becomes tight, and not at every key.
    if (left <= 50) pause = setTimeout(() => (spoken.textContent = shown.textContent), 1000)
    else spoken.textContent = ''
  }
  frame.append(shown, spoken)
  field.addEventListener('input', say)
  say()
}
