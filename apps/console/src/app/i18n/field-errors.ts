import { ApiError } from '../../api/api-error.ts';
import { isSaid, noteText, type Voice } from './said.ts';

export interface FieldError {
  /** As a form names the field: `['registers', 0, 'key']`. */
  readonly name: (string | number)[];
  readonly errors: string[];
}

/** What the server found wrong with the fields of a form, in the reader's language; `under` is where its members lie. */
export function fieldErrorsOf(error: unknown, voice: Voice, under: readonly string[] = []): FieldError[] {
  const problems = error instanceof ApiError ? error.details.problems : undefined;
  if (!Array.isArray(problems)) return [];
  return problems.flatMap((problem: unknown) => {
    if (typeof problem !== 'object' || problem === null || !isSaid(problem)) return [];
    if (!('path' in problem) || typeof problem.path !== 'string' || problem.path === '') return [];
    const members = problem.path.split('.').map((member) => (/^\d+$/.test(member) ? Number(member) : member));
    return [{ name: [...under, ...members], errors: [noteText(problem, voice)] }];
  });
}
