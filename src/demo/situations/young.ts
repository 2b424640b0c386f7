import { PRACTICES, type Situation } from './shape.ts'

export const YOUNG_SITUATIONS: Situation[] = [
  {
    wanted: { ages: [20, 39], gender: 'woman' },
    referrers: ['midwifery-service', 'speech-and-language-therapy', ...PRACTICES],
    needs: ['family_parenting'],
    reasons: [
      'First baby, ten weeks old. Feeding goes well now but mother is alone all day and doubts everything she does.',
      'Two under three in a top-floor flat. The older one hardly speaks yet and has no other children to play with.',
    ],
    matters: ['To know another mum.', 'That my boy starts to talk.'],
    strengths: ['Reads to the children every night', 'Asks for help early'],
    goals: ['Go to a group every week', 'Meet one other parent for a coffee'],
    projects: ['family-hubs'],
  },
  {
    wanted: { ages: [13, 17] },
    referrers: ['itchen-bridge-school', 'itchen-bridge-school', ...PRACTICES],
    needs: ['young_person', 'anxiety'],
    reasons: [
      'In school about half the time since September. Stomach aches every morning. Parents are worried and supportive.',
      'Fell out with a group of friends online and has stopped going to anything. Was the first to ask for this referral.',
    ],
    matters: ['Not having everyone ask me what is wrong.', 'My dog, and drawing.'],
    strengths: ['Draws comics', 'Gets on with her gran'],
    goals: ['Be in school four days out of five', 'Talk to one person about it'],
    projects: ['no-limits-counselling', 'kooth-online'],
  },
  {
    wanted: { ages: [18, 23] },
    referrers: ['preparing-for-adulthood', 'preparing-for-adulthood', 'solent-gp-surgery'],
    needs: ['young_person', 'low_mood'],
    reasons: [
      'Left care last year and lives alone for the first time. Awake at night, asleep all day. Prefers to chat in writing.',
      'Dropped out of college in the first term. Low, plays games all night, open to talking online.',
    ],
    matters: ['Somebody who does not change every month.', 'Music.'],
    strengths: ['Makes music', 'Honest'],
    goals: ['Get up before noon', 'Decide about college'],
    projects: ['kooth-online'],
  },
]
