import type { Explanation, NearDefect, NearPatch } from '../explanations/explain.ts';
import type { Patch } from '../explanations/patch.ts';

type Near<T> = Omit<T, 'crop'> & { readonly fileName?: string | null };

interface Explained {
  readonly places: readonly (Omit<Patch, 'crop'> & {
    readonly heat: number;
    readonly good: readonly Near<NearPatch>[];
    readonly here: readonly Near<NearPatch>[];
    readonly defects: readonly Near<NearDefect>[];
  })[];
  readonly defects: Explanation['defects'];
}

/** For people: the worst places of a part, and what each is nearest to. */
export function explanationLines({ places, defects }: Explained): string {
  const at = ({ area }: Omit<Patch, 'crop'>) => (area ? `${area.width} x ${area.height} at ${area.x}, ${area.y}` : '');
  const line = (called: string, one: Near<NearPatch>, more = '') =>
    `   ${called.padEnd(14)} ${one.distance.toPrecision(3)}  ${one.fileName ?? one.picture}  ${at(one)}${more}`.trimEnd();
  return [
    ...places.flatMap((place, number) => [
      `${number + 1}. ${place.heat.toPrecision(3)} deviations off, ${at(place)}`,
      ...place.here.map((one) => line('good, there', one)),
      ...place.good.map((one) => line('good, anywhere', one)),
      ...place.defects.map((one) => line(one.atLine ? 'rejected part' : 'known defect', one, `  ${one.className}`)),
    ]),
    ...(defects.of > defects.seen ? [`${defects.seen} of ${defects.of} known defects were compared`] : []),
  ].join('\n');
}
