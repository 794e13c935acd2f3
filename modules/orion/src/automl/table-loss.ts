import type { TableData } from '../tables/types.ts';

/** A probability below this counts as this: one sure and wrong answer must not outweigh all others. */
const least = 1e-6;

/**
 * What is lost by telling `told` of rows: root mean square error of a regression, mean negative logarithm of the class's probability
 * of a classification (rows by classes).
 */
export function tableLoss(data: TableData, told: Float64Array): number {
  const { target, weights } = data;
  let [sum, all] = [0, 0];
  const classes = data.task === 'classification' ? data.classes.length : 1;
  for (let row = 0; row < target.length; row++) {
    const weight = weights ? weights[row]! : 1;
    all += weight;
    if (data.task === 'regression') sum += weight * (told[row]! - target[row]!) ** 2;
    else sum -= weight * Math.log(Math.max(told[row * classes + target[row]!]!, least));
  }
  return data.task === 'regression' ? Math.sqrt(sum / all) : sum / all;
}
