import { z } from 'zod';
import { defineNotes, type Note, type NoteValue, noteSaying, noteSchema } from './notes.ts';

/** One thing that is wrong with what was sent, and where: `registers.0.key`, or nothing for the whole of it. */
export const problemSchema = noteSchema.extend({ path: z.string() });
export type Problem = Readonly<z.output<typeof problemSchema>>;

/** What a schema can find wrong, said of the field that the problem names. */
const problemNotes = defineNotes('invalid', {
  missing: () => 'is missing',
  type: ({ expected }: { expected: NoteValue }) => `must be ${expected}`,
  'too-small': ({ minimum }: { minimum: number }) => `must be at least ${minimum}`,
  'not-above': ({ minimum }: { minimum: number }) => `must be greater than ${minimum}`,
  'too-big': ({ maximum }: { maximum: number }) => `must be at most ${maximum}`,
  'not-below': ({ maximum }: { maximum: number }) => `must be less than ${maximum}`,
  empty: () => 'must not be empty',
  'too-short': ({ minimum }: { minimum: number }) => `must have at least ${minimum} characters`,
  'too-long': ({ maximum }: { maximum: number }) => `must have at most ${maximum} characters`,
  'too-few': ({ minimum }: { minimum: number }) => `must have at least ${minimum} entries`,
  'too-many': ({ maximum }: { maximum: number }) => `must have at most ${maximum} entries`,
  format: ({ format }: { format: NoteValue }) => `is not written as ${format}`,
  pattern: ({ pattern }: { pattern: string }) => `does not match ${pattern}`,
  step: ({ divisor }: { divisor: number }) => `must be a multiple of ${divisor}`,
  choice: ({ values }: { values: readonly string[] }) => `must be one of: ${values}`,
  'unknown-members': ({ keys }: { keys: readonly string[] }) => `has members of no known meaning: ${keys}`,
  'no-form': () => 'has none of the forms that are known',
  other: ({ message }: { message: string }) => `${message}`,
});

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What zod found wrong, as notes. A message of a schema's own is known by its words; see `noteSaying`. */
export function problemsOf({ issues }: { readonly issues: readonly Issue[] }): Problem[] {
  return issues.map((issue) => ({ ...noteOf(issue), path: issue.path.map(String).join('.') }));
}

type Of<Code> = Extract<z.core.$ZodIssue, { code: Code }>;

function noteOf(issue: Issue): Note {
  const own = noteSaying(issue.message);
  if (own) return own;
  // Not every source of issues (Fastify's for one) keeps zod's types, only its members.
  const known = issue as z.core.$ZodIssue;
  if (known.code === 'invalid_type') return typeNote(known);
  if (known.code === 'too_small') return smallNote(known);
  if (known.code === 'too_big') return bigNote(known);
  if (known.code === 'invalid_format') return formatNote(known);
  if (known.code === 'not_multiple_of') return problemNotes.step({ divisor: Number(known.divisor) });
  if (known.code === 'invalid_value') return problemNotes.choice({ values: known.values.map(String) });
  if (known.code === 'unrecognized_keys') return problemNotes['unknown-members']({ keys: known.keys });
  if (known.code === 'invalid_union') return problemNotes['no-form']();
  return problemNotes.other({ message: issue.message });
}

function typeNote({ expected, message }: Of<'invalid_type'>): Note {
  // Zod keeps the input out of its issues; only the message says that there was none.
  if (/received undefined$/.test(message)) return problemNotes.missing();
  return problemNotes.type({ expected: { term: `type.${expected}` } });
}

function smallNote({ origin, minimum, inclusive = true }: Of<'too_small'>): Note {
  const least = Number(minimum);
  if (origin === 'string') return least === 1 ? problemNotes.empty() : problemNotes['too-short']({ minimum: least });
  if (isCollection(origin)) return least === 1 ? problemNotes.empty() : problemNotes['too-few']({ minimum: least });
  return problemNotes[inclusive ? 'too-small' : 'not-above']({ minimum: least });
}

function bigNote({ origin, maximum, inclusive = true }: Of<'too_big'>): Note {
  const most = Number(maximum);
  if (origin === 'string') return problemNotes['too-long']({ maximum: most });
  if (isCollection(origin)) return problemNotes['too-many']({ maximum: most });
  return problemNotes[inclusive ? 'too-big' : 'not-below']({ maximum: most });
}

const isCollection = (origin: string): boolean => ['array', 'set', 'map', 'object'].includes(origin);

function formatNote(issue: Of<'invalid_format'>): Note {
  const { format, message } = issue;
  if (format !== 'regex') return problemNotes.format({ format: { term: `format.${format}` } });
  const standard = message.startsWith('Invalid string');
  return standard ? problemNotes.pattern({ pattern: issue.pattern ?? '' }) : problemNotes.other({ message });
}
