import { PRACTICES, type Situation } from './shape.ts'

const RECOVERY: [string, ...string[]] = [
  'change-grow-live',
  'change-grow-live',
  'society-of-st-james',
  'probation-service',
  'community-mental-health-team',
]

export const ADULT_SITUATIONS: Situation[] = [
  {
    wanted: { ages: [24, 58], facts: { recoveringFrom: ['alcohol', 'depression'] } },
    referrers: RECOVERY,
    needs: ['recovery_substance', 'low_mood'],
    reasons: [
      'Five months without a drink, doing well in group work. Long empty days are the risk now. Would like to be outdoors.',
      'Has finished treatment and wants to keep away from old company. Grew up on a farm.',
    ],
    matters: ['Fresh air and people who do not drink.', 'To show my kids that I have changed.'],
    strengths: ['Honest about relapse', 'Used to outdoor work'],
    goals: ['Have a reason to get up three days a week', 'Stay off drink until the new year'],
    projects: ['community-roots'],
  },
  {
    wanted: { ages: [21, 55], facts: { recoveringFrom: ['anxiety', 'depression'] } },
    referrers: [...PRACTICES, 'community-mental-health-team'],
    needs: ['anxiety', 'low_mood'],
    reasons: [
      'Finished talking therapy in September with good effect. Afraid of slipping back when left alone with dark thoughts.',
      'Off work with stress for four months. Panic on buses. No wish to take tablets.',
    ],
    matters: ['Being with people without having to explain myself.', 'To sleep, and to laugh again.'],
    strengths: ['Draws', 'Reliable', 'Kind to others'],
    goals: ['Go to one group and stay to the end', 'Take the bus to town alone'],
    projects: ['solent-mind-peer-groups', 'community-roots', 'mayfield-nurseries'],
  },
  {
    wanted: { ages: [22, 49], facts: { diagnoses: ['adhd'] } },
    referrers: [...PRACTICES, 'community-mental-health-team'],
    needs: ['anxiety'],
    reasons: [
      'ADHD confirmed in the spring after years of trouble at work. Wants to meet others who have it.',
      'Known ADHD, medication settled. Struggles with forms, time and shame about both.',
    ],
    matters: ['To hear how other people manage.', 'Not being told to try harder.'],
    strengths: ['Full of ideas', 'Good with computers'],
    goals: ['Learn three things that help at work', 'Pay the bills on time for two months'],
    projects: ['solent-mind-peer-groups'],
  },
  {
    wanted: { ages: [27, 60], facts: { severeMentalIllness: true, recoveringFrom: ['psychosis'] } },
    referrers: ['community-mental-health-team', 'community-mental-health-team', 'st-marys-surgery'],
    needs: ['loneliness'],
    reasons: [
      'Long-standing psychosis, stable on depot. Has hardly left the flat for a year. Would try a very small group.',
      'Well for eighteen months. Ready for more than visits from us, but crowds are too much.',
    ],
    matters: ['Small steps. A quiet room.', 'One friend would be plenty.'],
    strengths: ['Keeps every appointment', 'Knows the early signs'],
    goals: ['Come to the group four times', 'Go into a shop when it is busy'],
    projects: ['solent-mind-peer-groups', 'peer-recovery-groups'],
    risk: { kind: 'lone_visiting', detail: 'Two members of staff at first visits; hears voices when tired.' },
  },
  {
    wanted: { ages: [26, 57], gender: 'man' },
    referrers: [...PRACTICES, 'community-mental-health-team', 'probation-service'],
    needs: ['low_mood', 'anxiety'],
    reasons: [
      'Separated, living in one room, hardly sees his children. Low, angry with himself, no plans to harm himself.',
      'Made redundant from the docks. Will not hear of counselling but used to play football.',
    ],
    matters: ['Getting fit, and being somebody my kids can look up to.', 'A laugh with other men.'],
    strengths: ['Played football for the county', 'Loves his children'],
    goals: ['Train once a week', 'Ring a friend when it gets bad'],
    projects: ['saints-by-your-side'],
  },
  {
    wanted: { ages: [19, 66], wards: ['Bargate', 'Bevois'] },
    referrers: [...PRACTICES, 'society-of-st-james', 'adult-social-care'],
    needs: ['physical_activity', 'loneliness'],
    reasons: [
      'Borderline diabetes and short of breath on stairs. Cannot afford a gym. Would like company.',
      'New to the area and shy. Wants to move more and lose weight.',
    ],
    matters: ['To do it with my daughter.', 'I like to dance, but nobody else here does.'],
    strengths: ['Loves dancing', 'Cooks for the whole street'],
    goals: ['Be active twice a week', 'Climb to the third floor without a stop'],
    projects: ['so14-active'],
  },
  {
    wanted: { ages: [25, 63] },
    referrers: PRACTICES,
    needs: ['bereavement', 'low_mood'],
    reasons: [
      'Brother took his own life three weeks ago. Not sleeping, full of self-blame. Passing thoughts of not wanting to be here, no plan.',
    ],
    matters: ['To talk about him without people looking away.'],
    strengths: ['Close family', 'Asked for help'],
    goals: ['Get through the funeral and the inquest'],
    projects: ['amparo'],
    priority: 'urgent',
    risk: {
      kind: 'self_harm',
      detail: 'Fleeting thoughts, no plan. A sister stays at night. Knows the 111 number.',
    },
  },
  {
    wanted: { ages: [30, 64], facts: { recoveringFrom: ['depression', 'mental_illness'] } },
    referrers: ['community-mental-health-team', 'st-marys-surgery', 'solent-gp-surgery'],
    needs: ['low_mood', 'work_skills'],
    reasons: [
      'Much better after a long depression. Wants something between illness and a job.',
      'Discharged from day care. Gets on well with people once he knows them, would make a good volunteer.',
    ],
    matters: ['To be useful to somebody.', 'Growing things.'],
    strengths: ['Calm', 'Worked in a garden centre'],
    goals: ['Come every week for two months', 'Try one day of volunteering'],
    projects: ['mayfield-nurseries', 'peer-recovery-groups', 'community-roots'],
  },
]
