/** What a reader of a figure should know about how it came about. `at` in milliseconds since 1970 UTC. */
export type Note =
  | { readonly code: 'counter-rollover'; readonly at: number; readonly modulus: number; readonly inferred: boolean }
  | { readonly code: 'meter-change'; readonly at: number; readonly before: number; readonly after: number }
  | { readonly code: 'counter-step-back'; readonly at: number; readonly before: number; readonly after: number }
  | { readonly code: 'overlapping-readings'; readonly count: number }
  | { readonly code: 'negative-amounts'; readonly count: number };

/** One sentence for a person. */
export function describeNote(note: Note): string {
  switch (note.code) {
    case 'counter-rollover':
      return `The register passed its end and began again at zero (modulus ${note.modulus}${note.inferred ? ', inferred' : ''}); counted on across it.`;
    case 'meter-change':
      return `The register went from ${note.before} to ${note.after}, which no rollover explains: taken as an exchanged or reset meter; what was used between is unknown.`;
    case 'counter-step-back':
      return `The register stepped back from ${note.before} to ${note.after}; what was used between is unknown.`;
    case 'overlapping-readings':
      return `${note.count} reading(s) overlap in time with the one beside them; their amounts were kept, their time was not counted twice.`;
    case 'negative-amounts':
      return `${note.count} reading(s) are negative and were counted as they are.`;
  }
}
