/** People who speak one language at home, with names to draw from. All are invented; any likeness is chance. */
export interface Community {
  language: string
  ethnicities: [string, ...string[]]
  /** How many of a hundred people of the demonstration. */
  share: number
  women: [string, ...string[]]
  men: [string, ...string[]]
  families: [string, ...string[]]
  /** First names of those born since 1985, where fashion has changed them. */
  young?: { women: [string, ...string[]]; men: [string, ...string[]] }
}

const ENGLISH: Community = {
  language: 'English',
  ethnicities: ['White British', 'White British', 'White British', 'White Irish', 'Caribbean', 'Mixed'],
  share: 54,
  women: [
    'Margaret',
    'Susan',
    'Maureen',
    'Tracey',
    'Beryl',
    'Joanne',
    'Doreen',
    'Pauline',
    'Hyacinth',
    'Gillian',
    'Sheila',
    'Lorraine',
    'Denise',
    'Brenda',
    'Rosemary',
    'Wendy',
    'Siobhan',
    'Yvonne',
  ],
  men: [
    'Derek',
    'Terry',
    'Alan',
    'Keith',
    'Malcolm',
    'Stephen',
    'Winston',
    'Leroy',
    'Séan',
    'Graham',
    'Trevor',
    'Nigel',
    'Roy',
    'Clive',
    'Desmond',
    'Gareth',
    'Kevin',
    'Raymond',
  ],
  young: {
    women: ['Chloe', 'Gemma', 'Kayleigh', 'Zoë', 'Jasmine', 'Ellie', 'Shanice'],
    men: ['Jordan', 'Ryan', 'Callum', 'Kieran', 'Tyler', 'Marcus'],
  },
  families: [
    'Hartnell',
    'Bramley',
    'Stubbs',
    'Whitlock',
    'Pascoe',
    'Fenwick',
    'Garrity',
    'Marlowe',
    'Tidswell',
    'St John-Clarke',
    'Noakes',
    'Rawlins',
    'D’Arcy',
    'Gillingham',
    'Yeo',
    'Ashdown',
    'Biddlecombe',
    'Cheesman',
    'Dollery',
    'Everett',
    'Frampton',
    'Goddard',
    'Hallett',
    'Ivimey',
    'Jukes',
    'Kersley',
    'Light',
    'Mintram',
    'Nutbeam',
    'Oakley',
    'Primmer',
    'Quilley',
    'Rolfe',
    'Sturgess',
    'Tarrant',
    'Upshall',
    'Viney',
    'Whettingsteel',
  ],
}

const COMMUNITIES: Community[] = [
  ENGLISH,
  {
    language: 'Polish',
    ethnicities: ['Any other White background'],
    share: 12,
    women: ['Agnieszka', 'Małgorzata', 'Zofia', 'Bożena', 'Katarzyna'],
    men: ['Paweł', 'Krzysztof', 'Łukasz', 'Stanisław', 'Marek'],
    families: ['Zieliński', 'Wójcik', 'Dąbrowski', 'Nowak', 'Jabłoński'],
  },
  {
    language: 'Romanian',
    ethnicities: ['Any other White background'],
    share: 7,
    women: ['Ioana', 'Ștefania', 'Elena', 'Mihaela'],
    men: ['Andrei', 'Cătălin', 'Gheorghe', 'Ionuț'],
    families: ['Popescu', 'Dumitrașcu', 'Ionescu', 'Munteanu'],
  },
  {
    language: 'Chinese',
    ethnicities: ['Chinese'],
    share: 5,
    women: ['Mei Ling', 'Xiu Ying', 'Li Na'],
    men: ['Wei', 'Jun Hao', 'Guo Qiang'],
    families: ['Chen', 'Wong', 'Zhang', 'Lau'],
  },
  {
    language: 'Portuguese',
    ethnicities: ['Any other White background', 'Any other Black background'],
    share: 5,
    women: ['Conceição', 'Beatriz', 'Luísa'],
    men: ['João', 'Inácio', 'Tiago'],
    families: ['Magalhães', 'da Conceição', 'Simões', 'Brandão'],
  },
  {
    language: 'Panjabi',
    ethnicities: ['Indian'],
    share: 5,
    women: ['Harpreet', 'Gurpreet', 'Balwinder'],
    men: ['Jaswinder', 'Manjit', 'Gurdeep'],
    families: ['Kaur Gill', 'Singh Sandhu', 'Dhaliwal'],
  },
  {
    language: 'Urdu',
    ethnicities: ['Pakistani'],
    share: 4,
    women: ['Shabana', 'Nusrat', 'Rukhsana'],
    men: ['Imran', 'Nadeem', 'Tariq'],
    families: ['Mahmood', 'Qureshi', 'Malik'],
  },
  {
    language: 'Bengali',
    ethnicities: ['Bangladeshi'],
    share: 3,
    women: ['Rehana', 'Shirin'],
    men: ['Abdul Karim', 'Mizanur'],
    families: ['Miah', 'Begum Chowdhury', 'Uddin'],
  },
  {
    language: 'Arabic',
    ethnicities: ['Arab', 'African'],
    share: 3,
    women: ['Samira', 'Huda'],
    men: ['Yusuf', 'Khalid'],
    families: ['al-Masri', 'Hassan', 'Ibrahim'],
  },
  {
    language: 'Somali',
    ethnicities: ['African'],
    share: 2,
    women: ['Hodan', 'Ayaan'],
    men: ['Abdirahman', 'Liban'],
    families: ['Warsame', 'Farah'],
  },
]

/** English stands first, so the last of the hundred speak something else. */
export const NEW_TO_ENGLISH = 100 - ENGLISH.share

/** The community at this point of a hundred. */
export function communityAt(percent: number): Community {
  let below = 0
  for (const community of COMMUNITIES) {
    below += community.share
    if (percent < below) return community
  }
  return ENGLISH
}
