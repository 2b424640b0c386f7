/** What the columns of a project are called wherever its provider reads or writes them: form, history, own page. */
export const PROJECT_LABELS = {
  name: 'Name',
  summary: 'What it is',
  firstVisit: 'The first visit',
  needs: 'What it helps with',
  rules: 'Who it is for',
  greeter: 'Who meets people',
  howToRefer: 'How to refer',
  costPence: 'Cost',
  costNote: 'Note on the cost',
  languages: 'Languages',
  access: 'Access',
  interests: 'What people enjoy there',
  contactName: 'Whom to ask for',
  contactPhone: 'Phone',
  contactEmail: 'E-mail',
  url: 'Web page',
  alert: 'What to know now',
  status: 'Whether it runs',
  isOpenAccess: 'Open to all who come',
  isListed: 'In the directory',
} as const

export const GROUP_LABELS = {
  name: 'Name',
  schedule: 'When, in words',
  times: 'When',
  venue: 'Where, in words',
  locationId: 'Place',
  rules: 'Who it is for',
  capacityKind: 'How many can come',
  places: 'Places',
  intakePaused: 'Intake paused',
  intakeReopensOn: 'Opens again on',
  courseStartsOn: 'Course begins',
  courseEndsOn: 'Course ends',
} as const

export const LOCATION_LABELS = {
  name: 'Name',
  kind: 'What kind of place',
  addressLines: 'Address',
  city: 'Town or city',
  postcode: 'Postcode',
  access: 'Access',
  accessNote: 'Note on access',
} as const
