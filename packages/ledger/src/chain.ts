import type { Note } from '@millwright/kernel';
import { hashOf } from './canonical-json.ts';
import type { ChainProblem } from './evidence.ts';
import { ledgerNotes, told } from './notes.ts';
import type { EntryRow } from './schema.ts';

/** The hash before the first entry. */
export const genesisHash = '0'.repeat(64);

/** SHA-256 over everything an entry says, the hash of the entry before it included. */
export function entryHash(row: EntryRow): string {
  const { hash: _, ...said } = row;
  return hashOf(said);
}

export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Checks every entry's own hash and its link to the one before, the numbering, the head, and an anchor if given.
 * Locates what it finds: an altered row, a missing one, two that changed places, a cut-off end. Entries may be appended
 * while it walks.
 */
export async function walkChain(
  page: (after: number) => Promise<EntryRow[]>,
  readHead: () => Promise<ChainHead>,
  anchor?: ChainHead,
): Promise<{ checked: number; head: ChainHead; problems: ChainProblem[] }> {
  const problems: ChainProblem[] = [];
  const note = (sequence: number, problem: ChainProblem['problem'], why: Note, id?: string) => {
    if (problems.length < 100) problems.push({ sequence, problem, ...told(why), id });
  };
  let checked = 0;
  let last: ChainHead = { sequence: 0, hash: genesisHash };
  let anchorSeen = anchor === undefined || anchor.sequence === 0;
  let head: ChainHead;
  for (;;) {
    let rows = await page(last.sequence);
    // Read after the rows, so that an entry appended meanwhile is no contradiction: when the head is further on than
    // the rows were, they are there by now, or they are missing.
    head = await readHead();
    if (rows.length === 0 && head.sequence > last.sequence) rows = await page(last.sequence);
    if (rows.length === 0) break;
    for (const row of rows) {
      checked += 1;
      const { sequence, id } = row;
      // A number of someone's own invention may lie trillions ahead; the first hundred gaps say enough.
      for (let missing = last.sequence + 1; missing < Math.min(sequence, last.sequence + 101); missing += 1) {
        const between = { before: String(last.sequence), after: String(sequence) };
        note(missing, 'missing', ledgerNotes.missing({ entry: String(missing), ...between }));
      }
      const entry = String(sequence);
      const intact = entryHash(row) === row.hash;
      if (!intact) note(sequence, 'altered', ledgerNotes.altered({ entry }), id);
      const adjacent = sequence === last.sequence + 1;
      if (adjacent && row.previous_hash !== last.hash) {
        note(sequence, 'broken link', ledgerNotes['broken-link']({ entry, before: String(last.sequence) }), id);
      }
      if (anchor?.sequence === sequence) {
        anchorSeen = true;
        if (anchor.hash !== row.hash) note(sequence, 'anchor mismatch', ledgerNotes['not-anchored']({ entry }), id);
      }
      last = { sequence, hash: row.hash };
    }
  }
  if (head.sequence !== last.sequence || head.hash !== last.hash) {
    note(
      Math.min(head.sequence, last.sequence + 1),
      head.sequence > last.sequence ? 'missing' : 'head mismatch',
      ledgerNotes['cut-off']({ last: String(last.sequence), head: String(head.sequence) }),
    );
  }
  if (!anchorSeen)
    note(anchor!.sequence, 'anchor mismatch', ledgerNotes['anchor-missing']({ entry: String(anchor!.sequence) }));
  return { checked, head, problems: nameReordered(problems) };
}

/** Two altered rows whose neighbours no longer link are rows that changed places, or one row that was moved. */
function nameReordered(problems: ChainProblem[]): ChainProblem[] {
  const altered = problems.filter(({ problem }) => problem === 'altered');
  const broken = new Set(problems.filter(({ problem }) => problem === 'broken link').map(({ sequence }) => sequence));
  const moved = altered.filter(({ sequence }) => broken.has(sequence) || broken.has(sequence + 1));
  if (moved.length < 2) return problems;
  const places = new Set(moved.map(({ sequence }) => sequence));
  return problems.map((problem) =>
    problem.problem === 'altered' && places.has(problem.sequence)
      ? { ...problem, problem: 'reordered', ...told(ledgerNotes.reordered({ entry: String(problem.sequence) })) }
      : problem,
  );
}
