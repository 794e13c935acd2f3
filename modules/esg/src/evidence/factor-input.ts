import { type InputKind, sha256 } from '@millwright/ledger';
import type { Factor } from '../factors/factor.ts';
import type { FactorRepository } from '../factors/repository.ts';
import { evidenceNotes } from './evidence-notes.ts';

/** One version of one factor, as an input of evidence. */
export interface FactorReference {
  readonly id: string;
  readonly version: number;
}

type Statement = Pick<Factor, 'value' | 'document'> & { unit: { numerator: string; denominator: string } };

/** Registered with the ledger as `factor`: hashed is the row's content as it stands in the database. */
export function factorInput(repository: FactorRepository): InputKind {
  const read = async ({ id, version }: FactorReference) => {
    const row = await repository.one(id, version);
    if (!row) throw new Error(`the factor ${id}@${version} is gone`);
    return row;
  };
  return {
    kind: 'factor',
    async pin(reference) {
      const { content } = await read(reference as FactorReference);
      const { value, unit, document } = JSON.parse(content) as Statement;
      return { sha256: sha256(content), parts: { value, unit: `${unit.numerator}/${unit.denominator}`, document } };
    },
    async locate(pinned) {
      const { id, version } = pinned.reference as FactorReference;
      const now = JSON.parse((await read({ id, version })).content) as Record<string, unknown>;
      const before = (pinned.parts as { value?: string } | undefined)?.value;
      return {
        note:
          before !== undefined && before !== now.value
            ? evidenceNotes['factor-value']({ factor: `${id}@${version}`, before, after: String(now.value) })
            : evidenceNotes['factor-changed']({ factor: `${id}@${version}` }),
        places: [{ factor: `${id}@${version}`, recorded: before, now: now.value }],
      };
    },
  };
}
