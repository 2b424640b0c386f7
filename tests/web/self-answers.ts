/** A good answer to each question, in order. */
export const ANSWERS: [string, Record<string, string | string[]>][] = [
  ['who', { who: 'me', byName: '', relationship: '' }],
  ['help', { help: ['0', '4'] }],
  ['more', { more: 'Since my husband died I see nobody.' }],
  ['name', { name: 'Zofia O’Brien-Ñandú' }],
  ['contact', { phone: '07700 900123', email: '', safe: ['text', 'post'], safeNote: 'Mornings' }],
  ['home', { line1: '1 High Street', line2: '', town: 'Southampton', postcode: 'so14 0yn' }],
  ['gp', { practice: 'not_sure', tellPractice: 'no' }],
  ['born', { 'born-day': '27', 'born-month': '3', 'born-year': '1958' }],
  ['talk', { language: 'Polish', interpreter: 'yes', communication: 'Large print' }],
  ['consent', { consent: 'yes', projects: 'yes' }],
]
