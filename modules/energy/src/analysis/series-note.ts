/** What was seen in a series on the way to its amounts; `energyNotes` says it to a person. `at` in milliseconds since 1970 UTC. */
export type SeriesNote =
  | { readonly code: 'counter-rollover'; readonly at: number; readonly modulus: number; readonly inferred: boolean }
  | { readonly code: 'meter-change'; readonly at: number; readonly before: number; readonly after: number }
  | { readonly code: 'counter-step-back'; readonly at: number; readonly before: number; readonly after: number }
  | { readonly code: 'overlapping-readings'; readonly count: number }
  | { readonly code: 'negative-amounts'; readonly count: number };
