import type { DrawnRegion } from '../../labelling/region.ts';
import type { LeftOut } from '../notes.ts';
import { unsaidNotes } from './unsaid-notes.ts';
import { unnamedClass, type WrittenPicture } from './writer.ts';

/**
 * The regions that a format writes which knows classes only by regions. There a picture without any is a good one, so a defect that nobody
 * drew gets a box around the whole picture. What is thereby said otherwise is added to the list.
 */
export function regionsToWrite(picture: WrittenPicture, unsaid: LeftOut[]): readonly DrawnRegion[] {
  const { name, label, regions, width, height } = picture;
  const say = (reason: LeftOut['reason']) => unsaid.push({ name, reason });
  if (label !== 'defect') return [];
  const className = picture.className ?? regions[0]?.class ?? unnamedClass;
  if (regions.length === 0) {
    say(unsaidNotes['whole-picture']({ className }));
    return [{ class: className, shape: { kind: 'box', x: 0, y: 0, width, height } }];
  }
  if (!regions.some((region) => region.class === className)) say(unsaidNotes['class-left-out']({ className }));
  return regions;
}
