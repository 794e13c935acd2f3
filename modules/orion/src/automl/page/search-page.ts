import type { TableChoice } from '../choose-table-model.ts';
import type { Trial } from '../search.ts';
import { chartSvg } from './chart.ts';

/** What the chosen model said of rows that it had not seen, beside what came. */
export interface ToldRows {
  readonly told: Float64Array;
  readonly came: Float64Array;
  /** Milliseconds since 1970 of each, ascending. */
  readonly time?: Float64Array;
}

export interface SearchPage {
  readonly target: string;
  readonly choice: Pick<TableChoice, 'report' | 'loss' | 'folds'>;
  /** Of a regression, on the part that was held out. */
  readonly heldOut?: ToldRows;
}

/** One page without anything around it: what was tried, what won, and by how much over the yardsticks. */
export function searchPage({ target, choice, heldOut }: SearchPage): string {
  const { report, loss, folds } = choice;
  const { best, yardsticks, trials, gain, complete } = report;
  const won = yardsticks.some(({ kind, settings }) => kind === best.kind && same(settings, best.settings));
  const verdict = won
    ? `Nothing beats the yardstick ${best.kind}.`
    : `${best.kind} loses ${(100 * gain).toFixed(1)} % less than the best yardstick.`;
  const rows = [...yardsticks, ...trials].toSorted((a, b) => order(a) - order(b) || b.share - a.share);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(target)}: what was tried</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 960px; margin: 2rem auto; padding: 0 1rem; color: #1f2328; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #d8dee4; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; } code { font-size: 13px; word-break: break-all; } tr.best { background: #dafbe1; }
</style></head><body>
<h1>${escaped(target)}: what was tried</h1>
<p>${escaped(verdict)} Losses are ${loss === 'rmse' ? 'root mean square errors in the target’s unit' : 'mean negative logarithms of the probability of the class that came'},
over folds ${folds}.${complete ? '' : ' Time was up before every candidate had its turn.'}</p>
${chartSvg('losses', bars([...yardsticks, ...trials.filter(isLatest(trials))], best), 60 + 26 * Math.min(30, rows.length))}
${heldOut ? chartSvg('told', told(heldOut, target), 360) : ''}
<table><thead><tr><th>method</th><th>settings</th><th class="n">of the data</th><th class="n">loss</th><th class="n">seconds</th><th></th></tr></thead><tbody>
${rows.map((trial) => row(trial, trial === best || (won && trial.kind === best.kind && trial.share === 1))).join('\n')}
</tbody></table></body></html>
`;
}

const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
const order = ({ loss }: Trial) => loss ?? Number.POSITIVE_INFINITY;

/** A candidate’s own last word: what it lost on the most data it had. */
const isLatest =
  (trials: readonly Trial[]) =>
  (trial: Trial): boolean =>
    trial.loss !== null &&
    !trials.some(
      (other) => other.share > trial.share && other.kind === trial.kind && same(other.settings, trial.settings),
    );

function bars(trials: readonly Trial[], best: Trial): Record<string, unknown> {
  const shown = trials
    .filter(({ loss }) => loss !== null)
    .toSorted((a, b) => b.loss! - a.loss!)
    .slice(-30);
  return {
    title: { text: 'Loss, each by the most data it learnt from', left: 0, textStyle: { fontSize: 14 } },
    grid: { left: 8, right: 60, top: 36, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', min: 0 },
    yAxis: {
      type: 'category',
      data: shown.map((trial) => `${trial.kind}${trial.share < 1 ? ` (${Math.round(100 * trial.share)} %)` : ''}`),
    },
    series: [
      {
        type: 'bar',
        data: shown.map((trial) => ({
          value: trial.loss,
          itemStyle: { color: same(trial.settings, best.settings) && trial.kind === best.kind ? '#1a7f37' : '#6e7781' },
        })),
        label: { show: true, position: 'right', formatter: ({ value }: { value: number }) => value.toPrecision(4) },
      },
    ],
  };
}

const mostPoints = 2000;

function told({ told: said, came, time }: ToldRows, target: string): Record<string, unknown> {
  const every = Math.ceil(came.length / mostPoints);
  const rows = [...came.keys()].filter((row) => row % every === 0);
  const grid = { left: 8, right: 24, top: 40, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' };
  if (!time)
    return {
      title: { text: `${target}, held out: told against what came`, left: 0, textStyle: { fontSize: 14 } },
      grid: { ...grid, bottom: 30 },
      xAxis: { type: 'value', scale: true, name: 'came', nameLocation: 'middle', nameGap: 24 },
      yAxis: { type: 'value', scale: true, name: 'told' },
      series: [{ type: 'scatter', symbolSize: 4, data: rows.map((row) => [came[row], said[row]]) }],
    };
  const line = (name: string, values: Float64Array, color: string) => ({
    ...{ type: 'line', name, symbol: 'none', lineStyle: { width: 1.2, color }, itemStyle: { color } },
    data: rows.map((row) => [time[row], values[row]]),
  });
  return {
    title: { text: `${target}, held out`, left: 0, textStyle: { fontSize: 14 } },
    legend: { top: 0, right: 24 },
    grid,
    xAxis: { type: 'time' },
    yAxis: { type: 'value', scale: true },
    series: [line('came', came, '#6e7781'), line('told', said, '#0969da')],
  };
}

function row({ kind, settings, share, loss, seconds, ended }: Trial, isBest: boolean): string {
  const why = ended ? { unfit: 'could not learn', behind: 'far behind, given up', time: 'time was up' }[ended.why] : '';
  return `<tr${isBest ? ' class="best"' : ''}><td>${escaped(kind)}</td><td><code>${escaped(JSON.stringify(settings))}</code></td><td class="n">${Math.round(100 * share)} %</td><td class="n">${loss === null ? '' : loss.toPrecision(5)}</td><td class="n">${seconds.toFixed(1)}</td><td>${escaped([why, ended?.message ?? ''].filter(Boolean).join(': '))}</td></tr>`;
}

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!);
