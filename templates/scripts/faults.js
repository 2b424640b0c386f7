// After a refusal the summary of what is wrong has the focus, so that a screen reader begins with it.
document.querySelector('.nhsuk-error-summary')?.focus()
