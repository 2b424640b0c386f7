/** A request with nothing missing and nothing more, as a client would send it. */
export const REQUEST = {
  person: { fullName: 'Maria Okafor', dateOfBirth: '1958-03-27' },
  needs: ['loneliness'],
  reason: 'Lives alone since her husband died.',
  priority: 'routine',
  risks: 'none_known',
  consent: { shareWithNavigator: true },
}
