import { describe, expect, test } from 'vitest'
import { speaksOfDanger } from '../../src/domain/crisis-words.ts'

describe('words in other languages that mean that a life may be in danger', () => {
  test.each([
    // Polish
    'Chcę umrzeć',
    'Nie chce mi się żyć',
    'nie chcę już żyć',
    'myślę o samobójstwie',
    'Zabiję się',
    'chcę się zabić',
    'skończę ze sobą',
    'tnę się',
    'odebrać sobie życie',
    // Romanian
    'Vreau să mor',
    'Mă gândesc să mă sinucid',
    'nu mai vreau să trăiesc',
    'să-mi iau viața',
    'aș vrea să mă omor',
    // Portuguese
    'Quero morrer',
    'já não quero viver',
    'penso em suicídio',
    'vou-me matar',
    'vontade de me matar',
    'acabar com a minha vida',
    // Chinese
    '我想死',
    '他说过要自杀',
    '我不想活了',
    // Arabic
    'أريد أن أموت',
    'أفكر في الانتحار',
    'سأقتل نفسي',
    'لا أريد أن أعيش',
    'أتمنى الموت',
    'إيذاء نفسي',
  ])('“%s”', (words) => expect(speaksOfDanger(words)).toBe(true))

  test.each([
    'Mąż umarł i czuję się samotna',
    'Chcę się zapisać na zajęcia',
    'Boję się wyjść z domu',
    'zmienić swoje życie',
    'Soțul meu a murit',
    'Vreau să învăț engleza',
    'vreau să fiu mai activ',
    'O meu marido morreu',
    'Quero conhecer pessoas',
    'mudar a minha vida',
    '我很孤独',
    '我丈夫去世了',
    '我想学英语',
    'مات زوجي وأشعر بالوحدة',
    'أريد أن أتعلم الإنجليزية',
    'أريد أن أعمل',
  ])('not “%s”', (words) => expect(speaksOfDanger(words)).toBe(false))
})
