import type { PracticeChoice } from '../../actions/self/list-practice-choices.ts'
import {
  type Answers,
  bornOn,
  livesElsewhere,
  mayGoStraight,
  SAFE_WAYS,
  towardName,
} from '../../domain/self-referral.ts'
import { dateIn } from '../../words/days.ts'
import { ENGLISH } from '../../words/files.ts'
import type { Language } from '../../words/language.ts'

/** What was answered, a line for each question, with where to change it. */
export function checkRows(
  answers: Answers,
  tongue: Language,
  practices: PracticeChoice[],
  at: (page: string) => string,
) {
  const { say } = tongue
  const one = (name: string) => String([answers[name] ?? ''].flat()[0] ?? '').trim()
  const many = (name: string) => [answers[name] ?? []].flat().filter(Boolean)
  const born = bornOn(answers)
  const ways = SAFE_WAYS.filter((way) => many('safe').includes(way)).map((way) => say(`self.contact.safe.${way}`))
  const practice =
    practices.find(({ odsCode }) => odsCode === one('practice'))?.name ?? say(`self.gp.${one('practice')}`)
  const project = mayGoStraight(answers) ? towardName(answers) : undefined
  const toward = project && say('self.toward', { project })
  const isMe = one('who') === 'me'
  const ownLanguage = tongue.code !== ENGLISH && tongue.ownName
  const rows: [string, string, (string | false)[]][] = [
    [
      'who',
      'who',
      [
        say(`self.who.${one('who')}`),
        !isMe && say('self.check.by', { name: one('byName'), relationship: one('relationship') }),
      ],
    ],
    ['help', 'help', many('help').map((index) => say(`need.${index}`))],
    ['more', 'more', [one('more')]],
    ['name', 'name', [one('name')]],
    [
      'contact',
      'contact',
      [
        one('phone'),
        one('email'),
        ways.length > 0 ? say('self.check.safe', { ways: ways.join(', ') }) : say('self.check.noSafe'),
        one('safeNote'),
      ],
    ],
    [
      'home',
      'home',
      many('noFixedAddress').length > 0
        ? [say(isMe ? 'self.home.none' : 'self.home.none.other'), one('postcode')]
        : [one('line1'), one('line2'), one('town'), one('postcode').toUpperCase()],
    ],
    ['gp', 'gp', [practice, say(`self.check.tell.${one('tellPractice')}`)]],
    ['born', 'born', [born ? dateIn(tongue, born) : '']],
    [
      'talk',
      'talk',
      [
        one('language') || ownLanguage,
        many('interpreter').length > 0 && say('self.check.interpreter'),
        one('communication'),
      ],
    ],
    ['consent', 'consent', [say(isMe ? 'self.consent.box' : 'self.consent.box.other'), toward ?? false]],
  ]
  return {
    isElsewhere: livesElsewhere(answers),
    rows: rows.map(([name, page, lines]) => {
      const said = lines.filter((line): line is string => Boolean(line))
      return {
        label: say(`self.check.${name}`),
        lines: said.length > 0 ? said : [say('self.check.none')],
        href: at(page),
      }
    }),
  }
}
