/** Ten digits without spaces or dashes, as people paste them in any spacing. */
export function normaliseNhsNumber(text: string): string {
  return text.replace(/[\s-]/g, '')
}

/**
 * Modulus 11 over the first nine digits (weights 10 to 2); the tenth is the check digit, and 10 is never issued.
 * Source: NHS Data Dictionary, NHS NUMBER.
 */
export function isNhsNumber(digits: string): boolean {
  // Ten times the same digit may add up, and is what somebody types to get past the question.
  if (!/^\d{10}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  return (11 - (sum % 11)) % 11 === Number(digits[9])
}

/** "999 000 0018". */
export function spacedNhsNumber(digits: string): string {
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`
}
