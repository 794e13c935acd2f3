import { useSearchParams } from 'react-router';
import type { PlantNode, Point } from '../../../api/types.ts';
import { useSite } from '../../../app/site.tsx';
import { useTree } from '../../cloud/use-plant.ts';
import { type Period, type Preset, readPeriod, today } from './period.ts';
import { parseSubject, type Subject, subjectText } from './subject.ts';

export interface Choice {
  readonly subject: Subject | undefined;
  /** The part of the plant it is or stands on. */
  readonly place: Subject | undefined;
  /** The site it lies on; its clock is the one that periods are meant on. */
  readonly zone: string | undefined;
  readonly period: Period;
  readonly preset: Preset | undefined;
  /** Any other choice of the page, by its name in the address. */
  get(name: string): string | null;
  set(changes: Readonly<Record<string, string | undefined>>): void;
}

const noPoints: readonly Point[] = [];
const byId = (nodes: readonly PlantNode[], id: string | null) => nodes.find((node) => node.id === id);

/** What the page is about lives in the address: it can be linked, and Back undoes a choice. */
export function useChoice(
  points: readonly Point[] = noPoints,
): Choice & { readonly loading: boolean; readonly error: unknown } {
  const [parameters, setParameters] = useSearchParams();
  const { siteId } = useSite();
  const { data: nodes = [], isPending, error } = useTree();
  const asked = parseSubject(parameters.get('of'));
  const first = byId(nodes, siteId) ?? nodes.find(({ kind }) => kind === 'site');
  const subject = asked ?? (first && { kind: 'node' as const, id: first.id });
  const chosen = (subject?.kind === 'point' ? points : nodes).find(({ id }) => id === subject?.id);
  const zone = byId(nodes, chosen?.siteId ?? siteId)?.timezone ?? undefined;
  const place = subject?.kind === 'point' ? points.find(({ id }) => id === subject.id)?.nodeId : subject?.id;
  return {
    subject,
    place: place ? { kind: 'node', id: place } : undefined,
    zone,
    ...readPeriod(parameters, today(zone)),
    loading: isPending,
    error,
    get: (name) => parameters.get(name),
    set: (changes) =>
      setParameters((current) => {
        for (const [name, value] of Object.entries(changes)) {
          if (value === undefined) current.delete(name);
          else current.set(name, value);
        }
        return current;
      }),
  };
}

export const choosePeriod = (period: Period) => ({ from: period.from, to: period.to, period: undefined });
export const choosePreset = (preset: Preset) => ({ period: preset, from: undefined, to: undefined });
export const chooseSubject = (subject: Subject) => ({ of: subjectText(subject) });
