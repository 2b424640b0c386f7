// Minus and plus change the number at once; without a script they load the page with it. Either way Save saves.
const MOST = 500

for (const form of document.querySelectorAll('[data-places]')) {
  const field = form.elements.places
  const unsaved = form.querySelector('.trellis-unsaved')
  const change = () => {
    unsaved.hidden = field.value === field.defaultValue
  }
  field.addEventListener('input', change)
  for (const link of form.querySelectorAll('[data-step]'))
    link.addEventListener('click', (event) => {
      event.preventDefault()
      const now = Number(field.value) || 0
      field.value = String(Math.min(MOST, Math.max(0, now + Number(link.dataset.step))))
      change()
    })
}
