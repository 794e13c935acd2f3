import { Exact } from '../decimal.ts';

/** A quantity on its way to t CO2e, together with the formula that a reader can follow with a calculator. */
export interface Chain {
  readonly value: Exact;
  readonly formula: string;
}

/** Text stays as it was given, so that a formula shows a factor with all its published digits ("0.5810"). */
const written = (value: string | Exact) => (typeof value === 'string' ? value : value.toFixed());

export function startChain(value: string | Exact, unit: string): Chain {
  return { value: new Exact(value), formula: `${written(value)} ${unit}` };
}

export function times(chain: Chain, factor: string | Exact, unit: string): Chain {
  return { value: chain.value.times(new Exact(factor)), formula: `${chain.formula} × ${written(factor)} ${unit}` };
}

export function dividedBy(chain: Chain, divisor: string | Exact, unit: string): Chain {
  return { value: chain.value.div(new Exact(divisor)), formula: `${chain.formula} ÷ ${written(divisor)} ${unit}` };
}
