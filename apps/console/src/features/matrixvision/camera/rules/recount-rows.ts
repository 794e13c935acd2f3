import type { paths } from '../../../../api/generated/schema.d.ts';

type Recounted =
  paths['/api/matrixvision/cameras/{id}/recount']['post']['responses'][200]['content']['application/json'];
type Rules = Recounted['rules'];
type Figures = Rules[number]['old'];

export interface RecountRow {
  readonly rule: string;
  readonly figure: string;
  /** Undefined: there was no such rule, it has no such figure, or none can be given. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** What the rule asks for was not looked for at the time. */
  readonly unjudged?: true;
}

/** Figures of a rule by name; events are one of them. */
const figuresOf = (figures: Figures): Readonly<Record<string, number>> =>
  figures ? { ...figures.counts, events: figures.events } : {};

/** Every figure of every rule of either side. */
export function recountRows(rules: Rules): RecountRow[] {
  return rules.flatMap(({ rule, old, new: next }) => {
    const [before, after] = [figuresOf(old), figuresOf(next)];
    const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
    return names.map((figure) => ({
      ...{ rule, figure },
      before: old?.unjudged ? undefined : before[figure],
      after: next?.unjudged ? undefined : after[figure],
      ...((old?.unjudged || next?.unjudged) && { unjudged: true as const }),
    }));
  });
}
