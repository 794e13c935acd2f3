import { type InputKind, sha256 } from '@millwright/ledger';
import { evidenceNotes } from './evidence-notes.ts';

/**
 * An input kind whose reference is `{ id }` of a row that keeps its statement as text. What the statement says in short
 * is kept with the pin, so that a change by hand can be told with before and after.
 */
export function contentInput<T>(
  kind: string,
  find: (id: string) => Promise<{ content: string } | undefined>,
  describe: (statement: T) => string,
): InputKind {
  const read = async (reference: unknown) => {
    const { id } = reference as { id: string };
    const row = await find(id);
    if (!row) throw new Error(`the ${kind} ${id} is gone`);
    return row.content;
  };
  return {
    kind,
    async pin(reference) {
      const content = await read(reference);
      return { sha256: sha256(content), parts: { says: describe(JSON.parse(content) as T) } };
    },
    async locate(pinned, now) {
      const { id } = pinned.reference as { id: string };
      const [before, after] = [pinned.parts, now.parts].map((parts) => (parts as { says: string }).says);
      const said =
        before === after
          ? evidenceNotes['other-member']({ before: before! })
          : evidenceNotes.said({ before: before!, after: after! });
      return {
        note: evidenceNotes.changed({ kind: { term: `input.${kind}` }, id, said }),
        places: [{ [kind]: id, before, after }],
      };
    },
  };
}
