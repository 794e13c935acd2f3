import type { Parameter } from './tensor.ts';

/** Adam (Kingma and Ba, 2015) with weight decay apart from the gradient (Loshchilov and Hutter, 2019). */
export class Adam {
  readonly #parameters: readonly Parameter[];
  readonly #decay: number;
  #step = 0;

  constructor(parameters: readonly Parameter[], decay: number) {
    this.#parameters = parameters;
    this.#decay = decay;
  }

  /** One step down; the gradients are zero afterwards. */
  step(rate: number): void {
    this.#step += 1;
    const [keepFirst, keepSecond] = [0.9, 0.999];
    const firstShare = 1 - keepFirst ** this.#step;
    const secondShare = 1 - keepSecond ** this.#step;
    for (const { value, gradient, first, second, decays } of this.#parameters) {
      const shrink = decays ? 1 - rate * this.#decay : 1;
      for (let index = 0; index < value.length; index++) {
        const slope = gradient[index]!;
        first[index] = keepFirst * first[index]! + (1 - keepFirst) * slope;
        second[index] = keepSecond * second[index]! + (1 - keepSecond) * slope * slope;
        const step = first[index]! / firstShare / (Math.sqrt(second[index]! / secondShare) + 1e-8);
        value[index] = value[index]! * shrink - rate * step;
        gradient[index] = 0;
      }
    }
  }
}
