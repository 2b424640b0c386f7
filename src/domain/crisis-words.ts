import { speaksOfDangerAbroad } from './crisis-words-abroad.ts'
import { folded } from './plain-words.ts'

/** What somebody writes who may be in danger, however it is spelt and whoever it is about. */
const SIGNS: readonly RegExp[] = [
  /\b(kil|kill|kills|killed|killing) ?(my|your|him|her|them|our) ?(self|selfs|selves)\b/,
  /\b(kill|killing) me\b/,
  /\b(end|ends|ending|take|takes|taking|took) (my|his|her|their|your)( own)? li(fe|ves)\b/,
  /\bend(ing)? it all\b|\bend(ing)? things\b/,
  /\b(want|wants|wanted|wanting|wanna|going|like) (to )?(die|be dead)\b/,
  /\b(dont|do not|doesnt|does not) (want|wanna) (to )?(live|be here|be alive|wake up)\b/,
  /\b(no|any) (reason|point) (to|in) (live|living|go on|going on)\b|\bcant go on\b|\bbetter off dead\b/,
  /\b(self|selve) ?(harm|injur|hurt)\w*\b|\bsel+f?harm\w*\b/,
  /\b(cut|cuts|cutting|hurt|hurts|hurting|harm|harms|harming|hang|hanging) ?(my|him|her|them) ?(self|selves)\b/,
  /\bover ?(dose|dosed|doses|dosing|dosis|does)\b/,
  /\bcrisis\b|\bsamaritans?\b/,
]

const WORDS = ['suicide', 'suicidal', 'overdose', 'overdosed']
/** Two letters away, and still nothing else. */
const MISSPELT: readonly string[] = [
  'suside',
  'suisid',
  'suisidal',
  'suicidle',
  'sucidle',
  'suecide',
  'suacidal',
  'sueside',
]

/** Whether one letter is left out, too many, another one, or changed places with the next. */
function isAlmost(word: string, meant: string): boolean {
  if (word === meant) return true
  if (Math.abs(word.length - meant.length) > 1) return false
  let at = 0
  while (word[at] === meant[at]) at += 1
  const [rest, wanted] = [word.slice(at), meant.slice(at)]
  return (
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    rest.slice(1) === wanted.slice(1) ||
    (rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2))
  )
}

/** Whether what somebody looks for may mean that a life is in danger: then help stands above whatever is found. */
export function speaksOfDanger(sought: string): boolean {
  const text = folded(sought)
  if (SIGNS.some((sign) => sign.test(text)) || speaksOfDangerAbroad(text)) return true
  return text.split(' ').some((word) => MISSPELT.includes(word) || WORDS.some((meant) => isAlmost(word, meant)))
}
