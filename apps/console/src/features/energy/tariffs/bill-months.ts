import type { Bill } from '../types.ts';

export interface ComponentColumn {
  readonly component: string;
  /** For drawing only; money itself stays decimal text. */
  readonly costs: readonly number[];
}

/** Each component's cost month by month, in the order in which they first appear. */
export function componentColumns(months: Bill['months']): ComponentColumn[] {
  const components = [...new Set(months.flatMap(({ lines }) => lines.map(({ component }) => component)))];
  return components.map((component) => ({
    component,
    costs: months.map(({ lines }) =>
      lines.filter((line) => line.component === component).reduce((sum, { cost }) => sum + Number(cost), 0),
    ),
  }));
}
