import { Exact } from '../decimal.ts';

/** A quantity on its way to t CO2e, together with the formula that a reader can follow with a calculator. */
export interface Chain {
  readonly value: Exact;
  readonly formula: string;
}

export function startChain(value: string | Exact, unit: string): Chain {
  const exact = new Exact(value);
  return { value: exact, formula: `${exact.toFixed()} ${unit}` };
}

export function times(chain: Chain, factor: string | Exact, unit: string): Chain {
  const exact = new Exact(factor);
  return { value: chain.value.times(exact), formula: `${chain.formula} × ${exact.toFixed()}${unit && ` ${unit}`}` };
}

export function dividedBy(chain: Chain, divisor: string | Exact, unit: string): Chain {
  const exact = new Exact(divisor);
  return { value: chain.value.div(exact), formula: `${chain.formula} ÷ ${exact.toFixed()}${unit && ` ${unit}`}` };
}
