import type { Note } from '@millwright/kernel';
import type { ActivityFile } from '../kpi/activity-file.ts';
import { electricityEntries } from '../kpi/year-lines.ts';
import { esgNotes } from '../notes.ts';

interface FileEntry extends Record<string, unknown> {
  readonly kind: string;
  readonly year: number;
  readonly place?: string;
}

/** A file of activity data as single statements; what a year says for all of its electricity goes to each of it. */
export function entriesOfFile(file: ActivityFile): { entries: FileEntry[]; notes: Note[] } {
  const entries: FileEntry[] = [];
  const notes: Note[] = [];
  let certificates = 0;
  for (const [label, given] of Object.entries(file.years).sort()) {
    const year = Number(label);
    for (const { site: place, certificates: held, ...facts } of electricityEntries(given)) {
      certificates += held?.length ?? 0;
      const { factor = given.factor, residualFactor = given.residualFactor } = facts;
      entries.push(defined({ ...facts, kind: 'electricity', year, place, factor, residualFactor }));
    }
    for (const { site: place, ...facts } of given.fuels ?? [])
      entries.push(defined({ ...facts, kind: 'fuel', year, place }));
    for (const { site: place, ...facts } of given.heat ?? [])
      entries.push(defined({ ...facts, kind: 'heat', year, place }));
    const unit = given.waterTonnes === undefined ? 'm3' : 't';
    for (const [place, quantity] of amounts(given.waterTonnes ?? given.waterM3))
      entries.push(defined({ kind: 'water', year, place, quantity, unit }));
    for (const [place, quantity] of amounts(given.floorAreaM2))
      entries.push(defined({ kind: 'floor-area', year, place, quantity, unit: 'm2' }));
  }
  if (certificates > 0) notes.push(esgNotes['certificates-of-file-left-out']({ count: certificates }));
  return { entries, notes };
}

function amounts(given: string | Record<string, string> | undefined): [string | undefined, string][] {
  if (given === undefined) return [];
  if (typeof given === 'string') return [[undefined, given]];
  return Object.entries(given).map(([site, quantity]) => [site === 'all' ? undefined : site, quantity]);
}

function defined(entry: FileEntry): FileEntry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as FileEntry;
}
