import { useEffect, useRef, useState } from 'react';
import { answer, api } from '../../../api/client.ts';
import { useNotify } from '../../../components/use-notify.ts';
import { upload } from '../../cloud/import/upload.ts';
import type { Candidate, NewExample } from '../types.ts';
import { type Said, say, unsaid, unsay, type Verdict } from './labelling.ts';
import { useRefreshAttribute } from './use-attributes.ts';

/** What an uploaded picture shows: the part alone, or somebody whole. */
export type Shows = 'part' | 'person';

/** Somebody in the grid: of an event, seen by a camera, or a picture of one's own that is sent once it is clicked. */
export interface Clickable {
  readonly key: string;
  readonly picture: string;
  readonly name: string;
  /** When, for those of cameras. */
  readonly at?: string;
  readonly file?: File;
  readonly candidate?: Candidate;
}

export const pictureOf = (attributeId: string, { id }: Candidate): string =>
  `/api/matrixvision/attributes/${attributeId}/candidates/${id}/picture.jpg`;

/** The people to click, and what was said of them in this sitting; each word is an example at once. */
export function useLabelling(attributeId: string, candidates: readonly Candidate[], shows: Shows) {
  const { failed } = useNotify();
  const refresh = useRefreshAttribute();
  const [uploads, setUploads] = useState<readonly Clickable[]>([]);
  const [said, setSaid] = useState<Said>([]);
  /** Who was clicked keeps its place for an undo, also once the server lists it no more. */
  const [clicked, setClicked] = useState<readonly Clickable[]>([]);
  const sent = useRef(new Map<string, Promise<string | undefined>>());
  const controller = useRef<AbortController>(undefined);
  useEffect(() => {
    const own = new AbortController();
    controller.current = own;
    return () => own.abort();
  }, []);
  const own = useRef(uploads);
  own.current = uploads;
  useEffect(() => () => own.current.forEach(({ picture }) => void URL.revokeObjectURL(picture)), []);

  const known = candidates.map(
    (candidate): Clickable => ({
      ...{ key: candidate.id, picture: pictureOf(attributeId, candidate) },
      ...{ name: candidate.cameraName, at: candidate.at, candidate },
    }),
  );
  const listed = new Set([...uploads, ...known].map(({ key }) => key));
  const items = unsaid([...clicked.filter(({ key }) => !listed.has(key)), ...uploads, ...known], said);

  const exampleOf = async ({ file, candidate }: Clickable, present: boolean): Promise<NewExample> => {
    if (candidate?.kind === 'event') return { eventId: candidate.id, present };
    if (candidate) return { sightingId: candidate.id, present };
    const { signal } = controller.current!;
    const { hash } = await upload('/api/matrixvision/attributes/pictures', file!, {
      onProgress: () => undefined,
      signal,
    });
    return { picture: hash, fileName: file!.name, shows, present };
  };
  const send = async (item: Clickable, present: boolean): Promise<string | undefined> => {
    try {
      const { items: made } = await answer(
        api.POST('/api/matrixvision/attributes/{id}/examples', {
          params: { path: { id: attributeId } },
          body: { examples: [await exampleOf(item, present)] },
        }),
      );
      return made[0]?.id;
    } catch (error) {
      // Nothing came of it: it stands in the grid again.
      setSaid((current) => unsay(current, item.key));
      failed(error);
      return undefined;
    } finally {
      void refresh();
    }
  };

  return {
    items,
    count: said.length,
    add: (files: readonly File[]) =>
      setUploads((current) => [
        ...current,
        ...files.map((file) => ({
          ...{ key: crypto.randomUUID(), picture: URL.createObjectURL(file), name: file.name, file },
        })),
      ]),
    say: (item: Clickable, verdict: Verdict) => {
      setSaid((current) => say(current, item.key, verdict));
      setClicked((current) => [...current.filter(({ key }) => key !== item.key), item]);
      if (verdict !== 'skip') sent.current.set(item.key, send(item, verdict === 'with'));
    },
    undo: async () => {
      const last = said.at(-1);
      if (!last) return;
      const example = await sent.current.get(last.key);
      sent.current.delete(last.key);
      try {
        if (example)
          await answer(
            api.DELETE('/api/matrixvision/attributes/{id}/examples/{example}', {
              params: { path: { id: attributeId, example } },
            }),
          );
        setSaid((current) => unsay(current, last.key));
      } catch (error) {
        failed(error);
      }
      await refresh();
    },
  };
}
